"""Octets of a message made readable: transfer encodings, charsets and encoded words, each with a fallback."""

from __future__ import annotations

import binascii
import re

_ENCODED_WORD = re.compile(r"=\?([\w.:+*-]{1,40})\?([bBqQ])\?([^?\s]{0,400})\?=")
_BETWEEN_WORDS = re.compile(r"\?=[ \t]{1,9}=\?")
# Some codecs of Python are no charsets, and some of those are slow or make much out of little.
_KNOWN = re.compile(
    r"us-?ascii|ascii|utf-?(?:7|8|16)|unicode-1-1-utf-7|iso-?8859-?[0-9]{1,2}|latin-?[0-9]|windows-?[0-9]{3,4}"
    r"|cp[0-9]{3,4}"
    r"|koi8-?[rut]|iso-2022-(?:jp|kr)(?:-[0-9a-z]{1,4})?|shift[_-]?jis|s?jis|x-sjis|euc-?(?:jp|kr|cn)|gb2312|gbk"
    r"|gb18030"
    r"|big5(?:-hkscs)?|ks_c_5601-1987|tis-620|mac-?roman",
    re.IGNORECASE,
)
_ALSO_JAPANESE = ("euc-jp", "shift_jis")


def text(octets: bytes, encoding: str, charset: str) -> str:
    """A part's content in characters, lines ended by newlines, without NULs."""
    decoded = _decoded(_untransferred(octets, encoding.strip().lower()), charset)
    return decoded.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def plain(octets: bytes) -> str:
    """A header's octets in characters: UTF-8 where they can be it (RFC 6532 3.2), else what they look like."""
    return _decoded(octets, "").replace("\0", "").strip()


def words(value: str) -> str:
    """A header's value with its encoded words made readable (RFC 2047)."""
    return _ENCODED_WORD.sub(_word, _BETWEEN_WORDS.sub("?==?", value)) if "=?" in value else value


def _word(match: re.Match[str]) -> str:
    octets = match[3].encode("utf-8")
    if match[2] in "bB":
        return _decoded(_base64(octets), match[1].partition("*")[0])
    return _decoded(_quoted_printable(octets.replace(b"_", b" ")), match[1].partition("*")[0])


def _untransferred(octets: bytes, encoding: str) -> bytes:
    if encoding == "base64":
        return _base64(octets)
    if encoding == "quoted-printable":
        return _quoted_printable(octets)
    return octets


def _base64(octets: bytes) -> bytes:
    """As much as can be read; text in clear that was declared as base64 comes back as it is."""
    kept = re.sub(rb"[^A-Za-z0-9+/]", b"", octets)
    try:
        return binascii.a2b_base64(kept[: len(kept) - len(kept) % 4] + _last(kept[len(kept) - len(kept) % 4 :]))
    except binascii.Error:
        return octets


def _last(rest: bytes) -> bytes:
    """The end of cut base64, padded; one character alone tells nothing."""
    return rest + b"=" * (4 - len(rest)) if len(rest) > 1 else b""


def _quoted_printable(octets: bytes) -> bytes:
    return binascii.a2b_qp(octets)


def _decoded(octets: bytes, charset: str) -> str:
    """In the charset that was declared where it is one and fits, else in the one that the octets look like."""
    for name in _charsets(octets, charset):
        try:
            return octets.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return octets.decode("latin-1")


def _charsets(octets: bytes, charset: str) -> list[str]:
    """What to try, in this order: what shows in the octets themselves, then what was declared."""
    declared = [charset.lower().replace("unicode-1-1-", "")] if _KNOWN.fullmatch(charset) else []
    if b"\x1b$" in octets:
        return ["iso-2022-jp", *declared, "utf-8"]
    if octets.isascii():
        return [*declared, "ascii"]
    # Any octets at all can be read in a charset of one octet a character, but hardly any but UTF-8 as UTF-8.
    if charset.lower().endswith(("jp", "jis")):
        return [*declared, "utf-8", *_ALSO_JAPANESE]
    return ["utf-8", *declared]
