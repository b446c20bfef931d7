"""The content of a message on the wire: its dots and chunks, and what servers may do in the middle of it."""

from __future__ import annotations

import asyncio
import email
import socket
import tracemalloc
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as Met
from hypothesis import given
from hypothesis import strategies as st
from loops import Authority, Run
from scripted import Peer, Script, fly, greeting_and, heard, kinds, serving, session_to, silence, talking

from smtpprobe.model import Command, Route
from smtpprobe.outcome import FailureKind, Stage
from smtpprobe.wire import content
from smtpprobe.wire.dial import Dial, Line
from smtpprobe.wire.record import Record
from smtpprobe.wire.session import Session

MESSAGE = b"Subject: dots\r\n\r\n.\r\n..\r\nHello.\r\n.end\r\n"
LARGE = b"Subject: large\r\n\r\n" + b".%076d\r\n" % 0 * 200_000

# Lines with many dots and line ends in them, and messages that end anywhere.
MESSAGES = st.lists(st.sampled_from([b".", b"..", b"\r\n", b"a", b"\xe9"]), max_size=60).map(b"".join)


def unstuffed(octets: bytes) -> bytes:
    """As a server reads it (RFC 5321 4.5.2): up to a lone dot, less one dot at the beginning of each line."""
    lines = octets.split(b"\r\n")
    assert lines.index(b".") == len(lines) - 2, "the end comes once, and last"
    assert lines[-1] == b""
    return b"".join([line.removeprefix(b".") + b"\r\n" for line in lines[:-2]])


