"""What a user gave, checked: names out of a list, times, numbers, switches. It raises Mistake and knows no server."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Protocol

from smtpprobe.expect.file import Time
from smtpprobe.expect.mistakes import Mistake, nearest, quoted
from smtpprobe.expectation import Place

_TIME = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?(ms|s|m|h)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
#: No stage of a conversation is worth waiting for longer.
_LONGEST = 86_400.0


class At(Protocol):
    """Gives the place of a key, or of an item under it, within a table: ``at("names", 0)``."""

    def __call__(self, *path: str | int) -> Place | None: ...


def unknown(what: str, word: str, known: Iterable[str], place: Place | None) -> Mistake:
    """The mistake of a name that is none, with the nearest right one."""
    return Mistake(f"there is no {what} {quoted(word)}: {nearest(word, known)}", place)


def seconds(value: Time, place: Place | None) -> float:
    """A time in seconds, above 0: ``2``, ``0.5``, ``"500ms"``, ``"2m"``."""
    if isinstance(value, str):
        read = _TIME.fullmatch(value.strip())
        if read is None:
            raise Mistake(
                f'{quoted(value)} is no time: write seconds, or a number with ms, s, m or h, as in "500ms".', place
            )
        found = float(read[1]) * _SECONDS[read[2]]
    else:
        found = float(value) if abs(value) <= _LONGEST else math.inf
    if not 0 < found <= _LONGEST:
        raise Mistake("a time must be above 0 and at most a day: give the longest that you would wait.", place)
    return found


def count(value: int, what: str, least: int, most: int, place: Place | None) -> int:
    """A whole number within bounds."""
    if not least <= value <= most:
        raise Mistake(f"{what} is out of range: it takes a number from {least} to {most:,}.", place)
    return value


def only_true(value: bool | None, key: str, id: str, place: Place | None) -> bool:
    """Is it expected? The contrary of these is nothing that anybody would hold a server to."""
    if value is False:
        raise Mistake(
            f"{key} can only be true: leave the key out where nothing is expected, or put {id!r} into leave_out.", place
        )
    return value is True
