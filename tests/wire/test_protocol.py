"""The protocol: who is owed a reply, and aiosmtplib's own commands on top, unchanged."""

from __future__ import annotations

import asyncio
import threading

import aiosmtplib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from loops import Authority, Run
from scripted import Peer, talking

from smtpprobe.model import Command
from smtpprobe.outcome import FailureKind
from smtpprobe.wire import tls
from smtpprobe.wire.protocol import RecordingProtocol


class Wire(asyncio.Transport):
    """A transport that keeps what is written and says whether it was dropped."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.dropped = False

    def write(self, data: bytes | bytearray | memoryview[int]) -> None:
        self.written += data

    def is_closing(self) -> bool:
        return self.dropped

    def abort(self) -> None:
        self.dropped = True


async def connected() -> tuple[RecordingProtocol, Wire]:
    protocol, wire = RecordingProtocol(asyncio.get_running_loop()), Wire()
    protocol.connection_made(wire)
    return protocol, wire


async def now(protocol: RecordingProtocol) -> object:
    """The next reply, if it is there: its text, or why there is none."""
    reply = await protocol.next_reply(0.0)
    return reply if isinstance(reply, FailureKind) else reply.texts[-1]


def test_a_reply_answers_only_what_was_sent_before_it() -> None:
    async def work() -> None:
        protocol, wire = await connected()
        protocol.data_received(b"220 mx\r\n250 early\r\n")
        assert await now(protocol) == b"mx"
        protocol.write_group([Command(b"NOOP"), Command(b"RSET")])
        assert wire.written == b"NOOP\r\nRSET\r\n"
        protocol.data_received(b"250 one\r\n250 two\r\n250 three\r\n")
        assert [await now(protocol), await now(protocol)] == [b"one", b"two"]
        assert await now(protocol) is FailureKind.TIMEOUT
        assert [one.texts for one in protocol.unsolicited] == [(b"early",), (b"three",)]

    asyncio.run(work())


def test_a_preamble_owes_nothing() -> None:
    async def work() -> None:
        protocol, wire = await connected()
        protocol.write_preamble(b"PROXY UNKNOWN\r\n")
        protocol.data_received(b"220 mx\r\n250 extra\r\n")
        assert wire.written == b"PROXY UNKNOWN\r\n"
        assert len(protocol.unsolicited) == 1

    asyncio.run(work())


@given(st.integers(0, 6), st.lists(st.integers(1, 30), max_size=20))
def test_however_the_bytes_are_cut_the_pairing_is_the_same(commands: int, cuts: list[int]) -> None:
    async def work() -> None:
        protocol, _ = await connected()
        protocol.write_group([Command(b"NOOP")] * commands)
        data = b"".join([b"250-a\r\n250 %d\r\n" % i for i in range(5)])
        for cut in cuts:
            protocol.data_received(data[:cut])
            data = data[cut:]
        protocol.data_received(data)
        owed = min(5, commands + 1)
        assert [await now(protocol) for _ in range(owed)] == [b"%d" % i for i in range(owed)]
        assert len(protocol.unsolicited) == 5 - owed

    asyncio.run(work())


@pytest.mark.parametrize(
    "line", [b"NOOP\r\nQUIT", b"NOOP\n", b"NOOP\r", b"NO\0OP", b"NOOP\x1b[2J", b"NOOP\x7f", b"\tNOOP"]
)
def test_nothing_goes_out_that_is_more_than_a_line(line: bytes) -> None:
    async def work() -> None:
        protocol, wire = await connected()
        with pytest.raises(ValueError, match="control character"):
            protocol.write_group([Command(b"NOOP"), Command(line)])
        with pytest.raises(ValueError, match="control character"):
            protocol.write(line + b"\r\n")
        with pytest.raises(ValueError, match="control character"):
            protocol.put_behind_starttls(Command(line))
        with pytest.raises(ValueError, match="control character"):
            protocol.write_group([Command(b"NOOP", end=b"\r\nQUIT\r\n")])
        assert wire.written == b""

    asyncio.run(work())


def test_a_line_may_end_in_another_way_and_have_characters_beyond_ascii() -> None:
    async def work() -> None:
        protocol, wire = await connected()
        protocol.write_group([Command(b"RSET", end=b"\n"), Command("VRFY größe".encode(), end=b"\r")])
        assert wire.written == "RSET\nVRFY größe\r".encode()

    asyncio.run(work())


def test_a_reply_that_is_not_waited_for_any_longer_is_not_owed() -> None:
    async def work() -> None:
        protocol, _ = await connected()
        protocol.data_received(b"220 mx\r\n")
        protocol.write_group([Command(b"RSET", end=b"\n")])
        protocol.release()
        protocol.data_received(b"250 late\r\n")
        assert [one.texts for one in protocol.unsolicited] == [(b"late",)]

    asyncio.run(work())


def test_nothing_is_read_after_what_is_no_reply() -> None:
    async def work() -> None:
        protocol, wire = await connected()
        protocol.write_group([Command(b"NOOP")])
        protocol.data_received(b"hello\r\n250 ok\r\n")
        assert await now(protocol) == b"hello"
        assert await now(protocol) is FailureKind.MALFORMED
        assert wire.dropped
        assert protocol.unsolicited == []

    asyncio.run(work())


@pytest.mark.parametrize(
    ("error", "kind"),
    [(None, FailureKind.CLOSED), (ConnectionResetError(), FailureKind.RESET), (OSError(), FailureKind.CLOSED)],
)
def test_the_end_is_told_to_whoever_waits(error: Exception | None, kind: FailureKind) -> None:
    async def work() -> None:
        protocol, _ = await connected()
        waiting = asyncio.ensure_future(protocol.next_reply(asyncio.get_running_loop().time() + 10))
        await asyncio.sleep(0)
        protocol.connection_lost(error)
        assert await waiting is kind
        assert protocol.error is error

    asyncio.run(work())


def test_a_second_wait_may_be_shorter_than_the_first() -> None:
    async def work() -> None:
        protocol, _ = await connected()
        time = asyncio.get_running_loop().time
        protocol.data_received(b"220-mx\r\n")
        first = asyncio.ensure_future(protocol.next_reply(time() + 10))
        await asyncio.sleep(0)
        protocol.data_received(b"220 mx\r\n")
        await first
        async with asyncio.timeout(1):
            assert await protocol.next_reply(time() + 0.02) is FailureKind.TIMEOUT
            assert await protocol.next_reply(time() + 0.04) is FailureKind.TIMEOUT

    asyncio.run(work())


def test_plaintext_behind_the_go_ahead_is_bounded_wherever_it_was_cut() -> None:
    async def work() -> None:
        protocol, wire = await connected()
        protocol.data_received(b"220 mx\r\n")
        await now(protocol)
        wanted = asyncio.ensure_future(protocol.start_tls(tls.context(), timeout=5))
        await asyncio.sleep(0)
        assert wire.written == b"STARTTLS\r\n"
        for piece in (b"22", b"0-go\r\n2", b"20 on\r\n250 in", b"jected\r\n", b"x" * 10_000):
            protocol.data_received(piece)
        wire.dropped = True
        with pytest.raises(aiosmtplib.SMTPServerDisconnected):
            await wanted
        assert protocol.injected.startswith(b"250 injected\r\nxx")
        assert len(protocol.injected) == 4096
        assert protocol.unsolicited == []

    asyncio.run(work())


def test_threads_do_not_share_a_buffer() -> None:
    loop = asyncio.new_event_loop()
    protocol = RecordingProtocol(loop)
    views = [protocol.get_buffer(-1)]
    thread = threading.Thread(target=lambda: views.append(protocol.get_buffer(-1)))
    thread.start()
    thread.join()
    loop.close()
    assert views[0].obj is protocol.get_buffer(-1).obj
    assert views[0].obj is not views[1].obj


# -- aiosmtplib on top -------------------------------------------------------------------------------------

PROMISES = b"250-mx.example\r\n250-AUTH PLAIN\r\n250 SIZE 1000\r\n"


@pytest.mark.parametrize("encrypted", [False, True], ids=["clear", "tls"])
def test_the_clients_own_commands_run_unchanged(run: Run, authority: Authority, encrypted: bool) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        if encrypted:
            await peer.answer(b"220 go\r\n")
            await peer.starttls(authority.context)
        await peer.answer(PROMISES, b"250 2.0.0 ok\r\n", b"235 welcome\r\n", b"354 go\r\n")
        while await peer.line() != b".":
            pass
        peer.send(b"250 queued\r\n")
        await peer.answer(b"550 5.1.1 no\r\n", b"221 bye\r\n")

    async def work() -> None:
        async with talking(script) as (session, server):
            await session.greeting()
            if encrypted:
                assert (await session.starttls()).failure is None
            client = session.client
            assert client.is_connected
            assert (await client.ehlo()).code == 250
            assert client.supports_extension("size")
            assert client.esmtp_extensions["size"] == "1000"
            assert await client.execute_command(b"NOOP") == (250, "2.0.0 ok")
            assert (await client.auth_plain("tim", "tanstaaftanstaaf")).code == 235
            assert (await client.data("Subject: x\n\n.dot")).code == 250
            with pytest.raises(aiosmtplib.SMTPRecipientRefused):
                await client.rcpt("nobody@example.org")
            assert session.usable
            await session.quit()
            await server.over()
        said = server.heard[1:] if encrypted else server.heard
        assert said[:3] == [b"EHLO client.example", b"NOOP", b"AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm"]
        assert b"..dot" in said

    run(work())


def test_the_client_sees_no_reply_in_time_and_no_reply_at_all_as_its_own_errors(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.line()
        await peer.rest()

    async def work() -> None:
        async with talking(script) as (session, _):
            await session.greeting()
            with pytest.raises(aiosmtplib.SMTPReadTimeoutError):
                await session.client.execute_command(b"NOOP", timeout=0.05)
        async with talking(greet_and_leave) as (session, _):
            await session.greeting()
            with pytest.raises(aiosmtplib.SMTPServerDisconnected):
                await session.client.execute_command(b"NOOP", timeout=5)

    run(work())


async def greet_and_leave(peer: Peer) -> None:
    peer.send(b"220 mx\r\n")
    await peer.line()
