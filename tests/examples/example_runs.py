"""Programs as the examples start them, and the fake servers that they meet, with their certificates."""

from __future__ import annotations

import asyncio
import os
import ssl
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import trustme
from example_files import EXPECTATIONS, ROOT
from msgspec import Struct

from smtpprobe.fake import FakeServer
from smtpprobe.fake.library import parse

SECONDS = 120

MX = """
summary = "an MX that does all that mx.toml expects"
hostname = "mx1.example.org"
[ehlo]
clear = ["PIPELINING", "SIZE 52428800", "8BITMIME", "STARTTLS", "ENHANCEDSTATUSCODES"]
[replies]
VRFY = "252 2.1.5 Try to send it mail"
[mail_parameters]
SIZE = "limit 52428800"
BODY = "check 7BIT|8BITMIME"
[mailboxes]
domains = ["example.org"]
users = ["postmaster"]
"""
TELLS_USERS = MX.replace("252 2.1.5 Try to send it mail", "250 2.1.5 <postmaster@example.org>")
RELAY = MX[: MX.index("[mailboxes]")]
INTERNAL = RELAY.replace('"STARTTLS", ', "").replace("[ehlo]", 'starttls = "off"\n[ehlo]')
SUBMISSION = """
summary = "a submission server that does all that submission.toml expects"
hostname = "smtp.example.org"
tls_required = true
[ehlo]
clear = ["PIPELINING", "SIZE 20971520", "8BITMIME", "STARTTLS", "ENHANCEDSTATUSCODES"]
tls = ["PIPELINING", "SIZE 20971520", "8BITMIME", "AUTH PLAIN LOGIN", "ENHANCEDSTATUSCODES"]
[replies]
VRFY = "252 2.1.5 Try to send it mail"
[mail_parameters]
SIZE = "limit 20971520"
BODY = "check 7BIT|8BITMIME"
[auth]
required = true
users = { "monitor@example.org" = "open sesame" }
"""
GREYLISTS = MX + "[[rules]]\ncommand = 'RCPT TO:<postmaster@example.org>'\nreply = '450 4.2.0 Greylisted'\n"
WITH_DSN = MX.replace('"STARTTLS"', '"STARTTLS", "DSN"')
BUSY = 'summary = "is busy"\ngreeting = "421 4.3.2 Too busy, come back later"\n'


class Ended(Struct, frozen=True):
    """How a program ended."""

    status: int | None
    output: str
    errors: str


class Authority:
    """Vouches for the servers of a test, which are found at loopback addresses."""

    def __init__(self, folder: Path) -> None:
        authority = trustme.CA()
        self.file = folder / "authority.pem"
        authority.cert_pem.write_to_path(str(self.file))
        self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        names = ("127.0.0.1", "127.0.0.2", "mx1.example.org", "mx2.example.org", "smtp.example.org")
        authority.issue_cert(*names).configure_cert(self.context)


@asynccontextmanager
async def serving(authority: Authority, text: str, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[FakeServer]:
    async with FakeServer(parse(text.encode(), "test.toml"), host, port, tls=authority.context) as server:
        yield server


async def start(*words: str | Path, folder: Path, more: Mapping[str, str] | None = None) -> Ended:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {"PATH": path, "LC_ALL": "C.UTF-8", "HOME": str(folder), "PYTHONPATH": str(ROOT), **(more or {})}
    process = await asyncio.create_subprocess_exec(
        *words,
        cwd=folder,
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await asyncio.wait_for(process.communicate(), SECONDS)
    return Ended(process.returncode, output.decode(), errors.decode())


def moved(name: str, folder: Path, places: Mapping[str, str]) -> Path:
    """A copy of an example of expectations, for servers at other places."""
    text = (EXPECTATIONS / name).read_text(encoding="utf-8")
    for there, here in places.items():
        assert f'target = "{there}"' in text
        text = text.replace(f'target = "{there}"', f'target = "{here}"')
    copy = folder / name
    copy.write_text(text, encoding="utf-8")
    return copy


def at(server: FakeServer) -> str:
    return f"{server.host}:{server.port}"
