"""The servers of a scan in shards, so that whoever asks one shard keeps the pace without knowing of the others."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from array import array
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path

import msgspec
from msgspec import Struct

from smtpprobe.scan.pacing import Pace, limits
from smtpprobe.scanning import Unit

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(tuple[Unit, ...])
#: MessagePack's array of up to 2^32 elements; four octets of their number and the elements follow.
_ARRAY = b"\xdd"
_BATCH = 10_000


class Shard(Struct, frozen=True):
    """Some servers, for one worker. ``packed`` are they, as ``units`` reads them; ``ids`` are theirs, in that order.

    ``number`` counts from 0 within a run.
    """

    number: int
    ids: tuple[int, ...]
    packed: bytes

    def units(self) -> tuple[Unit, ...]:
        return _DECODER.decode(self.packed)


def size_for(servers: int, workers: int) -> int:
    """How many servers to put into a shard: few enough that the workers end together, at most 4,096."""
    return max(64, min(4096, servers // (workers * 16)))


def shards(units: Iterator[Unit], pace: Pace, size: int, folder: Path | None = None) -> Iterator[Shard | None]:
    """Shards of at most ``size`` servers, in the order of ``units``: the same servers give the same shards.

    Servers that share an address, or a network or operator with more servers than may be asked at a time, come in one
    shard, however large. All of ``units`` is read before the first shard, and None yielded now and then meanwhile. The
    servers lie in a file in ``folder`` (None: where the system keeps temporary files), 30 octets of each in memory.
    """
    with _Spool(folder) as spool, closing(sqlite3.connect("")) as book:
        together = _Together()
        book.execute("CREATE TABLE shared (key TEXT, most INTEGER, place INTEGER)")
        for batch in _batches(units):
            rows = []
            for unit in batch:
                place = together.add()
                spool.add(unit)
                rows += [(key, most, place) for key, most in limits(unit, pace)]
            if rows:
                book.executemany("INSERT INTO shared VALUES (?, ?, ?)", rows)
            yield None
        shared = book.execute("SELECT key, most, place FROM shared ORDER BY key, place")
        for (_, limit), group in groupby(shared, itemgetter(0, 1)):
            # So few are never too many at a time, wherever they are asked.
            most = limit
            several: list[int] = []
            for _, _, place in group:
                several.append(place)
                if len(several) > most:
                    for other in several[1:]:
                        together.join(several[0], other)
                    del several[1:]
                    most = 1
        number = 0
        filled: list[int] = []
        for places in together.groups():
            if filled and len(filled) + len(places) > size:
                yield spool.shard(number, filled)
                number, filled = number + 1, []
            filled += places
        if filled:
            yield spool.shard(number, filled)


def _batches(units: Iterator[Unit]) -> Iterator[list[Unit]]:
    while batch := list(islice(units, _BATCH)):
        yield batch


class _Together:
    """Which servers belong together, by their places in the list: disjoint sets, each known by its first."""

    def __init__(self) -> None:
        self._above = array("I")

    def add(self) -> int:
        place = len(self._above)
        self._above.append(place)
        return place

    def join(self, one: int, other: int) -> None:
        one, other = self._first(one), self._first(other)
        self._above[max(one, other)] = min(one, other)

    def _first(self, place: int) -> int:
        above = self._above
        while above[place] != place:
            above[place] = above[above[place]]
            place = above[place]
        return place

    def groups(self) -> Iterator[list[int]]:
        """Each set in order, by the first of each."""
        last = array("I", self._above)
        following = array("I", self._above)
        for place in range(len(self._above)):
            first = self._first(place)
            following[last[first]] = place
            following[place] = place
            last[first] = place
        for place in range(len(self._above)):
            if self._above[place] == place:
                group = [place]
                while (after := following[place]) != place:
                    group.append(after)
                    place = after
                yield group


class _Spool:
    """Servers in a file that goes when it is closed."""

    def __init__(self, folder: Path | None) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed with the spool
        self._ids = array("Q")
        self._starts = array("Q", [0])

    def __enter__(self) -> _Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, unit: Unit) -> None:
        packed = _ENCODER.encode(unit)
        self._file.write(packed)
        self._ids.append(unit.id)
        self._starts.append(self._starts[-1] + len(packed))

    def shard(self, number: int, places: list[int]) -> Shard:
        self._file.flush()
        file, starts = self._file.fileno(), self._starts
        parts = [os.pread(file, starts[place + 1] - starts[place], starts[place]) for place in places]
        packed = b"".join((_ARRAY, len(places).to_bytes(4, "big"), *parts))
        return Shard(number, tuple([self._ids[place] for place in places]), packed)
