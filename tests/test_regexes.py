"""No regex of ours is slow: twice the hostile line takes about twice the time, for every pattern of the package."""

from __future__ import annotations

import re
import time

import pytest
import regexes

SIZE = 8 * 1024
#: What a quadratic pattern takes for twice the size is four times the time, and far more than this.
NOTHING_TO_MEASURE = 0.03

PATTERNS = regexes.patterns()


def taken(pattern: re.Pattern[str], line: str) -> float:
    """Seconds of this process for all that is done with a pattern: searched everywhere, and matched at the front."""
    begun = time.process_time()
    pattern.search(line)
    pattern.fullmatch(line)
    return time.process_time() - begun


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=[f"{text[:40]!r}" for text in PATTERNS])
def test_the_time_grows_as_the_line(pattern: re.Pattern[str]) -> None:
    for beginning, filler in regexes.hostile(pattern):
        short, long = (regexes.line(beginning, filler, size) for size in (SIZE, 2 * SIZE))
        if taken(pattern, long) < NOTHING_TO_MEASURE:
            continue
        once, twice = (min(taken(pattern, line) for _ in range(2)) for line in (short, long))
        assert twice < 3 * once or twice < NOTHING_TO_MEASURE, f"{long[:60]!r}: {once:.3f} s, then {twice:.3f} s"


def test_there_are_patterns() -> None:
    assert len(PATTERNS) > 300


def test_a_slow_pattern_would_be_found() -> None:
    with pytest.raises(AssertionError):
        test_the_time_grows_as_the_line(re.compile(r"\s+$"))
    with pytest.raises(AssertionError):
        test_the_time_grows_as_the_line(re.compile(r"[a-z]*[a-z@]*x"))
