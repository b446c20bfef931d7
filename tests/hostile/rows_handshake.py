"""Servers that go wrong in the TLS handshake, by STARTTLS or from the first octet."""

from __future__ import annotations

import asyncio
import functools
import os
import ssl

from behaviour import Behaviour, Hostile, Peer, Script
from courtesy import courteous, hang_up, reset, silence, then
from tls_material import TLS10, TLS11, TLS12, TLS13, asking, giant_group, server
from tls_records import (
    ALERT,
    CLOSE_NOTIFY,
    FATAL,
    HANDSHAKE,
    HANDSHAKE_FAILURE,
    INTERNAL_ERROR,
    PROTOCOL_VERSION,
    UNRECOGNIZED_NAME,
    WARNING,
    alert,
    clear,
    hello_retry,
    message,
    server_hello,
)
from tls_servers import (
    GO,
    Context,
    after_hello,
    agreed,
    asked_inside,
    client_hello,
    every,
    exactly,
    explained,
    found,
    nothing_in_clear,
    offering,
    row,
    secure,
    upgrading,
)

from smtpprobe.outcome import ExitCode, FailureKind, Outcome, TlsMode

_HELLO = clear(HANDSHAKE, server_hello())
_BROKEN = (FailureKind.TLS_HANDSHAKE,)


async def _unread(peer: Peer) -> None:
    """Wait for the ClientHello and leave all but one octet of it in the socket."""
    await exactly(peer, 1)


async def _hello(peer: Peer) -> None:
    await client_hello(peer)


async def _drip(peer: Peer) -> None:
    """A ServerHello of 16 KiB, an octet every 20 milliseconds: it would take five minutes."""
    for octet in clear(HANDSHAKE, message(2, bytes(16_000))):
        if peer.reader.at_eof() or peer.writer.transport.is_closing():
            return
        peer.send(bytes([octet]))
        await asyncio.sleep(0.02)


async def _endless_message(peer: Peer) -> None:
    """A handshake message that says it is 16 MiB long, and 64 MiB of it."""
    await peer.flood(clear(HANDSHAKE, b"\x0b\xff\xff\xff" + bytes(16_000)), 4_000)


async def _again_and_again(peer: Peer) -> None:
    """ServerHello after ServerHello."""
    await peer.flood(_HELLO * 100, 1_000)


async def _warnings(peer: Peer) -> None:
    await peer.flood(alert(WARNING, UNRECOGNIZED_NAME) * 1_000, 1_000)


async def _empty_records(peer: Peer) -> None:
    await peer.flood(clear(HANDSHAKE, b"") * 1_000, 1_000)


async def _retry_twice(peer: Peer) -> None:
    """Two HelloRetryRequests, where RFC 8446 4.1.4 allows one."""
    peer.send(GO)
    for group in (b"\x00\x18", b"\x00\x19"):
        peer.send(hello_retry(await client_hello(peer), group))
    await peer.until_gone()


def _alerting(context: Context) -> Hostile:
    """A handshake that the server ends with an alert of its own."""

    async def starttls(peer: Peer) -> None:
        peer.send(GO)
        await peer.handshake(context())
        await peer.until_gone()

    return starttls


def _implicit(script: Script, context: Context | None = None) -> Script:
    """TLS from the first octet where there is a context."""

    async def play(peer: Peer) -> None:
        if context is not None:
            await secure(peer, context())
        await script(peer)

    return play


def _fails(name: str, sends: str, *steps: bytes | Hostile, words: str = "", waits: bool = False) -> Behaviour:
    """A row whose handshake fails as soon as the ClientHello is there, and which goes on in clear elsewhere."""
    return row(
        name,
        sends,
        offering(after_hello(*steps)),
        kinds=(FailureKind.TLS_TIMEOUT,) if waits else _BROKEN,
        waits=waits,
        check=every(nothing_in_clear, agreed(None), found("starttls-broken"), explained(words)),
    )


def _speaks(version: ssl.TLSVersion, named: str, *findings: str) -> Behaviour:
    return row(
        f"{version.name.lower().replace('v1', '1')}_only",
        f"TLS of version {named} and no other",
        upgrading(functools.partial(server, version=version)),
        check=every(agreed(named), asked_inside, found(*findings)),
    )


