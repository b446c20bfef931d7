"""A session against scripted servers: how it opens, the order of things, and replies that nobody asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from loops import Run
from scripted import EHLO, NOOP, RSET, Peer, Server, fly, heard, kinds, serving, session_to, silence, talking, unusable

from smtpprobe.model import Command
from smtpprobe.outcome import ClosedBy, FailureKind, Stage
from smtpprobe.wire.dial import Line

# -- the ordinary conversation -----------------------------------------------------------------------------


def test_a_conversation_is_recorded_in_order(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx.example ESMTP\r\n")
        await peer.answer(b"250-mx.example\r\n250 SIZE\r\n", b"250 ok\r\n", b"221 bye\r\n")

    async def work() -> None:
        async with talking(script) as (session, server):
            assert (await session.greeting()).code == 220
            await fly(session, EHLO, stage=Stage.EHLO)
            await fly(session, NOOP)
            await session.quit()
            await server.over()
        assert [one.code for one in heard(session)] == [220, 250, 250, 221]
        assert [one.stage for one in heard(session)] == [Stage.GREETING, Stage.EHLO, Stage.CLEAR, Stage.QUIT]
        assert [one.flight for one in heard(session)] == [1, 2, 3, 4]
        assert server.heard == [b"EHLO client.example", b"NOOP", b"QUIT"]
        assert (session.closed_by, session.failure) == (ClosedBy.US, None)

    run(work())


def test_times_follow_each_other(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.line()
        await peer.drip(b"250-a\r\n250 b\r\n")
        await peer.answer(b"250 ok\r\n", b"221 bye\r\n")

    async def work() -> None:
        async with talking(script) as (session, _):
            await session.greeting()
            await fly(session, EHLO)
            await fly(session, NOOP)
            await session.quit()
        last = 0
        for one in heard(session):
            assert one.reply is not None
            assert last <= one.sent_ns <= one.reply.first_ns <= one.reply.last_ns
            last = one.reply.last_ns
        dripped = heard(session)[1].reply
        assert dripped is not None
        assert dripped.first_ns < dripped.last_ns
        assert dripped.texts == (b"a", b"b")

    run(work())


def test_a_flight_pairs_each_reply_with_its_command(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        said = [await peer.line() for _ in range(4)]
        replies = b"".join([b"250 to %s\r\n" % line for line in said])
        peer.send(replies[:20])
        await asyncio.sleep(0.01)
        peer.send(replies[20:])
        await peer.answer(b"221 bye\r\n")

    async def work() -> None:
        async with talking(script) as (session, _):
            await session.greeting()
            lines = [Line(Command(b"NOOP %d" % i), probe="p", subject=str(i)) for i in range(4)]
            answers = await fly(session, *lines)
            await session.quit()
        assert [one.reply and one.reply.texts for one in answers] == [(b"to NOOP %d" % i,) for i in range(4)]
        assert [(one.probe, one.subject) for one in answers] == [("p", str(i)) for i in range(4)]
        assert {one.flight for one in answers} == {2}

    run(work())


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_both_families_are_spoken(run: Run, host: str) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.answer(b"221 bye\r\n")

    async def work() -> None:
        async with talking(script, host=host) as (session, _):
            assert (await session.greeting()).code == 220
            await session.quit()

    run(work())


def test_a_unix_socket_is_spoken_to(run: Run, tmp_path: Path) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 lmtp\r\n")
        await peer.answer(b"221 bye\r\n")

    async def work() -> None:
        async with talking(script, path=str(tmp_path / "lmtp")) as (session, _):
            assert (await session.greeting()).code == 220
            await session.quit()

    run(work())


def test_the_source_address_is_ours_to_choose(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 %s\r\n" % peer.writer.get_extra_info("peername")[0].encode())

    async def work() -> None:
        async with talking(script, source="127.0.0.2") as (session, _):
            greeting = await session.greeting()
        assert greeting.reply is not None
        assert greeting.reply.texts == (b"127.0.0.2",)

    run(work())


# -- no connection -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spoil", "dial", "kind"),
    [
        (lambda server: setattr(server, "port", 1), {}, FailureKind.REFUSED),
        (lambda server: None, {"source": "192.0.2.1"}, FailureKind.SOCKET),
        (lambda server: None, {"source": "::1"}, FailureKind.SOCKET),
        (lambda server: None, {"path": "/nowhere/at/all"}, FailureKind.REFUSED),
        (lambda server: None, {"proxy": 1, "proxy_source": ("2001:db8::1", 1)}, FailureKind.SOCKET),
        (lambda server: None, {"deadline": -1.0}, FailureKind.DEADLINE),
    ],
)
def test_why_there_is_no_connection(
    run: Run, spoil: Callable[[Server], None], dial: dict[str, object], kind: FailureKind
) -> None:
    async def work() -> None:
        async with serving(silence) as server:
            spoil(server)
            session = session_to(server, **dial)  # type: ignore[arg-type]
            failure = await session.connect(implicit_tls=False)
            assert failure is not None
            assert (failure.stage, failure.kind) == (Stage.CONNECT, kind)
            assert not session.usable
            await session.quit()
            assert session.failure == failure

    run(work())


# -- replies that nobody asked for -------------------------------------------------------------------------


def test_two_replies_in_one_segment_do_not_answer_the_next_command(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.answer(b"250 first\r\n550 extra\r\n")
        await peer.rest()

    async def work() -> None:
        async with talking(script) as (session, server):
            await session.greeting()
            (answer,) = await fly(session, NOOP)
            assert answer.code == 250
            assert not session.usable
            late = await fly(session, RSET)
            assert kinds(late) == [FailureKind.UNSOLICITED]
            await session.quit()
            await server.over()
        assert [(one.command, one.code) for one in heard(session)[2:3]] == [(None, 550)]
        assert kinds(heard(session))[2] is FailureKind.UNSOLICITED
        assert server.heard == [b"NOOP"]

    run(work())


@pytest.mark.parametrize("extra", [b"550 unasked\r\n", b"250 unasked\r\n", b"221 unasked\r\n"])
def test_a_second_greeting_reply_stops_the_dialogue(run: Run, extra: bytes) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n" + extra)
        await peer.rest()

    async def work() -> None:
        async with talking(script) as (session, server):
            assert (await session.greeting()).code == 220
            assert not session.usable
            await session.quit()
            await server.over()
        assert kinds(heard(session)) == [None, FailureKind.UNSOLICITED]
        assert server.heard == []

    run(work())


def test_a_reply_between_two_flights_stops_the_second(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.answer(b"250 ok\r\n")
        await asyncio.sleep(0.02)
        peer.send(b"550 UNSOLICITED\r\n")
        await peer.rest()

    async def work() -> None:
        async with talking(script) as (session, server):
            await session.greeting()
            await fly(session, NOOP)
            await unusable(session)
            (unsent,) = await fly(session, RSET)
            assert unsent.failure is not None
            assert unsent.failure.kind is FailureKind.UNSOLICITED
            assert (await session.starttls()).failure is not None
            await session.quit()
            await server.over()
        assert 550 in [one.code for one in heard(session)]
        assert server.heard == [b"NOOP"]

    run(work())


def test_an_unasked_421_is_a_goodbye(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.answer(b"250 ok\r\n")
        peer.send(b"421 idle\r\n")

    async def work() -> None:
        async with talking(script) as (session, server):
            await session.greeting()
            await fly(session, NOOP)
            await server.over()
            await unusable(session)
            await session.quit()
        assert [one.code for one in heard(session)] == [220, 250, 421]
        assert kinds(heard(session))[2] is FailureKind.SERVER_CLOSING
        assert session.closed_by is ClosedBy.SERVER
        assert session.failure is None

    run(work())


def test_a_flood_of_unasked_replies_is_kept_in_bounds(run: Run) -> None:
    async def script(peer: Peer) -> None:
        await peer.flood(b"250 x\r\n" * 1000, 100)

    async def work() -> None:
        async with talking(script) as (session, server):
            await session.greeting()
            await server.over()
            await session.quit()
        assert len(heard(session)) <= 102

    run(work())
