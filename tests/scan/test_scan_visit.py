"""A scan's visit reports what a probe with the same settings would, whatever the server does."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import msgspec
import pytest

from smtpprobe import run
from smtpprobe.fake import FakeServer, load, names
from smtpprobe.model import Report
from smtpprobe.outcome import TlsMode
from smtpprobe.scan import conclusion
from smtpprobe.scan.visit import USUAL, route_of, target_of, visit
from smtpprobe.scanning import Named, Unit
from smtpprobe.wire.account import closed

NAME = "scan.example"
TICKS = {
    "sent_ns",
    "first_ns",
    "last_ns",
    "opened_ns",
    "connect_ns",
    "handshake_ns",
    "started_ns",
    "ended_ns",
    "started",
}
QUICK = msgspec.structs.replace(USUAL, timeout=0.4, greeting_timeout=0.4)


def timeless(value: Any) -> Any:
    """A value without the times in it."""
    if isinstance(value, msgspec.Struct):
        return {
            "": type(value).__name__,
            **{
                name: timeless(getattr(value, name))
                for name in value.__struct_fields__
                if name not in TICKS | {"started"}
            },
        }
    if isinstance(value, tuple):
        return [timeless(one) for one in value]
    return value


async def both(unit: Unit, settings: run.Settings) -> tuple[Report, Report]:
    probed = await run.probe(target_of(unit), route_of(unit), msgspec.structs.replace(settings, ehlo_name=NAME))
    return await visit(unit, settings, NAME), probed


async def assert_same(unit: Unit, settings: run.Settings) -> Report:
    visited, probed = await both(unit, settings)
    assert timeless(visited) == timeless(probed)
    # A second time what follows from it is known.
    assert timeless(await visit(unit, settings, NAME)) == timeless(probed)
    return visited


@pytest.fixture(autouse=True)
def nothing_known() -> None:
    conclusion.forget()


@pytest.mark.parametrize("personality", names())
def test_a_visit_is_a_probe_to_every_personality(personality: str) -> None:
    it = load(personality)

    async def talk() -> None:
        async with FakeServer(it) as server:
            tls = TlsMode.IMPLICIT if it.implicit_tls else TlsMode.STARTTLS
            host = "mx.example.org"
            for unit in (
                Unit(1, server.host, server.port, tls, it.lmtp),
                Unit(1, server.host, server.port, tls, it.lmtp, host, names=(Named("example.org", host, 10),)),
                Unit(1, server.host, server.port, TlsMode.NONE, it.lmtp),
            ):
                await assert_same(unit, QUICK)

    asyncio.run(talk())


Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@contextlib.asynccontextmanager
async def serving(script: Script) -> AsyncIterator[Unit]:
    """A server that treats every connection alike."""
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(OSError):
                await script(reader, writer)
        finally:
            writer.close()

    def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(task := asyncio.get_running_loop().create_task(serve(reader, writer)))
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(met, "127.0.0.1", 0)
    try:
        yield Unit(1, "127.0.0.1", server.sockets[0].getsockname()[1])
    finally:
        server.close()
        for task in tuple(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()
        await closed()


def answering(*answers: bytes | None, then: bool = True) -> Script:
    """Says these, one a command, the first as the greeting; None hangs up, and so does the end unless ``then``."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for number, answer in enumerate(answers):
            if number and not await reader.readline():
                return
            if answer is None:
                return
            writer.write(answer)
        if then:
            await reader.read()

    return script