def _ends(name: str, sends: str, kind: FailureKind, *steps: bytes | float | Hostile) -> Behaviour:
    """A row that closes within the handshake."""
    return row(
        name, sends, offering(then(GO, *steps)), kinds=(kind,), check=every(nothing_in_clear, found("starttls-broken"))
    )


ROWS = (
    # -- the end, at every stage -------------------------------------------------------------------------------
    _ends("handshake_rst_hello_unread", "RST with the ClientHello unread", FailureKind.RESET, _unread, reset),
    _ends("handshake_fin_hello_unread", "FIN with the ClientHello unread", FailureKind.CLOSED, _unread, hang_up),
    _ends("handshake_fin_after_hello", "FIN after the ClientHello", FailureKind.CLOSED, _hello, hang_up),
    _ends("handshake_rst_after_hello", "RST after the ClientHello", FailureKind.RESET, _hello, reset),
    _ends("handshake_fin_after_server_hello", "ServerHello, FIN", FailureKind.CLOSED, _hello, _HELLO, hang_up),
    _ends("handshake_rst_after_server_hello", "ServerHello, RST", FailureKind.RESET, _hello, _HELLO, 0.05, reset),
    _ends("handshake_half_a_record", "half a ServerHello, FIN", FailureKind.CLOSED, _hello, _HELLO[:40], hang_up),
    _fails("handshake_close_notify", "the alert close_notify to the ClientHello", alert(WARNING, CLOSE_NOTIFY)),
    # -- alerts ------------------------------------------------------------------------------------------------
    _fails("alert_handshake_failure", "fatal alert 40", alert(FATAL, HANDSHAKE_FAILURE), words="handshake failure"),
    _fails("alert_protocol_version", "fatal alert 70", alert(FATAL, PROTOCOL_VERSION), words="alert protocol version"),
    _fails("alert_internal_error", "fatal alert 80", alert(FATAL, INTERNAL_ERROR), words="alert internal error"),
    _fails("alert_unrecognized_name", "fatal alert 112", alert(FATAL, UNRECOGNIZED_NAME), words="unrecognized name"),
    _fails("alert_unknown", "fatal alert 255, which nobody defined", alert(FATAL, 255)),
    _fails("alert_of_no_level", "an alert of level 77", alert(77, HANDSHAKE_FAILURE)),
    _fails("alert_half", "an alert of one octet", clear(ALERT, b"\2")),
    _fails(
        "sslv3_only", "fatal alert 40 in a record of SSL 3.0", clear(ALERT, bytes([FATAL, HANDSHAKE_FAILURE]), b"\3\0")
    ),
    _fails("alert_warnings_without_end", "warning alerts, a million of them", _warnings),
    # -- what is no handshake ------------------------------------------------------------------------------------
    _fails("handshake_random", "random octets", b"\xee" + os.urandom(4_000), words="not TLS"),
    _fails("handshake_http", "HTTP/1.1 400", b"HTTP/1.1 400 Bad Request\r\n\r\n", words="not TLS"),
    _fails("handshake_sslv2", "an SSL 2.0 SERVER-HELLO", b"\x80\x0b\x04\x00\x01\x00\x02\x00\x00\x00\x00\x00\x00"),
    _fails("handshake_zeros", "64 KiB of NUL", bytes(65_536)),
    _fails("handshake_application_data", "application data in place of ServerHello", clear(23, b"250 ok\r\n")),
    _fails(
        "handshake_record_oversize",
        "a record of 65,535 octets",
        clear(HANDSHAKE, server_hello())[:3] + b"\xff\xff" + bytes(65_535),
    ),
    _fails("handshake_record_16k_and_more", "a record of 18,433 octets", clear(HANDSHAKE, b"\2" + bytes(18_432))),
    _fails("handshake_message_without_end", "a message said to be 16 MiB long, and 64 MiB of it", _endless_message),
    _fails("handshake_empty_records", "empty handshake records, a million of them", _empty_records),
    _fails("handshake_server_hello_again", "ServerHello, 100,000 times", _again_and_again),
    _fails("handshake_version_nobody_offered", "ServerHello with SSL 3.0", clear(HANDSHAKE, server_hello(b"\3\0"))),
    _fails(
        "handshake_cipher_nobody_offered",
        "ServerHello with the NULL cipher",
        clear(HANDSHAKE, server_hello(cipher=b"\0\0")),
    ),
    _fails("handshake_message_unknown", "a handshake message of type 99", clear(HANDSHAKE, message(99, b"?"))),
    row(
        "handshake_retry_twice",
        "two HelloRetryRequests",
        offering(_retry_twice),
        kinds=_BROKEN,
        check=every(nothing_in_clear, agreed(None)),
    ),
    # -- never done ----------------------------------------------------------------------------------------------
    _fails("handshake_drip", "a ServerHello of 16 KiB, octet by octet, without end", _drip, waits=True),
    _fails("handshake_then_silence", "ServerHello, then nothing", _HELLO, silence, waits=True),
    # -- versions and keys ---------------------------------------------------------------------------------------
    _speaks(TLS10, "TLSv1", "tls-old"),
    _speaks(TLS11, "TLSv1.1", "tls-old"),
    _speaks(TLS12, "TLSv1.2"),
    _speaks(TLS13, "TLSv1.3"),
    row(
        "handshake_giant_group",
        "Diffie-Hellman in a group of 10,000 bits, a second's work for the client",
        offering(_alerting(giant_group)),
        kinds=_BROKEN,
        check=every(nothing_in_clear, agreed(None)),
    ),
    row(
        "client_certificate_asked",
        "asks for a client certificate, and does without",
        upgrading(functools.partial(asking, ssl.CERT_OPTIONAL)),
        check=every(agreed("TLSv1.3"), asked_inside),
    ),
    row(
        "client_certificate_required",
        "insists on a client certificate, in TLS 1.2",
        offering(_alerting(functools.partial(asking, ssl.CERT_REQUIRED, TLS12))),
        kinds=_BROKEN,
        check=every(nothing_in_clear, agreed(None), found("starttls-broken")),
    ),
    row(
        "client_certificate_required_later",
        "insists on a client certificate, in TLS 1.3: the alert comes when the handshake seems done",
        offering(_alerting(functools.partial(asking, ssl.CERT_REQUIRED, TLS13))),
        check=every(explained("certificate required")),
    ),
    # -- TLS from the first octet --------------------------------------------------------------------------------
    row(
        "implicit_port_in_clear",
        "plaintext SMTP on a port for TLS",
        courteous(),
        Outcome.UNREACHABLE,
        ExitCode.NO_CONVERSATION,
        FailureKind.TLS_HANDSHAKE,
        tls=TlsMode.IMPLICIT,
        check=every(agreed(None), explained("not TLS")),
    ),
    row(
        "implicit_silent",
        "nothing to the ClientHello on a port for TLS",
        silence,
        Outcome.UNREACHABLE,
        ExitCode.NO_CONVERSATION,
        FailureKind.TLS_TIMEOUT,
        tls=TlsMode.IMPLICIT,
        waits=True,
    ),
    row(
        "implicit_alert",
        "fatal alert 40 on a port for TLS",
        then(_hello, alert(FATAL, HANDSHAKE_FAILURE), silence),
        Outcome.UNREACHABLE,
        ExitCode.NO_CONVERSATION,
        FailureKind.TLS_HANDSHAKE,
        tls=TlsMode.IMPLICIT,
        check=explained("handshake failure"),
    ),
    row(
        "implicit_then_no_greeting",
        "TLS on a port for it, then no greeting",
        _implicit(silence, server),
        Outcome.UNREACHABLE,
        ExitCode.NO_CONVERSATION,
        FailureKind.TIMEOUT,
        tls=TlsMode.IMPLICIT,
        waits=True,
        check=agreed("TLSv1.3"),
    ),
    row(
        "clear_port_speaks_tls",
        "TLS records at once on a port for plaintext",
        then(_HELLO, silence),
        Outcome.NOT_SMTP,
        ExitCode.NO_CONVERSATION,
        FailureKind.NOT_SMTP_TLS,
        waits=True,
    ),
    row(
        "clear_port_answers_in_tls",
        "a TLS alert to whatever is said on a port for plaintext",
        then(alert(FATAL, HANDSHAKE_FAILURE), hang_up),
        Outcome.NOT_SMTP,
        ExitCode.NO_CONVERSATION,
        FailureKind.NOT_SMTP_TLS,
    ),
    row(
        "clear_port_waits_for_tls",
        "waits for a ClientHello on a port for plaintext",
        _implicit(courteous(), server),
        Outcome.NOT_SMTP,
        ExitCode.NO_CONVERSATION,
        FailureKind.NOT_SMTP_TLS,
        waits=True,
    ),
)
