"""What an EHLO reply promises."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.model import Reply
from smtpprobe.outcome import Defect
from smtpprobe.wire import ehlo


def reply(*texts: bytes) -> Reply:
    return Reply(250, None, texts, b"", 0)


def test_order_arguments_and_duplicates_are_kept() -> None:
    said = ehlo.read(reply(b"mx.example Hello", b"SIZE 1000", b"AUTH PLAIN LOGIN", b"8bitmime", b"SIZE 2000"))
    assert said.domain == "mx.example"
    assert [k.keyword for k in said.keywords] == ["SIZE", "AUTH", "8BITMIME", "SIZE"]
    assert said.arguments("AUTH") == ("PLAIN", "LOGIN")
    assert said.keywords[3].defects == (Defect.KEYWORD_REPEATED,)
    assert said.size_limit == 1000


def test_the_old_spelling_of_auth_does_not_overwrite_auth() -> None:
    said = ehlo.read(reply(b"mx", b"AUTH PLAIN", b"AUTH=LOGIN PLAIN"))
    assert said.arguments("AUTH") == ("PLAIN",)
    assert said.arguments("AUTH=") == ("LOGIN", "PLAIN")


def test_what_a_middlebox_overwrote_is_named() -> None:
    said = ehlo.read(reply(b"mx", b"XXXXXXXA"))
    assert said.keywords[0].defects == (Defect.KEYWORD_MANGLED,)
    assert "STARTTLS" not in said


def test_a_limit_of_zero_or_none_or_5000_digits_is_no_limit() -> None:
    for line in (b"SIZE", b"SIZE 0", b"SIZE many", b"SIZE " + b"9" * 5000):
        assert ehlo.read(reply(b"mx", line)).size_limit is None
    assert ehlo.read(reply(b"mx", b"SIZE " + b"9" * 5000)).keywords[0].defects == (Defect.ARGUMENT_UNREADABLE,)


def test_a_keyword_with_a_nul_is_not_the_keyword() -> None:
    said = ehlo.read(reply(b"mx", b"START\0TLS"))
    assert "STARTTLS" not in said
    assert said.keywords[0].defects == (Defect.KEYWORD_ILLEGAL,)


@given(st.lists(st.binary(max_size=80), max_size=20))
def test_any_bytes_are_read(texts: list[bytes]) -> None:
    ehlo.read(reply(*texts))
