"""Every place where a secret could show, each with what does show there when somebody logs in or tells of a login.

A place gives texts; ``secret_canary.leaks`` says what of the canary is in them.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import aiosmtplib
import rich.console
import rich.traceback
from secret_canary import (
    CHALLENGE,
    CRAM,
    DIGEST,
    LOGIN_PASSWORD,
    LOGIN_USER,
    OAUTHBEARER,
    PASSWORD,
    PLAIN,
    TOKEN,
    USER,
    XOAUTH2,
)
from secret_texts import TEXTS

sys.path.append(str(Path(__file__).parents[1] / "cli"))
sys.path.append(str(Path(__file__).parents[1] / "wire"))
sys.path.append(str(Path(__file__).parents[1] / "render"))
import exim_report
import msgspec
from cli_calls import CONSOLE, invoke
from scripted import Peer, Script, serving, session_to

from smtpprobe.explain import explain_text
from smtpprobe.model import Command, Exchange, Report, Transcript
from smtpprobe.outcome import Stage
from smtpprobe.render import json, text
from smtpprobe.render.diagnoses import build_item
from smtpprobe.wire.dial import Line
from smtpprobe.wire.session import Session

#: A login as it goes over the wire: its lines, the first with the mechanism.
LOGINS: dict[str, tuple[bytes, ...]] = {
    "PLAIN": (f"AUTH PLAIN {PLAIN}".encode(),),
    "PLAIN, asked for": (b"AUTH PLAIN", PLAIN.encode()),
    "plain in lower case": (f"auth plain {PLAIN}".encode(),),
    "LOGIN": (b"AUTH LOGIN", LOGIN_USER.encode(), LOGIN_PASSWORD.encode()),
    "LOGIN with the user": (f"AUTH LOGIN {LOGIN_USER}".encode(), LOGIN_PASSWORD.encode()),
    "CRAM-MD5": (b"AUTH CRAM-MD5", CRAM.encode()),
    "XOAUTH2": (f"AUTH XOAUTH2 {XOAUTH2}".encode(), b""),
    "OAUTHBEARER": (b"AUTH OAUTHBEARER", OAUTHBEARER.encode()),
}

#: What a server may answer at the end of it; {line} is the client's last line, {said} all that it said, {secret} what
#: was in it.
ECHOES: dict[str, str] = {
    "plainly": "535 5.7.8 Error: authentication failed\r\n",
    "with an echo": "504 5.5.4 {line} not supported\r\n",
    "with all of it": "535-5.7.8 you said {said}\r\n535 5.7.8 and no more\r\n",
    "with the password": f"535 5.7.8 login failed user={USER} password={PASSWORD} token={TOKEN}\r\n",
    "with the secret in words": "535 5.7.8 {secret} is no good, and neither is {secret}.\r\n",
    "with it in hex": "535 5.7.8 {hex}\r\n",
    "with it in halves": "535-5.7.8 {first}\r\n535 5.7.8 {second}\r\n",
    "with it in capitals": "535 5.7.8 {capitals}\r\n",
    "with it in a challenge": "334 {line}\r\n",
    "with it twice, unasked": "535 5.7.8 {line}\r\n250 {said}\r\n",
    "and breaks off in mid-echo": "535-5.7.8 {line}",
    "with what is no reply": "{line}\r\n",
    "with success": "235 2.7.0 welcome {said}\r\n",
}


def _script(lines: Sequence[bytes], echo: str) -> Script:
    mechanism = lines[0].split()[1].upper()
    secret = {b"XOAUTH2": TOKEN, b"OAUTHBEARER": TOKEN, b"CRAM-MD5": DIGEST}.get(mechanism, PASSWORD)

    async def script(peer: Peer) -> None:
        peer.send(b"220 mx.example ESMTP\r\n")
        said = b""
        for _ in lines[:-1]:
            said += b" " + await peer.line()
            peer.send(b"334 " + CHALLENGE.encode() + b"\r\n")
        line = await peer.line()
        said += b" " + line
        middle = len(line) // 2
        words = {"line": line, "said": said, "first": line[:middle], "second": line[middle:]}
        forms = {"secret": secret, "hex": secret.encode().hex(), "capitals": secret.upper()}
        peer.send(echo.format(**{name: one.decode() for name, one in words.items()}, **forms).encode())
        if echo.endswith("\r\n"):
            await peer.rest()

    return script


@contextlib.contextmanager
def _logged() -> Iterator[io.StringIO]:
    """All that anybody logs meanwhile, at any level."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield written
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


