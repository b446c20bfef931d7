"""A trace as JSON. What the fields are is trace_document.py's business."""

from __future__ import annotations

from smtpprobe.journey import Trace
from smtpprobe.render.json import pretty
from smtpprobe.render.trace_document import build


def render(trace: Trace) -> str:
    """One document, indented, with a line end."""
    return pretty(build(trace))
