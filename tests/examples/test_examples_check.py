"""The examples of checks run against fake servers: one that does as expected, and one that does not."""

from __future__ import annotations

import asyncio
import re
import shlex
import sys
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path

import pytest
from example_files import EXAMPLES, INSTALLED, ROOT, gitlab_job, workflow
from example_runs import (
    BUSY,
    GREYLISTS,
    INTERNAL,
    MX,
    RELAY,
    SUBMISSION,
    TELLS_USERS,
    WITH_DSN,
    Authority,
    Ended,
    at,
    moved,
    serving,
    start,
)
from prometheus_client.parser import text_string_to_metric_families

from smtpprobe.fake import FakeServer
from smtpprobe.fake.library import parse

sys.path.append(str(ROOT / "tests" / "names"))
import scripted_dns


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


async def held_to_mx(folder: Path, authority: Authority, personality: str) -> Ended:
    async with (
        serving(authority, personality) as first,
        serving(authority, personality, "127.0.0.2", first.port),
        scripted_dns.serve(
            scripted_dns.zone(
                {
                    "example.org": {"MX": ["10 mx1.example.org.", "20 mx2.example.org."]},
                    "mx1.example.org": {"A": ["127.0.0.1"]},
                    "mx2.example.org": {"A": ["127.0.0.2"]},
                }
            )
        ) as dns,
    ):
        file = moved("mx.toml", folder, {"example.org": f"example.org:{first.port}"})
        options = ["--resolver", dns, "--allow-private", "--ca-file", str(authority.file), "--retries", "0"]
        return await start("smtpprobe", "check", file, *options, folder=folder)


@pytest.mark.parametrize(
    ("personality", "status"), [(MX, 0), (TELLS_USERS, 1), (BUSY, 4)], ids=["good", "tells", "busy"]
)
def test_the_mx_of_a_domain_are_held_to_a_file(
    tmp_path: Path, authority: Authority, personality: str, status: int
) -> None:
    ended = asyncio.run(held_to_mx(tmp_path, authority, personality))
    assert (ended.status, ended.errors) == (status, ""), ended.output


async def held_to_submission(folder: Path, authority: Authority, personality: str) -> Ended:
    implicit = personality.replace("[ehlo]", "implicit_tls = true\n[ehlo]", 1)
    async with serving(authority, personality) as first, serving(authority, implicit) as second:
        places = {"smtp.example.org:587": at(first), "smtps://smtp.example.org": f"smtps://{at(second)}"}
        file = moved("submission.toml", folder, places)
        options = ["--ca-file", str(authority.file), "--retries", "0"]
        secret = {"SMTP_PASSWORD": "open sesame"}
        return await start("smtpprobe", "check", file, *options, folder=folder, more=secret)


@pytest.mark.parametrize(
    ("personality", "status"),
    [
        (SUBMISSION, 0),
        (SUBMISSION.replace("open sesame", "another"), 1),
        (SUBMISSION.replace("LOGIN", "LOGIN NTLM"), 1),
    ],
    ids=["good", "another-password", "ntlm"],
)
def test_a_submission_server_is_held_to_a_file(
    tmp_path: Path, authority: Authority, personality: str, status: int
) -> None:
    ended = asyncio.run(held_to_submission(tmp_path, authority, personality))
    assert (ended.status, ended.errors) == (status, ""), ended.output
    assert "open sesame" not in ended.output


async def held_to_fleet(folder: Path, authority: Authority, second: str, *options: str) -> Ended:
    async with (
        serving(authority, MX) as mx1,
        serving(authority, second) as mx2,
        serving(authority, RELAY) as relay,
        serving(authority, INTERNAL) as printers,
    ):
        places = {
            "mx1.example.org": at(mx1),
            "mx2.example.org": at(mx2),
            "relay.example.org": at(relay),
            "printers.example.org:2525": at(printers),
        }
        file = moved("fleet.toml", folder, places)
        given = ["--ca-file", str(authority.file), "--retries", "0", *options]
        return await start("smtpprobe", "check", file, *given, folder=folder)


@pytest.mark.parametrize(
    ("second", "status"), [(MX, 0), (GREYLISTS, 0), (TELLS_USERS, 1)], ids=["good", "puts-off", "tells"]
)
def test_a_fleet_is_held_to_a_file(tmp_path: Path, authority: Authority, second: str, status: int) -> None:
    ended = asyncio.run(held_to_fleet(tmp_path, authority, second))
    assert (ended.status, ended.errors) == (status, ""), ended.output


def test_a_group_of_a_fleet_is_held_alone(tmp_path: Path, authority: Authority) -> None:
    ended = asyncio.run(held_to_fleet(tmp_path, authority, TELLS_USERS, "--group", "internal"))
    assert (ended.status, ended.errors) == (0, ""), ended.output


def simple(folder: Path, server: FakeServer) -> None:
    """A file of expectations where a job looks for it, with the one expectation on line 3."""
    text = f'[[server]]\ntarget = "{at(server)}"\nexpect.extensions.absent = ["DSN"]\n'
    (folder / "smtpprobe.toml").write_text(text)


async def run_job(script: str, folder: Path, personality: str, more: Mapping[str, str]) -> Ended:
    async with FakeServer(parse(personality.encode(), "test.toml")) as server:
        simple(folder, server)
        return await start("bash", "-e", "-c", script, folder=folder, more=more)


JOBS = pytest.mark.parametrize(("personality", "status"), [(MX, 0), (WITH_DSN, 1)], ids=["good", "dsn"])


