"""What DMARC means for the sender: who would turn the mail away, and what to change. Pure.

A trace sees the envelope and no signature: where DKIM would decide, that is said.
"""

from __future__ import annotations

from msgspec import Struct

from smtpprobe.journey import Ruling
from smtpprobe.outcome import Check, Standing, Who
from smtpprobe.verdicts.asked import published
from smtpprobe.verdicts.dmarc import DmarcResult

_WISH = {
    "none": "asks receivers for no consequence",
    "quarantine": "asks receivers to put it aside as spam",
    "reject": "asks receivers to refuse it",
}


class _Told(Struct, frozen=True):
    standing: Standing
    summary: str
    steps: tuple[str, ...] = ()


def dmarc_ruling(result: DmarcResult) -> Ruling:
    """The ruling on mail whose author is at ``result.domain``."""
    told = _told(result)
    return Ruling(
        check=Check.DMARC,
        subject=result.domain,
        standing=told.standing,
        result=result.result,
        summary=told.summary,
        detail=_detail(result),
        steps=told.steps,
        who=Who.NOBODY if told.standing == Standing.PASS else Who.SENDER,
        record=" / ".join(result.records) or (result.record.text if result.record else ""),
        references=("RFC 9989 4.10.1",) if told.standing != Standing.PASS else ("RFC 9989 4.4",),
    )


def _told(result: DmarcResult) -> _Told:
    match result.result:
        case "none":
            record = f'_dmarc.{result.domain}.  TXT  "v=DMARC1; p=none; rua=mailto:postmaster@{result.domain}"'
            steps = (f"To begin with, publish a record that only collects reports:  {record}",)
            return _Told(Standing.NONE, f"The sender's domain {result.domain} publishes no DMARC policy.", steps)
        case "temperror":
            summary = f"What DMARC asks for at the sender's domain {result.domain} cannot be told: {result.problem}."
            return _Told(Standing.UNKNOWN, summary, ("Try again; if it stays, have those name servers checked.",))
        case "permerror":
            return _broken(result)
        case "pass":
            return _passes(result)
    if not result.spf:
        return _address_unknown(result)
    return _not_aligned(result)


def _broken(result: DmarcResult) -> _Told:
    place = result.policy_domain or result.domain
    if result.record is None:
        steps: tuple[str, ...] = (f"Keep one of the TXT records at _dmarc.{place} and delete the others.",)
    else:
        steps = (f"Correct it:  _dmarc.{place}.  TXT  {published(result.record.mended)}",)
    summary = f"The sender's DMARC record at _dmarc.{place} counts for nothing: {result.problem}."
    return _Told(Standing.WARN, summary, steps)


def _passes(result: DmarcResult) -> _Told:
    if result.spf == "pass" and result.spf_aligned:
        summary = f"DMARC passes: SPF does, for {result.spf_domain}, which is aligned with {result.domain}."
        if not result.disputed:
            return _Told(Standing.PASS, summary, _mend(result))
        lost = f"Receivers that go by the Public Suffix List do not take {result.spf_domain} for aligned"
        return _Told(Standing.WARN, f"{summary} {lost}.", _align(result))
    summary = f"DMARC passes where the DKIM signature of {result.dkim_aligned[0]} holds; SPF does not vouch for it."
    return _Told(Standing.PASS, summary, _mend(result))


def _address_unknown(result: DmarcResult) -> _Told:
    aligned = "is aligned" if result.spf_aligned else "is not aligned"
    summary = (
        f"Whether mail from {result.domain} passes DMARC depends on the sending address, which is not known: "
        f"{result.spf_domain} {aligned} with it, and the policy {_WISH[result.policy]} where it does not pass."
    )
    return _Told(Standing.UNKNOWN, summary, ("Name the address that the mail leaves from: --from-ip ADDRESS.",))


def _not_aligned(result: DmarcResult) -> _Told:
    """SPF does not do it, so all hangs on a signature."""
    if result.spf == "pass":
        why = f"SPF passes for {result.spf_domain}, which is not aligned with it"
    else:
        why = f"SPF gives {result.spf} for {result.spf_domain}"
    if result.signatures_known:
        rest = "and no aligned domain signs the message"
    else:
        rest = "so it passes only with an aligned DKIM signature, which is unseen here"
    summary = (
        f"{result.domain}'s DMARC policy {_WISH[result.policy]} unless the sender's mail is vouched for: {why}, {rest}."
    )
    standing = Standing.FAIL if result.policy == "reject" else Standing.WARN
    return _Told(standing, summary, (*_align(result), *_mend(result)))


def _align(result: DmarcResult) -> tuple[str, ...]:
    """SPF or DKIM: one of the two has to speak for the author's domain."""
    key = f"SELECTOR._domainkey.{result.domain}"
    signing = f"Sign the mail with DKIM as d={result.domain}, and publish the signer's key at {key}."
    if result.spf == "pass":
        strict = result.record is not None and result.record.aspf == "s"
        place = f"{result.domain} itself (aspf=s)" if strict else f"{result.domain} or a name below it"
        spf = f"Or make the envelope sender's domain {place}, with an SPF record that lets this server send."
        if result.disputed:
            spf = f"Or make the envelope sender's domain {result.domain} itself."
        return signing, spf
    if result.spf_aligned:
        return f"Make SPF pass for {result.spf_domain}: the ruling on SPF says how.", signing
    return signing, f"Or send with an envelope sender at {result.domain}, and make SPF pass for it."


def _mend(result: DmarcResult) -> tuple[str, ...]:
    if not result.problems or result.record is None:
        return ()
    return (f"Mend the record:  _dmarc.{result.policy_domain}.  TXT  {published(result.record.mended)}",)


def _detail(result: DmarcResult) -> str:
    record = result.record
    if record is None:
        return ""
    parts = []
    if result.policy:
        source = f"{result.tag}= at _dmarc.{result.policy_domain}" + (", made milder by t=y" if record.testing else "")
        parts.append(f"the policy is {result.policy} ({source})")
        parts.append(f"alignment of SPF is {_mode(record.aspf)}, of DKIM {_mode(record.adkim)}")
    if record.pct is not None and record.pct < 100:
        parts.append(f"pct={record.pct} counts for older receivers only: RFC 9989 has no such tag")
    return "; ".join([*parts, *result.problems])


def _mode(letter: str) -> str:
    return "strict" if letter == "s" else "relaxed"
