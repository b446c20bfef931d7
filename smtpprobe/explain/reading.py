"""One input after the other, recognised and read: lines of any format, a message, a mailbox. Opens no file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from smtpprobe.diagnosis import Event
from smtpprobe.explain.stream import Lines


class Input(Protocol):
    """Bytes to read once: the beginning without taking it, then either the whole, cut to a MiB, or line by line."""

    def head(self) -> bytes: ...
    def message(self) -> bytes: ...
    def raw_lines(self) -> Iterator[bytes]: ...
    def lines(self) -> Iterator[str]: ...


class Reading:
    """Reads inputs. ``messages`` counts the mail messages, ``others`` those among them that tell of no bounce."""

    def __init__(self, command: str | None = None) -> None:
        self._command = command
        self.lines = 0
        self.unread = 0
        self.messages = 0
        self.others = 0

    def events(self, given: Input) -> Iterator[Event]:
        """The events of one input, in its order."""
        reads: Callable[[Input], Iterator[Event]] = {"message": self._message, "mbox": self._mailbox}.get(
            _kind_of(given.head()), self._lines
        )
        return reads(given)

    def _lines(self, given: Input) -> Iterator[Event]:
        reader = Lines(self._command)
        feed = reader.feed
        for line in given.lines():
            if found := feed(line):
                yield from found
        yield from reader.end()
        self.lines += reader.lines
        self.unread += reader.unread

    def _message(self, given: Input) -> Iterator[Event]:
        yield from self._read(given.message())

    def _mailbox(self, given: Input) -> Iterator[Event]:
        from smtpprobe.explain.bounces import split_mbox

        for raw in split_mbox(given.raw_lines()):
            yield from self._read(raw)

    def _read(self, raw: bytes) -> Iterator[Event]:
        from smtpprobe.explain.bounces import read_message

        found = read_message(raw).events
        self.messages += 1
        self.others += not found
        yield from found


def _kind_of(head: bytes) -> str:
    """What the beginning of an input shows it to be. One line alone is no message, and needs no closer look."""
    if b"\n" not in head:
        return "lines"
    from smtpprobe.explain.bounces import kind_of

    return kind_of(head)
