"""``smtpprobe fake`` and ``smtpprobe demo``."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cli_calls import CONSOLE, invoke, refused

from smtpprobe.fake import names

GUARD = 20


class Started:
    """A fake server in a process of its own. ``out`` collects what it printed so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.out = ""

    def until(self, words: str) -> str:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.out += line
            if words in line:
                return line
        raise AssertionError(self.out)

    def end(self, number: signal.Signals = signal.SIGINT) -> str:
        self.process.send_signal(number)
        rest, err = self.process.communicate(timeout=GUARD)
        assert (self.process.returncode, err) == (0, "")
        return rest


@contextmanager
def started(*words: str) -> Iterator[Started]:
    process = subprocess.Popen(
        [*CONSOLE, "fake", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ}
    )
    try:
        yield Started(process)
    finally:
        process.kill()
        process.communicate()


def test_without_a_personality_it_lists_them(tmp_path: Path) -> None:
    listed = invoke("fake")
    rows = listed.stdout.splitlines()
    assert [row.split()[0] for row in rows if not row.startswith(" ")] == list(names())
    assert max(map(len, rows)) <= 80
    assert list(json.loads(invoke("fake", "--format", "json").stdout)) == list(names())
    invoke("fake", "--no-color", "--output", str(tmp_path / "list"))
    assert (tmp_path / "list").read_text() == listed.stdout


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_listens_tells_where_and_ends(number: signal.Signals) -> None:
    with started("--verbose", "--host", "127.0.0.2", "--port", "0", "postfix") as server:
        host, _, port = server.until("listening on").split()[2].rpartition(":")
        assert host == "127.0.0.2"
        with socket.create_connection((host, int(port)), timeout=GUARD) as client:
            client.sendall(b"QUIT \x1b[2J\r\n")
            assert client.makefile("rb").readline().startswith(b"220 ")
            server.until("1 → QUIT \\x1b[2J")
        assert server.end(number) == "connections: 1, lines heard: 1\n"


def test_quiet_and_json_tell_where_and_no_more(tmp_path: Path) -> None:
    with started("-q", "--unix", str(tmp_path / "s"), "postfix") as server:
        server.until("listening on")
        assert server.out == f"listening on unix:{tmp_path}/s (Ctrl-C ends it)\n"
        assert server.end() == ""
    with started("--format", "json", "postfix") as server:
        where = json.loads(server.until("{"))
        assert where["host"] == "127.0.0.1"
        assert where["port"] > 0
        assert server.end() == ""


def heard(address: str, *lines: str) -> list[str]:
    """What a client hears: the greeting, and one line for each that it says."""
    host, _, port = address.rpartition(":")
    with socket.create_connection((host, int(port)), timeout=GUARD) as client, client.makefile("rwb") as file:
        said = [file.readline()]
        for line in lines:
            file.write(f"{line}\r\n".encode())
            file.flush()
            said.append(file.readline())
    return [line.decode().removesuffix("\r\n") for line in said]


def test_single_replies_are_set_from_outside() -> None:
    words = [
        "--reply",
        "RCPT=504 5.5.4 no",
        "--reply",
        "RCPT TO:<a@b>=550 5.1.1 no {address}",
        "--reply",
        "GREETING=220",
    ]
    with started(*words) as server:
        address = server.until("listening on").split()[2]
        assert server.out.startswith("takes all mail")
        assert heard(address, "RCPT TO:<x@y>", "rcpt to:<A@b>", "NOOP") == [
            *("220", "504 5.5.4 no", "550 5.1.1 no A@b", "250 2.0.0 OK")
        ]
        server.end()


def test_replies_come_from_the_environment_one_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTPPROBE_FAKE_REPLY", "NOOP=251 a b\nHELP=214-c\\n214 d")
    with started("postfix") as server:
        address = server.until("listening on").split()[2]
        assert heard(address, "NOOP", "HELP")[1:] == ["251 a b", "214-c"]
        server.end()


def test_a_client_can_trust_its_authority(tmp_path: Path) -> None:
    place = tmp_path / "ca.pem"
    with started("--ca-out", str(place), "postfix") as server:
        server.until("listening on")
        context = ssl.create_default_context(cafile=str(place))
        assert context.get_ca_certs()
        server.end()


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["nosuch"], "did you mean"),
        (["/nonexistent.toml"], "cannot be read"),
        (["--host", "192.0.2.1", "postfix"], "give one of its own"),
        (["--port", "99999", "postfix"], "65535"),
        (["--unix", "/nonexistent/s", "postfix"], "choose another"),
        (["--ca-out", "/nonexistent/s", "postfix"], "another file"),
        (["--reply", "RCPT"], "'RCPT' sets no reply: write a command, '=' and what answers it"),
        (["--reply", "RCPT=no", "postfix"], "RCPT: 'no' is no reply"),
    ],
)
def test_mistakes(words: list[str], hint: str) -> None:
    assert hint in refused("fake", *words)


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert refused("fake", "--port", port, "postfix") == (
            f"port {port} of 127.0.0.1 cannot be listened on (Address already in use): choose another."
        )


def test_demo_shows_the_three_uses(tmp_path: Path) -> None:
    usual, quiet, verbose = invoke("demo"), invoke("demo", "--quiet"), invoke("demo", "--verbose", "--no-color")
    assert [one.status for one in (usual, quiet, verbose)] == [0, 0, 0]
    for number in "123":
        assert f"── {number}. " in usual.stdout
    assert "504" in usual.stdout
    assert "auth-in-clear" in usual.stdout
    assert "exit status 1" in usual.stdout
    assert len(quiet.stdout) < len(usual.stdout) < len(verbose.stdout)
    assert max(map(len, usual.stdout.splitlines())) <= 80
    place = tmp_path / "demo.txt"
    assert invoke("demo", "--format", "text", "-o", str(place)).stdout == ""
    assert "exit status 1" in place.read_text()
