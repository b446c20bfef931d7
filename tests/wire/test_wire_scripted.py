"""A script is spoken as a session would, as long as all goes well; then the session's own steps go on."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

from loops import Run
from scripted import EHLO, NOOP, Peer, Server, kinds, serving
from scripted import Script as Serve

from smtpprobe.model import Command, Route
from smtpprobe.outcome import FailureKind, Stage
from smtpprobe.wire.dial import Dial, Line
from smtpprobe.wire.record import Record
from smtpprobe.wire.scripted import Script, Scripted, Step

GREETING, HELLO = Step(Stage.GREETING, None), Step(Stage.EHLO, EHLO.command)
NOTHING, QUIT = Step(Stage.CLEAR, NOOP.command, "noop"), Step(Stage.QUIT, Command(b"QUIT"))
BYE = b"221 bye\r\n"


def saying(*steps: Step) -> Script:
    for step in steps:  # noqa: UP028
        yield step


@contextlib.asynccontextmanager
async def talking(script: Serve, **dial: Any) -> AsyncIterator[tuple[Scripted, Record, Server]]:
    async with serving(script) as server:
        record = Record(lambda _: None)
        given = {"timeout": 5.0, "greeting_timeout": 5.0, **dial}
        route = Route("mx.example", server.address, server.port)
        due = asyncio.get_running_loop().time() + 30
        session = Scripted(1, route, Dial("client.example", **given), record, due)
        try:
            assert await session.connect(implicit_tls=False) is None
            yield session, record, server
        finally:
            session.close()


def answering(*replies: bytes) -> Serve:
    async def script(peer: Peer) -> None:
        peer.send(replies[0])
        await peer.answer(*replies[1:])
        await peer.rest()

    return script


def test_all_of_it_is_said_and_recorded_in_order(run: Run) -> None:
    async def work() -> None:
        async with talking(answering(b"220 mx\r\n", b"250 mx\r\n", b"502 5.5.1 no\r\n", BYE)) as (
            session,
            record,
            server,
        ):
            assert await session.follow(saying(GREETING, HELLO, NOTHING, QUIT))
            session.close()
            await server.over()
        said = record.exchanges
        assert [one.code for one in said] == [220, 250, 502, 221]
        assert [one.stage for one in said] == [Stage.GREETING, Stage.EHLO, Stage.CLEAR, Stage.QUIT]
        assert [one.flight for one in said] == [1, 2, 3, 4]
        assert [one.probe for one in said] == [None, None, "noop", None]
        assert (session.round_trips, session.refusals, session.failure) == (4, 1, None)
        assert server.heard[:3] == [b"EHLO client.example", b"NOOP", b"QUIT"]
        last = 0
        for one in said:
            assert one.reply is not None
            assert last <= one.sent_ns <= one.reply.first_ns <= one.reply.last_ns
            last = one.reply.last_ns

    run(work())


def test_a_script_is_sent_the_replies_and_may_end_before_its_time(run: Run) -> None:
    heard: list[int | None] = []

    def script() -> Script:
        heard.append((yield GREETING).code)
        heard.append((yield HELLO).code)

    async def work() -> None:
        async with talking(answering(b"220 mx\r\n", b"550 no\r\n", b"250 ok\r\n", BYE)) as (session, record, _):
            assert await session.follow(script())
            assert session.usable
            (index,) = await session.flight([NOOP], Stage.CLEAR)
            await session.quit()
        assert heard == [220, 550]
        assert [one.code for one in record.exchanges] == [220, 550, 250, 221]
        assert index == 2

    run(work())


def test_a_reply_that_comes_in_pieces_is_for_the_next_step_to_hear(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.line()
        await peer.drip(b"250-mx\r\n250 SIZE\r\n")
        await peer.answer(BYE)

    async def work() -> None:
        async with talking(script) as (session, record, _):
            assert await session.follow(saying(GREETING, HELLO, QUIT))
        assert [one.code for one in record.exchanges] == [220, 250, 221]

    run(work())


def test_what_is_not_answered_is_settled_by_the_step_of_its_kind(run: Run) -> None:
    async def work() -> None:
        async with talking(answering(b"220 mx\r\n", b"250 mx\r\n", b"421 enough\r\n")) as (session, record, _):
            assert not await session.follow(saying(GREETING, HELLO, NOTHING, QUIT))
            assert len(record.exchanges) == 2
            (index,) = await session.flight([NOOP], Stage.CLEAR)
            assert record.exchanges[index].code == 421
            assert not session.usable
            await session.quit()
        assert [one.code for one in record.exchanges] == [220, 250, 421]

    run(work())


def test_time_runs_from_when_it_was_said(run: Run) -> None:
    async def work() -> None:
        async with talking(answering(b"220 mx\r\n"), timeout=0.2) as (session, record, _):
            loop = asyncio.get_running_loop()
            began = loop.time()
            assert not await session.follow(saying(GREETING, HELLO))
            await session.flight([EHLO], Stage.EHLO)
            assert 0.19 <= loop.time() - began < 0.39
            assert kinds(record.exchanges) == [None, FailureKind.TIMEOUT]
            assert record.exchanges[1].failure is not None
            assert record.exchanges[1].failure.detail == "0.2 s"

    run(work())


def test_a_reply_too_many_ends_the_script_at_once(run: Run) -> None:
    async def work() -> None:
        async with talking(answering(b"220 mx\r\n250 what\r\n", b"250 mx\r\n")) as (session, record, server):
            assert not await session.follow(saying(GREETING, HELLO, QUIT))
            await session.greeting()
            assert not session.usable
            await session.quit()
            await server.over()
        assert kinds(record.exchanges) == [None, FailureKind.UNSOLICITED]
        assert b"".join(server.heard) == b""

    run(work())


def test_a_connection_that_is_gone_leaves_the_next_step_unsaid(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.line()
        peer.send(b"250 mx\r\n")

    async def work() -> None:
        async with talking(script) as (session, record, _):
            await session.follow(saying(GREETING, HELLO, NOTHING))
            (index,) = await session.flight([NOOP], Stage.CLEAR)
            assert kinds([record.exchanges[index]])[0] in (FailureKind.CLOSED, FailureKind.RESET)
            assert session.round_trips == 3

    run(work())


def test_the_goodbye_of_a_script_is_heard_as_any(run: Run) -> None:
    async def work() -> None:
        replies = (b"220 mx\r\n", b"250 mx\r\n", b"250 ok\r\n" + BYE)
        async with talking(answering(*replies)) as (session, record, _):
            assert not await session.follow(saying(GREETING, HELLO, QUIT))
            assert session.leaving
            await session.quit()
        assert [one.code for one in record.exchanges] == [220, 250, 250, 221]

    run(work())


def test_the_past_is_told_step_by_step_and_then_it_goes_on(run: Run) -> None:
    async def work() -> None:
        replies = (b"220 mx\r\n", b"250 mx\r\n", b"250 ok\r\n", b"250 again\r\n", BYE)
        async with talking(answering(*replies)) as (session, _, server):
            assert await session.follow(saying(GREETING, HELLO, NOTHING))
            settled: list[int] = []
            record = Record(settled.append)
            session.tell(record)
            assert await session.connect(implicit_tls=False) is None
            assert record.exchanges == []
            assert (await session.greeting()).code == 220
            assert settled == [0]
            assert await session.flight([EHLO], Stage.EHLO) == [1]
            assert session.usable
            assert await session.flight([NOOP], Stage.CLEAR) == [2]
            assert record.exchanges[2].probe == "noop"
            assert server.heard == [b"EHLO client.example", b"NOOP"]
            assert await session.flight([Line(Command(b"RSET"))], Stage.CLEAR) == [3]
            await session.quit()
            assert [one.code for one in record.exchanges] == [220, 250, 250, 250, 221]
            assert settled == [0, 1, 2, 3, 4]

    run(work())


def test_no_control_character_goes_out(run: Run) -> None:
    async def work() -> None:
        async with talking(answering(b"220 mx\r\n", BYE)) as (session, record, server):
            evil = Step(Stage.CLEAR, Command(b"NOOP\r\nMAIL FROM:<>"))
            with contextlib.suppress(ValueError):
                await session.follow(saying(evil))
            session.close()
            await server.over()
        assert b"".join(server.heard) == b""
        assert record.exchanges == []

    run(work())
