"""A trace for people: what fails and whose side that is, the fix, the evidence, the way, and the rest beneath."""

from __future__ import annotations

import io
from collections.abc import Iterable

from smtpprobe.journey import Ruling, Trace
from smtpprobe.model import Report
from smtpprobe.outcome import Cause, Standing
from smtpprobe.render import trace_matrix, trace_parts
from smtpprobe.render.cells import cell_len
from smtpprobe.render.failures import sentence
from smtpprobe.render.live import Live, replay
from smtpprobe.render.paper import Console
from smtpprobe.render.prose import blocks
from smtpprobe.render.screen import Screen
from smtpprobe.render.screen import console as make_console
from smtpprobe.render.turns import InTurns

WIDTH = 80
VERBATIM = 7
"""The columns that a line to be copied is indented by; it is never wrapped."""

_STYLES = {
    Standing.PASS: "green",
    Standing.WARN: "yellow",
    Standing.FAIL: "bold red",
    Standing.NONE: "",
    Standing.UNKNOWN: "magenta",
}
_ROWS = 6
_WHOLE = 60


def render(trace: Trace) -> str:
    """The text at 80 columns, without colour."""
    stream = io.StringIO()
    show(trace, make_console(stream, color=False, width=WIDTH))
    return stream.getvalue()


def show(trace: Trace, console: Console, *, verbose: bool = False, brief: bool = False) -> None:
    """The diagnosis first. ``brief``: nothing but its sentence and who must act; ``verbose``: all that was heard."""
    screen = Screen(console)
    screen.paragraph("", trace.conclusion.summary, style="bold")
    if brief:
        if actor := trace_parts.actor(trace.conclusion):
            screen.paragraph("", f"Who must act: {actor}.")
        return
    _fix(screen, trace)
    _evidence(screen, trace)
    _way(screen, trace)
    _problems(screen, trace)
    matrix = trace_matrix.rows(trace)
    if len(matrix) > 1 or (verbose and matrix):
        _matrix(screen, matrix, verbose=verbose)
    if verbose:
        _listed(screen, trace)
        _answers(screen, trace)
        for report in trace.routes:
            _dialogue(screen, report)
    else:
        _folded(screen, trace)
    _unseen(screen, trace)
    screen.blank()
    screen.items("", trace_parts.totals(trace), style="dim")


def _fix(screen: Screen, trace: Trace) -> None:
    steps, again = trace.conclusion.steps, trace_parts.again(trace.conclusion)
    if steps:
        screen.paragraph("", f"{trace_parts.title(trace.conclusion)}:", style="bold")
    for number, step in enumerate(steps, 1):
        _step(screen, f"{number:>3}. ", step)
    if again:
        screen.paragraph("", again)


def _step(screen: Screen, label: str, step: str) -> None:
    """Prose behind its label; what is to be copied on a row of its own, however long."""
    for block in blocks(step):
        for line in block.lines:
            if block.verbatim:
                screen.console.print((" " * VERBATIM, ""), (screen.clean(line), "bold"))
            else:
                screen.paragraph(label, line, rows=_WHOLE)
                label = " " * cell_len(screen.clean(label))


def _evidence(screen: Screen, trace: Trace) -> None:
    if trace.conclusion.evidence:
        _heading(screen, "Evidence")
    for line in trace.conclusion.evidence:
        screen.paragraph("  ", line, rows=_ROWS)
    if trace.conclusion.references:
        screen.items("  ", trace.conclusion.references, style="dim")


def _way(screen: Screen, trace: Trace) -> None:
    """The map on as few rows as it takes, and whose mail it is."""
    screen.blank()
    stops = [(trace_parts.stop(step), _STYLES[step.standing]) for step in trace.steps]
    _flow(screen, stops, " ── ", "", "   ")
    screen.items("", trace_parts.traveller(trace), style="dim")
    for note in trace_parts.notes(trace):
        screen.paragraph("! ", note, label_style="yellow", rows=_ROWS)


