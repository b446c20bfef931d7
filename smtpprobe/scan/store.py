"""What a scan knows between its start and its end, on disk: names to look up, servers to ask, what is done.

One process writes. Nothing here grows with the list but the file: rows come and go in batches.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
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

#: Rows that are fetched at a time. A unit comes with all its names, so few units are in memory at once.
BATCH = 64
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
        self._path = path
        self._open: sqlite3.Connection | None = None
        self._done: int | None = None

    def __enter__(self) -> Self:
        with self._told():
            # SQLite unlinks a database without a name as soon as it is open.
            self._open = sqlite3.connect(self._path or "", timeout=0, isolation_level=None)
            for setting in tables.SETTINGS:
                self._db.execute(setting)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None

    def claim(self, command: str) -> None:
        """Begin a scan, or go on with it. First of all to be called.

        ``command`` is all that decides what the scan is: the list, what is asked, the output. Only its fingerprint is
        kept. Raises ScanError where another process has the state, where it is another command's, or no state at all.
        """

    def listed(self) -> bool:
        """Has the list been read to its end? Then it is not needed again."""

    def begin_list(self) -> None:
        """Forget what there is of a list that was not read to its end."""

    def add(self, leads: Iterable[Lead], names: Iterable[Listed], blocked: int = 0) -> None:
        """What some lines of the list say: addresses, names to look up, and how many were left out as blocked."""

    def end_list(self) -> None:
        """The list has been read to its end. Duplicates are taken out."""

    def names(self) -> int:
        """How many different names there are to look up in all, answered or not; 0 once all is planned."""

    def open_names(self, tries: int) -> Iterator[tuple[int, Listed]]:
        """The names still to be answered that were tried so often, with their ids, in the order of these.

        Names may be answered in the meantime.
        """

    def answer(self, answers: Iterable[Answered], blocked: int = 0) -> None:
        """Note what came of looking names up, in one transaction; ``blocked`` more were left out."""

    def plan(self) -> None:
        """All names are answered: number the servers. Ids depend on the list and the answers, never on their order."""

    def planned(self) -> bool:
        """Is phase 1 over: are all servers known?"""

    def blocked(self) -> int:
        """How many names and addresses of the list were left out because the blocklist has them."""

    def units(self, seed: int) -> Iterator[Unit]:
        """The servers that are not done, in an order that the seed decides. Each is given once.

        The names of a unit are sorted by host and then by text.
        """

    def unresolved(self) -> Iterator[Unresolved]:
        """The names that lead nowhere and are not done, in the order of their ids."""

    def count(self) -> Count:
        """How much there is of the scan, and how much is done."""

    def finished(self, units: Iterable[int], unresolved: Iterable[int], written: int, tally: bytes) -> None:
        """These are done, and ``written`` octets of the output are good; ``tally`` is kept beside. One transaction."""

    def written(self) -> int:
        """How many octets of the output are good; 0 before anything was."""

    def tally(self) -> bytes:
        """What ``finished`` was given last; empty before that."""

    def find(self, address: str, port: int, tls: str, lmtp: bool = False) -> int | None:
        """The id of a server, done or not, by what a line of the output says of it."""

    def find_unresolved(self, text: str, host: str, port: int, mx: bool) -> int | None:
        """The id of a name that leads nowhere, done or not."""
