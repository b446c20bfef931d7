"""What a user gave, checked: names out of a list, times, numbers, switches. It raises Mistake and knows no server."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Protocol

from smtpprobe.expect.file import Time
from smtpprobe.expect.mistakes import Mistake
from smtpprobe.expectation import Place

_SHOWN = 60
_LISTED = 12
_TIME = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?(ms|s|m|h)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
#: No stage of a conversation is worth waiting for longer.
_LONGEST = 86_400.0


class At(Protocol):
    """Gives the place of a key, or of an item under it, within a table: ``at("names", 0)``."""

    def __call__(self, *path: str | int) -> Place | None: ...


def shown(text: str) -> str:
    """The user's words, quoted and short."""
    return ascii(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}...")


def unknown(what: str, word: str, known: Iterable[str], place: Place | None) -> Mistake:
    """The mistake of a name that is none, with the nearest right one."""
    names = list(known)
    near = get_close_matches(word[:_SHOWN], names, n=1, cutoff=0.5)
    told = ", ".join(names[:_LISTED]) + (" and others" if len(names) > _LISTED else "")
    right = f"did you mean {near[0]!r}?" if near else f"there are {told}."
    return Mistake(f"There is no {what} {shown(word)}: {right}", place)


def seconds(value: Time, place: Place | None) -> float:
    """A time in seconds, above 0: ``2``, ``0.5``, ``"500ms"``, ``"2m"``."""
    if isinstance(value, str):
        read = _TIME.fullmatch(value.strip())
        if read is None:
            raise Mistake(
                f'{shown(value)} is no time: write seconds, or a number with ms, s, m or h, as in "500ms".', place
            )
        found = float(read[1]) * _SECONDS[read[2]]
    else:
        found = float(value) if abs(value) <= _LONGEST else math.inf
    if not 0 < found <= _LONGEST:
        raise Mistake("A time must be above 0 and at most a day: give the longest that you would wait.", place)
    return found


def count(value: int, what: str, least: int, most: int, place: Place | None) -> int:
    """A whole number within bounds."""
    if not least <= value <= most:
        raise Mistake(f"{what} must lie between {least} and {most:,}: {shown(str(value))} cannot be expected.", place)
    return value


def only_true(value: bool | None, key: str, id: str, place: Place | None) -> bool:
    """Is it expected? The contrary of these is nothing that anybody would hold a server to."""
    if value is False:
        raise Mistake(
            f"{key} can only be true: leave the key out where nothing is expected, or put {id!r} into leave_out.", place
        )
    return value is True
