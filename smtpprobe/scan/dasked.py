"""A scan on many machines: each shard is a task for the workers of a Dask scheduler, which deals with lost ones."""

from __future__ import annotations

import asyncio
import logging
import uuid
import zlib
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent import futures
from pathlib import Path
from typing import Any

from msgspec import Struct

from smtpprobe import __version__
from smtpprobe.scan.asker import Ask, new_loop, words_of
from smtpprobe.scan.asking import Asking
from smtpprobe.scan.errors import ScanError
from smtpprobe.scan.results import Result, ResultFile, prepare, remove
from smtpprobe.scan.sharding import Shard
from smtpprobe.scanning import Scanned, Standing

#: So many shards are with the scheduler for each thread: one that is asked, and one for when that is done.
_AHEAD = 2
_CUT_FOR = 32
#: How often a worker looks whether its work is still wanted, and how long stopped ones may take. Seconds.
_LOOK, _GRACE = 0.5, 30.0
#: How long to wait for the scheduler, seconds.
_TIMEOUT = 10.0

#: On a worker: the scans that were stopped.
_stopped: set[str] = set()


class Dask:
    """The workers of the scheduler at ``address`` (tcp://host:8786, or tls://). Each has this version of smtpprobe.

    Raises ScanError where distributed is not installed (the extra "dask").
    """

    def __init__(self, address: str, ask: Ask) -> None:
        try:
            import distributed
        except ImportError:
            raise ScanError("Dask is not installed: install smtpprobe[dask], here and on the workers.") from None
        # What goes wrong is told by us, in a sentence.
        for name in (distributed.__name__, f"{distributed.__name__}.client"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self._address = address
        self._ask = ask

    @property
    def number(self) -> int:
        """For how many workers to cut shards: how many there are is not known before, and may change."""
        return _CUT_FOR

    async def run_shards(
        self, asking: Asking, shards: Iterator[Shard | None], folder: Path, standing: Standing, stop: asyncio.Event
    ) -> AsyncIterator[Result]:
        """What comes of the shards, in any order, as from Processes. The files are put into ``folder``, emptied first.

        ``asking`` says how many are asked at a time by each thread of a worker, and its rate is that of all together.
        Raises ScanError when the scheduler is not there or is lost, or a shard cannot be done.
        """
        import distributed

        # What distributed has for types cannot be checked.
        make: Any = distributed.Client
        prepare(folder)
        client = make(self._address, asynchronous=True, timeout=_TIMEOUT, set_as_default=False)
        try:
            try:
                await client
            except (OSError, ValueError) as error:
                raise ScanError(
                    f"No Dask scheduler answers at {self._address} ({error}): start one with `dask scheduler`."
                ) from None
            except TypeError:
                # That is what an address with tls:// makes of settings without certificates.
                raise ScanError(
                    "The settings of Dask name no certificates for tls://: set distributed.comm.tls.ca-file, "
                    "client.cert and client.key there."
                ) from None
            async for result in _Run(client, self._ask, asking, folder, standing).results(shards, stop):
                yield result
        except (OSError, futures.CancelledError):
            raise ScanError(
                f"The Dask scheduler at {self._address} was lost: look at its log, then give the same command again, "
                "which goes on where this ended."
            ) from None
        finally:
            await client.close()
            remove(folder)


class Outcome(Struct, frozen=True):
    """What a worker sends back of a shard: the ids of the servers that were asked, their lines compressed, counts."""

    ids: tuple[int, ...]
    lines: bytes
    outcomes: dict[str, int]


class _Run:
    """One run with one client."""

    def __init__(self, client: Any, ask: Ask, asking: Asking, folder: Path, standing: Standing) -> None:
        self._client = client
        self._ask = ask
        self._asking = asking
        self._folder = folder
        self._standing = standing
        self._name = uuid.uuid4().hex

    async def results(self, shards: Iterator[Shard | None], stop: asyncio.Event) -> AsyncIterator[Result]:
        stopping: asyncio.Task[Any] = asyncio.ensure_future(stop.wait())
        working: set[asyncio.Task[Any]] = set()
        try:
            exhausted = False
            while not stop.is_set():
                threads = await self._threads()
                while len(working) < _AHEAD * threads and not exhausted:
                    shard = next(shards, self)
                    if isinstance(shard, Shard):
                        working.add(asyncio.ensure_future(self._have_asked(shard, threads)))
                    exhausted = shard is self
                    await asyncio.sleep(0)
                if not working:
                    return
                done, _ = await asyncio.wait({*working, stopping}, return_when=asyncio.FIRST_COMPLETED)
                working -= done
                for one in done - {stopping}:
                    yield one.result()
            await self._client.run(_stop, self._name)
            done, working = await asyncio.wait(working, timeout=_GRACE) if working else (set(), set())
            for one in done:
                yield one.result()
        finally:
            for one in (*working, stopping):
                one.cancel()
            await asyncio.gather(*working, stopping, return_exceptions=True)

    async def _threads(self) -> int:
        """How many shards can be asked at a time, by the workers that there are now."""
        threads: int = sum((await self._client.ncores()).values())
        if not threads:
            raise ScanError("The Dask scheduler has no workers: start some with `dask worker` and its address.")
        return threads

    async def _have_asked(self, shard: Shard, threads: int) -> Result:
        self._standing.in_flight += len(shard.ids)
        task = self._client.submit(
            ask_shard,
            __version__,
            self._name,
            self._ask,
            self._asking.at_a_part_of_the_rate(threads),
            shard,
            pure=False,
        )
        try:
            outcome = await task.result()
        except futures.CancelledError:
            # That is how the scheduler's end looks from here.
            raise
        except Exception as error:
            raise ScanError(_words_of(error)) from None
        finally:
            self._standing.in_flight -= len(shard.ids)
        self._standing.done += len(outcome.ids)
        self._standing.outcomes = dict(Counter(self._standing.outcomes) + Counter(outcome.outcomes))
        return Result(shard.number, outcome.ids, await asyncio.to_thread(self._written, shard, outcome))

    def _written(self, shard: Shard, outcome: Outcome) -> Path:
        file = ResultFile(self._folder, shard.number, 1)
        file.add(zlib.decompress(outcome.lines))
        return file.finish()


def _words_of(error: Exception) -> str:
    from distributed import KilledWorker

    if isinstance(error, KilledWorker):
        return (
            "Several workers were lost with the same servers: look at their memory and their logs, then give the "
            "same command again, which goes on where this ended."
        )
    if isinstance(error, ImportError):
        return f"A worker cannot load what it needs ({error}): install smtpprobe {__version__} on all of them."
    return words_of(error)


def ask_shard(version: str, run: str, ask: Ask, asking: Asking, shard: Shard) -> Outcome:
    """Ask the servers of a shard, in a thread of a worker."""
    if version != __version__:
        raise ScanError(f"A worker has smtpprobe {__version__}, not {version}: install the same on all of them.")
    with asyncio.Runner(loop_factory=new_loop) as runner:
        return runner.run(_ask_shard(run, ask, asking, shard))


async def _ask_shard(run: str, ask: Ask, asking: Asking, shard: Shard) -> Outcome:
    standing, stop = Standing(phase="servers"), asyncio.Event()
    compressor = zlib.compressobj(1)
    lines: list[bytes] = []
    ids: list[int] = []

    def emit(scanned: Scanned, line: bytes) -> None:
        assert scanned.unit is not None
        ids.append(scanned.unit.id)
        lines.append(compressor.compress(line))

    watching = asyncio.ensure_future(_watch(run, _wanted(), stop))
    try:
        if run not in _stopped:
            await ask(asking, iter(shard.units()), emit, standing, stop)
    finally:
        watching.cancel()
    return Outcome(tuple(ids), b"".join(lines) + compressor.flush(), standing.outcomes)


async def _watch(run: str, wanted: Callable[[], bool], stop: asyncio.Event) -> None:
    """Stop where the scan was, or where nobody is left who wants to know."""
    while run not in _stopped and wanted():  # noqa: ASYNC110 - neither of them is told to this loop
        await asyncio.sleep(_LOOK)
    stop.set()


def _wanted() -> Callable[[], bool]:
    """Tells whether this task is still wanted, as far as its worker knows."""
    from distributed import get_worker

    worker = get_worker()
    key = worker.get_current_task()

    def wanted() -> bool:
        task = worker.state.tasks.get(key)
        return task is not None and task.state != "cancelled"

    return wanted


def _stop(run: str) -> None:
    """On a worker: stop what it does for this scan."""
    _stopped.add(run)
