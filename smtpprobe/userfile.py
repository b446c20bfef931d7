"""A TOML file that a user wrote: read within limits, or refused in one sentence. What its keys mean is not known here.

A name in such a file never leads to another file: whoever reads one opens the file that the user named, and no more.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import TypeVar

import msgspec

T = TypeVar("T")

LARGEST = 1 << 20
DEEPEST = 16
MOST_KEYS = 10_000
#: Strings and comments, in which a bracket or a dot means nothing. Three quotes may close with five (TOML 1.0). What is
#: not closed runs to the end: nothing is looked at twice, whatever the file holds.
_STRING = (
    r'"""(?:\\.|[^\\])*?(?:"{3,5}|\\?\Z)',
    r"'''.*?(?:'{3,5}|\Z)",
    r'"(?:\\[^\n]|[^"\\\n])*+"?',
    r"'[^'\n]*+'?",
)
_SKIPPED = re.compile(rf"(?P<string>{'|'.join(_STRING)})|#[^\n]*+", re.DOTALL)
_BRACKETS = re.compile(r"[\[\]{}]")
_DOTTED = re.compile(rf"(?<![\w-])[\w-]++(?:[ \t]*+\.[ \t]*+[\w-]++){{{DEEPEST},}}")


class UserFileError(ValueError):
    """What is wrong with the file, in one sentence that begins with its name."""


def read(path: Path, kind: str) -> bytes:
    """What a regular file holds. ``kind`` says what it should be, as in "a personality"."""
    try:
        # A pipe may never open and a device never end; some begin to work when they are opened.
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError(0, "it is no regular file")
        with open(path, "rb", opener=_at_once) as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UserFileError(f"{path}: it cannot be read: {reason}.") from None
    if len(data) > LARGEST:
        raise UserFileError(f"{path}: it is larger than 1 MiB, too large for {kind}.")
    return data


def decode(data: bytes, type: type[T], place: str) -> T:
    """The file's contents as this type. Raises msgspec.ValidationError for keys and values that do not fit it."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise UserFileError(f"{place}: it is not TOML: {error}.") from None
    _check_limits(text, place)
    try:
        return msgspec.toml.decode(text, type=type)
    except msgspec.ValidationError:
        raise
    except (ValueError, RecursionError) as error:
        # Python's reader has errors of its own for numbers and dates.
        raise UserFileError(f"{place}: it is not TOML: {str(error)[:200]}.") from None


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _check_limits(text: str, place: str) -> None:
    """Before it is read: what is nested, or dotted, very deeply costs Python's reader minutes."""
    plain = _SKIPPED.sub(lambda match: "s" if match["string"] else "", text)
    deepest = depth = 0
    for bracket in _BRACKETS.findall(plain):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    if deepest > DEEPEST or _DOTTED.search(plain):
        raise UserFileError(f"{place}: it is nested more than {DEEPEST} levels deep; write it flatter.")
    if plain.count("=") + plain.count(",") > MOST_KEYS:
        raise UserFileError(f"{place}: it has more than {MOST_KEYS:,} keys and values; write less into it.")
