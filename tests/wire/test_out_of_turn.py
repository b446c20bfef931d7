"""What no client should do, done on purpose: half a line end, a word before the greeting, a command behind STARTTLS."""

from __future__ import annotations

from loops import Authority, Run
from scripted import EHLO, NOOP, Peer, Script, fly, heard, kind_of, silence, talking

from smtpprobe.model import Command, Exchange
from smtpprobe.outcome import FailureKind, Stage
from smtpprobe.wire.dial import Line
from smtpprobe.wire.session import Session

HALF = Line(Command(b"RSET", end=b"\n"), "line-end-lf")
REST = Line(Command(b"", end=b"\r\n"), "line-end-lf")


def at(session: Session, index: int) -> Exchange:
    return heard(session)[index]


# -- half a line end ---------------------------------------------------------------------------------------


def test_an_answer_to_half_a_line_end_is_its_own(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        assert await peer.reader.readuntil(b"\n") == b"RSET\n"
        peer.send(b"250 reset\r\n")
        await peer.answer(b"250 noop\r\n", b"221 bye\r\n")

    async def work() -> None:
        async with talking(script) as (session, server):
            await session.greeting()
            assert at(session, await session.attempt(HALF, Stage.CLEAR)).code == 250
            (noop,) = await fly(session, NOOP)
            assert noop.reply is not None
            assert noop.reply.text == "noop"
            await session.quit()
            await server.over()

    run(work())


def test_where_half_a_line_end_gets_no_answer_the_rest_of_it_does(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        assert await peer.reader.readuntil(b"\r\n") == b"RSET\n\r\n"
        peer.send(b"500 what?\r\n")
        await peer.answer(b"250 noop\r\n", b"221 bye\r\n")

    async def work() -> None:
        async with talking(script, timeout=0.1) as (session, server):
            await session.greeting()
            first = at(session, await session.attempt(HALF, Stage.CLEAR))
            assert (first.reply, kind_of(first)) == (None, FailureKind.TIMEOUT)
            assert session.usable
            session.dial = type(session.dial)("client.example", timeout=5.0)
            rest, noop = await fly(session, REST), await fly(session, NOOP)
            assert [one.code for one in (*rest, *noop)] == [500, 250]
            await session.quit()
            await server.over()

    run(work())


def test_an_answer_that_comes_too_late_leaves_the_dialogue_out_of_step(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.reader.readuntil(b"\n")
        await peer.reader.readuntil(b"\r\n")
        peer.send(b"250 reset\r\n500 what?\r\n")
        await peer.rest()

    async def work() -> None:
        async with talking(script, timeout=0.1) as (session, _):
            await session.greeting()
            await session.attempt(HALF, Stage.CLEAR)
            session.dial = type(session.dial)("client.example", timeout=5.0)
            await fly(session, REST)
            assert not session.usable
            assert FailureKind.UNSOLICITED in [kind_of(one) for one in heard(session)]

    run(work())


def test_half_an_answer_is_none(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.reader.readuntil(b"\n")
        peer.send(b"250-res")
        await peer.rest()

    async def work() -> None:
        async with talking(script, timeout=0.1) as (session, _):
            await session.greeting()
            one = at(session, await session.attempt(HALF, Stage.CLEAR))
            assert one.reply is not None
            assert one.reply.raw == b"250-res"
            assert not session.usable

    run(work())


# -- before the greeting -----------------------------------------------------------------------------------


def test_who_talks_first_hears_the_greeting_first(run: Run) -> None:
    async def script(peer: Peer) -> None:
        await peer.line()
        peer.send(b"220 mx\r\n250 noop\r\n")
        await peer.answer(b"221 bye\r\n")

    async def work() -> None:
        async with talking(script) as (session, server):
            greeting, answer = await session.talk_first(NOOP)
            assert [at(session, index).code for index in (greeting, answer)] == [220, 250]
            assert at(session, greeting).command is None
            await session.quit()
            await server.over()
        assert server.heard == [b"NOOP", b"QUIT"]

    run(work())


def test_who_talks_first_may_be_shown_the_door(run: Run) -> None:
    async def script(peer: Peer) -> None:
        await peer.line()
        peer.send(b"554 5.5.1 too early\r\n")

    async def work() -> None:
        async with talking(script) as (session, _):
            greeting, answer = await session.talk_first(NOOP)
            assert at(session, greeting).code == 554
            assert kind_of(at(session, answer)) is FailureKind.CLOSED
            await session.quit()

    run(work())


def test_who_talks_first_may_be_overheard(run: Run) -> None:
    async def script(peer: Peer) -> None:
        await peer.line()
        peer.send(b"220 mx\r\n")
        await peer.answer(b"221 bye\r\n")

    async def work() -> None:
        async with talking(script, timeout=0.1) as (session, _):
            _, answer = await session.talk_first(NOOP)
            assert kind_of(at(session, answer)) is FailureKind.TIMEOUT
            assert session.usable

    run(work())


# -- behind STARTTLS ---------------------------------------------------------------------------------------


def smuggling(authority: Authority, *, answers: bool) -> Script:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        assert await peer.line() == b"STARTTLS"
        assert await peer.line() == b"NOOP"
        peer.send(b"220 go\r\n")
        await peer.starttls(authority.context)
        if answers:
            peer.send(b"250 noop\r\n")
        await peer.answer(b"250 ehlo\r\n", b"221 bye\r\n")

    return script


def test_a_command_behind_starttls_that_is_answered_inside_tls(run: Run, authority: Authority) -> None:
    async def work() -> None:
        async with talking(smuggling(authority, answers=True)) as (session, server):
            await session.greeting()
            started, behind = await session.starttls_and(NOOP)
            assert [at(session, index).code for index in (started, behind)] == [220, 250]
            assert at(session, behind).stage is Stage.TLS
            (hello,) = await fly(session, EHLO, stage=Stage.TLS)
            assert hello.reply is not None
            assert hello.reply.text == "ehlo"
            await session.quit()
            await server.over()

    run(work())


def test_a_command_behind_starttls_that_is_thrown_away(run: Run, authority: Authority) -> None:
    async def work() -> None:
        async with talking(smuggling(authority, answers=False), timeout=0.5) as (session, _):
            await session.greeting()
            started, behind = await session.starttls_and(NOOP)
            assert at(session, started).failure is None
            assert kind_of(at(session, behind)) is FailureKind.TIMEOUT
            (hello,) = await fly(session, EHLO, stage=Stage.TLS)
            assert hello.reply is not None
            assert hello.reply.text == "ehlo"

    run(work())


def test_a_command_behind_starttls_that_is_answered_in_clear(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.line()
        await peer.line()
        peer.send(b"220 go\r\n250 noop\r\n")
        await peer.rest()

    async def work() -> None:
        async with talking(script, timeout=0.5) as (session, server):
            await session.greeting()
            started, behind = await session.starttls_and(NOOP)
            assert kind_of(at(session, started)) is FailureKind.STARTTLS_INJECTION
            assert at(session, behind).reply is None
            assert session.protocol.injected == b"250 noop\r\n"
            await session.quit()
            await server.over()
        assert b"QUIT" not in b"".join(server.heard)

    run(work())


def test_a_refused_starttls_leaves_the_command_behind_it_to_be_answered(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.line()
        await peer.line()
        peer.send(b"454 not now\r\n250 noop\r\n")
        await peer.answer(b"221 bye\r\n")

    async def work() -> None:
        async with talking(script) as (session, server):
            await session.greeting()
            started, behind = await session.starttls_and(NOOP)
            assert [at(session, index).code for index in (started, behind)] == [454, 250]
            assert session.usable
            await session.quit()
            await server.over()

    run(work())


def test_a_server_that_hangs_up_on_starttls_with_something_behind(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.line()
        peer.send(b"554 synchronization error\r\n")

    async def work() -> None:
        async with talking(script) as (session, _):
            await session.greeting()
            started, behind = await session.starttls_and(NOOP)
            assert at(session, started).code == 554
            assert kind_of(at(session, behind)) in (FailureKind.CLOSED, FailureKind.RESET)
            await session.quit()

    run(work())


def test_silence_is_no_answer(run: Run) -> None:
    async def work() -> None:
        async with talking(silence, timeout=0.1, greeting_timeout=0.1) as (session, _):
            greeting, answer = await session.talk_first(NOOP)
            assert kind_of(at(session, greeting)) is FailureKind.TIMEOUT
            assert at(session, answer).reply is None
            assert not session.usable

    run(work())
