"""Probes that are run once for all who ask at the same time, so many at once, and results kept between scrapes.

It knows neither HTTP nor SMTP. Everything runs in one event loop, so nothing is locked.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable
from enum import Enum, auto
from typing import Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")
#: Results kept of targets that nobody configured; the one that was used longest ago makes room.
MOST_KEPT = 10_000
#: How long a probe that is ended may take to hang up.
_FAREWELL = 0.2


class Pace(Struct, frozen=True):
    """How often a probe may be run, and how long it may take at most, in seconds.

    Without ``interval`` it is run whenever it is asked for, and takes no longer than the one who asks waits. With it,
    it is run as long as it takes, and who asks sooner than that, or cannot wait, gets the last result.
    """

    longest: float
    interval: float = 0.0


class Source(Enum):
    """Where a result came from."""

    PROBED = auto()
    SHARED = auto()
    KEPT = auto()
    LATE = auto()


class Result(Struct, Generic[T], frozen=True):
    """What a probe gave, or None where it had no turn. ``begun`` and ``waited`` in seconds, by the keeper's clock."""

    value: T | None
    begun: float
    waited: float


class Got(Struct, Generic[T], frozen=True):
    """What one who asked gets. ``value`` None: there was nothing in time. ``waited`` is how long for a turn."""

    source: Source
    value: T | None
    age: float = 0.0
    waited: float = 0.0


class StoppedError(Exception):
    """The keeper was closed while somebody waited."""


class _Flight(Generic[T]):
    """A probe that runs or waits for its turn, which came at ``started``."""

    def __init__(self, begun: float) -> None:
        self.begun = begun
        self.started: float | None = None
        self.task: asyncio.Task[Result[T]] | None = None

    def waited(self, now: float) -> float:
        return (now if self.started is None else self.started) - self.begun


class Keeper(Generic[T]):
    """Runs probes, ``most_at_once`` of them at a time; who has no turn waits for it.

    ``in_flight`` counts those that run, ``waiting`` those that have no turn yet.
    """

    def __init__(self, most_at_once: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._turns = asyncio.Semaphore(most_at_once)
        self._clock = clock
        self._kept: dict[Hashable, Result[T]] = {}
        self._flights: dict[Hashable, _Flight[T]] = {}
        self._closed = False
        self.in_flight = 0
        self.waiting = 0

    def allow(self, most_at_once: int) -> None:
        """Probes that begin from now on are bounded so; those that run are not counted any more."""
        self._turns = asyncio.Semaphore(most_at_once)

    async def get(self, key: Hashable, work: Callable[[float], Awaitable[T]], pace: Pace, seconds: float) -> Got[T]:
        """The result of ``work`` within ``seconds``; it is told how many it has.

        Equal keys are one probe, which goes on when nobody waits for it any more. Raises StoppedError, and what work
        raises.
        """
        kept = self._last(key)
        if kept is not None and self._clock() - kept.begun < pace.interval:
            return self._from(kept, Source.KEPT)
        if self._closed:
            raise StoppedError
        flight = self._flights.get(key)
        source = Source.PROBED if flight is None else Source.SHARED
        if flight is None:
            flight = self._begin(key, work, pace, pace.longest if pace.interval else min(seconds, pace.longest))
        assert flight.task is not None
        await asyncio.wait({flight.task}, timeout=seconds)
        if flight.task.cancelled():
            raise StoppedError
        if flight.task.done() and flight.task.result().value is not None:
            return self._from(flight.task.result(), source)
        if kept is not None:
            return self._from(kept, Source.KEPT)
        return Got(Source.LATE, None, waited=flight.waited(self._clock()))

    async def close(self) -> None:
        """End every probe; who waits for one gets StoppedError."""
        self._closed = True
        tasks = [flight.task for flight in self._flights.values() if flight.task is not None]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=_FAREWELL)

    def _begin(self, key: Hashable, work: Callable[[float], Awaitable[T]], pace: Pace, seconds: float) -> _Flight[T]:
        flight: _Flight[T] = _Flight(self._clock())
        flight.task = asyncio.get_running_loop().create_task(self._fly(flight, work, seconds))
        self._flights[key] = flight

        def landed(task: asyncio.Task[Result[T]]) -> None:
            del self._flights[key]
            # To ask for the exception says that it was seen, also where nobody waits any more.
            if not task.cancelled() and task.exception() is None and pace.interval:
                self._keep(key, task.result())

        flight.task.add_done_callback(landed)
        return flight

    async def _fly(self, flight: _Flight[T], work: Callable[[float], Awaitable[T]], seconds: float) -> Result[T]:
        turns = self._turns
        self.waiting += 1
        try:
            async with asyncio.timeout(seconds):
                await turns.acquire()
        except TimeoutError:
            return Result(None, flight.begun, flight.waited(self._clock()))
        finally:
            self.waiting -= 1
        started = flight.started = self._clock()
        waited = flight.waited(started)
        self.in_flight += 1
        try:
            return Result(await work(max(seconds - waited, 0.0)), started, waited)
        finally:
            self.in_flight -= 1
            turns.release()

    def _keep(self, key: Hashable, result: Result[T]) -> None:
        if result.value is None:
            return
        if len(self._kept) >= MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = result

    def _last(self, key: Hashable) -> Result[T] | None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self._kept[key] = kept
        return kept

    def _from(self, result: Result[T], source: Source) -> Got[T]:
        age = self._clock() - result.begun if source is Source.KEPT else 0.0
        return Got(source, result.value, age, result.waited)
