"""Probes that are shared, bounded and kept between scrapes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import pytest

from smtpprobe.serve import keeping
from smtpprobe.serve.keeping import Got, Keeper, Pace, Source, StoppedError

GUARD = 20.0
ALWAYS = Pace(longest=10.0)
SELDOM = Pace(longest=10.0, interval=60.0)
AT_ONCE = 0.01


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Work:
    """Counts how often it is done and how long it was given; it is over when ``over`` is set."""

    def __init__(self, *, over: bool = True) -> None:
        self.given: list[float] = []
        self.over = asyncio.Event()
        self.begun = asyncio.Event()
        if over:
            self.over.set()

    async def __call__(self, seconds: float) -> str:
        self.given.append(seconds)
        self.begun.set()
        await self.over.wait()
        return f"result {len(self.given)}"


def run(test: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(test(), GUARD))


def test_a_probe_without_an_interval_is_run_each_time_it_is_asked_for() -> None:
    async def test() -> None:
        keeper: Keeper[str] = Keeper(1)
        work = Work()
        first, second = [await keeper.get("a", work, ALWAYS, 5.0) for _ in range(2)]
        assert (first.source, first.value) == (Source.PROBED, "result 1")
        assert (second.source, second.value) == (Source.PROBED, "result 2")

    run(test)


def test_it_is_given_no_longer_than_who_asks_waits_or_the_module_allows() -> None:
    async def test() -> None:
        keeper: Keeper[str] = Keeper(1, clock=Clock())
        work = Work()
        await keeper.get("a", work, ALWAYS, 5.0)
        await keeper.get("a", work, ALWAYS, 50.0)
        await keeper.get("b", work, SELDOM, 5.0)
        assert work.given == [5.0, 10.0, 10.0]

    run(test)


def test_what_is_asked_twice_at_once_is_run_once() -> None:
    async def test() -> None:
        keeper: Keeper[str] = Keeper(5)
        work = Work(over=False)
        asked = [asyncio.ensure_future(keeper.get("a", work, ALWAYS, GUARD)) for _ in range(3)]
        await work.begun.wait()
        assert keeper.in_flight == 1
        work.over.set()
        got = await asyncio.gather(*asked)
        assert [one.source for one in got] == [Source.PROBED, Source.SHARED, Source.SHARED]
        assert {one.value for one in got} == {"result 1"}
        assert keeper.in_flight == 0

    run(test)


def test_within_the_interval_the_last_result_is_given_with_its_age() -> None:
    async def test() -> None:
        clock = Clock()
        keeper: Keeper[str] = Keeper(1, clock=clock)
        work = Work()
        await keeper.get("a", work, SELDOM, 5.0)
        clock.now += 59.0
        kept = await keeper.get("a", work, SELDOM, 5.0)
        clock.now += 1.0
        new = await keeper.get("a", work, SELDOM, 5.0)
        assert kept == Got(Source.KEPT, "result 1", age=59.0)
        assert new == Got(Source.PROBED, "result 2")

    run(test)


def test_who_cannot_wait_for_the_next_result_gets_the_last_and_the_next_is_kept() -> None:
    async def test() -> None:
        clock = Clock()
        keeper: Keeper[str] = Keeper(1, clock=clock)
        await keeper.get("a", Work(), SELDOM, 5.0)
        clock.now += 61.0
        slow = Work(over=False)
        hurried = await keeper.get("a", slow, SELDOM, AT_ONCE)
        assert (hurried.source, hurried.value, hurried.age) == (Source.KEPT, "result 1", 61.0)
        slow.over.set()
        later = await keeper.get("a", slow, SELDOM, 5.0)
        assert (later.value, slow.given) == ("result 1", [10.0])

    run(test)


def test_without_a_last_result_there_is_nothing_yet() -> None:
    async def test() -> None:
        keeper: Keeper[str] = Keeper(1)
        slow = Work(over=False)
        assert (await keeper.get("a", slow, SELDOM, AT_ONCE)).source is Source.LATE
        slow.over.set()
        assert (await keeper.get("a", slow, SELDOM, 5.0)).value == "result 1"
        assert len(slow.given) == 1

    run(test)


def test_who_has_no_turn_waits_within_the_own_time_and_keeps_nobody_else() -> None:
    async def test() -> None:
        keeper: Keeper[str] = Keeper(1)
        slow, quick = Work(over=False), Work()
        held = asyncio.ensure_future(keeper.get("slow", slow, ALWAYS, GUARD))
        await slow.begun.wait()
        got = await keeper.get("quick", quick, ALWAYS, AT_ONCE)
        assert (got.source, got.value, quick.given) == (Source.LATE, None, [])
        assert got.waited >= AT_ONCE
        slow.over.set()
        await held
        again = await keeper.get("quick", quick, ALWAYS, 5.0)
        assert (again.source, again.value) == (Source.PROBED, "result 1")
        assert (keeper.in_flight, keeper.waiting) == (0, 0)

    run(test)


def test_what_was_waited_for_a_turn_is_missing_at_work() -> None:
    async def test() -> None:
        clock = Clock()
        keeper: Keeper[str] = Keeper(1, clock=clock)
        slow, next_one = Work(over=False), Work()
        held = asyncio.ensure_future(keeper.get("slow", slow, ALWAYS, GUARD))
        await slow.begun.wait()
        waiting = asyncio.ensure_future(keeper.get("next", next_one, ALWAYS, 8.0))
        for _ in range(3):
            await asyncio.sleep(0)
        assert keeper.waiting == 1
        clock.now += 3.0
        slow.over.set()
        got = await waiting
        assert (got.waited, next_one.given) == (3.0, [5.0])
        await held

    run(test)


def test_more_may_be_allowed_while_it_runs() -> None:
    async def test() -> None:
        keeper: Keeper[str] = Keeper(1)
        slow = Work(over=False)
        held = asyncio.ensure_future(keeper.get("slow", slow, ALWAYS, GUARD))
        await slow.begun.wait()
        keeper.allow(2)
        assert (await keeper.get("quick", Work(), ALWAYS, GUARD)).value == "result 1"
        slow.over.set()
        await held

    run(test)


def test_the_end_tells_who_waits_and_who_comes_after() -> None:
    async def test() -> None:
        keeper: Keeper[str] = Keeper(1)
        slow = Work(over=False)
        asked = [asyncio.ensure_future(keeper.get(key, slow, ALWAYS, GUARD)) for key in ("a", "a", "b")]
        await slow.begun.wait()
        await keeper.close()
        assert [type(one) for one in await asyncio.gather(*asked, return_exceptions=True)] == [StoppedError] * 3
        with pytest.raises(StoppedError):
            await keeper.get("a", slow, ALWAYS, GUARD)

    run(test)


def test_a_fault_reaches_who_asked_and_is_not_kept() -> None:
    async def test() -> None:
        async def broken(seconds: float) -> str:
            raise ZeroDivisionError

        keeper: Keeper[str] = Keeper(1)
        asked: Awaitable[Got[str]] = keeper.get("a", broken, SELDOM, 5.0)
        with pytest.raises(ZeroDivisionError):
            await asked
        assert (await keeper.get("a", Work(), SELDOM, 5.0)).source is Source.PROBED

    run(test)


def test_no_more_is_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        monkeypatch.setattr(keeping, "MOST_KEPT", 2)
        keeper: Keeper[str] = Keeper(1)
        sources = [(await keeper.get(key, Work(), SELDOM, 5.0)).source for key in ("a", "b", "a", "c", "a", "b")]
        probed, kept = Source.PROBED, Source.KEPT
        assert sources == [probed, probed, kept, probed, kept, probed]

    run(test)
