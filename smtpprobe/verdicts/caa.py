"""CAA: may the authority that issued a mail server's certificate issue the next one too? (RFC 8659). Pure.

It stops no mail today. It stops the renewal, and then mail.
"""

from __future__ import annotations

from collections.abc import Sequence

from smtpprobe.journey import Answer, Asking, Question, Ruling
from smtpprobe.model import Certificate
from smtpprobe.outcome import Check, FailureKind, Standing, Who

_LABELS = 8
_RECORDS_READ = 20
_TEXT = 200
_ABSENT = (FailureKind.NO_SUCH_NAME, FailureKind.NO_ADDRESS)

#: By a word of the issuer's name, the domains by which CAA records name the authority (CCADB's list of them).
AUTHORITIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("let's encrypt", ("letsencrypt.org",)),
    ("google trust services", ("pki.goog",)),
    ("digicert", ("digicert.com",)),
    ("geotrust", ("digicert.com",)),
    ("rapidssl", ("digicert.com",)),
    ("thawte", ("digicert.com",)),
    ("sectigo", ("sectigo.com", "comodoca.com", "comodo.com", "usertrust.com", "trust-provider.com")),
    ("zerossl", ("sectigo.com", "comodoca.com")),
    ("globalsign", ("globalsign.com",)),
    ("amazon", ("amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com")),
    ("godaddy", ("godaddy.com", "starfieldtech.com")),
    ("starfield", ("starfieldtech.com", "godaddy.com")),
    ("ssl.com", ("ssl.com",)),
    ("entrust", ("entrust.net", "affirmtrust.com")),
    ("actalis", ("actalis.it",)),
    ("buypass", ("buypass.com", "buypass.no")),
    ("certum", ("certum.pl", "certum.eu")),
    ("d-trust", ("d-trust.net", "dtrust.de")),
    ("harica", ("harica.gr",)),
    ("identrust", ("identrust.com",)),
    ("swisssign", ("swisssign.com",)),
    ("telekom security", ("telesec.de",)),
)


def ask_caa(host: str, certificate: Certificate | None) -> Asking[Ruling]:
    """Ask for the CAA records of a host and of the domains above it, of which the nearest count (RFC 8659 3)."""
    labels = host.split(".")
    names = [".".join(labels[at:]) for at in range(len(labels))][:_LABELS]
    answers = yield tuple([Question(name, "CAA") for name in names])
    return judge_caa(host, certificate, answers)


def judge_caa(host: str, certificate: Certificate | None, answers: Sequence[Answer]) -> Ruling:
    """``answers`` are those for the host and the domains above it, the host's own first."""
    near = next((one for one in answers if one.records or (one.failure and one.failure.kind not in _ABSENT)), None)
    if near is None:
        return _ruling(host, Standing.NONE, "none", f"Any authority may issue certificates for {host}.")
    if not near.records:
        return _ruling(
            host, Standing.UNKNOWN, "unknown", f"The DNS does not answer for the CAA records of {near.name}."
        )
    permitted = issuers(near.records)
    record = "\n".join([f"{near.name}. IN CAA {one[:_TEXT]}" for one in near.records[:_RECORDS_READ]])
    if permitted is None:
        return _ruling(host, Standing.NONE, "none", f"The CAA records of {near.name} limit nobody.", record)
    listed = ", ".join([one[:_TEXT] for one in permitted[:5]]) or "nobody"
    known = _authority(certificate)
    if not known:
        said = f" Its certificate is from {certificate.issuer}." if certificate is not None else ""
        return _ruling(
            host, Standing.NONE, "limited", f"Certificates for {host} may be issued by {listed}.{said}", record
        )
    if set(known) & set(permitted):
        return _ruling(host, Standing.PASS, "permitted", f"Certificates for {host} may be issued by {listed}.", record)
    summary = (
        f"Certificates for {host} may be issued by {listed} alone, not by {known[0]}, which issued the one in use."
    )
    step = f'Before the next renewal, publish: {near.name}. IN CAA 0 issue "{known[0]}"'
    return _ruling(host, Standing.WARN, "not-permitted", summary, record, step)


def issuers(records: Sequence[str]) -> tuple[str, ...] | None:
    """The authorities that records such as ``0 issue "ca.example; policy=ev"`` permit; None where none limits them.

    Never raises. Only the property ``issue`` counts for the name of a mail server (RFC 8659 4.2).
    """
    named: list[str] | None = None
    for record in records[:_RECORDS_READ]:
        words = record.split(None, 2)
        if len(words) == 3 and words[1].lower() == "issue":
            named = named or []
            domain = words[2].strip().strip('"').partition(";")[0].strip().lower().rstrip(".")
            named += [domain] if domain else []
    return None if named is None else tuple(dict.fromkeys(named))


def _authority(certificate: Certificate | None) -> tuple[str, ...]:
    issuer = certificate.issuer.lower() if certificate is not None else ""
    return next((domains for word, domains in AUTHORITIES if word in issuer), ())


def _ruling(host: str, standing: Standing, result: str, summary: str, record: str = "", *steps: str) -> Ruling:
    who = Who.SERVER if standing is Standing.WARN else Who.NOBODY
    return Ruling(Check.CAA, host, standing, result, summary, "", steps, who, record, ("RFC 8659",))
