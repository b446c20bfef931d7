"""DNSSEC: are the answers about a domain signed, and do the signatures hold? (RFC 4033 5). Pure."""

from __future__ import annotations

from collections.abc import Sequence

from smtpprobe.journey import Answer, Ruling
from smtpprobe.outcome import Check, FailureKind, Standing, Who

_SHOWN = 5


def judge_dnssec(domain: str, answers: Sequence[Answer]) -> Ruling:
    """``answers`` are those that the way of a mail to the domain depends on; results are the words of RFC 4033 5."""
    bogus = [one for one in answers if one.failure is not None and one.failure.kind is FailureKind.DNSSEC]
    if bogus:
        first = bogus[0]
        summary = f"The signature on {first.name} ({first.type}) does not hold: validating resolvers give no answer."
        steps = (
            "Sign the zone anew, or have its DS record taken out at the registrar until that is done.",
            f"See what fails, and where: delv {first.type} {first.name}",
        )
        detail = first.failure.detail if first.failure is not None else ""
        return _ruling(domain, Standing.FAIL, "bogus", summary, detail, *steps)
    heard = [one for one in answers if one.failure is None or one.failure.kind is FailureKind.NO_SUCH_NAME]
    if not heard or any(one.authentic is None for one in heard):
        return _ruling(
            domain, Standing.UNKNOWN, "indeterminate", f"Whether the DNS of {domain} is signed was not asked."
        )
    unsigned = [one for one in heard if not one.authentic]
    if not unsigned:
        return _ruling(domain, Standing.PASS, "secure", f"All answers about the mail of {domain} are signed.")
    named = ", ".join(dict.fromkeys([f"{one.name} ({one.type})" for one in unsigned[:_SHOWN]]))
    if len(unsigned) == len(heard):
        return _ruling(domain, Standing.NONE, "insecure", f"The DNS of {domain} is not signed; DANE needs that.", named)
    return _ruling(domain, Standing.NONE, "insecure", f"Not all answers about the mail of {domain} are signed.", named)


def _ruling(domain: str, standing: Standing, result: str, summary: str, detail: str = "", *steps: str) -> Ruling:
    who = Who.RECIPIENT if standing is Standing.FAIL else Who.NOBODY
    return Ruling(Check.DNSSEC, domain, standing, result, summary, detail, steps, who, "", ("RFC 4033 5",))
