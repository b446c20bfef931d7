"""What Exim's main and reject logs say of its own clients and queue: refusals, dropped calls, TLS, frozen mails.

Works on the text behind time stamp and message id; deliveries are in exim.py.
"""

from __future__ import annotations

import re

from msgspec import Struct, structs

from smtpprobe import redaction
from smtpprobe.explain.event import TEXT_LIMIT
from smtpprobe.explain.readers.logged import ADDRESS_LIMIT, NAME_LIMIT, Said, said
from smtpprobe.outcome import Reason, State


class Told(Struct, frozen=True):
    """What a line tells, as far as it does."""

    said: Said
    command: str | None = None
    host: str = ""
    recipient: str = ""
    sender: str = ""
    state: State = State.UNKNOWN
    reason: Reason | None = None


# host_and_ident() of Exim's host.c
_PEER = re.compile(
    r"(?:H=(?:(?P<name>[^\s()]{1,255}+)(?: DS)? )?(?:\([^()\s]{0,255}\) )?\[(?P<address>[0-9A-Fa-f:.]{2,45})\]"
    r"(?::[0-9]{1,5})?\*?|U=\S{1,64})(?: I=\[[^\]\s]{2,45}\]:[0-9]{1,5})?(?: U=\S{1,64})?"
)
_REJECTED = re.compile(
    r"(?P<temporarily>temporarily )?rejected (?=connection|after DATA|during MIME|DATA|RCPT|MAIL|EHLO|HELO|VRFY|EXPN|"
    r"ETRN|AUTH|STARTTLS|QUIT|from <|by non-SMTP|by local_scan|\")"
)
_SENDER = re.compile(r"(?:F=|from |sender=)<([^<>]{0,320})>")
_ANGLE = re.compile(r"<([^<>]{1,320})>")
_QUOTED = re.compile(r"(?:rejected|was|error in) \"([^\"]{0,512})\"")
_ARGUMENT = {"RCPT": "RCPT TO:", "MAIL": "MAIL FROM:"}
# What Exim answers where the ACL gives no text (smtp_handle_acl_fail in smtp_in.c).
_WITHOUT_TEXT = {False: "Administrative prohibition", True: "Temporary local problem - please try later"}

# SMTP after an outgoing connection: what stands behind H=name [address] in the lines of the smtp transport.
_OUTGOING = re.compile(
    r": | (?=(?:SMTP|TLS|DANE|Connection|Network|No route|Operation|Host is|Permission|Remote host)\b)"
)
_TOLD = re.compile(r"(?:SMTP|LMTP) error (?:from remote mail server )?after (?:pipelined )?")
_TOLD_REPLY = re.compile(
    r": (?:host (?P<host>\S{1,255}) \[[0-9A-Fa-f:.]{2,45}\](?::[0-9]{1,5})?: )?(?=[2-5][0-9]{2}(?:[ -]|\Z))"
)
_ASKED = re.compile(r"(?:SMTP timeout after|in response to) (?:pipelined )?")
_ASKED_END = re.compile(r": | \(|\Z")
_RESPONSE = re.compile(
    r"response to \"(?P<command>[^\"]{1,600})\" (?:from (?P<host>\S{1,255}) \[[0-9A-Fa-f:.]{2,45}\] )?was: "
)
_TLS_FAILURES = ("TLS session: ", "a TLS session is required", "TLS error on ", "DANE error")
_STEPS = {
    "initial connection": "greeting",
    "SSL-on-connect": "greeting",
    "end of data": "DATA",
    "sending data block": "DATA",
}

