"""No regex of ours is slow: twice the hostile line takes about twice the time, for every pattern of the package."""

from __future__ import annotations

import heapq
import re
import time

import pytest
import regexes

SIZE = 8 * 1024
#: Each hostile line is tried at this size, and those that take longest are doubled.
SHORT = 2 * 1024
WORST = 2
#: Seconds. Below, the clock and what else the machine does count for more than the pattern.
NOTHING_TO_MEASURE = 0.03
#: Seconds for 16 KiB: ten times what any of ours takes.
TOO_LONG = 0.3
#: What is slow by itself is slow each time; a busy machine gives way now and then.
TRIES = 30

MODULES = regexes.by_module()


@pytest.mark.parametrize("name", MODULES)
def test_the_time_grows_as_the_line(name: str) -> None:
    for pattern, ways in MODULES[name].items():
        assert_linear(pattern, ways)


def assert_linear(pattern: regexes.Pattern, ways: set[str]) -> None:
    def tried(line: tuple[str, str]) -> float:
        return taken(pattern, ways, regexes.line(*line, SHORT))

    for beginning, filler in heapq.nlargest(WORST, regexes.hostile(pattern), key=tried):
        short, long = (regexes.line(beginning, filler, size) for size in (SIZE, 2 * SIZE))
        once, twice = least_taken(pattern, ways, short, long)
        told = f"{pattern.pattern!r} ({', '.join(sorted(ways))}): {once:.3f} s for 8 KiB, {twice:.3f} s for 16 KiB"
        told = f"{told} of {beginning!r} and then {filler!r} again and again"
        assert not too_slow(once, twice), told


def too_slow(once: float, twice: float) -> bool:
    return twice >= NOTHING_TO_MEASURE and (twice >= 3 * once or twice >= TOO_LONG)


def least_taken(pattern: regexes.Pattern, ways: set[str], short: str, long: str) -> tuple[float, float]:
    """The least of several times for each line, in turn: more of them while the machine may only have been busy."""
    once, twice = taken(pattern, ways, short), taken(pattern, ways, long)
    for _ in range(TRIES):
        if not too_slow(once, twice) or once > TOO_LONG:
            break
        once, twice = min(once, taken(pattern, ways, short)), min(twice, taken(pattern, ways, long))
    return once, twice


def taken(pattern: regexes.Pattern, ways: set[str], line: str) -> float:
    """Seconds of this process for doing with a pattern what the package does with it."""
    text = line if isinstance(pattern.pattern, str) else line.encode("latin-1", "replace")
    begun = time.process_time()
    regexes.use(pattern, ways, text)
    return time.process_time() - begun


def test_there_are_patterns_and_their_uses() -> None:
    ways = {pattern.pattern: used for patterns in MODULES.values() for pattern, used in patterns.items()}
    assert len(ways) > 1500
    assert len({name for name in MODULES if name.startswith("smtpprobe.catalogue.dialects.")}) > 40
    assert any(isinstance(pattern, bytes) for pattern in ways)
    assert {"match"} in ways.values()
    assert {"fullmatch"} in ways.values()


@pytest.mark.parametrize(
    ("pattern", "way"),
    [
        (r" +$", "search"),
        (r"a*a*x", "fullmatch"),
        (r"\bhost [^\n]* said", "search"),
        (r"a(?=[^\n]*b)?", "sub"),
    ],
)
def test_a_slow_pattern_would_be_found(pattern: str, way: str) -> None:
    with pytest.raises(AssertionError, match="for 16 KiB of"):
        assert_linear(re.compile(pattern), {way})


def test_many_steps_at_each_position_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "TOO_LONG", NOTHING_TO_MEASURE)
    with pytest.raises(AssertionError, match="for 16 KiB of"):
        assert_linear(re.compile(r"[ab]{0,60}[^\n]{0,200}x"), {"search"})


def test_what_is_only_matched_is_not_searched() -> None:
    assert_linear(re.compile(r" +$"), {"match"})
