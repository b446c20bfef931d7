"""What stands in the examples: their files, and each command line of smtpprobe in them, whatever their format."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
EXPECTATIONS = EXAMPLES / "expectations"
INSTALLED = "/opt/smtpprobe/bin/smtpprobe"
FILES = sorted(path for path in EXAMPLES.rglob("*") if path.is_file() and "__pycache__" not in path.parts)

_COMMENT = re.compile(r"^\s*(?:#|//)\s?")
_CALL = re.compile(r"(?:^|[\s/(`'])smtpprobe (?=[a-z]+(?:\s|$))")


class Call(Struct, frozen=True):
    """A call of smtpprobe: where it stands, and its arguments as a shell hands them over, but for its variables."""

    where: str
    arguments: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.where}: {shlex.join(self.arguments)}"


def calls(path: Path) -> list[Call]:
    """The calls in an example or in the fenced blocks of a document."""
    where = str(path.relative_to(ROOT))
    return [Call(where, tuple(arguments)) for line in _lines(path) for arguments in _in_line(line)]


def workflow() -> Any:
    return yaml.safe_load((EXAMPLES / "github" / "smtpprobe.yml").read_text(encoding="utf-8"))


def gitlab_job() -> Any:
    return yaml.safe_load((EXAMPLES / "gitlab" / "smtpprobe.gitlab-ci.yml").read_text(encoding="utf-8"))["mail servers"]


def _lines(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".yml":
        yield from _strings(yaml.safe_load(text))
    elif path.suffix == ".md":
        for block in re.findall(r"^```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
            yield from _joined(block)
        return
    elif path.suffix != ".conf":
        yield from _joined("\n".join(line for line in text.splitlines() if not _COMMENT.match(line)))
    # A comment that shows a command indents it.
    for line in text.splitlines():
        if re.match(r"^(?:#|//) {5}", line):
            yield _COMMENT.sub("", line)


def _joined(text: str) -> list[str]:
    return text.replace("\\\n", " ").splitlines()


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from _joined(value)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _in_line(line: str) -> Iterator[list[str]]:
    for match in _CALL.finditer(line):
        rest = line[match.end() :]
        # A quotation that was opened right before the command ends with it.
        quote = line[match.start()]
        if quote in "'`":
            rest = rest.split(quote)[0]
        yield list(_words(rest))


def _words(text: str) -> Iterator[str]:
    """What a shell makes of the rest of a line, up to the end of the command."""
    lexer = shlex.shlex(text, posix=True, punctuation_chars="|&;<>()")
    lexer.whitespace_split, lexer.commenters = True, "#"
    for word in lexer:
        if set(word) <= set("|&;<>()"):
            return
        yield word


CALLS = [call for path in (*FILES, ROOT / "docs" / "ci.md") for call in calls(path)]
