"""A worker process: it is sent shards, asks their servers side by side, and puts each line into its shard's file."""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import socket
from collections import deque
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from msgspec import Struct

from smtpprobe.scan.asking import Asking
from smtpprobe.scan.errors import ScanError
from smtpprobe.scan.results import Result, ResultFile
from smtpprobe.scan.sharding import Shard
from smtpprobe.scanning import Scanned, Standing, Unit

#: Asks servers: how, which (None: no more for the moment), what to do with each line, what to tell, when to stop.
Ask: TypeAlias = Callable[
    [Asking, Iterator[Unit | None], Callable[[Scanned, bytes], None], Standing, asyncio.Event],
    Coroutine[Any, Any, None],
]

#: How often a worker tells how it stands, and puts what it has on the disk. Seconds.
_TELL = 0.5


class Begin(Struct, frozen=True):
    """The first message to a worker: how to ask, and where the files are put."""

    asking: Asking
    folder: Path


class Give(Struct, frozen=True):
    """A shard to a worker, for the how manyeth time."""

    shard: Shard
    attempt: int


class Next(Struct, frozen=True):
    """A worker begins its last shard: it could do with another."""


class End(Struct, frozen=True):
    """No shard comes any more."""


class Stop(Struct, frozen=True):
    """End soon, and hand in what there is."""


class Told(Struct, frozen=True):
    """How a worker stands. ``unfinished`` servers were asked of shards that are not handed in."""

    standing: Standing
    unfinished: int


class Fault(Struct, frozen=True):
    """Why a worker cannot go on, in a sentence."""

    words: str


def pack(message: Struct) -> bytes:
    data = pickle.dumps(message)
    return len(data).to_bytes(8, "big") + data


async def receive(reader: asyncio.StreamReader) -> Any:
    """The next message; None when there will be none, for the other side is gone."""
    try:
        length = int.from_bytes(await reader.readexactly(8), "big")
        return pickle.loads(await reader.readexactly(length))
    except (asyncio.IncompleteReadError, OSError):
        return None


def new_loop() -> asyncio.AbstractEventLoop:
    """uvloop's loop where that is installed, else asyncio's own."""
    try:
        from uvloop import new_event_loop
    except ImportError:
        return asyncio.new_event_loop()
    loop: asyncio.AbstractEventLoop = new_event_loop()
    return loop


def words_of(error: BaseException) -> str:
    """What a worker could not go on for, in one sentence."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    if isinstance(error, ScanError):
        return str(error)
    return f"A worker failed ({type(error).__name__}: {error}): report that, with the command that you gave."


def live(sock: socket.socket, ask: Ask) -> None:
    """What a process forked for it does, from its first moment to its last. Never returns, and flushes no stream."""
    # The terminal tells everybody who works for it to stop; the scan tells its workers how.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    signal.set_wakeup_fd(-1)
    try:
        with asyncio.Runner(loop_factory=new_loop) as runner:
            runner.run(_work(sock, ask))
    finally:
        os._exit(0)


async def _work(sock: socket.socket, ask: Ask) -> None:
    reader, writer = await asyncio.open_unix_connection(sock=sock)
    begin = await receive(reader)
    if begin is None:
        return
    desk = _Desk(begin.folder, lambda message: writer.write(pack(message)))
    stop = asyncio.Event()
    listening = asyncio.ensure_future(_listen(reader, desk, stop))
    telling = asyncio.ensure_future(_tell(desk))
    try:
        await ask(begin.asking, desk.units(), desk.emit, desk.standing, stop)
        desk.hand_in()
    except Exception as error:
        desk.tell(Fault(words_of(error)))
    listening.cancel()
    telling.cancel()
    await writer.drain()
    writer.close()
    await writer.wait_closed()


async def _listen(reader: asyncio.StreamReader, desk: _Desk, stop: asyncio.Event) -> None:
    while (message := await receive(reader)) is not None:
        match message:
            case Give():
                desk.put(message)
            case End():
                desk.ended = True
            case Stop():
                stop.set()
    # Nobody is left to work for. What is written can be salvaged.
    try:
        desk.flush()
    finally:
        os._exit(1)


async def _tell(desk: _Desk) -> None:
    while True:
        await asyncio.sleep(_TELL)
        desk.flush()
        desk.tell(desk.told())


class _InHand(Struct, eq=False):
    """A shard that is being asked, and the ids of the servers that were."""

    shard: Shard
    lines: ResultFile
    done: list[int]


class _Desk:
    """The shards of this worker."""

    def __init__(self, folder: Path, tell: Callable[[Struct], None]) -> None:
        self.tell = tell
        self.standing = Standing(phase="servers")
        self.ended = False
        self._folder = folder
        self._untouched: deque[Give] = deque()
        self._in_hand: dict[int, _InHand] = {}
        self._of: dict[int, _InHand] = {}

    def put(self, given: Give) -> None:
        self._untouched.append(given)

    def units(self) -> Iterator[Unit | None]:
        """The servers of one shard after the other, None while the next is on its way."""
        while True:
            if self._untouched:
                given = self._untouched.popleft()
                self.tell(Next())
                shard = given.shard
                one = _InHand(shard, ResultFile(self._folder, shard.number, given.attempt), [])
                self._in_hand[shard.number] = one
                self._of.update(dict.fromkeys(shard.ids, one))
                yield from shard.units()
            elif self.ended:
                return
            else:
                yield None

    def emit(self, scanned: Scanned, line: bytes) -> None:
        assert scanned.unit is not None
        one = self._of.pop(scanned.unit.id)
        one.lines.add(line)
        one.done.append(scanned.unit.id)
        if len(one.done) == len(one.shard.ids):
            del self._in_hand[one.shard.number]
            self._finish(one)

    def flush(self) -> None:
        for one in self._in_hand.values():
            one.lines.flush()

    def hand_in(self) -> None:
        """The results there are of shards that will not be finished, for the scan was stopped."""
        begun, self._in_hand = self._in_hand, {}
        for one in begun.values():
            if one.done:
                self._finish(one)

    def told(self) -> Told:
        return Told(self.standing, sum([len(one.done) for one in self._in_hand.values()]))

    def _finish(self, one: _InHand) -> None:
        self.tell(Result(one.shard.number, tuple(one.done), one.lines.finish()))
        self.tell(self.told())
