"""Signals at every moment of a command's life: it ends soon, in one sentence at most, and shows what it has learnt."""

from __future__ import annotations

import contextlib
import fcntl
import gzip
import os
import signal
import socket
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from cli_calls import CONSOLE, valid
from cli_servers import at, fake
from cli_stuck import full, mute_dns, stuck

GUARD = 20
#: Generous: what is promised is a second.
SOON = 4
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GREETING, EHLO = b"220 mx.example ESMTP\r\n", b"250-mx.example\r\n250 SIZE 1000\r\n"
JSON = ("probe", "--format", "json", "--ehlo-name", "a.example")
REFUSAL = b"550 5.7.1 Relay access denied\n"


@contextlib.contextmanager
def running(*words: str, line: Sequence[str] = CONSOLE, **given: Any) -> Iterator[subprocess.Popen[str]]:
    """A command that is at work. What it leaves open would be told on stderr."""
    environment = {**os.environ, "COLUMNS": "80", "PYTHONWARNINGS": "default", "SMTPPROBE_DEBUG": "1"}
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **given}
    # Under nohup it would inherit that a closed terminal is nothing to it.
    process = subprocess.Popen(
        [*line, *words],
        text=True,
        env=environment,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),
        **pipes,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def interrupted(process: subprocess.Popen[str], *numbers: signal.Signals) -> tuple[str, str]:
    """What it printed after these signals, on stdout and on stderr."""
    asked = time.monotonic()
    for number in numbers:
        process.send_signal(number)
    out, err = process.communicate(timeout=GUARD)
    assert time.monotonic() - asked < SOON
    assert "Traceback" not in err
    assert "ignored" not in err
    assert err.count("\n") <= 1, err
    return out, err


def until_full(process: subprocess.Popen[str]) -> None:
    """Wait until it can write no more, since nobody reads."""
    assert process.stdout is not None
    held, before = bytearray(4), -1
    due = time.monotonic() + GUARD
    while time.monotonic() < due:
        fcntl.ioctl(process.stdout.fileno(), termios.FIONREAD, held)
        now = int.from_bytes(held, sys.byteorder)
        if now > 30_000 and now == before:
            return
        before = now
        time.sleep(0.1)
    pytest.fail("the pipe does not fill")


@pytest.mark.parametrize(
    ("says", "words", "stage"),
    [
        ((b"",), JSON, "greeting"),
        ((GREETING, b"250-mx.exa"), JSON, "ehlo"),
        ((b"",), (*JSON, "--tls", "implicit"), "connect"),
        ((GREETING, EHLO, b""), JSON, "clear"),
        ((GREETING, EHLO, b""), (*JSON, "--quit-after", "ehlo", "--timeout", "15"), "quit"),
    ],
    ids=["greeting", "mid-reply", "handshake", "mid-flight", "quit"],
)
def test_at_every_step_of_a_conversation(says: tuple[bytes, ...], words: tuple[str, ...], stage: str) -> None:
    with contextlib.ExitStack() as stack:
        servers = [stack.enter_context(stuck(*says)) for _ in SIGNALS]
        runs = [stack.enter_context(running(*words, server.address)) for server in servers]
        for number, server, process in zip(SIGNALS, servers, runs, strict=True):
            assert server.met.wait(GUARD)
            out, err = interrupted(process, number)
            document = valid(out)
            assert (process.returncode, err) == (4, "")
            assert (document["outcome"], document["failure"]["kind"]) == ("inconclusive", "interrupted")
            assert stage in {document["failure"]["stage"], *(each["stage"] for each in document["exchanges"])}


@pytest.mark.parametrize("words", [("mx.test",), ("--mx", "mx.test")])
def test_while_the_dns_is_silent(words: tuple[str, ...]) -> None:
    with mute_dns() as (address, questions), running(*JSON, "--resolver", address, *words) as process:
        assert questions.recv(512)
        out, err = interrupted(process, signal.SIGTERM)
    assert (process.returncode, err) == (4, "")
    assert valid(out)["failure"] == {"stage": "resolve", "kind": "interrupted", "detail": ""}


