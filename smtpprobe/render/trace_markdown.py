"""A trace as Markdown (CommonMark with GitHub's tables), for a ticket."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smtpprobe.journey import Ruling, Trace
from smtpprobe.outcome import Cause
from smtpprobe.render import trace_matrix, trace_parts
from smtpprobe.render.markdown import block, listed, steps, table, text


def render(trace: Trace) -> str:
    """The text, with a line end."""
    return "\n".join(_lines(trace)) + "\n"


def _lines(trace: Trace) -> Iterator[str]:
    conclusion = trace.conclusion
    yield f"# {text(conclusion.summary)}"
    if conclusion.steps:
        yield from ("", f"## {text(trace_parts.title(conclusion))}", "")
        for number, step in enumerate(conclusion.steps, 1):
            yield from steps(f"{number}. ", step)
    if again := trace_parts.again(conclusion):
        yield from ("", f"{text(again)}")
    if conclusion.evidence:
        yield from ("", "## Evidence", "", *block(conclusion.evidence))
    if conclusion.references:
        yield from ("", text(", ".join(conclusion.references)))
    yield from ("", "## The way", "", " ── ".join(text(trace_parts.stop(step)) for step in trace.steps))
    yield from ("", text(" · ".join(trace_parts.traveller(trace))))
    yield from listed(trace_parts.notes(trace))
    yield from _problems(trace)
    yield from _matrix(trace)
    for passed, names, rulings in trace_parts.folded(trace):
        yield from ("", "<details>", f"<summary>{passed}</summary>", "", text(names), "")
        yield from (*_checks(rulings), "", "</details>")
    if trace.unseen:
        yield from ("", "## Not tried", *listed(trace.unseen))
    yield from ("", text(" · ".join(trace_parts.totals(trace))))


def _problems(trace: Trace) -> Iterator[str]:
    problems = trace_parts.problems(trace)
    if problems:
        heading = "Worth fixing" if trace.conclusion.cause is Cause.NONE else "Not the cause, but worth fixing"
        yield from ("", f"## {heading}", "")
    for ruling in problems:
        glyph, name = trace_parts.GLYPHS[ruling.standing], trace_parts.check_name(ruling.check)
        yield f"- {text(f'{glyph} {name}: {ruling.summary}')}"
        for step in ruling.steps[:1]:
            yield ""
            yield from steps("  ", step)


def _matrix(trace: Trace) -> Iterator[str]:
    matrix = trace_matrix.rows(trace)
    if not matrix:
        return
    columns = trace_matrix.columns(matrix)
    yield from ("", "## Mail servers", "")
    yield from table(
        ("MX" if trace.journey.via is None else "server", "address", *columns),
        ((_host(row), row.address, *(_cell(row.cells.get(name)) for name in columns)) for row in matrix),
    )


def _host(row: trace_matrix.Row) -> str:
    return row.host if row.preference is None else f"{row.preference} {row.host}"


def _cell(cell: trace_matrix.Cell | None) -> str:
    return "" if cell is None else f"{trace_parts.GLYPHS[cell.standing]} {cell.whole}"


def _checks(rulings: Iterable[Ruling]) -> Iterator[str]:
    rows = ((trace_parts.check_name(one.check), one.subject, one.result, one.summary) for one in rulings)
    yield from table(("check", "of", "result", "what it means"), rows)