async def _login(session: Session, lines: Sequence[bytes]) -> None:
    """The lines one after the other, as secret commands, until the server has had enough."""
    for line in lines:
        if not session.usable:
            return
        index = (await session.flight([Line(Command(line, secret=True))], Stage.TLS))[0]
        reply = session._record.exchanges[index].reply
        if reply is None or not reply.intermediate:
            return


def _reported(exchanges: Sequence[Exchange]) -> Report:
    whole = exim_report.report()
    run: Transcript = msgspec.structs.replace(whole.transcript, exchanges=tuple(exchanges))
    return Report(run, (None,) * len(exchanges), (), "")


def over_the_wire(lines: Sequence[bytes], echo: str) -> dict[str, str]:
    """A login through a session: what is recorded, shown, written and logged of it."""

    async def held() -> tuple[list[Exchange], bytes, str]:
        asyncio.get_running_loop().set_debug(True)
        async with serving(_script(lines, echo)) as server:
            session = session_to(server, timeout=0.5, greeting_timeout=2.0)
            await session.connect(implicit_tls=False)
            await session.greeting()
            await _login(session, lines)
            session.close()
            return (
                session._record.exchanges,
                b"\n".join(server.heard),
                repr((session.protocol.__dict__, session.failure)),
            )

    with _logged() as logged:
        exchanges, heard, state = asyncio.run(held(), debug=True)
    assert heard.startswith(b"\n".join(lines)), "the server has to hear the real secret"
    report = _reported(exchanges)
    return {
        "the record": repr(exchanges),
        "the record in rich's form": _rich(exchanges),
        "the session's state": state,
        "text": text.render(report),
        "JSON": json.render(report),
        "logs": logged.getvalue(),
    }


def through_the_library(lines: Sequence[bytes], echo: str, mechanism: str) -> dict[str, str]:
    """A login through aiosmtplib's own commands over our protocol: what its exceptions and logs tell."""

    async def held() -> tuple[BaseException | None, Session]:
        async with serving(_script(lines, echo)) as server:
            session = session_to(server, timeout=0.5, greeting_timeout=2.0)
            await session.connect(implicit_tls=False)
            await session.greeting()
            client = session.client
            client.last_ehlo_response = aiosmtplib.SMTPResponse(250, "")
            ways: dict[str, Callable[[], Any]] = {
                "PLAIN": lambda: client.auth_plain(USER, PASSWORD, timeout=0.5),
                "LOGIN with the user": lambda: client.auth_login(USER, PASSWORD, timeout=0.5),
                "CRAM-MD5": lambda: client.auth_crammd5(USER, PASSWORD, timeout=0.5),
                "XOAUTH2": lambda: client.auth_xoauth2(USER, TOKEN, timeout=0.5),
            }
            error = None
            try:
                await ways[mechanism]()
            except aiosmtplib.SMTPException as met:
                error = met
            session.close()
            return error, session

    with _logged() as logged:
        error, session = asyncio.run(held(), debug=True)
    told = "" if error is None else "".join(traceback.format_exception(error)) + repr(error) + repr(error.args)
    return {
        "the library's exceptions": told,
        "the library's logs": logged.getvalue(),
        "the record": repr(session._record.exchanges),
        "the last reply": repr(session.protocol.last) + repr(session.protocol.unsolicited),
    }


LIBRARY = ("PLAIN", "LOGIN with the user", "CRAM-MD5", "XOAUTH2")


