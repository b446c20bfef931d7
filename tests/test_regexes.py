"""No regex of ours is slow: twice the hostile line takes about twice the time, for every pattern of the package."""

from __future__ import annotations

import heapq
import re
import time
from functools import partial

import pytest
import regexes

SIZE = 8 * 1024
SHORT = 2 * 1024
WORST = 2
#: Seconds. Below, clocks and other programs count for more than the pattern.
NOTHING_TO_MEASURE = 0.03
#: Seconds for 16 KiB: far more than any of ours takes, also on a slow machine.
TOO_LONG = 0.3

MODULES = regexes.by_module()


def taken(pattern: regexes.Pattern, ways: set[str], line: str) -> float:
    """Seconds of this process for doing with a pattern what the package does with it."""
    text: str | bytes = line if isinstance(pattern.pattern, str) else line.encode("latin-1", "replace")
    used: re.Pattern[str] | re.Pattern[bytes] = pattern
    begun = time.process_time()
    if ways & regexes.FINDS_ALL:
        for _ in used.finditer(text):  # type: ignore[arg-type]
            pass
    elif "search" in ways:
        used.search(text)  # type: ignore[arg-type]
    if "fullmatch" in ways:
        used.fullmatch(text)  # type: ignore[arg-type]
    if "match" in ways:
        for position in (0, 1, 9, len(text) // 2):
            used.match(text, position)  # type: ignore[arg-type]
    return time.process_time() - begun


def examine(pattern: regexes.Pattern, ways: set[str]) -> None:
    """Of all hostile lines the two that take longest are doubled."""
    def short(line: tuple[str, str]) -> float:
        return taken(pattern, ways, regexes.line(*line, SHORT))

    for beginning, filler in heapq.nlargest(WORST, regexes.hostile(pattern), key=short):
        once, twice = (partial(taken, pattern, ways, regexes.line(beginning, filler, size)) for size in (SIZE, 2 * SIZE))
        if twice() < NOTHING_TO_MEASURE:
            continue
        before, after = (min(measured() for _ in range(3)) for measured in (once, twice))
        said = f"{pattern.pattern!r}, {'/'.join(sorted(ways))}, {beginning!r} and then {filler!r}: {before:.3f} s, {after:.3f} s"
        assert after < NOTHING_TO_MEASURE or after < 3 * before, said
        assert after < TOO_LONG, said
