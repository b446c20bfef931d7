"""Where nothing can be written any more: one sentence, status 4, and a file that is not whole is called partial."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from cli_calls import CONSOLE, invoke, valid
from cli_servers import at, fake

from smtpprobe.fake import FakeServer

GUARD = 20
LOG = str(Path(__file__).parents[2] / "examples" / "mail.log")
needs_full = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")


@pytest.fixture(scope="module")
def server() -> Iterator[FakeServer]:
    with fake() as serving:
        yield serving


def called(*words: str, **given: Any) -> subprocess.CompletedProcess[str]:
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **given}
    environment = {**os.environ, "PYTHONWARNINGS": "default", "SMTPPROBE_DEBUG": ""}
    return subprocess.run([*CONSOLE, *words], text=True, timeout=GUARD, env=environment, check=False, **pipes)


def every(server: FakeServer) -> list[tuple[str, ...]]:
    return [
        ("probe", "--profile", "ehlo", at(server)),
        ("probe", "--format", "json", at(server), at(server)),
        ("explain", "504"),
        ("explain", "550 5.7.1 Relay access denied"),
        ("explain", "--each", "--file", LOG),
        ("compare", "550", "554"),
        ("codes", "--format", "json"),
        ("extensions",),
        ("fake",),
        ("fake", "postfix"),
        ("demo",),
        ("--help",),
    ]


@needs_full
def test_standard_output(server: FakeServer) -> None:
    def ended(words: tuple[str, ...]) -> tuple[int, str]:
        with open("/dev/full", "w") as full:
            run = called(*words, stdout=full)
        return run.returncode, run.stderr

    told = "Error: standard output cannot be written (No space left on device): write to another place with -o.\n"
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ended, every(server))) == [(4, told)] * len(every(server))


@needs_full
def test_a_device(server: FakeServer) -> None:
    def ended(words: tuple[str, ...]) -> tuple[int, str, str]:
        run = called(*words, "-o", "/dev/full")
        return run.returncode, run.stdout, run.stderr

    told = "Error: /dev/full cannot be written (No space left on device): name another file with -o.\n"
    calls = [words for words in every(server) if words[0] != "--help"]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ended, calls)) == [(4, "", told)] * len(calls)


@needs_full
@pytest.mark.parametrize("redirected", ["2>/dev/full", "2>&-"])
def test_standard_error_is_not_needed(server: FakeServer, redirected: str) -> None:
    for words, status in [
        (("probe", "--verbose", "--format", "json", "--profile", "ehlo", at(server)), 0),
        (("probe", "--no-such-option"), 2),
    ]:
        line = ["sh", "-c", f'exec "$@" {redirected}', "sh", *CONSOLE, *words]
        ended = subprocess.run(line, stdout=subprocess.PIPE, text=True, timeout=GUARD, check=False)
        assert ended.returncode == status
        assert ended.stdout == "" or valid(ended.stdout)["outcome"] == "answered"


@needs_full
def test_the_certificate_of_a_fake_server() -> None:
    ended = called("fake", "demo", "--ca-out", "/dev/full")
    told = "Error: /dev/full cannot be written (No space left on device): name another file with --ca-out.\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (4, "", told)


def at_most(octets: int) -> Callable[[], None]:
    """No file grows beyond this: what a full disk is, without one. Python ignores the signal that tells of it."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (octets, octets))


def test_a_file_that_cannot_be_completed(tmp_path: Path, server: FakeServer) -> None:
    place = tmp_path / "report.json"
    place.write_text("before")
    ended = called("probe", "--format", "json", "-o", str(place), at(server), preexec_fn=at_most(10_000))
    assert (ended.returncode, ended.stdout) == (4, "")
    assert ended.stderr == (
        f"Error: {place} cannot be completed (File too large): what was written is in {place}.partial; "
        "make room, or name another file with -o.\n"
    )
    assert place.read_text() == "before"
    assert len(Path(f"{place}.partial").read_text()) == 10_000
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("limit", [0, 500, 3_000, 20_000])
def test_documents_that_are_whole_are_counted(tmp_path: Path, limit: int) -> None:
    place = tmp_path / "found.jsonl"
    words = ("explain", "--each", "--format", "json", "-o", str(place), "--file", LOG)
    ended = called(*words, preexec_fn=at_most(limit))
    assert ended.returncode == 4
    assert ended.stderr.count("\n") == 1
    if limit:
        (partial,) = tmp_path.iterdir()
        whole = partial.read_text().count("\n")
        assert (whole > 0) == (limit > 500)
        assert f"{whole} whole document{'' if whole == 1 else 's'} came into {place}.partial; make" in ended.stderr
    else:
        assert "nothing of it was kept" in ended.stderr
        assert list(tmp_path.iterdir()) == []


def test_a_probe_ends_where_its_file_is_full(tmp_path: Path) -> None:
    with fake("slow") as slow:
        words = ("probe", "-o", str(tmp_path / "report.txt"), at(slow), at(slow), at(slow))
        ended = called(*words, preexec_fn=at_most(200))
        assert slow.connections <= 2
    assert ended.returncode == 4
    assert "cannot be completed" in ended.stderr


def test_a_folder_that_vanishes(tmp_path: Path) -> None:
    folder, log = tmp_path / "folder", tmp_path / "log"
    folder.mkdir()
    os.mkfifo(log)
    words = [*CONSOLE, "explain", "--each", "--quiet", "-o", str(folder / "found"), "--file", str(log)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        with log.open("wb", buffering=0) as stream:
            # More than a pipe holds: when it is out, the first line was read and the file begun.
            stream.write(b"550 5.7.1 Relay access denied\n" * 20_000)
            shutil.rmtree(folder)
        out, err = process.communicate(timeout=GUARD)
    assert process.returncode == 4
    assert err == (
        f"Error: {folder}/found cannot be written (No such file or directory) and is printed: "
        "name another file with -o.\n"
    )
    assert out.count("5.7.1") == 20_000


def test_a_place_that_is_taken_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "shown"
    monkeypatch.setattr("smtpprobe.cli.codes._rows", lambda *given: iter([lambda screen: place.mkdir()]))
    ended = invoke("codes", "--quiet", "-o", str(place), "504")
    assert ended.status == 4
    assert ended.stderr.startswith(f"Error: {place} cannot be written (Is a directory)")


@pytest.mark.parametrize("descriptors", [5, 7, 10, 16, 22])
def test_too_few_descriptors(server: FakeServer, descriptors: int) -> None:
    limited = ["sh", "-c", f'ulimit -n {descriptors}; exec "$@"', "sh", *CONSOLE]
    for words in (("probe", "--profile", "ehlo", at(server)), ("fake", "postfix", "--port", "1")):
        ended = subprocess.run(
            [*limited, *words], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=GUARD, check=False
        )
        assert ended.stdout == ""
        assert ended.stderr.count("\n") == 1, ended.stderr
        assert ended.stderr.startswith("Error: ")
        assert "Too many open files" in ended.stderr
        assert ended.returncode == 4
