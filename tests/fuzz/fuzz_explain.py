"""`explain` under random text: read, explained, counted and shown, as octets of a file and as a pasted text."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator

import fuzz_seeds
import msgspec
from fuzz_escape import HARMFUL

from smtpprobe.cli import sources
from smtpprobe.diagnosis import Diagnosis
from smtpprobe.explain.diagnose import Explainer
from smtpprobe.explain.reading import Reading
from smtpprobe.explain.tally import Tally
from smtpprobe.explain.text import explain_text
from smtpprobe.render import explained, json
from smtpprobe.render.diagnoses import build_explained
from smtpprobe.render.paper import Console

_SHOWN = 2


def seeds() -> Iterator[bytes]:
    """All that people give to `explain`, and replies alone."""
    yield from fuzz_seeds.texts()
    yield from fuzz_seeds.replies()[::4]


def check(data: bytes) -> None:
    """The whole road of a file; and every tenth input the road of a pasted text too."""
    reading, explainer, tally = Reading(), Explainer(), Tally()
    source = sources.Source(io.BufferedReader(io.BytesIO(data)))
    kept: list[Diagnosis] = []
    for event in reading.events(source):
        diagnosis = explainer.explain(event)
        tally.add(diagnosis)
        kept.append(diagnosis)
    if kept:
        _show(tally, kept[:_SHOWN], reading)
    if len(data) % 10 == 0:
        with contextlib.suppress(ValueError):
            explain_text(data.decode("utf-8", "surrogateescape"), "RCPT TO:<a@example.org>")


def _show(tally: Tally, diagnoses: list[Diagnosis], reading: Reading) -> None:
    """As text and as JSON, both read again."""
    digest = tally.digest(reading.lines, reading.unread)
    stream = io.StringIO()
    paper = Console(stream, color=False, width=80)
    for one in diagnoses:
        explained.heading(one.event.given, paper)
        explained.diagnosis_text(one, paper, explained.trace_command(one.event))
    explained.digest_text(digest, paper, 1)
    assert not HARMFUL.search(stream.getvalue().replace("\n", "")), "something is not escaped"
    text = json.pretty(build_explained(digest, diagnoses))
    assert not HARMFUL.search(text.replace("\n", "")), "something is not escaped"
    items = msgspec.json.decode(text)["items"]
    assert [item["input"] for item in items] == [_readable(one.event.given) for one in diagnoses]


def _readable(text: str) -> str:
    """A lone surrogate is no character; JSON shows it as an escape."""
    return text.encode("utf-8", "backslashreplace").decode()
