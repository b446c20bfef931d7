"""The summary of a scan for a terminal or a log: each table with its most frequent rows, counts, shares and bars."""

from __future__ import annotations

import io
import sys

from smtpprobe.render import escape, scan_parts
from smtpprobe.render.cells import cell_len
from smtpprobe.render.paper import Console
from smtpprobe.render.scan_parts import Part, Row
from smtpprobe.render.screen import Screen
from smtpprobe.render.screen import console as make_console
from smtpprobe.scanning import Summary

WIDTH = 80
MOST_ROWS = 8
_STYLES = {"good": "green", "fair": "yellow", "bad": "red", "away": "dim", "": "cyan"}
_WIDEST_LABEL = 40
_WIDEST_BAR = 40
_INDENT = 2
_PERCENT = 6
_GAPS = 6


def render(summary: Summary) -> str:
    """The text at 80 columns, without colour."""
    stream = io.StringIO()
    show(summary, make_console(stream, color=False, width=WIDTH))
    return stream.getvalue()


def show(summary: Summary, console: Console, *, verbose: bool = False, brief: bool = False) -> None:
    """``brief``: nothing but the headline; ``verbose``: every table, with every row."""
    screen = Screen(console)
    screen.items("", [escape.log(part) for part in scan_parts.headline(summary)], style="bold")
    if brief:
        return
    screen.items("", [escape.log(fact) for fact in scan_parts.facts(summary)], style="dim")
    rows = sys.maxsize if verbose else MOST_ROWS
    shown = [scan_parts.most(part, rows) for part in scan_parts.parts(summary) if verbose or not part.minor]
    digits = max((len(f"{row.count:,}") for part in shown for row in part.rows), default=0)
    labels = [cell_len(_label(screen, row)) for part in shown for row in part.rows]
    room = screen.width - _INDENT - digits - _PERCENT - _GAPS
    width = min(max(labels, default=0), _WIDEST_LABEL, max(room - 10, room // 2))
    for part in shown:
        _table(screen, part, width, digits, min(room - width, _WIDEST_BAR))


def _table(screen: Screen, part: Part, width: int, digits: int, bar: int) -> None:
    screen.blank()
    screen.row((part.title, "bold"), (f"  {part.whole}", "dim"))
    for row in part.rows:
        label = screen.crop(_label(screen, row), width)
        counted = f"{row.count:>{digits},}  {scan_parts.percent(row.share):>{_PERCENT}}  "
        padding = " " * (width - cell_len(label) + 2)
        screen.row((" " * _INDENT + label + padding + counted, ""), (_bar(screen, row, bar), _STYLES[row.look]))
    if part.left:
        screen.row((f"{' ' * _INDENT}and {part.left:,} more", "dim"))


def _label(screen: Screen, row: Row) -> str:
    return screen.clean(escape.log(row.label))


def _bar(screen: Screen, row: Row, width: int) -> str:
    """What is there at all is seen, if only as a dot."""
    blocks = round(min(row.share, 1.0) * max(width, 0))
    return screen.clean("█" * blocks or "·")
