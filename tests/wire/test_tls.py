"""TLS from the first byte, our own certificate, and the facts of a handshake."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import pytest
import trustme
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from loops import Authority, Run
from scripted import Peer, greeting_and, serving, session_to, silence, talking, upgrade

from smtpprobe.outcome import CertificateFault, FailureKind, Stage
from smtpprobe.wire import tls

# -- implicit TLS ------------------------------------------------------------------------------------------


def test_implicit_tls_works(run: Run, authority: Authority) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.answer(b"221 bye\r\n")

    async def work() -> None:
        context, ca_file = authority.context, authority.ca_file
        async with talking(script, tls=context, sni="mx.example", ca_file=ca_file) as (session, server):
            greeting = await session.greeting()
            assert greeting.code == 220
            assert session.facts is not None
            assert session.facts.certificate is not None
            assert session.facts.certificate.trusted
            await session.quit()
            await server.over()
        assert server.heard == [b"QUIT"]

    run(work())


@pytest.mark.parametrize("delay", [0, 0.02])
def test_implicit_tls_against_a_server_that_greets_in_clear(run: Run, delay: float) -> None:
    async def script(peer: Peer) -> None:
        await asyncio.sleep(delay)
        peer.send(b"220 mx.example ESMTP\r\n")
        await peer.rest()

    async def work() -> None:
        async with serving(script) as server:
            session = session_to(server, timeout=1.0)
            failure = await session.connect(implicit_tls=True)
            assert failure is not None
            assert (failure.stage, failure.kind) == (Stage.HANDSHAKE, FailureKind.TLS_HANDSHAKE)
            assert failure.detail == "wrong version number: what the server sent is not TLS"
            await session.quit()

    run(work())


@pytest.mark.parametrize("sni", ["mx.example.", "", ".", ".mx", "a..b", "x" * 64, "a\0b", "*.mx", "bücher.example"])
def test_a_name_that_tls_cannot_carry_is_left_out(run: Run, authority: Authority, sni: str) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.rest()

    async def work() -> None:
        async with talking(script, tls=authority.context, sni=sni) as (session, _):
            assert (await session.greeting()).code == 220

    run(work())


def test_no_group_of_the_servers_own_and_no_second_handshake() -> None:
    ours = tls.context()
    # "kx-dhe" is the exchange of TLS 1.2 in which the server chooses the group, however long.
    assert [one["name"] for one in ours.get_ciphers() if one.get("kea") == "kx-dhe"] == []
    assert ours.options & ssl.OP_NO_RENEGOTIATION


# -- our own certificate -----------------------------------------------------------------------------------


def asking(authority: Authority) -> ssl.SSLContext:
    """A server context that insists on a client certificate of this authority."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.ca.issue_cert("mx.example").configure_cert(context)
    authority.ca.configure_trust(context)
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def test_a_client_certificate_is_shown(run: Run, authority: Authority, tmp_path: Path) -> None:
    ours = authority.ca.issue_cert("client.example")
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    ours.cert_chain_pems[0].write_to_path(str(certificate))
    ours.private_key_pem.write_to_path(str(key))

    async def script(peer: Peer) -> None:
        shown = peer.writer.get_extra_info("peercert")["subjectAltName"][0][1]
        peer.send(b"220 %s\r\n" % shown.encode())
        await peer.rest()

    async def work() -> None:
        names = str(certificate), str(key)
        async with talking(script, tls=asking(authority), client_certificate=names[0], client_key=names[1]) as (
            session,
            _,
        ):
            greeting = await session.greeting()
            assert greeting.reply is not None
            assert greeting.reply.texts == (b"client.example",)

    run(work())


def test_a_server_that_wants_a_certificate_says_so(run: Run, authority: Authority) -> None:
    async def script(peer: Peer) -> None:
        await peer.handshake(asking(authority))

    async def work() -> None:
        async with serving(script) as server:
            session = session_to(server)
            failure = await session.connect(implicit_tls=True) or (await session.greeting()).failure
            assert failure is not None
            assert "certificate required" in failure.detail
            await session.quit()

    run(work())


@pytest.mark.parametrize("implicit", [False, True], ids=["starttls", "implicit"])
def test_a_certificate_of_ours_that_cannot_be_used(run: Run, tmp_path: Path, implicit: bool) -> None:
    bad = tmp_path / "bad.pem"
    bad.write_text("no certificate")

    async def work() -> None:
        for name in (str(bad), str(tmp_path / "absent.pem")):
            async with serving(silence if implicit else greeting_and(b"", silence)) as server:
                session = session_to(server, client_certificate=name)
                failure = await session.connect(implicit_tls=implicit)
                if not implicit:
                    failure = (await upgrade(session)).failure
                assert failure is not None
                assert failure.kind is FailureKind.CERTIFICATE
                assert failure.detail
                await session.quit()

    run(work())


# -- the facts of the handshake ----------------------------------------------------------------------------


def test_the_chain_is_capped(run: Run, authority: Authority, tmp_path: Path) -> None:
    leaf = authority.ca.issue_cert("mx.example")
    pems = [leaf.private_key_pem, leaf.cert_chain_pems[0], *[trustme.CA().cert_pem for _ in range(15)]]
    chain = tmp_path / "chain.pem"
    chain.write_bytes(b"".join([pem.bytes() for pem in pems]))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    kept: list[bytes] = []

    async def work() -> None:
        async with talking(silence, tls=context, sni="mx.example", ca_file=authority.ca_file) as (session, _):
            kept.extend(tls._chain(session.client.transport.get_extra_info("ssl_object")))  # type: ignore[union-attr]
            assert session.facts is not None
            assert session.facts.certificate is not None
            assert session.facts.certificate.trusted

    run(work())
    assert len(kept) == tls.CHAIN_KEPT
    assert kept[0] == ssl.PEM_cert_to_DER_cert(leaf.cert_chain_pems[0].bytes().decode())


def test_a_certificate_for_another_name_is_reported_and_the_dialogue_goes_on(run: Run, authority: Authority) -> None:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx\r\n")
        await peer.answer(b"221 bye\r\n")

    async def work() -> None:
        context, ca_file = authority.context, authority.ca_file
        async with talking(script, tls=context, sni="other.example", ca_file=ca_file) as (session, _):
            assert (await session.greeting()).code == 220
            assert session.facts is not None
            assert session.facts.certificate is not None
            assert session.facts.certificate.fault is CertificateFault.NAME
            await session.quit()

    run(work())


def test_a_locked_key_is_refused_and_its_password_not_asked_for(tmp_path: Path) -> None:
    """OpenSSL would ask on the terminal, and a program without one would wait."""
    ours = trustme.CA().issue_cert("client.example")
    key = load_pem_private_key(ours.private_key_pem.bytes(), None)
    certificate, locked = tmp_path / "certificate.pem", tmp_path / "key.pem"
    ours.cert_chain_pems[0].write_to_path(certificate)
    locked.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"its own")))
    with pytest.raises(ssl.SSLError):
        tls.context(str(certificate), str(locked))
