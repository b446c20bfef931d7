"""``smtpprobe exporter`` as a process: where it listens, what it is refused, how it reads its file again and ends."""

from __future__ import annotations

import json
import os
import pty
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cli_calls import CONSOLE, invoke, refused
from cli_servers import at, fake

GUARD = 20
#: Generous: what is promised is a second.
SOON = 2.5
ONE = '[[server]]\ntarget = "mx1.example.org"\n'


class Started:
    """An exporter in a process of its own."""

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

    @property
    def base(self) -> str:
        return self.until("listening on").split()[2].removesuffix("/")

    def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[str, str]:
        asked = time.monotonic()
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=GUARD)
        assert self.process.returncode == 0, err
        assert time.monotonic() - asked < SOON
        return out, err


@contextmanager
def started(*words: str, **more: object) -> Iterator[Started]:
    process = subprocess.Popen(
        [*CONSOLE, "exporter", "--listen", "127.0.0.1:0", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ},
        **more,  # type: ignore[call-overload]
    )
    try:
        yield Started(process)
    finally:
        process.kill()
        process.communicate()


def get(address: str) -> str:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(address, timeout=GUARD) as answer:
        text: str = answer.read().decode()
        return text


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "smtpprobe.toml"
    path.write_text(ONE)
    return path


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_listens_answers_and_ends_in_good_order(number: signal.Signals, config: Path) -> None:
    with fake() as server:
        config.write_text(f'[[server]]\ntarget = "{at(server)}"\n')
        with started("--config", str(config), "--verbose", "--no-color", "--host", "monitor.example.org") as it:
            base = it.base
            assert it.out.splitlines()[0] == "1 target, modules ehlo, check"
            assert "probe_success 1.0" in get(f"{base}/probe?target={at(server)}")
            assert "smtpprobe_exporter_build_info" in get(f"{base}/metrics")
            rest, err = it.end(number)
    assert rest == ""
    assert [line.split()[:2] for line in err.splitlines()] == [
        ["GET", f"/probe?target={at(server)}"],
        ["GET", "/metrics"],
    ]