@given(MESSAGES, st.integers(3, 40))
def test_dots_come_back_as_they_were_however_the_message_is_cut(message: bytes, piece: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(content, "PIECE", piece)
        sent = b"".join(content.stuffed(message))
    assert unstuffed(sent) == (message if message.endswith(b"\r\n") or not message else message + b"\r\n")


class Kept:
    """A handler of aiosmtpd's that keeps what it is sent."""

    def __init__(self) -> None:
        self.contents: list[bytes] = []

    async def handle_DATA(self, server: SMTP, session: Met, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.original_content, bytes)
        self.contents.append(envelope.original_content)
        return "250 2.0.0 kept"


def test_another_program_reads_the_message_as_it_was() -> None:
    async def send(port: int, messages: list[bytes]) -> list[int | None]:
        record = Record(lambda _: None)
        due = asyncio.get_running_loop().time() + 30
        session = Session(1, Route("", "127.0.0.1", port), Dial("client.example"), record, due)
        assert await session.connect(implicit_tls=False) is None
        await session.greeting()
        await session.flight([Line(Command(b"EHLO client.example"))], Stage.EHLO)
        for message in messages:
            lines = [Line(Command(line)) for line in (b"MAIL FROM:<>", b"RCPT TO:<ann@example.net>")]
            await session.flight(lines[:1], Stage.CLEAR)
            await session.flight(lines[1:], Stage.CLEAR)
            await content.send_data(session, message, Stage.CLEAR, record)
        await session.quit()
        return [one.code for one in record.exchanges if one.command and b"octets" in one.command.line]

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = Kept()
    controller = Controller(kept, hostname="127.0.0.1", port=port, data_size_limit=None)
    controller.start()
    try:
        codes = asyncio.run(send(port, [MESSAGE, LARGE]))
    finally:
        controller.stop()
    assert codes == [250, 250]
    assert kept.contents == [MESSAGE, LARGE]
    assert email.message_from_bytes(kept.contents[0])["subject"] == "dots"


@pytest.mark.parametrize("message", [b"a\nb", b"a\rb", b"\n.\r\n", b"a\r\r\n", b"a\r"])
def test_a_bare_line_end_is_never_sent(run: Run, message: bytes) -> None:
    """Where servers disagree on what it ends, a second message could be smuggled in."""

    async def work() -> None:
        async with talking(greeting) as (session, server):
            await session.greeting()
            for send in (content.send_data, content.send_chunks):
                with pytest.raises(ValueError, match="bare CR or LF"):
                    await send(session, message, Stage.CLEAR, session._record)
            await session.quit()
            assert server.heard == [b"QUIT"]

    run(work())


# -- a server that does as it likes --------------------------------------------------------------------------


async def greeting(peer: Peer) -> None:
    peer.send(b"220 mx.example\r\n")
    await peer.answer(b"221 bye\r\n")


async def taken(peer: Peer) -> None:
    while await peer.line() != b".":
        pass
    peer.send(b"250 2.0.0 queued as 4711\r\n")
    await peer.answer(b"221 bye\r\n")


async def sent(script: Script, message: bytes = MESSAGE, **dial: Any) -> tuple[Session, list[FailureKind | None]]:
    async with talking(script, **dial) as (session, _):
        await session.greeting()
        places, _ = await content.send_data(session, message, Stage.CLEAR, session._record)
        found = kinds([heard(session)[place] for place in places])
        await session.quit()
        return session, found


def test_a_message_is_recorded_by_its_length(run: Run) -> None:
    session, found = run(sent(greeting_and(b"354 go on\r\n", taken)))
    assert found == [None, None]
    lines = [one.command.text for one in heard(session) if one.command]
    assert lines == ["DATA", f"(message of {len(MESSAGE)} octets)", "QUIT"]
    assert [one.code for one in heard(session)] == [220, 354, 250, 221]


def test_a_refused_data_sends_nothing(run: Run) -> None:
    async def script(peer: Peer) -> None:
        await peer.answer(b"221 bye\r\n")
        assert peer.heard == [b"DATA", b"QUIT"]

    for refusal in (b"554 5.5.1 no\r\n", b"421 4.3.2 bye\r\n", b"250 what?\r\n", b"334 dGVsbCBtZQ==\r\n"):
        _, found = run(sent(greeting_and(refusal, script if refusal[:1] != b"4" else none_more)))
        assert len(found) == 1


async def none_more(peer: Peer) -> None:
    assert await peer.rest() == b""


def test_garbage_for_a_354_ends_it(run: Run) -> None:
    session, found = run(sent(greeting_and(b"354 go\x00 on\r\ngarbage\r\n", none_more)))
    assert found[0] is None
    assert session.out_of_step
    _, found = run(sent(greeting_and(b"\xff\xfe 354 go on\r\n", none_more)))
    assert found == [FailureKind.MALFORMED]


async def half(peer: Peer) -> None:
    """Hang up in the middle of the message."""
    await peer.reader.readexactly(100_000)
    peer.reset()


def test_a_server_that_hangs_up_in_the_middle(run: Run) -> None:
    session, found = run(sent(greeting_and(b"354 go on\r\n", half), LARGE))
    assert found[0] is None
    assert found[1] in {FailureKind.RESET, FailureKind.CLOSED}
    assert [one.command.verb for one in heard(session) if one.command] == ["DATA", "(MESSAGE"]


def test_a_refusal_in_the_middle_is_the_answer_and_ends_the_dialogue(run: Run) -> None:
    async def script(peer: Peer) -> None:
        await peer.reader.readexactly(100_000)
        peer.send(b"552 5.3.4 too big\r\n")
        rest = await peer.rest()
        assert not rest.endswith(b"\r\n.\r\n")
        assert b"QUIT" not in rest

    session, found = run(sent(greeting_and(b"354 go on\r\n", script), LARGE * 4))
    assert found == [None, None]
    assert heard(session)[-1].code == 552
    assert session.out_of_step


def test_a_server_that_stops_reading_is_left(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.writer.transport.pause_reading()  # type: ignore[attr-defined]
        await stalled.wait()

    async def work() -> None:
        session, found = await sent(greeting_and(b"354 go on\r\n", script), LARGE * 8, timeout=0.3)
        stalled.set()
        assert found == [None, FailureKind.TIMEOUT]
        last = heard(session)[-1].failure
        assert last is not None
        assert "no more of the message was taken" in last.detail

    stalled = asyncio.Event()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("smtpprobe.wire.session.PATIENCE", 0.1)
        run(work())


def test_the_answer_to_the_dot_has_a_clock_of_its_own(run: Run) -> None:
    async def work() -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(content, "WAIT", 0.4)
            _, found = await sent(greeting_and(b"354 go on\r\n", silence), timeout=0.2)
        assert found == [None, FailureKind.TIMEOUT]

    run(work())


def test_nothing_outlives_the_deadline(run: Run) -> None:
    async def work() -> None:
        async with serving(greeting_and(b"354 go on\r\n", silence)) as server:
            session = session_to(server, deadline=0.5)
            await session.connect(implicit_tls=False)
            await session.greeting()
            places, _ = await content.send_data(session, MESSAGE, Stage.CLEAR, session._record)
            assert kinds([heard(session)[places[-1]]]) == [FailureKind.DEADLINE]
            session.close()

    run(work())


def test_a_large_message_takes_no_memory_of_its_own(run: Run, authority: Authority) -> None:
    """Also inside TLS, whose buffers stand before the transport's."""

    async def slow(peer: Peer) -> None:
        end = b""
        while end != b"\r\n.\r\n":
            end = (end + await peer.reader.read(65_536))[-5:]
        peer.send(b"250 done\r\n")
        await peer.answer(b"221 bye\r\n")

    async def work() -> None:
        message = LARGE * 2
        async with talking(greeting_and(b"354 go on\r\n", slow), tls=authority.context) as (session, _):
            await session.greeting()
            tracemalloc.start()
            try:
                places, _ = await content.send_data(session, message, Stage.TLS, session._record)
                _, peak = tracemalloc.get_traced_memory()
            finally:
                tracemalloc.stop()
            assert heard(session)[places[-1]].code == 250
            assert peak < len(message) / 4
            await session.quit()

    run(work())


# -- BDAT ----------------------------------------------------------------------------------------------------


def chunks(replies: list[bytes], seen: list[bytes]) -> Script:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx.example\r\n")
        for reply in replies:
            line = await peer.line()
            size = int(line.split()[1])
            seen.extend([line, await peer.reader.readexactly(size)])
            peer.send(reply)
        await peer.answer(b"221 bye\r\n")

    return script


@pytest.mark.parametrize("message", [b"", MESSAGE, LARGE])
def test_bdat_carries_the_message_as_it_is(run: Run, message: bytes) -> None:
    async def work() -> None:
        seen: list[bytes] = []
        count = max(1, -(-len(message) // content.CHUNK))
        async with talking(chunks([b"250 taken\r\n"] * count, seen)) as (session, _):
            await session.greeting()
            places, _ = await content.send_chunks(session, message, Stage.CLEAR, session._record)
            assert b"".join(seen[1::2]) == message
            assert [line.endswith(b" LAST") for line in seen[::2]] == [False] * (count - 1) + [True]
            recorded = [heard(session)[place].command for place in places]
            assert recorded == [Command(line) for line in seen[::2]]
            await session.quit()

    run(work())


def test_after_a_refused_chunk_no_other_goes_out(run: Run) -> None:
    async def work() -> None:
        seen: list[bytes] = []
        async with talking(chunks([b"250 taken\r\n", b"552 5.3.4 too big\r\n"], seen)) as (session, server):
            await session.greeting()
            places, _ = await content.send_chunks(session, LARGE, Stage.CLEAR, session._record)
            assert [heard(session)[place].code for place in places] == [250, 552]
            assert not session.out_of_step
            await session.quit()
            assert server.heard[-1] == b"QUIT"

    run(work())


def test_a_line_may_be_spoken_after_a_message(run: Run) -> None:
    async def work() -> None:
        async def script(peer: Peer) -> None:
            while await peer.line() != b".":
                pass
            peer.send(b"250 queued\r\n")
            await peer.answer(b"250 reset\r\n", b"221 bye\r\n")

        async with talking(greeting_and(b"354 go on\r\n", script)) as (session, _):
            await session.greeting()
            await content.send_data(session, MESSAGE, Stage.CLEAR, session._record)
            assert [one.code for one in await fly(session, Line(Command(b"RSET")))] == [250]
            await session.quit()

    run(work())
