"""Every command and every option: used by a test, readable in 80 columns, settable in the environment."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from cli_calls import invoke

from smtpprobe.cli.main import COMMANDS, cli

HERE = Path(__file__)
TESTS = {
    "probe": [
        *("test_cli_probe.py", "test_cli_mx.py", "test_cli_exit_status.py", "test_cli_language.py"),
        *("test_cli_security.py", "test_cli_portrait.py"),
    ],
    "trace": [
        *("test_cli_trace.py", "trace_zone.py", "test_cli_secrets.py", "test_cli_delivery_options.py"),
        "test_cli_probe.py",
    ],
    "check": ["test_cli_check.py", "test_cli_probe.py"],
    "diff": ["test_cli_diff.py", "test_cli_probe.py", "test_cli_mx.py"],
    "scan": ["test_cli_scan.py", "test_cli_scan_mistakes.py", "test_cli_probe.py"],
    "exporter": ["test_cli_exporter.py"],
    "explain": ["test_cli_explain.py", "test_cli_catalogue.py", "test_cli_language.py"],
    "compare": ["test_cli_compare.py", "test_cli_language.py"],
    "codes": ["test_cli_catalogue.py", "test_cli_language.py"],
    "extensions": ["test_cli_catalogue.py", "test_cli_language.py"],
    "fake": ["test_cli_fake.py"],
    "demo": ["test_cli_fake.py"],
}


def options(command: str) -> list[click.Option]:
    found = cli.get_command(click.Context(cli), command)
    assert found is not None
    return [parameter for parameter in found.params if isinstance(parameter, click.Option)]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_used_in_a_test(command: str) -> None:
    text = "".join((HERE.parent / name).read_text() for name in TESTS[command])
    unused = [
        option.opts[0] for option in options(command) if not any(f'"{spelling}"' in text for spelling in option.opts)
    ]
    assert unused == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_what_all_of_them_have(command: str) -> None:
    spellings = {spelling for option in options(command) for spelling in option.opts}
    assert {"--format", "-o", "--output", "--no-color", "-q", "--quiet", "-v", "--verbose"} <= spellings


@pytest.mark.parametrize("command", COMMANDS)
def test_the_environment_knows_an_option_by_its_long_name(command: str) -> None:
    for option in options(command):
        long = [spelling for spelling in option.opts if spelling.startswith("--")]
        assert not long or option.name == long[-1].removeprefix("--").replace("-", "_")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_fits_the_screen_and_explains_every_option(command: str) -> None:
    ended = invoke(*filter(None, [command]), "--help", env={"COLUMNS": "80"})
    assert ended.status == 0
    assert max(map(len, ended.stdout.splitlines())) <= 80
    assert ended.stdout == invoke(*filter(None, [command]), "-h", env={"COLUMNS": "80"}).stdout
    for option in options(command) if command else ():
        assert option.help
        assert option.help.endswith((".", ")", "]", ":")) or "'" in option.help


def test_no_command_shows_the_help_and_the_version_is_told() -> None:
    bare = invoke()
    assert "Commands:" in bare.stdout + bare.stderr
    for command in COMMANDS:
        assert f"  {command} " in bare.stdout + bare.stderr
    assert re.fullmatch(r"smtpprobe, version [0-9.]+\S*\n", invoke("--version").stdout)
