"""A scan by several processes, in a process of its own since it forks: what it came to is printed as JSON."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

import msgspec
from msgspec import Struct
from stub_asking import ask, asking, units

from smtpprobe.scan.errors import ScanError
from smtpprobe.scan.sharding import shards
from smtpprobe.scan.workers import Processes
from smtpprobe.scanning import Standing


class Course(Struct):
    """What is to be done. Of the workers ``kill`` are killed, one after each result.

    ``ports`` are for the first servers, the others have 25. Stopped after so many results, if at all.
    """

    folder: str
    workers: int = 2
    count: int = 1000
    ports: list[int] = []
    size: int = 50
    at_once: int = 20
    kill: int = 0
    stop_after: int | None = None


class Came(Struct):
    ids: list[int] = []
    lines: list[str] = []
    standing: Standing = msgspec.field(default_factory=Standing)
    error: str = ""


async def run(course: Course, processes: Processes, came: Came) -> None:
    servers = units(course.count)
    for place, port in enumerate(course.ports):
        servers[place] = msgspec.structs.replace(servers[place], port=port)
    how = asking(course.at_once)
    stop = asyncio.Event()
    to_kill = processes.pids[: course.kill]
    shards_of_them = shards(iter(servers), how.pace, course.size)
    async for result in processes.run_shards(how, shards_of_them, Path(course.folder), came.standing, stop):
        came.ids += result.ids
        came.lines += result.path.read_text().splitlines()
        result.path.unlink()
        if to_kill:
            os.kill(to_kill.pop(), signal.SIGKILL)
        if course.stop_after is not None and len(came.ids) >= course.stop_after:
            stop.set()


def main() -> None:
    course = msgspec.json.decode(sys.argv[1], type=Course)
    came = Came()
    with Processes(course.workers, ask) as processes:
        try:
            asyncio.run(run(course, processes, came))
        except ScanError as error:
            came.error = str(error)
    sys.stdout.buffer.write(msgspec.json.encode(came))


if __name__ == "__main__":
    main()
