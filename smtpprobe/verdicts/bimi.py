"""The BIMI record of a sender's domain, which names a logo for its mail. Pure.

Neither the logo nor its certificate is fetched.
"""

from __future__ import annotations

import re

from smtpprobe.journey import Asking, Question, Ruling
from smtpprobe.outcome import Check, Standing, Who
from smtpprobe.verdicts.asked import broken, queryable
from smtpprobe.verdicts.dmarc import DmarcResult

_DRAFT = "draft-brand-indicators-for-message-identification"
_VERSION = re.compile(r"v\s*=\s*BIMI1\s*(?:;|$)", re.IGNORECASE)
_ENFORCED = ("quarantine", "reject")


def check_bimi(domain: str, dmarc: DmarcResult) -> Asking[Ruling]:
    """The ruling on the default selector's record, at the domain or else at its organisational domain."""
    places = [place for place in dict.fromkeys([domain, dmarc.organisation]) if queryable(f"default._bimi.{place}")]
    answers = yield tuple([Question(f"default._bimi.{place}", "TXT") for place in places])
    for place, answer in zip(places, answers, strict=True):
        if why := broken(answer):
            return _ruling(domain, Standing.UNKNOWN, "temperror", f"The BIMI record of {place} cannot be read: {why}.")
        records = [text for text in answer.records if _VERSION.match(text)]
        if records:
            return _judged(domain, place, records, dmarc)
    return _ruling(domain, Standing.NONE, "none", f"The sender's domain {domain} publishes no BIMI record.")


def _judged(domain: str, place: str, records: list[str], dmarc: DmarcResult) -> Ruling:
    record = " / ".join(records)
    if len(records) > 1:
        summary = f"{place} publishes {len(records)} BIMI records, so receivers show no logo for the sender."
        step = f"Keep one TXT record at default._bimi.{place}."
        return _ruling(domain, Standing.WARN, "permerror", summary, (step,), record)
    parts = [part.partition("=") for part in record.split(";")]
    tags = {tag.strip().lower(): value.strip() for tag, _, value in parts}
    logo, evidence = tags.get("l", ""), tags.get("a", "")
    if not logo and not evidence:
        return _ruling(domain, Standing.NONE, "declined", f"{place} declines to have a logo shown (BIMI).", (), record)
    for tag, url in (("l", logo), ("a", evidence)):
        if url and not url.lower().startswith("https://"):
            summary = f"The BIMI record of the sender's domain {place} does not count: {tag}= is no https:// address."
            step = f"Correct {tag}= in the TXT record of default._bimi.{place}."
            return _ruling(domain, Standing.WARN, "permerror", summary, (step,), record)
    policy = dmarc.record
    gaps = policy is not None and (policy.sp == "none" or policy.pct not in (None, 100))
    if dmarc.policy not in _ENFORCED or gaps:
        summary = f"No receiver shows the logo of {place}: its DMARC policy is not quarantine or reject for all mail."
        step = (
            f"Bring the record at _dmarc.{dmarc.policy_domain or domain} to p=quarantine or p=reject, without sp=none."
        )
        return _ruling(domain, Standing.WARN, "no-enforcement", summary, (step,), record)
    return _ruling(domain, Standing.PASS, "pass", f"{place} publishes a logo for the sender's mail (BIMI).", (), record)


def _ruling(
    domain: str, standing: Standing, result: str, summary: str, steps: tuple[str, ...] = (), record: str = ""
) -> Ruling:
    who = Who.SENDER if standing == Standing.WARN else Who.NOBODY
    return Ruling(Check.BIMI, domain, standing, result, summary, "", steps, who, record, (_DRAFT,))
