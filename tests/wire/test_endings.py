"""How a conversation ends: goodbyes, broken connections, clocks, floods and QUIT."""

from __future__ import annotations

import asyncio

import pytest
from loops import Run
from scripted import EHLO, NOOP, RSET, Peer, Script, fly, heard, kinds, serving, session_to, silence, talking, unusable

from smtpprobe.model import Exchange
from smtpprobe.outcome import ClosedBy, Defect, FailureKind, Stage
from smtpprobe.wire.replies import REPLY_LIMIT, SESSION_LIMIT
from smtpprobe.wire.session import Session

# -- goodbyes and broken connections -----------------------------------------------------------------------


def test_421_in_mid_flight_leaves_the_rest_unanswered_and_no_quit(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.answer(b"250 ok\r\n", b"421 4.7.0 too many\r\n")
        await peer.rest()

    async def work() -> None:
        async with talking(script) as (session, server):
            await session.greeting()
            answers = await fly(session, NOOP, RSET, NOOP)
            assert [one.code for one in answers] == [250, 421, None]
            assert kinds(answers) == [None, None, FailureKind.SERVER_CLOSING]
            await session.quit()
            await server.over()
        assert server.heard == [b"NOOP", b"RSET", b"NOOP"]
        assert (session.closed_by, session.refusals) == (ClosedBy.SERVER, 1)

    run(work())


async def fin(peer: Peer) -> None:
    pass


async def rst(peer: Peer) -> None:
    peer.reset()


async def half(peer: Peer) -> None:
    peer.half_close()
    await peer.rest()


@pytest.mark.parametrize(
    ("end", "kind"), [(fin, FailureKind.CLOSED), (rst, FailureKind.RESET), (half, FailureKind.CLOSED)]
)
def test_a_connection_that_ends_before_the_greeting(run: Run, end: Script, kind: FailureKind) -> None:
    async def work() -> None:
        async with serving(end) as server:
            session = session_to(server)
            failure = await session.connect(implicit_tls=False) or (await session.greeting()).failure
            assert failure is not None
            assert failure.kind is kind
            await session.quit()

    run(work())


@pytest.mark.parametrize(
    ("end", "kind"), [(fin, FailureKind.CLOSED), (rst, FailureKind.RESET), (half, FailureKind.CLOSED)]
)
def test_a_connection_that_ends_in_mid_flight(run: Run, end: Script, kind: FailureKind) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.line()
        await peer.line()
        peer.send(b"250 ok\r\n")
        await asyncio.sleep(0.02)
        await end(peer)

    async def work() -> None:
        async with talking(script) as (session, _):
            await session.greeting()
            answers = await fly(session, NOOP, RSET)
            assert [one.code for one in answers] == [250, None]
            assert kinds(answers) == [None, kind]
            await session.quit()
        assert session.closed_by is ClosedBy.SERVER

    run(work())


def test_an_answer_and_the_end_in_one_segment(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.answer(b"250 ok\r\n")

    async def work() -> None:
        async with talking(script) as (session, server):
            await session.greeting()
            (answer,) = await fly(session, NOOP)
            assert (answer.code, answer.failure) == (250, None)
            await server.over()
            await unusable(session)
            assert kinds(await fly(session, RSET)) == [FailureKind.CLOSED]
            await session.quit()
        assert session.closed_by is ClosedBy.SERVER

    run(work())


def test_the_end_after_a_continuation_line(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.answer(b"250-mx\r\n250-SI")

    async def work() -> None:
        async with talking(script) as (session, _):
            await session.greeting()
            first, second = await fly(session, EHLO, NOOP)
            assert first.reply is not None
            assert (first.reply.code, first.reply.raw) == (None, b"250-mx\r\n250-SI")
            assert kinds([first, second]) == [FailureKind.TRUNCATED, FailureKind.TRUNCATED]
            await session.quit()

    run(work())


def test_what_is_no_reply_ends_the_dialogue(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n")
        await peer.rest()

    async def work() -> None:
        async with talking(script) as (session, server):
            greeting = await session.greeting()
            assert greeting.reply is not None
            assert greeting.reply.raw == b"HTTP/1.1 400 Bad Request\r\n"
            assert kinds([greeting]) == [FailureKind.MALFORMED]
            await session.quit()
            await server.over()
        assert len(heard(session)) == 1
        assert server.heard == []

    run(work())


# -- clocks ------------------------------------------------------------------------------------------------


async def bounded(session: Session, timeout: float) -> Exchange:
    """The greeting of a server that will not give one, within the step's time and half a second."""
    async with asyncio.timeout(timeout + 0.5):
        return await session.greeting()


def test_a_silent_server_is_not_waited_for_longer_than_allowed(run: Run) -> None:
    async def work() -> None:
        async with talking(silence, greeting_timeout=0.1) as (session, server):
            greeting = await bounded(session, 0.1)
            assert greeting.failure is not None
            assert (greeting.failure.kind, greeting.failure.detail) == (FailureKind.TIMEOUT, "0.1 s")
            await session.quit()
            await server.over()
        assert server.heard == []

    run(work())


def test_a_server_that_drips_is_not_waited_for_longer_either(run: Run) -> None:
    async def script(peer: Peer) -> None:
        await peer.drip(b"220 " + b"x" * 100_000)

    async def work() -> None:
        async with talking(script, greeting_timeout=0.1) as (session, _):
            greeting = await bounded(session, 0.1)
            assert greeting.failure is not None
            assert greeting.failure.kind is FailureKind.TIMEOUT
            assert greeting.reply is not None
            assert greeting.reply.raw.startswith(b"220 x")
            assert Defect.TRUNCATED in greeting.reply.defects

    run(work())


def test_a_deadline_before_the_step_is_over_is_named(run: Run) -> None:
    async def work() -> None:
        async with talking(silence, deadline=0.1) as (session, _):
            greeting = await bounded(session, 0.1)
            assert kinds([greeting]) == [FailureKind.DEADLINE]

    run(work())


def test_in_a_flight_each_reply_has_its_own_clock(run: Run) -> None:
    pause = 0.12

    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        for _ in range(4):
            await peer.line()
            await asyncio.sleep(pause)
            peer.send(b"250 slow\r\n")
        await peer.rest()

    async def work() -> None:
        async with talking(script, timeout=2.5 * pause) as (session, _):
            await session.greeting()
            answers = await fly(session, NOOP, NOOP, NOOP, NOOP, RSET)
        assert [one.code for one in answers] == [250, 250, 250, 250, None]
        assert kinds(answers)[4] is FailureKind.TIMEOUT

    run(work())


def test_a_reply_after_its_time_answers_nothing(run: Run) -> None:
    gone = asyncio.Event()

    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.line()
        await gone.wait()
        peer.send(b"250 late\r\n250 later\r\n")
        await peer.rest()

    async def work() -> None:
        async with talking(script, timeout=0.1) as (session, server):
            await session.greeting()
            assert kinds(await fly(session, NOOP, RSET)) == [FailureKind.TIMEOUT, FailureKind.TIMEOUT]
            gone.set()
            await asyncio.sleep(0.02)
            assert kinds(await fly(session, NOOP)) == [FailureKind.TIMEOUT]
            await session.quit()
            await server.over()
        assert server.heard == [b"NOOP", b"RSET"]
        assert [one.code for one in heard(session)] == [220, None, None, None]

    run(work())


# -- floods ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "flood"),
    [(b"220 ", b"A" * 65_536), (b"", b"220-ab\r\n" * 8192), (b"220-mx\r\n", b"220-X1 y\r\n" * 6554)],
    ids=["line", "lines", "keywords"],
)
def test_an_endless_reply_is_cut_off(run: Run, start: bytes, flood: bytes) -> None:
    async def script(peer: Peer) -> None:
        peer.send(start)
        await peer.flood(flood, 200)

    async def work() -> None:
        async with talking(script) as (session, server):
            greeting = await session.greeting()
            await session.quit()
            await server.over()
        assert kinds([greeting]) == [FailureKind.REPLY_TOO_LONG]
        assert greeting.reply is not None
        assert len(greeting.reply.raw) <= REPLY_LIMIT
        assert sum(map(len, greeting.reply.texts)) <= REPLY_LIMIT
        assert len(heard(session)) == 1

    run(work())


def test_10000_keywords_are_too_many(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.answer(b"".join([b"250-KEYWORD-%05d\r\n" % i for i in range(10_000)]) + b"250 HELP\r\n")
        await peer.rest()

    async def work() -> None:
        async with talking(script) as (session, _):
            await session.greeting()
            (answer,) = await fly(session, EHLO, stage=Stage.EHLO)
        assert kinds([answer]) == [FailureKind.REPLY_TOO_LONG]
        assert answer.reply is not None
        assert answer.reply.texts[0] == b"KEYWORD-00000"
        assert len(answer.reply.raw) <= REPLY_LIMIT

    run(work())


def test_an_endless_session_ends_at_its_limit(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        lines = b"250-" + b"x" * 500 + b"\r\n"
        while await peer.line():
            peer.send(lines * 60 + b"250 ok\r\n")

    async def work() -> None:
        async with talking(script) as (session, _):
            await session.greeting()
            while session.usable:
                (last,) = await fly(session, NOOP)
            await session.quit()
        assert last.reply is not None
        assert Defect.SESSION_TOO_LONG in last.reply.defects
        assert sum(one.reply.octets for one in heard(session) if one.reply) <= SESSION_LIMIT

    run(work())


# -- closing -----------------------------------------------------------------------------------------------


def test_a_quit_that_is_ignored_costs_a_moment_only(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.rest()

    async def work() -> None:
        async with talking(script) as (session, server):
            await session.greeting()
            async with asyncio.timeout(1.6):
                await session.quit()
            await server.over()
        assert server.heard == [b"QUIT"]
        assert kinds(heard(session)) == [None, FailureKind.TIMEOUT]
        assert (session.failure, session.closed_by) == (None, ClosedBy.US)

    run(work())


def test_a_reply_too_many_is_noticed_at_the_latest_when_quit_is_answered(run: Run) -> None:
    sent = asyncio.Event()

    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.answer(b"250 ok\r\n")
        await peer.line()
        peer.send(b"550 too many\r\n")
        await sent.wait()
        peer.send(b"221 bye\r\n")

    async def work() -> None:
        async with talking(script) as (session, _):
            await session.greeting()
            await fly(session, NOOP)
            asyncio.get_running_loop().call_later(0.05, sent.set)
            await session.quit()
        assert [one.code for one in heard(session)] == [220, 250, 550, 221]
        assert heard(session)[3].command is None

    run(work())


def test_a_farewell_does_not_wait(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.rest()

    async def work() -> None:
        async with talking(script) as (session, server):
            await session.greeting()
            session.farewell()
            await server.over()
        assert server.heard == [b"QUIT"]
        assert len(heard(session)) == 1

    run(work())


def test_closing_twice_is_closing_once(run: Run) -> None:
    async def work() -> None:
        async with talking(silence) as (session, server):
            session.close()
            session.close()
            await session.quit()
            await server.over()
        assert server.heard == []

    run(work())


def test_interrupted_in_mid_flight_the_session_still_closes(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.rest()

    async def work() -> None:
        async with talking(script) as (session, server):
            await session.greeting()
            flight = asyncio.ensure_future(session.flight([NOOP], Stage.CLEAR))
            await asyncio.sleep(0.02)
            flight.cancel()
            with pytest.raises(asyncio.CancelledError):
                await flight
            session.farewell()
            await server.over()
        assert server.heard == [b"NOOP", b"QUIT"]

    run(work())
