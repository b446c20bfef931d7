"""The numbers from 1 to N in an order that a seed decides, without a list of them. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

_ROUNDS = 3


def shuffled(count: int, seed: int) -> Iterator[int]:
    """Each number from 1 to ``count`` once. The order is the same for the same count and seed, on every machine.

    A list of 40 million numbers would take a gigabyte, so they are computed: multiplying by an odd number and folding
    the upper bits into the lower ones both map the numbers of so many bits onto themselves. What falls beyond
    ``count``, at most every second one, is left out.
    """
    bits = max(count - 1, 1).bit_length()
    mask = (1 << bits) - 1
    fold = (bits + 1) // 2
    chance = Random(seed)
    start = chance.getrandbits(bits)
    factors = [chance.getrandbits(bits) | 1 for _ in range(_ROUNDS)]
    for number in range(start, start + mask + 1):
        place = number & mask
        for factor in factors:
            place = place * factor & mask
            place ^= place >> fold
        if place < count:
            yield place + 1
