"""Several processes on this machine that ask servers: which of them asks which shard, and what to do if one is lost."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import time
from collections import Counter, deque
from collections.abc import AsyncIterator, Coroutine, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from smtpprobe.scan.asker import Ask, Begin, End, Fault, Give, Next, Stop, Told, live, pack, receive
from smtpprobe.scan.asking import Asking
from smtpprobe.scan.errors import ScanError
from smtpprobe.scan.results import Result, discard, prepare, remove
from smtpprobe.scan.sharding import Shard
from smtpprobe.scanning import Standing

#: How often a shard is tried that workers are lost with.
TRIES = 3
#: For so many seconds a worker that is of no use any more may take to end.
_PATIENCE = 2.0
_LOST = (
    "{} were lost before they had done their part: look whether memory ran out, then give the same command again, "
    "which goes on where this ended."
)


class Processes:
    """So many workers, forked at once from what is loaded now: make them before there is an event loop or a thread.

    What ``ask`` will need is best loaded before, and ``swept_seldom`` entered: a worker shares with this process what
    it had when it was forked. They last for one run. Raises ScanError where processes cannot be forked.
    """

    def __init__(self, number: int, ask: Ask) -> None:
        if not hasattr(os, "fork"):
            raise ScanError("This system cannot fork a process: leave --workers out.")
        self.pids: list[int] = []
        self._sockets: list[socket.socket] = []
        try:
            for _ in range(number):
                self._fork(ask)
        except OSError as error:
            self.close()
            reason = error.strerror or error
            raise ScanError(f"No more processes can be started ({reason}): ask for fewer --workers.") from None

    def _fork(self, ask: Ask) -> None:
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            # A worker that held our end of another's socket would hide from that one that we are gone.
            for other in (*self._sockets, ours):
                other.close()
            live(theirs, ask)
        theirs.close()
        self._sockets.append(ours)
        self.pids.append(pid)

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.pids)

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End those that are left. What they have not handed in stays in their files."""
        for sock in self._sockets:
            sock.close()
        patience = time.monotonic() + _PATIENCE
        for pid in self.pids:
            # A worker that finds its socket closed writes down what it has, and ends.
            while not os.waitpid(pid, os.WNOHANG)[0]:
                if time.monotonic() > patience:
                    os.kill(pid, signal.SIGKILL)
                time.sleep(0.005)
        self.pids.clear()
        self._sockets.clear()

    async def run_shards(
        self, asking: Asking, shards: Iterator[Shard | None], folder: Path, standing: Standing, stop: asyncio.Event
    ) -> AsyncIterator[Result]:
        """What comes of the shards, in any order. Each worker does its part of what ``asking`` allows.

        The files are put into ``folder``, which is emptied first. Set ``stop``, and what was begun is handed in as far
        as it came. ``standing`` is kept up to date but for its total, rate and time left. ``shards`` may yield None
        for a breath. Raises ScanError when no worker is left, or three were lost with the same shard.
        """
        prepare(folder)
        workers = [await _Worker.at(sock) for sock in self._sockets]
        begin = Begin(asking.part(len(workers)), folder)
        run = _Run(workers, shards, standing, begin)
        try:
            async for result in run.results(stop):
                yield result
        finally:
            for worker in workers:
                worker.writer.transport.abort()
                with contextlib.suppress(OSError):
                    await worker.writer.wait_closed()
            self.close()
            remove(folder)


