"""In place of a scan's own way of asking, for tests of those who work for it: no servers, but turns, time, lines."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator

import msgspec

from smtpprobe.model import Report, Target, Transcript
from smtpprobe.outcome import Outcome, Profile
from smtpprobe.run import Settings
from smtpprobe.scan.asking import Asking
from smtpprobe.scan.errors import ScanError
from smtpprobe.scan.pacing import Pace, Pacer
from smtpprobe.scanning import Scanned, Standing, Unit

#: Servers of these ports: how long they take, or what happens at them.
SLOW, TARPIT, SILENT, FULL_DISK, BUG, CRASH = 26, 27, 28, 29, 30, 31


def asking(at_once: int = 20, rate: float | None = None) -> Asking:
    settings = Settings(profile=Profile.EHLO, only=("help",), skip=("mail",), lanes=1, connections=1, timeout=5.0)
    return Asking(settings, Pace(rate=rate), at_once)


def units(count: int, port: int = 25) -> list[Unit]:
    return [Unit(number, f"127.0.{number // 256}.{number % 256}", port) for number in range(1, count + 1)]


def line_of(unit: Unit) -> bytes:
    return msgspec.json.encode({"unit": {"address": unit.address, "port": unit.port}}) + b"\n"


async def ask(
    asking: Asking,
    units: Iterator[Unit | None],
    emit: Callable[[Scanned, bytes], None],
    standing: Standing,
    stop: asyncio.Event,
) -> None:
    """As smtpprobe.scan.main.ask; the lines tell which process asked."""
    pacer = Pacer(units, asking.pace)

    async def stopped() -> None:
        await stop.wait()
        pacer.stop()

    async def slot() -> None:
        while (unit := await pacer.next()) is not None:
            standing.in_flight += 1
            if unit.port == CRASH:
                os._exit(9)
            if unit.port == BUG:
                raise ZeroDivisionError("a bug")
            if unit.port == FULL_DISK:
                raise ScanError("The disk is full: make room.")
            pause = {SLOW: 0.02, TARPIT: 2.0, SILENT: 50.0}.get(unit.port, 0.0)
            sleeping = asyncio.ensure_future(asyncio.sleep(pause))
            stopping = asyncio.ensure_future(stop.wait())
            await asyncio.wait({sleeping, stopping}, return_when=asyncio.FIRST_COMPLETED)
            finished = sleeping.done()
            sleeping.cancel()
            stopping.cancel()
            pacer.done(unit)
            standing.in_flight -= 1
            if finished:
                standing.done += 1
                standing.outcomes["unreachable"] = standing.outcomes.get("unreachable", 0) + 1
                emit(Scanned(unit, _report(unit)), line_of(unit)[:-2] + b',"pid":%d}\n' % os.getpid())

    watching = asyncio.ensure_future(stopped())
    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(asking.at_once):
                group.create_task(slot())
    finally:
        watching.cancel()


def _report(unit: Unit) -> Report:
    target = Target(unit.address, unit.address, unit.port)
    transcript = Transcript(
        target=target,
        route=None,
        exchanges=(),
        observations=(),
        connections=(),
        clear=None,
        encrypted=None,
        tls=None,
        software=None,
        failure=None,
        outcome=Outcome.UNREACHABLE,
        started="",
        started_ns=0,
        ended_ns=0,
        profile="ehlo",
        ehlo_name="",
        source=None,
        sni=None,
        round_trips=0,
    )
    return Report(transcript, (), (), "")
