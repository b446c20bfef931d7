"""A comparison on a terminal."""

from __future__ import annotations

from smtpprobe.render.cells import cell_len
from smtpprobe.render.compare.page import Page, Section
from smtpprobe.render.paper import Console
from smtpprobe.render.screen import Screen

_WHOLE = 60


def text(page: Page, console: Console) -> None:
    """Print the page."""
    screen = Screen(console)
    screen.paragraph("", page.title, style="bold")
    screen.blank()
    screen.paragraph("", page.summary, rows=_WHOLE)
    for section in page.sections:
        screen.blank()
        _section(section, screen)


def summary(page: Page, console: Console) -> None:
    """Print no more than the summary."""
    Screen(console).paragraph("", page.summary, rows=_WHOLE)


def _section(section: Section, screen: Screen) -> None:
    label = f"{section.code}  " if section.code else ""
    screen.paragraph(label, section.heading, style="bold", label_style="bold")
    width = _width([entry.label for entry in (*section.entries, *section.numbered)])
    for entry in section.entries:
        screen.paragraph(f"  {_padded(entry.label, width)}  ", entry.text, rows=_WHOLE)
    for number, entry in enumerate(section.numbered, 1):
        screen.paragraph(f"  {number}. {_padded(entry.label, width)}  ", entry.text, rows=_WHOLE)
    width = _width([link.name for link in section.links if link.address])
    for link in section.links:
        screen.paragraph(f"  {_padded(link.name, width)}  ", link.address, style="dim")


def _width(labels: list[str]) -> int:
    return max(map(cell_len, labels), default=0)


def _padded(label: str, width: int) -> str:
    return label + " " * (width - cell_len(label))
