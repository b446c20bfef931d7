"""Which event loop to run on, and how a run on it ends."""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from smtpprobe.cli.errors import say
from smtpprobe.cli.interrupts import Stop
from smtpprobe.cli.streams import Output, pipe_of

T = TypeVar("T")
_LOOK = 0.25
_DESCRIPTORS = 20
#: As many files as a program may have open, where that is more than it has to begin with.
_MOST_FILES = 131_072


def fastest() -> asyncio.AbstractEventLoop:
    """uvloop's loop, where that is installed (the extra "speed"), else asyncio's own."""
    try:
        from uvloop import new_event_loop
    except ImportError:
        return asyncio.new_event_loop()
    loop: asyncio.AbstractEventLoop = new_event_loop()
    return loop


def run(work: Coroutine[Any, Any, T], make_loop: Callable[[], asyncio.AbstractEventLoop] = fastest) -> T:
    """Run this on a loop of its own. Raises OSError where the system has no room for one."""
    try:
        _reserve()
        with asyncio.Runner(loop_factory=make_loop) as runner:
            return runner.run(work)
    finally:
        # Where there was no loop to be had it has never begun.
        work.close()


def _reserve() -> None:
    """A loop and a few connections need so many descriptors, and a loop that gets none in mid-start falls to pieces."""
    with contextlib.ExitStack() as held:
        for _ in range(_DESCRIPTORS):
            held.callback(os.close, os.open(os.devnull, os.O_RDONLY))


def raise_limit() -> int:
    """Allow this process as many open files as it may have: every connection is one. Gives how many that is."""
    try:
        import resource
    except ImportError:
        return _MOST_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
    if soft == resource.RLIM_INFINITY or soft >= most:
        return most
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    except (OSError, ValueError):
        return soft
    return most


def stop_event(stop: Stop, output: object) -> asyncio.Event:
    """Set when ``stop`` is asked for, or when whoever reads ``output`` goes away. To be called on the running loop."""
    loop = asyncio.get_running_loop()
    event = asyncio.Event()

    def asked() -> None:
        # A signal may come when the loop is closed already.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(event.set)

    stop.on_asked = asked
    if stop.asked:
        event.set()
    if isinstance(output, Output):
        output.on_loss = stop.ask
    pipe = pipe_of(output)
    if pipe is not None and hasattr(select, "poll"):
        gone = select.poll()
        gone.register(pipe, 0)

        def look() -> None:
            if gone.poll(0):
                stop.ask()
            else:
                loop.call_later(_LOOK, look)

        # Not by a reader of the loop: uvloop would make the pipe one that cannot be waited for when it is full.
        look()
    return event


def tell_faults() -> None:
    """What goes wrong in the background of the running loop is one sentence, told once."""
    told: set[str] = set()

    def tell(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, ConnectionError):
            # The other side went away while nobody waited for it.
            return
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        words = f"{context['message']}{f' ({reason})' if reason else ''}: look at the number of open files."
        if words not in told:
            told.add(words)
            say(words)

    asyncio.get_running_loop().set_exception_handler(tell)
