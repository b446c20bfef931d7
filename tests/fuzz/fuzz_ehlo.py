"""The EHLO parser under random replies: every line a keyword, in order, nothing lost, nothing raised."""

from __future__ import annotations

from collections.abc import Iterator

import fuzz_seeds
import msgspec

from smtpprobe.model import Capabilities, Reply
from smtpprobe.outcome import Defect
from smtpprobe.wire import ehlo
from smtpprobe.wire.replies import ReplyReader


def seeds() -> Iterator[bytes]:
    """The replies to EHLO that the fixtures have, and lines of their keywords."""
    for reply in fuzz_seeds.ehlo_replies():
        yield reply
        yield reply.replace(b"250-", b"").replace(b"250 ", b"")


def check(data: bytes) -> None:
    """As a reply that the reader gives, and as one that no reader would give."""
    reader = ReplyReader()
    for reply in reader.feed(data, 1):
        _read(reply)
    _read(Reply(250, None, tuple(data.split(b"\n")), data, len(data)))
    _read(Reply(250, None, (), b"", 0))


def _read(reply: Reply) -> None:
    said = ehlo.read(reply)
    lines = [line for line in reply.texts[1:] if line.strip()]
    assert [keyword.raw for keyword in said.keywords] == lines
    assert " " not in said.domain
    seen: set[str] = set()
    for keyword in said.keywords:
        assert keyword.keyword
        assert keyword.keyword == keyword.keyword.upper()
        assert (Defect.KEYWORD_REPEATED in keyword.defects) == (keyword.keyword in seen)
        seen.add(keyword.keyword)
        words = [word.decode("utf-8", "backslashreplace") for word in keyword.raw.split()]
        told = keyword.keyword + "".join(keyword.arguments)
        assert told == words[0].upper() + "".join(words[1:]) or told.upper() == "".join(words).upper()
        assert keyword.keyword in said
        assert said.get(keyword.keyword) is not None
    limit = said.size_limit
    assert limit is None or 0 < limit < 10**20
    assert msgspec.json.decode(msgspec.json.encode(said), type=Capabilities, strict=False) == said
