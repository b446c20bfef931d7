"""Every command's two streams are read again by a strict reader, with hostile words from users, servers and files.

``measure_outputs.py`` does the same with every string alone.
"""

from __future__ import annotations

import json
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import output_commands  # first: it says where the others stand
import pytest
import strict_readers
from cli_calls import CONSOLE, invoke
from cli_servers import blunt
from output_commands import COMMANDS
from output_formats import misread
from strings import STRINGS, argument, octets

from smtpprobe.wire.replies import ReplyReader


@pytest.fixture(scope="module", autouse=True)
def talker() -> Iterator[None]:
    yield
    output_commands.close()


def _some(form: str) -> dict[str, str]:
    """All strings for what takes them together; where each costs a call, every eighth, others for every command."""
    step = 8 if form.startswith(("a sentence", "explain")) else 1
    first = list(COMMANDS).index(form) % step
    return dict(list(STRINGS.items())[first::step])


@pytest.mark.parametrize("form", COMMANDS)
def test_no_hostile_string_is_misread(form: str) -> None:
    assert misread(COMMANDS[form], _some(form)) == []


def test_a_fake_server_shows_no_more_than_text(tmp_path: Path) -> None:
    personality = tmp_path / "own.toml"
    # A summary of other characters is refused; what clients say is not.
    words = "".join([c for text in STRINGS.values() for c in text[:200] if c.isprintable()])
    personality.write_text(f"summary = {output_commands.toml(words)}\n")
    command = [*CONSOLE, "fake", str(personality), "--verbose"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        told = [process.stdout.readline(), process.stdout.readline()]
        port = int(told[1].split()[2].rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as client, client.makefile("rb") as replies:
            replies.readline()
            for text in STRINGS.values():
                client.sendall(octets(text).translate(None, b"\r\n")[:500] + b"\r\n")
                assert replies.readline() != b""
        process.send_signal(signal.SIGTERM)
        told += process.stdout.readlines()
        strict_readers.terminal("".join(told), None)
        assert process.stderr.read() == ""
    assert len(told) == 3 + len(STRINGS)


def test_without_utf_8_json_is_still_json(tmp_path: Path) -> None:
    """Whatever the encoding of standard output: a script reads it, and it holds what was heard."""
    command = [*CONSOLE, "explain", "--format", "json", "550 5.7.1 naïve 日本 😀 \u202e"]
    for encoding in ("ascii", "latin-1", "utf-8"):
        done = subprocess.run(command, env={"PYTHONIOENCODING": encoding}, capture_output=True, check=True)
        assert strict_readers.document(done.stdout.decode(encoding))["items"][0]["input"].endswith(
            "naïve 日本 😀 \u202e"
        )
        assert done.stderr == b""


def test_a_traceback_shows_no_more_than_text() -> None:
    source = "from smtpprobe.cli import main, start; import sys; sys.argv[1:] = ['codes'];"
    source += "main.COMMANDS['codes'] = 1; import smtpprobe.cli.codes as c;"
    source += (
        "c.command.callback = lambda **given: 1 / 0 if False else (_ for _ in ()).throw(ValueError('\\x1b[2J\\u202e'));"
    )
    source += "start.main()"
    done = subprocess.run(
        [CONSOLE[0], "-c", source], env={"SMTPPROBE_DEBUG": "1"}, capture_output=True, text=True, encoding="utf-8"
    )
    assert "ValueError: \\x1b[2J\\u202e" in done.stderr
    strict_readers.terminal(done.stderr, None)


def test_a_reply_without_a_code_has_a_colour() -> None:
    """What is no SMTP reply is shown in a style of its own."""
    (reply,) = [*ReplyReader().feed(b"SSH-2.0-x\r\n", 0)][:1]
    assert reply.code is None
    with blunt(b"SSH-2.0-OpenSSH\r\n") as server:
        ended = invoke("probe", server.address, "--timeout", "1", env={"FORCE_COLOR": "1"})
    assert ended.status == 3
    strict_readers.terminal(ended.stdout, colour=True)


def test_the_demo_reads_well() -> None:
    ended = invoke("demo", env={"FORCE_COLOR": "1"})
    strict_readers.terminal(ended.stdout, colour=True)
    assert ended.stderr == ""


def test_the_list_of_personalities_reads_well() -> None:
    strict_readers.terminal(invoke("fake").stdout)
    assert json.loads(invoke("fake", "--format", "json").stdout) == strict_readers.document(
        invoke("fake", "--format", "json").stdout
    )


def test_an_argument_is_what_the_system_lets_pass() -> None:
    assert all("\0" not in argument(text) for text in STRINGS.values())
