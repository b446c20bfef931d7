"""What our Markdown shares (CommonMark with GitHub's tables): tables, lists, blocks of code, and texts of others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from smtpprobe.render import escape
from smtpprobe.render.prose import blocks, short

_TICKS = re.compile("`+")


def text(words: str) -> str:
    """Words that may be anybody's: they show as they are, also in a cell of a table."""
    return escape.markdown(short(escape.log(words)))


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Heads and cells are text."""
    named = tuple(heads)
    yield _row(named)
    yield "|---" * len(named) + "|"
    yield from (_row(row) for row in rows)


def listed(items: Iterable[str]) -> Iterator[str]:
    """A list of texts, and the empty line before it; nothing where there are none."""
    shown = [f"- {text(item)}" for item in items]
    if shown:
        yield from ("", *shown)


def steps(label: str, words: str) -> Iterator[str]:
    """An item of a list; what is to be copied becomes a block of its own within it."""
    indent = " " * len(label)
    for n, part in enumerate(blocks(words)):
        if n:
            yield ""
        for row in block(part.lines) if part.verbatim else map(_inline, part.lines):
            yield f"{label}{row}"
            label = indent


def block(lines: Iterable[str]) -> list[str]:
    """A block of code whose fence is longer than any that its lines could close."""
    shown = [escape.terminal(short(escape.log(line))) for line in lines]
    longest = max((len(ticks) for line in shown for ticks in _TICKS.findall(line)), default=0)
    fence = "`" * max(longest + 1, 3)
    return [fence, *shown, fence]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(text(cell) for cell in cells)} |"


def _inline(words: str) -> str:
    """A text of ours; what stands in backticks stays code."""
    words = escape.log(words)
    parts = words.split("`")
    if len(parts) % 2 == 0 or "" in parts[1:-1]:
        return text(words)
    return "".join(f"`{escape.terminal(part)}`" if n % 2 else escape.markdown(part) for n, part in enumerate(parts))
