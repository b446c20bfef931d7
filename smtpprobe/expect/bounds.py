"""The small grammar of bounds: numbers with units, reply codes, and "KEYWORD ARGUMENT >= NUMBER"."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable

from msgspec import Struct

from smtpprobe.expect.file import Codes
from smtpprobe.expect.mistakes import Mistake, quoted
from smtpprobe.expectation import Place

_COMPARED: dict[str, Callable[[int, int], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}
#: k, M and G are decimal, as in the SI; Ki, Mi and Gi are binary.
_UNITS = {"": 1, "k": 1000, "m": 1000**2, "g": 1000**3, "ki": 1024, "mi": 1024**2, "gi": 1024**3}
_NUMBER = re.compile(r"([0-9]{1,15})\s*([kmg]i?)?b?", re.IGNORECASE)
#: RFC 5321 4.1.1.1: a keyword begins with a letter or a digit.
_PROMISE = re.compile(
    r"(?P<keyword>[A-Za-z0-9][A-Za-z0-9=-]*)(?:\s+(?P<argument>[^\s<>=]\S*?))?(?:\s*(?P<sign>[<>]=?|=)\s*(?P<number>\S+(?:\s*\w+)?))?"
)
_CODE = re.compile(r"[2-5](?:[0-9][0-9x]|xx)")


class Promise(Struct, frozen=True):
    """A keyword that EHLO is expected to promise (or not), in upper case, perhaps with an argument and a bound.

    A bound is on the number that follows the argument (``RCPTMAX=100``), or on the first argument (``SIZE 1000``).
    """

    keyword: str
    argument: str = ""
    sign: str = ""
    number: int = 0
    text: str = ""

    @property
    def subject(self) -> str:
        """What it is about, for an id: two bounds of one side are about the same."""
        most = "at-most" if self.sign.startswith("<") else ""
        return "-".join(filter(None, (self.keyword, self.argument, most)))

    def holds(self, number: int) -> bool:
        """Is this number within the bound?"""
        return _COMPARED[self.sign](number, self.number)


def promise(text: str, place: Place | None) -> Promise:
    """Read "SIZE", "AUTH PLAIN", "SIZE >= 50MB" or "LIMITS RCPTMAX >= 100". Raises Mistake."""
    match = _PROMISE.fullmatch(text.strip())
    if match is None:
        raise Mistake(
            f"{quoted(text)} is no expectation of a keyword: write STARTTLS, 'SIZE >= 50MB' or "
            "'LIMITS RCPTMAX >= 100', for example.",
            place,
        )
    sign = match["sign"] or ""
    bound = size(match["number"], place) if sign else 0
    words = " ".join(filter(None, (match["keyword"].upper(), (match["argument"] or "").upper())))
    shown = f"{words} {sign} {match['number']}" if sign else words
    return Promise(match["keyword"].upper(), (match["argument"] or "").upper(), sign, bound, shown)


def size(text: str, place: Place | None) -> int:
    """A number, perhaps with a unit: 50MB is 50,000,000 and 50MiB 52,428,800. Raises Mistake."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        raise Mistake(f"{quoted(text)} is no number: write 100, 50MB (decimal) or 50MiB (binary).", place)
    return int(match[1]) * _UNITS[(match[2] or "").lower()]


def codes(value: Codes, place: Place | None) -> tuple[str, ...]:
    """Patterns of reply codes: "530", "25x", "5xx". Raises Mistake."""
    given = value if isinstance(value, tuple) else (value,)
    for one in given:
        if not _CODE.fullmatch(str(one).lower()):
            raise Mistake(f"{quoted(one)} is no reply code: write 530, '25x' or '5xx'.", place)
    return tuple([str(one).lower() for one in given])


def within(code: int, patterns: tuple[str, ...]) -> bool:
    """Is this code one of those?"""
    return any(all(p in ("x", c) for c, p in zip(str(code), pattern, strict=True)) for pattern in patterns)
