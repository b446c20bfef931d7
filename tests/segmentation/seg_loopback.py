"""A listening server that plays a transcript, each answer in the segments that a test wants, TLS included."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
from collections.abc import AsyncIterator

from seg_replay import Answering, Connected, Cutter, Said, owed
from seg_transcript import CLOSE, RESET, TLS, Transcript


class Loopback:
    """``segments`` counts what was written, a segment a time."""

    def __init__(self, transcript: Transcript, cut: Cutter, context: ssl.SSLContext) -> None:
        self._answering = Answering(transcript)
        self._cut, self._context = cut, context
        self._talks: set[asyncio.Task[None]] = set()
        self.segments = 0
        self.mistakes: list[BaseException] = []

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talks.add(task)
        try:
            await self._talk(reader, writer)
        except (ConnectionError, ssl.SSLError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # The client hung up, or the run is over.
        except BaseException as mistake:
            self.mistakes.append(mistake)
        finally:
            writer.transport.abort()
            self._talks.discard(task)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connected = Connected(self._answering)
        said = connected.greet()
        await self._say(writer, said, 1)
        while said.then not in (CLOSE, RESET):
            if said.then == TLS:
                await writer.start_tls(self._context)
            lines = await self._group(reader)
            said = connected.hear(lines)
            await self._say(writer, said, len(lines))
        if said.then == RESET:
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        else:
            writer.close()
            await writer.wait_closed()

    async def _group(self, reader: asyncio.StreamReader) -> list[bytes]:
        """The commands of one segment of the client's."""
        data = await reader.readuntil(b"\n")
        # What came with it is read already; there is no other way to look.
        waiting: bytearray = reader._buffer  # type: ignore[attr-defined]
        while b"\n" in waiting:
            data += await reader.readuntil(b"\n")
        return data.split(b"\r\n")[:-1]

    async def _say(self, writer: asyncio.StreamWriter, said: Said, commands: int) -> None:
        """What nobody asked for goes out with the last octet that somebody did ask for.

        The client would else speak in between, and a reply too many that comes after a command is its answer.
        """
        end = owed(said.octets, commands)
        pieces = self._cut(said.octets[:end])
        pieces[-1] += said.octets[end:]
        for piece in pieces:
            if piece:
                self.segments += 1
                writer.write(piece)
                await writer.drain()
                # The client's turn: it reads this segment before the next one goes out.
                await asyncio.sleep(0)
                await asyncio.sleep(0)

    async def end(self) -> None:
        for task in list(self._talks):
            task.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)
        if self.mistakes:
            raise self.mistakes[0]


@contextlib.asynccontextmanager
async def listening(
    transcript: Transcript, cut: Cutter, context: ssl.SSLContext
) -> AsyncIterator[tuple[Loopback, str, int]]:
    """The server, and where it listens."""
    server = Loopback(transcript, cut, context)
    listener = await asyncio.start_server(server.meet, "127.0.0.1", 0)
    host, port = listener.sockets[0].getsockname()[:2]
    try:
        yield server, host, port
    finally:
        listener.close()
        await server.end()
