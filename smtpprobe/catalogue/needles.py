"""What a text must hold for a pattern to match it, read off the pattern: most patterns need not be tried.

Nothing here decides that a pattern matches. The patterns are the catalogue's own, read case-insensitively.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

_TIMES: Final = r"(?:(?:[?*+]|\{[0-9,]+\})\??)?"
# A run of plain characters; one of them, a class or an escape with its quantifier; a parenthesis, a bar, an anchor.
_TOKEN: Final = re.compile(
    rf"[^\[\\()|{{?*+.^$]+(?![?*+{{])|\\b|\((?:\?(?:[a-z-]*:|[=!]|<[=!]))?|\){_TIMES}|[|^$]"
    rf"|(?:\[\^?\]?(?:[^\]\\]|\\.)*\]|\\.|[^\[\\()|]){_TIMES}"
)
_RUN: Final = re.compile(r"(?<!\\)[a-z0-9@'·: /_<>=!-]{2,}(?![?*+{])")
_CLASS: Final = re.compile(rf"\[\^?\]?(?:[^\]\\]|\\.)*\]{_TIMES}")
_GROUP: Final = re.compile(rf"\([^()]*\){_TIMES}")
_ESCAPED: Final = re.compile(r"\\[()\[\]|\\]")
_BREAK: Final = "\0"
_NOT_PLAIN: Final = frozenset("\\[.(|)^$")
_ANCHORS: Final = frozenset({"\\b", "^", "$"})
_TELLING: Final = 6


_PART: Final = 4

Part = tuple[str, ...]


class Index:
    """Which of many patterns a text can match at all.

    It holds a few characters of each string that a pattern needs, so that a text is looked at once.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._held = [needles(pattern) for pattern in patterns]
        self._by_part: dict[Part, list[int]] = {}
        self._short: list[tuple[str, int]] = []
        self._always: list[int] = []
        for at, held in enumerate(self._held):
            if not held:
                self._always.append(at)
            for needle in held:
                if len(needle) < _PART:
                    self._short.append((needle, at))
                else:
                    middle = (len(needle) - _PART) // 2
                    self._by_part.setdefault(tuple(needle[middle : middle + _PART]), []).append(at)

    def possible(self, text: str, parts: frozenset[Part]) -> list[int]:
        """The positions of those patterns, in their order, for a text in small letters and its parts."""
        near = {at for part in self._by_part.keys() & parts for at in self._by_part[part]}
        near.update([at for needle, at in self._short if needle in text])
        sure = [at for at in near if any(needle in text for needle in self._held[at])]
        return sorted((*sure, *self._always))


@lru_cache(maxsize=16)
def parts_of(text: str) -> frozenset[Part]:
    """Every four characters that stand side by side in a text in small letters."""
    return frozenset(zip(text, text[1:], text[2:], text[3:], strict=False))


def needles(pattern: str) -> tuple[str, ...]:
    """Strings in small letters, one of which stands in every text that the pattern matches; () where none can be told."""
    lowered = pattern.lower()
    runs = _outside(lowered)
    # Most patterns have enough outside their groups, and there are many of them.
    return runs if min(map(len, runs), default=0) >= _TELLING else _needles(lowered)


def _outside(pattern: str) -> tuple[str, ...]:
    """Of each branch the longest run of plain characters outside all groups; () where that is not quickly told."""
    if _ESCAPED.search(pattern):
        return ()
    flat = _CLASS.sub(_BREAK, pattern) if "[" in pattern else pattern
    while "(" in flat:
        shorter = _GROUP.sub(_BREAK, flat)
        if shorter == flat:
            return ()
        flat = shorter
    return tuple(dict.fromkeys([max(_RUN.findall(branch), key=len, default="") for branch in flat.split("|")]))


def _needles(pattern: str) -> tuple[str, ...]:
    """The most telling strings of each branch, those in its groups too."""
    # For each open parenthesis: how it opened, the branches before it, and its own branch up to it.
    outer: list[tuple[str, list[tuple[str, ...]], str, tuple[str, ...]]] = []
    branches: list[tuple[str, ...]] = []
    plain = ""
    best: tuple[str, ...] = ()
    for token in _TOKEN.findall(pattern):
        first = token[0]
        if first not in _NOT_PLAIN:
            plain += _BREAK if token[-1] in "?*+}" else token
        elif first == "(":
            outer.append((token, branches, plain, best))
            branches, plain, best = [], "", ()
        elif first == "|":
            branches.append(_best(best, plain))
            plain, best = "", ()
        elif first == ")":
            inner = (*branches, _best(best, plain))
            opening, branches, plain, best = outer.pop()
            if opening == "(" or opening[-1] == ":":
                plain += _BREAK
                if token[1:2] not in ("?", "*") and token[1:3] != "{0" and all(inner):
                    best = max(best, sum(inner, ()), key=_worth)
        elif token not in _ANCHORS:
            plain += token[1] if first == "\\" and len(token) == 2 and not token[1].isalnum() else _BREAK
    branches.append(_best(best, plain))
    return tuple(dict.fromkeys(sum(branches, ()))) if all(branches) else ()


def _best(best: tuple[str, ...], plain: str) -> tuple[str, ...]:
    """The longest run of a branch, or what its groups need where that is more telling."""
    longest = max(plain.split(_BREAK), key=len) if _BREAK in plain else plain
    if not best:
        return (longest,) if len(longest) > 1 else ()
    return best if _worth(best) >= _worth((longest,)) else (longest,)


def _worth(strings: tuple[str, ...]) -> float:
    """Long strings are rare in texts, and few are tested fast."""
    if not strings:
        return 0
    shortest = min(map(len, strings))
    return min(shortest, _TELLING) - len(strings) / 5 if shortest > 1 else 0