class _Worker(Struct, eq=False):
    """One worker as it is known here: the shards that it has, and how often each was given to somebody."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    shards: dict[int, Give]
    told: Told

    @classmethod
    async def at(cls, sock: socket.socket) -> _Worker:
        reader, writer = await asyncio.open_unix_connection(sock=sock)
        return cls(reader, writer, {}, Told(Standing(), 0))

    def send(self, message: Struct) -> None:
        self.writer.write(pack(message))


class _Run:
    """One run of some workers."""

    def __init__(
        self, workers: list[_Worker], shards: Iterator[Shard | None], standing: Standing, begin: Begin
    ) -> None:
        self._workers = workers
        self._shards = shards
        self._standing = standing
        self._begin = begin
        self._before = Standing(done=standing.done, outcomes=dict(standing.outcomes))
        self._handed_in = 0
        self._lost: deque[Give] = deque()
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._alive = set(workers)
        #: Set when a shard was done or lost.
        self._changed = asyncio.Event()
        #: None: there will be none any more.
        self._results: asyncio.Queue[Result | Exception | None] = asyncio.Queue()
        #: No shard is given out any more, for all are done or the scan is to stop.
        self._ending = False
        for worker in workers:
            worker.send(begin)
            # One to ask and one for when that is under way.
            self._idle.put_nowait(worker)

    async def results(self, stop: asyncio.Event) -> AsyncIterator[Result]:
        works = [self._hand_out(), self._stop(stop), *[self._hear(worker) for worker in self._workers]]
        tasks = [asyncio.ensure_future(self._surely(work)) for work in works]
        try:
            while (result := await self._results.get()) is not None:
                if isinstance(result, Exception):
                    raise result
                yield result
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _surely(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as error:
            self._results.put_nowait(error)

    async def _hand_out(self) -> None:
        """Give every shard to a worker that could do with one, and those of lost workers to others."""
        while (given := await self._next()) is not None:
            while (worker := await self._idle.get()) not in self._alive:
                pass
            worker.shards[given.shard.number] = given
            worker.send(given)
        self._ending = True
        for worker in self._alive:
            worker.send(End())

    async def _next(self) -> Give | None:
        """The next shard to be asked; None when all are done."""
        while not self._ending:
            if self._lost:
                return self._lost.popleft()
            shard = next(self._shards, self)
            if isinstance(shard, Shard):
                return Give(shard, 1)
            if shard is None:
                await asyncio.sleep(0)
            elif any(worker.shards for worker in self._workers):
                self._changed.clear()
                await self._changed.wait()
            else:
                break
        return None

    async def _stop(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._ending = True
        self._changed.set()
        for worker in self._alive:
            worker.send(Stop())

    async def _hear(self, worker: _Worker) -> None:
        """What a worker says, to its end."""
        while (message := await receive(worker.reader)) is not None:
            match message:
                case Next():
                    self._idle.put_nowait(worker)
                case Result():
                    del worker.shards[message.number]
                    self._handed_in += len(message.ids)
                    self._changed.set()
                    self._results.put_nowait(message)
                case Told():
                    worker.told = message
                    self._tell()
                case Fault():
                    raise ScanError(message.words)
        self._gone(worker)

    def _gone(self, worker: _Worker) -> None:
        """It has done what there was to do, or was lost."""
        self._alive.discard(worker)
        if not self._ending:
            if any(given.attempt == TRIES for given in worker.shards.values()):
                raise ScanError(_LOST.format(f"{TRIES} workers"))
            # Its connections have ended only now.
            pause = self._begin.asking.pace.per_address_gap
            asyncio.get_running_loop().call_later(pause, self._give_away, worker)
        worker.told = Told(Standing(outcomes=worker.told.standing.outcomes), 0)
        self._tell()
        if not self._alive:
            if not self._ending:
                raise ScanError(_LOST.format("All workers"))
            self._results.put_nowait(None)

    def _give_away(self, worker: _Worker) -> None:
        """Let others have the shards of a lost worker."""
        for given in worker.shards.values():
            discard(self._begin.folder, given.shard.number, given.attempt)
            self._lost.append(Give(given.shard, given.attempt + 1))
        worker.shards.clear()
        self._changed.set()

    def _tell(self) -> None:
        """Say how all of them stand together."""
        together = [worker.told.standing for worker in self._workers]
        self._standing.in_flight = sum([one.in_flight for one in together])
        self._standing.waiting = sum([one.waiting for one in together])
        self._standing.done = self._before.done + self._handed_in + sum([one.told.unfinished for one in self._workers])
        outcomes = Counter(self._before.outcomes)
        for one in together:
            outcomes.update(one.outcomes)
        self._standing.outcomes = dict(outcomes)
