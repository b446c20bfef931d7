"""The same result for any segmentation: the transcripts of fixtures/, replayed in other segments than they came in.

Here at a sample of the cuts; at every one by measure_segmentation.py.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
import seg_levels
import trustme
from seg_loopback import listening
from seg_replay import CutAt, Cutter, single, whole
from seg_transcript import Transcript, load, names

from smtpprobe.model import Reply, Route
from smtpprobe.wire.replies import ReplyReader

NAMES = names()
#: Of a session's cuts every so manieth, beginning elsewhere for each connection.
STEP = 9
RUN_CUTS: Sequence[tuple[Cutter, bool]] = ((single, True), (CutAt(1), False), (CutAt(4), True), (CutAt(23), False))
#: Over the loopback interface: with TLS, with replies too many, with plaintext injected, with resets.
OVER_LOOPBACK = ("postfix", "fake-answers-twice", "hostile-injected", "hostile-cut-off")


@cache
def transcript(name: str) -> Transcript:
    return load(name)


@pytest.mark.parametrize("name", NAMES)
def test_replies_are_the_same_wherever_the_stream_is_cut(name: str) -> None:
    for stream in seg_levels.streams(transcript(name)):
        expected = seg_levels.replies([stream])
        assert seg_levels.replies(single(stream)) == expected
        for cut in range(1, len(stream)):
            assert seg_levels.replies([stream[:cut], stream[cut:]]) == expected, cut


@pytest.mark.parametrize("name", NAMES)
def test_a_session_is_the_same_wherever_its_answers_are_cut(name: str) -> None:
    for number, turns in enumerate(transcript(name).connections):
        expected = seg_levels.held(turns, whole)
        assert seg_levels.held(turns, single) == expected
        assert seg_levels.held(turns, single, apart=True) == expected
        longest = max(len(turn.said) for turn in turns)
        for cut in range(1 + number % STEP, longest, STEP):
            assert seg_levels.held(turns, CutAt(cut), apart=cut % 2 == 0) == expected, (number, cut)


@pytest.mark.parametrize("name", NAMES)
def test_the_explanation_is_the_same_wherever_answers_are_cut(name: str) -> None:
    expected = seg_levels.explained(transcript(name), whole)
    assert expected["exchanges"]
    for cut, apart in RUN_CUTS:
        assert seg_levels.difference(seg_levels.explained(transcript(name), cut, apart=apart), expected) == ""


@pytest.fixture(scope="module")
def context() -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("mx.example.org").configure_cert(made)
    return made


def over_loopback(name: str, cut: Cutter, context: ssl.SSLContext) -> tuple[Any, int]:
    """The document of a run over real sockets, without its port, and the segments that the server wrote."""

    async def work() -> tuple[Any, int]:
        async with listening(transcript(name), cut, context) as (server, host, port):
            report = await seg_levels.run(Route("mx.example.org", host, port))
            document = seg_levels.timeless(report)
            for connection in document["connections"]:
                connection["port"] = 25
            return document, server.segments

    return asyncio.run(asyncio.wait_for(work(), 60))


@pytest.mark.parametrize("name", OVER_LOOPBACK)
def test_a_run_over_sockets_is_the_same_in_segments_of_one_octet(name: str, context: ssl.SSLContext) -> None:
    expected, segments = over_loopback(name, whole, context)
    for cut in (single, CutAt(2)):
        document, more = over_loopback(name, cut, context)
        assert more > segments
        assert seg_levels.difference(document, expected) == ""


# -- what these tests are good for -------------------------------------------------------------------------


def hasty(self: ReplyReader, data: bytes, now_ns: int) -> list[Reply]:
    """A reader that takes the end of a segment for the end of a line."""
    return FEED(self, data if data.endswith(b"\n") or not data else data + b"\r\n", now_ns)


FEED = ReplyReader.feed


def test_a_reader_that_minds_its_segments_is_found_at_every_level(monkeypatch: pytest.MonkeyPatch) -> None:
    recorded = transcript("postfix")
    stream, turns = seg_levels.streams(recorded)[0], recorded.connections[0]
    expected = seg_levels.replies([stream]), seg_levels.held(turns, whole), seg_levels.explained(recorded, whole)
    monkeypatch.setattr(ReplyReader, "feed", hasty)
    assert (seg_levels.replies([stream]), seg_levels.held(turns, whole)) == expected[:2]
    assert seg_levels.replies([stream[:30], stream[30:]]) != expected[0]
    assert seg_levels.held(turns, CutAt(30)) != expected[1]
    assert seg_levels.difference(seg_levels.explained(recorded, CutAt(30)), expected[2]) != ""
