"""A client of plain asyncio streams for the tests of the fake server, and the one way to run it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any, Self

from smtpprobe.fake import FakeServer, Personality
from smtpprobe.fake.certificates import client_context

PATIENCE = 10
_clients: list[Client] = []


class Client:
    """One connection. Replies are text, their lines joined by newlines; "" is the end of the connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        _clients.append(self)

    @classmethod
    async def connect(cls, server: FakeServer, **options: Any) -> Self:
        if server.path is not None:
            return cls(*await asyncio.open_unix_connection(server.path))
        return cls(*await asyncio.open_connection(server.host, server.port, **options))

    async def hear(self) -> str:
        lines: list[str] = []
        while not lines or lines[-1][3:4] == "-":
            try:
                line = await asyncio.wait_for(self.reader.readline(), PATIENCE)
            except ConnectionResetError:
                line = b""
            if not line:
                break
            lines.append(line.decode("latin-1").removesuffix("\r\n"))
        return "\n".join(lines)

    async def say(self, line: str | bytes) -> str:
        self.writer.write((line.encode() if isinstance(line, str) else line) + b"\r\n")
        return await self.hear()

    async def start_tls(self, hostname: str) -> None:
        await self.writer.start_tls(client_context(), server_hostname=hostname)

    async def close(self) -> None:
        self.writer.close()
        with contextlib.suppress(OSError):
            await self.writer.wait_closed()


def hold(personality: Personality, talk: Callable[[FakeServer, Client], Awaitable[None]], **options: Any) -> FakeServer:
    """Serve this personality to one client; fails if asyncio complained of anything or a task was left behind.

    Clients that did not close see the server go first.
    """
    complaints: list[object] = []

    async def main() -> FakeServer:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
        before = asyncio.all_tasks()
        async with FakeServer(personality, **options) as server:
            await talk(server, await Client.connect(server))
        assert asyncio.all_tasks() == before
        while _clients:
            await _clients.pop().close()
        return server

    server = asyncio.run(main())
    assert complaints == []
    return server
