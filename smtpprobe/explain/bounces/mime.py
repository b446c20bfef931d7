"""A mail message cut into its parts, whatever was done to it: bounded, without recursion, never an exception.

No meaning lives here. The standard library's parser recurses on nested parts and is slow on hostile boundaries.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from smtpprobe.explain.bounces import charsets

MOST_PARTS = 100
MOST_DEPTH = 10
_HEAD_LIMIT = 64 * 1024
_MOST_FIELDS = 500

_BOUNDARY = re.compile(
    r"\bboundary\s{0,4}=\s{0,4}(?:\"([^\"]{1,200})\"|'([^']{1,200})'|([^\s;\"']{1,200}))", re.IGNORECASE
)
_CHARSET = re.compile(r"\bcharset\s{0,4}=\s{0,4}[\"']?([\w.:+-]{1,40})", re.IGNORECASE)
_TYPE = re.compile(r"\s{0,20}([\w.+-]{1,60}/[\w.+-]{1,60})")
# RFC 2046 5.1.1 has lines of at most 72 octets that begin with the hyphens; senders know neither.
_DELIMITER = re.compile(rb"^[ \t]?(--[^\r\n]{1,200})", re.MULTILINE)
_GUESSED = re.compile(rb"^(--[^\r\n]{1,200})\r?\n(?=content-)", re.MULTILINE | re.IGNORECASE)
_NAME = re.compile(rb"([!-9;-~]{1,100})[ \t]{0,20}:")
# Fields that only a message has: a part that begins with them lost its own header.
_OF_A_MESSAGE = ("received", "message-id", "return-path")


class Part(Struct, frozen=True):
    """A part that holds no parts: its header fields, its content type and its octets as they were sent."""

    fields: tuple[tuple[str, str], ...]
    type: str
    octets: bytes

    def field(self, name: str) -> str:
        """The first field of this name, unfolded; "" where there is none."""
        return next((value for each, value in self.fields if each == name), "")

    @property
    def text(self) -> str:
        """The content without its transfer encoding, in characters, lines ended by newlines."""
        declared = _CHARSET.search(self.field("content-type"))
        return charsets.text(self.octets, self.field("content-transfer-encoding"), declared[1] if declared else "")


def cut(raw: bytes) -> tuple[Part, tuple[Part, ...]]:
    """The message itself (its octets are all of its body), and its parts that hold no parts, in their order."""
    fields, body = _head(raw, 0)
    whole = Part(fields, _type([*fields, ("content-type", "text/plain")]), raw[body:])
    boundary = _boundary(whole)
    parts = tuple(_parts(whole.octets, boundary)) if boundary else ()
    if not parts and whole.type.startswith("multipart/"):
        return whole, (Part(fields, "text/plain", whole.octets),)
    return whole, parts or (whole,)


def _parts(body: bytes, boundary: bytes) -> list[Part]:
    """The leaves of a multipart body."""
    parts: list[Part] = []
    stack = [boundary]
    open_: tuple[tuple[tuple[str, str], ...], str, int] | None = None
    for match in _DELIMITER.finditer(body):
        line = match[1].rstrip()
        depth = next((i for i in range(len(stack) - 1, -1, -1) if line in {stack[i], stack[i] + b"--"}), None)
        if depth is None:
            continue
        if open_ is not None:
            parts.append(Part(open_[0], open_[1], body[open_[2] : match.start()]))
            open_ = None
        if len(parts) >= MOST_PARTS:
            return parts
        closing = line != stack[depth]
        del stack[depth + (0 if closing and depth else 1) :]
        if closing:
            continue
        fields, start = _head(body, match.end())
        type_ = _type(fields)
        inner = _boundary(Part(fields, type_, body[start:])) if len(stack) < MOST_DEPTH else None
        if inner is None:
            open_ = fields, type_, start
        else:
            stack.append(inner)
    if open_ is not None:
        parts.append(Part(open_[0], open_[1], body[open_[2] :]))
    return parts


def _boundary(part: Part) -> bytes | None:
    """What stands before each part of this one, with its hyphens; None where it holds no parts."""
    if not part.type.startswith("multipart/"):
        return None
    named = _BOUNDARY.search(part.field("content-type"))
    if named:
        line = b"--" + (named[1] or named[2] or named[3]).encode("latin-1", "replace").strip()
        if line in part.octets:
            return line
    guessed = _GUESSED.search(part.octets[: 4 * _HEAD_LIMIT])
    return guessed[1].rstrip() if guessed else None


def _type(fields: Sequence[tuple[str, str]]) -> str:
    """The content type in lower case; a message's own fields, where a part's should stand, make it a message."""
    value = next((value for name, value in fields if name == "content-type"), None)
    if value is None:
        return "message/rfc822" if any(name in _OF_A_MESSAGE for name, _ in fields) else "text/plain"
    found = _TYPE.match(value)
    return found[1].lower() if found else "text/plain"


def _head(raw: bytes, position: int) -> tuple[tuple[tuple[str, str], ...], int]:
    """The header fields that begin here, and where the body begins."""
    fields: list[tuple[str, list[bytes]]] = []
    end = min(len(raw), position + _HEAD_LIMIT)
    if raw[position : position + 1] in {b"\r", b"\n"} and position:
        position = _after_line(raw, position)
    while position < end:
        after = _after_line(raw, position)
        line = raw[position:after].rstrip(b"\r\n")
        if not line.strip():
            return _read(fields), after
        named = None if line[:1] in b" \t" else _NAME.match(line)
        if named:
            if len(fields) < _MOST_FIELDS:
                fields.append((named[1].decode("latin-1").lower(), [line[named.end() :]]))
        elif line.startswith(b"--") or not fields:
            # No header at all: what stands here is the body. The line of a mailbox file is passed over.
            if fields or not line.startswith((b"From ", b">From ")):
                return _read(fields), position
        elif len(fields) < _MOST_FIELDS:
            fields[-1][1].append(line)
        position = after
    return _read(fields), position


def _after_line(raw: bytes, position: int) -> int:
    end = raw.find(b"\n", position)
    return len(raw) if end < 0 else end + 1


def _read(fields: list[tuple[str, list[bytes]]]) -> tuple[tuple[str, str], ...]:
    return tuple([(name, charsets.plain(b" ".join(line.strip() for line in lines))) for name, lines in fields])
