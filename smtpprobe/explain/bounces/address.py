"""Mail addresses in fields and in running text. No I/O."""

from __future__ import annotations

import re

#: An address as it stands in running text (RFC 5321 4.1.2, loosely; local parts of RFC 6531 too).
ADDRESS = r"[^\s<>()\[\],;:\"'@|]{1,128}@(?:[\w-]{1,63}\.){0,12}[\w-]{1,63}"

_FIRST_WITHIN = 8 * 1024
_ADDRESS = re.compile(ADDRESS)
_ANGLED = re.compile(r"<([^<>\s]{1,320})>")
_TYPED = re.compile(r"\s{0,9}(rfc822|utf-8|unknown|x400|x-unix|smtp|local|dns|rfc-822)\s{0,9};\s{0,20}", re.IGNORECASE)
_ESCAPED = re.compile(r"\\x\{([0-9A-Fa-f]{1,6})\}")


def of_field(value: str) -> str:
    """The address of a Final-Recipient and the like: without its type (RFC 3464 2.3.1), RFC 6533's escapes undone."""
    typed = _TYPED.match(value)
    rest = value[typed.end() :].strip() if typed else value.strip()
    if typed and typed[1].lower() == "utf-8":
        rest = _ESCAPED.sub(_unescaped, rest)
    angled = _ANGLED.search(rest)
    return (angled[1] if angled else rest).strip("<> ")


def first(text: str) -> str:
    """The first address in the first 8 KiB of a text; "" where there is none."""
    text = text[:_FIRST_WITHIN]
    angled = _ANGLED.search(text)
    if angled and "@" in angled[1]:
        return angled[1]
    found = _ADDRESS.search(text)
    return found[0].rstrip(".") if found else ""


def every(text: str) -> list[str]:
    """The addresses in a text, each once, in their order."""
    return list(dict.fromkeys([found[0].rstrip(".") for found in _ADDRESS.finditer(text)]))


def same(one: str, other: str) -> bool:
    """Are these the same mailbox, for all that can be told without its server?"""
    return one.strip("<>\"'").casefold() == other.strip("<>\"'").casefold()


def _unescaped(match: re.Match[str]) -> str:
    point = int(match[1], 16)
    return chr(point) if point < 0x110000 and not 0xD800 <= point < 0xE000 else ""
