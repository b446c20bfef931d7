"""The escapes of each medium under random text: what comes out is harmless there, and the same text."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

import fuzz_seeds
import msgspec

from smtpprobe.render import escape

#: What no terminal may be shown: controls, invisible characters, changes of direction, halves of characters, tags.
HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f"
    "\ufeff\U000e0000-\U000e0fff]"
)
_ODD = (
    "\u202e\u2066\u200b\u2028\ufeff\u00ad",
    "\u0301\u0301\u0301",
    "\ud800\udfff",
    "\u3164\u2800\ufe0f",
    "\U000e0041",
)


def seeds() -> Iterator[bytes]:
    """Replies, text, and the characters that do harm."""
    yield from (text.encode("utf-8", "surrogatepass") for text in _ODD)
    yield b"\t" * 43 + b"\x01"
    yield from (b"\x1b]52;c;AAAA\x07", b"<script>'\"&]]>", b"=cmd|' /C'!A0", b"1. a | `b` [c](d) ~~e~~ $f$")
    yield from fuzz_seeds.replies()[::10]


def check(data: bytes) -> None:
    """As octets, and as text that may hold lone surrogates."""
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    for given in (data, text):
        _on_a_terminal(given)
    _in_json(text.encode("utf-8", "replace").decode())


def _on_a_terminal(given: str | bytes) -> None:
    shown = escape.terminal(given)
    assert not HARMFUL.search(shown)
    assert all(unicodedata.category(character)[0] != "C" for character in shown)
    assert escape.terminal(shown) == shown
    marked = escape.html(given)
    assert not set("<>\"'") & set(marked)
    assert html.unescape(marked) == shown or "&" in shown
    # Four spaces at the beginning would make a block of code of it (CommonMark 4.4).
    plain = re.sub("^ {4,}", " ", shown)
    assert escape.markdown(given).replace("\\", "") == plain.replace("\\", "")


def _in_json(text: str) -> None:
    document = msgspec.json.encode({"text": text}).decode()
    shown = escape.json(document)
    assert msgspec.json.decode(shown) == {"text": text}
    assert all(unicodedata.category(character)[0] != "C" for character in shown)
