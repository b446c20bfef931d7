"""A check as text: golden files, what is told and what is only counted, rows that fit, no orders to a CI log."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from checkings_more import CHECKINGS, all_met, busy, changed, met, mixed, mx_domain, one_fails, server, untold

from smtpprobe.expectation import Checking, Place
from smtpprobe.outcome import Result
from smtpprobe.render import CHECK_RENDERERS, check_text
from smtpprobe.render.cells import cell_len
from smtpprobe.render.screen import console

GOLDEN = Path(__file__).parents[2] / "fixtures" / "golden" / "check"


def shown(
    checking: Checking,
    *,
    width: int = 80,
    encoding: str = "utf-8",
    color: bool = False,
    verbose: bool = False,
    brief: bool = False,
) -> str:
    octets = io.BytesIO()
    stream = io.TextIOWrapper(octets, encoding=encoding, newline="\n")
    check_text.show(checking, console(stream, color=color, width=width), verbose=verbose, brief=brief)
    stream.flush()
    return octets.getvalue().decode(encoding)


SCREENS: dict[str, tuple[Callable[[], Checking], Callable[[Checking], str]]] = {
    "text-mixed": (mixed, CHECK_RENDERERS["text"]),
    "text-untold": (untold, CHECK_RENDERERS["text"]),
    "text-mx-domain": (mx_domain, CHECK_RENDERERS["text"]),
    "text-changed": (changed, CHECK_RENDERERS["text"]),
    "text-verbose": (untold, lambda checking: shown(checking, verbose=True)),
    "text-ascii": (mixed, lambda checking: shown(checking, width=40, encoding="ascii")),
}


@pytest.mark.parametrize("name", SCREENS)
def test_golden(name: str) -> None:
    """With UPDATE_GOLDEN=1 the files are written anew: read the difference before you keep it."""
    make, show = SCREENS[name]
    text, path = show(make()), GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_every_golden_text_is_tested() -> None:
    assert {path.stem for path in GOLDEN.glob("text-*")} == set(SCREENS)


@pytest.mark.parametrize("verbose", [False, True])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
@pytest.mark.parametrize("width", [20, 40, 60, 80, 200])
@pytest.mark.parametrize("name", CHECKINGS)
def test_every_row_fits(name: str, width: int, encoding: str, verbose: bool) -> None:
    text = shown(CHECKINGS[name](), width=width, encoding=encoding, verbose=verbose)
    assert max(map(cell_len, text.split("\n"))) <= width


def test_a_server_that_does_all_is_one_line() -> None:
    assert CHECK_RENDERERS["text"](all_met()) == "✔ mx1.example.org:25  18 of 18 met\nall 18 met · 0.7 s\n"


@pytest.mark.parametrize("name", CHECKINGS)
def test_quiet_is_one_line(name: str) -> None:
    text = shown(CHECKINGS[name](), brief=True)
    assert text.count("\n") == 1
    assert text.rstrip() == CHECK_RENDERERS["text"](CHECKINGS[name]()).splitlines()[-1]


def test_where_there_is_no_conversation_the_rest_is_only_counted() -> None:
    text = " ".join(CHECK_RENDERERS["text"](busy()).split())
    assert "inconclusive: 421 4.7.0 too many connections; tried 3 times; 6 skipped" in text
    assert "PIPELINING" not in text
    assert text.endswith("1 inconclusive, 6 skipped · 2.1 s")


def test_no_conversation_at_some_addresses_does_not_hide_the_others() -> None:
    text = CHECK_RENDERERS["text"](mx_domain())
    assert text.startswith("✖ example.org          27 of 37 met, 5 skipped\n")
    assert "(mx3.example.org\n" in text


def test_the_same_at_several_addresses_is_told_once() -> None:
    text = " ".join(CHECK_RENDERERS["text"](mx_domain()).split())
    assert text.count("3 days left") == 1
    assert "14 days more (mx1.example.org [192.0.2.25], mx2.example.org [192.0.2.26], mx3" in text
    verbose = " ".join(shown(mx_domain(), verbose=True).split())
    assert "EHLO offers PIPELINING (all but mx3.example.org [2001:db8::27]): PIPELINING" in verbose


def test_verbose_tells_every_expectation_and_what_was_heard() -> None:
    text = " ".join(shown(untold(), verbose=True).split())
    for held in untold().servers[0].held:
        assert held.title in text
    assert "skipped because of tls-offered" in text
    assert "S: 454 4.7.0" in text
    assert "S: 454 4.7.0" not in CHECK_RENDERERS["text"](untold())


def test_the_same_expectation_looks_otherwise_for_each_result_without_colour() -> None:
    for encoding in ("utf-8", "ascii"):
        texts = set()
        for result in Result:
            one = msgspec.structs.replace(met(2)[1], result=result, got="250 ok")
            checking = msgspec.structs.replace(all_met(), servers=(server("mx1.example.org", (one,)),))
            rows = shown(checking, encoding=encoding, verbose=True).splitlines()
            texts.add(next(row for row in rows if "PIPELINING" in row))
        assert len(texts) == 4


def test_colour_adds_nothing_but_colour() -> None:
    coloured = shown(mixed(), color=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == shown(mixed())


def test_a_long_place_stands_above_its_words_and_can_be_copied() -> None:
    file = "deploy/production/expectations/mail-servers.toml"
    checking = one_fails()
    held = [msgspec.structs.replace(one, place=Place(file, 1_234)) for one in checking.servers[0].held]
    moved = msgspec.structs.replace(checking.servers[0], held=tuple(held))
    rows = shown(msgspec.structs.replace(checking, servers=(moved,))).splitlines()
    assert rows[1] == f"  ✖ {file}:1234"
    assert rows[2].startswith("      VRFY of a user is not answered with 250:")


def test_what_is_undecided_and_counted_as_something_else_is_said_so() -> None:
    failed = msgspec.structs.replace(busy(), inconclusive="fail")
    passed = msgspec.structs.replace(busy(), inconclusive="pass")
    assert "1 inconclusive (counted as failed)" in CHECK_RENDERERS["text"](failed)
    assert "1 inconclusive (counted as met)" in CHECK_RENDERERS["text"](passed)


def test_a_check_that_was_stopped_says_so() -> None:
    assert CHECK_RENDERERS["text"](CHECKINGS["nothing"]()) == "no server was asked · 2.1 s · stopped early\n"
