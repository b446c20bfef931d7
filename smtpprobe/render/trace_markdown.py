"""A trace as Markdown (CommonMark with GitHub's tables), for a ticket."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from smtpprobe.journey import Ruling, Trace
from smtpprobe.outcome import Cause
from smtpprobe.render import escape, trace_matrix, trace_parts

_TICKS = re.compile("`+")


def render(trace: Trace) -> str:
    """The text, with a line end."""
    return "\n".join(_lines(trace)) + "\n"


def _lines(trace: Trace) -> Iterator[str]:
    conclusion = trace.conclusion
    yield f"# {_text(conclusion.summary)}"
    if conclusion.steps:
        yield from ("", f"## {_text(trace_parts.title(conclusion))}", "")
        for number, step in enumerate(conclusion.steps, 1):
            yield from _step(f"{number}. ", step)
    if again := trace_parts.again(conclusion):
        yield from ("", f"{_text(again)}")
    if conclusion.evidence:
        yield from ("", "## Evidence", "", *_block(conclusion.evidence))
    if conclusion.references:
        yield from ("", _text(", ".join(conclusion.references)))
    yield from ("", "## The way", "", " ── ".join(_text(trace_parts.stop(step)) for step in trace.steps))
    yield from ("", _text(" · ".join(trace_parts.traveller(trace))))
    yield from _list(trace_parts.notes(trace))
    yield from _problems(trace)
    yield from _matrix(trace)
    for passed, names, rulings in trace_parts.folded(trace):
        yield from ("", "<details>", f"<summary>{passed}</summary>", "", _text(names), "")
        yield from (*_checks(rulings), "", "</details>")
    if trace.unseen:
        yield from ("", "## Not tried", *_list(trace.unseen))
    yield from ("", _text(" · ".join(trace_parts.totals(trace))))


def _problems(trace: Trace) -> Iterator[str]:
    problems = trace_parts.problems(trace)
    if problems:
        heading = "Worth fixing" if trace.conclusion.cause is Cause.NONE else "Not the cause, but worth fixing"
        yield from ("", f"## {heading}", "")
    for ruling in problems:
        glyph, name = trace_parts.GLYPHS[ruling.standing], trace_parts.check_name(ruling.check)
        yield f"- {_text(f'{glyph} {name}: {ruling.summary}')}"
        for step in ruling.steps[:1]:
            yield ""
            yield from _step("  ", step)


def _matrix(trace: Trace) -> Iterator[str]:
    matrix = trace_matrix.rows(trace)
    if not matrix:
        return
    columns = trace_matrix.columns(matrix)
    yield from ("", "## Mail servers", "")
    yield from _table(
        ("MX" if trace.journey.via is None else "server", "address", *columns),
        ((_host(row), row.address, *(_cell(row.cells.get(name)) for name in columns)) for row in matrix),
    )


def _host(row: trace_matrix.Row) -> str:
    return row.host if row.preference is None else f"{row.preference} {row.host}"


def _cell(cell: trace_matrix.Cell | None) -> str:
    return "" if cell is None else f"{trace_parts.GLYPHS[cell.standing]} {cell.whole}"


def _checks(rulings: Iterable[Ruling]) -> Iterator[str]:
    rows = ((trace_parts.check_name(one.check), one.subject, one.result, one.summary) for one in rulings)
    yield from _table(("check", "of", "result", "what it means"), rows)


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    named = tuple(heads)
    yield _row(named)
    yield "|---" * len(named) + "|"
    yield from (_row(row) for row in rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(_text(cell) for cell in cells)} |"


def _step(label: str, step: str) -> Iterator[str]:
    """An item of a list; what is to be copied becomes a block of its own within it."""
    indent = " " * len(label)
    for n, block in enumerate(trace_parts.blocks(step)):
        if n:
            yield ""
        for row in _block(block.lines) if block.verbatim else map(_inline, block.lines):
            yield f"{label}{row}"
            label = indent


def _block(lines: Iterable[str]) -> list[str]:
    """A block of code whose fence is longer than any that its lines could close."""
    shown = [escape.terminal(trace_parts.short(line)) for line in lines]
    longest = max((len(ticks) for line in shown for ticks in _TICKS.findall(line)), default=0)
    fence = "`" * max(longest + 1, 3)
    return [fence, *shown, fence]


def _list(items: Iterable[str]) -> Iterator[str]:
    shown = [f"- {_text(item)}" for item in items]
    if shown:
        yield from ("", *shown)


def _inline(text: str) -> str:
    """A text of ours; what stands in backticks stays code."""
    parts = text.split("`")
    if len(parts) % 2 == 0 or "" in parts[1:-1]:
        return _text(text)
    return "".join(f"`{escape.terminal(part)}`" if n % 2 else escape.markdown(part) for n, part in enumerate(parts))


def _text(text: str) -> str:
    """Words that may be anybody's: they show as they are, also in a cell of a table."""
    return escape.markdown(trace_parts.short(text))