def _problems(screen: Screen, trace: Trace) -> None:
    problems = trace_parts.problems(trace)
    if problems:
        alone = trace.conclusion.cause is Cause.NONE
        _heading(screen, "Worth fixing" if alone else "Not the cause, but worth fixing")
    for ruling in problems:
        _ruled(screen, ruling, ruling.summary)
        for step in ruling.steps[:1]:
            _step(screen, "    ▸ ", step)


def _ruled(screen: Screen, ruling: Ruling, words: str) -> None:
    label = f"  {trace_parts.GLYPHS[ruling.standing]} "
    text = f"{trace_parts.check_name(ruling.check)}: {words}"
    screen.paragraph(label, text, label_style=_STYLES[ruling.standing], rows=_ROWS)


def _matrix(screen: Screen, matrix: tuple[trace_matrix.Row, ...], *, verbose: bool) -> None:
    _heading(screen, "Mail servers")
    host = None
    for row in matrix:
        if (row.host, row.preference) != host:
            host = (row.host, row.preference)
            preference = "" if row.preference is None else f"{row.preference} "
            screen.paragraph("  ", f"{preference}{row.host}", rows=2)
        cells = [
            (
                f"{name} {trace_parts.GLYPHS[cell.standing]} {cell.whole if verbose else cell.text}".rstrip(),
                _STYLES[cell.standing],
            )
            for name, cell in row.cells.items()
        ]
        _flow(screen, [(row.address or "no address", "bold"), *cells], " · ", "    ", "      ")


def _folded(screen: Screen, trace: Trace) -> None:
    groups = list(trace_parts.folded(trace))
    if groups:
        screen.blank()
    for n, (number, names, _) in enumerate(groups, 1):
        more = " (-v lists them)" if n == len(groups) else ""
        screen.paragraph("", f"{number}: {names}{more}", style="dim", rows=_ROWS)


def _listed(screen: Screen, trace: Trace) -> None:
    for number, _, rulings in trace_parts.folded(trace):
        _heading(screen, number[:1].upper() + number[1:])
        for ruling in rulings:
            _ruled(screen, ruling, " ".join(part for part in (ruling.summary, ruling.detail) if part))


def _answers(screen: Screen, trace: Trace) -> None:
    if trace.answers:
        _heading(screen, "DNS")
    for answer in trace.answers:
        screen.paragraph("  ", trace_parts.answer(answer), rows=_ROWS)
    if trace.policy is not None and trace.policy.text:
        _heading(screen, f"MTA-STS policy of {trace.policy.domain}")
        screen.paragraph("  ", trace.policy.text.replace("\r\n", "\n").rstrip(), rows=_WHOLE)


def _dialogue(screen: Screen, report: Report) -> None:
    run = report.transcript
    screen.blank()
    replay(report, InTurns(Live(screen.console)))
    if run.failure is not None and not run.exchanges:
        screen.paragraph("", sentence(run.failure, run))


def _unseen(screen: Screen, trace: Trace) -> None:
    if trace.unseen:
        screen.blank()
    for n, words in enumerate(trace.unseen):
        screen.paragraph("Not tried: " if n == 0 else " " * 11, words, rows=_ROWS)


def _heading(screen: Screen, text: str) -> None:
    screen.blank()
    screen.paragraph("", text, style="bold", rows=2)


def _flow(screen: Screen, items: Iterable[tuple[str, str]], between: str, first: str, hang: str) -> None:
    """Items with their styles one after the other; a row ends behind one, and only one that fills it is split."""
    joint = screen.clean(between)
    end = joint.rstrip()
    rows: list[list[tuple[str, str]]] = [[(first, "")]]
    used = len(first)
    for text, style in items:
        for n, piece in enumerate(screen.fold(text, screen.width - len(hang) - len(end), _ROWS)):
            between_items = n == 0 and len(rows[-1]) > 1
            if n or used + len(joint) + cell_len(piece) + len(end) > screen.width:
                rows[-1].append((end if between_items else "", "dim"))
                rows.append([(hang, "")])
                used = len(hang)
            elif between_items:
                rows[-1].append((joint, "dim"))
                used += len(joint)
            rows[-1].append((piece, style))
            used += cell_len(piece)
    for row in rows:
        screen.row(*row)
