"""Findings about logging in: where AUTH is offered, and which of its mechanisms work."""

from __future__ import annotations

from smtpprobe.catalogue import mechanisms
from smtpprobe.model import Finding
from smtpprobe.outcome import Severity, TlsMode, Verdict
from smtpprobe.rules.evidence import Evidence, Rule, listed, quoted, said
from smtpprobe.rules.wording import wants_login

_READABLE = ("plaintext", "token")


def _in_clear(evidence: Evidence) -> tuple[Finding, ...]:
    run = evidence.transcript
    if run.target.tls is TlsMode.IMPLICIT or run.clear is None:
        return ()
    names = run.clear.mechanisms
    if not names:
        return ()
    readable = [name for name in names if (known := mechanisms.lookup(name)) and known.strength in _READABLE]
    if readable:
        severity, risk = Severity.ERROR, f"With {listed(readable)} anyone on the path can read the secret."
    else:
        severity, risk = (
            Severity.WARNING,
            "The password itself is not sent, but what is can be attacked, and after the login the session is open "
            "to whoever stands on the path.",
        )
    if "STARTTLS" in run.clear:
        summary, advice = "before TLS", "Offer it inside TLS only: clients log in as soon as they may."
    else:
        summary, advice = "where there is no TLS", "Set TLS up first, then offer AUTH inside it only."
    return (
        Finding(
            "auth-in-clear",
            severity,
            f"AUTH {quoted(' '.join(names), 60)} is offered {summary}",
            f"{risk} {advice}",
            evidence.hello(encrypted=False),
        ),
    )


def _clear_unannounced(evidence: Evidence) -> tuple[Finding, ...]:
    begun = [one for one in evidence.of("auth-unannounced") if one.verdict is Verdict.BROKEN]
    if not begun:
        return ()
    return (
        Finding(
            "auth-in-clear-unannounced",
            Severity.WARNING,
            f"AUTH {quoted(begun[0].subject, 20)} is begun before TLS, though EHLO does not offer it there",
            "A client that does not look at EHLO sends its password in clear. Refuse AUTH before TLS with 538 or 503. "
            "Some servers begin and refuse every such login at its end: then nothing is gained but the password is out "
            "all the same.",
            tuple([index for one in begun for index, _ in evidence.places(one)]),
        ),
    )


def _mechanism_refused(evidence: Evidence) -> tuple[Finding, ...]:
    # EXTERNAL stands or falls with a client certificate, and we show none unless told.
    refused = [o for o in evidence.of("auth-mechanism") if o.verdict is Verdict.BROKEN and o.subject != "EXTERNAL"]
    if not refused:
        return ()
    names = list(dict.fromkeys([quoted(o.subject, 20) for o in refused]))
    heard = [place for o in refused for place in evidence.places(o)]
    answer = f": {said(heard[0][1].reply)}" if heard else ""
    return (
        Finding(
            "auth-mechanism-refused",
            Severity.WARNING,
            f"AUTH {listed(names)} {'is' if len(names) == 1 else 'are'} offered but refused{answer}",
            "A client that picks it cannot log in, and may not try another. Take it off the list, or give the "
            "authentication service what the mechanism needs.",
            tuple([i for i, _ in heard]),
        ),
    )


def _required(evidence: Evidence) -> tuple[Finding, ...]:
    at_mail = [i for i, reply in evidence.answers("mail", "MAIL") if wants_login(reply)]
    at_rcpt = [i for i, reply in evidence.answers("rcpt-postmaster", "RCPT") if wants_login(reply)]
    if not at_mail and not at_rcpt:
        return ()
    if evidence.mx:
        severity, advice = (
            Severity.WARNING,
            "Other mail servers have no account here, so none of them can deliver. If this is the domain's MX, take "
            "mail for its own recipients without a login; if it is a submission server, port 587 or 465 is the place.",
        )
    else:
        severity, advice = (
            Severity.INFO,
            "Right for submission (RFC 6409 4.3). An MX has to take mail for its own domain without it.",
        )
    summary = f"{'MAIL' if at_mail else 'RCPT'} is refused until somebody logs in"
    return (Finding("auth-required", severity, summary, advice, (*at_mail, *at_rcpt)),)


IN_CLEAR = Rule("auth-in-clear", "AUTH is offered outside TLS", _in_clear, ("RFC 4954 4", "RFC 8314 4.1"))
CLEAR_UNANNOUNCED = Rule(
    "auth-in-clear-unannounced", "AUTH works before TLS without being offered", _clear_unannounced, ("RFC 4954 4",)
)
MECHANISM_REFUSED = Rule(
    "auth-mechanism-refused", "a mechanism is offered and refused", _mechanism_refused, ("RFC 4954 4",)
)
REQUIRED = Rule("auth-required", "no mail without a login", _required, ("RFC 4954 6", "RFC 6409 4.3"))
