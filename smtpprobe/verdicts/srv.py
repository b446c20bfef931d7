"""SRV records of submission: where a domain's users send their mail (RFC 6186 3.1, RFC 8314 5.1). Pure."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from smtpprobe.journey import Answer, Ruling
from smtpprobe.outcome import Check, FailureKind, Standing, Who

_RECORDS_READ = 20
_ABSENT = (FailureKind.NO_SUCH_NAME, FailureKind.NO_ADDRESS)
_PORTS = {"_submissions": 465, "_submission": 587}


class Service(Struct, frozen=True, order=True):
    """One SRV record (RFC 2782). They are tried by priority, the lowest first; within one, by weight, at random."""

    priority: int
    weight: int
    port: int
    target: str


def parse_srv(record: str) -> Service | None:
    """A record in presentation form, ``0 1 587 smtp.example.com``; None for what is none. Never raises."""
    words = record.split()
    if len(words) != 4 or not all(word.isascii() and word.isdigit() and len(word) <= 5 for word in words[:3]):
        return None
    priority, weight, port = [int(word) for word in words[:3]]
    if max(priority, weight, port) > 65_535:
        return None
    return Service(priority, weight, port, words[3].lower().rstrip(".") or ".")


def services(records: Sequence[str]) -> tuple[Service, ...]:
    """The services to try, in order: by priority, then the heavier first. None for a target of ``.`` alone."""
    read = [one for one in map(parse_srv, records[:_RECORDS_READ]) if one is not None and one.target != "."]
    return tuple(sorted(read, key=lambda one: (one.priority, -one.weight, one.target, one.port)))


def judge_srv(domain: str, submissions: Answer, submission: Answer) -> Ruling:
    """``submissions`` is the answer for ``_submissions._tcp.`` (implicit TLS), ``submission`` that for STARTTLS."""
    answers = (submissions, submission)
    record = "\n".join([f"{one.name}. IN SRV {text[:300]}" for one in answers for text in one.records[:_RECORDS_READ]])

    def ruling(standing: Standing, result: str, summary: str, detail: str = "", *steps: str) -> Ruling:
        who = Who.SERVER if standing in (Standing.WARN, Standing.FAIL) else Who.NOBODY
        references = ("RFC 6186 3.1", "RFC 8314 5.1")
        return Ruling(Check.SRV, domain, standing, result, summary, detail, steps, who, record, references)

    failed = next((one for one in answers if one.failure is not None and one.failure.kind not in _ABSENT), None)
    if failed is not None:
        return ruling(Standing.UNKNOWN, "unknown", f"The DNS does not answer for {failed.name}.")
    if not submissions.records and not submission.records:
        return ruling(Standing.NONE, "none", f"{domain} names no submission server in the DNS.")
    broken = [text for one in answers for text in one.records[:_RECORDS_READ] if parse_srv(text) is None]
    if broken:
        step = f"Correct the record: _submissions._tcp.{domain}. IN SRV 0 1 465 smtp.{domain}."
        return ruling(
            Standing.WARN, "invalid", f"An SRV record of {domain} cannot be read: {broken[0][:200]}.", "", step
        )
    implicit, upgraded = services(submissions.records), services(submission.records)
    if not implicit and not upgraded:
        return ruling(Standing.NONE, "not-offered", f"{domain} says in the DNS that it offers no submission.")
    first = implicit[0] if implicit else upgraded[0]
    listed = ", ".join([f"{one.target}:{one.port}" for one in (*implicit, *upgraded)])
    odd = _odd_ports(implicit, upgraded)
    if odd:
        return ruling(Standing.WARN, "odd-port", f"Submission for {domain} is at {first.target}:{first.port}.", odd)
    return ruling(Standing.PASS, "offered", f"Submission for {domain} is at {first.target}:{first.port}.", listed)


def _odd_ports(implicit: Sequence[Service], upgraded: Sequence[Service]) -> str:
    """465 and 587 are mixed up more often than other ports are meant."""
    for name, found, other in (("_submissions", implicit, 587), ("_submission", upgraded, 465)):
        if any(one.port == other for one in found):
            return (
                f"{name} names port {other}, which is that of the other way to TLS: {_PORTS[name]} is meant, perhaps."
            )
    return ""
