"""Expectations about time: how long a stage may take. It counts how long a usual client would have waited."""

from __future__ import annotations

from smtpprobe.expect.base import Expectation, Facts, Judgement, failed, inconclusive, met, not_applicable
from smtpprobe.expect.file import Times
from smtpprobe.expect.given import At, seconds
from smtpprobe.expect.spine import greeting, hellos, upgrades
from smtpprobe.expectation import Measure
from smtpprobe.model import Exchange, Transcript
from smtpprobe.outcome import Stage, TlsMode

_NS = 1_000_000_000
_TITLES = {
    "connect": "the connection is open",
    "greeting": "the greeting comes",
    "ehlo": "EHLO is answered",
    "starttls": "STARTTLS is answered",
    "handshake": "the TLS handshake is done",
    "total": "the whole conversation is over",
}


class StageTime(Expectation, frozen=True, kw_only=True):
    """One stage takes no longer than this."""

    stage: str
    most: float

    @property
    def id(self) -> str:
        return f"time-{self.stage}"

    @property
    def title(self) -> str:
        return f"{_TITLES[self.stage]} within {_time(self.most)}"

    @property
    def expected(self) -> str:
        return f"at most {_time(self.most)}"

    def judge(self, facts: Facts) -> Judgement:
        run = facts.run
        taken = _taken(run, self.stage)
        if taken is None:
            why = _never(run, self.stage)
            return not_applicable(why) if why else inconclusive(_unreached(run))
        ticks, places = taken
        measure = Measure(self.stage, round(ticks / _NS, 6), "s", most=self.most)
        judge = met if measure.value <= self.most else failed
        return judge(_time(measure.value), *places, measure=measure)


def _taken(run: Transcript, stage: str) -> tuple[int, tuple[int, ...]] | None:
    """Ticks that the stage took the first time, and where; None where it did not come to its end."""
    if stage == "total":
        return (run.ended_ns - run.started_ns, ()) if run.ended_ns else None
    if stage == "connect":
        return next(((one.connect_ns, ()) for one in run.connections if one.connect_ns > 0), None)
    if stage == "handshake":
        return next(((one.handshake_ns, ()) for one in run.connections if one.tls and one.handshake_ns > 0), None)
    first = greeting(run)
    asked: list[tuple[int, Exchange]] = {
        "greeting": [first] if first else [],
        "ehlo": [(index, exchange) for index, exchange, _ in hellos(run)],
        "starttls": upgrades(run),
    }[stage]
    return next(
        (
            (max(e.reply.last_ns - e.sent_ns, 0), (i,))
            for i, e in asked[:1]
            if e.reply is not None and e.reply.code is not None
        ),
        None,
    )


def _never(run: Transcript, stage: str) -> str:
    """Why this server has no such stage, "" where it has."""
    if stage not in ("starttls", "handshake"):
        return ""
    if run.target.tls is TlsMode.IMPLICIT:
        return "the port speaks TLS from the first byte: there is no STARTTLS" if stage == "starttls" else ""
    if run.target.tls is TlsMode.NONE:
        return 'TLS was not asked for, as tls = "none" says'
    return "EHLO does not offer STARTTLS" if run.clear is not None and "STARTTLS" not in run.clear else ""


def _unreached(run: Transcript) -> str:
    failure = run.failure or next((e.failure for e in run.exchanges if e.failure and e.stage is not Stage.QUIT), None)
    return f"not reached: {failure.kind.meaning}" if failure is not None else "not reached"


def _time(value: float) -> str:
    """For people: ``0.24 ms``, ``240 ms``, ``1.5 s``, ``120 s``."""
    return f"{value * 1000:.3g} ms" if value < 0.9995 else f"{value:.5g} s"


def expectations(table: Times, at: At) -> tuple[Expectation, ...]:
    """What the table ``time`` expects. Raises Mistake."""
    return tuple(
        [
            StageTime(stage=stage, most=seconds(value, at(stage)), place=at(stage))
            for stage in _TITLES
            if (value := getattr(table, stage)) is not None
        ]
    )
