"""The servers of a scan asked by several processes, and their lines brought together."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Protocol

from smtpprobe.scan.asking import Asking
from smtpprobe.scan.delivery import Delivery
from smtpprobe.scan.fields import identity
from smtpprobe.scan.results import Result, salvaged
from smtpprobe.scan.sharding import Shard, shards, size_for
from smtpprobe.scan.store import Store
from smtpprobe.scanning import Standing, Unit


class Workers(Protocol):
    """Who asks: processes on this machine, or those of a scheduler."""

    @property
    def number(self) -> int:
        """For how many to cut shards."""

    def run_shards(
        self, asking: Asking, shards: Iterator[Shard | None], folder: Path, standing: Standing, stop: asyncio.Event
    ) -> AsyncIterator[Result]:
        """What comes of the shards, in any order."""


async def ask_by(
    workers: Workers, asking: Asking, store: Store, delivery: Delivery, standing: Standing, stop: asyncio.Event
) -> None:
    """Have all servers that are not done asked, and take their lines. Raises ScanError.

    ``folder`` for the files of the shards lies beside the state of the scan; what a killed scan left there counts.
    """
    with _folder(store.path) as folder:
        standing.done += _take_salvaged(folder, store, delivery)
        size = size_for(store.count().servers, workers.number)
        given = shards(_dealt(store.units(asking.seed), standing), asking.pace, size)
        async for result in workers.run_shards(asking, given, folder, standing, stop):
            with result.path.open("rb") as lines:
                for number, line in zip(result.ids, lines, strict=False):
                    delivery.take(number, line)
            delivery.settle()
            result.path.unlink()


def _dealt(units: Iterator[Unit], standing: Standing) -> Iterator[Unit]:
    """The servers, all of which are read before the first is asked."""
    standing.phase = "dealing"
    yield from units
    standing.phase = "servers"


def _folder(state: Path | None) -> AbstractContextManager[Path]:
    if state is not None:
        return nullcontext(state.with_suffix(".shards"))
    return _temporary()


@contextlib.contextmanager
def _temporary() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="smtpprobe-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _take_salvaged(folder: Path, store: Store, delivery: Delivery) -> int:
    """The lines of shards that a killed scan had begun. Gives how many there were."""
    taken: set[int] = set()
    for line in salvaged(folder):
        whom = identity(line)
        number = store.find(whom.address, whom.port, whom.tls, whom.lmtp)
        if number is not None and number not in taken:
            delivery.take(number, line)
            taken.add(number)
    delivery.settle()
    return len(taken)
