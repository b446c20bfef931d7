"""A fake server that listens: opens and closes its sockets and keeps its log. It decides no reply."""

from __future__ import annotations

import asyncio
import os
import ssl
from contextlib import suppress
from types import TracebackType
from typing import Self, cast

from smtpprobe.fake.certificates import server_context
from smtpprobe.fake.engine import Engine
from smtpprobe.fake.mailbag import Mailbag, Message
from smtpprobe.fake.personality import Personality

LOG_LIMIT = 10_000


class _Doorman(asyncio.Protocol):
    """Shakes hands before it lets an Engine in: implicit TLS (RFC 8314 3)."""

    def __init__(self, server: FakeServer, context: ssl.SSLContext) -> None:
        self._server = server
        self._context = context
        self._transport: asyncio.BaseTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._server.opened(self, asyncio.get_running_loop().create_task(self._admit(transport)))

    def connection_lost(self, error: Exception | None) -> None:
        self._server.lost(self)

    async def _admit(self, transport: asyncio.BaseTransport) -> None:
        engine = Engine(self._server, self._context)
        loop = asyncio.get_running_loop()
        try:
            secured = await loop.start_tls(
                cast("asyncio.WriteTransport", transport), engine, self._context, server_side=True
            )
        finally:
            self._server.lost(self)
        if secured is not None and not transport.is_closing():
            engine.connection_made(secured)

    def abort(self) -> None:
        """Drop the connection now."""
        if isinstance(self._transport, asyncio.WriteTransport):
            self._transport.abort()


class FakeServer:
    """``async with FakeServer(load("postfix")) as server:`` listens on ``server.host`` and ``server.port``.

    ``path`` asks for a UNIX socket instead. ``tls`` replaces the certificate that is made for the personality.
    ``connections`` counts the connections taken so far; ``log`` holds (connection number, line received without its
    line end) for the first 10,000 lines. ``personality`` may be replaced while it runs, for
    the connections to come.
    """

    def __init__(
        self,
        personality: Personality,
        host: str = "127.0.0.1",
        port: int = 0,
        tls: ssl.SSLContext | None = None,
        path: str | None = None,
    ) -> None:
        self.personality = personality
        self.host = host
        self.port = port
        self.path = path
        self.connections = 0
        self.log: list[tuple[int, bytes]] = []
        self._tls = tls
        self._mailbag = Mailbag()
        self._open: set[Engine | _Doorman] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._listener: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        it = self.personality
        context = self._tls or server_context(it.hostname, it.certificate)
        room = _Doorman if it.implicit_tls else Engine
        if self.path is not None:
            self._listener = await loop.create_unix_server(lambda: room(self, context), self.path)
        else:
            self._listener = await loop.create_server(lambda: room(self, context), self.host, self.port)
            self.host, self.port = self._listener.sockets[0].getsockname()[:2]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        assert self._listener is not None
        self._listener.close()
        while self._tasks:
            for connection in tuple(self._open):
                connection.abort()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            # Tasks that are done already make gather return without a turn of the loop, in which they would sign off.
            await asyncio.sleep(0)
        # An aborted transport closes its socket in the next turn of the loop, and TLS tells its user in the one after.
        for _ in range(3):
            await asyncio.sleep(0)
        await self._listener.wait_closed()
        if self.path is not None:
            with suppress(FileNotFoundError):
                os.unlink(self.path)

    @property
    def crowded(self) -> bool:
        """Are more connections open than the personality bears?"""
        most = self.personality.manners.max_connections
        return most is not None and len(self._open) > most

    def opened(self, connection: Engine | _Doorman, task: asyncio.Task[None]) -> None:
        """A connection is open, and this task is busy with it."""
        self._open.add(connection)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def count(self) -> int:
        """The number of a connection that can be talked on, counted from 1."""
        self.connections += 1
        return self.connections

    def lost(self, connection: Engine | _Doorman) -> None:
        """A connection has ended."""
        self._open.discard(connection)

    def heard(self, connection: int, line: bytes) -> None:
        """A line came in."""
        if len(self.log) < LOG_LIMIT:
            self.log.append((connection, line))

    def took(self, message: Message) -> None:
        """A message was taken."""
        self._mailbag.put(message)

    @property
    def messages(self) -> tuple[Message, ...]:
        """The last 100 messages that were taken, or as many of them as 16 MiB hold."""
        return self._mailbag.messages

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        # A client that resets its connection ends the task with ConnectionResetError: no fault of the server.
        if not task.cancelled() and (error := task.exception()) and not isinstance(error, OSError):
            asyncio.get_running_loop().call_exception_handler(
                {"message": "fault in the fake server", "exception": error}
            )
