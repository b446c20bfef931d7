"""Templates, parameter choices and joined replies, without a server."""

from __future__ import annotations

import pytest

from smtpprobe.fake.words import choice, code, encode, fill, joined


@pytest.mark.parametrize(
    ("text", "value", "refused"),
    [
        ("accept", None, None),
        ("accept", "x", None),
        ("flag", None, None),
        ("flag", "", "value"),
        ("limit 10", "10", None),
        ("limit 10", "11", "size"),
        ("limit 0", "99999999999999999999", None),
        ("limit 10", "1" * 21, "value"),
        ("limit 10", "-1", "value"),
        ("limit 10", "\u0661", "value"),
        ("limit 10", None, "value"),
        ("check A|B", "b", None),
        ("check A|B", "AB", "value"),
        ("check A|B else 501 no", None, "value"),
        ("refuse 555 no", "x", "value"),
    ],
)
def test_choices(text: str, value: str | None, refused: str | None) -> None:
    assert choice(text).refuses(value) == refused


def test_else_names_the_reply() -> None:
    assert choice("limit 5 else 552 5.2.3 too big").reply == "552 5.2.3 too big"
    assert choice("refuse 555 this or else that").reply == "555 this or else that"


@pytest.mark.parametrize(
    "text", ["", "limit", "limit x", "check", "check ", "refuse", "refuse me", "accept 5", "flags"]
)
def test_what_is_no_choice(text: str) -> None:
    with pytest.raises(ValueError, match="no choice"):
        choice(text)


def test_placeholders_are_filled_once() -> None:
    assert fill("{verb} {argument} {none of these}", {"verb": "{argument}", "argument": "x"}) == (
        "{argument} x {none of these}",
    )


def test_octets_survive() -> None:
    assert encode(fill("{octet ff}{octet 0A}ü", {})) == b"\xff\n\xc3\xbc\r\n"


@pytest.mark.parametrize(("reply", "number"), [(("250 a",), 250), (("250-a", "550 b"), 550), (("2500",), 0), ((), 0)])
def test_the_code_is_the_last_lines(reply: tuple[str, ...], number: int) -> None:
    assert code(reply) == number


def test_joined_replies_are_one() -> None:
    assert joined(("501 a",), ("501 b",)) == ("501-a", "501 b")
