"""What a scan knows between its start and its end, on disk: names to look up, servers to ask, what is done.

One process writes. Nothing here grows with the list but the file: rows come and go in batches.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from msgspec import Struct

from smtpprobe.model import Failure
from smtpprobe.outcome import FailureKind, Stage, TlsMode
from smtpprobe.scan import tables
from smtpprobe.scan.addresses import operator_of
from smtpprobe.scan.errors import ScanError
from smtpprobe.scan.shuffle import shuffled
from smtpprobe.scanning import Named, Unit, Unresolved

#: SQLite's primary result codes that a user can do something about.
_COMPLAINTS = {
    sqlite3.SQLITE_BUSY: "is in use: another scan is at work on it, so wait for its end or name another output.",
    sqlite3.SQLITE_LOCKED: "is in use: another scan is at work on it, so wait for its end or name another output.",
    sqlite3.SQLITE_FULL: "cannot grow, since the disk is full: make room, and give the command again to go on.",
    sqlite3.SQLITE_READONLY: "cannot be written: check its permissions, or name another output.",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: check that its folder is there and may be written to.",
    sqlite3.SQLITE_NOTADB: "is no state of a scan: remove it, or name another output.",
    sqlite3.SQLITE_CORRUPT: "is damaged: remove it with its output to begin anew.",
}
_PLACE = itemgetter(0, 1, 2, 3, 4)
_KINDS = {kind.value: kind for kind in FailureKind}
_MODES = {mode.value: mode for mode in TlsMode}
#: Rows that are fetched at a time. A unit comes with all its names, so few units are in memory at once.
BATCH = 64
#: Names of one server that go into its line; beyond them one of each host, up to as many again.
MOST_NAMES = 1000
_NAMES_AT_ONCE = 256


class Lead(NamedTuple):
    """A name of the list (``text``) that leads to a server, as a row. ``preference`` -1 is none, ``lmtp`` 0 or 1."""

    address: str
    port: int
    tls: str
    lmtp: int
    host: str
    text: str
    preference: int = -1


class Listed(NamedTuple):
    """A name of the list that is to be looked up, as a row. With ``kind`` and ``detail`` it has failed already."""

    text: str
    host: str
    port: int
    tls: str
    lmtp: int
    mx: int
    kind: str | None = None
    detail: str | None = None


class Answered(Struct, frozen=True):
    """What came of looking up the name ``id``: where it leads, or a failure, or neither where all is blocked.

    ``again``: it stays open and counts as tried once more, whatever it led to so far.
    """

    id: int
    leads: tuple[Lead, ...] = ()
    failure: Failure | None = None
    again: bool = False


class Count(NamedTuple):
    """How much a planned scan is: servers, names that lead to none, and how many of both together are done."""

    servers: int
    unresolved: int
    done: int


class Store:
    """The state of one scan, in the file ``path`` or in a temporary one that vanishes with the process (None).

    A context manager. Any method raises ScanError where the file cannot be read or written. It belongs to the thread
    and the process that opened it: fork before it is opened, since a child that closed it would take the parent's
    newest rows along.

    A scan passes through three states: the list is read (``listed`` turns true), its names are looked up (``planned``
    turns true), its servers are asked. Whatever a killed process had committed is there again.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._open: sqlite3.Connection | None = None
        self._done: tuple[bytearray, bytearray] | None = None

    def __enter__(self) -> Self:
        with self._told():
            # SQLite unlinks a database without a name as soon as it is open.
            self._open = sqlite3.connect(self.path or "", timeout=0, isolation_level=None)
        try:
            for setting in tables.SETTINGS:
                self._rows(setting)
        except ScanError:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file. The state in it can be claimed again."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def claim(self, command: str) -> None:
        """Begin a scan, or go on with it. First of all to be called.

        ``command`` is all that decides what the scan is: the list, what is asked, the output. Only its fingerprint is
        kept. Raises ScanError where another process has the state, where it is another command's, or no state at all.
        """
        fingerprint = sha256(command.encode(errors="surrogateescape")).hexdigest()
        if self._rows(tables.SCHEMA) == [] and self._rows("PRAGMA user_version") == [(0,)]:
            self._make(fingerprint)
        elif self._rows("PRAGMA user_version") != [(tables.VERSION,)]:
            raise ScanError(f"{self.path} is no state of a scan of this version: remove it, or name another output.")
        elif not self.listed():
            # Whoever made it was killed or refused before anything was sent.
            self._rows(tables.SET, ("command", fingerprint))
        elif self._meta("command") != fingerprint:
            raise ScanError(
                f"{self.path} is the state of another scan: give that one's command again to go on with it, "
                "name another output, or begin anew with --again."
            )

    def forget(self) -> None:
        """Be as new, whosever state this was. Raises ScanError where another process has it."""
        tables_of = [name for (name,) in self._rows(tables.SCHEMA)]
        with self._transaction() as db:
            for name in tables_of:
                db.execute(f"DROP TABLE {name}")
            db.execute("PRAGMA user_version = 0")

    def listed(self) -> bool:
        """Has the list been read to its end? Then it is not needed again."""
        return self._meta("listed") is not None

    def begin_list(self) -> None:
        """Forget what there is of a list that was not read to its end."""
        with self._transaction() as db:
            for statement in tables.FORGET_LIST:
                db.execute(statement)

    def add(self, leads: Iterable[Lead], names: Iterable[Listed], blocked: int = 0) -> None:
        """What some lines of the list say: addresses, names to look up, and how many were left out as blocked."""
        with self._transaction() as db:
            db.executemany(tables.LEAD, leads)
            db.executemany(tables.LIST_NAME, names)
            db.execute(tables.COUNT_UP, ("blocked", blocked))

    def end_list(self) -> None:
        """The list has been read to its end. Duplicates are taken out."""
        with self._transaction() as db:
            for statement in tables.END_LIST:
                db.execute(statement)
            db.execute(tables.SET, ("listed", 1))

    def names(self) -> int:
        """How many different names there are to look up in all, answered or not; 0 once all is planned."""
        return self._number("names")

    def names_left(self) -> int:
        """How many of them are still to be answered."""
        return self._number("names WHERE open")

    def open_names(self, tries: int) -> Iterator[tuple[int, Listed]]:
        """The names still to be answered that were tried so often, with their ids, in the order of these.

        Names may be answered in the meantime.
        """
        last = 0
        while rows := self._rows(tables.OPEN_NAMES, (tries, last, _NAMES_AT_ONCE)):
            for number, *name in rows:
                yield number, Listed(*name)
            last = rows[-1][0]

    def answer(self, answers: Iterable[Answered], blocked: int = 0) -> None:
        """Note what came of looking names up, in one transaction; ``blocked`` more were left out."""
        rows = list(answers)
        with self._transaction() as db:
            db.executemany(tables.LEAD, [lead for answered in rows for lead in answered.leads])
            db.executemany(tables.ANSWER, [_answer_row(answered) for answered in rows])
            db.execute(tables.COUNT_UP, ("blocked", blocked))

    def plan(self) -> None:
        """All names are answered: number the servers. Ids depend on the list and the answers, never on their order."""
        with self._transaction() as db:
            for statement in tables.PLAN:
                db.execute(statement)
            db.execute(tables.SET, ("planned", 1))
        self._done = None

    def planned(self) -> bool:
        """Is phase 1 over: are all servers known?"""
        return self._meta("planned") is not None

    def blocked(self) -> int:
        """How many names and addresses of the list were left out because the blocklist has them."""
        return int(self._meta("blocked") or 0)

    def units(self, seed: int) -> Iterator[Unit]:
        """The servers that are not done, in an order that the seed decides. Each is given once.

        The names of a unit are sorted by host and then by text. Of very many some are left out.
        """
        done = self._marks()[0]
        order = (number for number in shuffled(len(done) - 1, seed) if not done[number])
        while ids := list(islice(order, BATCH)):
            wanted = json.dumps(ids)
            with self._told():
                rows = self._db.execute(tables.UNITS, (wanted, MOST_NAMES))
                units = {place[0]: _unit(place, group, 0) for place, group in groupby(rows, _PLACE)}
                for *place, names in self._db.execute(tables.POPULAR, (wanted, MOST_NAMES)).fetchall():
                    units[place[0]] = self._popular(place, names)
            yield from [units[number] for number in ids]

    def _popular(self, place: list[Any], names: int) -> Unit:
        """A server with more names than are kept of one: the first of them, and one of each host."""
        kept = {*self._db.execute(tables.FIRST_NAMES, (*place[1:], MOST_NAMES))}
        host = ""
        while len(kept) < 2 * MOST_NAMES:
            following = self._db.execute(tables.NEXT_HOST, (*place[1:], host)).fetchone()
            if following is None:
                break
            kept.add(following)
            host = following[0]
        return _unit(place, [(*place, *name) for name in sorted(kept)], names - len(kept))

    def leads(self) -> Iterator[tuple[Named, Unit]]:
        """Every name that leads to a server, with that server, whose own names are left out; those of one together."""
        with self._told():
            for text, host, preference, *place in self._db.execute(tables.ALL_NAMES):
                named = Named(text, host, None if preference < 0 else preference)
                address, port, tls, lmtp = place
                yield named, Unit(0, address, port, _MODES[tls], bool(lmtp))

    def unresolved(self) -> Iterator[Unresolved]:
        """The names that lead nowhere and are not done, in the order of their ids."""
        done = self._marks()[1]
        last = 0
        while rows := self._rows(tables.UNRESOLVED, (last, _NAMES_AT_ONCE)):
            for number, text, host, port, mx, kind, detail in rows:
                if not done[number]:
                    failure = Failure(Stage.RESOLVE, _KINDS[kind], detail)
                    yield Unresolved(number, text, host, port, bool(mx), failure)
            last = rows[-1][0]

    def count(self) -> Count:
        """How much there is of the scan, and how much is done."""
        units, unresolved = self._marks()
        return Count(len(units) - 1, len(unresolved) - 1, units.count(1) + unresolved.count(1))

    def finished(self, units: Iterable[int], unresolved: Iterable[int], written: int, tally: bytes) -> None:
        """These are done, and ``written`` octets of the output are good; ``tally`` is kept beside. One transaction."""
        rows = array("Q", units), array("Q", unresolved)
        marks = self._marks()
        with self._transaction() as db:
            db.execute(tables.DONE, [row.tobytes() for row in rows])
            db.executemany(tables.SET, [("written", written), ("tally", tally), ("intended", "[]")])
        _mark(marks, rows)

    def written(self) -> int:
        """How many octets of the output are good; 0 before anything was."""
        return int(self._meta("written") or 0)

    def tally(self) -> bytes:
        """What ``finished`` was given last; empty before that."""
        return bytes(self._meta("tally") or b"")

    def find(self, address: str, port: int, tls: str, lmtp: bool = False) -> int | None:
        """The id of a server that is not done, by what a line of the output says of it; None where there is none."""
        rows = self._rows(tables.FIND, (address, port, str(tls), int(lmtp)))
        return next((number for (number,) in rows if not self._marks()[0][number]), None)

    def intend(self, marks: Sequence[int]) -> None:
        """What is about to be written behind the good octets, a line each: a server's id, or less than 0 a name's."""
        with self._transaction() as db:
            db.execute(tables.SET, ("intended", json.dumps(marks)))

    def intended(self) -> list[int]:
        """What was intended last and is not known to be done, in the order of the lines."""
        intended: list[int] = json.loads(self._meta("intended") or "[]")
        return intended

    @property
    def _db(self) -> sqlite3.Connection:
        assert self._open is not None, "the store is not open"
        return self._open

    def _marks(self) -> tuple[bytearray, bytearray]:
        """For every id of a server, and of a name that leads nowhere, 1 where it is done. No id is 0."""
        if self._done is None:
            done = bytearray(self._number("units") + 1), bytearray(self._number("unresolved") + 1)
            last = 0
            while rows := self._rows(tables.ALL_DONE, (last, _NAMES_AT_ONCE)):
                for row in rows:
                    _mark(done, [array("Q", octets) for octets in row])
                last += len(rows)
            self._done = done
        return self._done

    def _make(self, fingerprint: str) -> None:
        with self._transaction() as db:
            for statement in tables.TABLES:
                db.execute(statement)
            db.execute(tables.SET, ("command", fingerprint))
            db.execute(f"PRAGMA user_version = {tables.VERSION}")

    def _meta(self, key: str) -> Any:
        return next((row[0] for row in self._rows(tables.GET, (key,))), None)

    def _number(self, table: str) -> int:
        return int(self._rows(f"SELECT count(*) FROM {table}")[0][0])

    def _rows(self, statement: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        with self._told():
            return self._db.execute(statement, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it or nothing."""
        with self._told():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                with suppress(sqlite3.Error):  # A full disk has rolled it back already.
                    self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What SQLite complains of, as one sentence."""
        try:
            yield
        except sqlite3.Error as error:
            place = self.path or "The temporary state of the scan"
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            words = _COMPLAINTS.get(code, f"cannot be kept ({error}): check the disk, and give the command again.")
            raise ScanError(f"{place} {words}") from None


def _unit(place: Sequence[Any], rows: Iterable[tuple[Any, ...]], left_out: int) -> Unit:
    """A server from its rows, one for each name, sorted. A provider's may have very many, so a host is kept once."""
    names: list[Named] = []
    host = ""
    for row in rows:
        name, text, preference = row[5:]
        if name != host:
            host = name
        names.append(Named(text, host, None if preference < 0 else preference))
    first = next((name.host for name in names if name.host), "")
    mx_host = next((name.host for name in names if name.preference is not None), "")
    number, address, port, tls, lmtp = place
    return Unit(number, address, port, _MODES[tls], bool(lmtp), first, operator_of(mx_host), tuple(names), left_out)


def _mark(done: tuple[bytearray, bytearray], rows: Sequence[Iterable[int]]) -> None:
    for marks, ids in zip(done, rows, strict=True):
        for number in ids:
            marks[number] = 1


def _answer_row(answered: Answered) -> tuple[str | None, str | None, int, int]:
    failure = answered.failure
    if failure is None or answered.again:
        return None, None, int(answered.again), answered.id
    return failure.kind.value, failure.detail, 0, answered.id
