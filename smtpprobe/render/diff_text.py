"""What changed, for people: each server with its changes in words, and before and after beneath where they say more."""

from __future__ import annotations

import io
from collections.abc import Sequence

from smtpprobe.expectation import Change, Difference
from smtpprobe.render.paper import Console
from smtpprobe.render.screen import Screen
from smtpprobe.render.screen import console as make_console

WIDTH = 80

_ROWS = 4
_WHOLE = 60


def render(differences: Sequence[Difference]) -> str:
    """The text at 80 columns, without colour."""
    stream = io.StringIO()
    show(differences, make_console(stream, color=False, width=WIDTH))
    return stream.getvalue()


def show(differences: Sequence[Difference], console: Console, *, verbose: bool = False, brief: bool = False) -> None:
    """``brief``: a row for each server; ``verbose``: before and after of every change, in full."""
    screen = Screen(console)
    for difference in differences:
        changed = bool(difference.changes)
        style = "bold" if changed else "magenta" if difference.undecided else ""
        screen.paragraph("", f"{difference.name}: {_outcome(difference)}", style=style)
        for change in () if brief else difference.changes:
            _change(screen, change, verbose=verbose)


def _outcome(difference: Difference) -> str:
    if difference.undecided:
        return f"undecided: {difference.undecided}"
    number = len(difference.changes)
    return f"{number} change{'' if number == 1 else 's'}" if number else "nothing changed"


def _change(screen: Screen, change: Change, *, verbose: bool) -> None:
    screen.paragraph("  - ", change.words, rows=_ROWS)
    told = all(text is None or " ".join(text.split()) in change.words for text in (change.before, change.after))
    if told and not verbose:
        return
    rows = _WHOLE if verbose else _ROWS
    for label, text, style in (("before", change.before, "red"), ("after ", change.after, "green")):
        words = "nothing" if text is None else text or "no argument"
        screen.paragraph(f"      {label}  ", words, style=style, rows=rows)
