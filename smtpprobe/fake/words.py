"""Replies from their templates to octets, and the small grammar of parameter choices. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from smtpprobe.fake.personality import Lines

PLACEHOLDERS = (
    "hostname",
    "peer",
    "date",
    "domain",
    "line",
    "verb",
    "argument",
    "topic",
    "address",
    "path",
    "operand",
    "parameter",
    "keyword",
    "value",
    "limit",
    "code",
    "cut",
)
"""What stands for itself in no reply. ``{octet ff}`` writes any single octet."""

CUT = "\udfff"
"""What ``{cut}`` becomes until the line goes out: no line end follows it. No octet that is no UTF-8 has this one."""

PLACEHOLDER = re.compile(r"\{(?:octet ([0-9a-fA-F]{2})|([a-z_]+))\}")


class Choice(Struct, frozen=True):
    """How one parameter is treated. ``reply`` is the answer to a refused value, None for the usual one."""

    kind: Literal["accept", "flag", "limit", "check", "refuse"]
    argument: str = ""
    reply: str | None = None

    def refuses(self, value: str | None) -> Literal["value", "size"] | None:
        """Why this value is not taken: it is none of the allowed ones, or it is over the limit."""
        match self.kind:
            case "accept":
                return None
            case "flag":
                return None if value is None else "value"
            case "check":
                return None if value is not None and re.fullmatch(self.argument, value, re.IGNORECASE) else "value"
            case "limit":
                if value is None or not re.fullmatch(r"[0-9]{1,20}", value):
                    return "value"
                return "size" if 0 < int(self.argument) < int(value) else None
        return "value"


def choice(text: str) -> Choice:
    """Read "accept", "flag", "limit N", "check REGEX" or "refuse REPLY"; ValueError for anything else.

    All but the last may end in "else REPLY".
    """
    kind, _, rest = text.partition(" ")
    if kind == "refuse" and rest[:1].isdigit():
        return Choice("refuse", reply=rest)
    rule, _, otherwise = text.partition(" else ")
    kind, _, argument = rule.partition(" ")
    reply = otherwise or None
    match kind:
        case "accept" | "flag" if not argument:
            return Choice("flag" if kind == "flag" else "accept", reply=reply)
        case "limit" if re.fullmatch(r"[0-9]{1,20}", argument):
            return Choice("limit", argument, reply)
        case "check" if argument:
            re.compile(argument)
            return Choice("check", argument, reply)
    raise ValueError(f"no choice: {text!a}")


def lines(reply: Lines) -> tuple[str, ...]:
    """The lines of a reply, however it was written."""
    return (reply,) if isinstance(reply, str) else reply


def fill(reply: Lines, values: Mapping[str, str]) -> tuple[str, ...]:
    """The reply's lines with their placeholders filled in. What has no value here becomes empty."""

    def value(match: re.Match[str]) -> str:
        octet, name = match.groups()
        if octet:
            number = int(octet, 16)
            return chr(number if number < 128 else 0xDC00 + number)
        if name == "cut":
            return CUT
        return values.get(name, "")

    return tuple(PLACEHOLDER.sub(value, line) for line in lines(reply))


def encode(reply: tuple[str, ...], line_end: str = "\r\n") -> bytes:
    """Lines as they go on the wire; what the client sent comes back octet for octet."""
    whole = "".join(line.removesuffix(CUT) if line.endswith(CUT) else line + line_end for line in reply)
    return whole.replace(CUT, "").encode("utf-8", "surrogateescape")


def code(reply: tuple[str, ...]) -> int:
    """The code of a reply's last line, 0 where it has none."""
    match = re.match(r"[0-9]{3}(?![0-9])", reply[-1]) if reply else None
    return int(match[0]) if match else 0


def joined(reply: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """Two replies made one: every line but the last gets the hyphen of a continued one (RFC 5321 4.2.1)."""
    together = [*reply, *more]
    return (*(f"{line[:3]}-{line[4:]}" for line in together[:-1]), together[-1])