# Each begins a line; the state is what becomes of the mail.
_COMPLAINTS: tuple[tuple[str, State, Reason | None], ...] = (
    ("SMTP command timeout on", State.UNKNOWN, Reason.NETWORKERROR),
    ("SMTP data timeout", State.UNKNOWN, Reason.NETWORKERROR),
    ("TLS error on", State.UNKNOWN, Reason.FAILEDSTARTTLS),
    ("unexpected disconnection while reading SMTP command", State.UNKNOWN, Reason.NETWORKERROR),
    ("no host name found for IP address", State.UNKNOWN, Reason.REQUIREPTR),
    ("no IP address found for host", State.UNKNOWN, Reason.REQUIREPTR),
    ("too many recipients: message rejected", State.FAILED, Reason.EXCEEDLIMIT),
    ("too many recipients: excess temporarily rejected", State.DEFERRED, Reason.EXCEEDLIMIT),
    ("unqualified sender rejected", State.FAILED, Reason.SYNTAXERROR),
    ("unqualified recipient rejected", State.FAILED, Reason.SYNTAXERROR),
    ("unqualified verify rejected", State.FAILED, Reason.SYNTAXERROR),
    ("lowest numbered MX record points to local host", State.DEFERRED, None),
    ("Frozen", State.UNKNOWN, None),
    ("frozen by", State.UNKNOWN, None),
    ("*** Frozen", State.UNKNOWN, None),
    ("Message is frozen", State.UNKNOWN, None),
    ("cancelled by", State.FAILED, None),
    ("removed by", State.FAILED, None),
    ("spool directory space check failed", State.DEFERRED, Reason.SYSTEMFULL),
    ("log directory space check failed", State.DEFERRED, Reason.SYSTEMFULL),
    ("ridiculously long message header", State.FAILED, Reason.NOTCOMPLIANTRFC),
    ("overlong message header line", State.FAILED, Reason.NOTCOMPLIANTRFC),
    ("Message abandoned", State.FAILED, None),
    ("malware acl condition", State.UNKNOWN, Reason.SYSTEMERROR),
    ("spam acl condition", State.UNKNOWN, Reason.SYSTEMERROR),
    ("DANE error", State.UNKNOWN, Reason.FAILEDSTARTTLS),
    ("VRFY failed for", State.UNKNOWN, None),
)
_COMPLAINT_STARTS = tuple([start for start, _, _ in _COMPLAINTS])


def notice(rest: str) -> Told | None:
    """What one line tells of a client, of a host that could not be used, or of the queue. None: nothing to explain."""
    if "rejected" in rest and not rest.startswith(("SMTP ", "too many ", "unqualified ")):
        found = _REJECTED.search(rest)
        if found is not None:
            return _rejection(found, rest)
    if rest.startswith(("H=", "U=")):
        return _of_peer(rest)
    if rest.startswith("SMTP "):
        dropped = _dropped(rest)
        if dropped is not None:
            return dropped
    if rest.startswith(_COMPLAINT_STARTS):
        _, state, reason = next(entry for entry in _COMPLAINTS if rest.startswith(entry[0]))
        return Told(said(rest), sender=_first(_SENDER, rest), state=state, reason=reason)
    if " authenticator failed for " in rest:
        reply = said(rest.rpartition("]: ")[2] or rest)
        return Told(reply, "AUTH", state=reply.state)
    if rest.startswith("DKIM: ") and ("failed" in rest or "[invalid" in rest or " error" in rest):
        return Told(said(rest), reason=Reason.AUTHFAILURE)
    if rest.startswith("[") and " verify error" in rest:
        return Told(said(rest), host=rest[1:46].partition("]")[0], reason=Reason.FAILEDSTARTTLS)
    return _refused_connection(rest)


def heard(message: str) -> Told:
    """What a message of the smtp transport tells: the command, the host where it is named, and the reply to it."""
    if (start := _TOLD.search(message)) and (reply := _TOLD_REPLY.search(message, start.end())):
        return Told(said(message[reply.end() :]), _step(message[start.end() : reply.start()]), reply["host"] or "")
    if found := _RESPONSE.search(message):
        return Told(said(message[found.end() :]), _step(found["command"]), found["host"] or "")
    if (asked := _ASKED.search(message)) and (end := _ASKED_END.search(message, asked.end())):
        reason = None if message.startswith("Malformed ") else Reason.NETWORKERROR
        return Told(said(message), _step(message[asked.end() : end.start()]), reason=reason)
    return Told(said(message), reason=Reason.FAILEDSTARTTLS if message.startswith(_TLS_FAILURES) else None)


def _step(command: str) -> str:
    return _STEPS.get(command) or redaction.command(command[:TEXT_LIMIT])


