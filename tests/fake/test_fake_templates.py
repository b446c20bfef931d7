"""Octets of any kind come through placeholders, TOML and the fake's mouth unchanged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.fake import Personality
from smtpprobe.fake.dialogue import Dialogue
from smtpprobe.fake.library import parse
from smtpprobe.fake.templates import Client, lines, template
from smtpprobe.fake.words import encode, fill
from smtpprobe.fake.writing import toml

THEM = Client("192.0.2.7", "client.example.net", "mx.example.org")
#: What could go wrong: braces, our own words, controls, line ends of all kinds, what is no UTF-8, what is invisible.
PIECES = [
    *(
        b"{",
        b"}",
        b"{peer}",
        b"{octet 41}",
        b"{octet ",
        b"{cut}",
        b"{nonsense}",
        b"250-",
        b"250 ",
        b"\r\n",
        b"\n",
        b"\r",
    ),
    *(
        b"\0",
        b"\x1b[31m",
        b"\x7f",
        b"\xff",
        b"\xe2\x80\xae",
        b"\xe2\x80",
        b"\xed\xa0\x80",
        b"\xc2\x85",
        b"\xf0\x9f\x98\x80",
    ),
    *(b"192.0.2.7", b"client.example.net", b"mx.example.org", b"'''", b'"""', b"\\", b"#", b"\t", b"="),
    b"Sun, 29 Nov 2026 02:05:03 +0000",
]
octets = st.lists(st.sampled_from(PIECES) | st.binary(max_size=12), min_size=1, max_size=12).map(b"".join).filter(bool)


@given(octets)
def test_a_reply_comes_back_octet_for_octet(raw: bytes) -> None:
    told = template(lines(raw), (), THEM)
    text = toml(Personality(summary="for a test", hostname=THEM.hostname, replies={"HELP": told}))
    assert all(character in "\n\t" or character.isprintable() for character in text)
    dialogue = Dialogue(parse(text.encode(), "test.toml"), THEM.peer, encrypted=False)
    dialogue.answer(b"EHLO client.example.net", pipelined=False)
    dialogue._values["date"] = "Sun, 29 Nov 2026 02:05:03 +0000"
    assert dialogue.answer(b"HELP", pipelined=False).octets == raw


@given(octets)
def test_bare_line_feeds_come_back_too(raw: bytes) -> None:
    assert encode(lines(raw, line_end=b"\n"), "\n") == raw


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Hello client.example.net [192.0.2.7]", "Hello {domain} [{peer}]"),
        ("mx.example.org.", "{hostname}."),
        ("notmx.example.org", "notmx.example.org"),
        ("mx.example.org.net", "mx.example.org.net"),
        ("1192.0.2.7", "1192.0.2.7"),
        ("postmaster@mx.example.org", "postmaster@{hostname}"),
        ("a {brace} and {peer}", "a {octet 7b}brace} and {octet 7b}peer}"),
        ("at Sun, 29 Nov 2026 02:05:03 +0000", "at {date}"),
    ],
)
def test_only_whole_words_become_placeholders(text: str, written: str) -> None:
    assert template([text], (), THEM) == (written,)


def test_the_longer_word_wins() -> None:
    assert template(["<a@b> a@b"], [("a@b", "{address}"), ("<a@b>", "{path}")], THEM) == ("{path} {address}",)


def test_a_line_over_the_limit_stays_over_it() -> None:
    kept = b"250-" + b"x" * 8188 + b"250 end\r\n"
    assert encode(lines(kept, len(kept) + 500)) == b"250-" + b"x" * 8188 + b"x\r\n250 end\r\n"


def test_a_line_that_is_cut_has_no_end() -> None:
    assert encode(fill(("250-a", "25{cut}"), {})) == b"250-a\r\n25"
