"""A check in TAP: tap.py and Perl's TAP::Parser read it alike; met, failed and inconclusive are three things."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import check_golden
import msgspec
import pytest
import tap_readers
import yaml
from checkings import CHECKINGS, addresses, decided, failed, greeting_421, unreachable
from tap.line import Result as Line  # type: ignore[import-untyped]
from tap.parser import Parser  # type: ignore[import-untyped]

from smtpprobe.expectation import Checking
from smtpprobe.render import CHECK_RENDERERS, escape

with_perl = pytest.mark.skipif(tap_readers.PERL is None or tap_readers.PROVE is None, reason="there is no Perl")
_BLOCK = re.compile(r"^  ---\n(.*?)^  \.\.\.\n", re.MULTILINE | re.DOTALL)


def _render(checking: Checking) -> str:
    return CHECK_RENDERERS["tap"](checking)


def _lines(text: str) -> list[Line]:
    # tap.py tells lines by themselves; a version makes it look for a library that we do not have.
    return [line for line in map(Parser().parse_line, text.splitlines()) if line.category == "test"]


def _what(line: Line) -> str:
    word = "ok" if line.ok else "not ok"
    return f"{word}{' # TODO' * line.todo}{' # SKIP' * line.skip}"


def _hostile(text: str) -> Checking:
    """One point met and one failed, with this text for everything that is said."""
    whole = failed()
    bad = whole.servers[0].held[-2]
    said = msgspec.structs.replace(bad, title=text, got=text, expected=text, evidence=(text,), advice=text)
    server = msgspec.structs.replace(whole.servers[0], held=(whole.servers[0].held[0], said))
    return msgspec.structs.replace(whole, servers=(server,))


@pytest.mark.parametrize("name", ["failed", "undecided", "addresses"])
def test_golden_tap(name: str) -> None:
    check_golden.compare(f"{name}.tap", _render(CHECKINGS[name]()))


@pytest.mark.parametrize("name", CHECKINGS)
def test_the_plan_is_kept(name: str) -> None:
    text = _render(CHECKINGS[name]())
    numbers = [int(line.number) for line in _lines(text)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert re.findall(r"^1\.\.([0-9]+)", text, re.MULTILINE) == [str(len(numbers))]


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("met", ["ok"] * 3),
        ("failed", ["ok", "not ok", "not ok"]),
        ("undecided", ["not ok # TODO", "ok # SKIP", "ok # SKIP"]),
    ],
)
def test_met_failed_inconclusive_and_what_follows_differ(name: str, last: list[str]) -> None:
    assert [_what(line) for line in _lines(_render(CHECKINGS[name]()))][-3:] == last


@pytest.mark.parametrize("name", ["unreachable", "not-smtp", "refused"])
def test_a_server_without_a_conversation_is_one_not_ok(name: str) -> None:
    text = _render(CHECKINGS[name]())
    assert [_what(line) for line in _lines(text)] == ["not ok", *["ok # SKIP"] * 9]
    assert "Bail out!" not in text


@pytest.mark.parametrize(("word", "first"), [("fail", "not ok"), ("pass", "ok # SKIP")])
def test_the_user_has_the_word_on_what_is_undecided_in_tap(word: str, first: str) -> None:
    assert [_what(line) for line in _lines(_render(decided(greeting_421(), word)))] == [first, *["ok # SKIP"] * 9]


def test_the_reason_is_the_text_of_the_server() -> None:
    text = _render(greeting_421())
    assert "# TODO could not tell: 421 4.7.0 mx1.example.org too many connections | try later\n" in text


def test_only_a_stop_of_the_user_bails_out() -> None:
    assert [name for name in CHECKINGS if "Bail out!" in _render(CHECKINGS[name]())] == ["stopped", "nobody"]


@pytest.mark.parametrize("name", CHECKINGS)
def test_diagnostics_are_yaml(name: str) -> None:
    """Given any check, then each point that is not ok has one block, which a YAML parser reads."""
    text = _render(CHECKINGS[name]())
    blocks = [yaml.safe_load(block) for block in _BLOCK.findall(text)]
    assert len(blocks) == sum(not line.ok for line in _lines(text))
    assert all({"message", "severity", "server", "id", "data"} <= set(block) for block in blocks)


def test_a_block_says_where_and_what() -> None:
    block: dict[str, Any] = yaml.safe_load(_BLOCK.findall(_render(failed()))[0])
    assert (block["file"], block["line"]) == ("smtpprobe.toml", 14)
    assert block["data"] == {
        "got": "250 2.1.5 postmaster #1 <root@mx1.example.org>",
        "expect": "a code other than 250",
    }
    assert block["evidence"].split("\n")[0] == "C: VRFY postmaster"


@with_perl
@pytest.mark.parametrize("name", CHECKINGS)
def test_perl_reads_what_tap_py_reads(name: str) -> None:
    text = _render(CHECKINGS[name]())
    perl, lines = tap_readers.parsed(text), _lines(text)
    assert (perl["errors"], perl["version"], perl["planned"]) == ([], 13, len(lines))
    assert [point["ok"] for point in perl["points"]] == [line.ok for line in lines]
    assert [point["description"] for point in perl["points"]] == [line.description for line in lines]
    assert perl["todo"] == [int(line.number) for line in lines if line.todo]
    assert perl["skipped"] == [int(line.number) for line in lines if line.skip]
    blocks = [yaml.safe_load(block) for block in _BLOCK.findall(text)]
    assert _texts([point["yaml"] for point in perl["points"] if "yaml" in point]) == _texts(blocks)


def _texts(value: Any) -> Any:
    """Perl knows no numbers in YAML."""
    if isinstance(value, dict):
        return {key: _texts(one) for key, one in value.items()}
    return [_texts(one) for one in value] if isinstance(value, list) else str(value)


@with_perl
@pytest.mark.parametrize(
    ("name", "status", "word"),
    [
        *(("met", 0, "PASS"), ("undecided", 0, "PASS"), ("greeting-421", 0, "PASS")),
        *(("failed", 1, "FAIL"), ("unreachable", 1, "FAIL"), ("stopped", 255, "Bailout called")),
    ],
)
def test_prove_passes_and_fails(name: str, status: int, word: str, tmp_path: Path) -> None:
    found, said = tap_readers.prove(_render(CHECKINGS[name]()), tmp_path)
    assert (found == 0) == (status == 0)
    assert word in said


_HARM = [
    *("ok # SKIP x", "ok \\# TODO x", "x # SKIP", "a\nnot ok 3 - b\n1..9", "Bail out! x", "...", "---\n- x\n  ...\n"),
    *("\\", '"', '\\"', "x\\", "'", "- [a, b]", "{a: b}", "# x", "\x1b[2J", "\u2028", "日本", "%YAML 1.2", "!!int x"),
]


@with_perl
@pytest.mark.parametrize("harm", _HARM)
def test_no_text_becomes_a_directive_or_a_line(harm: str) -> None:
    """Given a text that looks like TAP or YAML, then both readers see two points and the text itself in the block."""
    text = _render(_hostile(harm))
    perl = tap_readers.parsed(text)
    assert perl["errors"] == []
    assert [(point["ok"], point["directive"]) for point in perl["points"]] == [(True, ""), (False, "")]
    assert [_what(line) for line in _lines(text)] == ["ok", "not ok"]
    block = perl["points"][1]["yaml"]
    assert block["data"] == {"got": escape.terminal(harm), "expect": escape.terminal(harm)}
    assert yaml.safe_load(_BLOCK.findall(text)[0])["advice"] == escape.terminal(harm)


@with_perl
def test_several_addresses_and_servers_are_named() -> None:
    names = [point["description"] for point in tap_readers.parsed(_render(addresses()))["points"]]
    assert names[10] == "- mx1.example.org:25 [2001:db8::25] conversation: an SMTP conversation can be held"
    assert len(set(names)) == len(names)


@with_perl
def test_an_unreachable_server_is_told_with_its_advice() -> None:
    block = tap_readers.parsed(_render(unreachable()))["points"][0]["yaml"]
    assert block["message"] == "unreachable: nobody listens"
    assert block["advice"] == "Look whether the server runs and listens there."
