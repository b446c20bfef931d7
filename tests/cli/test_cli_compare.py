"""``smtpprobe compare``: two codes side by side, in every form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_calls import invoke, refused

from smtpprobe.cli.main import COMMANDS


def test_the_seeds_pair() -> None:
    ended = invoke("compare", "211", "504")
    assert (ended.status, ended.stderr) == (0, "")
    assert ended.stdout.startswith("SMTP 211 ")
    for heading in ("Key differences", "When to use which", "Learn more"):
        assert f"\n\n{heading}\n" in ended.stdout
    assert "https://www.rfc-editor.org/rfc/rfc5321#section-4.2.3" in ended.stdout


@pytest.mark.parametrize(("a", "b"), [("5.7.1", "5.7.26"), ("550", "5.7.1"), ("x.7.1", "550"), ("421", "457")])
def test_every_kind_of_pair(a: str, b: str) -> None:
    shown = invoke("compare", a, b).stdout
    assert shown.splitlines()[0].startswith(f"SMTP {a.upper()} ")
    assert f"\n\n{b}  " in shown


def test_every_form(tmp_path: Path) -> None:
    starts = {
        "text": "SMTP 550 ",
        "markdown": "# SMTP 550 ",
        "html": "<!doctype html>\n",
        "json": '{\n  "schema_version"',
    }
    for form, start in starts.items():
        place = tmp_path / form
        assert invoke("compare", "550", "554", "--format", form, "-o", str(place)).stdout == ""
        assert place.read_text(encoding="utf-8").startswith(start)
        assert invoke("compare", "550", "554", "--format", form).stdout == place.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_less_and_more_of_it(form: str) -> None:
    quiet, usual, verbose = (
        invoke("compare", "550", "554", "--format", form, *option).stdout for option in (["-q"], [], ["-v"])
    )
    assert len(quiet) < len(usual) < len(verbose)
    assert "Key differences" not in quiet
    assert "lasting refusals" in quiet
    assert "In answer to" in verbose


def test_the_document() -> None:
    loaded = json.loads(invoke("compare", "550", "5.7.1", "--format", "json").stdout)
    assert [code["code"] for code in loaded["codes"]] == ["550", "5.7.1"]
    assert len(loaded["differences"]) >= 2
    assert loaded["as_server"].endswith(".")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["550", "550"], "another"),
        (["550", "mailbox"], "such as 550"),
        (["X.7.1", "5.7.1"], "two classes or two codes"),
        (["550", "\x1b[2J"], "such as 550"),
        (["550"], "--help"),
        (["550", "551", "552"], "--help"),
    ],
)
def test_what_cannot_be_compared(words: list[str], hint: str) -> None:
    assert hint in refused("compare", *words)


def test_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in invoke("compare", "550", "554").stdout
    for words in (["--no-color"], ["--format", "markdown"], ["--format", "html"], ["--format", "json"]):
        assert "\x1b" not in invoke("compare", "550", "554", *words).stdout


def test_it_is_listed_beside_explain() -> None:
    names = list(COMMANDS)
    assert names.index("compare") == names.index("explain") + 1