def _rich(value: object) -> str:
    console = rich.console.Console(file=io.StringIO(), width=400)
    console.print(value)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def when_writing_fails(lines: Sequence[bytes]) -> dict[str, str]:
    """The traceback of a connection that breaks under a secret, with the values of all names as debuggers show them."""

    async def held() -> str:
        async with serving(_script(lines, ECHOES["plainly"])) as server:
            session = session_to(server, timeout=0.5)
            await session.connect(implicit_tls=False)
            await session.greeting()
            assert session.protocol.transport is not None
            session.protocol.abort()
            line = Line(Command(lines[0], secret=True))
            del server
            told = ""
            try:
                session.protocol.write_group([line.command])
            except aiosmtplib.SMTPException as met:
                shown = rich.traceback.Traceback.from_exception(
                    type(met), met, met.__traceback__, show_locals=True, locals_max_string=9_999, locals_max_length=999
                )
                ours = [
                    frame
                    for stack in shown.trace.stacks
                    for frame in stack.frames
                    if "secret_places" not in frame.filename
                ]
                assert ours
                told = "".join(f"{frame.name} {frame.locals}" for frame in ours) + repr(met) + repr(met.__context__)
            return told

    told = asyncio.run(held()) if len(lines) == 1 else ""
    return {"a traceback with the values of names": told}


def explained(pasted: str) -> dict[str, str]:
    """A text that tells of a login, as ``explain`` gives it to a program."""
    try:
        diagnoses = explain_text(pasted)
    except ValueError as error:
        return {"the sentence that nothing was found": str(error)}
    return {"values": repr(diagnoses), "JSON Lines": "".join(json.compact(build_item(one)) for one in diagnoses)}


def explained_by_command(pasted: str) -> dict[str, str]:
    """The same text, as the command shows it in all its forms."""
    shown = {}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "given"
        place.write_text(pasted, encoding="utf-8")
        for words in ((), ("--format", "json"), ("--each", "--verbose"), ("--top", "5", "--quiet")):
            ended = invoke("explain", "--file", str(place), *words)
            shown[f"explain {' '.join(words)}".strip()] = ended.stdout + ended.stderr
    return shown


# In parts, so that no search for keys stops here.
KEY = "PRIVATE" + " KEY"
_AUTH = f"AUTH PLAIN {PLAIN}"
_URL = f"smtp://{USER}:{PASSWORD}@127.0.0.1:1"
_BARE = f"canary:{PASSWORD}@127.0.0.1:1"

#: Calls with a secret in a place where none belongs, with what they are given on stdin and in the environment.
CALLS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "a target that is a URL": (("probe", _URL), {}),
    "a target without a scheme": (("probe", _BARE), {}),
    "a target with a space": (("probe", f"{_URL} "), {}),
    "a target with a control character": (("probe", f"{_URL}\x07"), {}),
    "a target of an unknown scheme": (("probe", f"gopher://canary:{PASSWORD}@x"), {}),
    "a target as a verb": ((_URL,), {}),
    "a target of --mx": (("probe", "--mx", _URL), {}),
    "a name for TLS": (("probe", "--sni", _URL, "127.0.0.1:1"), {}),
    "an EHLO name": (("probe", "--ehlo-name", _BARE, "127.0.0.1:1"), {}),
    "a domain": (("probe", "--domain", _BARE, "127.0.0.1:1"), {}),
    "a resolver": (("probe", "--resolver", _URL, "127.0.0.1:1"), {}),
    "a source": (("probe", "--source", _URL, "127.0.0.1:1"), {}),
    "a profile": (("probe", "--profile", _URL, "127.0.0.1:1"), {}),
    "a choice": (("probe", "--tls", _URL, "127.0.0.1:1"), {}),
    "a command": (("probe", "--command", _AUTH, "127.0.0.1:1"), {}),
    "a command with a control character": (("probe", "--command", f"{_AUTH}\t\x07", "127.0.0.1:1"), {}),
    "a long command": (("probe", "--command", f"{_AUTH}{'=' * 600}", "127.0.0.1:1"), {}),
    "a command of explain": (("explain", "--command", _AUTH, f"504 5.5.4 {_AUTH} not supported"), {}),
    "a command of explain, as JSON": (("explain", "--format", "json", "--command", _AUTH, f"535 {PLAIN}"), {}),
    "a reply as arguments": (("explain", f"535 5.7.8 password={PASSWORD} token={TOKEN} {_URL}"), {}),
    "a query": (("codes", _URL), {}),
    "a code to compare": (("compare", "550", _URL), {}),
    "a personality": (("fake", _URL), {}),
    "a file": (("explain", "--file", _URL), {}),
    "a target in the environment": (("probe", "x y"), {"SMTPPROBE_PROBE_TARGETS": _URL}),
    "a command in the environment": (("probe", "127.0.0.1:1"), {"SMTPPROBE_PROBE_COMMAND": f"{_AUTH}\nNOOP"}),
    "a name in the environment": (("probe", "127.0.0.1:1"), {"SMTPPROBE_PROBE_SNI": _URL}),
    "other words in the environment": (
        ("probe", "--deadline", "1", "127.0.0.1:1", "--format", "json", "-v"),
        {"SMTPPROBE_PASSWORD": PASSWORD, "SMTPPROBE_TOKEN": TOKEN},
    ),
}


