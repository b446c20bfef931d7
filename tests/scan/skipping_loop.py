"""An event loop whose clock does not wait: where it would sleep, the time has come."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

T = TypeVar("T")


class _Skipping(selectors.SelectSelector):
    now = 0.0
    #: How far it goes on with each look at it.
    tick = 0.0

    def select(self, timeout: float | None = None) -> Sequence[Any]:  # type: ignore[override]
        if timeout is None:
            raise AssertionError("The loop would wait for ever.")
        self.now += timeout
        return super().select(0)


class SkippingLoop(asyncio.SelectorEventLoop):
    def __init__(self, tick: float = 0.0) -> None:
        self.skipping = _Skipping()
        self.skipping.tick = tick
        super().__init__(self.skipping)

    def time(self) -> float:
        self.skipping.now += self.skipping.tick
        return self.skipping.now


def run(work: Coroutine[Any, Any, T], tick: float = 0.0) -> T:
    """Run it on such a loop, whose clock goes on by ``tick`` with each look at it."""
    with asyncio.Runner(loop_factory=lambda: SkippingLoop(tick)) as runner:
        return runner.run(work)
