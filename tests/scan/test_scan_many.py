"""Servers asked by one process, by two and by Dask's workers: the same results, but for what diff passes over."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from msgspec.structs import replace
from running_workers import dask, run
from stub_workers import Course

from smtpprobe.changes.comparing import compare
from smtpprobe.changes.document import snapshot
from smtpprobe.changes.facts import Snapshot
from smtpprobe.changes.folding import folded
from smtpprobe.fake import FakeServer
from smtpprobe.fake.library import load

pytest.importorskip("smtpprobe.scan.main")

PERSONALITIES = ("postfix", "exim", "opensmtpd", "sendmail", "postfix", "exim")


@contextmanager
def servers() -> Iterator[list[int]]:
    """Fake servers of different kinds, and a port where there is none, while this is entered."""
    ports: list[int] = []
    ready, over = Event(), Event()
    personalities = [load(name) for name in PERSONALITIES]

    async def serve() -> None:
        async with AsyncExitStack() as stack:
            for personality in personalities:
                server = await stack.enter_async_context(FakeServer(personality))
                ports.append(server.port)
            ready.set()
            await asyncio.to_thread(over.wait)

    thread = Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    try:
        assert ready.wait(60)
        yield [*ports, 1]
    finally:
        over.set()
        thread.join()


def sorted_out(lines: list[str]) -> list[Snapshot]:
    facts = [folded(snapshot(line.encode())) for line in lines]
    return sorted(facts, key=lambda one: one.name)


def test_workers_come_to_the_same_as_one_process(tmp_path: Path) -> None:
    with (
        servers() as ports,
        dask(tmp_path / "s", "scheduler") as (_, address),
        dask(tmp_path / "s", "worker", address, str(tmp_path / "worker"), "2"),
    ):
        course = Course(str(tmp_path / "shards"), ports=ports, size=2, real=True)
        alone = sorted_out(run(replace(course, workers=0)).lines)
        assert len(alone) == len(ports)
        for many in (course, replace(course, dask=address)):
            results = sorted_out(run(many).lines)
            assert [one.name for one in results] == [one.name for one in alone]
            assert [compare(*pair) for pair in zip(alone, results, strict=True)] == [()] * len(ports)


def test_the_comparison_would_tell_a_difference(tmp_path: Path) -> None:
    with servers() as ports:
        course = Course(str(tmp_path / "shards"), workers=0, ports=ports[:2], real=True)
        one, other = sorted_out(run(course).lines)
    assert compare(one, replace(other, name=one.name))
