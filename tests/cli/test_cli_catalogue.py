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
        (["x" * 70_000], "64 KiB"),
        (["\x1b"], "code"),
    ],
)
def test_what_cannot_be_explained(words: list[str], hint: str) -> None:
    assert hint in refused("explain", *words)


def test_an_empty_stdin_is_nothing_to_explain() -> None:
    assert "give a code" in refused("explain", input=b"")


@pytest.mark.parametrize(("command", "exact"), [("codes", "504"), ("extensions", "DSN")])
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


@pytest.mark.parametrize("command", ["explain", "codes", "extensions"])
def test_no_color(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in invoke(command, "504" if command != "extensions" else "DSN").stdout
    assert "\x1b" not in invoke(command, "--no-color", "504" if command != "extensions" else "DSN").stdout
