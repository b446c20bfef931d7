"""A comparison as Markdown, for a ticket, a wiki or a README."""

from __future__ import annotations

from collections.abc import Iterator

from smtpprobe.render import escape
from smtpprobe.render.compare.page import Link, Page, Section


def markdown(page: Page) -> str:
    """The page."""
    return "\n".join(_lines(page)) + "\n"


def _lines(page: Page) -> Iterator[str]:
    yield from (f"# {_inline(page.title)}", "", _inline(page.summary))
    for section in page.sections:
        heading = f"{section.code} {section.heading}" if section.code else section.heading
        yield from ("", f"## {_inline(heading)}", "")
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    for number, entry in enumerate(section.entries):
        if number:
            yield ""
        yield f"**{_inline(entry.label)}:** {_inline(entry.text)}"
    for number, entry in enumerate(section.numbered, 1):
        yield f"{number}. **{_inline(entry.label)}:** {_inline(entry.text)}"
    for link in section.links:
        yield f"- {_link(link)}"


def _link(link: Link) -> str:
    name = _inline(link.name)
    return f"[{name}]({link.address})" if link.address else name


def _inline(text: str) -> str:
    """A text of ours; what stands in backticks stays code."""
    parts = text.split("`")
    if len(parts) % 2 == 0 or "" in parts[1:-1]:
        return escape.markdown(text)
    return "".join(f"`{escape.terminal(part)}`" if n % 2 else escape.markdown(part) for n, part in enumerate(parts))
