"""What deserves a finding: a transcript in, findings out. Pure."""

from __future__ import annotations

import msgspec

from smtpprobe.catalogue import software
from smtpprobe.model import Finding, Transcript
from smtpprobe.outcome import FailureKind, Outcome, Severity
from smtpprobe.rules import attacks, auth, certificate, conduct, disclosure, envelope, promises, tls, wire
from smtpprobe.rules.evidence import Evidence, Rule
from smtpprobe.rules.sentence import verdict

__all__ = ["RULES", "Evidence", "Rule", "judge", "verdict"]

#: In reading order: what keeps mail away, what lays it open, what confuses, what is only good to know.
RULES: tuple[Rule, ...] = (
    conduct.EHLO_REFUSED,
    tls.STRIPPED,
    tls.BROKEN,
    tls.MISSING,
    tls.INJECTION,
    tls.OLD,
    tls.INSIDE,
    attacks.SMUGGLED,
    attacks.RELAY,
    auth.IN_CLEAR,
    auth.CLEAR_UNANNOUNCED,
    certificate.EXPIRED,
    certificate.UNTRUSTED,
    certificate.NAME,
    certificate.EXPIRING,
    auth.MECHANISM_REFUSED,
    envelope.NULL_SENDER,
    envelope.POSTMASTER,
    tls.REQUIRED,
    auth.REQUIRED,
    disclosure.XCLIENT,
    disclosure.XFORWARD,
    disclosure.USERS,
    attacks.NTLM,
    attacks.REQUIRETLS,
    attacks.BARE_CR,
    conduct.PIPELINING,
    conduct.TOO_MANY,
    promises.BROKEN,
    promises.UNREAD,
    envelope.SWALLOWED,
    wire.DEFECT,
    wire.CLASS_DIFFERS,
    conduct.EHLO_DIFFERS,
    conduct.HELO_REFUSED,
    conduct.SLOW,
    conduct.HANG_UP,
    conduct.RATE_LIMITED,
    envelope.GREYLISTED,
    promises.ENHANCED_MISSING,
    envelope.MISREAD,
    envelope.TWICE,
    tls.PARAMETER,
    promises.UNANNOUNCED,
    attacks.WEAK,
    attacks.RCPT,
    attacks.BARE_LF,
    attacks.TALKS,
    disclosure.VERSION,
)

_NO_MAIL_SERVER = frozenset(
    {FailureKind.NOT_SMTP, FailureKind.NOT_SMTP_HTTP, FailureKind.NOT_SMTP_SSH, FailureKind.NOT_SMTP_TLS}
)
#: Findings with the same remedy as another rule's.
_REMEDY_OF = {"certificate-expiring": "certificate-expired"}


def judge(transcript: Transcript) -> tuple[Finding, ...]:
    """All findings, the gravest first, in reading order among equals. Where no mail server answers there are none."""
    if transcript.outcome is Outcome.NOT_SMTP and transcript.failure and transcript.failure.kind in _NO_MAIL_SERVER:
        return ()
    evidence = Evidence(transcript)
    found = [_complete(finding, rule, evidence.software) for rule in RULES for finding in rule.judge(evidence)]
    return tuple(sorted(found, key=lambda finding: -list(Severity).index(finding.severity)))


def _complete(finding: Finding, rule: Rule, name: str) -> Finding:
    """With the rule's references, and with the setting of the recognised software that mends it."""
    advice, references = finding.advice, finding.references or rule.references
    setting = software.setting(name, _REMEDY_OF.get(rule.name, rule.name))
    if setting is not None:
        advice = f"{advice} {name}: {setting.text}"
        references = (*references, setting.reference)
    evidence = tuple(sorted(set(finding.evidence)))
    return msgspec.structs.replace(finding, advice=advice, references=references, evidence=evidence)
