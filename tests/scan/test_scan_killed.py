"""The program itself, killed in mid-scan and started again: no finished result is lost, none comes twice.

It is killed at random, when so many connections were met or the output has grown, and at the very moments between a
write and the note of it, where only a strike from within comes to the point.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import zstandard

from smtpprobe.scan.writing import lines_of

sys.path.append(str(Path(__file__).parents[1] / "cli"))
from cli_calls import CONSOLE
from cli_crowd import Crowd, crowd

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="all of 127.0.0.0/8 is this machine's on Linux only")
GUARD = 30
RANGE, SERVERS = "127.9.0.0/24", 256


class Scan:
    """One scan of all these servers: the same command each time it is started."""

    def __init__(self, server: Crowd, folder: Path, name: str, *options: str) -> None:
        self.server, self.output = server, folder / name
        targets = folder / "list"
        targets.write_text(f"{RANGE}  # all at port {server.port}\n")
        usual = ("--port", str(server.port), "--ehlo-name", "a.example", "--at-once", "20", "-q")
        self.words = ["scan", str(targets), "-o", str(self.output), *usual, *options]

    @contextlib.contextmanager
    def started(self, line: list[str] = CONSOLE) -> Iterator[subprocess.Popen[str]]:
        process = subprocess.Popen(
            [*line, *self.words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        try:
            yield process
        finally:
            process.kill()
            process.communicate()

    def size(self) -> int:
        return self.output.stat().st_size if self.output.exists() else 0

    def lines(self) -> list[bytes]:
        """What is in the output, each line of it whole."""
        return whole(self.output) if self.output.exists() else []

    def ends_well(self, line: list[str] = CONSOLE) -> None:
        """Start it and let it come to its end: every server is in the output, once, and nothing else is."""
        with self.started(line) as process:
            out, err = process.communicate(timeout=GUARD)
        assert (process.returncode, out, err) == (0, "", "")
        lines = self.lines()
        assert sorted(addresses(lines)) == sorted(f"127.9.0.{number}" for number in range(SERVERS))


def whole(path: Path) -> list[bytes]:
    """The lines of an output. A frame that a kill has torn is no part of it; all that stands before it is."""
    lines = list(lines_of(str(path)))
    assert all(line.endswith(b"}\n") for line in lines)
    assert all(json.loads(line) for line in lines)
    octets = path.read_bytes()
    if path.suffix == ".gz":
        with contextlib.suppress(EOFError):
            assert gzip.decompress(octets) == b"".join(lines)
    elif path.suffix == ".zst":
        reader = zstandard.ZstdDecompressor().stream_reader(octets, read_across_frames=True)
        assert reader.readall().startswith(b"".join(lines))
    else:
        assert octets.startswith(b"".join(lines))
    return lines


def addresses(lines: list[bytes]) -> list[str]:
    """Whom the lines are about, whole or flat ones."""
    read = [json.loads(line) for line in lines]
    return [one["unit"]["address"] if "unit" in one else one["unit.address"] for one in read]


def grown(scan: Scan, process: subprocess.Popen[str], size: int) -> None:
    """Wait until the output is larger than that."""
    due = time.monotonic() + GUARD
    while scan.size() <= size and process.poll() is None:
        assert time.monotonic() < due
        time.sleep(0.001)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("found.jsonl", ()),
        ("found.jsonl.zst", ()),
        ("flat.jsonl.gz", ("--fields", "default")),
        ("shared.jsonl", ("--workers", "2")),
    ],
    ids=lambda value: "-".join(value).replace("--", "") if isinstance(value, tuple) else value,
)
def test_killed_at_random_it_loses_nothing_and_repeats_nothing(
    tmp_path: Path, name: str, options: tuple[str, ...]
) -> None:
    chance = random.Random(name)
    with crowd() as server:
        scan = Scan(server, tmp_path, name, *options)
        for _ in range(3):
            before = scan.lines()
            with scan.started() as process:
                if chance.random() < 0.4:
                    grown(scan, process, scan.size())
                else:
                    left = SERVERS - len(before)
                    server.until(server.connections + chance.randint(1, max(left // 2, 1)))
                process.kill()
            after = scan.lines()
            assert after[: len(before)] == before, "what was finished is still there"
            assert len(set(addresses(after))) == len(after)
            if len(after) > SERVERS * 0.9:
                break
        scan.ends_well()
        assert scan.lines()[: len(after)] == after


#: Runs the program, which kills itself at the third call of a method of the store, or in the middle of a write.
STRIKES = """
import os, signal
from smtpprobe.scan import delivery, store, writing
delivery.MOST_PENDING = 20_000
def strike(*_):
    os.kill(os.getpid(), signal.SIGKILL)