def test_while_connecting_and_between_targets() -> None:
    with fake() as quick, full() as crowded, running(*JSON, at(quick), crowded, at(quick)) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        out, err = interrupted(process, signal.SIGINT)
    assert process.returncode == 4
    assert err in [f"Error: stopped after {n} of 3 targets: name the others again to probe them.\n" for n in (1, 2)]
    assert valid(first)["outcome"] == "answered"
    assert [valid(line)["failure"]["kind"] for line in out.splitlines()] in ([], ["interrupted"])


def test_what_was_learnt_is_a_whole_file(tmp_path: Path) -> None:
    place = tmp_path / "report.json"
    with stuck(GREETING, EHLO) as server, running(*JSON, "-o", str(place), server.address) as process:
        assert server.met.wait(GUARD)
        assert interrupted(process, signal.SIGINT) == ("", "")
    assert process.returncode == 4
    assert valid(place.read_text())["failure"]["kind"] == "interrupted"
    assert list(tmp_path.iterdir()) == [place]


def test_a_second_signal_leaves_a_file_that_is_called_partial(tmp_path: Path) -> None:
    place, pipe = tmp_path / "found.json", tmp_path / "pipe"
    place.write_text("before")
    os.mkfifo(pipe)
    # It waits for a log that does not open, so the first signal is not heeded before the second comes.
    words = ("explain", "--each", "--format", "json", "-o", str(place), "--file", str(pipe))
    with running(*words) as process, pipe.open("wb", buffering=0) as log:
        log.write(REFUSAL * 5_000)
        _, err = interrupted(process, signal.SIGINT, signal.SIGINT)
    assert process.returncode == 4
    if place.read_text() == "before":
        whole = sum(bool(valid_line(line)) for line in Path(f"{place}.partial").read_text().splitlines(keepends=True))
        assert err == f"Error: stopped at once: {whole} whole documents came into {place}.partial.\n"


def valid_line(line: str) -> bool:
    return line.startswith("{") and line.endswith("}\n")


def test_a_pipe_that_stays_open(tmp_path: Path) -> None:
    for number in SIGNALS:
        with running("explain", stdin=subprocess.PIPE) as process:
            assert process.stdin is not None
            # More than a pipe holds: when it is written, much of it was read.
            process.stdin.write("550 5.7.1 Relay access denied\n" * 8_000)
            os.kill(process.pid, number)
            process.wait(GUARD)
            assert process.stdout is not None
            assert process.stderr is not None
            assert "norelaying" in process.stdout.read()
            told = "Error: stdin was not read to its end (stopped by you): what came before is explained.\n"
            assert (process.returncode, process.stderr.read()) == (4, told)


