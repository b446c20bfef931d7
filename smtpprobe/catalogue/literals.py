"""The words without which a pattern cannot match: a text is looked at once to pass most patterns by.

Nothing here decides that a pattern matches; one of which no word can be told is always possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

# Among the plain characters of a pattern: where a word begins or ends, and where anything may stand.
_EDGE, _ANY = "\0", "\1"
_TOKEN: Final = re.compile(
    r"(?P<plain>[^\\\[().^$|?*+{]+)|\\(?P<escaped>\W)|(?P<edge>\\b|[\^$])|\\\w|\[\^?\]?(?:[^\]\\]|\\.)*\]|\."
    r"|(?P<open>\((?:\?(?:[a-z-]*:|[=!]|<[=!]|P<\w+>))?)|(?P<close>\))|(?P<repeat>[?*+]|\{[\d,]+\})|(?P<or>\|)"
)
_GROUP: Final = re.compile(r"\(\?:([^()\[\]]*)\)(?![?*{])")
_WORD: Final = re.compile(r"(?<![a-z\1])[a-z]{3,}(?![a-z\1])")
_WORDS: Final = re.compile(r"[a-z]{3,}")
_BREAK: Final = re.compile(r"[\0\1]")
_SHORTEST: Final = 2


class Index:
    """Which of many patterns a text can match at all."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._by_word: dict[str, list[int]] = {}
        self._by_run: list[tuple[str, int]] = []
        self._always: list[int] = []
        for at, pattern in enumerate(patterns):
            needed = set(_needed(pattern))
            if "" in needed:
                self._always.append(at)
                continue
            for string in needed:
                if string[0] == _EDGE:
                    self._by_word.setdefault(string[1:], []).append(at)
                else:
                    self._by_run.append((string, at))

    def possible(self, text: str, words: frozenset[str]) -> list[int]:
        """The positions of those patterns, in their order, for a text in small letters and its words."""
        found = set(self._always)
        for word in self._by_word.keys() & words:
            found.update(self._by_word[word])
        found.update([at for run, at in self._by_run if run in text])
        return sorted(found)


def words_of(text: str) -> frozenset[str]:
    """The words of a text in small letters."""
    return frozenset(_WORDS.findall(text))


def _needed(pattern: str) -> Iterator[str]:
    """Strings of which a match holds at least one: words behind an edge, other runs of characters, "" for anything."""
    for branch, flat in _branches(pattern):
        if words := _WORD.findall(f"{_ANY}{flat}{_ANY}"):
            yield _EDGE + max(words, key=len)
        elif group := _GROUP.search(branch):
            # The same branch, once with each branch of the group in its place.
            for inner in group[1].split("|"):
                yield from _needed(branch[: group.start()] + inner + branch[group.end() :])
        else:
            longest = max(_BREAK.split(flat), key=len)
            yield longest if len(longest) >= _SHORTEST else ""


def _branches(pattern: str) -> Iterator[tuple[str, str]]:
    """The outermost branches of a pattern, each beside its plain characters with marks for all else."""
    parts: list[str] = []
    start = depth = 0
    for token in _TOKEN.finditer(pattern):
        kind = token.lastgroup
        if kind == "close":
            depth -= 1
        elif kind == "open":
            depth += 1
            parts.append(_ANY)
        elif depth:
            continue
        elif kind == "plain" or kind == "escaped":
            parts.append(token[kind].lower())
        elif kind == "repeat":
            parts[-1] = parts[-1][:-1] + _ANY
        elif kind == "or":
            yield pattern[start : token.start()], "".join(parts)
            parts, start = [], token.end()
        else:
            parts.append(_EDGE if kind == "edge" else _ANY)
    yield pattern[start:], "".join(parts)
