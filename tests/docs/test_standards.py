"""The register of standards is true: it names what the program names, and what it points at is there."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from docs_console import ROOT
from msgspec import Struct

from smtpprobe.catalogue.references import address
from smtpprobe.cli.main import COMMANDS

STATES = ("yes", "partly", "no")
_RFC = re.compile(r"rfc[\s\"'#._-]{0,40}([0-9]{3,5})(?![0-9\[])", re.IGNORECASE)
_SECTION = re.compile(r"RFC[\s\"]{1,40}([0-9]{3,5}) ([0-9]{1,2}(?:\.[0-9]+)*|[A-F](?:\.[0-9]+)*)\b")
_DRAFT = re.compile(r"\bdraft-[a-z0-9]+(?:-[a-z0-9]+)+")
_LINK = re.compile(r"\[([^\]]+)\]\((https://[^)\s]+)\)")
_PLACE = re.compile(r"RFC ([0-9]+)(?: ([0-9A-Z.]+))?")
_IN_PASSING = re.compile(r"\([^)]*\)")
_NUMBER = re.compile(r"(?<![\w.])[0-9A-F](?:[0-9.]*[0-9])?(?![\w])")
_PATH = re.compile(r"`([^`]+)`")


class Row(Struct, frozen=True):
    """One line of a table: a standard, or a section of one."""

    topic: str
    where: str
    link: str
    done: str
    state: str
    reason: str
    shown: tuple[str, ...]


def _row(topic: str, line: str) -> Row:
    where, done, state, shown = [cell.strip() for cell in line.strip("|").split(" | ")]
    named = _LINK.fullmatch(where)
    assert named is not None, line
    word, _, reason = state.partition(": ")
    return Row(topic, named[1], named[2], done, word, reason, tuple(_PATH.findall(shown)))


def _rows() -> tuple[Row, ...]:
    text = (ROOT / "docs" / "standards.md").read_text(encoding="utf-8")
    topics = re.split(r"^## (.*)$", text, flags=re.MULTILINE)[1:]
    tables = zip(topics[::2], topics[1::2], strict=True)
    return tuple([_row(topic, line) for topic, table in tables for line in re.findall(r"^\| \[.*$", table, re.M)])


def _mentioned(pattern: re.Pattern[str]) -> set[Any]:
    sources = [path for kind in ("py", "toml") for path in (ROOT / "smtpprobe").rglob(f"*.{kind}")]
    return {found for path in sources for found in pattern.findall(path.read_text(encoding="utf-8"))}


def _sections(row: Row) -> list[str]:
    """The section that a row is about, "" for all of them, and those that it names in brackets."""
    place = _PLACE.fullmatch(row.where)
    assert place is not None
    return [place[2] or "", *_NUMBER.findall(" ".join(_IN_PASSING.findall(f"{row.done} {row.reason}")))]


def _order(where: str) -> tuple[object, ...]:
    """RFCs by number and section, sections before appendices; everything else by its name."""
    place = _PLACE.fullmatch(where)
    if place is None:
        return (0, where.casefold())
    parts = [part for part in (place[2] or "").split(".") if part]
    return (int(place[1]), [(part.isalpha(), part.rjust(4)) for part in parts])


ROWS = _rows()
RFCS = {
    place[1]: [row for row in ROWS if row.where.split(" ")[:2] == ["RFC", place[1]]]
    for row in ROWS
    if (place := _PLACE.fullmatch(row.where))
}
each = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.where)


def test_every_rfc_that_the_program_mentions_is_in_the_register() -> None:
    assert sorted(_mentioned(_RFC) - RFCS.keys(), key=int) == []


def test_every_section_that_the_program_cites_is_in_the_register() -> None:
    for number, cited in _mentioned(_SECTION):
        told = [section for row in RFCS[number] for section in _sections(row)]
        # A row about a section speaks for what is in it, and rows about its parts speak for the whole.
        assert any(
            f"{cited}.".startswith(f"{section}." if section else "") or section.startswith(f"{cited}.")
            for section in told
        ), f"RFC {number} {cited} stands in no row"


def test_what_the_program_does_not_mention_is_not_called_done() -> None:
    for number in RFCS.keys() - _mentioned(_RFC):
        assert all(row.state != "yes" for row in RFCS[number]), number


def test_the_drafts_are_those_that_the_program_mentions() -> None:
    assert {row.where for row in ROWS if row.where.startswith("draft-")} == _mentioned(_DRAFT)


@each
def test_a_row_has_a_state_and_a_reason_for_what_is_lacking(row: Row) -> None:
    assert row.state in STATES
    assert bool(row.reason) == (row.state != "yes")
    assert row.done.endswith(".")
    assert not row.reason.endswith(".")


@each
def test_what_is_not_there_yet_is_not_there(row: Row) -> None:
    assert not COMMANDS.keys() & re.findall(r"not yet: `([a-z]+)", row.reason)


@each
def test_a_row_names_what_shows_it_and_that_exists(row: Row) -> None:
    assert row.shown or row.state == "no"
    for path in row.shown:
        assert path.startswith(("smtpprobe/", "tests/"))
        assert (ROOT / path).is_file(), path


@each
def test_an_rfc_or_a_draft_is_linked_as_the_catalogue_links_it(row: Row) -> None:
    assert row.link == (address(row.where) or row.link)
    assert address(row.where) or not row.where.startswith(("RFC", "draft-"))


def test_each_table_is_in_order_without_repetition() -> None:
    for one, other in pairwise(ROWS):
        assert one.topic != other.topic or _order(one.where) < _order(other.where), other.where


def test_an_rfc_stands_in_one_table() -> None:
    for number, rows in RFCS.items():
        assert len({row.topic for row in rows}) == 1, number
