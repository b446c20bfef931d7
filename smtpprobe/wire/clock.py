"""A limit for what a task waits for, for code that waits often: asyncio's own costs as much as a command's answer."""

from __future__ import annotations

import asyncio
from types import TracebackType


class Until:
    """``with Until(due):`` raises TimeoutError where the work in it is not done at a time of the event loop's clock.

    For one task and one use, as asyncio.timeout_at: whoever cancels the task for another reason is not overheard.
    """

    __slots__ = ("_cancelling", "_struck", "_task", "_timer")

    def __init__(self, due: float) -> None:
        loop = asyncio.get_running_loop()
        task = asyncio.current_task(loop)
        assert task is not None
        self._task = task
        self._cancelling = task.cancelling()
        self._struck = False
        self._timer = loop.call_at(due, self._strike)

    def __enter__(self) -> None:
        """The clock runs since this was made."""

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._timer.cancel()
        if self._struck and self._task.uncancel() <= self._cancelling and kind is asyncio.CancelledError:
            raise TimeoutError from None

    def _strike(self) -> None:
        self._struck = True
        self._task.cancel()
