"""The page of peers is true: each row says yes or no, each no says why, and commands and tests that it names exist."""

from __future__ import annotations

import re
import shlex
from collections import Counter

import click
import pytest
from docs_console import ROOT
from msgspec import Struct

from smtpprobe.cli.main import cli

TEXT = (ROOT / "docs" / "peers.md").read_text(encoding="utf-8")
CONTEXT = click.Context(cli, help_option_names=["-h", "--help"])
HEAD = ["what", "smtpprobe", "how", "shown by", "others"]
#: Where the last column tells what a tool did, not which tools do the same.
ERRED = "Where others were seen to err"
_CODE = re.compile(r"`([^`]+)`")
_TEST = re.compile(r"(tests/[a-z_/]+\.py)(?:::(test_[a-z0-9_]+))?")
_VARIABLE = re.compile(r"SMTPPROBE_[A-Z0-9_]+=\S+")


class Row(Struct, frozen=True):
    """One line of a table: what can be done, whether smtpprobe does it, and who else."""

    topic: str
    what: str
    state: str
    reason: str
    how: str
    shown: tuple[str, ...]
    others: str

    @property
    def commands(self) -> tuple[str, ...]:
        """Every command line of the row, those that a reason points to as well."""
        found = _CODE.findall(f"{self.how} {self.reason}")
        return tuple([one for one in found if re.match(r"(SMTPPROBE_\S+ )?smtpprobe ", one)])


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split(" | ")]


def _row(topic: str, line: str) -> Row:
    what, state, how, shown, others = _cells(line)
    word, _, reason = state.partition(": ")
    return Row(topic, what, word, reason, how, tuple(_CODE.findall(shown)), others)


def _rows() -> tuple[Row, ...]:
    found = []
    topics = re.split(r"^## (.*)$", TEXT, flags=re.MULTILINE)[1:]
    for topic, part in zip(topics[::2], topics[1::2], strict=True):
        head, _, *lines = re.findall(r"^\|.*$", part, flags=re.MULTILINE)
        assert _cells(head) == HEAD, topic
        found += [_row(topic, line) for line in lines]
    return tuple(found)


def _tools() -> set[str]:
    """Those of the table at the top, by the name that they go by on the page."""
    table = TEXT.partition("\n## ")[0]
    names = re.findall(r"^\| ([\w.-]+)(?:,? [^|]*)? \|", table, flags=re.MULTILINE)
    return set(names) - {"tool"}


ROWS = _rows()
COMMANDS = list(dict.fromkeys([command for row in ROWS for command in row.commands]))
TESTS = list(dict.fromkeys([test for row in ROWS for test in row.shown]))
each = pytest.mark.parametrize("row", ROWS, ids=lambda row: re.sub(r"\W+", "-", row.what)[:60])


@each
def test_a_row_says_yes_or_no_and_a_no_says_why(row: Row) -> None:
    assert row.state in ("yes", "no")
    assert (len(row.reason) > 20) == (row.state == "no")
    assert not row.reason.endswith(".")


@each
def test_a_yes_has_a_way_and_a_test(row: Row) -> None:
    if row.state == "yes":
        assert row.commands or "from smtpprobe." in row.how
        assert row.shown


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_is_one_that_can_be_typed(line: str) -> None:
    words = shlex.split(line)
    variables = [word for word in words if _VARIABLE.fullmatch(word)]
    program, name, *arguments = words[len(variables) :]
    assert program == "smtpprobe"
    command = cli.get_command(CONTEXT, name)
    assert command is not None
    context = click.Context(command, parent=CONTEXT, info_name=name)
    values, rest, order = command.make_parser(context).parse_args(arguments)
    assert rest == []
    for parameter in order:
        given = values.get(parameter.name or "")
        for value in given if isinstance(given, list | tuple) else [given]:
            if isinstance(value, str):
                parameter.type.convert(value, parameter, context)
    assert not [one.name for one in command.params if one.required and not values.get(one.name or "")]
    known = {f"SMTPPROBE_{name}_{one.name}".upper() for one in command.params}
    assert {variable.partition("=")[0] for variable in variables} <= known


def test_what_is_imported_can_be() -> None:
    lines = [code for row in ROWS for code in _CODE.findall(row.how) if code.startswith("from ")]
    assert len(lines) >= 2
    for line in lines:
        exec(line, {})  # a line of our own page


@pytest.mark.parametrize("name", TESTS)
def test_a_test_that_is_named_exists(name: str) -> None:
    place = _TEST.fullmatch(name)
    assert place is not None
    file = ROOT / place[1]
    assert file.name.startswith("test_")
    source = file.read_text(encoding="utf-8")
    assert re.search(rf"^\s*(?:async )?def {place[2] or 'test_[a-z0-9_]+'}\(", source, flags=re.MULTILINE)


@each
def test_who_has_the_same_is_one_of_the_tools(row: Row) -> None:
    if row.topic == ERRED:
        named = re.findall(r"(?:^|; |, )([\w.-]+)(?=[ :,])", row.others)
        assert named
        assert named[0] in _tools()
    elif row.others != "nobody":
        assert set(re.split(r"[,;] ", row.others.replace("partly: ", ""))) <= _tools()


def test_every_tool_is_somewhere_the_one_that_has_it() -> None:
    named = {name for row in ROWS for name in re.split(r"[,;] ", row.others)}
    assert len(_tools()) == 10
    assert _tools() <= named


def test_nothing_is_told_twice() -> None:
    assert [what for what, count in Counter(row.what for row in ROWS).items() if count > 1] == []
