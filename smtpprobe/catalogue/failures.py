"""What to tell a person when a step brought no answer, and what to do next. Data only; nothing here fails or formats."""

from __future__ import annotations

from msgspec import Struct

from smtpprobe.outcome import FailureKind, Stage


class FailureEntry(Struct, frozen=True):
    """One kind of failure.

    ``sentence`` is a format string over the names in ``PLACEHOLDERS``; ``next_step`` is plain text. ``{stage}`` is
    the meaning of a ``Stage`` ("waiting for the server's first reply"), ``{detail}`` is never empty: for a timeout it
    is the time allowed.
    """

    kind: FailureKind
    sentence: str
    next_step: str


PLACEHOLDERS = frozenset({"target", "host", "port", "address", "detail", "stage"})

ENTRIES: tuple[FailureEntry, ...] = (
    FailureEntry(
        kind=FailureKind.NO_SUCH_NAME,
        sentence="{target}: {detail}.",
        next_step="Check the spelling; the name to probe is that of a mail server, such as mail.example.org.",
    ),
    FailureEntry(
        kind=FailureKind.NO_ADDRESS,
        sentence="{target}: there is no address to connect to: {detail}.",
        next_step="Check the spelling, have an A or AAAA record published for the host, and use `-4` or `-6` only where it has that family.",
    ),
    FailureEntry(
        kind=FailureKind.NULL_MX,
        sentence="{target}: the domain declares that it takes no mail (null MX, RFC 7505).",
        next_step="Nothing can be delivered there until its owner publishes a real MX record, so check that the domain is the one you mean.",
    ),
    FailureEntry(
        kind=FailureKind.DNS,
        sentence="{target}: the DNS gave no usable answer for {host} ({detail}).",
        next_step="Try again, and if it persists test the resolver of this machine and the name servers of the domain.",
    ),
    FailureEntry(
        kind=FailureKind.DNSSEC,
        sentence="{target}: the DNS answer for {host} fails its DNSSEC validation ({detail}).",
        next_step="Have the owner of the domain compare its DS record with its keys and look for expired signatures; servers that validate cannot find this name.",
    ),
    FailureEntry(
        kind=FailureKind.NOT_ROUTABLE,
        sentence="{target}: {detail}, so nothing was sent.",
        next_step="Have the record corrected, or use `--allow-private` if this network is meant.",
    ),
    FailureEntry(
        kind=FailureKind.REFUSED,
        sentence="{target}: nothing listens there (connection refused by {address}).",
        next_step="Mail servers listen on 25 (MX), 587 (submission) or 465 (submission over TLS).",
    ),
    FailureEntry(
        kind=FailureKind.UNREACHABLE,
        sentence="{target}: there is no route from here to {address} ({detail}).",
        next_step="Check this machine's network; with an IPv6 address, check first that it has IPv6 at all.",
    ),
    FailureEntry(
        kind=FailureKind.TIMEOUT,
        sentence="{target}: no answer within {detail} while {stage}.",
        next_step="Try again later, and allow more with `--timeout` where the server is known to be slow.",
    ),
    FailureEntry(
        kind=FailureKind.DEADLINE,
        sentence="{target}: the time for the whole run was over while {stage}.",
        next_step="Allow more with `--deadline`, or ask less with `--profile ehlo`.",
    ),
    FailureEntry(
        kind=FailureKind.CLOSED,
        sentence="{target}: {address} closed the connection without a word while {stage}.",
        next_step="Blocklists, connection limits and a port that expects TLS from the first byte all look like this, so look into the server's log or try smtps:// on port 465.",
    ),
    FailureEntry(
        kind=FailureKind.RESET,
        sentence="{target}: {address} reset the connection while {stage}.",
        next_step="A firewall or a ban list on the way is the usual cause: try from another address, or search the server's firewall for yours.",
    ),
    FailureEntry(
        kind=FailureKind.TRUNCATED,
        sentence="{target}: the connection ended in the middle of a reply while {stage}.",
        next_step="Run the probe once more, and if it breaks at the same place look in the server's log for a crash.",
    ),
    FailureEntry(
        kind=FailureKind.MALFORMED,
        sentence="{target}: what came back while {stage} is no SMTP reply ({detail}).",
        next_step="Make sure that a mail server owns this port, and that no proxy or script writes into its sessions.",
    ),
    FailureEntry(
        kind=FailureKind.REPLY_TOO_LONG,
        sentence="{target}: the server sent more than any reply may hold while {stage}, so the connection was dropped.",
        next_step="The report keeps the beginning of what came: see from it whether this is a mail server at all.",
    ),
    FailureEntry(
        kind=FailureKind.UNSOLICITED,
        sentence="{target}: a reply arrived that nothing had asked for while {stage}, so later ones could not be trusted.",
        next_step="Look at that reply in the dialogue: if it is no farewell, the server or a proxy before it answers out of step.",
    ),
    FailureEntry(
        kind=FailureKind.NOT_SMTP_HTTP,
        sentence="{target}: port {port} speaks HTTP, so a web server answers there and not a mail server.",
        next_step="Mail is spoken on other ports: 25 for an MX, 587 for submission, 465 for submission over TLS.",
    ),
    FailureEntry(
        kind=FailureKind.NOT_SMTP_SSH,
        sentence="{target}: port {port} speaks SSH, so a remote login waits there and not a mail server.",
        next_step="SMTP is found on 25 (between servers), 587 (submission) or, inside TLS, on 465.",
    ),
    FailureEntry(
        kind=FailureKind.NOT_SMTP_TLS,
        sentence="{target}: port {port} speaks TLS from the first byte, so no plain greeting will come.",
        next_step="Write the target as smtps://, or use port 465, where TLS from the first byte is the default.",
    ),
    FailureEntry(
        kind=FailureKind.NOT_SMTP,
        sentence="{target}: something other than SMTP answers there ({detail}).",
        next_step="Check the port number: 25 for an MX, 587 or 465 for submission; 110, 143, 993 and 995 are for reading mail.",
    ),
    FailureEntry(
        kind=FailureKind.SERVER_CLOSING,
        sentence="{target}: the server ended the session while {stage}: {detail}.",
        next_step="Wait some minutes before the next try; if its text names a limit, stay below it.",
    ),
    FailureEntry(
        kind=FailureKind.STARTTLS_INJECTION,
        sentence="{target}: plaintext followed the go-ahead to STARTTLS, so the run stopped before TLS.",
        next_step="Somebody on the path, or a broken server, puts words into the session: send no password there, and tell its admin.",
    ),
    FailureEntry(
        kind=FailureKind.TLS_HANDSHAKE,
        sentence="{target}: the TLS handshake failed ({detail}).",
        next_step="Check that server and client share a TLS version and a cipher, and that the port wants TLS in this way: from the first byte on 465, after STARTTLS elsewhere.",
    ),
    FailureEntry(
        kind=FailureKind.TLS_TIMEOUT,
        sentence="{target}: the TLS handshake was not finished in time ({detail}).",
        next_step="A firewall that drops big packets does this (path MTU), as does a server stuck on its key: try from another network, then look at the server.",
    ),
    FailureEntry(
        kind=FailureKind.CERTIFICATE,
        sentence="{target}: the certificate or key given for this client cannot be used ({detail}).",
        next_step="Give a certificate and its own private key, both in PEM and readable for this user.",
    ),
    FailureEntry(
        kind=FailureKind.INTERRUPTED,
        sentence="{target}: stopped by you while {stage}.",
        next_step="What was learnt so far is shown; start again for the rest.",
    ),
    FailureEntry(
        kind=FailureKind.SOCKET,
        sentence="{target}: the system could not open the connection to {address} ({detail}).",
        next_step="The reason in brackets comes from this machine: a `--source` of the other address family, a local firewall, a lack of permission or too many open files.",
    ),
)

