"""The reply reader: its two laws, and every defect by name."""

from __future__ import annotations

import itertools

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.model import Reply
from smtpprobe.outcome import Defect
from smtpprobe.wire import replies
from smtpprobe.wire.replies import LINE_KEPT, REPLY_LIMIT, REPLY_LINES, SESSION_LIMIT, ReplyReader

# Fragments that real and broken servers are made of, so that hypothesis meets the interesting cases often.
FRAGMENTS = st.sampled_from(
    [
        *(b"250-mx.example", b"250 HELP", b"250", b"220 mx ESMTP", b"550-5.7.1 no", b"550 5.7.1 no", b"421 4.7.0 bye"),
        *(
            b"250-",
            b"250 ",
            b"571 no",
            b"\r\n",
            b"\r\n",
            b"\r\n",
            b"\n",
            b"\r",
            b"\0",
            b"\x1b[2J",
            b"\xff\xfe",
            "é".encode(),
        ),
        *(b"+25 x", b"2500 x", b"HTTP/1.1 400", b"5.5.4 text", b" ", b"-", b"A" * 600, b"B" * 9000),
    ]
)
STREAMS = st.one_of(st.lists(FRAGMENTS, max_size=40).map(b"".join), st.binary(max_size=400))


def read(pieces: list[bytes]) -> tuple[list[Reply], bytes, bool]:
    reader = ReplyReader()
    replies = [reply for piece in pieces for reply in reader.feed(piece, 1)]
    return replies, reader.pending, reader.broken


def whole(data: bytes) -> Reply:
    replies, pending, _ = read([data])
    assert len(replies) == 1
    assert pending == b""
    return replies[0]


@given(STREAMS, st.lists(st.integers(0, 20_000), max_size=12))
def test_how_the_bytes_are_cut_never_matters(stream: bytes, cuts: list[int]) -> None:
    edges = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    pieces = [stream[a:b] for a, b in itertools.pairwise(edges)]
    assert read(pieces) == read([stream])


@given(STREAMS)
def test_single_octets_give_what_one_segment_gives(stream: bytes) -> None:
    assert read([stream[i : i + 1] for i in range(len(stream))]) == read([stream])


@given(STREAMS)
def test_no_byte_below_the_limits_is_lost(stream: bytes) -> None:
    replies, pending, broken = read([stream])
    kept = b"".join(reply.raw for reply in replies) + pending
    if any(Defect.LINE_TOO_LONG in reply.defects for reply in replies) or b"B" * 8000 in stream:
        return
    assert stream.startswith(kept)
    assert broken or kept == stream
    assert sum(reply.octets for reply in replies) + len(pending) == len(kept)


def test_a_multi_line_reply_is_one_reply() -> None:
    reply = whole(b"250-mx.example Hello\r\n250-SIZE 1000\r\n250 HELP\r\n")
    assert (reply.code, reply.texts, reply.defects) == (250, (b"mx.example Hello", b"SIZE 1000", b"HELP"), ())


def test_the_enhanced_code_is_read_and_left_in_the_text() -> None:
    reply = whole(b"550 5.7.1 no\r\n")
    assert (reply.code, reply.enhanced, reply.texts) == (550, "5.7.1", (b"5.7.1 no",))


@pytest.mark.parametrize("text", [b"550 5.7.1no\r\n", b"550 5.7 no\r\n", b"550 3.7.1 no\r\n", b"550 5.1234.1 no\r\n"])
def test_what_only_looks_like_an_enhanced_code_is_text(text: bytes) -> None:
    assert whole(text).enhanced is None


@pytest.mark.parametrize(
    ("data", "code", "defect"),
    [
        (b"220 mx\n", 220, Defect.BARE_LF),
        (b"220 m\rx\r\n", 220, Defect.BARE_CR),
        (b"220 m\0x\r\n", 220, Defect.NUL),
        (b"220 \x1b]0;x\x07\r\n", 220, Defect.CONTROL),
        ("220 größe\r\n".encode(), 220, Defect.NOT_ASCII),
        (b"220 \xff\xfe\xc3\x28\r\n", 220, Defect.NOT_UTF8),
        (b"220\r\n", 220, Defect.NO_TEXT),
        (b"220 \r\n", 220, Defect.NO_TEXT),
        (b"220 " + b"A" * 600 + b"\r\n", 220, Defect.LINE_OVER_512),
        (b"220 " + b"A" * 9000 + b"\r\n", 220, Defect.LINE_TOO_LONG),
        (b"571 5.7.1 no\r\n", 571, Defect.OUTSIDE_GRAMMAR),
        (b"554 4.4.7 expired\r\n", 554, Defect.ENHANCED_CLASS_DIFFERS),
        (b"550-no\r\n250 HELP\r\n", None, Defect.CODES_DIFFER),
        (b"22 mx\r\n", None, Defect.MALFORMED),
        (b"2500 mx\r\n", None, Defect.MALFORMED),
        (b"2_5 mx\r\n", None, Defect.MALFORMED),
        (b"+25 mx\r\n", None, Defect.MALFORMED),
        (b"000 mx\r\n", None, Defect.MALFORMED),
        (b"999 mx\r\n", None, Defect.MALFORMED),
        (b"abc hello\r\n", None, Defect.MALFORMED),
        (b"SSH-2.0-OpenSSH_9.2\r\n", None, Defect.MALFORMED),
        (b"\r\n", None, Defect.MALFORMED),
    ],
)
def test_every_irregularity_is_a_named_defect(data: bytes, code: int | None, defect: Defect) -> None:
    reply = whole(data)
    assert reply.code == code
    assert defect in reply.defects


