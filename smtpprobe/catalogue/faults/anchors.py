"""Which words a pattern cannot match without, so that most patterns need not be tried. Pure; knows nothing of faults.

It reads the part of the regex language that the catalogue uses, no more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

Words = frozenset[str]

# A word goes by its first four characters, or by all of them where it is shorter.
_WORD = re.compile(r"(?<![a-z0-9])[a-z0-9]{1,4}")
_CERTAIN = re.compile(r"(?<![a-z0-9])(?:[a-z0-9]{4}|[a-z0-9]{1,3}(?=[^a-z0-9]))")
# Nearly every line about mail has them, so a pattern that stands under others is tried less often.
_EVERYDAY = dict.fromkeys(
    ("mail", "mess", "smtp", "time", "send", "sent", "serv", "conn", "user", "addr", "host", "reci", "rece", "from"), 30
)
_TOKEN = re.compile(
    r"(?P<edge>\\[bAZsW]|[$^])"
    r"|(?P<class>\\[dDwS]|\\x[0-9a-f]{2}|\[(?:\\.|[^\]\\])+\]|\.)"
    r"|\\(?P<escaped>.)"
    r"|(?P<open>\((?:\?(?:[:=!]|<[=!]))?)"
    r"|(?P<close>\))"
    r"|(?P<or>\|)"
    r"|(?P<optional>(?:[?*]|\{0?,[0-9]*\})\??)"
    r"|(?P<repeated>(?:\+|\{[0-9,]+\})\??)"
    r"|(?P<plain>[^\\\[\](){}.?*+|^$]+)"
)


def words(text: str) -> Words:
    """The words of a text in lower case."""
    return frozenset(_WORD.findall(text))


def index(patterns: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Under each word the positions of the patterns that may match a text which has it.

    Each pattern has to begin where a word begins, and stands under words of which every text that it matches has at
    least one. Under "" stand those that can do without.
    """
    common = Counter(word for pattern in patterns for word in words(pattern.lower()))
    common.update(_EVERYDAY)
    found: dict[str, tuple[int, ...]] = {}
    for position, pattern in enumerate(patterns):
        for word in _needed(_TOKEN.finditer(pattern), True, common) or {""}:
            found[word] = (*found.get(word, ()), position)
    return found


def _needed(tokens: Iterator[re.Match[str]], fresh: bool, common: Counter[str]) -> Words:
    """Of each branch of a pattern or group the rarest words. ``fresh``: does a word begin where it begins?"""
    branches: list[Words] = []
    parts: list[Words] = []
    # The plain characters at hand, behind one that tells whether they begin a word for certain.
    first = run = " " if fresh else "z"
    for token in tokens:
        kind = token.lastgroup or ""
        if kind in ("plain", "escaped"):
            run += token[kind].lower()
        elif kind == "edge":
            run += " "
        elif kind == "optional" and len(run) == 1:
            parts.pop()
        else:
            kept = run[:-1] if kind == "optional" else run
            parts += [frozenset({word}) for word in _CERTAIN.findall(kept, 1)]
            begins = not run[-1].isalnum()
            run = " " if begins and kind == "repeated" else "z"
            if kind == "open":
                inside = _needed(tokens, begins, common)
                parts.append(frozenset() if "!" in token["open"] else inside)
            elif kind == "class":
                parts.append(frozenset())
            elif kind == "or":
                branches.append(_rarest(parts, common))
                parts, run = [], first
            elif kind == "close":
                break
    else:
        parts += [frozenset({word}) for word in _CERTAIN.findall(run, 1)]
    branches.append(_rarest(parts, common))
    return frozenset().union(*branches) if all(branches) else frozenset()


def _rarest(parts: Sequence[Words], common: Counter[str]) -> Words:
    return min(
        (part for part in parts if part), key=lambda part: sum(common[word] for word in part), default=frozenset()
    )
