"""An order without a list."""

from __future__ import annotations

from itertools import islice, pairwise

from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.scan.shuffle import shuffled


@given(st.integers(0, 300), st.integers())
def test_each_number_comes_once(count: int, seed: int) -> None:
    assert sorted(shuffled(count, seed)) == list(range(1, count + 1))


def test_the_seed_decides_and_nothing_else() -> None:
    first = list(shuffled(1000, 1))
    assert first == list(shuffled(1000, 1))
    assert first[:12] == [297, 501, 550, 816, 466, 728, 322, 519, 416, 511, 926, 42]
    orders = {tuple(shuffled(1000, seed)) for seed in range(50)}
    assert len(orders) == 50


def test_neighbours_are_far_apart() -> None:
    """Two numbers of a random order differ by a third of their range on average."""
    for seed in range(20):
        numbers = list(shuffled(10_000, seed))
        distance = sum(abs(a - b) for a, b in pairwise(numbers)) / len(numbers)
        assert 0.25 < distance / 10_000 < 0.42


def test_a_network_is_not_asked_in_a_run() -> None:
    """Of 8,192 addresses in 32 networks of 256, the first 64 come from many."""
    for seed in range(20):
        assert len({number // 256 for number in islice(shuffled(8192, seed), 64)}) > 20


def test_millions_begin_at_once() -> None:
    assert next(shuffled(1 << 40, 3)) > 0
