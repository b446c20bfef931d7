"""No text of others moves the cursor, hides or turns text round, in any medium."""

from __future__ import annotations

import json
import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.render import escape

_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_FORBIDDEN = frozenset(_BIDI + "\u200b\u200c\u200d\u2060\ufeff\u00ad\u2028\u2029\u3164\ufe0f\U000e0041")


def _harmless(text: str) -> bool:
    return not any(unicodedata.category(c)[0] == "C" or c in _FORBIDDEN for c in text)


@given(st.binary())
def test_any_bytes_come_out_harmless(octets: bytes) -> None:
    assert _harmless(escape.terminal(octets))


@given(st.text(st.characters()))
def test_any_text_with_surrogates_comes_out_harmless(text: str) -> None:
    assert _harmless(escape.terminal(text))


@pytest.mark.parametrize("octet", range(256))
def test_every_single_octet_shows_something(octet: int) -> None:
    shown = escape.terminal(bytes([octet]))
    assert _harmless(shown)
    assert len(shown) in (1, 4)


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        (b"\x1b[31mred\x07", r"\x1b[31mred\x07"),
        (b"caf\xe9", r"caf\xe9"),
        ("café – naïve 日本".encode(), "café – naïve 日本"),
        ("\x9b2J\x7f", r"\x9b2J\x7f"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("a\u200bb\ufeff", r"a\u200bb\ufeff"),
        ("a\u2028b", r"a\u2028b"),
        ("\u3164\u0301", r"\u3164\u0301"),
        ("\udc80", r"\udc80"),
        ("\ue000", r"\ue000"),
        ("\U000e0041", r"\U000e0041"),
        ("tab\there", "tab here"),
        ("line\r\nbreak", r"line\x0d\x0abreak"),
        ("e\u0301", "e\u0301"),
        ("e\u0301\u0301\u0301\u0301", "e\u0301\u0301\\u0301\\u0301"),
        ("\u0301 first", "\\u0301 first"),
        ("[bold]x[/bold]", "[bold]x[/bold]"),
    ],
)
def test_terminal(given_: str | bytes, shown: str) -> None:
    assert escape.terminal(given_) == shown


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_keeps_its_meaning_and_shows_nothing_harmful(text: str) -> None:
    shown = escape.json(msgspec.json.encode([text]).decode())
    assert json.loads(shown) == [text]
    assert _harmless(shown)