def _rejection(found: re.Match[str], rest: str) -> Told:
    """The line of an ACL that refused, or of a check before one."""
    temporarily = found["temporarily"] is not None
    what, _, text = rest[found.end() :].partition(": ")
    reply = said(text or _WITHOUT_TEXT[temporarily])
    verb, _, argument = what.partition(" ")
    return Told(
        reply,
        _rejected_command(what, verb, argument),
        recipient=_address(argument) if verb == "RCPT" else "",
        sender=_address(argument) if verb == "MAIL" and "<" in argument else _first(_SENDER, rest),
        state=State.DEFERRED if temporarily else State.FAILED,
        reason=Reason.SYNTAXERROR if text == "no HELO/EHLO given" else None,
    )


def _rejected_command(what: str, verb: str, argument: str) -> str | None:
    if verb in _ARGUMENT:
        # "MAIL from host", "MAIL command host": refused without a look at the argument.
        address = argument.removeprefix("FROM:").partition(" H=")[0]
        return (_ARGUMENT[verb] + address)[:ADDRESS_LIMIT] if address.startswith("<") else verb
    if verb in {"EHLO", "HELO"}:
        name = argument.removeprefix("or HELO ")
        return verb if name.startswith("from ") else f"{verb} {name}"[:NAME_LIMIT]
    if what.startswith('"'):
        return redaction.command(what[1:].partition('"')[0])[:ADDRESS_LIMIT]
    if verb == "connection":
        return "greeting"
    if verb in {"after", "during", "DATA", "from"}:
        return "DATA"
    return None if verb == "by" else redaction.command(what)[:ADDRESS_LIMIT]


def _of_peer(rest: str) -> Told | None:
    """A line that begins with the other side: a remote server that was tried, or a client."""
    peer = _PEER.match(rest)
    if peer is None:
        return None
    tail = rest[peer.end() :]
    if " sender verify " in tail:
        state = State.DEFERRED if " sender verify defer " in tail else State.FAILED
        return Told(said(tail), sender=_first(_ANGLE, tail), state=state, reason=Reason.REJECTED)
    outgoing = _OUTGOING.match(tail)
    if outgoing is None:
        return None
    # One host of perhaps many: what became of the mail stands in a line of its own.
    tried = heard(tail[outgoing.end() :])
    return structs.replace(tried, host=tried.host or peer["name"] or peer["address"] or "")


def _dropped(rest: str) -> Told | None:
    """A call that ended because of what the client had sent (smtp_in.c)."""
    quoted = redaction.command(_first(_QUOTED, rest)) or None
    if rest.startswith("SMTP protocol synchronization error"):
        words = said(rest.partition(": rejected ")[0])
        return Told(words, quoted or "greeting", state=State.FAILED, reason=Reason.SYNTAXERROR)
    if rest.startswith("SMTP call from ") and " dropped: " in rest:
        return Told(said(rest.partition(" dropped: ")[2].partition(" (last ")[0]), quoted, state=State.FAILED)
    if rest.startswith(("SMTP syntax error in ", "SMTP protocol error in ")):
        peer = _PEER.search(rest)
        reason = None if " authentication mechanism " in rest else Reason.SYNTAXERROR
        return Told(said(rest[peer.end() :] if peer else rest), quoted, state=State.FAILED, reason=reason)
    if rest.startswith("SMTP connection from ") and " lost while reading message data" in rest:
        return Told(said(rest), "DATA", reason=Reason.NETWORKERROR)
    return None


def _refused_connection(rest: str) -> Told | None:
    """A client that was sent away before the greeting (daemon.c, smtp_in.c)."""
    if rest.startswith("Connection from ") and " refused: " in rest:
        return Told(said(rest.partition(" refused: ")[2]), "greeting", state=State.DEFERRED)
    if rest.startswith(("refused connection from ", "temporarily refused connection from ")):
        return Told(said(rest), "greeting", state=State.DEFERRED if rest.startswith("temp") else State.FAILED)
    return None


def _address(argument: str) -> str:
    found = _ANGLE.search(argument)
    return found[1] if found else argument.partition(" ")[0].strip("<>")[:ADDRESS_LIMIT]


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""
