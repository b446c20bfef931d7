"""Servers that take their time, among others that do not: a conversation that merely waits holds nobody up."""

from __future__ import annotations

import asyncio

import msgspec

from smtpprobe.scan.asking import Asking
from smtpprobe.scan.main import ask
from smtpprobe.scan.pacing import Pace
from smtpprobe.scan.visit import USUAL
from smtpprobe.scanning import Scanned, Standing, Unit

GUARD = 30
SILENT = "127.0.1."
PROMPT = 20
AT_ONCE = 3


class Server(asyncio.Protocol):
    """Silent at some addresses, prompt at the others."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        if not transport.get_extra_info("sockname")[0].startswith(SILENT):
            transport.write(b"220 prompt.example ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        self.transport.write(b"221 bye\r\n" if data.startswith(b"QUIT") else b"250 prompt.example\r\n")


def asked(silent: int, timeout: float) -> tuple[list[str], Standing]:
    """Who was done with, in this order, until all prompt servers were."""
    standing, stop, done = Standing(), asyncio.Event(), list[str]()

    def emit(scanned: Scanned, line: bytes) -> None:
        assert scanned.unit is not None
        done.append(scanned.unit.address)
        if sum(not address.startswith(SILENT) for address in done) == PROMPT:
            stop.set()

    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(Server, "0.0.0.0", 0)
        port = server.sockets[0].getsockname()[1]
        addresses = [f"{SILENT}{n}" for n in range(1, silent + 1)] + [f"127.0.2.{n}" for n in range(1, PROMPT + 1)]
        units = iter([Unit(number, address, port) for number, address in enumerate(addresses, 1)])
        settings = msgspec.structs.replace(USUAL, ehlo_name="client.example.org", greeting_timeout=timeout)
        async with asyncio.timeout(GUARD), server:
            await ask(Asking(settings, Pace(), AT_ONCE), units, emit, standing, stop)

    asyncio.run(run())
    return done, standing


def test_silent_servers_take_no_turn_from_the_others() -> None:
    done, _ = asked(silent=AT_ONCE, timeout=10 * GUARD)

    assert len(done) == PROMPT


def test_so_many_may_wait_and_no_more() -> None:
    silent = 20 * AT_ONCE

    done, _ = asked(silent, timeout=0.5)

    # Each of them was given up before a turn came for the others, ten at a time for each that is under way.
    waited = [address for address in done if address.startswith(SILENT)]
    assert len(waited) >= silent - 11 * AT_ONCE


def test_whoever_took_over_ends_with_the_others() -> None:
    done, standing = asked(silent=2 * AT_ONCE, timeout=0.4)

    assert standing.done == len(done)
    assert len(set(done)) == len(done)
