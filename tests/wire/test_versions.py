"""TLS versions and sessions, against servers that take some of them; the connections made for that, and their ends."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import sys
import warnings
from typing import Any

import pytest
from loops import Authority, Run
from scripted import Peer, Script, Server, greeting_and, leave, serving, silence

from smtpprobe.journey import Resumption, VersionSeen
from smtpprobe.model import Route
from smtpprobe.wire import versions as room
from smtpprobe.wire.ciphers import MISSING, scan_ciphers
from smtpprobe.wire.dial import Dial
from smtpprobe.wire.resumption import resumption
from smtpprobe.wire.versions import NOT_OFFERED, versions

NAMES = ("TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1")
OFFER = b"250-mx.example\r\n250 STARTTLS\r\n"


def context(authority: Authority, *names: str) -> ssl.SSLContext:
    """A server's side that takes these versions; ``names`` must be neighbours."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.ca.issue_cert("mx.example").configure_cert(made)
    made.set_ciphers("ALL:@SECLEVEL=0")
    taken = sorted(ssl.TLSVersion[name.replace(".", "_")] for name in names)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        made.minimum_version, made.maximum_version = taken[0], taken[-1]
    return made


def upgrading(tls: ssl.SSLContext) -> Script:
    """A server that goes into TLS, and answers there; one that cannot hangs up."""

    async def script(peer: Peer) -> None:
        peer.send(b"220 mx.example\r\n")
        await peer.answer(OFFER, b"220 go\r\n")
        with contextlib.suppress(ssl.SSLError):
            await peer.starttls(tls)
            await talk(peer)

    return script


async def talk(peer: Peer) -> None:
    while line := await peer.line():
        peer.send(b"221 bye\r\n" if line == b"QUIT" else b"250 mx.example\r\n")


def asked(server: Server, **more: Any) -> tuple[Route, Dial, float]:
    dial = Dial("client.example", **{"timeout": 5.0, "greeting_timeout": 5.0, "sni": "mx.example", **more})
    return Route("mx.example", server.address, server.port), dial, asyncio.get_running_loop().time() + 15


@pytest.mark.parametrize("taken", [NAMES, NAMES[:2], NAMES[:1], NAMES[2:], NAMES[1:3]])
def test_every_version_is_tried_on_a_connection_of_its_own(
    run: Run, authority: Authority, taken: tuple[str, ...]
) -> None:
    async def work() -> None:
        async with serving(upgrading(context(authority, *taken))) as server:
            seen = await versions(*asked(server), implicit_tls=False)
            assert [one.version for one in seen] == list(NAMES)
            assert [one.version for one in seen if one.accepted] == list(taken)
            assert all(one.accepted is not None for one in seen)
            assert len(server.peers) == len(NAMES)
            await server.over()
            # Whoever got in says goodbye.
            assert [b"QUIT" in peer.heard for peer in server.peers] == [name in taken for name in NAMES]

    run(work())


def test_versions_with_tls_from_the_first_byte(run: Run, authority: Authority) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx.example\r\n")
        await talk(peer)

    async def work() -> None:
        async with serving(script, tls=context(authority, *NAMES[:2])) as server:
            seen = await versions(*asked(server), implicit_tls=True)
            assert [one.accepted for one in seen] == [True, True, False, False]

    run(work())


@pytest.mark.parametrize(
    ("script", "why"),
    [
        (greeting_and(b"250 mx.example\r\n", silence), "STARTTLS is not offered"),
        (greeting_and(b"502 no\r\n", silence), "the server says 502 to EHLO"),
        (leave, "the server closed the connection without a reply"),
    ],
)
def test_a_server_that_has_enough_of_us_is_left_alone(run: Run, script: Script, why: str) -> None:
    async def work() -> None:
        async with serving(script) as server:
            first, *others = await versions(*asked(server), implicit_tls=False)
            assert first == VersionSeen("TLSv1.3", None, why)
            assert others == [VersionSeen(name, None, f"not tried, since before it {why}") for name in NAMES[1:]]
            assert len(server.peers) == 1

    run(work())


def test_a_handshake_that_hangs_tells_nothing(run: Run) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx.example\r\n")
        await peer.answer(OFFER, b"220 go\r\n")
        await peer.until_gone()

    async def work() -> None:
        async with serving(script) as server:
            seen = await versions(*asked(server, timeout=0.2), implicit_tls=False)
            assert [one.accepted for one in seen] == [None] * len(NAMES)

    run(work())


def test_a_version_that_openssl_has_no_more(run: Run, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    without = tuple((name, version, built and name != "TLSv1") for name, version, built in room._VERSIONS)
    monkeypatch.setattr(room, "_VERSIONS", without)

    async def work() -> None:
        async with serving(upgrading(context(authority, *NAMES))) as server:
            seen = await versions(*asked(server), implicit_tls=False)
            assert seen[-1] == VersionSeen("TLSv1", None, NOT_OFFERED)
            assert len(server.peers) == len(NAMES) - 1

    run(work())


# -- sessions ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", NAMES[:2])
def test_a_session_is_resumed(run: Run, authority: Authority, version: str) -> None:
    async def work() -> None:
        async with serving(upgrading(context(authority, version))) as server:
            assert await resumption(*asked(server), implicit_tls=False) == Resumption(True, version)
            assert len(server.peers) == 2

    run(work())


def test_a_session_is_resumed_with_tls_from_the_first_byte(run: Run, authority: Authority) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx.example\r\n")
        await talk(peer)

    async def work() -> None:
        async with serving(script, tls=context(authority, "TLSv1.3")) as server:
            assert await resumption(*asked(server), implicit_tls=True) == Resumption(True, "TLSv1.3")

    run(work())


@pytest.mark.parametrize("version", NAMES[:2])
def test_a_server_that_forgets(run: Run, authority: Authority, version: str) -> None:
    """Every connection meets another process's keys, as behind a load balancer."""

    async def script(peer: Peer) -> None:
        await upgrading(context(authority, version))(peer)

    async def work() -> None:
        async with serving(script) as server:
            assert await resumption(*asked(server), implicit_tls=False) == Resumption(False, version)

    run(work())


def test_resumption_without_tls(run: Run) -> None:
    async def work() -> None:
        async with serving(greeting_and(b"250 mx.example\r\n", silence)) as server:
            seen = await resumption(*asked(server), implicit_tls=False)
            assert seen == Resumption(None, detail="STARTTLS is not offered")
            assert len(server.peers) == 1
            unusable = await resumption(*asked(server, client_certificate="/nonexistent"), implicit_tls=False)
            assert unusable.resumed is None

    run(work())


# -- cipher suites -----------------------------------------------------------------------------------------------------


def test_a_missing_extra_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scan itself is tested where sslyze is (tests/interop)."""
    monkeypatch.setitem(sys.modules, "sslyze", None)

    async def work() -> None:
        async with serving(leave) as server:
            assert (await scan_ciphers(*asked(server), implicit_tls=False)).failure == MISSING
            assert server.peers == []

    run(work())
    assert "smtpprobe[tls]" in MISSING
