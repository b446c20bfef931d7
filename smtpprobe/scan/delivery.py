"""What came of servers and names, on its way into the output: a killed scan loses none of it and repeats none."""

from __future__ import annotations

from smtpprobe.model import Target
from smtpprobe.run import Settings, unresolved
from smtpprobe.run.main import now
from smtpprobe.scan.fields import Projection
from smtpprobe.scan.store import Store
from smtpprobe.scan.tally import Tally
from smtpprobe.scan.writing import Output, recover
from smtpprobe.scanning import Scanned, Unresolved

#: Octets that are held back at most. What compresses them holds the event loop up for as long.
MOST_PENDING = 1 << 20


class Delivery:
    """Takes lines, and tells the store which servers and names are done once their lines are safe.

    ``path`` None is standard output. ``fields`` makes each line flat. Goes on where the store and the output say that a
    scan ended, however it did. Raises ScanError where the output is not the store's, or cannot be written.
    """

    def __init__(self, store: Store, path: str | None, fields: Projection | None) -> None:
        self._store = store
        self._fields = fields
        self._marks: list[int] = []
        self.tally = Tally.decode(store.tally())
        kept = self._recovered(path) if path is not None and store.path is not None else 0
        self._output = Output(path, kept)

    @property
    def pending(self) -> int:
        """How many lines are not in the output yet."""
        return len(self._marks)

    def take(self, mark: int, line: bytes) -> None:
        """A whole line. ``mark`` is the id of its server, or less than 0 that of a name that leads to none."""
        self._marks.append(mark)
        self.tally.add(line)
        self._output.write(self._fields.line(line) if self._fields is not None else line)
        if self._output.pending > MOST_PENDING:
            self.settle()

    def settle(self) -> None:
        """Write what is pending, then note it."""
        if self._marks:
            # Whoever finds more lines than were noted, after a kill between the two, then knows whose they are.
            self._store.intend(self._marks)
            self._note(self._output.flush())

    def close(self) -> None:
        """Settle, and have the output on its disk."""
        self.settle()
        self._output.close()

    def _recovered(self, path: str) -> int:
        """How many octets of the output are good; what was written and not noted is noted now."""
        kept, lines = recover(path, self._store.written())
        for mark, line in zip(self._store.intended(), lines, strict=False):
            self._marks.append(mark)
            self.tally.add(line)
        if not self._marks:
            return self._store.written()
        self._note(kept)
        return kept

    def _note(self, written: int) -> None:
        servers = [mark for mark in self._marks if mark > 0]
        names = [-mark for mark in self._marks if mark < 0]
        self._store.finished(servers, names, written, self.tally.encode())
        self._marks.clear()


def astray(one: Unresolved, settings: Settings) -> Scanned:
    """What is told of a name that leads to no server."""
    target = Target(one.text, one.host, one.port, mx=one.mx)
    return Scanned(None, unresolved(target, settings, one.failure, now()), unresolved=one)
