"""The summary of a scan as a whole HTML page with charts that loads nothing else: no script, no font, no picture."""

from __future__ import annotations

from smtpprobe.scanning import Summary


def render(summary: Summary) -> str:
    """The page."""
    raise NotImplementedError
