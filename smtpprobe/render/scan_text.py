"""The summary of a scan for a terminal or a log: each table with its most frequent rows, counts and shares."""

from __future__ import annotations

from smtpprobe.render.paper import Console
from smtpprobe.scanning import Summary


def render(summary: Summary) -> str:
    """The text at 80 columns, without colour."""
    raise NotImplementedError


def show(summary: Summary, console: Console, *, brief: bool = False) -> None:
    """``brief``: nothing but the headline."""
    raise NotImplementedError
