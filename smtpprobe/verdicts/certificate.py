"""A mail server's certificate, as a client sees it that checks it. Pure.

Between mail servers few check it; under MTA-STS and on submission ports all do. So it is a warning here, and the
verdicts on those say where it costs mail.
"""

from __future__ import annotations

from smtpprobe.journey import Ruling
from smtpprobe.model import Certificate
from smtpprobe.outcome import CertificateFault, Check, Standing, Who
from smtpprobe.verdicts.encounter import Encounter

#: With fewer days left than this, a renewal that runs by itself would have run.
DAYS_LEFT = 14
_NAMES_SHOWN = 5

_STEPS = {
    CertificateFault.EXPIRED: "Renew the certificate of {host}, reload the server, and find out why the renewal "
    "did not run.",
    CertificateFault.NOT_YET_VALID: "Compare the clocks of both machines; else install the certificate that is valid "
    "today at {host}.",
    CertificateFault.NAME: "Have the certificate issued anew with {host} in its subjectAltName.",
    CertificateFault.SELF_SIGNED: "Install a certificate of a public authority at {host}.",
    CertificateFault.UNTRUSTED: "Install a certificate of a public authority at {host}, and send its intermediate "
    "certificates with it.",
    CertificateFault.UNREADABLE: "Install a certificate that can be parsed at {host}: openssl x509 -in FILE -text.",
}


def judge_certificate(met: Encounter) -> Ruling:
    """The names, the chain and the days left; the ruling's result is the fault, "good" or "expiring"."""
    certificate = met.certificate
    if certificate is None:
        result = "none" if met.reached else "not-met"
        standing = Standing.NONE if met.reached else Standing.UNKNOWN
        return _ruling(met, standing, result, f"No certificate was seen at {met.subject}.")
    shown = f"names: {', '.join(certificate.names[:_NAMES_SHOWN]) or 'none'}; issued by: {certificate.issuer}"
    until = certificate.not_after[:10]
    if certificate.fault is not None:
        said = certificate.detail or certificate.fault.meaning
        summary = f"A client that checks it refuses the certificate of {met.host}: {said}."
        step = _STEPS[certificate.fault].format(host=met.host)
        return _ruling(met, Standing.WARN, certificate.fault, summary, shown, step)
    if certificate.days_left < DAYS_LEFT:
        summary = f"The certificate of {met.host} is good for {_days(certificate)} more, until {until}."
        step = f"Renew the certificate of {met.host} now; if that was done, reload the server so that it reads it."
        return _ruling(met, Standing.WARN, "expiring", summary, shown, step)
    summary = f"The certificate of {met.host} is good, with {_days(certificate)} left."
    return _ruling(met, Standing.PASS, "good", summary, shown)


def _days(certificate: Certificate) -> str:
    return f"{certificate.days_left} day{'' if certificate.days_left == 1 else 's'}"


def _ruling(met: Encounter, standing: Standing, result: str, summary: str, detail: str = "", *steps: str) -> Ruling:
    who = Who.SERVER if standing is Standing.WARN else Who.NOBODY
    references = ("RFC 5280 6", "RFC 9525 6")
    return Ruling(Check.CERTIFICATE, met.subject, standing, result, summary, detail, steps, who, "", references)
