"""One timer for all that wait: everybody is called when it is time, and nobody who waits no longer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loops import Run

from smtpprobe.wire.clock import GRAIN, TURN, Clock, Until, clock_of


class Timers:
    """A loop's clock and its timers, moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0
        self.set: list[tuple[float, Callable[[], None]]] = []

    def time(self) -> float:
        return self.now

    def call_at(self, at: float, work: Callable[[], None]) -> Timers:
        self.set.append((at, work))
        return self

    def cancel(self) -> None:
        """There is one timer at a time."""
        self.set.pop()

    def move(self, to: float) -> None:
        while self.set and self.set[0][0] <= to:
            at, work = self.set.pop()
            self.now = max(self.now, at)
            work()
        self.now = to


class Waiter:
    def __init__(self, timers: Timers, due: float) -> None:
        self._timers = timers
        self.due = due
        self.called: list[float] = []

    def over(self) -> None:
        self.called.append(self._timers.now)


def clock_with(*dues: float) -> tuple[Timers, Clock, list[Waiter]]:
    timers = Timers()
    clock = Clock(cast(asyncio.AbstractEventLoop, timers))
    waiters = [Waiter(timers, due) for due in dues]
    for one in waiters:
        clock.add(one)
    return timers, clock, waiters


@given(st.lists(st.floats(0, 3), max_size=30))
def test_everybody_is_called_once_and_hardly_late(dues: list[float]) -> None:
    timers, _, waiters = clock_with(*dues)
    assert len(timers.set) == bool(dues)
    timers.move(10)
    assert timers.set == []
    for one in waiters:
        assert len(one.called) == 1
        assert one.due - GRAIN <= one.called[0] <= one.due + TURN + GRAIN


def test_who_waits_no_longer_is_not_called() -> None:
    timers, clock, (first, second) = clock_with(1, 2)
    clock.remove(first)
    timers.move(5)
    assert (first.called, second.called) == ([], [2])


def test_who_has_another_time_is_called_then() -> None:
    timers, clock, (earlier, later) = clock_with(3, 1)
    earlier.due, later.due = 0.5, 4
    clock.add(earlier)
    clock.add(later)
    timers.move(5)
    assert (earlier.called, later.called) == ([0.5], [4])


def test_many_times_side_by_side_are_looked_at_together() -> None:
    """Each look is at all that wait: with a look for each of ten thousand, there would be time for nothing else."""
    timers, _, waiters = clock_with(*[1 + number / 100_000 for number in range(10_000)])
    looks = 0
    while timers.set:
        looks += 1
        timers.move(timers.set[0][0])
    assert looks <= 0.1 / TURN + 2
    assert all(one.called for one in waiters)


def test_each_loop_has_its_own(run: Run) -> None:
    found: list[Clock] = []

    async def work() -> None:
        found.append(clock_of(asyncio.get_running_loop()))
        assert clock_of(asyncio.get_running_loop()) is found[-1]

    run(work())
    run(work())
    assert found[0] is not found[1]


def test_work_that_takes_too_long_is_broken_off(run: Run) -> None:
    async def work() -> None:
        now = asyncio.get_running_loop().time()
        with pytest.raises(TimeoutError), Until(now + 0.02):
            await asyncio.Event().wait()
        with pytest.raises(TimeoutError), Until(now - 1):
            await asyncio.Event().wait()
        task = asyncio.current_task()
        assert task is not None
        assert task.cancelling() == 0

    run(work())


def test_work_that_is_done_in_time_is_left_alone(run: Run) -> None:
    async def work() -> None:
        loop = asyncio.get_running_loop()
        with Until(loop.time() + 0.03):
            await asyncio.sleep(0)
        await asyncio.sleep(0.08)

    run(work())


def test_who_is_cancelled_for_another_reason_hears_of_that(run: Run) -> None:
    async def work() -> None:
        async def waits() -> None:
            with Until(asyncio.get_running_loop().time() + 30):
                await asyncio.Event().wait()

        task = asyncio.ensure_future(waits())
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    run(work())


def test_an_error_of_the_work_itself_is_its_own(run: Run) -> None:
    async def work() -> None:
        with pytest.raises(KeyError), Until(asyncio.get_running_loop().time() + 30):
            raise KeyError

    run(work())
