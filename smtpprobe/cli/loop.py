"""Which event loop to run on, and how a run on it ends."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop's, where that is installed (the extra "speed"); None for asyncio's own."""
    try:
        from uvloop import new_event_loop
    except ImportError:
        return None
    factory: Callable[[], asyncio.AbstractEventLoop] = new_event_loop
    return factory


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run this on the loop that there is."""
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        return runner.run(work)


def on_signals(stop: asyncio.Event) -> None:
    """Ctrl-C and SIGTERM set ``stop``; a second one ends the program at once. To be called on the running loop."""

    def asked() -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        # Windows has no signal handlers on its loops: there Ctrl-C cancels the run.
        with contextlib.suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, asked)
