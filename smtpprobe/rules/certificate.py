"""Findings about the certificate: what a client that checks it would say, and when it runs out."""

from __future__ import annotations

import datetime

from smtpprobe.model import Certificate, Finding
from smtpprobe.outcome import CertificateFault, Severity
from smtpprobe.rules.evidence import Evidence, Rule, quoted
from smtpprobe.rules.tls import starttls_done

DAYS_AHEAD = 21
#: The life to which DAYS_AHEAD belongs; of a shorter one, the same part.
_LIFE = 90
_UNTRUSTED = (CertificateFault.SELF_SIGNED, CertificateFault.UNTRUSTED, CertificateFault.UNREADABLE)
_OURS = "this machine has no list of trusted authorities"


def _expired(evidence: Evidence) -> tuple[Finding, ...]:
    certificate = _certificate(evidence)
    if certificate is None or certificate.fault is not CertificateFault.EXPIRED:
        return ()
    return (
        Finding(
            "certificate-expired",
            Severity.ERROR,
            f"the certificate expired on {_day(certificate.not_after)}",
            "Mail clients refuse it, and so do senders under DANE or MTA-STS. Renew it, reload the server, and find "
            "out why the renewal did not run.",
            starttls_done(evidence),
        ),
    )


def _expiring(evidence: Evidence) -> tuple[Finding, ...]:
    certificate = _certificate(evidence)
    if certificate is None or certificate.fault in (CertificateFault.EXPIRED, CertificateFault.UNREADABLE):
        return ()
    days = certificate.days_left
    if not 0 <= days <= _ahead(certificate):
        return ()
    left = "runs out within a day" if days == 0 else f"has {days} {'day' if days == 1 else 'days'} left"
    return (
        Finding(
            "certificate-expiring",
            Severity.WARNING,
            f"the certificate {left} ({_day(certificate.not_after)})",
            "Renew it now. If a renewed one lies on the disk already, the server has to be reloaded: most read the "
            "file only when they start.",
            starttls_done(evidence),
        ),
    )


def _untrusted(evidence: Evidence) -> tuple[Finding, ...]:
    certificate = _certificate(evidence)
    if certificate is None or certificate.detail.startswith(_OURS):
        return ()
    if certificate.fault is CertificateFault.NOT_YET_VALID:
        summary = f"the certificate is not valid before {_day(certificate.not_before)}"
        advice = "Compare the clocks of both machines first; else install the certificate that is valid today."
    elif certificate.fault in _UNTRUSTED:
        summary = f"no client has reason to trust the certificate: {quoted(certificate.detail, 160)}"
        advice = (
            "Use one that a public authority issued, and send its intermediate certificates with it. If the authority "
            "is your own, name it with --ca-file and ask again."
        )
    else:
        return ()
    return (
        Finding("certificate-untrusted", Severity.WARNING, summary, _who(evidence, advice), starttls_done(evidence)),
    )


def _name(evidence: Evidence) -> tuple[Finding, ...]:
    certificate = _certificate(evidence)
    if certificate is None or certificate.fault is not CertificateFault.NAME:
        return ()
    advice = (
        "Have the name that clients are told to use put into subjectAltName, or tell them one of those that are in it."
    )
    return (
        Finding(
            "certificate-name",
            Severity.WARNING,
            f"the certificate has another name: {quoted(certificate.detail, 200)}",
            _who(evidence, advice),
            starttls_done(evidence),
        ),
    )


def _who(evidence: Evidence, advice: str) -> str:
    """Who minds: on an MX hardly anybody, elsewhere everybody."""
    if evidence.mx:
        return (
            "Most senders to an MX do not check it: TLS there is opportunistic. Those under MTA-STS do, and every mail "
            f"client does. {advice}"
        )
    return f"Mail clients check it and will warn or refuse. {advice}"


def _certificate(evidence: Evidence) -> Certificate | None:
    tls = evidence.transcript.tls
    return tls.certificate if tls is not None else None


def _ahead(certificate: Certificate) -> int:
    """How many days before its end a certificate should have been renewed."""
    begin, end = _date(certificate.not_before), _date(certificate.not_after)
    if begin is None or end is None:
        return DAYS_AHEAD
    return min(DAYS_AHEAD, (end - begin).days * DAYS_AHEAD // _LIFE)


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _day(text: str) -> str:
    date = _date(text)
    return f"{date.day} {date:%b %Y}" if date else quoted(text, 30)


EXPIRED = Rule("certificate-expired", "the certificate's last day is over", _expired, ("RFC 5280 4.1.2.5",))
EXPIRING = Rule("certificate-expiring", "the certificate runs out soon", _expiring, ("RFC 5280 4.1.2.5",))
UNTRUSTED = Rule(
    "certificate-untrusted", "nothing vouches for the certificate", _untrusted, ("RFC 5280 6", "RFC 8314 4.4")
)
NAME = Rule("certificate-name", "the certificate is for another name", _name, ("RFC 9525 6", "RFC 8461 4.2"))
