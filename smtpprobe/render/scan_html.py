"""The summary of a scan as a whole HTML page with charts that loads nothing else: no script, no font, no picture."""

from __future__ import annotations

from collections.abc import Iterator

from smtpprobe.render import escape, scan_parts
from smtpprobe.render.html import CLOSING, opening, text
from smtpprobe.render.prose import short
from smtpprobe.render.scan_parts import Part, Row
from smtpprobe.scanning import Summary

MOST_ROWS = 25
_STYLE = """
:root { color-scheme: light dark; --good: light-dark(#1f7a3d, #4fb873); --fair: light-dark(#b07800, #e0a93a);
  --bad: light-dark(#b8252d, #f0787c); --plain: light-dark(#2f6f9f, #6db3e0); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-inline-size: 78rem; padding: 1.5rem 1rem 4rem; font: 1rem/1.45 system-ui, sans-serif;
  overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.3; margin-block: 0 .3rem; }
h2 { font-size: 1.05rem; margin: 0; }
p { margin-block: 0 .4rem; }
.facts, .whole, .left, .meaning { font-size: .88rem; opacity: .8; }
.meaning { display: block; }
.split { display: flex; block-size: 1.6rem; margin-block: 1rem .5rem; border-radius: .3rem;
  overflow: hidden; gap: 1px; }
.split span { min-inline-size: 2px; }
.legend { list-style: none; padding: 0; margin-block: 0 1.5rem; display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; }
.legend i { display: inline-block; inline-size: .8em; block-size: .8em; border-radius: .15rem;
  margin-inline-end: .4em; }
.charts { columns: 30rem 2; column-gap: 2.5rem; }
section { break-inside: avoid; margin-block-end: 1.8rem; border-block-start: 1px solid #8886;
  padding-block-start: .7rem; }
table { border-collapse: collapse; inline-size: 100%; font-size: .93rem; }
th { font-weight: normal; text-align: start; inline-size: 46%; }
th, td { padding: .15rem .6rem .15rem 0; vertical-align: baseline; }
.number { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; inline-size: 1%; }
.bar { padding-inline-end: 0; }
.bar span { display: block; block-size: .8rem; min-inline-size: 2px; border-radius: .15rem; }
.good { background: var(--good); } .fair { background: var(--fair); }
.bad { background: var(--bad); } .away { background: #8889; } .plain { background: var(--plain); }
@media print { body { max-inline-size: none; padding: 0; font-size: 9pt; }
  .split span, .bar span, .legend i { print-color-adjust: exact; } }
"""


def render(summary: Summary) -> str:
    """The page."""
    return "\n".join(_lines(summary)) + "\n"


def _lines(summary: Summary) -> Iterator[str]:
    title = " · ".join(scan_parts.headline(summary)[:2])
    facts = scan_parts.facts(summary)
    yield from opening(short(escape.log(f"{title} · {facts[0]}")), _STYLE)
    yield f"<h1>{text(title)}</h1>"
    yield f'<p class="facts">{text(" · ".join(facts))}</p>'
    parts = list(scan_parts.parts(summary))
    if summary.outcomes:
        yield from _split(parts[0])
    yield '<div class="charts">'
    for part in parts:
        yield from _chart(scan_parts.most(part, MOST_ROWS))
    yield "</div>"
    yield from CLOSING


def _split(part: Part) -> Iterator[str]:
    """One bar of all servers, in as many colours as they had outcomes."""
    shares = "".join(f'<span class="{_look(row)}" style="flex:{row.count} 0 0"></span>' for row in part.rows)
    yield f'<div class="split" aria-hidden="true">{shares}</div>'
    yield '<ul class="legend">'
    for row in part.rows:
        words = text(f"{row.label} {row.count:,}")
        yield f'<li><i class="{_look(row)}"></i>{words}</li>'
    yield "</ul>"


def _chart(part: Part) -> Iterator[str]:
    yield f'<section><h2>{text(part.title)}</h2><p class="whole">{text(part.whole)}</p><table>'
    for row in part.rows:
        meaning = f'<span class="meaning">{text(row.meaning)}</span>' if row.meaning else ""
        width = f"inline-size:{min(100 * row.share, 100):.2f}%"
        yield (
            f'<tr><th scope="row">{text(row.label)}{meaning}</th><td class="number">{row.count:,}</td>'
            f'<td class="number">{text(scan_parts.percent(row.share))}</td>'
            f'<td class="bar"><span class="{_look(row)}" style="{width}"></span></td></tr>'
        )
    yield "</table>"
    if part.left:
        yield f'<p class="left">and {part.left:,} more</p>'
    yield "</section>"


def _look(row: Row) -> str:
    return row.look or "plain"
