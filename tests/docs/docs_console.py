"""The documents as data: their text, their links, and the commands in their console blocks with what they show.

The one place that says which fake server stands behind a host name in a document, and how output is compared.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

from msgspec import Struct

from smtpprobe.fake import FakeServer, Personality, load
from smtpprobe.fake.library import parse

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")] + sorted(ROOT.glob("docs/*.md"))

#: A host name in a command becomes the address of a fake server with this personality; in the output, the reverse.
HOSTS = {
    "mail.example.org": "demo",
    "refuses.example.org": 'summary = "takes no mail"\ngreeting = "554 5.7.1 No mail for you"',
    "busy.example.org": 'summary = "is busy"\ngreeting = "421 4.3.2 Too busy, come back later"',
}
ADDRESS, OURS = "192.0.2.25", "[192.0.2.7]"
_TIMEOUT = 120
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HOST = re.compile(rf"\b({'|'.join(map(re.escape, HOSTS))})(:\d+)?")


class Shown(Struct, frozen=True):
    """A command of a document and the output that stands beneath it; a row "…" stands for any number of rows."""

    line: str
    output: tuple[str, ...]


def blocks(document: Path) -> list[list[Shown]]:
    """The console blocks of a document."""
    return [list(_commands(match[1])) for match in _BLOCK.finditer(document.read_text(encoding="utf-8"))]


def _commands(block: str) -> Iterator[Shown]:
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, *output = part.rstrip("\n").split("\n")
        yield Shown(line, tuple(output))


async def run(commands: list[Shown], folder: Path) -> list[str]:
    """What the commands of one block print when the shell runs them in this folder; they must end with status 0."""
    printed = []
    async with AsyncExitStack() as stack:
        servers: dict[str, FakeServer] = {}
        for name in dict.fromkeys(match[1] for one in commands for match in _HOST.finditer(one.line)):
            servers[name] = await stack.enter_async_context(FakeServer(_personality(HOSTS[name])))
        for one in commands:
            line = _HOST.sub(lambda match: f"{servers[match[1]].host}:{servers[match[1]].port}", one.line)
            printed.append(_as_shown(await _shell(line, folder), one.line, servers))
    return printed


def _personality(text: str) -> Personality:
    return parse(text.encode(), "docs_console.py") if "=" in text else load(text)


async def _shell(line: str, folder: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {"PATH": path, "COLUMNS": "80", "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    process = await asyncio.create_subprocess_exec(
        "sh",
        "-c",
        line,
        cwd=folder,
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await asyncio.wait_for(process.communicate(), _TIMEOUT)
    assert process.returncode == 0, f"$ {line}\n{output.decode()}{errors.decode()}"
    return output.decode()


def _as_shown(output: str, line: str, servers: dict[str, FakeServer]) -> str:
    ports = {match[1]: match[2] for match in _HOST.finditer(line)}
    for name, server in servers.items():
        output = output.replace(f"{server.host}:{server.port}", f"{name}{ports.get(name) or ':25'}")
    return output.replace("[127.0.0.1]", OURS).replace("127.0.0.1", ADDRESS)


def fits(shown: Shown, printed: str) -> bool:
    """Is this what the document shows? Durations and the width of gaps may differ."""
    rows = [r"(?:.*\n)*?" if row == "…" else re.escape(_steady(row)) + r"\n" for row in shown.output]
    text = "".join(f"{_steady(row)}\n" for row in printed.splitlines())
    return not rows or re.fullmatch("".join(rows), text) is not None


def _steady(row: str) -> str:
    return re.sub(r" {2,}", " ", re.sub(r"\b\d+(\.\d+)? m?s\b", "N ms", row)).rstrip()
