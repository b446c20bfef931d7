"""STARTTLS, whatever the server does between the go-ahead and the goodbye."""

from __future__ import annotations

import asyncio
import ssl

import pytest
from loops import Authority, Run
from scripted import (
    NOOP,
    Peer,
    Script,
    fly,
    greeting_and,
    heard,
    kind_of,
    leave,
    serving,
    session_to,
    silence,
    talking,
    unusable,
    upgrade,
)

from smtpprobe.outcome import ClosedBy, FailureKind, Stage

# -- STARTTLS ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("go_ahead", [b"220 2.0.0 go\r\n", b"220-ready\r\n220-to\r\n220 start\r\n", b"220 go\n"])
def test_starttls_works(run: Run, authority: Authority, go_ahead: bytes) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.answer(go_ahead)
        await peer.starttls(authority.context)
        await peer.answer(b"250 ok\r\n", b"221 bye\r\n")

    async def work() -> None:
        async with talking(script, sni="mx.example", ca_file=authority.ca_file) as (session, server):
            exchange = await upgrade(session)
            assert (exchange.code, exchange.failure) == (220, None)
            assert session.facts is not None
            assert session.facts.version == "TLSv1.3"
            assert session.facts.certificate is not None
            assert session.facts.certificate.fault is None
            assert session.facts.certificate.names == ("mx.example",)
            assert session.handshake_ns > 0
            (index,) = await session.flight([NOOP], Stage.TLS)
            assert heard(session)[index].code == 250
            await session.quit()
            await server.over()
        assert server.heard == [b"STARTTLS", b"NOOP", b"QUIT"]
        assert session.closed_by is ClosedBy.US

    run(work())


@pytest.mark.parametrize("reply", [b"454 4.7.0 not now\r\n", b"501 5.5.4 what\r\n"])
def test_a_refused_starttls_leaves_a_dialogue_in_clear(run: Run, reply: bytes) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.answer(reply, b"250 ok\r\n", b"221 bye\r\n")

    async def work() -> None:
        async with talking(script) as (session, server):
            exchange = await upgrade(session)
            assert (exchange.code, exchange.failure) == (int(reply[:3]), None)
            (index,) = await session.flight([NOOP], Stage.CLEAR)
            assert heard(session)[index].code == 250
            await session.quit()
            await server.over()
        assert server.heard == [b"STARTTLS", b"NOOP", b"QUIT"]
        assert (session.refusals, session.facts) == (1, None)

    run(work())


def test_421_to_starttls_is_a_goodbye(run: Run) -> None:
    async def work() -> None:
        async with talking(greeting_and(b"421 bye\r\n", silence)) as (session, server):
            exchange = await upgrade(session)
            assert (exchange.code, exchange.failure) == (421, None)
            assert not session.usable
            await session.quit()
            await server.over()
        assert server.heard == [b"STARTTLS"]
        assert session.closed_by is ClosedBy.SERVER

    run(work())


@pytest.mark.parametrize(
    ("reply", "then", "expected"),
    [
        (b"", silence, FailureKind.TIMEOUT),
        (b"220-go", silence, FailureKind.TIMEOUT),
        (b"", leave, FailureKind.CLOSED),
        (b"220-go\r\n", leave, FailureKind.TRUNCATED),
        (b"go ahead\r\n", silence, FailureKind.MALFORMED),
        (b"220-go\r\n454 no\r\n", silence, FailureKind.MALFORMED),
        (b"220 " + b"x" * 100_000, silence, FailureKind.REPLY_TOO_LONG),
    ],
)
def test_no_usable_answer_to_starttls(run: Run, reply: bytes, then: Script, expected: FailureKind) -> None:
    async def work() -> None:
        async with talking(greeting_and(reply, then), timeout=0.2) as (session, server):
            exchange = await upgrade(session)
            assert exchange.failure is not None
            assert (exchange.failure.stage, exchange.failure.kind) == (Stage.STARTTLS, expected)
            assert exchange.code is None
            await session.quit()
            await server.over()
        assert server.heard == [b"STARTTLS"]

    run(work())


