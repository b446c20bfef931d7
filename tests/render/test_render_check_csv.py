"""A check as CSV: what RFC 4180 wants, every row as long as the names, and no cell that a spreadsheet would compute."""

from __future__ import annotations

import csv
import io

import check_golden
import msgspec
import pytest
from checkings import CHECKINGS, addresses, failed, met

from smtpprobe.expectation import Checking
from smtpprobe.outcome import Result
from smtpprobe.render import CHECK_RENDERERS, escape


def _rows(checking: Checking) -> list[dict[str, str]]:
    text = CHECK_RENDERERS["csv"](checking)
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True, restkey="more"))


@pytest.mark.parametrize("name", ["failed", "undecided", "addresses"])
def test_golden_csv(name: str) -> None:
    check_golden.compare(f"{name}.csv", CHECK_RENDERERS["csv"](CHECKINGS[name]()))


@pytest.mark.parametrize("name", CHECKINGS)
def test_there_is_one_row_for_each_expectation(name: str) -> None:
    checking = CHECKINGS[name]()
    rows = _rows(checking)
    assert [row["id"] for row in rows] == [held.id for checked in checking.servers for held in checked.held]
    assert all("more" not in row and None not in row.values() for row in rows)


def test_lines_end_in_crlf() -> None:
    text = CHECK_RENDERERS["csv"](failed())
    assert text.count("\r\n") == text.count("\n") == text.count("\r") == 11
    assert text.endswith("\r\n")


def test_a_row_has_what_decided() -> None:
    row = _rows(failed())[-2]
    assert (row["server"], row["id"], row["result"]) == ("mx1.example.org:25", "command-vrfy", "failed")
    assert row["evidence"] == "C: VRFY postmaster | S: 250 2.1.5 postmaster #1 <root@mx1.example.org>"
    assert (row["file"], row["line"]) == ("smtpprobe.toml", "14")


def test_numbers_are_numbers() -> None:
    row = _rows(failed())[-1]
    assert [row[name] for name in ("measure", "value", "unit", "least", "most")] == [
        *("certificate_days", "9", "d", "14", "")
    ]


def test_a_number_below_zero_stays_one() -> None:
    """Given a certificate that expired 3 days ago, then its number is no text, while a word with a minus is."""
    checking = failed()
    expired = checking.servers[0].held[-1]
    assert expired.measure is not None
    expired = msgspec.structs.replace(expired, got="-3", measure=msgspec.structs.replace(expired.measure, value=-3))
    server = msgspec.structs.replace(checking.servers[0], held=(expired,))
    (row,) = _rows(msgspec.structs.replace(checking, servers=(server,)))
    assert (row["value"], row["got"]) == ("-3", "'-3")


def test_results_are_the_words_of_the_closed_list() -> None:
    found = {row["result"] for name in CHECKINGS for row in _rows(CHECKINGS[name]())}
    assert found == {str(result) for result in Result}


def test_addresses_have_a_column_of_their_own() -> None:
    assert [row["address"] for row in _rows(addresses())].count("2001:db8::25") == 10
    assert {row["address"] for row in _rows(met())} == {""}


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", " '=1"),
        ("\r=1", "\\x0d=1"),
        ("＝1", "'＝1"),
        ("a;=1", "a;'=1"),
        ("a; @b", "a; '@b"),
        ("<a@b.example> x=1 2-1", "<a@b.example> x=1 2-1"),
        ("250 OK", "250 OK"),
        ("", ""),
    ],
)
def test_a_cell_is_no_formula(text: str, cell: str) -> None:
    assert escape.spreadsheet(text) == cell
