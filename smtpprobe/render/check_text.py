"""A check for a log that someone skims: a line a server, beneath it only what went wrong, and one line at the end."""

from __future__ import annotations

import io

from smtpprobe.expectation import Checked, Checking, Held
from smtpprobe.outcome import Result
from smtpprobe.render import check_parts, escape
from smtpprobe.render.cells import cell_len
from smtpprobe.render.check_parts import Told
from smtpprobe.render.paper import Console
from smtpprobe.render.screen import Screen
from smtpprobe.render.screen import console as make_console

WIDTH = 80
_STYLES = {
    Result.MET: "green",
    Result.FAILED: "bold red",
    Result.INCONCLUSIVE: "magenta",
    Result.NOT_APPLICABLE: "dim",
}
_ROWS = 6
_MOST_EVIDENCE = 20
_GAP = 2
_HANG = 6


def render(checking: Checking) -> str:
    """The text at 80 columns, without colour."""
    stream = io.StringIO()
    show(checking, make_console(stream, color=False, width=WIDTH))
    return stream.getvalue()


def show(checking: Checking, console: Console, *, verbose: bool = False, brief: bool = False) -> None:
    """``brief``: nothing but the last line; ``verbose``: every expectation, and the dialogue of what was not met."""
    screen = Screen(console)
    if not brief:
        column = _column(screen, checking, verbose=verbose)
        for server in checking.servers:
            _server(screen, server, column, verbose=verbose)
    screen.paragraph("", " · ".join(check_parts.summary(checking)), style=_STYLES[check_parts.worst(checking)])


def _column(screen: Screen, checking: Checking, *, verbose: bool) -> int:
    """Where the text beside servers and places begins: behind the longest of them that leaves it enough room."""
    most = screen.width // 2 - _HANG
    labels = []
    for server in checking.servers:
        labels += [_server_label(server), *(_label(one.held, server) for one in check_parts.beneath(server))]
        if verbose:
            labels += [_label(one.held, server) for _, others in check_parts.rest(server) for one in others]
    widths = [cell_len(screen.clean(label)) for label in labels]
    return max([width + _GAP for width in widths if width <= most], default=_HANG)


def _server(screen: Screen, server: Checked, column: int, *, verbose: bool) -> None:
    result = check_parts.result(server)
    _beside(screen, _server_label(server), check_parts.headline(server), column, _STYLES[result])
    told = check_parts.silent(server)
    if told is not None:
        _advice(screen, told, column)
        _evidence(screen, told, column, verbose=verbose)
    advised: set[str] = set()
    for one in check_parts.beneath(server):
        _expectation(screen, one, server, column, advised, verbose=verbose)
    for _, others in check_parts.rest(server) if verbose else ():
        for one in others:
            _expectation(screen, one, server, column, advised, verbose=verbose)


def _expectation(screen: Screen, told: Told, server: Checked, column: int, advised: set[str], *, verbose: bool) -> None:
    """``advised`` is the advice that was given for this server already: once is enough."""
    held = told.held
    words = f"{check_parts.name(told)}: {check_parts.outcome(held, server)}"
    _beside(screen, _label(held, server), words, column, _STYLES[check_parts.shown(held, server)[0]])
    if held.advice not in advised:
        _advice(screen, held, column)
    advised.add(held.advice)
    _evidence(screen, held, column, verbose=verbose and held.result is not Result.MET)


def _server_label(server: Checked) -> str:
    return escape.log(f"{check_parts.GLYPHS[check_parts.result(server)]} {server.name}")


def _label(held: Held, server: Checked) -> str:
    glyph = check_parts.GLYPHS[check_parts.shown(held, server)[0]]
    return escape.log(f"  {glyph} {check_parts.place(held.place) or held.id}")


def _beside(screen: Screen, label: str, words: str, column: int, style: str) -> None:
    """Words beside a label, or beneath one that is too long."""
    label, words = screen.clean(label), escape.log(words)
    room = column - cell_len(label)
    if room >= _GAP:
        screen.paragraph(label + " " * room, words, label_style=style, rows=_ROWS)
    else:
        screen.paragraph("", label, style=style, rows=_ROWS)
        screen.paragraph(" " * min(column, _HANG), words, rows=_ROWS)


def _advice(screen: Screen, held: Held, column: int) -> None:
    if held.advice:
        screen.paragraph(" " * column + "▸ ", escape.log(held.advice))


def _evidence(screen: Screen, held: Held, column: int, *, verbose: bool) -> None:
    for line in held.evidence[:_MOST_EVIDENCE] if verbose else ():
        screen.paragraph(" " * column, escape.log(line), style="dim", rows=_ROWS)
