"""Reports and facts out of transcripts that a test writes down. No test lives here."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from smtpprobe import rules
from smtpprobe.expect.base import Expectation, Facts, Judgement
from smtpprobe.expectation import Place
from smtpprobe.model import Failure, Report, Transcript
from smtpprobe.outcome import FailureKind, Outcome, Result, Stage

sys.path.append(str(Path(__file__).parents[1] / "rules"))
from rules_run import run as run


def at(*path: str | int) -> Place:
    """A place that tells its path: a file named after it, and as its line how long it is."""
    return Place(".".join(map(str, path)), len(path))


def report(transcript: Transcript, verdict: str = "") -> Report:
    findings = rules.judge(transcript)
    return Report(transcript, tuple([None] * len(transcript.exchanges)), findings, verdict)


def facts(transcript: Transcript | None = None, **known: Any) -> Facts:
    """Of one address; without a transcript, of a server with which nothing is wrong."""
    one = report(transcript if transcript is not None else run())
    return Facts(one, known.pop("reports", (one,)), **known)


def judged(expectation: Expectation, transcript: Transcript | None = None, **known: Any) -> tuple[Result, str]:
    found = judgement(expectation, transcript, **known)
    return found.result, found.got


def judgement(expectation: Expectation, transcript: Transcript | None = None, **known: Any) -> Judgement:
    about = facts(transcript, **known)
    found = expectation.judge(about)
    assert all(0 <= index < len(about.run.exchanges) for index in found.evidence)
    return found


def unreached(kind: FailureKind, outcome: Outcome, stage: Stage = Stage.CONNECT) -> Transcript:
    """A run in which nothing was heard."""
    failure = Failure(stage, kind)
    return replace(
        run(),
        exchanges=(),
        observations=(),
        connections=(),
        clear=None,
        encrypted=None,
        tls=None,
        software=None,
        failure=failure,
        outcome=outcome,
        started_ns=0,
        ended_ns=0,
    )
