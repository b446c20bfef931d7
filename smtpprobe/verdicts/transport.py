"""One address, three senders: what one with DANE, one with MTA-STS and one with neither would do there. Pure."""

from __future__ import annotations

from smtpprobe.journey import Outlook, Ruling
from smtpprobe.outcome import Check, Passage, Standing, Who
from smtpprobe.verdicts import dane as dane_words
from smtpprobe.verdicts.encounter import Encounter

_SENDERS = ("A sender that checks DANE", "one that checks MTA-STS", "any other")


def outlook(met: Encounter, dane: Ruling, sts: Ruling | None, *, last: bool) -> Outlook:
    """``dane`` and ``sts`` are the rulings on this address; ``last``: no address is left to try after it."""
    neither = _opportunistic(met)
    stopped = Passage.DEFER if last else Passage.NEXT
    return Outlook(_with_dane(dane, neither, stopped), _with_sts(sts, neither, stopped), neither)


def _opportunistic(met: Encounter) -> Passage:
    """TLS where it comes about, whoever the server may be; else without (RFC 7435)."""
    if not met.reached:
        return Passage.UNKNOWN
    return Passage.UNVERIFIED if met.facts is not None else Passage.CLEAR


def _with_dane(dane: Ruling, neither: Passage, stopped: Passage) -> Passage:
    if dane.standing is Standing.FAIL:
        return stopped
    if dane.standing is Standing.UNKNOWN:
        return Passage.UNKNOWN
    return Passage.VERIFIED if dane.result == dane_words.VERIFIED else neither


def _with_sts(sts: Ruling | None, neither: Passage, stopped: Passage) -> Passage:
    if sts is None or sts.standing in (Standing.NONE, Standing.WARN):
        return neither
    if sts.standing is Standing.FAIL:
        return stopped
    return Passage.VERIFIED if sts.standing is Standing.PASS else Passage.UNKNOWN


def judge_transport(met: Encounter, dane: Ruling, sts: Ruling | None, *, last: bool) -> Ruling:
    """The three answers as three words in ``result``, in the order of Outlook's fields, and as one sentence."""
    seen = outlook(met, dane, sts, last=last)
    words = (seen.dane, seen.mta_sts, seen.neither)
    clauses = [f"{sender} {word.meaning}" for sender, word in zip(_SENDERS, words, strict=True)]
    if Passage.DEFER in words:
        standing = Standing.FAIL
    elif Passage.NEXT in words or Passage.CLEAR in words:
        standing = Standing.WARN
    else:
        standing = Standing.UNKNOWN if Passage.UNKNOWN in words else Standing.PASS
    blamed = [one for one in (dane, sts) if one is not None and one.standing is Standing.FAIL]
    steps = tuple([step for one in blamed for step in one.steps])
    return Ruling(
        Check.TRANSPORT,
        met.subject,
        standing,
        " ".join(words),
        "; ".join(clauses) + ".",
        " ".join([one.summary for one in blamed]) or (f"The handshake fails: {met.why}." if met.why else ""),
        steps or _steps(met, standing),
        Who.SERVER if standing in (Standing.FAIL, Standing.WARN) else Who.NOBODY,
        references=("RFC 7672 2.2", "RFC 8461 5", "RFC 3207"),
    )


def _steps(met: Encounter, standing: Standing) -> tuple[str, ...]:
    if standing is not Standing.WARN:
        return ()
    what = "Repair TLS" if met.offered else "Switch STARTTLS on"
    return (f"{what} at {met.subject}: mail to it can be read on its way.",)
