"""A trace as a whole HTML page that loads nothing else: no script, no font, no picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smtpprobe.journey import Ruling, Trace
from smtpprobe.outcome import Cause, Standing
from smtpprobe.render import trace_matrix, trace_parts
from smtpprobe.render.html import CLOSING, block, fold, listed, opening, steps, table, text
from smtpprobe.render.prose import short

_STYLE = """
:root { color-scheme: light dark; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-inline-size: 68rem; padding: 1.5rem 1rem 4rem; overflow-wrap: anywhere;
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; line-height: 1.3; margin-block: 0 1rem; }
h2 { font-size: 1.1rem; margin-block: 1.5rem .4rem; }
p, ol, ul { margin-block: 0 .6rem; }
pre, code { font: .9em/1.45 ui-monospace, monospace; background: rgb(128 128 128 / 16%); border-radius: .2rem; }
pre { padding: .5rem .7rem; margin-block: .3rem .6rem; overflow-x: auto; }
code { padding: 0 .2em; }
.map { list-style: none; display: flex; flex-wrap: wrap; gap: .4rem; padding: 0; }
.map li { border: 1px solid; border-radius: .3rem; padding: .1rem .5rem; }
.map li + li::before { content: "\\2192\\a0"; opacity: .6; }
.pass { color: light-dark(#10632a, #6fd08c); }
.warn { color: light-dark(#7a5200, #f0c050); }
.fail { color: light-dark(#a3121a, #ff8a8a); font-weight: 600; }
.facts { font-size: .9rem; opacity: .8; }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-size: .92rem; }
th, td { text-align: start; vertical-align: top; padding: .25rem .7rem .25rem 0; border-block-end: 1px solid #8886;
  overflow-wrap: normal; }
details { margin-block: .4rem; }
summary { cursor: pointer; }
@media print { body { max-inline-size: none; padding: 0; font-size: 10pt; } }
"""


def render(trace: Trace) -> str:
    """The page."""
    return "\n".join(_lines(trace)) + "\n"


def _lines(trace: Trace) -> Iterator[str]:
    conclusion = trace.conclusion
    yield from opening(short(conclusion.summary), _STYLE)
    yield f"<h1>{text(conclusion.summary)}</h1>"
    if conclusion.steps:
        yield from (f"<h2>{text(trace_parts.title(conclusion))}</h2>", "<ol>")
        for step in conclusion.steps:
            yield from ("<li>", *steps(step), "</li>")
        yield "</ol>"
    if again := trace_parts.again(conclusion):
        yield f"<p>{text(again)}</p>"
    yield from _evidence(trace)
    yield from _way(trace)
    yield from _problems(trace)
    yield from _matrix(trace)
    for number, names, rulings in trace_parts.folded(trace):
        yield from fold(f"{number}: {names}", _checks(rulings))
    yield from _heard(trace)
    if trace.unseen:
        yield from ("<h2>Not tried</h2>", *listed(trace.unseen))
    yield f'<p class="facts">{text(" · ".join(trace_parts.totals(trace)))}</p>'
    yield from CLOSING


def _evidence(trace: Trace) -> Iterator[str]:
    if trace.conclusion.evidence:
        yield from ("<h2>Evidence</h2>", block(trace.conclusion.evidence))
    if trace.conclusion.references:
        yield f'<p class="facts">{text(", ".join(trace.conclusion.references))}</p>'


def _way(trace: Trace) -> Iterator[str]:
    yield from ("<h2>The way</h2>", '<ol class="map">')
    yield from (f'<li class="{step.standing}">{text(trace_parts.stop(step))}</li>' for step in trace.steps)
    yield "</ol>"
    yield f'<p class="facts">{text(" · ".join(trace_parts.traveller(trace)))}</p>'
    yield from listed(trace_parts.notes(trace))


def _problems(trace: Trace) -> Iterator[str]:
    problems = trace_parts.problems(trace)
    if not problems:
        return
    heading = "Worth fixing" if trace.conclusion.cause is Cause.NONE else "Not the cause, but worth fixing"
    yield from (f"<h2>{heading}</h2>", "<ul>")
    for ruling in problems:
        yield f"<li>{_standing(ruling.standing, trace_parts.check_name(ruling.check))}: {text(ruling.summary)}"
        for step in ruling.steps[:1]:
            yield from steps(step)
        yield "</li>"
    yield "</ul>"


def _matrix(trace: Trace) -> Iterator[str]:
    matrix = trace_matrix.rows(trace)
    if not matrix:
        return
    columns = trace_matrix.columns(matrix)
    yield "<h2>Mail servers</h2>"
    yield from table(
        ("MX" if trace.journey.via is None else "server", "address", *columns),
        ((text(_host(row)), text(row.address), *(_cell(row.cells.get(name)) for name in columns)) for row in matrix),
    )


def _host(row: trace_matrix.Row) -> str:
    return row.host if row.preference is None else f"{row.preference} {row.host}"


def _cell(cell: trace_matrix.Cell | None) -> str:
    return "" if cell is None else _standing(cell.standing, cell.whole)


def _checks(rulings: Iterable[Ruling]) -> Iterator[str]:
    rows = (
        (text(trace_parts.check_name(one.check)), text(one.subject), text(one.result), text(one.summary))
        for one in rulings
    )
    yield from table(("check", "of", "result", "what it means"), rows)


def _heard(trace: Trace) -> Iterator[str]:
    """All that was said, folded away: by the DNS, and on each route."""
    if trace.answers:
        yield from fold("DNS answers", [block(map(trace_parts.answer, trace.answers))])
    if trace.policy is not None and trace.policy.text:
        policy = short(trace.policy.text.replace("\r\n", "\n").rstrip()).split("\n")
        yield from fold(f"MTA-STS policy of {trace.policy.domain}", [block(policy)])
    for report in trace.routes:
        route = report.transcript.route
        place = report.transcript.target.text if route is None else f"{route.host} [{route.address}]:{route.port}"
        yield from fold(f"Dialogue with {place}", [block(trace_parts.dialogue(report))])


def _standing(standing: Standing, words: str) -> str:
    return f'<span class="{standing}">{trace_parts.GLYPHS[standing]} {text(words)}</span>'
