"""MTA-STS: the record and the policy of a domain, and whether a mail server keeps to it (RFC 8461). Pure.

The results are the words of RFC 8460 4.3 where it has one; those of a sound policy are its mode.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, structs

from smtpprobe import certificates
from smtpprobe.journey import Answer, Policy, Ruling
from smtpprobe.outcome import CertificateFault, Check, FailureKind, Standing, Who
from smtpprobe.verdicts.encounter import Encounter

NONE, VERIFIED, NOT_MET, UNKNOWN = "none", "verified", "not-met", "unknown"
INVALID_RECORD, FETCH_ERROR, WEBPKI_INVALID = "sts-record-invalid", "sts-policy-fetch-error", "sts-webpki-invalid"
INVALID_POLICY, NOT_LISTED = "sts-policy-invalid", "mx-mismatch"
NO_STARTTLS, NO_HANDSHAKE = "starttls-not-supported", "validation-failure"

#: RFC 8461 3.2: the longest life of a policy, and below what a cached one hardly protects.
MAX_AGE, SHORT_AGE = 31_557_600, 86_400
POLICY_READ = 64 * 1024
PATTERNS_READ = 100
_RECORDS_READ = 10
_TEXT = 200

_ABSENT = (FailureKind.NO_SUCH_NAME, FailureKind.NO_ADDRESS)
_ID = re.compile(r"[A-Za-z0-9]{1,32}")
_AGE = re.compile(r"[0-9]{1,10}")
_HOST = re.compile(r"(?:\*\.)?[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_FAULTS = {CertificateFault.EXPIRED: "certificate-expired", CertificateFault.NAME: "certificate-host-mismatch"}


class StsPolicy(Struct, frozen=True):
    """A policy as read. With ``faults`` a sender takes it for none; ``mx`` are its patterns, in lower case."""

    mode: str = ""
    mx: tuple[str, ...] = ()
    max_age: int = 0
    faults: tuple[str, ...] = ()


def parse_record(records: Sequence[str]) -> tuple[str, str]:
    """The id among the TXT records of ``_mta-sts.``, and what is wrong ("" where nothing is); never raises.

    Both empty: the domain has no record (RFC 8461 3.1).
    """
    ours = [
        one for one in records[:_RECORDS_READ] if one.startswith("v=STSv1") and one[7:].lstrip(" \t")[:1] in ("", ";")
    ]
    if not ours:
        return "", ""
    if len(ours) > 1:
        return "", f"there are {len(ours)} of them, and then none counts"
    fields = [field.partition("=") for field in ours[0].split(";")[1:]]
    found = [value.strip(" \t") for name, _, value in fields if name.strip(" \t") == "id"]
    if not found:
        return "", "it has no id"
    if not _ID.fullmatch(found[0]):
        return "", f"its id is not 1 to 32 letters and digits: {found[0][:_TEXT]}"
    return found[0], ""


def parse_policy(text: str) -> StsPolicy:
    """A policy file (RFC 8461 3.2); never raises. Lines end in LF or CRLF; of a repeated field the first counts."""
    fields: dict[str, str] = {}
    patterns: list[str] = []
    for line in text[:POLICY_READ].split("\n"):
        name, colon, value = line.rstrip("\r \t").partition(":")
        value = value.strip(" \t")
        if name == "mx" and colon:
            patterns.append(value.lower().rstrip("."))
        elif colon:
            fields.setdefault(name, value)
    mode, age = fields.get("mode", ""), fields.get("max_age", "")
    faults = []
    if fields.get("version") != "STSv1":
        faults.append("it does not say 'version: STSv1'")
    if mode not in ("enforce", "testing", "none"):
        faults.append(f"its mode is not enforce, testing or none: {mode[:_TEXT]}" if mode else "it has no mode")
    if not _AGE.fullmatch(age) or int(age) > MAX_AGE:
        faults.append(f"its max_age is not a number of seconds up to {MAX_AGE}")
    if not patterns and mode != "none":
        faults.append("it names no mx")
    if len(patterns) > PATTERNS_READ:
        faults.append(f"it names more than {PATTERNS_READ} mx")
    faults += [f"its mx is no host name: {one[:_TEXT]}" for one in patterns[:PATTERNS_READ] if not _host(one)][:3]
    return StsPolicy(mode, tuple(patterns[:PATTERNS_READ]), int(age) if _AGE.fullmatch(age) else 0, tuple(faults))


def _host(pattern: str) -> bool:
    return len(pattern) <= 253 and _HOST.fullmatch(pattern) is not None


def match_mx(pattern: str, host: str) -> bool:
    """Does an mx pattern cover a host? The wildcard stands for one whole label, on the left (RFC 8461 4.1)."""
    return certificates.matches(pattern, host)


# -- the domain --------------------------------------------------------------------------------------------------------


def judge_policy(domain: str, record: Answer, policy: Policy | None, hosts: Sequence[str] = ()) -> Ruling:
    """Is the domain's MTA-STS in force? ``policy`` None: not fetched; ``hosts`` its MX, for a policy to copy.

    ``record`` is the answer for the TXT records of ``_mta-sts.`` and the domain.
    """
    if record.failure is not None and record.failure.kind not in _ABSENT:
        return _ruling(domain, Standing.UNKNOWN, UNKNOWN, f"The DNS does not answer for _mta-sts.{domain}.", record)
    found, fault = parse_record(record.records)
    fetched = policy if policy is not None and policy.failure is None else None
    if fault:
        return _broken_record(domain, record, fault)
    if not found:
        return _no_record(domain, record, fetched)
    if policy is None:
        summary = f"{domain} has an MTA-STS record; its policy was not fetched."
        return _ruling(domain, Standing.UNKNOWN, UNKNOWN, summary, record)
    if fetched is None:
        return _no_policy(domain, record, policy, hosts)
    return _sound(domain, record, fetched, hosts)


def _ruling(subject: str, standing: Standing, result: str, summary: str, record: Answer) -> Ruling:
    shown = "\n".join([f'{record.name}. IN TXT "{one[:500]}"' for one in record.records[:_RECORDS_READ]])
    who = Who.SERVER if standing in (Standing.FAIL, Standing.WARN) else Who.NOBODY
    return Ruling(Check.MTA_STS, subject, standing, result, summary, who=who, record=shown, references=("RFC 8461",))


def _record_line(domain: str) -> str:
    return f'_mta-sts.{domain}. IN TXT "v=STSv1; id=1"'


def _file(domain: str) -> str:
    return f"https://mta-sts.{domain}/.well-known/mta-sts.txt"


def _policy_for(domain: str, mode: str, hosts: Sequence[str]) -> str:
    named = [f"mx: {host}" for host in hosts[:PATTERNS_READ]] or [f"mx: mail.{domain}"]
    return "\n".join(["version: STSv1", f"mode: {mode}", *named, "max_age: 604800"])


def _broken_record(domain: str, record: Answer, fault: str) -> Ruling:
    summary = f"The MTA-STS record of {domain} is not valid ({fault}), so senders act as if there were none."
    step = f"Publish one record, with another id after every change of the policy: {_record_line(domain)}"
    return structs.replace(_ruling(domain, Standing.WARN, INVALID_RECORD, summary, record), steps=(step,))


def _no_record(domain: str, record: Answer, policy: Policy | None) -> Ruling:
    if policy is None or not policy.text:
        return _ruling(
            domain, Standing.NONE, NONE, f"{domain} has no MTA-STS policy: it asks nothing of senders.", record
        )
    summary = f"{domain} has an MTA-STS policy and no record that announces it, so no sender looks at it."
    step = f"Publish the record: {_record_line(domain)}"
    return structs.replace(_ruling(domain, Standing.WARN, INVALID_RECORD, summary, record), steps=(step,))


def _no_policy(domain: str, record: Answer, policy: Policy, hosts: Sequence[str]) -> Ruling:
    failure = policy.failure
    said = (failure.detail or failure.kind.meaning)[:_TEXT] if failure is not None else ""
    certificate = failure is not None and failure.kind is FailureKind.TLS_HANDSHAKE
    summary = f"{domain} announces an MTA-STS policy that cannot be fetched, so it protects no new sender: {said}."
    offered = _policy_for(domain, "testing", hosts)
    steps = [f"Serve the policy as text/plain, without a redirect, at {_file(domain)}:\n{offered}"]
    if certificate:
        steps.insert(0, f"Give mta-sts.{domain} a certificate of a public authority in that very name, and its chain.")
    result = WEBPKI_INVALID if certificate else FETCH_ERROR
    return structs.replace(
        _ruling(domain, Standing.WARN, result, summary, record),
        steps=tuple(steps),
        detail="Senders that have an older copy go on with that until its max_age is over (RFC 8461 3.3, 5.1).",
    )


def _sound(domain: str, record: Answer, policy: Policy, hosts: Sequence[str]) -> Ruling:
    read = parse_policy(policy.text)
    if read.faults:
        summary = (
            f"The MTA-STS policy of {domain} is not valid, so senders act as if there were none: {read.faults[0]}."
        )
        offered = _policy_for(domain, "testing", hosts)
        step = f"Put this into {_file(domain)}, and then another id into the record:\n{offered}"
        ruling = _ruling(domain, Standing.WARN, INVALID_POLICY, summary, record)
        return structs.replace(ruling, steps=(step,), detail="; ".join(read.faults))
    words = {
        "enforce": "asks senders to deliver over verified TLS alone",
        "testing": "is being tried out: senders report what fails, and deliver all the same",
        "none": "is switched off",
    }
    if policy.media_type not in ("", "text/plain"):
        summary = f"The MTA-STS policy of {domain} is served as {policy.media_type}, and senders may want text/plain."
        step = f"Have the web server send 'Content-Type: text/plain' with {_file(domain)} (RFC 8461 3.2)."
        return structs.replace(_ruling(domain, Standing.WARN, read.mode, summary, record), steps=(step,))
    standing = Standing.NONE if read.mode == "none" else Standing.PASS
    ruling = _ruling(domain, standing, read.mode, f"The MTA-STS policy of {domain} {words[read.mode]}.", record)
    if read.max_age >= SHORT_AGE or read.mode == "none":
        return ruling
    detail = f"Its max_age of {read.max_age} s is short: a sender that comes less often starts unprotected each time."
    return structs.replace(ruling, detail=detail)


# -- each of its mail servers ------------------------------------------------------------------------------------------


def judge_mta_sts(domain: str, record: Answer, policy: Policy | None, met: Encounter) -> Ruling:
    """What becomes of mail for ``domain`` at one address of its MX, from a sender that checks MTA-STS.

    In mode testing what would be a failure is a warning: the mail is delivered all the same (RFC 8461 5).
    """
    found, fault = parse_record(record.records)
    text = policy.text if policy is not None and policy.failure is None else ""
    read = parse_policy(text)
    if not found or fault or not text or read.faults or read.mode == "none":
        summary = f"No MTA-STS policy of {domain} is in force: it asks nothing of {met.host}."
        return _ruling(met.subject, Standing.NONE, NONE, summary, record)
    if not any(match_mx(pattern, met.host) for pattern in read.mx):
        return _failed(met, record, read, *_not_listed(domain, met))
    if not met.reached:
        return _ruling(
            met.subject, Standing.UNKNOWN, NOT_MET, f"{met.subject} was not reached: nothing to check.", record
        )
    wrong = _wrong(met)
    if wrong is not None:
        return _failed(met, record, read, *wrong)
    summary = f"{met.host} is named in the MTA-STS policy of {domain}, and its certificate is good."
    return _ruling(met.subject, Standing.PASS, VERIFIED, summary, record)


def _failed(
    met: Encounter, record: Answer, policy: StsPolicy, result: str, fault: str, steps: tuple[str, ...], detail: str
) -> Ruling:
    if policy.mode == "testing":
        after = "senders report it, and deliver all the same while the policy is in mode testing"
        standing = Standing.WARN
    else:
        after = "senders that check MTA-STS do not deliver here, and keep the mail in their queues"
        standing = Standing.FAIL
    ruling = _ruling(met.subject, standing, result, f"{fault}: {after}.", record)
    # Which servers there are, the domain says; what a server shows is its own.
    who = Who.RECIPIENT if result == NOT_LISTED else ruling.who
    return structs.replace(ruling, steps=steps, detail=detail, who=who)


_Wrong = tuple[str, str, tuple[str, ...], str]


def _not_listed(domain: str, met: Encounter) -> _Wrong:
    steps = (
        f"Add the line 'mx: {met.host}' to {_file(domain)}, and then put another id into _mta-sts.{domain}.",
        f"Or take {met.host} out of the MX records, if it is there no more.",
    )
    return NOT_LISTED, f"{met.host} is an MX of {domain} that its MTA-STS policy does not name", steps, ""


def _wrong(met: Encounter) -> _Wrong | None:
    """What stands against the server itself (RFC 8461 4.2)."""
    if not met.offered:
        step = f"Switch STARTTLS on at {met.subject}; until then set the policy to 'mode: none', with another id."
        return NO_STARTTLS, f"{met.host} offers no STARTTLS, which the MTA-STS policy asks for", (step,), ""
    if met.facts is None:
        fault = f"The TLS handshake with {met.host} fails, and its MTA-STS policy asks for TLS"
        return NO_HANDSHAKE, fault, (f"Repair TLS at {met.subject} ({met.why}).",), met.why
    certificate = met.certificate
    if certificate is None:
        step = f"Install a certificate of a public authority for {met.host}."
        return NO_HANDSHAKE, f"{met.host} shows no certificate, and its MTA-STS policy asks for one", (step,), ""
    if certificate.fault is None:
        return None
    result = _FAULTS.get(certificate.fault, "certificate-not-trusted")
    fault = f"The certificate of {met.host} is not what its MTA-STS policy asks for ({certificate.fault.meaning})"
    steps = {
        "certificate-expired": f"Renew the certificate of {met.host}, and reload the server so that it reads it.",
        "certificate-host-mismatch": f"Have the certificate issued anew with {met.host} in its subjectAltName.",
    }
    general = f"Install a certificate of a public authority for {met.host}, and send its intermediates with it."
    return result, fault, (steps.get(result, general),), certificate.detail
