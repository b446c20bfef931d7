"""Calls of the command line, and how they ended."""

from __future__ import annotations

import json
import sys
from typing import Any

import jsonschema  # type: ignore[import-untyped]
from click.testing import CliRunner

from smtpprobe.cli.main import cli
from smtpprobe.render.schema import schema

CONSOLE = [sys.executable, "-c", "from smtpprobe.cli.start import main; main()"]


class Ended:
    """One call that is over."""

    def __init__(self, status: int, stdout: str, stderr: str) -> None:
        self.status, self.stdout, self.stderr = status, stdout, stderr

    @property
    def document(self) -> Any:
        """The one document on stdout, which keeps the schema."""
        return valid(self.stdout)

    @property
    def documents(self) -> list[Any]:
        """One document a line."""
        return [valid(line) for line in self.stdout.splitlines()]


def valid(text: str) -> Any:
    loaded = json.loads(text)
    jsonschema.Draft202012Validator(schema()).validate(loaded)
    return loaded


def invoke(*words: str, env: dict[str, str] | None = None, input: str | bytes | None = None) -> Ended:
    """Call smtpprobe with these words. ``env`` adds to the environment, ``input`` is what stdin gives."""
    result = CliRunner().invoke(
        cli, words, env={"SMTPPROBE_DEBUG": "1", **(env or {})}, input=input, catch_exceptions=False
    )
    return Ended(result.exit_code, result.stdout, result.stderr)


def refused(*words: str, **given: Any) -> str:
    """Call smtpprobe with what it must refuse: exit 2, nothing on stdout, one sentence on stderr, which is given."""
    ended = invoke(*words, **given)
    assert (ended.status, ended.stdout) == (2, "")
    assert ended.stderr.startswith("Error: ")
    assert ended.stderr.count("\n") == 1
    assert ended.stderr.rstrip().endswith((".", "?"))
    return ended.stderr.removeprefix("Error: ").rstrip()
