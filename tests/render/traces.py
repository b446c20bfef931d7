"""Traces built by hand: one that SPF ends, one that arrives past three MX of two addresses, one that no login opens."""

from __future__ import annotations

import msgspec

from smtpprobe.journey import (
    Answer,
    Conclusion,
    Delivery,
    Hint,
    Journey,
    LocalSender,
    Login,
    Mailbox,
    Policy,
    Ruling,
    Step,
    Trace,
)
from smtpprobe.model import (
    Capabilities,
    Certificate,
    Command,
    Connection,
    Exchange,
    Failure,
    Keyword,
    Note,
    Reply,
    Report,
    Route,
    Target,
    TlsFacts,
    Transcript,
)
from smtpprobe.outcome import (
    Cause,
    CertificateFault,
    Check,
    ClosedBy,
    FailureKind,
    Outcome,
    Retry,
    Stage,
    Standing,
    TlsMode,
    Who,
)

MS = 1_000_000
PASSWORD, TOKEN, BODY = "correct horse battery", "ya29.bearer-token", b"Subject: hush\r\n\r\nnobody reads this\r\n"

ANN = Mailbox("ann", "example.net", "ann@example.net")
BOB = Mailbox("bob", "example.org", "bob@example.org")
REFUSED = "550 5.7.23 SPF validation failed for 192.0.2.10"
RECORD = 'example.org.  TXT  "v=spf1 ip4:192.0.2.10 mx -all"'

_TALK = (
    (Stage.GREETING, None, "220 {host} ESMTP Postfix"),
    (Stage.EHLO, "EHLO client.example.org", "250-{host}\n250-SIZE 10240000\n250 STARTTLS"),
    (Stage.STARTTLS, "STARTTLS", "220 2.0.0 Ready to start TLS"),
    (Stage.EHLO, "EHLO client.example.org", "250-{host}\n250 SIZE 10240000"),
    (Stage.TLS, "MAIL FROM:<bob@example.org>", "250 2.1.0 Ok"),
    (Stage.TLS, "RCPT TO:<ann@example.net>", "250 2.1.5 Ok"),
    (Stage.QUIT, "QUIT", "221 2.0.0 Bye"),
)


def _reply(text: str, at: int) -> Reply:
    lines = text.split("\n")
    texts = tuple([line[4:].encode() for line in lines])
    raw = "".join(f"{line}\r\n" for line in lines).encode()
    return Reply(int(text[:3]), None, texts, raw, len(raw), (), at, at)


def facts(fault: CertificateFault | None = None, days: int = 61) -> TlsFacts:
    """What a handshake with this certificate agrees on."""
    certificate = Certificate(
        subject="CN=mx1.example.net",
        issuer="CN=Example CA",
        names=("mx1.example.net",),
        not_before="2026-09-04T00:00:00Z",
        not_after="2026-12-03T00:00:00Z",
        days_left=days,
        fault=fault,
    )
    return TlsFacts("TLSv1.3", "TLS_AES_256_GCM_SHA384", certificate)


def report(
    host: str = "mx1.example.net",
    address: str = "192.0.2.25",
    *,
    preference: int | None = 10,
    port: int = 25,
    rcpt: str | None = None,
    tls: TlsFacts | None = None,
    failure: Failure | None = None,
) -> Report:
    """A dialogue on one route; ``rcpt`` is the answer to RCPT, ``failure`` what kept the connection from opening."""
    exchanges: list[Exchange] = []
    implicit = port == 465
    for n, (stage, command, words) in enumerate(() if failure is not None else _TALK):
        if implicit and (stage is Stage.STARTTLS or n == 3):
            continue
        said = rcpt if rcpt is not None and command is not None and command.startswith("RCPT") else words
        sent = (30 + 12 * n) * MS
        line = None if command is None else Command(command.encode())
        exchanges.append(Exchange(1, n, stage, line, sent, _reply(said.format(host=host), sent + 12 * MS)))
    reached = failure is None
    mode = TlsMode.IMPLICIT if implicit else TlsMode.STARTTLS
    met = (tls or facts()) if reached else None
    connection = Connection(
        number=1,
        address=address,
        port=port,
        opened_ns=0,
        connect_ns=18 * MS if reached else 0,
        closed_by=ClosedBy.US if reached else ClosedBy.NOBODY,
        failure=failure,
        tls=met,
        round_trips=len(exchanges),
    )
    clear = Capabilities(host, (Keyword("SIZE", ("10240000",)), Keyword("STARTTLS")))
    run = Transcript(
        target=Target(host, host, port, mode),
        route=Route(host, address, port, preference, "mx"),
        exchanges=tuple(exchanges),
        observations=(),
        connections=(connection,),
        clear=clear if reached and not implicit else None,
        encrypted=Capabilities(host, clear.keywords[:1]) if reached else None,
        tls=met,
        software=None,
        failure=failure,
        outcome=Outcome.ANSWERED if reached else Outcome.UNREACHABLE,
        started="2026-11-21T20:22:18Z",
        started_ns=0,
        ended_ns=120 * MS,
        profile="trace",
        ehlo_name="client.example.org",
        source="192.0.2.10",
        sni=host,
        round_trips=len(exchanges),
    )
    notes: tuple[Note | None, ...] = (None,) * len(exchanges)
    return Report(run, notes, (), "")


