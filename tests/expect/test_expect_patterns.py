"""Regular expressions of the user's: which are taken, and that no words of a server make those slow."""

from __future__ import annotations

import contextlib
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.expect.mistakes import Mistake
from smtpprobe.expect.patterns import LINE_READ, LINES_READ, compiled, found

sys.path.append(str(Path(__file__).parents[1]))
from regexes import hostile, line

TAKEN = (
    *("ESMTP", r"^mx\d+\.example\.org ESMTP", "Postfix|Exim", "^(mx1|mx2)[.]example[.]org", r"\bESMTP\b.*Postfix"),
    *(r"^\S+ ESMTP \S+ .*$", "(?i)postfix", "(?P<name>a+)-b", "[*+?{}()|]+", r"\*\+\(\)", "a{2,3}b{4}", "{", "a{x}"),
    *("(?:ready|ok)?$", "colou?r", "[]a]+", "[^]*+]x", "(?#a+ (comment)b", "x*?y+?"),
)
REFUSED = (
    *("(a+)+$", "(a*)*b", "(a|a)*b", "(?:a?)+b", "((a+)b)*", r"(\w+\s?)+$", "(a{2,3}){4}", "(?P<n>x+)*", "(.*)*"),
    *(".*.*.*x", "a+a+a+", "^.*.*.*.*x", "a?" * 9, "x{1,100}y{2,}z+", "([a-z]+[.])+"),
)


@pytest.mark.parametrize("text", TAKEN)
def test_what_is_taken(text: str) -> None:
    assert compiled(text, None).pattern == text


@pytest.mark.parametrize("text", REFUSED)
def test_what_a_server_could_make_slow_is_refused(text: str) -> None:
    with pytest.raises(Mistake, match=r"could make slow: (use at most|write one set)"):
        compiled(text, None)


@pytest.mark.parametrize("text", ["(", "[a", "*", "(?P<n", "a" * 501, "(?<=a*)b"])
def test_what_is_no_pattern(text: str) -> None:
    with pytest.raises(Mistake, match=r"is no regular expression|is longer than 200 characters"):
        compiled(text, None)


@pytest.mark.parametrize("text", [*TAKEN, ".*.*x", "^.*.*.*x", "(a|b|ab)(c|bcd)(d*)", "a?" * 8 + "a" * 8 + "b"])
def test_no_line_makes_what_is_taken_slow(text: str) -> None:
    pattern = compiled(text, None)
    for beginning, filler in hostile(pattern):
        began = time.process_time()
        found(pattern, [line(beginning, filler, LINE_READ).encode()])
        assert time.process_time() - began < 2


def test_what_python_warns_of_is_taken_without_a_word() -> None:
    assert found(compiled("[[a]", None), [b"["])


def test_only_the_beginning_is_looked_at() -> None:
    pattern = compiled("needle", None)
    assert found(pattern, [b"x" * (LINE_READ - 6) + b"needle"])
    assert not found(pattern, [b"x" * LINE_READ + b"needle"])
    assert not found(pattern, [b"x"] * LINES_READ + [b"needle"])


@given(st.text(alphabet="ab.*+?|()[]{}^$\\,0129:P<>=!#x", max_size=30))
def test_any_text_is_taken_or_refused_in_words(text: str) -> None:
    with contextlib.suppress(Mistake):
        assert compiled(text, None).pattern == text
