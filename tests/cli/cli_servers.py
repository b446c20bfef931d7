"""Servers for a command line that runs its own event loop: each lives in a thread of its own beside it."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import TypeVar

from smtpprobe.fake import FakeServer, load
from smtpprobe.fake.library import parse

sys.path.append(str(Path(__file__).parents[1] / "names"))
import scripted_dns as scripted_dns

T = TypeVar("T")
PATIENCE = 20


@contextlib.contextmanager
def beside(context: AbstractAsyncContextManager[T]) -> Iterator[T]:
    """Enter an asynchronous context in a thread with a loop of its own; leave it at the end."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    def wait(work: Awaitable[object]) -> object:
        async def awaited() -> object:
            return await work

        return asyncio.run_coroutine_threadsafe(awaited(), loop).result(PATIENCE)

    try:
        value = wait(context.__aenter__())
        try:
            yield value  # type: ignore[misc]
        finally:
            wait(context.__aexit__(None, None, None))
            wait(loop.shutdown_asyncgens())
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE)
        loop.close()


@contextlib.contextmanager
def fake(personality: str = "demo", **where: str) -> Iterator[FakeServer]:
    """A fake server; ``personality`` is a name, or TOML where it has a line end."""
    kind = parse(personality.encode(), "test.toml") if "\n" in personality else load(personality)
    with beside(FakeServer(kind, **where)) as server:  # type: ignore[arg-type]
        yield server


def at(server: FakeServer) -> str:
    """What to call it on the command line."""
    return f"{server.host}:{server.port}"


def said(server: FakeServer) -> list[str]:
    """All lines that it heard."""
    return [line.decode("latin-1") for _, line in server.log]


class Blunt:
    """Says its piece to whoever connects, then hangs up or listens. ``heard`` is all it got, ``over`` that one left."""

    def __init__(self, port: int) -> None:
        self.address = f"127.0.0.1:{port}"
        self.port = port
        self.heard = b""
        self.over = threading.Event()


@contextlib.contextmanager
def blunt(*says: bytes, hang_up: bool = False) -> Iterator[Blunt]:
    """A server that is no mail server, or a bad one: it says all at once and answers nothing."""

    @contextlib.asynccontextmanager
    async def serving() -> AsyncIterator[Blunt]:
        talks: list[asyncio.Task[None]] = []

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with contextlib.suppress(ConnectionError):
                writer.write(b"".join(says))
                await writer.drain()
                if not hang_up:
                    while data := await reader.read(4096):
                        it.heard += data
            it.over.set()
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

        def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            talks.append(asyncio.get_running_loop().create_task(talk(reader, writer)))

        listener = await asyncio.start_server(met, "127.0.0.1", 0)
        it = Blunt(listener.sockets[0].getsockname()[1])
        try:
            yield it
        finally:
            listener.close()
            # The client has hung up by now, as every run does at its end.
            await asyncio.gather(*talks)

    with beside(serving()) as server:
        yield server


@contextlib.contextmanager
def dns(script: Callable[..., scripted_dns.Answer] | scripted_dns.Zone) -> Iterator[str]:
    """A DNS server; gives its ``address:port``."""
    answer = script if callable(script) else scripted_dns.zone(script)
    with beside(scripted_dns.serve(answer)) as address:
        yield address


@contextlib.contextmanager
def closed_port() -> Iterator[str]:
    """An address where nothing listens, kept free of others."""
    import socket

    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{holder.getsockname()[1]}"
