"""Lines in, Events out: asks the readers whose line it is. Memory does not grow with the number of lines. No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from smtpprobe.diagnosis import Event
from smtpprobe.explain.event import LINE_LIMIT, Reader, discreet
from smtpprobe.explain.readers.dialogue import DialogueReader, is_dialogue


class Lines:
    """Reads lines of any formats, mixed or not.

    ``command`` is what a reply answers where the text does not tell. ``lines`` and ``unread`` count the lines that
    were fed and those that no reader knew.
    """

    def __init__(self, command: str | None = None) -> None:
        self.lines = 0
        self.unread = 0
        self._dialogue = DialogueReader(command)
        self._readers: list[Reader] = []
        self._last: Reader = self._dialogue

    def feed(self, line: str) -> Sequence[Event]:
        """The events that this line completes."""
        self.lines = number = self.lines + 1
        line = line[:LINE_LIMIT]
        last = self._last
        if last is not self._dialogue:
            found = last.read(line, number)
            if found is not None:
                return [discreet(event) for event in found] if found else found
        return [discreet(event) for event in self._search(line)]

    def end(self) -> Iterator[Event]:
        """The events that were waiting for more lines."""
        for reader in (*self._readers, self._dialogue):
            yield from map(discreet, reader.end())

    def _search(self, line: str) -> Sequence[Event]:
        """Ask every reader in turn. Whoever knows this line is asked first next time."""
        if is_dialogue(line) or self._dialogue.is_over(line):
            return (*self._let_go(self._dialogue), *(self._dialogue.read(line, self.lines) or ()))
        line = self._unwrapped(line)
        for reader in self._readers:
            found = reader.read(line, self.lines)
            if found is not None:
                return (*self._let_go(reader), *found)
        found = self._dialogue.read(line, self.lines)
        if found is None:
            self.unread += 1
        return found or ()

    def _let_go(self, reader: Reader) -> Sequence[Event]:
        """Make this reader the one to be asked first; what the one before was still holding comes before its events."""
        before, self._last = self._last, reader
        return () if before is reader else tuple(before.end())

    def _unwrapped(self, line: str) -> str:
        """The line as its program wrote it, where journald has put it into an object of its own."""
        if not self._readers:
            from smtpprobe.explain.readers.order import READERS

            self._readers = [make() for make in READERS]
        if not line.startswith("{"):
            return line
        from smtpprobe.explain.readers.prefix import unwrapped

        return unwrapped(line)


def events_of(lines: Iterable[str], command: str | None = None) -> Iterator[Event]:
    """The events of these lines, in their order."""
    reader = Lines(command)
    for line in lines:
        yield from reader.feed(line)
    yield from reader.end()
