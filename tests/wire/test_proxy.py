"""PROXY headers: the bytes of haproxy's proxy-protocol.txt, before anything else on the wire."""

from __future__ import annotations

from pathlib import Path

import pytest
from loops import Authority, Run
from scripted import Peer, talking

from smtpprobe.wire import proxy

SIGNATURE = bytes.fromhex("0d0a0d0a000d0a515549540a")


def test_version_1() -> None:
    assert proxy.header(1, ("192.0.2.1", 56324), ("198.51.100.7", 25)) == (
        b"PROXY TCP4 192.0.2.1 198.51.100.7 56324 25\r\n"
    )
    assert proxy.header(1, ("2001:DB8:0:0::1", 1), ("::1", 65535)) == b"PROXY TCP6 2001:db8::1 ::1 1 65535\r\n"


def test_version_2() -> None:
    assert proxy.header(2, ("192.0.2.1", 56324), ("198.51.100.7", 25)) == (
        SIGNATURE + bytes.fromhex("2111 000c c0000201 c6336407 dc04 0019")
    )
    addresses = "20010db8000000000000000000000001" + "0" * 31 + "1"
    assert proxy.header(2, ("2001:db8::1", 1), ("::1", 25)) == (
        SIGNATURE + bytes.fromhex("2121 0024" + addresses + "0001 0019")
    )


def test_a_scope_stays_at_home() -> None:
    assert proxy.header(1, ("fe80::1%eth0", 1), ("fe80::2%eth0", 25)) == b"PROXY TCP6 fe80::1 fe80::2 1 25\r\n"


def test_a_client_without_an_address() -> None:
    assert proxy.unknown(1) == b"PROXY UNKNOWN\r\n"
    assert proxy.unknown(2) == SIGNATURE + bytes.fromhex("2000 0000")


@pytest.mark.parametrize("source", ["2001:db8::1", "mx.example", ""])
def test_two_addresses_of_one_family_or_none(source: str) -> None:
    with pytest.raises(ValueError, match=r"famil|address"):
        proxy.header(1, (source, 1), ("192.0.2.1", 25))


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
@pytest.mark.parametrize("named", [False, True], ids=["own", "named"])
def test_the_header_comes_first(run: Run, version: int, host: str, named: bool) -> None:
    source = ("192.0.2.9" if host == "127.0.0.1" else "2001:db8::9", 4242) if named else None
    expected = proxy.header(version, source or (host, 1), (host, 25))
    got: list[bytes] = []

    async def script(peer: Peer) -> None:
        here, there = [peer.writer.get_extra_info(side)[:2] for side in ("peername", "sockname")]
        got.append(await peer.reader.readexactly(len(proxy.header(version, source or here, there))))
        assert got == [proxy.header(version, source or here, there)]
        peer.send(b"220 mx\r\n")
        await peer.answer(b"221 bye\r\n")

    async def work() -> None:
        async with talking(script, host=host, proxy=version, proxy_source=source) as (session, server):
            assert (await session.greeting()).code == 220
            await session.quit()
            await server.over()
        assert server.heard == [b"QUIT"]

    run(work())
    assert got[0][:12] == expected[:12]


def test_the_header_comes_before_tls(run: Run, authority: Authority) -> None:
    async def script(peer: Peer) -> None:
        assert (await peer.line()).startswith(b"PROXY TCP4 127.0.0.1 127.0.0.1 ")
        await peer.handshake(authority.context, behind=b"220 mx\r\n")
        await peer.rest()

    async def work() -> None:
        async with talking(script, proxy=1, implicit=True) as (session, _):
            assert (await session.greeting()).code == 220
            assert session.facts is not None

    run(work())


def test_a_unix_socket_has_no_address_to_name(run: Run, tmp_path: Path) -> None:
    async def script(peer: Peer) -> None:
        assert await peer.line() == b"PROXY UNKNOWN"
        peer.send(b"220 mx\r\n")
        await peer.rest()

    async def work() -> None:
        async with talking(script, path=str(tmp_path / "lmtp"), proxy=1) as (session, _):
            assert (await session.greeting()).code == 220

    run(work())
