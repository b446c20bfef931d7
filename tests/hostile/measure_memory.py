"""Measures what a flood costs in memory, and what 1,000 hostile sessions at once cost; the servers run elsewhere.

Run by ``make hostile``. Each measurement is a process of its own: ``measure_memory.py PART`` prints its figures.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import gc
import json
import logging
import multiprocessing
import resource
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator, Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from behaviour import Clock
from holding import converse, watched
from rows import BEHAVIOURS, BY_NAME
from scoring import row, write

from smtpprobe.model import Report

MIB = 1024 * 1024
#: 64 MiB in the greeting, in EHLO's reply and behind it, in one line and in many.
FLOODS = ("banner_endless_line", "banner_endless_multiline", "banner_of_nuls", "noop_endless_line")
#: What the first thousand meet, in turn: more than is kept of any reply, as the greeting, to EHLO and to NOOP.
FLOODED = (
    *("banner_endless_line", "banner_endless_multiline", "ehlo_endless_multiline", "banner_of_codes"),
    *("banner_of_long_lines", "banner_of_nuls", "banner_of_carriage_returns", "noop_endless_line"),
)
#: And the second thousand: nothing, or too little at a time.
KEPT_WAITING = ("banner_silent", "banner_drip_no_newline", "ehlo_silent", "ehlo_drips")
SESSIONS = 1000
CLOCK = Clock(3.0, 10.0)
#: The time of a step is the default, and the run has no more, so that nobody may wait twice.
CROWD_CLOCK = Clock(10.0, 10.0)
#: Courteous ones, so that all code and every table is loaded before anything is measured.
WARM = ("banner_900_lines", "ehlo_900_keywords", "an_octet_a_segment")
FLOOD_GROWTH, CROWD_GROWTH, CROWD_TIMES, CROWD_LATE = 2_000_000, 60_000_000, 2.0, 2.0
Figures = dict[str, Any]
#: Of one flood at a time, this many after another: what is not given back adds up.
ROUNDS = 5


def _listed(names: Sequence[str]) -> str:
    return ", ".join([f"`{name}`" for name in names])


SECTION = f"""## Memory

The servers are another process, so that only the client is measured, after it has talked to three courteous ones. Under
a flood the most that the process ever has in memory is compared with what it had before: {_listed(FLOODS)},
{ROUNDS} times each. The worst counts; tracemalloc says how much of it Python's objects take. All rows that do not
run into the time are then held one after the other.

Twice {SESSIONS:,} sessions are held at once by one process in one thread, with {CROWD_CLOCK.step:g} s for a step
and for the run, and all their reports are kept. The floods are {_listed(FLOODED)}, in turn; those that keep waiting
{_listed(KEPT_WAITING)}. What is kept of what a server sent stands in a report twice, raw and as lines, and is counted
so."""


def serve(names: Sequence[str], clock: Clock, told: Connection) -> None:
    """The other process: serves these rows until it is ended, and tells their ports."""
    logging.disable(logging.CRITICAL)

    async def forever() -> None:
        async with contextlib.AsyncExitStack() as stack:
            ports = {}
            for name in names:
                behaviour = BY_NAME[name]
                server = await stack.enter_async_context(behaviour.serve(watched(behaviour.script, clock)))
                ports[name] = server.port
            told.send(ports)
            await asyncio.Event().wait()

    asyncio.run(forever())


@contextlib.contextmanager
def elsewhere(names: Sequence[str], clock: Clock) -> Iterator[Mapping[str, int]]:
    """Ports at which these rows are served by another process."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(names, clock, there), daemon=True)
    process.start()
    try:
        yield here.recv()
    finally:
        process.kill()
        process.join()


def memory(field: str) -> int:
    """VmRSS: what this process has in memory now; VmHWM: the most since ``forget_peak``. In octets."""
    return int(Path("/proc/self/status").read_text("ascii").split(f"{field}:")[1].split()[0]) * 1024


def forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", "ascii")


async def probe(name: str, ports: Mapping[str, int], clock: Clock) -> tuple[Report, float]:
    report, _, elapsed = await converse(BY_NAME[name], "127.0.0.1", ports[name], clock)
    return report, elapsed


async def at_once(names: Sequence[str], ports: Mapping[str, int], clock: Clock) -> list[tuple[Report, float]]:
    return await asyncio.gather(*[probe(name, ports, clock) for name in names])


def held(report: Report) -> int:
    """The octets of the server's in this report, raw and as lines."""
    replies = [exchange.reply for exchange in report.transcript.exchanges if exchange.reply]
    return sum(len(reply.raw) + sum(map(len, reply.texts)) for reply in replies)


