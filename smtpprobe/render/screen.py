"""A console that shows text of others safely: every string passes escape.terminal here, every row fits the width.

A stream without UTF-8 gets ASCII. What to show is not decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import IO

from smtpprobe.render import escape
from smtpprobe.render.cells import cell_len, chop_cells, set_cell_size
from smtpprobe.render.paper import Console

NARROWEST = 20
MOST_ROWS = 12
WIDEST = 100

_ASCII = str.maketrans(
    {
        "→": "->",
        "←": "<-",
        "●": "*",
        "·": "-",
        "▸": ">",
        "…": "...",
        "–": "-",
        "—": "-",
        "─": "-",
        "✖": "x",
        "✔": "+",
        "█": "#",
        "×": "x",
        "≤": "<=",
        "≥": ">=",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "\u00a0": " ",
    }
)


def console(
    stream: IO[str] | None = None,
    *,
    color: bool | None = None,
    width: int | None = None,
    word: Callable[[str], str] = str,
) -> Console:
    """A console for ``stream`` (stdout). ``color`` None: on a terminal only, and never where NO_COLOR is set."""
    return Console(stream, color=color, width=width, word=word)


class Screen:
    """Rows of text on one console."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self._unicode = console.encoding.lower().replace("-", "").startswith("utf")

    @property
    def width(self) -> int:
        """Columns to use: what the console has."""
        return max(self.console.width, NARROWEST)

    def word(self, label: str) -> str:
        """One of our labels in the reader's language."""
        return self.console.word(label)

    def clean(self, text: str | bytes) -> str:
        """Text fit for this console: no control character, and no character that its stream cannot carry."""
        shown = escape.terminal(text)
        return shown if self._unicode else shown.translate(_ASCII).encode("ascii", "backslashreplace").decode()

    def fold(self, text: str | bytes, width: int, rows: int = MOST_ROWS) -> list[str]:
        """Clean rows of at most ``width`` columns, split at spaces; beyond ``rows`` of them an ellipsis ends the last.

        A line break in ``text`` begins a new row, and what is indented after it stays so.
        """
        if isinstance(text, bytes):
            text = text.decode("utf-8", "backslashreplace")
        width = max(width, 4)
        folded: list[str] = []
        for line in text[: (width + 1) * (rows + 1)].split("\n")[: rows + 1]:
            cleaned = self.clean(line.rstrip())
            indent = " " * min(len(cleaned) - len(cleaned.lstrip()), width // 2)
            folded += [indent + row for row in _wrapped(cleaned.strip(), width - len(indent))]
        if len(folded) > rows or len(text) > (width + 1) * (rows + 1):
            folded = folded[:rows]
            ellipsis = self.clean("…")
            room = width - cell_len(ellipsis)
            folded[-1] = set_cell_size(folded[-1], min(cell_len(folded[-1]), room)).rstrip() + ellipsis
        return folded

    def crop(self, text: str, width: int) -> str:
        """Clean text cut to ``width`` columns, an ellipsis in place of what was lost."""
        if cell_len(text) <= width:
            return text
        ellipsis = self.clean("…")
        return set_cell_size(text, max(width - cell_len(ellipsis), 0)).rstrip() + ellipsis

    def row(self, *parts: tuple[str, str], right: str = "") -> None:
        """One row of (clean text, style) parts; ``right`` stands dim at the right edge."""
        shown = [part for part in parts if part[0]]
        if right:
            used = sum(cell_len(text) for text, _ in shown)
            shown += [(" " * max(self.width - used - cell_len(right), 1), ""), (right, "dim")]
        shown = _cut(shown, self.console.width)
        while shown and not shown[-1][0].strip():
            shown.pop()
        if shown:
            shown[-1] = (shown[-1][0].rstrip(), shown[-1][1])
        self.console.print(*shown)

    def paragraph(
        self, label: str, text: str, *, style: str = "", label_style: str = "", rows: int = MOST_ROWS
    ) -> None:
        """Folded text behind a label; the rows after the first hang beneath the text."""
        label = self.clean(label)
        indent = cell_len(label)
        for n, row in enumerate(self.fold(text, min(self.width, WIDEST) - indent, rows)):
            self.row((label if n == 0 else " " * indent, label_style), (row, style))

    def items(self, label: str, items: Iterable[str], *, style: str = "", label_style: str = "") -> None:
        """Short texts with dots between them behind a label; a row ends only between two of them."""
        label = self.clean(label)
        indent = cell_len(label)
        room = self.width - indent
        rows = [""]
        for item in (self.crop(self.clean(item), room) for item in items):
            longer = f"{rows[-1]}{self.clean(' · ')}{item}" if rows[-1] else item
            if cell_len(longer) <= room:
                rows[-1] = longer
            else:
                rows.append(item)
        for n, row in enumerate(rows):
            self.row((label if n == 0 else " " * indent, label_style), (row, style))

    def rule(self, title: str) -> None:
        """A line across the screen with a title near its left end."""
        title = self.crop(self.clean(f"── {title} "), self.width)
        self.row((title + self.clean("─") * (self.width - cell_len(title)), "dim"))

    def blank(self) -> None:
        """An empty row."""
        self.console.print()


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Rows of at most ``width`` columns, split at spaces; a longer word is broken."""
    row = ""
    for word in text.split(" "):
        longer = f"{row} {word}" if row else word
        if cell_len(longer) <= width:
            row = longer
            continue
        if row:
            yield row.rstrip()
        *whole, row = chop_cells(word, width) or [""]
        yield from whole
    yield row.rstrip()


def _cut(parts: list[tuple[str, str]], width: int) -> list[tuple[str, str]]:
    """The parts as far as they fit: a last resort for a console that is narrower than any row can be."""
    kept, room = [], width
    for text, style in parts:
        used = cell_len(text)
        if used > room:
            kept.append((set_cell_size(text, room), style))
            break
        kept.append((text, style))
        room -= used
    return kept


def duration(ticks: int) -> str:
    """Ticks as a person reads them: ``0.4 ms``, ``41 ms``, ``12.3 s``."""
    milliseconds = max(ticks, 0) / 1e6
    if milliseconds < 0.95:
        return f"{milliseconds:.1f} ms"
    return f"{milliseconds:.0f} ms" if milliseconds < 9999.5 else f"{milliseconds / 1000:.1f} s"


def count(number: int, thing: str) -> str:
    """``1 command``, ``1,200 commands``."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
