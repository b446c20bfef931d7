"""Every regex of the package, and lines that are made to be hard on each of them."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

import smtpprobe
from smtpprobe.catalogue import entries

# The parser of the standard library's own patterns, which typeshed does not know.
parser: Any = importlib.import_module("re._parser")
sre: Any = importlib.import_module("re._constants")

FILLERS = (
    "a",
    "0",
    " ",
    "\t",
    "<",
    "[",
    "(",
    ".",
    "-",
    "@",
    ":",
    ",",
    "=",
    "a.",
    "a@",
    "a ",
    "1.1.",
    "550 ",
    "5.7.1 ",
    "<a@",
)
_MANY = 16


def patterns() -> dict[str, re.Pattern[str]]:
    """Those that modules compiled, and those that entries of the catalogue carry as text."""
    found: dict[str, re.Pattern[str]] = {}
    for module in pkgutil.walk_packages(smtpprobe.__path__, "smtpprobe."):
        if module.name.endswith("__main__"):
            continue
        for value in vars(importlib.import_module(module.name)).values():
            for pattern in _within(value):
                found.setdefault(pattern.pattern, pattern)
    return found


def hostile(pattern: re.Pattern[str]) -> set[tuple[str, str]]:
    """Beginnings and what to repeat after them: what nearly matches, or what a repetition takes without an end."""
    found = {("", filler) for filler in FILLERS}
    for before, taken in _repetitions(parser.parse(pattern.pattern, pattern.flags), ""):
        found |= {(before, taken or "a"), ("", before + taken or "a"), (before, " "), (before, "a")}
    return found


def line(beginning: str, filler: str, size: int) -> str:
    """A line of this size that ends in what nothing expects."""
    return (beginning + filler * (size // len(filler) + 1))[:size] + "\0"


def _within(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, msgspec.Struct) and type(value).__module__ == entries.__name__:
        for name in ("pattern", "patterns", "marks", "greeting", "ehlo", "help", "errors"):
            told = getattr(value, name, ())
            for text in (told,) if isinstance(told, str) else told:
                yield re.compile(text, re.IGNORECASE | re.MULTILINE)
    elif isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from _within(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _within(one)


def _repetitions(parsed: Iterable[Any], before: str) -> Iterator[tuple[str, str]]:
    """For each unbounded or long repetition: a text that leads up to it, and one that it takes."""
    for operation, argument in parsed:
        if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            _, most, inner = argument
            if most > _MANY:
                yield before, _matching(inner)
            yield from _repetitions(inner, before)
        elif operation is sre.SUBPATTERN:
            yield from _repetitions(argument[3], before)
        elif operation is sre.BRANCH:
            for branch in argument[1]:
                yield from _repetitions(branch, before)
        before += _matching([(operation, argument)])


def _matching(parsed: Iterable[Any]) -> str:
    """A short text that this matches, or nearly."""
    return "".join(_one(operation, argument) for operation, argument in parsed)


def _one(operation: Any, argument: Any) -> str:
    if operation is sre.LITERAL:
        return chr(argument)
    if operation is sre.NOT_LITERAL or operation is sre.ANY:
        return "b" if argument == ord("a") else "a"
    if operation is sre.IN:
        return _member(argument)
    if operation is sre.SUBPATTERN:
        return _matching(argument[3])
    if operation is sre.BRANCH:
        return _matching(argument[1][0])
    if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        least, _, inner = argument
        return _matching(inner) * min(max(least, 1), 4)
    return ""


def _member(members: list[Any]) -> str:
    if members[0][0] is sre.NEGATE:
        refused = "".join(_one(*member) if member[0] is not sre.RANGE else "" for member in members[1:])
        return next((one for one in "a0 <.\n" if one not in refused), "a")
    operation, argument = members[0]
    if operation is sre.RANGE:
        return chr(argument[0])
    if operation is sre.CATEGORY:
        kinds: dict[Any, str] = {sre.CATEGORY_DIGIT: "0", sre.CATEGORY_SPACE: " ", sre.CATEGORY_WORD: "a"}
        return kinds.get(argument, "-")
    return chr(argument)
