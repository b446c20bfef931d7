"""Several processes for one scan: the same results as from one, whatever happens to a worker."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest
from running_workers import asked, run, start
from stub_asking import BUG, CRASH, FULL_DISK, SILENT, SLOW, TARPIT
from stub_workers import Came, Course

from smtpprobe.scan.results import salvaged

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")


def test_every_server_is_asked_once_by_one_of_two_workers(tmp_path: Path) -> None:
    came = run(Course(str(tmp_path / "shards")))
    assert sorted(came.ids) == list(range(1, 1001))
    assert len(set(asked(came))) == len(came.lines) == 1000
    assert came.standing.done == came.standing.outcomes["unreachable"] == 1000
    assert came.standing.in_flight == 0


def test_both_workers_have_their_share(tmp_path: Path) -> None:
    came = run(Course(str(tmp_path / "shards"), count=200, ports=[SLOW] * 200, size=10, at_once=4))
    shares = [json.loads(line)["pid"] for line in came.lines]
    assert len(set(shares)) == 2
    assert min(shares.count(pid) for pid in set(shares)) >= 60


def test_what_a_killed_worker_had_to_do_another_does(tmp_path: Path) -> None:
    came = run(Course(str(tmp_path / "shards"), workers=3, count=400, ports=[SLOW] * 400, size=10, at_once=12, kill=1))
    assert sorted(came.ids) == list(range(1, 401))
    assert len(set(asked(came))) == len(came.lines) == 400
    assert len({json.loads(line)["pid"] for line in came.lines}) >= 2
    assert came.standing.done == 400


def test_a_slow_server_does_not_hold_up_those_of_other_shards(tmp_path: Path) -> None:
    began = time.monotonic()
    came = run(Course(str(tmp_path / "shards"), workers=1, count=400, ports=[TARPIT] * 10, size=20, at_once=40))
    assert len(came.lines) == 400
    order = [json.loads(line)["unit"]["port"] for line in came.lines]
    assert order.index(TARPIT) >= 380, "the shard with the slow ones is the last"
    assert time.monotonic() - began < 20, "they were waited for at the same time"


def test_stopped_it_hands_in_what_was_finished(tmp_path: Path) -> None:
    ports = [TARPIT if number % 10 == 0 else SLOW for number in range(400)]
    came = run(Course(str(tmp_path / "shards"), count=400, ports=ports, size=5, at_once=20, stop_after=50))
    assert not came.error
    assert 50 <= len(came.lines) < 400
    assert len(came.ids) == len(set(came.ids)) == len(came.lines)
    assert came.standing.done == len(came.lines)


def test_workers_of_a_killed_scan_end_and_leave_what_they_have(tmp_path: Path) -> None:
    folder = tmp_path / "shards"
    # The first shard is soon done. The second has one server that holds it up.
    died = start(Course(str(folder), count=20, ports=[SLOW] * 10 + [SILENT], size=10, at_once=40, dies=True))
    assert died.returncode == -signal.SIGKILL
    patience = time.monotonic() + 20
    lines: list[bytes] = []
    while len(lines) < 19 and time.monotonic() < patience:
        time.sleep(0.05)
        lines = list(salvaged(folder))
    assert len(lines) == 19
    pids = {json.loads(line)["pid"] for line in lines}
    while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < patience:
        time.sleep(0.05)
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def test_with_no_worker_left_the_scan_ends_with_a_sentence(tmp_path: Path) -> None:
    came = run(Course(str(tmp_path / "shards"), count=200, ports=[SLOW] * 200, size=10, kill=2))
    assert came.error.startswith("All workers were lost before they had done their part: ")


def test_a_shard_that_workers_are_lost_with_is_tried_three_times(tmp_path: Path) -> None:
    came = run(Course(str(tmp_path / "shards"), workers=5, count=20, ports=[25, 25, 25, CRASH], size=2))
    assert came.error.startswith("3 workers were lost")


def test_what_keeps_a_worker_from_going_on_ends_the_scan_in_its_words(tmp_path: Path) -> None:
    came = run(Course(str(tmp_path / "shards"), ports=[FULL_DISK]))
    assert came.error == "The disk is full: make room."


def test_a_bug_in_a_worker_is_told_in_a_sentence(tmp_path: Path) -> None:
    came = run(Course(str(tmp_path / "shards"), ports=[BUG]))
    assert came.error.startswith("A worker failed (ZeroDivisionError: a bug): ")


def test_no_servers_make_no_results(tmp_path: Path) -> None:
    came = run(Course(str(tmp_path / "shards"), count=0))
    assert came == Came()
