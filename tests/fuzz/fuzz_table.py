"""The targets of `make fuzz`, and what a run of one tells the driver. Needs no atheris, and loads nothing of ours."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

ROOT = Path(__file__).resolve().parents[2]
#: How the place of a finding begins where the input took too long.
SLOW_PLACE = "slow"


class Target(Struct, frozen=True):
    """One target: ``fuzz_NAME.py`` has its seeds and its check.

    ``rooms`` are the beginnings of the modules that are watched for new ways through them: watching costs time, so it
    is not done where characters are counted. Inputs are of at most ``longest`` octets; ``share`` of the runs asked
    for are done.
    """

    name: str
    title: str
    rooms: tuple[str, ...]
    longest: int
    share: float = 1.0


TARGETS = (
    Target(
        "explain",
        "`explain`, from text to text and JSON",
        ("smtpprobe.explain.readers", "smtpprobe.explain.bounces", "smtpprobe.explain.stream", "smtpprobe.explain.di"),
        320,
    ),
    Target(
        "annotate",
        "the annotator",
        ("smtpprobe.explain.notes", "smtpprobe.explain.advice", "smtpprobe.explain.scene", "smtpprobe.explain.param"),
        320,
    ),
    Target("replies", "the reply reader", ("smtpprobe.wire.replies",), 1_280),
    Target("ehlo", "the EHLO parser", ("smtpprobe.wire.ehlo",), 512),
    Target("escape", "the escapes for terminal, HTML, Markdown and JSON", ("smtpprobe.render.escape",), 64, 0.1),
)


class Found(Struct, frozen=True):
    """What went wrong, and the input that shows it."""

    place: str
    data: bytes


class Figures(Struct, frozen=True):
    """One target's run: inputs fuzzed in so many seconds, the slowest of them in processor seconds, what was found.

    ``status`` is the exit status of its process: not 0 where the process itself broke.
    """

    target: str
    seed: int
    inputs: int
    seconds: float
    slowest: float
    found: tuple[Found, ...]
    status: int = 0