WELCOME, HELLO, HELP, BYE = b"220 mx\r\n", b"250-mx\r\n250 SIZE 9\r\n", b"214 see RFC 5321\r\n", b"221 bye\r\n"
DIALOGUES: dict[str, tuple[bytes | None, ...]] = {
    "all well": (WELCOME, HELLO, HELP, BYE, None),
    "silent": (b"",),
    "hangs up at once": (None,),
    "half a greeting": (b"220 mx",),
    "half a greeting, then gone": (b"220-mx\r\n220", None),
    "two greetings": (WELCOME + WELCOME, HELLO, HELP, BYE),
    "greeting and more": (WELCOME + b"250 what", HELLO, HELP, BYE),
    "4yz": (b"450 later\r\n", BYE, None),
    "421": (b"421 too many connections\r\n", None),
    "421 and open": (b"421 too many connections\r\n",),
    "554": (b"554 no\r\n", BYE, None),
    "554, silent to QUIT": (b"554 no\r\n",),
    "554, twice": (b"554 no\r\n554 no\r\n", BYE),
    "554 and gone": (b"554 no\r\n", None),
    "354": (b"354 go on\r\n", BYE),
    "http": (b"HTTP/1.1 400 Bad Request\r\n\r\n", None),
    "ssh": (b"SSH-2.0-OpenSSH_9.2\r\n",),
    "tls": (b"\x15\x03\x03\x00\x02\x02\x16", None),
    "nonsense": (b"\xff\xfe hello\r\n",),
    "flood": (b"220-" + b"x" * 100_000,),
    "mixed codes": (b"220-mx\r\n250 mx\r\n",),
    "no EHLO, but HELO": (WELCOME, b"502 what\r\n", b"250 hi\r\n", HELP, BYE),
    "neither": (WELCOME, b"502 what\r\n", b"502 what\r\n", BYE),
    "550 to EHLO": (WELCOME, b"550 5.7.1 go away\r\n", b"550 5.7.1 go away\r\n", BYE),
    "450 to EHLO": (WELCOME, b"450 wait\r\n", BYE),
    "421 to EHLO": (WELCOME, b"421 busy\r\n", None),
    "220 to EHLO": (WELCOME, b"220 mx\r\n", BYE),
    "334 to EHLO": (WELCOME, b"334 \r\n", BYE),
    "gone at EHLO": (WELCOME, None),
    "silent at EHLO": (WELCOME,),
    "half an EHLO": (WELCOME, b"250-mx\r\n250-SI"),
    "two replies to EHLO": (WELCOME, HELLO + HELP, HELP, BYE),
    "two EHLO replies": (WELCOME, HELLO + b"421 bye\r\n", None),
    "empty last line": (WELCOME, b"250-mx\r\n250 \r\n", HELP, BYE, None),
    "bare line feeds": (b"220 mx\n", b"250-mx\n250 SIZE\n", b"502 no\n", b"221 bye\n", None),
    "HELP unknown": (WELCOME, HELLO, b"502 5.5.1 unknown\r\n", BYE, None),
    "HELP 4yz": (WELCOME, HELLO, b"450 later\r\n", BYE, None),
    "HELP 421": (WELCOME, HELLO, b"421 enough\r\n", None),
    "HELP 421, a rate": (WELCOME, HELLO, b"421 rate limit exceeded\r\n", None),
    "HELP 334": (WELCOME, HELLO, b"334 \r\n", b"501 cancelled\r\n", BYE, None),
    "HELP 334 and again": (WELCOME, HELLO, b"334 \r\n", b"334 \r\n", BYE, None),
    "HELP 354": (WELCOME, HELLO, b"354 go on\r\n", BYE),
    "HELP and gone": (WELCOME, HELLO, None),
    "HELP answered and gone": (WELCOME, HELLO, HELP, None),
    "HELP refused and gone": (WELCOME, HELLO, b"502 no\r\n", None),
    "silent at HELP": (WELCOME, HELLO),
    "HELP twice": (WELCOME, HELLO, HELP + HELP, BYE),
    "HELP, garbage": (WELCOME, HELLO, b"what?\r\n"),
    "silent at QUIT": (WELCOME, HELLO, HELP),
    "gone at QUIT": (WELCOME, HELLO, HELP, None),
    "250 to QUIT": (WELCOME, HELLO, HELP, b"250 ok\r\n", None),
    "250 to QUIT, then 221": (WELCOME, HELLO, HELP, b"250 ok\r\n221 bye\r\n", None),
    "421 to QUIT": (WELCOME, HELLO, HELP, b"421 bye\r\n", None),
    "500 to QUIT": (WELCOME, HELLO, HELP, b"500 what\r\n"),
    "221 and more": (WELCOME, HELLO, HELP, BYE + b"250 more\r\n", None),
    "half a goodbye": (WELCOME, HELLO, HELP, b"221 b", None),
    "STARTTLS refused": (WELCOME, b"250-mx\r\n250 STARTTLS\r\n", b"454 not now\r\n", BYE, None),
    "STARTTLS 421": (WELCOME, b"250-mx\r\n250 STARTTLS\r\n", b"421 bye\r\n", None),
    "STARTTLS, no TLS": (WELCOME, b"250-mx\r\n250 STARTTLS\r\n", b"220 go\r\n", None),
    "STARTTLS, then words": (WELCOME, b"250-mx\r\n250 STARTTLS\r\n", b"220 go\r\n250 injected\r\n", None),
    "STARTTLS, gone": (WELCOME, b"250-mx\r\n250 STARTTLS\r\n", None),
    "STARTTLS, silent": (WELCOME, b"250-mx\r\n250 STARTTLS\r\n"),
    "STARTTLS as an argument": (WELCOME, b"250-mx\r\n250 X-STARTTLS STARTTLS\r\n", HELP, BYE, None),
    "starttls": (WELCOME, b"250-mx\r\n250 starttls\r\n", b"500 no\r\n", BYE, None),
}


