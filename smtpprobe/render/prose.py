"""A text of several lines, told apart into what is read and what is to be copied. Nothing is escaped here."""

from __future__ import annotations

import re

from msgspec import Struct

MOST_LINES = 40
_LONGEST = 2_000
# What is to be copied as it stands: an indented line, a command behind its prompt, a record of a zone file.
_VERBATIM = re.compile(
    r"\s{2,}|\$ |\S+\.\s+(?:[0-9]+\s+)?(?:IN\s+)?(?:A|AAAA|CAA|CNAME|DS|MX|NS|PTR|SRV|TLSA|TXT)\s+\S", re.ASCII
)
_INTRODUCED = ":  "


class Block(Struct, frozen=True):
    """A part of a step: a line of prose, or lines of a record, a setting or a command to be copied as they stand."""

    lines: tuple[str, ...]
    verbatim: bool


def blocks(step: str) -> tuple[Block, ...]:
    """The parts of a step. What is to be copied is known by its indent, its prompt, or as a record of a zone file.

    It may also stand on the line of its prose, two blanks behind a colon.
    """
    found: list[Block] = []
    for line in [line for line in step.split("\n") if line.strip()][:MOST_LINES]:
        copied = _VERBATIM.match(line) is not None
        prose, introduced, record = ("", "", line) if copied else line.partition(_INTRODUCED)
        if not copied:
            found.append(Block((short(f"{prose}{introduced}".strip()),), False))
        if record and found and found[-1].verbatim:
            found[-1] = Block((*found[-1].lines, record), True)
        elif record:
            found.append(Block((record,), True))
    return tuple([Block(_flush(block.lines), True) if block.verbatim else block for block in found])


def _flush(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Lines without the indent that they share."""
    shown = [line.expandtabs().rstrip() for line in lines]
    indent = min(len(line) - len(line.lstrip()) for line in shown)
    return tuple([short(line[indent:]) for line in shown])


def short(text: str) -> str:
    """The text, cut where no record or reply that anybody reads is so long."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