def passed(check: Check, subject: str, result: str = "pass", summary: str = "") -> Ruling:
    """A ruling that nothing is wrong."""
    return Ruling(check, subject, Standing.PASS, result, summary or f"{subject} is as it should be.")


_PTR = Ruling(
    Check.PTR,
    "192.0.2.10",
    Standing.WARN,
    "none",
    "192.0.2.10 has no name in the DNS, and many receivers ask for one.",
    steps=("Ask whoever gave you 192.0.2.10 to publish:\n  10.2.0.192.in-addr.arpa.  PTR  client.example.org.",),
    who=Who.SENDER,
    references=("RFC 1912 2.1",),
)
_SPF = Ruling(
    Check.SPF,
    "example.org",
    Standing.FAIL,
    "fail",
    "192.0.2.10 is not in example.org's SPF record.",
    steps=(f"Publish this record in place of the present one:\n  {RECORD}",),
    who=Who.SENDER,
    record='"v=spf1 mx -all"',
    references=("RFC 7208 8.4",),
)
_ANSWERS = (
    Answer("example.org", "TXT", ("v=spf1 mx -all",), authentic=False, ttl=3600, elapsed_ns=9 * MS),
    Answer("example.net", "MX", ("10 mx1.example.net", "20 mx2.example.net"), authentic=True, ttl=300),
    Answer("10.2.0.192.in-addr.arpa", "PTR", (), Failure(Stage.RESOLVE, FailureKind.NO_SUCH_NAME, "it does not exist")),
    Answer("www.example.net", "A", ("192.0.2.25",), aliases=("web.example.net",)),
)
_UNSEEN = ("content, DMARC and spam checks come after DATA, and no message was sent.",)


def refused() -> Trace:
    """The sender's SPF record does not name the address, and the only MX refuses for it."""
    return Trace(
        journey=Journey(ANN, BOB, from_ip="192.0.2.10"),
        ehlo_name="client.example.org",
        origin="option",
        answers=_ANSWERS,
        policy=Policy("example.net", "version: STSv1\r\nmode: enforce\r\nmx: mx1.example.net\r\nmax_age: 86400\r\n"),
        routes=(report(rcpt=REFUSED),),
        rulings=(
            passed(Check.EHLO_NAME, "client.example.org"),
            _PTR,
            _SPF,
            Ruling(Check.BIMI, "example.org", Standing.NONE, "none", "example.org publishes no logo."),
            Ruling(Check.BLOCKLIST, "192.0.2.10", Standing.UNKNOWN, "refused", "The list refuses this resolver."),
            passed(Check.MX, "example.net"),
            passed(Check.DANE, "mx1.example.net [192.0.2.25]", "valid"),
            passed(Check.MTA_STS, "mx1.example.net", "enforce"),
            passed(Check.TRANSPORT, "mx1.example.net [192.0.2.25]", "verified"),
        ),
        conclusion=Conclusion(
            cause=Cause.SPF,
            summary="ann@example.net will not get this mail: 192.0.2.10 is not in example.org's SPF record, and "
            "example.net rejects on SPF failure.",
            who=Who.SENDER,
            retry=Retry.AFTER_FIX,
            outcome=Outcome.ANSWERED,
            where="RCPT",
            steps=(
                f"Publish this record at whoever runs the DNS of example.org:\n  {RECORD}",
                "Wait until the old one has left the caches (an hour), then try again:\n"
                "  $ smtpprobe trace ann@example.net --from bob@example.org",
            ),
            evidence=(
                "→ RCPT TO:<ann@example.net>",
                f"← {REFUSED}",
                'example.org.  TXT  "v=spf1 mx -all"',
            ),
            references=("RFC 7208 8.4", "RFC 7372 3.2"),
        ),
        steps=(
            Step("you", Standing.NONE, "192.0.2.10"),
            Step("DNS", Standing.PASS, "", 9 * MS),
            Step("MX mx1.example.net", Standing.PASS, "", 18 * MS),
            Step("TLS 1.3", Standing.PASS),
            Step("DANE", Standing.PASS),
            Step("MAIL", Standing.PASS),
            Step("RCPT", Standing.FAIL, "550 5.7.23"),
        ),
        unseen=_UNSEEN,
        started="2026-11-21T20:22:18Z",
        total_ns=812 * MS,
        slowest_ns=731 * MS,
        round_trips=7,
        dns_queries=17,
    )


