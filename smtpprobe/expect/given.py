"""What a user gave, checked: names out of a list, numbers, switches. It raises Mistake and knows no server."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from smtpprobe.expect.mistakes import Mistake, nearest, quoted
from smtpprobe.expectation import Place


class At(Protocol):
    """Gives the place of a key, or of an item under it, within a table: ``at("names", 0)``."""

    def __call__(self, *path: str | int) -> Place | None: ...


def unknown(what: str, word: str, known: Iterable[str], place: Place | None) -> Mistake:
    """The mistake of a name that is none, with the nearest right one."""
    return Mistake(f"there is no {what} {quoted(word)}: {nearest(word, known)}", place)


def count(value: int, what: str, least: int, most: int, place: Place | None) -> int:
    """A whole number within bounds."""
    if not least <= value <= most:
        raise Mistake(f"{what} is out of range: it takes a number from {least} to {most}.", place)
    return value


def only_true(value: bool | None, key: str, id: str, place: Place | None) -> bool:
    """Is it expected? The contrary of these is nothing that anybody would hold a server to."""
    if value is False:
        raise Mistake(
            f"{key} can only be true: leave the key out where nothing is expected, or put {id!r} into leave_out.", place
        )
    return value is True