def test_an_empty_challenge_owes_no_text() -> None:
    assert whole(b"334 \r\n").defects == ()


def test_a_long_line_is_cut_and_counted() -> None:
    reply = whole(b"250 " + b"A" * 9000 + b"\r\n")
    assert len(reply.raw) == LINE_KEPT
    assert reply.octets == 9006


@pytest.mark.parametrize(
    "data",
    [b"220 " + b"A" * 100_000, b"220-ab\r\n" * 20_000, b"220-" + b"A" * 60_000 + b"\r\n" + b"220-" + b"B" * 9000],
)
def test_an_endless_reply_ends_at_its_limit(data: bytes) -> None:
    reader = ReplyReader()
    (reply,) = reader.feed(data, 1)
    assert reply.code is None
    assert Defect.REPLY_TOO_LONG in reply.defects
    assert reader.broken
    assert len(reply.raw) <= REPLY_LIMIT
    assert len(reply.texts) <= REPLY_LINES
    assert reader.feed(b"250 more\r\n", 2) == []


def test_a_thousand_lines_are_the_most() -> None:
    lines = b"250-x\r\n" * (REPLY_LINES - 1) + b"250 x\r\n"
    assert whole(lines).code == 250
    (reply,) = ReplyReader().feed(b"250-x\r\n" + lines, 1)
    assert Defect.REPLY_TOO_LONG in reply.defects


def test_an_endless_session_of_valid_replies_ends_at_its_limit() -> None:
    reader = ReplyReader()
    line = b"250 " + b"x" * 500 + b"\r\n"
    replies = [reply for _ in range(1000) for reply in reader.feed(line, 1)]
    assert Defect.SESSION_TOO_LONG in replies[-1].defects
    assert sum(reply.octets for reply in replies) == SESSION_LIMIT


def test_what_came_before_the_end_of_the_stream_is_kept() -> None:
    reader = ReplyReader()
    assert reader.feed(b"250-mx\r\n250-SI", 1) == []
    reply = reader.end(2)
    assert reply is not None
    assert (reply.code, reply.texts, reply.defects) == (None, (b"mx", b"250-SI"), (Defect.TRUNCATED,))
    assert reply.raw == b"250-mx\r\n250-SI"


def test_first_and_last_byte_are_timed() -> None:
    reader = ReplyReader()
    assert reader.feed(b"250-mx\r\n25", 10) == []
    (reply,) = reader.feed(b"0 HELP\r\n", 20)
    assert (reply.first_ns, reply.last_ns) == (10, 20)


def test_a_line_that_repeats_itself_is_kept_once() -> None:
    (reply,) = ReplyReader().feed(b"250-same\r\n" * 2_000, 1)
    assert len(reply.texts) == REPLY_LINES
    assert len({id(text) for text in reply.texts}) == 1


# -- what is remembered ------------------------------------------------------------------------------------


def test_a_reply_that_was_heard_before_is_the_same_at_another_time() -> None:
    for octets in (b"250-mx\r\n250 SIZE\r\n", b"550 5.7.1 no\r\n", b"550 2.0.0 odd\r\n", b"250-mx\r\n250 \r\n"):
        (first,), (again,) = ReplyReader().feed(octets, 1), ReplyReader().feed(octets, 2)
        assert (again.first_ns, again.last_ns) == (2, 2)
        assert msgspec.structs.replace(again, first_ns=1, last_ns=1) == first


def test_what_is_remembered_counts_against_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replies, "SESSION_LIMIT", 30)
    octets = b"250 remembered\r\n"
    ReplyReader().feed(octets, 1)
    reader = ReplyReader()
    assert [one.code for one in reader.feed(octets, 1)] == [250]
    (over,) = reader.feed(octets, 2)
    assert over.defects == (Defect.SESSION_TOO_LONG,)
    assert reader.feed(octets, 3) == []


def test_nothing_of_it_stands_for_a_part_of_another_reply() -> None:
    octets = b"250 remembered\r\n"
    ReplyReader().feed(octets, 1)
    reader = ReplyReader()
    assert reader.feed(b"250-mx\r\n", 1) == []
    (whole,) = reader.feed(octets, 2)
    assert whole.texts == (b"mx", b"remembered")


def test_so_many_replies_are_remembered_and_no_secret_one() -> None:
    for number in range(2_000):
        ReplyReader().feed(b"250 number %d\r\n" % number, 1)
    assert len(replies._HEARD) <= replies._HEARD_MOST
    ReplyReader(discreet=True).feed(b"250 your password is 12345\r\n", 1)
    ReplyReader().feed(b"250 " + b"x" * 400 + b"\r\n250 " + b"x" * 400 + b"\r\n250 " + b"x" * 400 + b"\r\n", 1)
    assert not any(b"password" in octets or len(octets) > replies._HEARD_OCTETS for octets in replies._HEARD)
