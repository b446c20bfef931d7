"""Findings about TLS: whether STARTTLS is offered, works and is safe, and which version comes of it."""

from __future__ import annotations

from smtpprobe.model import Exchange, Finding, Keyword
from smtpprobe.outcome import Defect, FailureKind, Severity, Stage, TlsMode
from smtpprobe.rules.evidence import Evidence, Rule, quoted, said
from smtpprobe.rules.wording import wants_tls

#: What is no fault of the server's TLS: our own limits and files, and a goodbye.
_NOT_ABOUT_TLS = frozenset(
    {
        FailureKind.DEADLINE,
        FailureKind.INTERRUPTED,
        FailureKind.CERTIFICATE,
        FailureKind.SERVER_CLOSING,
        FailureKind.STARTTLS_INJECTION,
    }
)
_OLD = {"SSLv3": "SSL 3.0", "TLSv1": "TLS 1.0", "TLSv1.1": "TLS 1.1"}


def mangled(evidence: Evidence) -> Keyword | None:
    """The keyword that a middlebox overwrote in clear, where STARTTLS is missing."""
    clear = evidence.transcript.clear
    if clear is None or "STARTTLS" in clear:
        return None
    return next((one for one in clear.keywords if Defect.KEYWORD_MANGLED in one.defects), None)


def _stripped(evidence: Evidence) -> tuple[Finding, ...]:
    keyword = mangled(evidence)
    if keyword is None:
        return ()
    shown = quoted(keyword.keyword, 20)
    place = "in STARTTLS's place" if len(keyword.keyword) == len("STARTTLS") else "and no STARTTLS"
    return (
        Finding(
            "starttls-stripped",
            Severity.ERROR,
            f"EHLO shows {shown} {place}: something on the path overwrites keywords",
            "Mail and passwords cross this path in clear, whatever the server offers. Switch SMTP inspection off "
            "(inspect esmtp or fixup smtp on Cisco firewalls), then compare with EHLO from the server's own network.",
            evidence.hello(encrypted=False),
        ),
    )


def _missing(evidence: Evidence) -> tuple[Finding, ...]:
    run = evidence.transcript
    places = evidence.hello(encrypted=False)
    if run.target.tls is TlsMode.IMPLICIT or run.target.path is not None or run.clear is None or not places:
        return ()
    if "STARTTLS" in run.clear or mangled(evidence):
        return ()
    works = [i for i, reply in evidence.answers("starttls-unannounced", "STARTTLS") if reply.code == 220]
    if works:
        summary = "STARTTLS is not offered, yet the command gets 220"
        advice = (
            "Senders look for the keyword and stay in clear. Announce it; if the server does so already, "
            "something on the path removes it."
        )
    elif evidence.submission:
        summary = "STARTTLS is not offered on a submission port"
        advice = "No client should log in here: user names, passwords and mail are readable on the way. Set TLS up."
    else:
        summary = "STARTTLS is not offered"
        advice = "All mail to this port is readable on its way. Give the server a certificate and switch TLS on."
    severity = Severity.ERROR if evidence.submission else Severity.INFO if run.target.lmtp else Severity.WARNING
    return (Finding("starttls-missing", severity, summary, advice, (*places, *works)),)


def _broken(evidence: Evidence) -> tuple[Finding, ...]:
    tries = [
        (i, e)
        for i, e in enumerate(evidence.exchanges)
        if e.stage is Stage.STARTTLS and e.command is not None and e.probe is None
    ]
    if any(e.code == 220 and (e.failure is None or _injected(e)) for _, e in tries):
        return ()
    faults = [(i, e, fault) for i, e in tries if (fault := _fault(e))]
    if not faults:
        return ()
    return (
        Finding(
            "starttls-broken",
            Severity.ERROR,
            f"STARTTLS is offered but does not work: {faults[0][2]}",
            "Senders that insist on TLS cannot deliver, the others fall back to clear. The server's log has its side "
            f"of it: look for {_suspects(faults[0][1])}.",
            tuple([i for i, _, _ in faults]),
        ),
    )


def _fault(exchange: Exchange) -> str:
    """What went wrong with one STARTTLS, "" where it says nothing about the server's TLS."""
    failure = exchange.failure
    if failure is None:
        refused = exchange.reply is not None and exchange.reply.refusal and exchange.code != 421
        return said(exchange.reply) if refused else ""
    if failure.kind in _NOT_ABOUT_TLS:
        return ""
    if failure.kind is FailureKind.TLS_HANDSHAKE:
        return f"the handshake failed ({quoted(failure.detail) or 'no reason given'})"
    return failure.kind.meaning


def _suspects(exchange: Exchange) -> str:
    """What to look for: without a handshake the server knew before that it could not, in one the two fell out."""
    if exchange.code != 220:
        return "a certificate or key that is missing, unreadable or not a pair"
    return (
        "a key that is not the certificate's, and for protocol versions and ciphers that the two sides do not share "
        "(openssl s_client -starttls smtp, with -tls1_2 and with -tls1_3, shows which work)"
    )