def flood() -> Figures:
    """One flood after another, each measured against what the process had before it."""
    worst_rss = worst_python = 0
    with elsewhere((*FLOODS, *WARM), CLOCK) as ports, asyncio.Runner() as runner:
        runner.run(at_once(WARM, ports, CLOCK))
        for name in FLOODS * ROUNDS:
            gc.collect()
            forget_peak()
            before = memory("VmRSS")
            runner.run(probe(name, ports, CLOCK))
            worst_rss = max(worst_rss, memory("VmHWM") - before)
        tracemalloc.start()
        for name in FLOODS:
            gc.collect()
            tracemalloc.reset_peak()
            before = tracemalloc.get_traced_memory()[0]
            runner.run(probe(name, ports, CLOCK))
            worst_python = max(worst_python, tracemalloc.get_traced_memory()[1] - before)
    return {"rss": worst_rss, "python": worst_python}


def each() -> Figures:
    """Every row that need not wait, one after the other: the growth of the worst, by its connections."""
    names = [behaviour.name for behaviour in BEHAVIOURS if not behaviour.waits]
    worst = (0.0, "")
    with elsewhere((*names, *WARM), CLOCK) as ports, asyncio.Runner() as runner:
        runner.run(at_once(WARM, ports, CLOCK))
        for name in names:
            gc.collect()
            forget_peak()
            before = memory("VmRSS")
            report, _ = runner.run(probe(name, ports, CLOCK))
            growth = (memory("VmHWM") - before) / max(1, len(report.transcript.connections))
            worst = max(worst, (growth, name))
    return {"rss": worst[0], "worst": worst[1], "rows": len(names)}


def crowd(kinds: Sequence[str]) -> Figures:
    """A thousand at the same time; their reports are kept to the end, as a scan would."""
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(limit, 65_536), limit))
    names = [kinds[number % len(kinds)] for number in range(SESSIONS)]
    with elsewhere((*kinds, *WARM), CROWD_CLOCK) as ports, asyncio.Runner() as runner:
        runner.run(at_once((*WARM, *kinds), ports, Clock(1.0, 1.0)))
        gc.collect()
        forget_peak()
        before = memory("VmRSS")
        begun = time.monotonic()
        ended = runner.run(at_once(names, ports, CROWD_CLOCK))
        return {
            "rss": memory("VmHWM") - before,
            "kept": sum(held(report) for report, _ in ended),
            "slowest": max(elapsed for _, elapsed in ended),
            "all": time.monotonic() - begun,
            "sessions": len(ended),
        }


PARTS: dict[str, Callable[[], Figures]] = {
    "flood": flood,
    "each": each,
    "flooded": functools.partial(crowd, FLOODED),
    "waiting": functools.partial(crowd, KEPT_WAITING),
}


def apart(part: str) -> Figures:
    """Measure in a process that has done nothing else."""
    done = subprocess.run([sys.executable, __file__, part], check=True, stdout=subprocess.PIPE, text=True)
    figures: Figures = json.loads(done.stdout)
    return figures


def _mb(octets: float) -> str:
    return f"{octets / 1e6:.1f} MB"


def main() -> None:
    if sys.argv[1:]:
        logging.disable(logging.CRITICAL)
        print(json.dumps(PARTS[sys.argv[1]]()))
        return
    one, every, many, waiting = [apart(part) for part in PARTS]
    times, most = many["rss"] / many["kept"], CROWD_CLOCK.step + CROWD_LATE
    goal, late = f"at most {CROWD_GROWTH / 1e6:g} MB", f"at most {most:g} s (the time and {CROWD_LATE:g} s)"
    rows = [
        row(
            "growth under a 64 MiB flood",
            f"{one['rss'] / 1e6:.2f} MB; of Python's objects {one['python'] / 1e6:.2f} MB",
            f"at most {FLOOD_GROWTH / 1e6:g} MB",
            max(one.values()) <= FLOOD_GROWTH,
        ),
        row(
            f"growth under the worst of {every['rows']} rows, by its connections",
            f"{every['rss'] / 1e6:.2f} MB (`{every['worst']}`)",
            f"at most {FLOOD_GROWTH / 1e6:g} MB",
            every["rss"] <= FLOOD_GROWTH,
        ),
        row(f"growth under {SESSIONS:,} floods at once", _mb(many["rss"]), goal, many["rss"] <= CROWD_GROWTH),
        row(
            f"the same, by the {_mb(many['kept'])} kept of them",
            f"{times:.2f} times",
            f"at most {CROWD_TIMES:g} times",
            times <= CROWD_TIMES,
        ),
        row(f"the slowest of {SESSIONS:,} floods at once", f"{many['slowest']:.2f} s", late, many["slowest"] <= most),
        row(f"growth under {SESSIONS:,} silences at once", _mb(waiting["rss"]), goal, waiting["rss"] <= CROWD_GROWTH),
        row(
            f"the slowest of {SESSIONS:,} silences at once",
            f"{waiting['slowest']:.2f} s",
            late,
            waiting["slowest"] <= most,
        ),
    ]
    write("memory", rows, [SECTION])


if __name__ == "__main__":
    main()