_ADDRESSES = (
    ("mx1.example.net", 10, "192.0.2.25"),
    ("mx1.example.net", 10, "2001:db8::25"),
    ("mx2.example.net", 20, "192.0.2.26"),
    ("mx2.example.net", 20, "2001:db8::26"),
    ("mx3.example.net", 30, "192.0.2.27"),
    ("mx3.example.net", 30, "2001:db8::27"),
)


def arrives() -> Trace:
    """Three MX of two addresses: one address is dead, one certificate has expired, and the mail arrives."""
    dead = Failure(Stage.CONNECT, FailureKind.TIMEOUT, "10 s")
    routes = [report(host, address, preference=number) for host, number, address in _ADDRESSES]
    routes[3] = report("mx2.example.net", "2001:db8::26", preference=20, failure=dead)
    for n in (4, 5):
        host, number, address = _ADDRESSES[n]
        routes[n] = report(host, address, preference=number, tls=facts(CertificateFault.EXPIRED, -3))
    places = [f"{host} [{address}]" for host, _, address in _ADDRESSES]
    old = Ruling(
        Check.CERTIFICATE,
        places[4],
        Standing.WARN,
        "expired",
        "The certificate of mx3.example.net expired 3 days ago.",
        steps=("Renew it, then reload the server.",),
        who=Who.RECIPIENT,
    )
    return msgspec.structs.replace(
        refused(),
        journey=Journey(ANN, BOB, from_ip="192.0.2.10", like=LocalSender("Postfix", notes=("hash:/x is unreadable",))),
        origin="server",
        routes=tuple(routes),
        rulings=(
            *(passed(Check.DANE, place, "valid") for place in places[:3]),
            *(passed(Check.TRANSPORT, place, "verified") for place in places[:3]),
            old,
            msgspec.structs.replace(old, subject="mx3.example.net [2001:db8::27]"),
            passed(Check.SPF, "example.org"),
            passed(Check.DMARC, "example.org"),
        ),
        conclusion=Conclusion(
            cause=Cause.NONE,
            summary="ann@example.net takes mail from bob@example.org as far as RCPT: nothing stands in its way.",
            who=Who.NOBODY,
            retry=Retry.LATER,
            outcome=Outcome.ANSWERED,
        ),
        steps=(*refused().steps[:-1], Step("RCPT", Standing.PASS, "250 2.1.5", 12 * MS)),
        round_trips=24,
    )


def locked_out() -> Trace:
    """A submission server that refuses the login; the password, the token and the message are secrets."""
    return msgspec.structs.replace(
        refused(),
        journey=Journey(
            ANN,
            None,
            via=Target("smtp.example.com:587", "smtp.example.com", 587),
            like=LocalSender("Exim", "client.example.org", Target("relay.example.com", "relay.example.com", 25)),
            hint=Hint("bob@example.org", "ann@example.net", "mx1.example.net", "550 no", "It came back."),
            login=Login("bob", PASSWORD, TOKEN, "PLAIN", identity="boss"),
            delivery=Delivery(BODY, "<1@client.example.org>"),
        ),
        origin="",
        routes=(
            report("smtp.example.com", "192.0.2.30", preference=None, port=587),
            report("smtp.example.com", "192.0.2.30", preference=None, port=465),
        ),
        rulings=(
            Ruling(
                Check.LOGIN,
                "smtp.example.com",
                Standing.FAIL,
                "535",
                "The server refused the password of bob.",
                steps=("Make an app password, and use it here.",),
                who=Who.SENDER,
            ),
        ),
        conclusion=Conclusion(
            cause=Cause.AUTH_REFUSED,
            summary="smtp.example.com refused the login of bob with 535 5.7.8: the password is wrong, on your side.",
            who=Who.SENDER,
            retry=Retry.AFTER_FIX,
            outcome=Outcome.ANSWERED,
            where="AUTH",
            steps=("Set `SMTPPROBE_PASSWORD` to the app password of bob.",),
        ),
        unseen=(),
    )


TRACES = {"refused": refused, "arrives": arrives, "locked-out": locked_out}