calls = 0
def struck(method, before):
    def call(*values, **named):
        global calls
        calls += 1
        if calls == 3 and before:
            strike()
        result = method(*values, **named)
        if calls == 3:
            strike()
        return result
    return call
def torn(file, octets):
    global calls
    calls += 1
    if calls == 3:
        plain(file, octets[: len(octets) * 2 // 3])
        strike()
    return plain(file, octets)
moment, before = {moment!r}, {before!r}
if moment == "write":
    plain, writing.os.write = writing.os.write, torn
else:
    setattr(store.Store, moment, struck(getattr(store.Store, moment), before))
from smtpprobe.cli.start import main
main()
"""


@pytest.mark.parametrize(
    ("name", "moment", "before"),
    [
        ("found.jsonl", "intend", False),
        ("found.jsonl", "write", True),
        ("found.jsonl.gz", "write", True),
        ("found.jsonl.zst", "write", True),
        ("found.jsonl", "finished", True),
        ("found.jsonl.zst", "finished", True),
        ("found.jsonl.gz", "finished", False),
    ],
)
def test_killed_between_a_write_and_the_note_of_it(tmp_path: Path, name: str, moment: str, before: bool) -> None:
    line = [sys.executable, "-c", STRIKES.format(moment=moment, before=before)]
    with crowd() as server:
        scan = Scan(server, tmp_path, name)
        with scan.started(line) as process:
            assert process.wait(GUARD) == -signal.SIGKILL
        lines = scan.lines()
        assert lines
        scan.ends_well()
        assert scan.lines()[: len(lines)] == lines
        told = [address for address in addresses(lines) if server.met[address] > 1]
        assert told == [], "whoever has a line is not asked again"


@pytest.mark.parametrize("options", [(), ("--workers", "2")], ids=["one", "two"])
def test_ctrl_c_ends_it_in_one_sentence_and_the_same_command_goes_on(tmp_path: Path, options: tuple[str, ...]) -> None:
    with crowd() as server:
        scan = Scan(server, tmp_path, "found.jsonl", *options)
        # So slow that it is not done before the signal comes, however busy this machine is.
        scan.words += ["--rate", "50"]
        with scan.started() as process:
            server.until(60)
            os.kill(process.pid, signal.SIGINT)
            out, err = process.communicate(timeout=GUARD)
        assert (process.returncode, out) == (4, "")
        assert err == "Error: stopped before the end: the same command goes on where this one stopped.\n"
        del scan.words[-2:]
        lines = scan.lines()
        # With several workers a line comes when those of its shard do.
        assert len(lines) < SERVERS
        assert lines or options
        scan.ends_well()
        assert scan.lines()[: len(lines)] == lines
        met = server.connections
        scan.ends_well()
        assert server.connections == met, "all is done: nobody is asked any more"


def test_killed_while_the_list_is_read_it_begins_anew(tmp_path: Path) -> None:
    with crowd() as server:
        scan = Scan(server, tmp_path, "found.jsonl")
        words = ["-" if word.endswith("/list") else word for word in scan.words]
        with subprocess.Popen([*CONSOLE, *words], stdin=subprocess.PIPE) as process:
            assert process.stdin is not None
            # More than a pipe holds: when all is written, some of it was read.
            process.stdin.write(b"127.9.0.7 # of many\n" * 10_000)
            process.kill()
        assert Path(f"{scan.output}.state").exists()
        scan.ends_well()