@pytest.mark.parametrize("dialogue", DIALOGUES)
def test_a_visit_is_a_probe_whatever_goes_wrong(dialogue: str) -> None:
    async def talk() -> None:
        async with serving(answering(*DIALOGUES[dialogue])) as unit:
            await assert_same(unit, QUICK)

    asyncio.run(talk())


def test_a_visit_that_is_cancelled_says_goodbye_and_leaves_nothing_open() -> None:
    heard: list[bytes] = []

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(WELCOME)
        heard.append(await reader.readline())
        greeted.set()
        heard.append(await reader.read())
        gone.set()

    async def talk() -> None:
        async with serving(script) as unit:
            task = asyncio.ensure_future(visit(unit, USUAL, NAME))
            await asyncio.wait_for(greeted.wait(), 10)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await asyncio.wait_for(gone.wait(), 10)

    greeted, gone = asyncio.Event(), asyncio.Event()
    asyncio.run(talk())
    assert heard == [b"EHLO scan.example\r\n", b"QUIT\r\n"]


def test_a_visit_that_is_cancelled_in_a_handshake_says_nothing_in_clear() -> None:
    heard: list[bytes] = []

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for answer in (WELCOME, b"250-mx\r\n250 STARTTLS\r\n"):
            writer.write(answer)
            heard.append(await reader.readline())
        writer.write(b"220 go\r\n")
        heard.append(await reader.readexactly(1))
        shaking.set()
        heard.append(await reader.read())
        gone.set()

    async def talk() -> None:
        async with serving(script) as unit:
            task = asyncio.ensure_future(visit(unit, USUAL, NAME))
            await asyncio.wait_for(shaking.wait(), 10)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await asyncio.wait_for(gone.wait(), 10)

    shaking, gone = asyncio.Event(), asyncio.Event()
    asyncio.run(talk())
    # A handshake record (RFC 8446 5.1), and nothing but its rest.
    assert heard[2] == b"\x16"
    assert b"QUIT" not in heard[3]


def test_what_follows_is_kept_for_so_many_conversations_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conclusion, "KEPT", 3)
    monkeypatch.setattr(conclusion, "OCTETS", 100)

    async def talk() -> None:
        for number in range(6):
            async with serving(answering(b"220 mx%d\r\n" % number, HELLO, HELP, BYE, None)) as unit:
                await visit(unit, QUICK, NAME)
        async with serving(answering(b"220 " + b"x" * 100 + b"\r\n", HELLO, HELP, BYE, None)) as unit:
            await visit(unit, QUICK, NAME)
        await closed()

    asyncio.run(talk())
    assert len(conclusion._concluded) == 3


def test_a_slow_greeting_is_told_with_its_own_seconds() -> None:
    """The finding has a number in it that the next server's has not."""
    found: list[str] = []

    async def talk() -> None:
        async with serving(answering(WELCOME, HELLO, HELP, BYE, None)) as unit:
            report = await visit(unit, QUICK, NAME)
        await closed()
        for seconds in (6, 9):
            run_, first = report.transcript, report.transcript.exchanges[0]
            assert run_.route is not None
            slow = msgspec.structs.replace(first, sent_ns=first.sent_ns - seconds * 10**9)
            talk_ = conclusion.Talk(run_.target, run_.route, NAME, (slow, *run_.exchanges[1:]), None, None)
            found.extend(one.summary for one in conclusion.conclude(talk_).findings if one.rule == "slow-greeting")

    asyncio.run(talk())
    assert found == ["the greeting took 6.0 s", "the greeting took 9.0 s"]


def test_hosts_of_a_provider_are_told_apart_from_others() -> None:
    """A wording may be a provider's by the name of its server alone, so what follows is not shared across those."""

    async def talk() -> None:
        async with serving(answering(WELCOME, HELLO, b"550 5.7.1 blocked\r\n", BYE, None)) as unit:
            for host in ("", "mx.example.org", "gmail-smtp-in.l.google.com"):
                await assert_same(msgspec.structs.replace(unit, host=host), QUICK)

    asyncio.run(talk())
