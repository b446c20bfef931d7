"""What only a process shows: Ctrl-C, a reader that leaves, closed streams, and what a cold start loads."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from cli_calls import CONSOLE, invoke, valid
from cli_servers import at, blunt, fake

GUARD = 20
#: Generous: what is promised is a second.
SOON = 2.5


@contextmanager
def running(*words: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [*CONSOLE, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "COLUMNS": "80"},
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def until(process: subprocess.Popen[str], words: str) -> None:
    """Read its output up to the line with these words."""
    assert process.stdout is not None
    for line in process.stdout:
        if words in line:
            return
    pytest.fail(f"no {words!r} in the output")


def test_ctrl_c_prints_what_was_learnt() -> None:
    with fake("slow") as server, running("probe", at(server)) as process:
        until(process, "← 220")
        asked = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=GUARD)
        assert time.monotonic() - asked < SOON
    assert process.returncode == 4
    assert err == ""
    assert "stopped by you" in out
    assert "1 connection" in out.splitlines()[-1]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_server_that_never_answers_is_left_at_once(number: signal.Signals) -> None:
    words = ("probe", "--connections", "1", "--ehlo-name", "a.example")
    with blunt(b"220 mx.example ESMTP\r\n") as server, running(*words, server.address) as process:
        until(process, "← 220")
        process.send_signal(number)
        out, err = process.communicate(timeout=GUARD)
        assert server.over.wait(GUARD)
    assert (process.returncode, err) == (4, "")
    assert server.heard == b"EHLO a.example\r\nQUIT\r\n"
    assert "introducing ourselves" in " ".join(out.split())


def test_a_second_ctrl_c_leaves_no_traceback() -> None:
    with fake("slow") as server, running("probe", at(server), at(server)) as process:
        until(process, "← 220")
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=GUARD)
    assert process.returncode == 4
    assert "Traceback" not in err
    assert err.count("\n") <= 2


def test_ctrl_c_leaves_one_whole_document_and_the_other_targets_alone() -> None:
    with fake("slow") as server, fake() as other:
        with running("probe", "--format", "json", "--verbose", at(server), at(other)) as process:
            assert process.stderr is not None
            assert any("← 220" in line for line in process.stderr)
            process.send_signal(signal.SIGINT)
            out, _ = process.communicate(timeout=GUARD)
        assert other.connections == 0
    (line,) = out.splitlines()
    document = valid(line)
    assert (process.returncode, document["outcome"]) == (4, "inconclusive")
    assert document["failure"]["kind"] == "interrupted"
    assert document["exchanges"][-1]["failure"]["kind"] == "interrupted"


def test_a_reader_that_leaves_ends_the_run_without_a_word() -> None:
    with blunt(b"220 mx.example ESMTP\r\n") as server:
        with running("probe", "--timeout", "0.5", server.address) as process:
            until(process, "← 220")
            assert process.stdout is not None
            process.stdout.close()
            assert process.stderr is not None
            assert process.stderr.read() == ""
            process.wait(GUARD)
        assert server.over.wait(GUARD)
    assert process.returncode == 4


def test_a_list_may_be_cut_short() -> None:
    with running("codes") as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait(GUARD) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
def test_a_full_disk_is_one_sentence() -> None:
    with open("/dev/full", "w") as full:
        ended = subprocess.run([*CONSOLE, "codes"], stdout=full, stderr=subprocess.PIPE, text=True, timeout=GUARD)
    assert ended.returncode == 4
    assert ended.stderr == (
        "Error: standard output cannot be written (No space left on device): write to another place with -o.\n"
    )


def test_closed_streams_are_no_mistake() -> None:
    with fake() as server:
        line = [sys.executable, *CONSOLE[1:], "probe", "--profile", "ehlo", at(server)]
        script = 'exec "$@" <&- >&- 2>&-'
        assert subprocess.run(["sh", "-c", script, "sh", *line], timeout=GUARD).returncode == 0


@pytest.mark.parametrize("text", ["504", "550 5.7.1 Relay access denied", "250-8BITMIME"])
def test_what_is_answered_at_once_is_what_the_command_answers(text: str) -> None:
    asked = subprocess.run([*CONSOLE, "explain", text], capture_output=True, text=True, timeout=GUARD)
    assert (asked.returncode, asked.stdout) == (0, invoke("explain", text).stdout)


@pytest.mark.parametrize(
    ("words", "absent"),
    [
        (
            ["explain", "504"],
            {
                "click",
                "smtpprobe.explain",
                "aiosmtplib",
                "aiosmtpd",
                "dns",
                "asyncio",
                "ssl",
                "smtpprobe.run",
                "smtpprobe.wire.session",
            },
        ),
        (["explain", "--format", "json", "504"], {"aiosmtplib", "aiosmtpd", "dns", "asyncio", "ssl", "rich"}),
        (["codes", "504"], {"aiosmtplib", "aiosmtpd", "dns", "asyncio", "ssl", "smtpprobe.explain"}),
        (["extensions", "DSN"], {"aiosmtplib", "aiosmtpd", "dns", "asyncio", "ssl", "smtpprobe.explain"}),
        (["--help"], {"aiosmtplib", "aiosmtpd", "dns", "asyncio", "ssl", "rich"}),
        (["probe", "--profile", "zzz", "x"], {"aiosmtpd", "rich"}),
    ],
)
def test_a_cold_start_loads_only_what_it_needs(words: list[str], absent: set[str]) -> None:
    code = "import sys, atexit; atexit.register(lambda: print(*sorted(sys.modules), file=sys.stderr)); "
    line = [sys.executable, "-c", code + CONSOLE[2], *words]
    loaded = subprocess.run(line, capture_output=True, text=True, timeout=GUARD).stderr.splitlines()[-1].split()
    assert "smtpprobe.cli.start" in loaded
    assert absent & set(loaded) == set()
