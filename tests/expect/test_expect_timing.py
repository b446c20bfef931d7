"""Time: each stage as a client waits for it, and stages that a server does not have."""

from __future__ import annotations

import math
from typing import Any

import pytest
from expect_reports import at, judged, judgement, run, unreached
from msgspec.structs import replace
from rules_run import failed

from smtpprobe.expect.file import Times
from smtpprobe.expect.mistakes import Mistake
from smtpprobe.expect.timing import StageTime, expectations
from smtpprobe.expectation import Measure
from smtpprobe.model import Connection, Transcript
from smtpprobe.outcome import ClosedBy, FailureKind, Outcome, Result, Stage, TlsMode

MS = 1_000_000
#: The start of each stage and how long it takes, in milliseconds.
TOOK = {"connect": 12, "greeting": 240, "ehlo": 3, "starttls": 15, "handshake": 40, "total": 1500}
_STAGES = {Stage.GREETING: "greeting", Stage.EHLO: "ehlo", Stage.STARTTLS: "starttls"}


def timed(**changes: Any) -> Transcript:
    """A run in which every stage takes what TOOK says, and everything after the first EHLO in TLS takes long."""
    whole = run(**changes)
    exchanges = []
    for place, one in enumerate(whole.exchanges):
        took = TOOK[_STAGES[one.stage]] if one.stage in _STAGES and place < 3 else 9000
        sent = 1_000_000 * place * MS
        heard = replace(one.reply, first_ns=sent, last_ns=sent + took * MS) if one.reply is not None else None
        exchanges.append(replace(one, sent_ns=sent, reply=heard))
    first = Connection(
        1, "192.0.2.25", 25, 0, TOOK["connect"] * MS, ClosedBy.US, handshake_ns=TOOK["handshake"] * MS, tls=whole.tls
    )
    late = replace(first, number=2, connect_ns=9000 * MS, handshake_ns=9000 * MS, tls=whole.tls)
    return replace(
        whole, exchanges=tuple(exchanges), connections=(first, late), started_ns=MS, ended_ns=(1 + TOOK["total"]) * MS
    )


@pytest.mark.parametrize("stage", TOOK)
def test_each_stage_the_first_time(stage: str) -> None:
    value = TOOK[stage] / 1000
    found = judgement(StageTime(stage=stage, most=value), timed())
    assert (found.result, found.measure) == (Result.MET, Measure(stage, value, "s", most=value))
    too_long = judgement(StageTime(stage=stage, most=value * 0.9), timed())
    assert (too_long.result, too_long.got) == (Result.FAILED, f"{TOOK[stage]} ms" if value < 1 else "1.5 s")


@pytest.mark.parametrize(
    ("transcript", "results"),
    [
        (timed(hello="SIZE 1000"), {"starttls": "EHLO does not offer STARTTLS"}),
        (timed(tls=TlsMode.NONE), {"handshake": 'TLS was not asked for, as tls = "none" says'}),
        (
            timed(tls=TlsMode.IMPLICIT, port=465, hello="SIZE 1000"),
            {"starttls": "the port speaks TLS from the first byte: there is no STARTTLS"},
        ),
    ],
)
def test_a_stage_that_the_server_has_not(transcript: Transcript, results: dict[str, str]) -> None:
    for stage, why in results.items():
        assert judged(StageTime(stage=stage, most=1), transcript) == (Result.NOT_APPLICABLE, why)


@pytest.mark.parametrize("stage", TOOK)
def test_what_was_not_reached_is_undecided(stage: str) -> None:
    nothing = unreached(FailureKind.TIMEOUT, Outcome.UNREACHABLE)
    words = "not reached: no answer within the time allowed for the step"
    assert judged(StageTime(stage=stage, most=1), nothing) == (Result.INCONCLUSIVE, words)


def test_a_handshake_that_fails_has_no_length() -> None:
    broken = timed(handshake=failed(FailureKind.TLS_HANDSHAKE, stage=Stage.HANDSHAKE))
    broken = replace(broken, connections=broken.connections[:1])
    assert judged(StageTime(stage="handshake", most=1), broken)[0] is Result.INCONCLUSIVE


def test_the_table() -> None:
    found = expectations(Times(connect=2, greeting="500ms", ehlo=0.5, total="2m"), at)
    assert [(one.id, one.expected, one.place) for one in found] == [
        ("time-connect", "at most 2 s", at("connect")),
        ("time-greeting", "at most 500 ms", at("greeting")),
        ("time-ehlo", "at most 500 ms", at("ehlo")),
        ("time-total", "at most 120 s", at("total")),
    ]


@pytest.mark.parametrize("value", [0, -1, "0s", "soon", "1 week", "", "-5s", "1e9", math.nan, math.inf, 100_000, "30h"])
def test_what_is_no_time(value: float | str) -> None:
    with pytest.raises(Mistake) as told:
        expectations(Times(starttls=value), at)
    assert told.value.place == at("starttls")