@JOBS
def test_the_step_of_the_workflow_runs(tmp_path: Path, personality: str, status: int) -> None:
    step = next(step for step in workflow()["jobs"]["check"]["steps"] if "check" in step.get("run", ""))
    summary = tmp_path / "summary.md"
    summary.touch()
    ended = asyncio.run(run_job(step["run"], tmp_path, personality, {"GITHUB_STEP_SUMMARY": str(summary)}))
    assert (ended.status, ended.errors) == (status, "")
    assert ("file=smtpprobe.toml,line=3" in ended.output) is bool(status)
    assert "DSN" in summary.read_text() or not status
    assert (tmp_path / "smtpprobe.xml").stat().st_size


@JOBS
def test_the_script_of_the_gitlab_job_runs(tmp_path: Path, personality: str, status: int) -> None:
    job = gitlab_job()
    ended = asyncio.run(run_job("\n".join(job["script"]), tmp_path, personality, {}))
    assert (ended.status, ended.errors) == (status, "")
    report = tmp_path / job["artifacts"]["reports"]["junit"]
    assert len(ET.parse(report).findall(".//failure")) == status
    assert job["allow_failure"]["exit_codes"] == [4]


async def deployed(folder: Path, old: str, new: str) -> Ended:
    async with (
        FakeServer(parse(old.encode(), "old.toml")) as first,
        FakeServer(parse(new.encode(), "new.toml")) as second,
    ):
        program = ("sh", EXAMPLES / "predeploy.sh", at(first), at(second))
        return await start(*program, folder=folder, more={"RETRIES": "0"})


@pytest.mark.parametrize(
    ("old", "new", "status", "words"),
    [
        (MX, MX, 0, "what changes"),
        (TELLS_USERS, MX, 1, "users-revealed"),
        (MX, TELLS_USERS, 1, "VRFY postmaster never gets 250"),
        (MX, WITH_DSN, 1, "DSN"),
        (BUSY, MX, 4, "as it is"),
    ],
    ids=["alike", "better", "worse", "other", "busy"],
)
def test_a_new_server_is_compared_with_the_old_one(tmp_path: Path, old: str, new: str, status: int, words: str) -> None:
    ended = asyncio.run(deployed(tmp_path, old, new))
    assert ended.status == status, ended.output
    assert bool(ended.errors) is (old is BUSY)
    assert words in ended.output


def test_a_new_server_is_not_asked_while_the_old_one_is_gone(tmp_path: Path) -> None:
    ended = asyncio.run(start("sh", EXAMPLES / "predeploy.sh", f"unix:{tmp_path}/old", "unix:new", folder=tmp_path))
    assert ended.status == 3
    assert "held to what is expected" not in ended.output


def nagios_command(name: str, *arguments: str, host: str) -> str:
    """What Nagios gives to the shell for ``check_command name!argument!...``."""
    text = (EXAMPLES / "nagios" / "smtpprobe.cfg").read_text(encoding="utf-8")
    found = re.search(rf"command_name +{name}\n +command_line +(.*)", text)
    assert found is not None
    line = found[1].replace("$HOSTNAME$", host).replace(INSTALLED, "smtpprobe")
    for number, argument in enumerate(arguments, 1):
        line = line.replace(f"$ARG{number}$", argument)
    return line


async def plugged_in(folder: Path, personality: str) -> tuple[Ended, Ended]:
    """What both commands tell Nagios of one server."""
    async with FakeServer(parse(personality.encode(), "test.toml")) as server:
        file = folder / "smtpprobe.toml"
        file.write_text(f'[group.mx]\npreset = "mx"\n[[server]]\ntarget = "{at(server)}"\ngroups = ["mx"]\n')
        one = nagios_command("check_smtpprobe", str(server.port), "mx", host=server.host)
        group = nagios_command("check_smtpprobe_group", "mx", host=server.host)
        group = group.replace("/etc/smtpprobe/smtpprobe.toml", str(file))
        return await start("sh", "-c", one, folder=folder), await start("sh", "-c", group, folder=folder)


@pytest.mark.parametrize(
    ("personality", "status", "word"),
    [(MX, 0, "OK"), (BUSY, 1, "WARNING"), (TELLS_USERS, 2, "CRITICAL")],
    ids=["good", "busy", "tells"],
)
def test_the_commands_of_nagios_run(tmp_path: Path, personality: str, status: int, word: str) -> None:
    for ended in asyncio.run(plugged_in(tmp_path, personality)):
        assert (ended.status, ended.errors) == (status, ""), ended.output
        assert word in ended.output.splitlines()[0]


async def started_by_systemd(folder: Path, personality: str) -> Ended:
    text = (EXAMPLES / "systemd" / "smtpprobe-check.service").read_text(encoding="utf-8")
    found = re.search("^ExecStart=(.*)$", text, re.MULTILINE)
    assert found is not None
    line = found[1].replace(INSTALLED, "smtpprobe").replace("/etc/smtpprobe", str(folder))
    line = line.replace("/var/lib/node_exporter/textfile", str(folder))
    async with FakeServer(parse(personality.encode(), "test.toml")) as server:
        simple(folder, server)
        return await start(*shlex.split(line), folder=folder)


@JOBS
def test_the_service_leaves_metrics(tmp_path: Path, personality: str, status: int) -> None:
    ended = asyncio.run(started_by_systemd(tmp_path, personality))
    assert ended == Ended(status, "", "")
    file = tmp_path / "smtpprobe.prom"
    families = list(text_string_to_metric_families(file.read_text(encoding="utf-8")))
    assert any(family.name.startswith("smtpprobe_") for family in families)
    # node_exporter is another user.
    assert file.stat().st_mode & 0o004
