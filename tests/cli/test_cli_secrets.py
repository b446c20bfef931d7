"""Where a secret comes from, in which order, and that nothing of it is told when it is refused."""

from __future__ import annotations

import contextlib
import io
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from smtpprobe.cli import secrets
from smtpprobe.cli.errors import Refused
from smtpprobe.cli.main import COMMANDS, cli
from smtpprobe.cli.secrets import obtain


class Stdin(io.TextIOWrapper):
    """A standard input that is no terminal."""

    def __init__(self, octets: bytes) -> None:
        super().__init__(io.BytesIO(octets))


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (secrets.PASSWORD, secrets.TOKEN):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "stdin", Stdin(b""))


def written(folder: Path, octets: bytes, mode: int = 0o600) -> str:
    path = folder / "secret"
    path.write_bytes(octets)
    path.chmod(mode)
    return str(path)


def refusal(**given: Any) -> str:
    with pytest.raises(Refused) as raised:
        obtain(given)
    words = raised.value.format_message()
    assert words.endswith(".")
    assert "hunter2" not in words
    return words


def test_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTPPROBE_PASSWORD", "hunter2 ")
    assert obtain({"user": "ann"}) == ("hunter2 ", None)
    monkeypatch.setenv("SMTPPROBE_TOKEN", "t0k3n")
    assert obtain({"user": "ann"}) == ("hunter2 ", "t0k3n")


@pytest.mark.parametrize(
    ("octets", "password"),
    [(b"hunter2", "hunter2"), (b"hunter2\n", "hunter2"), (b"hunter2\r\n", "hunter2"), ("pä ss \n".encode(), "pä ss ")],
)
def test_a_file_loses_one_line_end(tmp_path: Path, octets: bytes, password: str) -> None:
    assert obtain({"user": "ann", "password_file": written(tmp_path, octets)}) == (password, None)


def test_the_command_line_goes_before_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTPPROBE_PASSWORD", "other")
    assert obtain({"user": "ann", "password_file": written(tmp_path, b"hunter2")}) == ("hunter2", None)


@pytest.mark.parametrize("auth", ["xoauth2", "OAUTHBEARER"])
def test_it_is_a_token_where_tokens_are_asked_for(tmp_path: Path, auth: str) -> None:
    assert obtain({"user": "ann", "auth": auth, "password_file": written(tmp_path, b"t0k3n")}) == (None, "t0k3n")


@pytest.mark.parametrize(
    ("octets", "words"),
    [
        (b"", "no password"),
        (b"\n", "no password"),
        (b"hunter2\n\n", "more than one line"),
        (b"hunter2\nmore", "more than one line"),
        (b"hunter2\0", "more than one line"),
        (b"hunter2\xff", "no UTF-8"),
        (b"hunter2" * 10_000, "more than 16 KiB"),
    ],
)
def test_a_file_that_holds_no_password(tmp_path: Path, octets: bytes, words: str) -> None:
    assert words in refusal(user="ann", password_file=written(tmp_path, octets))


@pytest.mark.parametrize("path", ["/nowhere/at/all", "/", "/dev/zero", "a\0b"])
def test_what_is_no_file(path: str) -> None:
    assert "cannot be read" in refusal(user="ann", password_file=path)


def test_a_file_that_others_may_read_is_warned_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert obtain({"user": "ann", "password_file": written(tmp_path, b"hunter2", 0o644)}) == ("hunter2", None)
    told = capsys.readouterr()
    assert "chmod 600" in told.err
    assert "hunter2" not in told.err + told.out


def test_a_file_of_ones_own_is_not_warned_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    obtain({"user": "ann", "password_file": written(tmp_path, b"hunter2")})
    assert capsys.readouterr().err == ""


def test_standard_input_gives_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = Stdin(b"hunter2\nthe rest\n")
    monkeypatch.setattr(sys, "stdin", stdin)
    assert obtain({"user": "ann", "password_file": "-"}) == ("hunter2", None)
    assert stdin.buffer.read() == b"the rest\n"


def test_an_empty_standard_input() -> None:
    assert "standard input" in refusal(user="ann", password_file="-")


@pytest.mark.parametrize("auth", [None, "XOAUTH2"])
def test_nobody_is_there_to_be_asked(auth: str | None) -> None:
    words = refusal(user="ann", auth=auth)
    assert ("SMTPPROBE_TOKEN" if auth else "SMTPPROBE_PASSWORD") in words
    assert "--password-file" in words


@pytest.mark.parametrize(
    "given", [{}, {"user": None}, {"user": "ann", "client_cert": "a.pem"}, {"user": "ann", "auth": "external"}]
)
def test_nothing_is_asked_without_need(given: dict[str, Any]) -> None:
    assert obtain(given) == (None, None)


@pytest.mark.parametrize("given", ["{'user': 'ann'}", "{'user': 'ann', 'password_file': '-'}"])
def test_a_prompt_shows_nothing_of_what_is_typed(given: str) -> None:
    """On a terminal: the question is on stderr, what is typed is echoed nowhere."""
    ours, theirs = pty.openpty()
    code = f"from smtpprobe.cli.secrets import obtain; print(obtain({given}))"
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=_take_terminal,
    )
    os.close(theirs)
    shown = b""
    while b"assword" not in shown or not shown.endswith(b": "):
        shown += os.read(ours, 1000)
    os.write(ours, b"hunter2\n")
    told, _ = process.communicate(timeout=20)
    os.set_blocking(ours, False)
    with contextlib.suppress(OSError):  # Nothing more was shown.
        shown += os.read(ours, 1000)
    os.close(ours)
    assert told == b"('hunter2', None)\n"
    assert b"hunter2" not in shown


def _take_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def test_no_option_takes_a_secret_from_these_variables() -> None:
    """click reads SMTPPROBE_COMMAND_OPTION for every option; none of those names may be one of ours."""
    context = click.Context(cli, info_name="smtpprobe", auto_envvar_prefix="SMTPPROBE")
    names = {f"SMTPPROBE_{(option.name or '').upper()}" for option in cli.params}
    for command in COMMANDS:
        found = cli.get_command(context, command)
        assert found is not None
        names |= {f"SMTPPROBE_{command.upper()}_{(option.name or '').upper()}" for option in found.params}
    assert not {secrets.PASSWORD, secrets.TOKEN} & names
