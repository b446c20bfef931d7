"""Ctrl-C, SIGTERM and a terminal that closes: what they do at this moment, and how the program ends within a second.

It stands before everything else and loads nothing. What is to be shown then is not decided here.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from types import FrameType

#: What a command gets to end in good order. A second signal, or this time over, ends the program as it stands.
SECONDS = 0.7
_LAST_WORDS = 0.2
_INCONCLUSIVE = 4
_NOTHING = "stopped before there was anything to show."
_PRINTED = "stopped at once: what was printed is not all."

_rescues: list[Callable[[], str]] = []
_heeding: Stop | None = None
_told = False


class Stop:
    """Whether the work at hand shall end with what it has. ``asked`` says so, and ``on_asked`` is called then.

    ``signalled``: by a signal, not by the loss of who reads the output. ``cut``: work was left undone because of it.
    """

    def __init__(self) -> None:
        self.asked = self.signalled = self.cut = False
        self.on_asked: Callable[[], object] = lambda: None

    def ask(self) -> None:
        """Ask the work to end."""
        if not self.asked:
            self.asked = True
            self.on_asked()


def install() -> None:
    """From here on no signal ends in a traceback: each leaves the program at once, except where one is heeded."""
    for number in _numbers():
        # What nohup has told to outlast its terminal does.
        if signal.getsignal(number) is not signal.SIG_IGN or number is signal.SIGINT:
            signal.signal(number, _signalled)


def ignore() -> None:
    """All is said: one more signal has nothing left to end."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)
    for number in _numbers():
        signal.signal(number, signal.SIG_IGN)


@contextlib.contextmanager
def heeded() -> Iterator[Stop]:
    """Within, the first signal asks the work to end, with a moment to do so."""
    global _heeding
    _heeding = Stop()
    try:
        yield _heeding
    finally:
        _heeding = None


@contextlib.contextmanager
def rescued(rescue: Callable[[], str]) -> Iterator[None]:
    """Within, ``rescue`` is called where the program has to go at once. It gives a sentence to say, or ""."""
    _rescues.append(rescue)
    try:
        yield
    finally:
        _rescues.remove(rescue)


def told() -> None:
    """A sentence stands on stderr: what ends the program now need not add that it does."""
    global _told
    _told = True


def _numbers() -> list[signal.Signals]:
    return [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def _signalled(number: int, frame: FrameType | None) -> None:
    if _heeding is None or _heeding.signalled:
        _leave(number, frame)
    else:
        _within(SECONDS, _leave)
        _heeding.signalled = True
        _heeding.ask()


def _within(seconds: float, then: Callable[[int, FrameType | None], object]) -> None:
    """Whatever the program waits for in this time, ``then`` comes after it."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, then)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _leave(number: int, frame: FrameType | None) -> None:
    """End here, in whatever the program was doing: nothing is unwound, since anything may be half done."""
    ignore()
    # Who reads the output may not read on.
    _within(_LAST_WORDS, lambda *_: os._exit(_INCONCLUSIVE))
    said = ""
    for rescue in reversed(_rescues):
        with contextlib.suppress(Exception):
            said = rescue() or said
    printed = getattr(sys.stdout, "used", False)
    with contextlib.suppress(Exception):
        sys.stdout.flush()
    if said or not _told:
        with contextlib.suppress(OSError):
            os.write(2, f"Error: {said or (_PRINTED if printed else _NOTHING)}\n".encode(errors="backslashreplace"))
    os._exit(_INCONCLUSIVE)
