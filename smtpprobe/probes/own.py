"""The user's own lines, sent in their order and once."""

from __future__ import annotations

from smtpprobe.model import Known, Observation
from smtpprobe.outcome import Profile, Verdict
from smtpprobe.probes.base import RSET, Ask, Conversation, Cost, Probe, Where, command


def _lines(known: Known, subject: str) -> Conversation:
    """One group, so that nobody speaks in between; where the connection ends early, its last lines have no answer."""
    lines = tuple([command(line) for line in known.lines])
    answers = yield Ask((*lines, RSET))
    heard = [
        Observation("command", line, Verdict.ANSWERED, answer.said, (answer.index,), answer.exchange.stage)
        for line, answer in zip(known.lines, answers, strict=False)
    ]
    lost = [Observation("command", line, Verdict.UNTESTED, "no answer") for line in known.lines[len(heard) :]]
    return (*heard, *lost)


PROBES = (
    Probe(
        "command",
        "the lines given with --command",
        "whatever those lines do",
        _lines,
        lambda known, subject: Cost(),
        profile=Profile.EHLO,
        where=Where.BEST,
        sent_once=True,
        subjects=lambda known: ("",) if known.lines else (),
    ),
)