@pytest.mark.parametrize("injected", [b"250 injected\r\n", b"no line", b"x" * 100_000])
def test_plaintext_behind_the_go_ahead_is_kept_and_answers_silence(
    run: Run, authority: Authority, injected: bytes
) -> None:
    async def then(peer: Peer) -> None:
        await peer.starttls(authority.context)
        await peer.rest()

    async def work() -> None:
        async with talking(greeting_and(b"220 go\r\n" + injected[:1000], then)) as (session, server):
            exchange = await upgrade(session)
            assert kind_of(exchange) is FailureKind.STARTTLS_INJECTION
            assert session.protocol.injected == injected[:1000]
            assert session.facts is not None
            assert session.facts.injected == injected[:1000]
            await session.quit()
            await server.over()
        assert server.heard == [b"STARTTLS"]
        assert len(heard(session)) == 2

    run(work())


def test_plaintext_in_a_later_segment_breaks_the_handshake(run: Run) -> None:
    async def then(peer: Peer) -> None:
        await asyncio.sleep(0.02)
        peer.send(b"250 injected\r\n")
        await peer.rest()

    async def work() -> None:
        async with talking(greeting_and(b"220 go\r\n", then)) as (session, _):
            exchange = await upgrade(session)
            assert exchange.code == 220
            assert exchange.failure is not None
            assert (exchange.failure.stage, exchange.failure.kind) == (Stage.HANDSHAKE, FailureKind.TLS_HANDSHAKE)
            assert "wrong version number" in exchange.failure.detail
            await session.quit()

    run(work())


async def garbage(peer: Peer) -> None:
    await peer.reader.read(1)
    peer.send(b"\x16\x03\x03\xff\xff" + b"\xee" * 500)
    await peer.rest()


async def alert(peer: Peer) -> None:
    await peer.reader.read(1)
    peer.send(b"\x15\x03\x03\x00\x02\x02\x28")
    await peer.rest()


async def reset(peer: Peer) -> None:
    await peer.reader.read(1)
    peer.reset()


async def hang_up(peer: Peer) -> None:
    await peer.reader.read(1)


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        (silence, FailureKind.TLS_TIMEOUT),
        (garbage, FailureKind.TLS_HANDSHAKE),
        (alert, FailureKind.TLS_HANDSHAKE),
        (leave, FailureKind.CLOSED),
        (hang_up, FailureKind.CLOSED),
        (reset, FailureKind.RESET),
    ],
)
@pytest.mark.parametrize("implicit", [False, True], ids=["starttls", "implicit"])
def test_a_handshake_that_fails(run: Run, implicit: bool, then: Script, expected: FailureKind) -> None:
    async def at_once(peer: Peer) -> None:
        await then(peer)

    async def work() -> None:
        async with serving(at_once if implicit else greeting_and(b"220 go\r\n", then)) as server:
            session = session_to(server, timeout=0.3)
            failure = await session.connect(implicit_tls=implicit)
            if not implicit:
                failure = (await upgrade(session)).failure
            assert failure is not None
            assert (failure.stage, failure.kind) == (Stage.HANDSHAKE, expected)
            assert bool(failure.detail) is (expected in (FailureKind.TLS_HANDSHAKE, FailureKind.TLS_TIMEOUT))
            assert session.failure == failure
            assert not session.usable
            await session.quit()
            await server.over()

    run(work())


@pytest.mark.parametrize("implicit", [False, True], ids=["starttls", "implicit"])
def test_a_handshake_does_not_outlive_the_deadline(run: Run, implicit: bool) -> None:
    async def work() -> None:
        async with serving(silence if implicit else greeting_and(b"220 go\r\n", silence)) as server:
            session = session_to(server, deadline=0.2, timeout=10.0)
            async with asyncio.timeout(0.7):
                failure = await session.connect(implicit_tls=implicit)
                if not implicit:
                    failure = (await upgrade(session)).failure
            assert failure is not None
            assert failure.kind is FailureKind.DEADLINE
            await session.quit()

    run(work())


