"""Three mail servers of two addresses each: trace talks to all six at once, and no address costs more than alone."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from senders import traced
from servers.base import free_port
from servers.dns import DnsServer, Zone

ADDRESSES = tuple(f"127.0.26.{number}" for number in range(1, 7))
SECONDS = 20
#: Connect with its greeting, EHLO, MAIL with RCPT and RSET, QUIT; without TLS, and with PIPELINING.
ROUND_TRIPS = 4
REPLIES = {
    "EHLO": "250-mx.example.net\r\n250 PIPELINING",
    "MAIL": "250 2.1.0 Ok",
    "RCPT": "250 2.1.5 Ok",
    "RSET": "250 2.0.0 Ok",
    "QUIT": "221 2.0.0 Bye",
}
ZONES = {
    "example.net": Zone(
        "".join(f"@ MX {10 * mx} mx{mx}\n" for mx in (1, 2, 3))
        + "".join(f"mx{1 + number // 2} A {address}\n" for number, address in enumerate(ADDRESSES))
    ),
    "alone.example.net": Zone(f"@ MX 10 mx\nmx A {ADDRESSES[0]}"),
}


class Waiting:
    """Servers that greet nobody, and answer no RCPT, before ``together`` connections have come as far."""

    def __init__(self, port: int, together: int) -> None:
        self.port = port
        self.started, self.over = threading.Event(), asyncio.Event()
        self._greeting, self._rcpt = asyncio.Barrier(together), asyncio.Barrier(together)

    async def serve(self) -> None:
        server = await asyncio.start_server(self._talk, ADDRESSES, self.port)
        self.started.set()
        async with server:
            await self.over.wait()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, EOFError, asyncio.BrokenBarrierError, TimeoutError):
            await self._met(self._greeting)
            writer.write(b"220 mx.example.net ESMTP\r\n")
            verb = ""
            while verb != "QUIT":
                verb = (await reader.readuntil(b"\r\n")).decode().split()[0].upper()
                if verb == "RCPT":
                    await self._met(self._rcpt)
                writer.write(f"{REPLIES[verb]}\r\n".encode())
        writer.close()

    async def _met(self, barrier: asyncio.Barrier) -> None:
        async with asyncio.timeout(SECONDS):
            await barrier.wait()


@contextmanager
def waiting(port: int, together: int) -> Iterator[None]:
    """In a thread of its own."""
    loop = asyncio.new_event_loop()
    servers = Waiting(port, together)

    def run() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(servers.serve())

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        assert servers.started.wait(SECONDS)
        yield
    finally:
        loop.call_soon_threadsafe(servers.over.set)
        thread.join()


@pytest.mark.parametrize(("domain", "addresses"), [("example.net", 6), ("alone.example.net", 1)])
def test_every_address_is_walked_at_once(dns_servers: Callable[..., DnsServer], domain: str, addresses: int) -> None:
    """If one waited for another, all six would wait for ever."""
    dns = dns_servers(ZONES)
    port = free_port()
    line = ["trace", f"ann@{domain}", "--from", "bob@example.org", "--allow-private", "--port", str(port)]
    with waiting(port, addresses):
        ended = traced([*line, "--resolver", dns.resolver, "--timeout", str(SECONDS)], {})
    routes = ended.document["routes"]
    assert [route["outcome"] for route in routes] == ["answered"] * addresses
    trips = [route["timing"]["round_trips"] for route in routes]
    assert max(trips) <= ROUND_TRIPS
    assert ended.document["timing"]["round_trips"] == sum(trips)
