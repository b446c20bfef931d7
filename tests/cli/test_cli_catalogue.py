"""``smtpprobe explain``, ``codes`` and ``extensions``: what needs no network."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_calls import invoke, refused

DIALOGUE = "S: 220 mx.example ESMTP\nC: EHLO me\nS: 250 mx.example\nC: AUTH FOO\nS: 504 5.5.4 no\n"


def test_a_code_alone_shows_its_page() -> None:
    ended = invoke("explain", "504")
    assert ended.status == 0
    assert ended.stdout.startswith("504  ")
    assert "what to do" in ended.stdout


def test_a_reply_comes_as_words_as_one_text_from_stdin_and_from_a_file(tmp_path: Path) -> None:
    place = tmp_path / "reply.txt"
    place.write_text("550 5.7.1 Relay access denied")
    one = invoke("explain", "550 5.7.1 Relay access denied").stdout
    assert "try again?" in one
    assert invoke("explain", "550", "5.7.1", "Relay", "access", "denied").stdout == one
    assert invoke("explain", input=b"550 5.7.1 Relay access denied").stdout == one
    assert invoke("explain", "--file", str(place)).stdout == one
    assert invoke("explain", "--file", "-", input=b"550 5.7.1 Relay access denied").stdout == one


def test_the_command_changes_the_advice() -> None:
    assert invoke("explain", "504", "--command", "AUTH FOO").stdout != invoke("explain", "504").stdout


def test_a_secret_that_was_pasted_is_not_shown() -> None:
    for words in (["--format", "json"], []):
        ended = invoke("explain", *words, "--command", "AUTH PLAIN AGFubgBzZWNyZXQ=", "535 5.7.8 no")
        assert "AGFubgBzZWNyZXQ" not in ended.stdout


def test_more_and_less_of_it() -> None:
    usual = invoke("explain", input=DIALOGUE).stdout
    quiet, verbose = invoke("explain", "-q", input=DIALOGUE).stdout, invoke("explain", "-v", input=DIALOGUE).stdout
    assert len(quiet.splitlines()) == 3
    assert len(quiet) < len(usual) < len(verbose)


def test_explain_as_json(tmp_path: Path) -> None:
    loaded = json.loads(invoke("explain", "--format", "json", input=DIALOGUE).stdout)
    assert [item["code"] for item in loaded["items"]] == [220, 250, 504]
    place = tmp_path / "out.json"
    invoke("explain", "--format", "json", "-o", str(place), input=DIALOGUE)
    assert json.loads(place.read_text()) == loaded


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["hello"], "give a code"),
        (["504", "--file", "x"], "one of them"),
        (["x" * 70_000], "give a code"),
        (["\x1b"], "code"),
    ],
)
def test_what_cannot_be_explained(words: list[str], hint: str) -> None:
    assert hint in refused("explain", *words)


def test_an_empty_stdin_is_nothing_to_explain() -> None:
    assert "give a code" in refused("explain", input=b"")


@pytest.mark.parametrize(("command", "exact"), [("codes", "504"), ("codes", "5.7.26"), ("extensions", "DSN")])
def test_browsing(tmp_path: Path, command: str, exact: str) -> None:
    listed, page = invoke(command), invoke(command, exact)
    assert listed.status == page.status == 0
    assert len(listed.stdout.splitlines()) > 30
    assert page.stdout.startswith(f"{exact}  ")
    assert len(invoke(command, "-q", exact).stdout.splitlines()) == 1
    assert len(invoke(command, "-v").stdout) > 3 * len(listed.stdout)
    assert isinstance(json.loads(invoke(command, "--format", "json", exact).stdout), dict)
    assert "try" in refused(command, "zzzz\x1b")
    place = tmp_path / "list"
    assert invoke(command, "--no-color", "-o", str(place)).stdout == ""
    assert place.read_text() == listed.stdout


def test_reply_codes_come_before_enhanced_ones() -> None:
    rows = [line.split()[0] for line in invoke("codes").stdout.splitlines() if line]
    numbers, coded = [row for row in rows if row.isdigit()], [row for row in rows if not row.isdigit()]
    assert rows == numbers + coded
    assert numbers == sorted(numbers)
    assert coded[0] == "X.0.0"


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("55", "550  ", "X.5"),
        ("5yz", "571  ", "450  "),
        ("permanent", "X.7.26  ", "450  "),
        ("AUTH", "535  ", "354  "),
        ("5.7", "X.7.26  ", "550  "),
        ("greylisting", "450  ", "550  M"),
    ],
)
def test_codes_by_number_class_command_and_word(query: str, shown: str, hidden: str) -> None:
    listed = invoke("codes", "-q", query).stdout
    assert f"  {shown}" in listed
    assert f"  {hidden}" not in listed


@pytest.mark.parametrize(
    ("words", "neighbours"),
    [
        (["codes", "504"], ["503  ", "505  ", "501  ", "X.5.4  ", "smtpprobe compare 504 501"]),
        (["codes", "457"], ["456  ", "458  "]),
        (["codes", "101"], ["111  "]),
        (["codes", "5.7.26"], ["550  ", "X.7.25", "smtpprobe compare 5.7.26 5.7.25"]),
        (["codes", "X.1.5"], ["250  ", "X.1.4", "smtpprobe compare X.1.5 X.1.4"]),
        (["extensions", "CHUNKING"], ["BINARYMIME  "]),
        (["extensions", "AUTH=LOGIN"], ["AUTH  SMTP authentication"]),
    ],
)
def test_one_entry_has_its_neighbours(words: list[str], neighbours: list[str]) -> None:
    page = invoke(*words).stdout
    for neighbour in neighbours:
        assert neighbour in page


def test_the_class_that_was_asked_for_decides() -> None:
    later, final = invoke("codes", "4.7.1").stdout, invoke("codes", "5.7.1").stdout
    assert "  later: " in later
    assert "  after a fix: " in final
    assert "451  " in later
    assert "451  " not in final


def test_what_vendors_mean_is_found_and_told() -> None:
    assert "Microsoft 365: " in invoke("codes", "5.7.509").stdout
    assert "Gmail: " in invoke("codes", "5.7.26").stdout
    assert invoke("codes", "Microsoft", "reputation").stdout.splitlines()[0].endswith("Microsoft 365")


def test_browsing_as_json() -> None:
    one = json.loads(invoke("codes", "--format", "json", "504").stdout)
    assert list(one) == ["schema_version", "codes", "enhanced", "vendors", "neighbours"]
    assert (one["codes"][0]["code"], one["enhanced"]) == (504, [])
    assert one["neighbours"] == {
        "before": 503,
        "after": 505,
        "mistaken_for": one["codes"][0]["mistaken_for"],
        "enhanced": ["X.5.4", "X.7.0", "X.7.4"],
    }
    coded = json.loads(invoke("codes", "--format", "json", "5.7.26").stdout)
    assert (coded["codes"], coded["enhanced"][0]["code"]) == ([], "X.7.26")
    assert coded["neighbours"]["basic"] == [550]
    assert "Gmail" in [sense["vendor"] for sense in coded["vendors"]]
    many = json.loads(invoke("codes", "--format", "json", "dkim").stdout)
    assert many["neighbours"] is None
    assert many["codes"]
    assert many["enhanced"]
    keyword = json.loads(invoke("extensions", "--format", "json", "DSN").stdout)
    assert keyword["related"] == ["XDSN"]
    assert json.loads(invoke("extensions", "--format", "json", "BODY=").stdout)["related"] is None


@pytest.mark.parametrize(
    ("words", "shown"),
    [(["BODY="], "8BITMIME"), (["historic"], "TURN"), (["local", "exchange"], "XSHADOW"), (["queue"], "ETRN")],
)
def test_extensions_by_parameter_status_and_word(words: list[str], shown: str) -> None:
    assert f"  {shown} " in invoke("extensions", "-q", *words).stdout


@pytest.mark.parametrize("words", [["codes", "9.9.9"], ["codes", "x" * 300], ["codes", "5.7", "marmalade"]])
def test_nothing_found_is_told_in_one_sentence(words: list[str]) -> None:
    assert "try a number (504, 5.7)" in refused(*words)


@pytest.mark.parametrize("command", ["explain", "codes", "extensions"])
def test_no_color(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in invoke(command, "504" if command != "extensions" else "DSN").stdout
    assert "\x1b" not in invoke(command, "--no-color", "504" if command != "extensions" else "DSN").stdout
