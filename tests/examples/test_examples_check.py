"""What holds servers to expectations in the examples: every command line exists, every file is read, and each of them runs."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import ssl
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import click
import pytest
import trustme
from dockerfile_parse import DockerfileParser
from example_files import EXAMPLES, FILES, ROOT, Call, calls, gitlab_job, workflow
from msgspec import Struct

from smtpprobe.cli.main import cli
from smtpprobe.expect import servers as expected
from smtpprobe.fake import FakeServer
from smtpprobe.fake.library import parse

sys.path.append(str(ROOT / "tests" / "names"))
import scripted_dns

EXPECTATIONS = EXAMPLES / "expectations"
CALLS = [call for path in (*FILES, ROOT / "docs" / "ci.md") for call in calls(path)]
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
BUSY = 'summary = "is busy"\ngreeting = "421 4.3.2 Too busy, come back later"\n'


class Ended(Struct, frozen=True):
    """How a program ended."""

    status: int | None
    output: str
    errors: str


# ---------------------------------------------------------------------------------------------------------------------
# Command lines


@pytest.mark.parametrize("call", CALLS, ids=lambda call: re.sub(r"[^\w.-]+", "-", str(call)))
def test_a_command_line_of_an_example_exists(call: Call) -> None:
    name, *arguments = call.arguments
    context = click.Context(cli)
    command = cli.get_command(context, name)
    assert command is not None
    parser = command.make_parser(click.Context(command))
    values, rest, order = parser.parse_args(arguments)
    for parameter in order:
        for value in given if isinstance(given := values.get(parameter.name or ""), list) else [given]:
            # A variable of a shell or a monitor may be anything.
            if isinstance(value, str) and "$" not in value:
                parameter.type.convert(value, parameter, context)
    assert rest == []


def test_the_options_that_icinga_gives_exist() -> None:
    check = cli.get_command(click.Context(cli), "check")
    assert check is not None
    known = {spelling for parameter in check.params for spelling in parameter.opts}
    named = set(re.findall('"(--[a-z-]+)"', (EXAMPLES / "icinga" / "smtpprobe.conf").read_text()))
    assert {"--target", "--preset", "--group", "--format"} <= named <= known


def test_no_example_and_no_document_has_a_secret_on_a_command_line() -> None:
    assert [call for call in CALLS if any("secret" in word.lower() or "PASSWORD" in word for word in call.arguments)] == []


# ---------------------------------------------------------------------------------------------------------------------
# Files, read by the tools that they are for


def judged(schema: str, file: Path) -> subprocess.CompletedProcess[str]:
    tool = Path(sys.executable).with_name("check-jsonschema")
    words = [str(tool), "--builtin-schema", schema, str(file)]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=SECONDS)


FORGES = {
    "vendor.github-workflows": (EXAMPLES / "github" / "smtpprobe.yml", ("runs-on:", "runs_on:")),
    "vendor.gitlab-ci": (EXAMPLES / "gitlab" / "smtpprobe.gitlab-ci.yml", ("expire_in: 30 days", "expires: 30 days")),
}


@pytest.mark.parametrize("schema", FORGES)
def test_a_forge_takes_its_example_and_would_not_take_a_mistake_in_it(schema: str, tmp_path: Path) -> None:
    file, (right, wrong) = FORGES[schema]
    ended = judged(schema, file)
    assert ended.returncode == 0, ended.stdout
    broken = tmp_path / file.name
    broken.write_text(file.read_text().replace(right, wrong))
    assert judged(schema, broken).returncode == 1


def test_the_workflow_may_read_and_no_more_and_names_each_action_by_its_commit() -> None:
    flow = workflow()
    steps = flow["jobs"]["check"]["steps"]
    assert flow["permissions"] == {"contents": "read"}
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"]) for step in steps if "uses" in step)
    # What is put into a script by the forge may be a script itself.
    assert not any("${{" in step.get("run", "") for step in steps)


def test_the_image_is_of_what_the_locks_hold_and_its_user_is_nobody() -> None:
    with (EXAMPLES / "docker" / "Dockerfile").open("rb") as file:
        parser = DockerfileParser(fileobj=file)
        steps = [(step["instruction"], step["value"]) for step in parser.structure]
        assert parser.is_multistage
    assert ("USER", "65532:65532") in steps[steps.index(("COPY", "--from=build /opt/smtpprobe /opt/smtpprobe")) :]
    assert steps[-2:] == [("ENTRYPOINT", '["smtpprobe"]'), ("CMD", '["check"]')]
    installs = [value for instruction, value in steps if instruction == "RUN"]
    assert all("--require-hashes" in value or "--no-deps" in value for value in installs)
    sources = [value.split()[:-1] for instruction, value in steps if instruction == "COPY" and "--from" not in value]
    assert all((ROOT / source).exists() for names in sources for source in names)


def test_every_example_is_named_in_a_test() -> None:
    tests = [*(ROOT / "tests").rglob("test_*.py"), Path(__file__).with_name("example_files.py")]
    tried = "".join(path.read_text(encoding="utf-8") for path in tests)
    by_another = (EXAMPLES / "explain_failure.sh").read_text(encoding="utf-8")
    assert [path for path in FILES if path.name not in tried + by_another] == []


# ---------------------------------------------------------------------------------------------------------------------
# Programs, run against fake servers


class Authority:
    """Vouches for the servers of a test, which are found at loopback addresses."""

    def __init__(self, folder: Path) -> None:
        authority = trustme.CA()
        self.file = folder / "authority.pem"
        authority.cert_pem.write_to_path(str(self.file))
        self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        names = ("127.0.0.1", "127.0.0.2", "mx1.example.org", "mx2.example.org", "smtp.example.org")
        authority.issue_cert(*names).configure_cert(self.context)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


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


@pytest.mark.parametrize("name", sorted(path.name for path in EXPECTATIONS.iterdir()))
def test_a_file_of_expectations_is_read(name: str) -> None:
    book = expected.read(EXPECTATIONS / name)
    assert book.servers
    assert all(server.expectations for server in book.servers)


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


@pytest.mark.parametrize(("personality", "status"), [(MX, 0), (TELLS_USERS, 1), (BUSY, 4)], ids=["good", "tells", "busy"])
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
    [(SUBMISSION, 0), (SUBMISSION.replace("open sesame", "another"), 1), (SUBMISSION.replace("LOGIN", "LOGIN NTLM"), 1)],
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


GREYLISTS = MX + "[[rules]]\ncommand = 'RCPT TO:<postmaster@example.org>'\nreply = '450 4.2.0 Greylisted'\n"


@pytest.mark.parametrize(("second", "status"), [(MX, 0), (GREYLISTS, 0), (TELLS_USERS, 1)], ids=["good", "puts-off", "tells"])
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


WITH_DSN = MX.replace('"STARTTLS"', '"STARTTLS", "DSN"')
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
    async with FakeServer(parse(old.encode(), "old.toml")) as first, FakeServer(parse(new.encode(), "new.toml")) as second:
        return await start("sh", EXAMPLES / "predeploy.sh", at(first), at(second), folder=folder)


@pytest.mark.parametrize(
    ("old", "new", "status", "words"),
    [
        (MX, MX, 0, "what changes"),
        (TELLS_USERS, MX, 1, "252"),
        (MX, TELLS_USERS, 1, "VRFY postmaster never gets 250"),
        (MX, WITH_DSN, 1, "DSN"),
        (BUSY, MX, 4, "as it is"),
    ],
    ids=["alike", "better", "worse", "other", "busy"],
)
def test_a_new_server_is_compared_with_the_old_one(tmp_path: Path, old: str, new: str, status: int, words: str) -> None:
    ended = asyncio.run(deployed(tmp_path, old, new))
    assert (ended.status, ended.errors) == (status, ""), ended.output
    assert words in ended.output


def test_a_new_server_is_not_asked_while_the_old_one_is_gone(tmp_path: Path) -> None:
    ended = asyncio.run(start("sh", EXAMPLES / "predeploy.sh", f"unix:{tmp_path}/old", "unix:new", folder=tmp_path))
    assert ended.status == 3
    assert "held to what is expected" not in ended.output
