"""`explain` under random text: read, explained, counted and shown, as octets of a file and as a pasted text."""

from __future__ import annotations

import contextlib
import io
import zlib
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


def seeds() -> Iterator[bytes]:
    """All that people give to `explain`, and replies alone."""
    yield from fuzz_seeds.texts()
    yield from fuzz_seeds.replies()[::4]


def check(data: bytes) -> None:
    """The whole road of a file, or now and then that of a pasted text."""
    if zlib.crc32(data) % 16 == 0:
        with contextlib.suppress(ValueError):
            explain_text(data.decode("utf-8", "surrogateescape"), "RCPT TO:<a@example.org>")
        return
    reading, explainer, tally = Reading(), Explainer(), Tally()
    first: Diagnosis | None = None
    for event in reading.events(sources.Source(io.BufferedReader(io.BytesIO(data)))):
        diagnosis = explainer.explain(event)
        tally.add(diagnosis)
        first = first or diagnosis
    if first is not None:
        _show(tally, first, reading)


def _show(tally: Tally, first: Diagnosis, reading: Reading) -> None:
    """As text, one in full and many counted, and as JSON; what is shown must be harmless, and JSON be readable."""
    digest = tally.digest(reading.lines, reading.unread)
    stream = io.StringIO()
    paper = Console(stream, color=False, width=80)
    explained.heading(first.event.given, paper)
    explained.diagnosis_text(first, paper, explained.trace_command(first.event))
    if tally.events > 1:
        explained.digest_text(digest, paper, 1)
    assert not HARMFUL.search(stream.getvalue().replace("\n", "")), "something is not escaped"
    text = json.pretty(build_explained(digest, [first]))
    assert not HARMFUL.search(text.replace("\n", "")), "something is not escaped"
    assert [item["input"] for item in msgspec.json.decode(text)["items"]] == [_readable(first.event.given)]


def _readable(text: str) -> str:
    """A lone surrogate is no character; JSON shows it as an escape."""
    return text.encode("utf-8", "backslashreplace").decode()
