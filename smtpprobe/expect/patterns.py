"""Regular expressions of the user's, held against the words of a server so that no such words make them slow.

A line is looked at as far as RFC 5321 4.5.3.1.5 lets it go, and a pattern has few repetitions, none inside another.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable

from smtpprobe.expect.mistakes import Mistake
from smtpprobe.expect.mistakes import quoted as shown
from smtpprobe.expectation import Place

LINE_READ = 512
LINES_READ = 8
LONGEST = 200
#: With each of them, twice the line takes twice as long once more.
_REPETITIONS = 2
_OPTIONS = 8
#: A repetition up to this often is none of those.
_FEW = 16

# Escapes, sets, groups that repeat nothing, the beginnings of groups, repetitions, and single characters.
_TOKEN = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\]){0,200}\]|\(\?(?:[aiLmsux-]{1,9}\)|#[^)]{0,200}\)|P=\w{1,99}\))"
    r"|\((?:\?(?:P<\w{1,99}>|[^P)]))?|(?:[*+?]|\{[0-9]{0,9},?[0-9]{0,9}\})[?+]?|.",
    re.DOTALL,
)


def compiled(text: str, place: Place | None) -> re.Pattern[str]:
    """The pattern. Raises Mistake for what is none, or what a server could make slow."""
    if len(text) > LONGEST:
        raise Mistake(f"the regular expression is longer than {LONGEST} characters: shorten it.", place)
    try:
        with warnings.catch_warnings():
            # Python warns of what a later one may read in another way.
            warnings.simplefilter("ignore")
            pattern = re.compile(text)
    except (re.error, RecursionError, OverflowError) as error:
        why = str(error)[:80]
        raise Mistake(f"{shown(text)} is no regular expression ({ascii(why)[1:-1]}): correct it.", place) from None
    _check(text, place)
    return pattern


def _check(text: str, place: Place | None) -> None:
    repetitions = options = 0
    # For each open group: does a repetition or an alternative stand in it?
    open_groups: list[bool] = [False]
    closed = False
    for token in [found[0] for found in _TOKEN.finditer(text)]:
        after_choice, closed = closed, False
        if token.startswith("(") and not token.endswith(")"):
            open_groups.append(False)
        elif token == ")" and len(open_groups) > 1:
            closed = open_groups.pop()
            open_groups[-1] |= closed
        elif token == "|":
            open_groups[-1] = True
        elif (most := _most(token)) > 0:
            if after_choice and most > 1:
                raise Mistake(
                    f"{shown(text)} repeats a group that holds a repetition or a choice, which a server could make "
                    "slow: write one set of characters, as in [a-z0-9.-]+.",
                    place,
                )
            repetitions += most > _FEW
            options += most <= _FEW
            open_groups[-1] = True
    anchored = text.startswith(("^", r"\A"))
    if repetitions > _REPETITIONS + anchored or options > _OPTIONS:
        raise Mistake(
            f"{shown(text)} has too many repetitions, which a server could make slow: use at most {_REPETITIONS} of "
            "*, + and {n,}, or one more where it begins with ^.",
            place,
        )


def _most(token: str) -> int:
    """How often what stands before this may come at most; 0 for what is no repetition. Endless is a large number."""
    endless = _FEW + 1
    if token[0] in "*+":
        return endless
    if token[0] == "?":
        return 1
    if token[0] != "{" or len(token) == 1 or not any(one.isdigit() for one in token):
        return 0
    least, comma, most = token.rstrip("?+")[1:-1].partition(",")
    number = most if comma else least
    return min(int(number[:9]), endless) if number else endless


def found(pattern: re.Pattern[str], lines: Iterable[bytes]) -> bool:
    """Does it occur in one of the first lines?"""
    texts = [line.decode("utf-8", "backslashreplace")[:LINE_READ] for line in list(lines)[:LINES_READ]]
    return any(pattern.search(text) for text in texts)