def called(name: str) -> dict[str, str]:
    """What a call says that was given a secret."""
    words, env = CALLS[name]
    ended = invoke(*words, env=env)
    return {"stdout": ended.stdout, "stderr": ended.stderr}


def key_files() -> dict[str, str]:
    """Files with a secret in them that are no key, or one that is locked."""
    shown = {}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "key.pem"
        for name, held in {
            "no PEM": f"{PASSWORD}\n{TOKEN}\n",
            "a broken PEM": f"-----BEGIN {KEY}-----\n{LOGIN_PASSWORD}\n{PLAIN}\n-----END {KEY}-----\n",
            "a certificate": f"-----BEGIN CERTIFICATE-----\n{PLAIN}\n-----END CERTIFICATE-----\n",
        }.items():
            place.write_text(held, encoding="utf-8")
            for option in ("--ca-file", "--client-cert"):
                ended = invoke("probe", option, str(place), "127.0.0.1:1")
                assert ended.status == 2
                shown[f"{name} as {option}"] = ended.stdout + ended.stderr
            ended = invoke("explain", "--file", str(place))
            shown[f"{name} explained"] = ended.stdout + ended.stderr
    return shown


def a_mistake_of_ours() -> dict[str, str]:
    """What a bug tells on stderr, in a sentence or with SMTPPROBE_DEBUG=1, whatever words its exception has."""
    source = (
        "import sys, smtpprobe.cli.codes as codes; from smtpprobe.cli import start\n"
        "def broken(**given): raise ValueError(sys.stdin.read())\n"
        "codes.command.callback = broken\n"
        "sys.argv[1:] = ['codes']\n"
        "start.main()\n"
    )
    told = f"login failed for {_URL}: password={PASSWORD}, {_AUTH}, token {TOKEN}"
    shown = {}
    for debug in ("", "1"):
        env = {**os.environ, "SMTPPROBE_DEBUG": debug}
        done = subprocess.run(
            [CONSOLE[0], "-c", source], input=told, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode != 0
        shown[f"SMTPPROBE_DEBUG={debug}"] = done.stdout + done.stderr
    return shown


def a_fake_server() -> dict[str, str]:
    """What the fake server shows of a client that logs in to it."""
    command = [*CONSOLE, "fake", "everything", "--verbose"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        told = process.stdout.readline() + (where := process.stdout.readline())
        port = int(where.split()[2].rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as client, client.makefile("rb") as replies:
            replies.readline()
            for lines in LOGINS.values():
                for line in lines:
                    client.sendall(line + b"\r\n")
                    replies.readline()
        process.send_signal(signal.SIGTERM)
        told += process.stdout.read()
    return {"stdout and stderr": told}


def places() -> Iterator[tuple[str, Callable[[], dict[str, str]]]]:
    """Every place by name, each to be called for what shows there."""
    for mechanism, lines in LOGINS.items():
        for how, echo in ECHOES.items():
            yield f"{mechanism}, refused {how}", lambda lines=lines, echo=echo: over_the_wire(lines, echo)  # type: ignore[misc]
            if mechanism in LIBRARY:
                yield (
                    f"{mechanism} through aiosmtplib, refused {how}",
                    lambda lines=lines, echo=echo, mechanism=mechanism: through_the_library(lines, echo, mechanism),  # type: ignore[misc]
                )
        yield f"{mechanism}, broken off", lambda lines=lines: when_writing_fails(lines)  # type: ignore[misc]
    for name, pasted in TEXTS.items():
        yield f"pasted: {name}", lambda pasted=pasted: {**explained(pasted), **explained_by_command(pasted)}  # type: ignore[misc]
    for name in CALLS:
        yield f"called with {name}", lambda name=name: called(name)  # type: ignore[misc]
    yield "files that hold a secret", key_files
    yield "a mistake of ours", a_mistake_of_ours
    yield "a fake server", a_fake_server
