"""The content of a message on its way out: DATA with its dots, BDAT with its chunks. The only way for one to be sent.

What is recorded is how long it is, never what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from smtpprobe.model import Command
from smtpprobe.outcome import Stage
from smtpprobe.wire.dial import Line
from smtpprobe.wire.protocol import written
from smtpprobe.wire.record import Record
from smtpprobe.wire.session import Session

PIECE = 64 * 1024
#: A server may have to hold a chunk in memory, and a message of some size shows whether it takes several.
CHUNK = 1024 * 1024
#: Seconds for the answer to a message: it is then that servers filter and deliver (RFC 5321 4.5.3.2.6 says 600).
WAIT = 60.0
# Servers disagree on what these end, a line or the whole message (RFC 5321 2.3.8).
_BARE = re.compile(rb"\r(?!\n)|(?<!\r)\n")


class Sent(NamedTuple):
    """The places of these exchanges in the record, and whether the whole message went out, its end included."""

    places: tuple[int, ...]
    whole: bool


async def send_data(session: Session, message: bytes, stage: Stage, record: Record) -> Sent:
    """DATA, and the message where the server says 354.

    ``message`` has CRLF at its line ends and no dots of ours. Raises ValueError where CR or LF stands alone in it.
    """
    _check(message)
    (asked,) = await session.flight([Line(Command(b"DATA"))], stage)
    if record.exchanges[asked].code != 354 or not session.usable:
        return Sent((asked,), False)
    shown = Command(b"(message of %d octets)" % len(message))
    index, whole = await session.content(stuffed(message), shown, stage, WAIT)
    return Sent((asked, index), whole)


async def send_chunks(session: Session, message: bytes, stage: Stage, record: Record) -> Sent:
    """BDAT, a chunk at a time until one is refused (RFC 3030 2). Raises as ``send_data``."""
    _check(message)
    places: list[int] = []
    last = whole = False
    for start in range(0, max(len(message), 1), CHUNK):
        chunk = message[start : start + CHUNK]
        last = start + CHUNK >= len(message)
        line = b"BDAT %d%s" % (len(chunk), b" LAST" if last else b"")
        index, whole = await session.content(_behind(line, chunk), Command(line), stage, WAIT)
        places.append(index)
        reply = record.exchanges[index].reply
        if reply is None or not reply.positive or not session.usable:
            break
    return Sent(tuple(places), last and whole)


def stuffed(message: bytes) -> Iterator[bytes]:
    """A message as DATA carries it: a dot more where a line begins with one, and the end (RFC 5321 4.5.2)."""
    for start in range(0, len(message), PIECE):
        # The line end may be the last that went out.
        before = message[start - 2 : start] if start else b"\r\n"
        yield (before + message[start : start + PIECE]).replace(b"\r\n.", b"\r\n..")[2:]
    yield b".\r\n" if message.endswith(b"\r\n") or not message else b"\r\n.\r\n"


def _behind(line: bytes, chunk: bytes) -> Iterator[bytes]:
    """The line of BDAT and its octets, which it counts."""
    yield written(line) + chunk[:PIECE]
    for start in range(PIECE, len(chunk), PIECE):
        yield chunk[start : start + PIECE]


def _check(message: bytes) -> None:
    if _BARE.search(message):
        raise ValueError("a message holds a bare CR or LF, and was not sent")