def _injected(exchange: Exchange) -> bool:
    return exchange.failure is not None and exchange.failure.kind is FailureKind.STARTTLS_INJECTION


def _inside(evidence: Evidence) -> tuple[Finding, ...]:
    run = evidence.transcript
    offered = run.encrypted is not None and "STARTTLS" in run.encrypted
    granted = [i for i, reply in evidence.answers("starttls-again", "STARTTLS") if reply.code == 220]
    if not offered and not granted:
        return ()
    what = "offered" if offered else "not offered, yet granted,"
    return (
        Finding(
            "starttls-offered-inside-tls",
            Severity.WARNING,
            f"STARTTLS is {what} inside TLS",
            "A client that follows it ends in a handshake within the handshake, and fails. It is most often a proxy "
            "that does TLS in front of a server that does not know; tell that server that TLS is done.",
            (*(evidence.hello(encrypted=True) if offered else ()), *granted),
        ),
    )


def _injection(evidence: Evidence) -> tuple[Finding, ...]:
    # What follows a command that we put behind STARTTLS is another finding's.
    hit = [i for i, e in evidence.failed(FailureKind.STARTTLS_INJECTION) if e.probe is None]
    if not hit:
        return ()
    return (
        Finding(
            "starttls-injection",
            Severity.ERROR,
            "plaintext followed the 220 to STARTTLS, before the handshake",
            "A client that does not drop it takes unprotected words for protected ones. Somebody on the path added "
            "them, or the server or its proxy went on talking: compare from another network, then update both.",
            tuple(hit),
        ),
    )


def _old(evidence: Evidence) -> tuple[Finding, ...]:
    tls = evidence.transcript.tls
    if tls is None or tls.version not in _OLD:
        return ()
    return (
        Finding(
            "tls-old",
            Severity.ERROR,
            f"{_OLD[tls.version]} is the best that the server could agree on",
            "Current clients no longer speak it: they fail, or fall back to clear. Enable TLS 1.2 and 1.3.",
            starttls_done(evidence),
        ),
    )


def _required(evidence: Evidence) -> tuple[Finding, ...]:
    refused = [i for i, reply in evidence.answers("mail", "MAIL") if wants_tls(reply)]
    if not refused:
        return ()
    if evidence.mx:
        severity, advice = (
            Severity.WARNING,
            "Mail from servers without TLS is turned away. RFC 3207 4 forbids that to a public MX; MTA-STS or DANE "
            "protect those that can, without losing the others. On a submission port it would be right.",
        )
    else:
        severity, advice = (
            Severity.INFO,
            "Right for submission, where clients are yours to configure. On port 25 of an MX it would lose mail.",
        )
    return (Finding("tls-required", severity, "MAIL is refused until TLS is active", advice, tuple(refused)),)


def _parameter(evidence: Evidence) -> tuple[Finding, ...]:
    taken = [i for i, reply in evidence.answers("starttls-parameter", "STARTTLS") if reply.code == 220]
    if not taken:
        return ()
    return (
        Finding(
            "starttls-parameter-accepted",
            Severity.INFO,
            "STARTTLS with a parameter gets 220",
            "RFC 3207 4 has 501 for it. No client sends one, so nothing suffers.",
            tuple(taken),
        ),
    )


def starttls_done(evidence: Evidence) -> tuple[int, ...]:
    """The exchange that led to TLS, where there was one."""
    tries = [i for i, e in enumerate(evidence.exchanges) if e.stage is Stage.STARTTLS and e.code == 220]
    return tuple(tries[:1])


STRIPPED = Rule("starttls-stripped", "a middlebox removes STARTTLS from EHLO", _stripped, ("RFC 3207 6",))
MISSING = Rule("starttls-missing", "no STARTTLS in EHLO", _missing, ("RFC 3207 4", "RFC 7435"))
BROKEN = Rule("starttls-broken", "STARTTLS is offered and fails", _broken, ("RFC 3207 4",))
INSIDE = Rule("starttls-offered-inside-tls", "STARTTLS is offered where TLS is active", _inside, ("RFC 3207 4.2",))
INJECTION = Rule(
    "starttls-injection",
    "unprotected words behind the go-ahead to STARTTLS",
    _injection,
    ("RFC 3207 4", "RFC 3207 6"),
)
OLD = Rule("tls-old", "TLS 1.1 or older", _old, ("RFC 8996",))
REQUIRED = Rule("tls-required", "MAIL is refused outside TLS", _required, ("RFC 3207 4",))
PARAMETER = Rule("starttls-parameter-accepted", "STARTTLS overlooks a parameter", _parameter, ("RFC 3207 4",))
