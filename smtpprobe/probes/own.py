"""The user's own lines, sent in their order and once."""

from __future__ import annotations

from smtpprobe.model import Known, Observation
from smtpprobe.outcome import Profile, Verdict
from smtpprobe.probes.base import RSET, Ask, Conversation, Cost, Probe, Where, command


def _lines(known: Known, subject: str) -> Conversation:
    heard = []
    for line in known.lines:
        (answer,) = yield Ask((command(line),))
        stage = answer.exchange.stage
        heard.append(Observation("command", line, Verdict.ANSWERED, answer.said, (answer.index,), stage))
    yield Ask((RSET,))
    return tuple(heard)


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
