"""The examples of a scan run against fake servers: a list, a blocklist, and a survey that is run again."""

from __future__ import annotations

import asyncio
import importlib
import json
import re
import shlex
import shutil
import socket
import sys
from pathlib import Path

import pytest
from example_files import EXAMPLES, ROOT
from example_runs import Authority, Ended, serving, start

from smtpprobe.fake import FakeServer, load
from smtpprobe.scan.writing import lines_of

sys.path.append(str(ROOT / "tests" / "names"))
import scripted_dns

SCAN = EXAMPLES / "scan"
ZONE = {
    "example.org": {"MX": ["10 mx1.example.org."]},
    "example.net": {"MX": ["10 mx1.example.net."]},
    "bank.example": {"MX": ["10 mx.bank.example."]},
    "mx1.example.org": {"A": ["127.0.0.1"]},
    "mx1.example.net": {"A": ["127.0.0.1"]},
    "mx.bank.example": {"A": ["127.0.0.9"]},
    "smtp.example.org": {"A": ["127.0.0.3"]},
}
ENCRYPTED = 'summary = "TLS from the first byte"\nimplicit_tls = true\n'


async def listed(folder: Path, authority: Authority) -> tuple[Ended, int]:
    async with (
        FakeServer(load("postfix"), "0.0.0.0", tls=authority.context) as server,
        serving(authority, ENCRYPTED) as encrypted,
        scripted_dns.serve(scripted_dns.zone(ZONE)) as dns,
    ):
        text = (SCAN / "servers.txt").read_text()
        for there, here in (
            ("192.0.2.16/29", "127.0.2.16/29"),
            ("smtps://smtp.example.org", f"smtps://127.0.0.1:{encrypted.port}"),
        ):
            assert there in text
            text = text.replace(there, here)
        (folder / "servers.txt").write_text(text)
        blocked = (SCAN / "blocklist.txt").read_text()
        assert "192.0.2.18" in blocked
        (folder / "blocklist.txt").write_text(blocked.replace("192.0.2.18", "127.0.2.18"))
        words = ("--blocklist", "blocklist.txt", "-o", "servers.jsonl", "--port", str(server.port), "--resolver", dns)
        ended = await start("smtpprobe", "scan", "servers.txt", *words, "--ca-file", authority.file, folder=folder)
        return ended, server.connections


def test_a_list_and_a_blocklist(tmp_path: Path) -> None:
    ended, connections = asyncio.run(listed(tmp_path, Authority(tmp_path)))
    assert (ended.status, ended.errors) == (0, "")
    found = [json.loads(line) for line in (tmp_path / "servers.jsonl").read_text().splitlines()]
    addresses = sorted(one["unit"]["address"] for one in found)
    assert addresses == ["127.0.0.1", "127.0.0.1", *(f"127.0.2.{n}" for n in range(16, 24) if n != 18)]
    assert connections == 8
    (shared,) = (one for one in found if len(one["names"]) == 2)
    assert {one["host"]: one["covered"]["fault"] for one in shared["names"]} == {
        "mx1.example.org": None,
        "mx1.example.net": "name",
    }
    assert "9 servers · 9 answered" in ended.output


async def surveyed(folder: Path) -> tuple[list[Ended], int]:
    async with (
        FakeServer(load("postfix"), "0.0.0.0") as server,
        scripted_dns.serve(scripted_dns.zone(ZONE)) as dns,
    ):
        words = (SCAN / "domains.txt", "survey.jsonl.zst", "--port", str(server.port), "--allow-private")
        given = {"NAME": "mail-survey.example.org", "RESOLVER": dns, "BLOCKLIST": str(SCAN / "blocklist.txt")}
        runs = [await start("sh", SCAN / "survey.sh", *words, folder=folder, more=given) for _ in range(2)]
        return runs, server.connections


def test_a_survey_that_is_run_again_asks_nobody_twice(tmp_path: Path) -> None:
    runs, connections = asyncio.run(surveyed(tmp_path))
    assert [(ended.status, ended.errors) for ended in runs] == [(0, ""), (0, "")]
    assert connections == 1
    (line,) = lines_of(str(tmp_path / "survey.jsonl.zst"))
    found = json.loads(line)
    assert [one["text"] for one in found["names"]] == ["example.net", "example.org"]
    assert found["ehlo_name"] == "mail-survey.example.org"
    assert (tmp_path / "survey.jsonl.zst.html").exists()


def test_a_survey_says_who_asks(tmp_path: Path) -> None:
    ended = asyncio.run(start("sh", SCAN / "survey.sh", "domains", "survey.jsonl", folder=tmp_path))
    assert ended.status == 2
    assert "say who asks" in ended.errors
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["smtpprobe-dask-scheduler.service", "smtpprobe-dask-worker.service"])
def test_the_services_of_dask_are_called_with_options_that_it_has(name: str) -> None:
    text = (EXAMPLES / "systemd" / name).read_text(encoding="utf-8").replace("\\\n", " ")
    (line,) = re.findall("^ExecStart=(.*)$", text, re.MULTILINE)
    program, command, *words = shlex.split(line)
    assert program == "/opt/smtpprobe/bin/dask"
    module = importlib.import_module(f"distributed.cli.dask_{command}")
    known = {spelling for option in module.main.params for spelling in (*option.opts, *option.secondary_opts)}
    assert {word for word in words if word.startswith("--")} <= known


async def asked_by_dask(folder: Path) -> tuple[Ended, int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    async with FakeServer(load("postfix"), "0.0.0.0") as server:
        (folder / "hosts.txt").write_text("".join(f"127.4.0.{n}:{server.port}\n" for n in range(20)))
        words = (SCAN / "with_dask.sh", "hosts.txt", "results.jsonl")
        (folder / "tmp").mkdir()
        more = {"PORT": port, "TMPDIR": str(folder / "tmp"), "DASK_CONFIG": str(folder / "tmp")}
        return await start("sh", *words, folder=folder, more=more), server.connections


@pytest.mark.skipif(shutil.which("dask", path=str(Path(sys.executable).parent)) is None, reason="dask is not installed")
def test_a_scan_by_the_workers_of_a_scheduler(tmp_path: Path) -> None:
    ended, connections = asyncio.run(asked_by_dask(tmp_path))
    assert (ended.status, ended.errors) == (0, "")
    assert "20 servers · 20 answered" in ended.output
    assert connections == 20
    assert (tmp_path / "results.jsonl").read_text().count("\n") == 20
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *("hosts.txt", "results.jsonl", "results.jsonl.state", "tmp")
    ]
