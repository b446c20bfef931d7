"""The reply reader under random octets: its two laws, and its bounds.

An input is four octets that say how to read (the limits, the sizes of the segments), and the stream.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import fuzz_seeds

from smtpprobe.model import Reply
from smtpprobe.wire import replies
from smtpprobe.wire.replies import FATAL, ReplyReader

HEAD = 4
_REAL = {name: getattr(replies, name) for name in ("LINE_KEPT", "REPLY_LIMIT", "REPLY_LINES", "SESSION_LIMIT")}
#: Small enough that a short input goes over each of them. A line of 512 octets must fit, which the fast way relies on.
_SMALL = {"REPLY_LIMIT": 160, "REPLY_LINES": 6, "SESSION_LIMIT": 320}
_SMALLER_LINES = {"LINE_KEPT": 520, "REPLY_LIMIT": 900, "REPLY_LINES": 6, "SESSION_LIMIT": 1200}
_LIMITS = (_REAL, _REAL, _REAL | _SMALL, _REAL | _SMALLER_LINES)


def seeds() -> Iterator[bytes]:
    """Replies, alone and behind one another, with the real limits and with small ones."""
    said = fuzz_seeds.replies()
    for number, reply in enumerate(said):
        yield bytes([number % 4, number % 7, number % 5, number % 3]) + reply
    for number in range(0, len(said) - 3, 50):
        yield bytes([number % 4, 3, 0, 11]) + b"".join(said[number : number + 3])


def check(data: bytes) -> None:
    """Whole, in segments and octet by octet: the same replies; and every octet of the stream accounted for."""
    head, stream = data[:HEAD].ljust(HEAD, b"\0"), data[HEAD:]
    with _limits(_LIMITS[head[0] % len(_LIMITS)]):
        replies_, pending, reader = _read([stream])
        _account(stream, replies_, pending, reader)
        assert _read(_cut(stream, head[1:]))[:2] == (replies_, pending), "the segments matter"
        # A line of which an octet has come already is read by the careful way and not by the fast one.
        careful = [stream[:1], stream[1:]]
        assert _read(careful)[:2] == (replies_, pending), "the ways of reading differ"


def _read(pieces: list[bytes]) -> tuple[list[Reply], bytes, ReplyReader]:
    reader = ReplyReader()
    found = [reply for piece in pieces for reply in reader.feed(piece, 1)]
    pending = reader.pending
    cut = reader.end(1)
    assert (cut.raw if cut is not None else b"") == pending, "the end of the stream loses what came"
    return found + ([cut] if cut is not None else []), pending, reader


def _cut(stream: bytes, sizes: bytes) -> list[bytes]:
    pieces, position, turn = [], 0, 0
    while position < len(stream):
        size = sizes[turn % len(sizes)] % 32 + 1
        pieces.append(stream[position : position + size])
        position, turn = position + size, turn + 1
    return pieces


def _account(stream: bytes, found: list[Reply], pending: bytes, reader: ReplyReader) -> None:
    """Each reply holds the octets that it stands for, in their order, each line up to its limit."""
    position = 0
    for number, reply in enumerate(found):
        own = stream[position : position + reply.octets]
        position += reply.octets
        assert len(own) == reply.octets
        assert reply.raw == _kept(own)
        assert len(reply.raw) <= replies.REPLY_LIMIT
        assert len(reply.texts) <= replies.REPLY_LINES
        assert reply.code is None or 200 <= reply.code <= 599
        fatal = bool(FATAL.intersection(reply.defects))
        assert (reply.code is None) == fatal
        assert not fatal or number == len(found) - 1, "a reply behind a fatal one"
    assert reader.octets == position <= replies.SESSION_LIMIT
    assert reader.broken or position == len(stream)
    assert not pending or found[-1].raw == pending


def _kept(octets: bytes) -> bytes:
    *lines, rest = octets.split(b"\n")
    return b"".join([(line + b"\n")[: replies.LINE_KEPT] for line in lines]) + rest[: replies.LINE_KEPT]


@contextlib.contextmanager
def _limits(chosen: dict[str, int]) -> Iterator[None]:
    try:
        for name, value in chosen.items():
            setattr(replies, name, value)
        yield
    finally:
        for name, value in _REAL.items():
            setattr(replies, name, value)