def test_it_ends_at_once_while_a_server_is_silent(config: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        target = f"127.0.0.1:{silent.getsockname()[1]}"
        config.write_text(f'[[server]]\ntarget = "{target}"\n')
        with started("--config", str(config)) as it:
            host, _, port = it.base.removeprefix("http://").partition(":")
            with socket.create_connection((host, int(port)), timeout=GUARD) as client:
                client.sendall(f"GET /probe?target={target} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
                with silent.accept()[0]:
                    it.end()
                    assert client.recv(100).startswith(b"HTTP/1.1 503 Service Unavailable\r\n")


def test_quiet_and_json_tell_where_and_no_more(config: Path, tmp_path: Path) -> None:
    with started("--config", str(config), "-q") as it:
        assert it.base.startswith("http://127.0.0.1:")
        assert it.out.count("\n") == 1
        assert it.end() == ("", "")
    with started("--config", str(config), "--format", "json") as it:
        where = json.loads(it.until("{"))
        assert where["host"] == "127.0.0.1"
        assert "is up" in get(f"http://127.0.0.1:{where['port']}/-/healthy")
        assert it.end() == ("", "")
    with started("--any-target", "--allow-private", "--output", str(tmp_path / "out")) as it:
        draft = next(iter(_appearing(tmp_path, "*.part")))
        while "listening on" not in draft.read_text():
            assert it.process.poll() is None
        it.end()
    assert (tmp_path / "out").read_text().startswith("any target, modules ehlo\n")


def _appearing(folder: Path, pattern: str) -> list[Path]:
    deadline = time.monotonic() + GUARD
    while not (found := list(folder.glob(pattern))):
        assert time.monotonic() < deadline
    return found


def test_sighup_reads_the_file_again_and_a_mistake_keeps_what_was_read(config: Path) -> None:
    with started("--config", str(config), start_new_session=True) as it:
        base = it.base
        config.write_text(ONE + '[[server]]\ntarget = "mx2.example.org"\n')
        it.process.send_signal(signal.SIGHUP)
        assert it.until("again") == "the configuration was read again\n"
        assert "mx2.example.org" in get(f"{base}/")
        config.write_text("[exporter]\ntarget = []\n")
        it.process.send_signal(signal.SIGHUP)
        assert it.process.stderr is not None
        words = it.process.stderr.readline()
        assert words.startswith(f"Error: {config}:2: ")
        assert words.endswith("What was read before stays in use.\n")
        assert "mx2.example.org" in get(f"{base}/")
        assert "config_last_reload_successful 0.0" in get(f"{base}/metrics")
        it.end()


_LEADER = """
import os, sys, subprocess
os.setsid()
import fcntl, termios
fcntl.ioctl(int(sys.argv[1]), termios.TIOCSCTTY, 0)
os.execvp(sys.argv[2], sys.argv[2:])
"""


def test_a_terminal_that_closes_ends_it(config: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    words = [*CONSOLE, "exporter", "--config", str(config), "--listen", "127.0.0.1:0"]
    process = subprocess.Popen(
        [sys.executable, "-c", _LEADER, str(theirs), *words],
        pass_fds=[theirs],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        os.close(theirs)
        it = Started(process)
        it.until("listening on")
        config.write_text(ONE)
        process.send_signal(signal.SIGHUP)
        it.until("again")
        os.close(ours)
        assert process.wait(GUARD) == 0
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ([], "name a file that has some with --config, or allow all with --any-target"),
        (["--allow-private", "--config", "x"], "--allow-private needs --any-target"),
        (["--config", "/nonexistent.toml"], "cannot be read"),
        (["--any-target", "--listen", "nonsense"], "write 127.0.0.1:9725"),
        (["--any-target", "--listen", "127.0.0.1:99999"], "write 127.0.0.1:9725"),
        (["--any-target", "--listen", "mail.example.org:80"], "write 127.0.0.1:9725"),
        (["--any-target", "--listen", "192.0.2.1:0"], "choose another with --listen"),
    ],
)
def test_mistakes(words: list[str], hint: str) -> None:
    assert hint in refused("exporter", *words)


def test_a_mistake_in_the_file_is_told_with_its_place(config: Path) -> None:
    config.write_text(ONE + "[exporter]\nmost_at_once = 0\n")
    assert refused("exporter", "--config", str(config)).startswith(f"{config}:4: most_at_once")


def test_a_secret_that_is_not_there_is_told(config: Path) -> None:
    config.write_text(
        ONE + '[server.expect]\nlogin = true\n[server.login]\nuser = "a"\npassword = { env = "NO_SUCH" }\n'
    )
    assert "NO_SUCH" in refused("exporter", "--config", str(config))


def test_a_port_that_is_taken(config: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        words = refused("exporter", "--config", str(config), "--listen", place)
        assert words.endswith("(Address already in use): choose another with --listen.")


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, config: Path) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] in ("starlette", "uvicorn")]:
        monkeypatch.delitem(sys.modules, name)
    for name in [name for name in sys.modules if name.startswith("smtpprobe.serve")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "starlette", None)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    words = refused("exporter", "--config", str(config))
    assert words.endswith("pip install 'smtpprobe[serve]'.")


def test_more_targets_than_may_be_asked_at_once_are_a_warning(config: Path) -> None:
    config.write_text(ONE + '[exporter]\nmost_at_once = 1\ntargets = ["mx2.example.org"]\n')
    with started("--config", str(config)) as it:
        it.until("listening on")
        _, err = it.end()
        assert err.startswith("Warning: 2 targets are more than most_at_once = 1")


def test_the_textfile_of_a_check_is_put_in_its_place_whole(tmp_path: Path) -> None:
    place = tmp_path / "mail.prom"
    place.write_text("old")
    before = place.stat().st_ino
    with fake() as server:
        ended = invoke("check", "--target", at(server), "--format", "prometheus", "-o", str(place))
    assert (ended.stdout, ended.stderr) == ("", "")
    assert f'probe_duration_seconds{{group="",target="{at(server)}"}}' in place.read_text()
    assert place.stat().st_ino != before
    assert list(tmp_path.iterdir()) == [place]


def test_the_help_names_the_port() -> None:
    assert "127.0.0.1:9725" in invoke("exporter", "--help").stdout
