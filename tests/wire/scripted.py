"""A server that does what a test's script says, byte for byte, and a client session to talk to it.

Nothing here knows SMTP: a script sends, waits for lines, upgrades, closes or resets as it likes.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, cast

from smtpprobe.model import Command, Exchange, Route
from smtpprobe.outcome import FailureKind, Stage
from smtpprobe.wire.dial import Dial, Line
from smtpprobe.wire.record import Record
from smtpprobe.wire.session import Session


class Peer:
    """One accepted connection in the hands of a script. ``heard`` are the lines that it read, ``number`` counts from 1.

    ``gone``: the client was seen to close it, or the script had reset it before. ``step`` is how long the client waits.
    """

    step = 5.0

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int = 1) -> None:
        self.reader = reader
        self.writer = writer
        self.number = number
        self.gone = False
        self.heard: list[bytes] = []

    def send(self, data: bytes) -> None:
        """Send at once, in a segment of its own where the loop has nothing queued."""
        self.writer.write(data)

    async def flood(self, data: bytes, times: int) -> None:
        """Send the same again and again, as fast as the client takes it, until it hangs up."""
        with contextlib.suppress(ConnectionError):
            for _ in range(times):
                self.writer.write(data)
                await self.writer.drain()

    async def drip(self, data: bytes) -> None:
        """Send one octet a segment."""
        for octet in data:
            self.writer.write(bytes([octet]))
            await asyncio.sleep(0.001)

    async def line(self) -> bytes:
        """The next line, without its CRLF; empty where the client has hung up."""
        line = (await self.reader.readline()).removesuffix(b"\r\n")
        self.heard.append(line)
        return line

    async def answer(self, *replies: bytes) -> None:
        """Hear a line, give a reply; and so on."""
        for reply in replies:
            await self.line()
            self.send(reply)

    async def rest(self) -> bytes:
        """All that comes until the client hangs up."""
        with contextlib.suppress(ConnectionError):
            data = await self.reader.read()
            self.heard += data.split(b"\r\n")[:-1]
            return data
        return b""

    async def until_gone(self) -> None:
        """Wait until the client has closed the connection, whatever it still says."""
        if not self.writer.transport.is_closing():
            cast("asyncio.Transport", self.writer.transport).resume_reading()
            with contextlib.suppress(OSError):
                while await self.reader.read(65_536):
                    pass
        self.gone = True

    async def starttls(self, context: ssl.SSLContext) -> None:
        # Python 3.11 forgets it, and asyncio then warns when the client closes.
        cast(Any, self.writer.transport.get_protocol())._over_ssl = True
        await self.writer.start_tls(context)

    async def handshake(self, context: ssl.SSLContext, behind: bytes = b"") -> None:
        """TLS by hand: alerts go out too, and ``behind`` goes out in the segment that ends the handshake."""
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = context.wrap_bio(incoming, outgoing, server_side=True)
        done = False
        while not done:
            came = await self.reader.read(65_536)
            if not came:
                raise ConnectionResetError("the client hung up in the handshake")
            incoming.write(came)
            try:
                tls.do_handshake()
                tls.write(behind)
                done = True
            except ssl.SSLWantReadError:
                pass
            except ssl.SSLError:
                done = True
            self.send(outgoing.read())

    def half_close(self) -> None:
        self.writer.write_eof()

    def reset(self) -> None:
        """Close with a RST instead of a FIN."""
        self.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Script = Callable[[Peer], Awaitable[None]]


async def silence(peer: Peer) -> None:
    """Listen until the client hangs up."""
    await peer.rest()


def greeting_and(reply: bytes, then: Script) -> Script:
    """Greet, answer the first line with this, and go on with another script."""

    async def script(peer: Peer) -> None:
        peer.send(b"220 mx.example\r\n")
        await peer.answer(reply)
        await then(peer)

    return script


async def leave(peer: Peer) -> None:
    """Hang up."""


class Server:
    """Where the scripted server listens, and whom it met."""

    def __init__(self) -> None:
        self.peers: list[Peer] = []
        self.address = ""
        self.port = 0
        self.path: str | None = None
        self.finished: list[asyncio.Task[None]] = []
        self._mistakes: list[BaseException] = []

    async def play(self, script: Script, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = Peer(reader, writer, len(self.peers) + 1)
        self.peers.append(peer)
        try:
            await script(peer)
        except (ConnectionError, asyncio.CancelledError):
            pass  # The client hung up, or the test is over.
        except BaseException as mistake:
            self._mistakes.append(mistake)
        finally:
            writer.transport.abort()

    @property
    def heard(self) -> list[bytes]:
        """What the only client said."""
        (peer,) = self.peers
        return peer.heard

    async def over(self) -> None:
        """Wait until every script has come to its end."""
        await asyncio.gather(*self.finished)

    async def end(self) -> None:
        for task in self.finished:
            task.cancel()
        await asyncio.gather(*self.finished, return_exceptions=True)
        if self._mistakes:
            raise self._mistakes[0]


@contextlib.asynccontextmanager
async def serving(
    script: Script, *, host: str = "127.0.0.1", path: str | None = None, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Server]:
    """A listening server; every connection plays the script from its beginning, and ends with it."""
    server = Server()

    def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server.finished.append(asyncio.get_running_loop().create_task(server.play(script, reader, writer)))

    if path is not None:
        listener = await asyncio.start_unix_server(met, path)
        server.path = path
    else:
        listener = await asyncio.start_server(met, host, 0, ssl=tls)
        server.address, server.port = listener.sockets[0].getsockname()[:2]
    try:
        yield server
    finally:
        listener.close()
        await server.end()


def session_to(server: Server, *, deadline: float = 30.0, **dial: Any) -> Session:
    """A session that is not open yet; small timeouts unless the test says otherwise."""
    given = {"timeout": 5.0, "greeting_timeout": 5.0, "path": server.path, **dial}
    route = Route("" if server.path else "mx.example", server.address, server.port)
    due = asyncio.get_running_loop().time() + deadline
    return Session(1, route, Dial("client.example", **given), Record(lambda _: None), due)


@contextlib.asynccontextmanager
async def talking(
    script: Script,
    *,
    host: str = "127.0.0.1",
    path: str | None = None,
    tls: ssl.SSLContext | None = None,
    implicit: bool = False,
    **dial: Any,
) -> AsyncIterator[tuple[Session, Server]]:
    """A session that is connected to a server with this script.

    TLS comes first where ``tls`` is the server's context, or where ``implicit`` leaves it to the script.
    """
    async with serving(script, host=host, path=path, tls=tls) as server:
        session = session_to(server, **dial)
        try:
            assert await session.connect(implicit_tls=implicit or tls is not None) is None
            yield session, server
        finally:
            session.close()


async def unusable(session: Session) -> None:
    """Wait until what the server sent unasked, or its FIN, has arrived; no event announces it."""
    while session.usable:  # noqa: ASYNC110
        await asyncio.sleep(0.005)


EHLO, NOOP, RSET = [Line(Command(line)) for line in (b"EHLO client.example", b"NOOP", b"RSET")]


async def fly(session: Session, *lines: Line, stage: Stage = Stage.CLEAR) -> list[Exchange]:
    return [session._record.exchanges[index] for index in await session.flight(lines, stage)]


def heard(session: Session) -> list[Exchange]:
    return session._record.exchanges


def kinds(exchanges: list[Exchange]) -> list[FailureKind | None]:
    return [one.failure.kind if one.failure else None for one in exchanges]


async def upgrade(session: Session) -> Exchange:
    """Hear the greeting and ask for TLS."""
    assert (await session.greeting()).code == 220
    return await session.starttls()


def kind_of(exchange: Exchange) -> FailureKind | None:
    return exchange.failure.kind if exchange.failure else None
