"""Every example runs and says what its first lines promise, against fake servers."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from pathlib import Path

import pytest
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


@pytest.mark.parametrize(
    ("personality", "status", "unmet"),
    [("demo", 1, ["DSN should be kept", "auth-in-clear"]), (MINE, 0, [])],
    ids=["demo", "mine"],
)
def test_a_ci_job_ends_as_the_server_deserves(tmp_path: Path, personality: str, status: int, unmet: list[str]) -> None:
    ended = run("ci_expectations.sh", "HOST", folder=tmp_path, personality=personality)
    assert ended.status == status
    assert bool(ended.output) is bool(unmet)
    for words in unmet:
        assert words in ended.output
    assert (tmp_path / "smtpprobe-report.json").stat().st_size


def test_a_ci_job_tells_a_server_that_is_gone_from_one_that_fails(tmp_path: Path) -> None:
    ended = run("ci_expectations.sh", f"unix:{tmp_path}/nobody", folder=tmp_path)
    assert ended.status == 3


@pytest.mark.parametrize(("personality", "status"), [("demo", 1), (MINE, 0)], ids=["demo", "mine"])
def test_a_report_is_held_against_a_list(tmp_path: Path, personality: str, status: int) -> None:
    line = f"smtpprobe probe --format json HOST | python3 {EXAMPLES}/ci_expectations.py"
    assert run("sh", line, folder=tmp_path, personality=personality).status == status


def test_every_example_is_tried_here_or_by_another_example() -> None:
    tried = Path(__file__).read_text(encoding="utf-8") + (EXAMPLES / "explain_failure.sh").read_text(encoding="utf-8")
    assert {path.name for path in EXAMPLES.iterdir() if path.is_file() and path.name not in tried} == set()
