"""A check as a whole HTML page that loads nothing else: no script, no font, no picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smtpprobe.expectation import Checked, Checking
from smtpprobe.outcome import Result
from smtpprobe.render import check_parts, escape, trace_parts
from smtpprobe.render.check_parts import GLYPHS, Told
from smtpprobe.render.html import CLOSING, block, fold, opening, steps, table, text
from smtpprobe.render.prose import short
from smtpprobe.render.screen import count

_STYLE = """
:root { color-scheme: light dark; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-inline-size: 68rem; padding: 1.5rem 1rem 4rem; overflow-wrap: anywhere;
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; line-height: 1.3; margin-block: 0 .4rem; }
h2 { font-size: 1.1rem; margin-block: 2rem .4rem; border-block-start: 1px solid #8886; padding-block-start: .8rem; }
p, ul { margin-block: 0 .4rem; }
ul { list-style: none; padding: 0; }
li { margin-block-end: .8rem; padding-inline-start: .8rem; border-inline-start: .2rem solid #8886; }
pre, code { font: .9em/1.45 ui-monospace, monospace; background: rgb(128 128 128 / 16%); border-radius: .2rem; }
pre { padding: .5rem .7rem; margin-block: .3rem .6rem; overflow-x: auto; }
code { padding: 0 .2em; }
.met { color: light-dark(#10632a, #6fd08c); }
.inconclusive { color: light-dark(#7a5200, #f0c050); }
.failed { color: light-dark(#a3121a, #ff8a8a); font-weight: 600; }
.not-applicable { opacity: .8; }
.facts { font-size: .9rem; opacity: .8; }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-size: .92rem; }
th, td { text-align: start; vertical-align: top; padding: .25rem .7rem .25rem 0; border-block-end: 1px solid #8886;
  overflow-wrap: normal; }
details { margin-block: .4rem; }
summary { cursor: pointer; }
@media print {
  body { max-inline-size: none; padding: 0; font-size: 10pt; }
  li, tr { break-inside: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
"""
_MOST_EVIDENCE = 40
_HEADS = ("result", "expectation", "got", "expected", "where")


def render(checking: Checking) -> str:
    """The page."""
    return "\n".join(_lines(checking)) + "\n"


def _lines(checking: Checking) -> Iterator[str]:
    servers = check_parts.worst_first(checking)
    totals = check_parts.totals(checking)
    title = " · ".join(filter(None, (totals, checking.file)))
    yield from opening(short(escape.log(title)), _STYLE)
    yield f"<h1>{_marked(check_parts.worst(checking), totals)}</h1>"
    facts = (checking.file, checking.started, *check_parts.summary(checking)[1:])
    yield f'<p class="facts">{text(" · ".join(fact for fact in facts if fact))}</p>'
    if len(servers) > 1:
        yield from table(("result", "server", "in short"), (_row(server) for server in servers))
    for server in servers:
        yield from _server(server)
    yield from CLOSING


def _row(server: Checked) -> Iterable[str]:
    result = check_parts.result(server)
    return _marked(result, str(result)), text(server.name), text(check_parts.headline(server))


def _server(server: Checked) -> Iterator[str]:
    yield f"<h2>{_marked(check_parts.result(server), server.name)}</h2>"
    yield f"<p>{text(check_parts.headline(server))}</p>"
    facts = [check_parts.place(server.place), ", ".join(server.groups), count(server.connections, "connection")]
    yield f'<p class="facts">{text(" · ".join(fact for fact in facts if fact))}</p>'
    problems = check_parts.problems(server)
    if problems:
        yield "<ul>"
        advised: set[str] = set()
        for problem in problems:
            yield from _problem(problem, server, advised)
        yield "</ul>"
    for counted, others in check_parts.rest(server):
        yield from fold(counted, table(_HEADS, (_cells(one, server) for one in others)))
    for report, place in check_parts.places(server):
        if report.transcript.exchanges:
            yield from fold(f"Dialogue with {place}", [block(trace_parts.dialogue(report))])


def _problem(told: Told, server: Checked, advised: set[str]) -> Iterator[str]:
    """``advised`` is the advice that was given for this server already: once is enough."""
    held = told.held
    words = f"{check_parts.name(told)}: {check_parts.outcome(held, server)}"
    yield f"<li><p>{_marked(held.result, words)}</p>"
    facts = (check_parts.place(held.place), held.id, f"expected: {held.expected}" if held.expected else "")
    yield f'<p class="facts">{text(" · ".join(fact for fact in facts if fact))}</p>'
    if held.advice not in advised:
        yield from steps(held.advice)
    advised.add(held.advice)
    evidence = held.evidence[:_MOST_EVIDENCE]
    if evidence:
        yield from fold(f"{count(len(evidence), 'line')} of evidence", [block(evidence)])
    yield "</li>"


def _cells(told: Told, server: Checked) -> Iterable[str]:
    held = told.held
    result, word = check_parts.shown(held, server)
    got = check_parts.got(held, server)
    where = check_parts.place(held.place) or held.id
    return _marked(result, word), text(check_parts.name(told)), text(got), text(held.expected), text(where)


def _marked(result: Result, words: str) -> str:
    return f'<span class="{result}">{GLYPHS[result]} {text(words)}</span>'
