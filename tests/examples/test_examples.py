"""Every example runs and says what its first lines promise, against fake servers."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from pathlib import Path

from msgspec import Struct

from smtpprobe.fake import FakeServer, load

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
MINE = str(EXAMPLES / "my_server.toml")


class Ended(Struct, frozen=True):
    """How a program ended."""

    status: int | None
    output: str
    errors: str


def run(program: str, *arguments: str, folder: Path, personality: str | None = None) -> Ended:
    """Run an example in a folder of its own; HOST among the arguments is a fake server with this personality."""
    return asyncio.run(_run(program, arguments, folder, personality))


async def _run(program: str, arguments: tuple[str, ...], folder: Path, personality: str | None) -> Ended:
    if personality is None:
        return await _start(program, arguments, folder)
    async with FakeServer(load(personality)) as server:
        given = [argument.replace("HOST", f"{server.host}:{server.port}") for argument in arguments]
        return await _start(program, tuple(given), folder)


async def _start(program: str, arguments: tuple[str, ...], folder: Path) -> Ended:
    interpreter = sys.executable if program.endswith(".py") else "sh"
    words = ("-c", arguments[0]) if program == "sh" else (str(EXAMPLES / program), *arguments)
    process = await asyncio.create_subprocess_exec(
        interpreter,
        *words,
        cwd=folder,
        env={"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C.UTF-8"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await asyncio.wait_for(process.communicate(), 120)
    return Ended(process.returncode, output.decode(), errors.decode())


def test_a_broken_promise_is_told(tmp_path: Path) -> None:
    ended = run("check_promises.py", "HOST", folder=tmp_path, personality="demo")
    assert ended.status == 1
    assert re.search(r"^DSN +broken +555 5\.5\.4 to RET=HDRS$", ended.output, re.MULTILINE)
    assert re.search(r"^SIZE +kept ", ended.output, re.MULTILINE)


def test_a_server_that_keeps_its_promises_passes(tmp_path: Path) -> None:
    ended = run("check_promises.py", "HOST", folder=tmp_path, personality=MINE)
    assert ended.status == 0
    assert "broken" not in ended.output


def test_where_nobody_answers_no_promise_is_judged(tmp_path: Path) -> None:
    ended = run("check_promises.py", f"unix:{tmp_path}/nobody", folder=tmp_path)
    assert (ended.status, ended.output) == (3, "")
    assert ended.errors.strip()


def test_three_ways_to_learn_why_a_sender_fails(tmp_path: Path) -> None:
    ended = run("explain_failure.sh", "HOST", folder=tmp_path, personality="demo")
    assert ended.status == 0
    assert "EHLO does not offer DSN" in ended.output
    assert "← 504 5.5.4 Unrecognized authentication type: CRAM-MD5" in ended.output


def test_what_is_explained_needs_no_server(tmp_path: Path) -> None:
    ended = run("explain_failure.sh", folder=tmp_path)
    assert ended.status == 0
    assert "→" not in ended.output
