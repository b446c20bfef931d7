"""Runs stub_workers.py, and Dask's processes for it, and waits for what they come to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from stub_workers import Came, Course

_HERE = Path(__file__).parent
_PATH = os.pathsep.join([str(_HERE), str(_HERE.parent.parent)])


def run(course: Course) -> Came:
    done = start(course)
    assert not done.stderr, done.stderr.decode()
    came = msgspec.json.decode(done.stdout, type=Came)
    assert not Path(course.folder).exists() or came.error or course.stop_after, "nothing is left lying about"
    return came


def start(course: Course) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, str(_HERE / "stub_workers.py"), msgspec.json.encode(course).decode()],
        capture_output=True,
        env=_environment(course.folder),
        timeout=60,
        check=False,
    )


def asked(came: Came) -> list[tuple[str, int]]:
    return sorted((one["unit"]["address"], one["unit"]["port"]) for one in map(json.loads, came.lines))


@contextmanager
def dask(folder: Path, *words: str) -> Iterator[tuple[int, str]]:
    """A scheduler or worker: its process id and its address."""
    with subprocess.Popen(
        [sys.executable, str(_HERE / "stub_dask.py"), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(str(folder)),
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield process.pid, process.stdout.readline().strip()
        finally:
            process.kill()


def _environment(folder: str) -> dict[str, str]:
    """Dask keeps its settings and its files in these places."""
    place = f"{folder}-dask"
    return {**os.environ, "PYTHONPATH": _PATH, "DASK_CONFIG": place, "DASK_TEMPORARY_DIRECTORY": place}
