"""A scan by the workers of a real Dask scheduler, all of them processes here, one of them killed."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from running_workers import asked, dask, run, start
from stub_asking import BUG, FULL_DISK, SILENT, SLOW, TARPIT
from stub_workers import Course

pytest.importorskip("distributed", reason="the extra dask is not installed")


class Cluster:
    def __init__(self, pid: int, scheduler: str, pids: list[int]) -> None:
        self.pid = pid
        self.scheduler = scheduler
        self.pids = pids


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    with dask(tmp_path / "s", "scheduler") as (pid, address):
        worker = ("worker", address)
        with (
            dask(tmp_path / "s", *worker, str(tmp_path / "worker-one"), "2") as (one, _),
            dask(tmp_path / "s", *worker, str(tmp_path / "worker-two"), "2") as (two, _),
        ):
            yield Cluster(pid, address, [one, two])


def test_every_server_is_asked_once_by_one_of_two_workers(cluster: Cluster, tmp_path: Path) -> None:
    here = run(Course(str(tmp_path / "here"), workers=1, count=200, size=20))
    came = run(Course(str(tmp_path / "there"), dask=cluster.scheduler, count=200, ports=[SLOW] * 0, size=20))
    assert sorted(came.ids) == list(range(1, 201))
    assert asked(came) == asked(here)
    assert came.standing.done == came.standing.outcomes["unreachable"] == 200
    assert came.standing.in_flight == 0
    assert {json.loads(line)["pid"] for line in came.lines} <= set(cluster.pids)


def test_what_a_killed_worker_had_to_do_the_other_does(cluster: Cluster, tmp_path: Path) -> None:
    victim, other = cluster.pids
    came = run(
        Course(
            str(tmp_path / "shards"),
            dask=cluster.scheduler,
            count=400,
            ports=[SLOW] * 400,
            size=20,
            at_once=4,
            victims=[victim],
        )
    )
    assert not came.error
    assert sorted(came.ids) == list(range(1, 401))
    assert len(set(asked(came))) == len(came.lines) == 400
    shares = [json.loads(line)["pid"] for line in came.lines]
    assert shares.count(other) > shares.count(victim)


def test_stopped_it_hands_in_what_was_finished(cluster: Cluster, tmp_path: Path) -> None:
    ports = [TARPIT if number % 20 == 0 else SLOW for number in range(400)]
    course = Course(str(tmp_path / "shards"), dask=cluster.scheduler, count=400, ports=ports, size=20, stop_after=20)
    came = run(course)
    assert not came.error
    assert 20 <= len(came.lines) < 400
    assert len(came.ids) == len(set(came.ids)) == len(came.lines) == came.standing.done


def test_what_nobody_waits_for_any_more_is_stopped(cluster: Cluster, tmp_path: Path) -> None:
    ports = [25] * 5 + [SILENT] * 95
    died = start(Course(str(tmp_path / "one"), dask=cluster.scheduler, count=100, ports=ports, size=5, dies=True))
    assert died.returncode == -signal.SIGKILL
    began = time.monotonic()
    came = run(Course(str(tmp_path / "two"), dask=cluster.scheduler, count=100, size=5))
    assert len(came.lines) == 100
    assert time.monotonic() - began < 30, "silent servers were waited for"


def test_what_keeps_a_worker_from_going_on_ends_the_scan_in_its_words(cluster: Cluster, tmp_path: Path) -> None:
    for port, words in (
        (FULL_DISK, "The disk is full: make room."),
        (BUG, "A worker failed (ZeroDivisionError: a bug): "),
    ):
        came = run(Course(str(tmp_path / "shards"), dask=cluster.scheduler, ports=[port]))
        assert came.error.startswith(words)


def test_a_scheduler_that_is_lost_ends_the_scan_with_a_sentence(cluster: Cluster, tmp_path: Path) -> None:
    course = Course(
        str(tmp_path / "shards"), dask=cluster.scheduler, ports=[SLOW] * 1000, size=20, victims=[cluster.pid]
    )
    came = run(course)
    assert came.error.startswith(f"The Dask scheduler at {cluster.scheduler} was lost: ")
    assert 20 <= len(came.lines) < 1000


def test_a_scheduler_without_workers_is_told_of(tmp_path: Path) -> None:
    with dask(tmp_path / "s", "scheduler") as (_, address):
        came = run(Course(str(tmp_path / "shards"), dask=address))
    assert came.error == "The Dask scheduler has no workers: start some with `dask worker` and its address."


def test_tls_without_certificates_is_told_of(tmp_path: Path) -> None:
    came = run(Course(str(tmp_path / "shards"), dask="tls://127.0.0.1:1"))
    assert came.error.startswith("The settings of Dask name no certificates for tls://: ")


@pytest.mark.parametrize("address", ["no-such-protocol://127.0.0.1:1", "127.0.0.1:no-port"])
def test_an_address_that_is_none_is_told_of(address: str, tmp_path: Path) -> None:
    came = run(Course(str(tmp_path / "shards"), dask=address))
    assert came.error.startswith(f"No Dask scheduler answers at {address} (")