#: What has causes of its own at these stages, and so another next step.
NEXT_AT: dict[tuple[FailureKind, Stage], str] = {
    (
        FailureKind.TIMEOUT,
        Stage.CONNECT,
    ): "Many networks block outgoing port 25, so try from another one, or another port such as 587; a firewall on either side looks the same.",
    (
        FailureKind.CLOSED,
        Stage.EHLO,
    ): "It greeted and then hung up on our introduction: a ban list, a rate limit or a filter in front of it does this, so look for this address in the server's log.",
    (
        FailureKind.TIMEOUT,
        Stage.GREETING,
    ): "The port is open but silent: the server may delay its greeting on purpose (allow more with `--timeout`), hang, or speak a protocol in which the client begins.",
}

#: The same failures where the target is a UNIX socket: a file, not a port.
SOCKET_FILE: dict[FailureKind, FailureEntry] = {
    FailureKind.REFUSED: FailureEntry(
        kind=FailureKind.REFUSED,
        sentence="{target}: no server listens on that socket ({detail}).",
        next_step="Check the path, and that the server which should have made the socket is running.",
    ),
    FailureKind.SOCKET: FailureEntry(
        kind=FailureKind.SOCKET,
        sentence="{target}: the system could not open that socket ({detail}).",
        next_step="Check that it is a socket, and that this user may write to it and enter its folder.",
    ),
}

FAILURES: dict[FailureKind, FailureEntry] = {entry.kind: entry for entry in ENTRIES}
