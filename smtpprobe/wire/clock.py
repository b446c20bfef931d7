"""When waiting is over: one timer of the event loop for all that wait in it, however many thousands those are.

A timer for each wait would cost as much as a command and its answer, and hardly one of them ever goes off.
"""

from __future__ import annotations

import asyncio
import threading
from types import TracebackType
from typing import Protocol

#: A timer may strike this much before its time: uvloop counts whole milliseconds.
GRAIN = 0.001
#: So much lies between two looks at all that wait, at least: their times are up to so much longer. Seconds.
TURN = 0.02


class Waiting(Protocol):
    """What waits until ``due``, a time of the event loop's clock; ``over`` is called then."""

    due: float

    def over(self) -> None: ...


class Clock:
    """The clock of one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._time, self._call_at = loop.time, loop.call_at
        self._waiting: set[Waiting] = set()
        self._timer: asyncio.Handle | None = None
        self._at = 0.0

    def add(self, one: Waiting) -> None:
        """Call it when it is due. May be told again what has another time now."""
        self._waiting.add(one)
        if self._timer is None or one.due < self._at:
            self._set(one.due)

    def remove(self, one: Waiting) -> None:
        """It waits no longer."""
        self._waiting.discard(one)

    def _set(self, at: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._at = at
        self._timer = self._call_at(at, self._turn)

    def _turn(self) -> None:
        now = self._time()
        late = [one for one in self._waiting if one.due <= now + GRAIN]
        self._waiting.difference_update(late)
        self._timer = None
        if self._waiting:
            self._set(max(min([one.due for one in self._waiting]), now + TURN))
        for one in late:
            one.over()


class _Present(threading.local):
    """The loop that a thread was seen in last, and its clock."""

    loop: asyncio.AbstractEventLoop | None = None
    clock: Clock


_PRESENT = _Present()


def clock_of(loop: asyncio.AbstractEventLoop) -> Clock:
    """The clock of the event loop that runs in this thread."""
    if _PRESENT.loop is not loop:
        _PRESENT.loop, _PRESENT.clock = loop, Clock(loop)
    return _PRESENT.clock


class Until:
    """``with Until(due):`` raises TimeoutError where the work in it is not done at a time of the event loop's clock.

    For one task and one use, as asyncio.timeout_at: whoever cancels the task for another reason is not overheard.
    """

    __slots__ = ("_cancelling", "_clock", "_struck", "_task", "due")

    def __init__(self, due: float) -> None:
        loop = asyncio.get_running_loop()
        task = asyncio.current_task(loop)
        assert task is not None
        self._task = task
        self._cancelling = task.cancelling()
        self._struck = False
        self._clock = clock_of(loop)
        self.due = due

    def __enter__(self) -> None:
        self._clock.add(self)

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._clock.remove(self)
        if self._struck and self._task.uncancel() <= self._cancelling and kind is asyncio.CancelledError:
            raise TimeoutError from None

    def over(self) -> None:
        """Break the work off."""
        self._struck = True
        self._task.cancel()
