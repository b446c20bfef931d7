"""A scan by several processes, in a process of its own since it forks: what it came to is printed as JSON."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from importlib import import_module
from pathlib import Path

import msgspec
import stub_asking
from msgspec import Struct
from stub_asking import asking, units

from smtpprobe.scan.asker import Ask
from smtpprobe.scan.dasked import Dask
from smtpprobe.scan.errors import ScanError
from smtpprobe.scan.sharding import shards
from smtpprobe.scan.workers import Processes
from smtpprobe.scanning import Standing, Unit


class Course(Struct):
    """What is to be done, by workers of our own (0: by none) or of the scheduler ``dask``; ``real``: conversations.

    ``kill`` says how many of our own workers are killed, one after each result; ``victims`` are others to kill then.
    Where it ``dies`` it is killed itself at the first result.
    ``ports`` are for the first servers, the others have 25. Stopped after so many results, if at all.
    """

    folder: str
    workers: int = 2
    dask: str = ""
    real: bool = False
    count: int = 1000
    ports: list[int] = []
    size: int = 50
    at_once: int = 20
    kill: int = 0
    victims: list[int] = []
    dies: bool = False
    stop_after: int | None = None


class Came(Struct):
    ids: list[int] = []
    lines: list[str] = []
    standing: Standing = msgspec.field(default_factory=Standing)
    error: str = ""


def servers_of(course: Course) -> list[Unit]:
    if course.real:
        return [Unit(number, "127.0.0.1", port) for number, port in enumerate(course.ports, 1)]
    servers = units(course.count)
    for place, port in enumerate(course.ports):
        servers[place] = msgspec.structs.replace(servers[place], port=port)
    return servers


async def alone(course: Course, ask: Ask, came: Came) -> None:
    """What one process comes to, without shards."""
    servers = iter(servers_of(course))
    lines: list[bytes] = []
    await ask(asking(course.at_once), servers, lambda _, line: lines.append(line), came.standing, asyncio.Event())
    came.lines = [line.decode().removesuffix("\n") for line in lines]


async def run(course: Course, workers: Processes | Dask, came: Came) -> None:
    how = asking(course.at_once)
    stop = asyncio.Event()
    victims = [*course.victims, *(workers.pids[: course.kill] if isinstance(workers, Processes) else [])]
    shards_of_them = shards(iter(servers_of(course)), how.pace, course.size)
    async for result in workers.run_shards(how, shards_of_them, Path(course.folder), came.standing, stop):
        if course.dies:
            os.kill(os.getpid(), signal.SIGKILL)
        came.ids += result.ids
        came.lines += result.path.read_text().splitlines()
        result.path.unlink()
        if victims:
            os.kill(victims.pop(), signal.SIGKILL)
        if course.stop_after is not None and len(came.ids) >= course.stop_after:
            stop.set()


def main() -> None:
    course = msgspec.json.decode(sys.argv[1], type=Course)
    came = Came()
    ask: Ask = stub_asking.ask
    if course.real:
        ask = import_module("smtpprobe.scan.main").ask
    try:
        if course.dask:
            asyncio.run(run(course, Dask(course.dask, ask), came))
        elif not course.workers:
            asyncio.run(alone(course, ask, came))
        else:
            with Processes(course.workers, ask) as processes:
                asyncio.run(run(course, processes, came))
    except ScanError as error:
        came.error = str(error)
    sys.stdout.buffer.write(msgspec.json.encode(came))


if __name__ == "__main__":
    main()
