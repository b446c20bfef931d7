"""The catalogue of reply codes: one entry a code, and pure look-ups over them. No I/O ever happens here."""

from __future__ import annotations

import re

from smtpprobe.catalogue.codes import (
    de_facto_permanent,
    de_facto_transient,
    outside,
    permanent,
    positive,
    transient,
)
from smtpprobe.catalogue.codes.unlisted import unlisted
from smtpprobe.catalogue.codes.words import CLASSES, GROUPS, OUTSIDE, is_reply_code
from smtpprobe.catalogue.entries import CodeEntry

__all__ = ["CODES", "group", "lookup", "reply_class", "search"]

_FILES = (positive, transient, de_facto_transient, permanent, de_facto_permanent, outside)

CODES: dict[int, CodeEntry] = {
    entry.code: entry for entry in sorted((e for file in _FILES for e in file.ENTRIES), key=lambda e: e.code)
}

_COMMANDS = frozenset(command.upper() for entry in CODES.values() for command in entry.commands)
_NUMBER = re.compile(r"(?=.{1,3}$)([0-9]+)[xyz]*", re.IGNORECASE)


def lookup(code: int) -> CodeEntry:
    """The entry of this code; for an unlisted one an entry made from its first two digits (RFC 5321 4.2)."""
    return CODES.get(code) or unlisted(code)


def reply_class(code: int) -> str:
    """What the first digit says, in the words of RFC 5321 4.2.1: "5yz Permanent Negative Completion"."""
    return CLASSES[code // 100] if is_reply_code(code) else OUTSIDE


def group(code: int) -> str:
    """What the second digit says (RFC 5321 4.2.1): "x5x mail system"."""
    return GROUPS[code // 10 % 10] if is_reply_code(code) else OUTSIDE


def search(query: str) -> tuple[CodeEntry, ...]:
    """The entries that fit every term of the query, in numeric order; all of them for an empty query.

    A term is a code ("550"), the beginning of one ("55", "5yz", "5xx"), a verb ("AUTH"), or the beginning of a word
    in an entry's name, meaning, situation or fix. A whole query of three digits always finds something.
    """
    terms = query.split()
    found = tuple(entry for entry in CODES.values() if all(_fits(entry, term) for term in terms))
    if not found and re.fullmatch("[0-9]{3}", query.strip()):
        return (lookup(int(query)),)
    return found


def _fits(entry: CodeEntry, term: str) -> bool:
    if number := _NUMBER.fullmatch(term):
        return str(entry.code).startswith(number[1])
    if term.upper() in _COMMANDS:
        return "any" in entry.commands or term.upper() in (command.upper() for command in entry.commands)
    text = f"{entry.name} {entry.meaning} {entry.when} {entry.fix}"
    return re.search(rf"(?<!\w){re.escape(term)}", text, re.IGNORECASE) is not None
