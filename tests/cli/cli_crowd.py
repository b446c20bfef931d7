"""A mail server at every address of 127.0.0.0/8, which says little, and counts who comes."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import Counter
from collections.abc import AsyncIterator, Iterator

from cli_servers import beside

GUARD = 30
ANSWERS = {b"EHLO": b"250-mx.example\r\n250 HELP\r\n", b"HELP": b"214 ask\r\n", b"QUIT": b"221 bye\r\n"}
MILLISECONDS = 0.004


class Crowd:
    """A server at every loopback address. ``met`` counts the connections to each, ``most`` is how
    many there were at a time that had not said QUIT.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.met: Counter[str] = Counter()
        self.most = self._at_work = 0
        self._news = threading.Condition()

    @property
    def connections(self) -> int:
        return self.met.total()

    def welcome(self, address: str) -> None:
        with self._news:
            self.met[address] += 1
            self._at_work += 1
            self.most = max(self.most, self._at_work)
            self._news.notify_all()

    def bid_farewell(self) -> None:
        with self._news:
            self._at_work -= 1

    def until(self, connections: int) -> None:
        """Wait for so many connections in all."""
        with self._news:
            assert self._news.wait_for(lambda: self.connections >= connections, GUARD)


@contextlib.contextmanager
def crowd() -> Iterator[Crowd]:
    @contextlib.asynccontextmanager
    async def serving() -> AsyncIterator[Crowd]:
        talks: set[asyncio.Task[None]] = set()

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            # Who was killed resets the connection.
            with contextlib.suppress(ConnectionError):
                it.welcome(writer.get_extra_info("sockname")[0])
                writer.write(b"220 mx.example ESMTP\r\n")
                while line := await reader.readline():
                    await asyncio.sleep(MILLISECONDS)
                    verb = line[:4].upper()
                    if verb == b"QUIT":
                        it.bid_farewell()
                    writer.write(ANSWERS.get(verb, b"502 no\r\n"))
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

        def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.get_running_loop().create_task(talk(reader, writer))
            talks.add(task)
            task.add_done_callback(talks.discard)

        listener = await asyncio.start_server(met, "0.0.0.0", 0, backlog=500)
        it = Crowd(listener.sockets[0].getsockname()[1])
        try:
            yield it
        finally:
            listener.close()
            await asyncio.gather(*talks)

    with beside(serving()) as server:
        yield server
