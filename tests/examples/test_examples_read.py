"""The examples of checks as their tools read them: each command line exists, each file keeps its schema."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from dockerfile_parse import DockerfileParser  # type: ignore[import-untyped]
from example_files import CALLS, EXAMPLES, EXPECTATIONS, FILES, ROOT, Call, workflow

from smtpprobe.cli.main import cli
from smtpprobe.expect import servers as expected

SECONDS = 120


@pytest.mark.parametrize("call", CALLS, ids=lambda call: re.sub(r"[^\w.-]+", "-", str(call)))
def test_a_command_line_of_an_example_exists(call: Call) -> None:
    name, *arguments = call.arguments
    context = click.Context(cli, help_option_names=["-h", "--help"])
    command = cli.get_command(context, name)
    assert command is not None
    parser = command.make_parser(click.Context(command, parent=context))
    values, rest, order = parser.parse_args(arguments)
    for parameter in order:
        for value in given if isinstance(given := values.get(parameter.name or ""), list) else [given]:
            # A variable of a shell or a monitor may be anything.
            if isinstance(value, str) and "$" not in value:
                parameter.type.convert(value, parameter, context)
    assert [word for word in rest if "$" not in word] == []


def test_the_options_that_icinga_gives_exist() -> None:
    check = cli.get_command(click.Context(cli), "check")
    assert check is not None
    known = {spelling for parameter in check.params for spelling in parameter.opts}
    named = set(re.findall('"(--[a-z-]+)"', (EXAMPLES / "icinga" / "smtpprobe.conf").read_text()))
    assert {"--target", "--preset", "--group", "--format"} <= named <= known


def test_no_example_and_no_document_has_a_secret_on_a_command_line() -> None:
    assert [
        call for call in CALLS if any("secret" in word.lower() or "PASSWORD" in word for word in call.arguments)
    ] == []


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


@pytest.mark.parametrize("name", sorted(path.name for path in EXPECTATIONS.iterdir()))
def test_a_file_of_expectations_is_read(name: str) -> None:
    book = expected.read(EXPECTATIONS / name)
    assert book.servers
    assert all(server.expectations for server in book.servers)