def test_a_flood_inside_tls_is_cut_off(run: Run, authority: Authority) -> None:
    async def then(peer: Peer) -> None:
        await peer.starttls(authority.context)
        await peer.line()
        await peer.flood(b"250-" + b"A" * 60_000, 100)

    async def work() -> None:
        async with talking(greeting_and(b"220 go\r\n", then)) as (session, server):
            assert kind_of(await upgrade(session)) is None
            (index,) = await session.flight([NOOP], Stage.TLS)
            assert kind_of(heard(session)[index]) is FailureKind.REPLY_TOO_LONG
            await session.quit()
            await server.over()

    run(work())


@pytest.mark.parametrize(
    ("octets", "expected", "by"),
    [
        (b"\x17\x03\x03\x00\x20" + b"x" * 32, FailureKind.MALFORMED, ClosedBy.US),
        (b"250 in clear\r\n", FailureKind.MALFORMED, ClosedBy.US),
        (b"", FailureKind.CLOSED, ClosedBy.SERVER),
    ],
    ids=["damaged", "plaintext", "end"],
)
def test_tls_that_cannot_be_deciphered_is_no_end_by_the_server(
    run: Run, authority: Authority, octets: bytes, expected: FailureKind, by: ClosedBy
) -> None:
    async def then(peer: Peer) -> None:
        await peer.handshake(old(authority))
        await peer.reader.read(1)
        peer.send(octets)
        if octets:
            await peer.rest()

    async def work() -> None:
        async with talking(greeting_and(b"220 go\r\n", then)) as (session, server):
            assert kind_of(await upgrade(session)) is None
            (exchange,) = await fly(session, NOOP, stage=Stage.TLS)
            assert kind_of(exchange) is expected
            assert exchange.failure is not None
            assert bool(exchange.failure.detail) is bool(octets)
            await session.quit()
            await server.over()
            assert session.closed_by is by

    run(work())


def old(authority: Authority) -> ssl.SSLContext:
    """A server context of TLS 1.2, whose handshake ends with the server's own flight."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    authority.ca.issue_cert("mx.example").configure_cert(context)
    return context


def test_plaintext_is_named_also_where_the_handshake_fails_after_it(run: Run) -> None:
    async def then(peer: Peer) -> None:
        peer.send(b"this is no TLS at all\r\n")
        await peer.rest()

    async def work() -> None:
        async with talking(greeting_and(b"220 go\r\n250 injected\r\n", then)) as (session, _):
            assert kind_of(await upgrade(session)) is FailureKind.STARTTLS_INJECTION
            assert session.protocol.injected.startswith(b"250 injected")
            assert session.failure is not None
            assert session.failure.detail.startswith("250 injected\r\n")
            await unusable(session)

    run(work())


def test_a_greeting_inside_tls_is_a_reply_too_many_and_no_injection(run: Run, authority: Authority) -> None:
    async def then(peer: Peer) -> None:
        await peer.handshake(old(authority), behind=b"220 mx again\r\n")
        await peer.rest()

    async def work() -> None:
        async with talking(greeting_and(b"220 go\r\n", then)) as (session, _):
            assert kind_of(await upgrade(session)) is None
            assert session.protocol.injected == b""
            await unusable(session)
            await session.quit()
        extra = heard(session)[-1]
        assert (extra.command, extra.code, kind_of(extra)) == (None, 220, FailureKind.UNSOLICITED)

    run(work())


def test_a_server_that_never_closes_its_tls_does_not_keep_us(run: Run, authority: Authority) -> None:
    async def then(peer: Peer) -> None:
        await peer.starttls(authority.context)
        await peer.answer(b"221 bye\r\n")
        peer.writer.transport.pause_reading()  # type: ignore[attr-defined]
        await asyncio.Event().wait()

    async def work() -> None:
        async with talking(greeting_and(b"220 go\r\n", then)) as (session, _):
            await upgrade(session)
            await session.quit()
            while session.protocol.transport is not None:  # noqa: ASYNC110
                await asyncio.sleep(0)

    run(work())
