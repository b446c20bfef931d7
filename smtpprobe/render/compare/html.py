"""A comparison as a whole HTML page that loads nothing else: no script, no font, no picture."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from smtpprobe.render import escape
from smtpprobe.render.compare.page import Link, Page, Section
from smtpprobe.render.html import CLOSING, inline, opening

_STYLE = """
:root { color-scheme: light dark; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-inline-size: 62rem; padding: 1.5rem 1rem 4rem; overflow-wrap: break-word;
  font: 1rem/1.55 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; margin-block: 0 1rem; }
h2 { font-size: 1.2rem; line-height: 1.3; margin-block: 2rem .5rem; }
h3 { font-size: 1rem; margin-block: 1rem .2rem; }
p { margin-block: 0 .6rem; }
.summary { font-size: 1.08rem; }
.codes { display: grid; gap: 0 2rem; }
.codes section { border-block-start: .2rem solid; padding-block-start: .2rem; margin-block-start: 1.5rem; }
.codes h2 { margin-block: .5rem; }
ol, ul { padding-inline-start: 1.5rem; margin-block: 0; }
li { margin-block-end: .5rem; }
code { font: .92em/1.4 ui-monospace, monospace; background: rgb(128 128 128 / 16%); border-radius: .2rem;
  padding: 0 .2em; }
@media (min-width: 48rem) { .codes { grid-template-columns: 1fr 1fr; } }
@media print {
  body { max-inline-size: none; padding: 0; font-size: 10.5pt; }
  section, li { break-inside: avoid; }
  ul a::after { content: " <" attr(href) ">"; }
}
"""


def html(page: Page, lang: str = "en", direction: str = "ltr") -> str:
    """The page."""
    return "\n".join(_lines(page, lang, direction)) + "\n"


def _lines(page: Page, lang: str, direction: str) -> Iterator[str]:
    yield from opening(page.title, _STYLE, lang, direction)
    yield from (
        f"<h1>{inline(page.title)}</h1>",
        f'<p class="summary"{_own(page.summary, direction)}>{inline(page.summary)}</p>',
    )
    about = [section for section in page.sections if section.code]
    if about:
        yield '<div class="codes">'
        for section in about:
            heading = f"<bdi>{escape.html(section.code)}</bdi> {inline(section.heading)}"
            yield from _section(section, heading, direction)
        yield "</div>"
    for section in page.sections:
        if not section.code:
            yield from _section(section, inline(section.heading), direction)
    yield from CLOSING


def _section(section: Section, heading: str, direction: str) -> Iterator[str]:
    yield from ("<section>", f"<h2>{heading}</h2>")
    for entry in section.entries:
        yield f"<h3>{inline(entry.label)}</h3>"
        yield f"<p{_own(entry.text, direction)}>{inline(entry.text)}</p>"
    if section.numbered:
        yield "<ol>"
        for one in section.numbered:
            text = f"<span{_own(one.text, direction)}>{inline(one.text)}</span>"
            yield f"<li><b>{inline(one.label)}:</b> {text}</li>"
        yield "</ol>"
    if section.links:
        yield "<ul>"
        yield from (f"<li>{_link(link)}</li>" for link in section.links)
        yield "</ul>"
    yield "</section>"


def _link(link: Link) -> str:
    name = f"<bdi>{escape.html(link.name)}</bdi>"
    return f'<a href="{escape.html(link.address)}">{name}</a>' if link.address else name


def _own(text: str, direction: str) -> str:
    """A text that is English still, on a page in a language that is written from the right."""
    if direction == "ltr" or any(unicodedata.bidirectional(character) in ("R", "AL") for character in text):
        return ""
    return ' dir="ltr"'
