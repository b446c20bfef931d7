"""A relay on loopback that makes a server as far away as one likes, and counts the turns of the conversations.

What goes through is passed on unread.
"""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any

CHUNK = 64 * 1024
ONE_WAY = 0.05


class Relay:
    """Passes octets on, each ``one_way`` seconds after it came, in either direction.

    ``turns`` counts how often a client spoke again after it had heard something: its round trips, but for the greeting.
    """

    def __init__(self, host: str, port: int, one_way: float) -> None:
        self.port = 0
        self.turns = 0
        self.connections = 0
        self._server_address = host, port
        self._one_way = one_way

    async def serve(self, started: threading.Event, stop: asyncio.Event) -> None:
        """Listen until told to stop."""
        server = await asyncio.start_server(self._relay, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        async with server:
            await stop.wait()

    async def _relay(self, from_client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        self.connections += 1
        await asyncio.sleep(self._one_way)
        from_server, to_server = await asyncio.open_connection(*self._server_address)
        spoke = [""]
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._direction("client", spoke, from_client, to_server))
                both.create_task(self._direction("server", spoke, from_server, to_client))
        finally:
            to_server.close()
            to_client.close()

    async def _direction(
        self, who: str, spoke: list[str], source: asyncio.StreamReader, sink: asyncio.StreamWriter
    ) -> None:
        """One way: a queue holds each piece until its time has come, so that none overtakes another."""
        due: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        clock = asyncio.get_running_loop().time

        async def deliver() -> None:
            octets = b"-"
            while octets:
                when, octets = await due.get()
                await asyncio.sleep(when - clock())
                # Whoever listened may be gone by now.
                with suppress(OSError):
                    sink.write(octets) if octets else sink.write_eof()

        async with asyncio.TaskGroup() as group:
            group.create_task(deliver())
            while True:
                try:
                    octets = await source.read(CHUNK)
                except ConnectionError:
                    octets = b""
                if octets and who == "client" and spoke[0] == "server":
                    self.turns += 1
                spoke[0] = who
                due.put_nowait((clock() + self._one_way, octets))
                if not octets:
                    return


@contextmanager
def relaying(host: str, port: int, one_way: float = ONE_WAY) -> Iterator[Relay]:
    """A relay in front of this server, in a thread of its own."""
    relay = Relay(host, port, one_way)
    started, stop = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=_run, args=(loop, relay.serve(started, stop)), daemon=True)
    thread.start()
    try:
        started.wait()
        yield relay
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()


def _run(loop: asyncio.AbstractEventLoop, serving: Coroutine[Any, Any, None]) -> None:
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(serving)