def test_a_pipe_that_says_nothing(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with running("explain", "--file", str(pipe)) as process, pipe.open("wb"):
        assert interrupted(process, signal.SIGHUP) == ("", "Error: stopped before there was anything to show.\n")
    assert process.returncode == 4


def test_a_pipe_that_nobody_opens(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with running("explain", "--file", str(pipe)) as process:
        waiting = Path(f"/proc/{process.pid}/wchan")
        due = time.monotonic() + GUARD
        while waiting.exists() and waiting.read_text() != "wait_for_partner" and time.monotonic() < due:
            time.sleep(0.05)
        interrupted(process, signal.SIGINT)
    assert process.returncode in (4, -signal.SIGINT)


@pytest.mark.parametrize("packed", [False, True])
def test_a_long_log_that_is_printed_to_nobody(tmp_path: Path, packed: bool) -> None:
    log = b"".join(b"550 5.7.1 Relay access denied for <%d@example.org>\n" % number for number in range(50_000))
    place = tmp_path / "log"
    place.write_bytes(gzip.compress(log, 1) if packed else log)
    with running("explain", "--each", "--format", "json", "--file", str(place)) as process:
        until_full(process)
        _, err = interrupted(process, signal.SIGTERM)
    assert (process.returncode, "stopped" in err) == (4, True)


def test_a_reader_that_leaves_a_silent_probe() -> None:
    with stuck(GREETING, EHLO) as server, running("probe", server.address) as process:
        assert server.met.wait(GUARD)
        _left_alone(process)
    assert process.returncode == 4


def test_a_reader_that_leaves_a_silent_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with running("explain", "--each", "--file", str(pipe)) as process, pipe.open("wb", buffering=0) as log:
        log.write(REFUSAL * 2)
        _left_alone(process)
    assert process.returncode == 0


def _left_alone(process: subprocess.Popen[str]) -> None:
    """Read a line and go. It ends without a word, though there is nothing to write."""
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline()
    process.stdout.close()
    process.wait(GUARD)
    assert process.stderr.read() == ""


@pytest.mark.parametrize("words", [("codes", "--verbose"), ("codes", "--format", "json")])
def test_while_nobody_reads(words: tuple[str, ...]) -> None:
    with running(*words) as process:
        until_full(process)
        _, err = interrupted(process, signal.SIGINT)
    assert (process.returncode, err) == (4, "Error: stopped at once: what was printed is not all.\n")


@pytest.mark.parametrize("number", SIGNALS)
def test_a_fake_server_with_clients(number: signal.Signals, tmp_path: Path) -> None:
    path = tmp_path / "socket"
    with running("fake", "postfix", "--unix", str(path)) as process, contextlib.ExitStack() as clients:
        assert process.stdout is not None
        assert any("listening" in line for line in process.stdout)
        for _ in range(20):
            client = clients.enter_context(socket.socket(socket.AF_UNIX))
            client.connect(str(path))
            assert client.recv(512)
        out, err = interrupted(process, number)
    assert (process.returncode, err) == (0, "")
    assert "connections: 20" in out
    assert not path.exists()


def test_a_fake_server_that_is_caught_in_a_pattern(tmp_path: Path) -> None:
    file, path = tmp_path / "slow.toml", tmp_path / "socket"
    file.write_text('summary = "slow"\n[[rules]]\ncommand = "(a|a)*b"\nreply = "250 never"\n')
    with running("fake", str(file), "--unix", str(path)) as process, socket.socket(socket.AF_UNIX) as client:
        assert process.stdout is not None
        assert any("listening" in line for line in process.stdout)
        client.connect(str(path))
        client.sendall(b"NOOP\r\n" + b"a" * 60 + b"\r\n")
        heard = b""
        while b"250" not in heard:
            heard += client.recv(512)
        interrupted(process, signal.SIGTERM)
    assert process.returncode in (0, 4)


def test_the_demonstration(tmp_path: Path) -> None:
    place = tmp_path / "shown"
    with running("demo", "-o", str(place)) as process:
        draft = next(iter(_appearing(tmp_path)))
        due = time.monotonic() + GUARD
        while not draft.stat().st_size and time.monotonic() < due:
            time.sleep(0.01)
        _, err = interrupted(process, signal.SIGINT)
    assert process.returncode == 4
    assert err == (
        "Error: stopped in the middle of the demonstration: run it again to see the rest. "
        f"What was written is in {place}.partial.\n"
    )
    assert list(tmp_path.iterdir()) == [Path(f"{place}.partial")]


def _appearing(folder: Path) -> Iterator[Path]:
    due = time.monotonic() + GUARD
    while time.monotonic() < due:
        yield from folder.iterdir()
        time.sleep(0.01)


#: Sends a signal to the program itself when it begins to load this module or, where there is none, when it ends.
STRIKES = """
import atexit, os, sys
from importlib.abc import MetaPathFinder
class Strike(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), {number})
sys.meta_path.insert(0, Strike())
atexit.register(lambda: {module!r} or os.kill(os.getpid(), {number}))
from smtpprobe.cli.start import main
main()
"""


@pytest.mark.parametrize(
    ("module", "words"),
    [
        ("smtpprobe.cli.interrupts", ("--help",)),
        ("smtpprobe.cli.streams", ("--help",)),
        ("smtpprobe.cli.main", ("codes",)),
        ("click", ("explain", "--each", "504")),
        ("smtpprobe.render.entry", ("explain", "504")),
        ("aiosmtplib", ("probe", "mx.test")),
        ("", ("explain", "504")),
    ],
)
def test_while_it_loads_and_when_it_has_ended(module: str, words: tuple[str, ...]) -> None:
    code = STRIKES.format(module=module, number=int(signal.SIGINT))
    with running(*words, line=[sys.executable, "-c", code]) as process:
        out, err = process.communicate(timeout=GUARD)
    if module == "smtpprobe.cli.interrupts":
        # What tells it in words is not there yet.
        assert (process.returncode, out, err) == (-signal.SIGINT, "", "")
    elif module:
        assert (process.returncode, out) == (4, "")
        assert err == "Error: stopped before there was anything to show.\n"
    else:
        assert (process.returncode, err) == (0, "")
        assert "504" in out
