"""Servers that hold the handshake by the book and go wrong inside TLS."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable

from behaviour import INCONCLUSIVE, Behaviour, Hostile, Peer
from courtesy import hang_up, reset, silence, then
from holding import Held
from tls_material import TLS12, TLS13, server
from tls_records import (
    ALERT,
    APPLICATION_DATA,
    BAD_RECORD_MAC,
    CHANGE_CIPHER_SPEC,
    CLOSE_NOTIFY,
    FATAL,
    HANDSHAKE,
    INTERNAL_ERROR,
    USER_CANCELED,
    WARNING,
    Sealed,
    clear,
    message,
)
from tls_servers import Check, agreed, asked_inside, every, exactly, explained, found, row, sealing, upgrading

from smtpprobe.outcome import Defect, FailureKind, Stage

_by_hand_12 = functools.partial(server, version=TLS12, keys_logged=True, tickets=0)
_by_hand_13 = functools.partial(server, version=TLS13, keys_logged=True, tickets=0)

_OK = b"250 2.0.0 ok answers=NOOP\r\n"
_HALF = b"250-2.0.0 half of it answers=NOOP\r\n250-2.0"
_CLOSE_NOTIFY = bytes([WARNING, CLOSE_NOTIFY])


def _by_hand(*steps: bytes | float | Callable[[Sealed], None] | Callable[[Sealed], bytes]) -> Hostile:
    """What is done in place of an answer: replies to seal, and functions that give octets to be sent as they are."""

    async def play(peer: Peer) -> None:
        assert isinstance(peer, Sealed)
        for step in steps:
            if isinstance(step, bytes):
                peer.send(step)
            elif callable(step):
                peer.raw(step(peer) or b"")

    return play


def _record(kind: int, body: bytes) -> Callable[[Sealed], bytes]:
    return lambda sealed: sealed.record(kind, body)


def _storm(make: Callable[[Sealed], bytes]) -> Hostile:
    """Record after record as fast as the client takes them, until it hangs up."""

    async def play(peer: Peer) -> None:
        assert isinstance(peer, Sealed)
        while not peer.writer.transport.is_closing():
            peer.raw(b"".join([make(peer) for _ in range(100)]))
            await peer.writer.drain()
            await asyncio.sleep(0)

    return play


async def _tiny_records(peer: Peer) -> None:
    """One octet a record, 10,000 records."""
    assert isinstance(peer, Sealed)
    text = b"250-2.0.0 " + b"x" * 480 + b"\r\n"
    reply = text * 20 + b"250 2.0.0 " + b"y" * 118 + b" answers=NOOP\r\n"
    peer.raw(b"".join([peer.record(APPLICATION_DATA, bytes([octet])) for octet in reply]))


async def _renegotiate(peer: Peer) -> None:
    """Ask for a second handshake, and note what kind of record comes of it."""
    assert isinstance(peer, Sealed)
    peer.raw(peer.record(HANDSHAKE, message(0, b"")))
    kind = (await exactly(peer, 1))[0]
    peer.heard.append(b"kind %d" % kind)
    peer.send(_OK)
    await hang_up(peer)


def _declined(held: Held) -> list[str]:
    """The answer to HelloRequest is an alert, no ClientHello."""
    kinds = [line for lines in held.heard for line in lines if line.startswith(b"kind ")]
    return [] if kinds == [b"kind %d" % ALERT] else [f"it answered with {kinds}"]


async def _many_replies(peer: Peer) -> None:
    """The reply that is owed, and replies without end behind it."""
    await peer.flood(_OK * 100, 2_000)


async def _one_line(peer: Peer) -> None:
    await peer.flood(b"250-" + b"A" * 60_000, 200)


async def _many_lines(peer: Peer) -> None:
    await peer.flood(b"250-X%ab\r\n" * 1_000, 1_000)


def _dies(name: str, sends: str, kind: FailureKind, step: Hostile, words: str = "", evidence: bytes = b"") -> Behaviour:
    """A row that is done with in place of the answer to NOOP inside TLS, with TLS 1.2 by hand."""
    return row(
        name,
        sends,
        sealing(_by_hand_12, {b"NOOP": step}),
        kinds=(kind,),
        evidence=(evidence,),
        check=every(agreed("TLSv1.2"), explained(words), _lost(kind)),
    )


def _lost(*kinds: FailureKind) -> Check:
    """NOOP inside TLS has no answer, for one of these reasons."""

    def check(held: Held) -> list[str]:
        inside = [e for e in held.exchanges if e.stage is Stage.TLS and e.command and e.command.verb == "NOOP"]
        failed = [e.failure.kind if e.failure else None for e in inside]
        return [] if set(failed) & set(kinds) else [f"NOOP inside TLS failed with {failed}"]

    return check


ROWS = (
    # -- floods ------------------------------------------------------------------------------------------------
    row(
        "flood_after_tls",
        "EHLO inside TLS: 250- lines without end",
        upgrading(server, {b"EHLO": _many_lines}),
        kinds=(FailureKind.REPLY_TOO_LONG,),
        evidence=(b"250-X%ab\r\n" * 900,),
        check=agreed("TLSv1.3"),
        reference="flood_after_tls",
    ),
    row(
        "endless_line_inside_tls",
        "NOOP inside TLS: one line without end",
        upgrading(server, {b"NOOP": _one_line}),
        kinds=(FailureKind.REPLY_TOO_LONG,),
        defects=(Defect.REPLY_TOO_LONG,),
        evidence=(b"250-" + b"A" * 8_000,),
    ),
    row(
        "endless_replies_inside_tls",
        "NOOP inside TLS: a reply, and valid replies behind it without end",
        upgrading(server, {b"NOOP": _many_replies}),
        kinds=(FailureKind.UNSOLICITED,),
        evidence=(_OK,),
        check=found("reply-too-many"),
    ),
    row(
        "tiny_records",
        "NOOP inside TLS: a reply of 10,002 octets in as many records",
        sealing(_by_hand_12, {b"NOOP": _tiny_records}),
        evidence=(b"y" * 118,),
        check=every(agreed("TLSv1.2"), asked_inside),
    ),
    _dies("empty_records", "empty records without end", FailureKind.MALFORMED, _storm(_record(APPLICATION_DATA, b""))),
    _dies(
        "warning_alerts",
        "warning alerts without end",
        FailureKind.MALFORMED,
        _storm(_record(ALERT, bytes([WARNING, USER_CANCELED]))),
        "too many warn alerts",
    ),
    row(
        "tickets_300",
        "300 session tickets behind the handshake",
        upgrading(functools.partial(server, version=TLS13, tickets=300)),
        check=every(agreed("TLSv1.3"), asked_inside),
    ),
    row(
        "key_updates",
        "KeyUpdate without end",
        sealing(_by_hand_13, {b"NOOP": _storm(Sealed.key_update)}),
        *INCONCLUSIVE,
        FailureKind.TIMEOUT,
        waits=True,
    ),
    row(
        "key_updates_to_answer",
        "KeyUpdate that asks for one in return, without end",
        sealing(_by_hand_13, {b"NOOP": _storm(functools.partial(Sealed.key_update, answer=True))}),
        *INCONCLUSIVE,
        FailureKind.TIMEOUT,
        waits=True,
    ),
    row(
        "key_update_then_answer",
        "three KeyUpdates, and the answer under the new keys",
        sealing(_by_hand_13, {b"NOOP": _by_hand(*[Sealed.key_update] * 3, _OK)}),
        check=every(agreed("TLSv1.3"), asked_inside),
    ),
    # -- a second handshake ------------------------------------------------------------------------------------
    row(
        "renegotiation_asked",
        "HelloRequest in TLS 1.2, the answer behind it, and FIN",
        sealing(_by_hand_12, {b"NOOP": _renegotiate}),
        kinds=(FailureKind.CLOSED,),
        check=every(agreed("TLSv1.2"), asked_inside, _declined),
    ),
    row(
        "renegotiation_without_end",
        "HelloRequest in TLS 1.2 without end",
        sealing(_by_hand_12, {b"NOOP": _storm(_record(HANDSHAKE, message(0, b"")))}),
        *INCONCLUSIVE,
        FailureKind.TIMEOUT,
        waits=True,
        check=agreed("TLSv1.2"),
    ),
    row(
        "certificate_asked_late",
        "CertificateRequest behind the handshake of TLS 1.3, which no client of ours has announced to bear",
        sealing(_by_hand_13, {b"NOOP": _by_hand(_record(HANDSHAKE, message(13, b"\0\0\0")), _OK)}),
        kinds=(FailureKind.MALFORMED,),
        check=every(agreed("TLSv1.3"), explained("unexpected message")),
    ),
    # -- the end -----------------------------------------------------------------------------------------------
    row(
        "fin_after_handshake",
        "FIN when the handshake is over, without close_notify",
        sealing(_by_hand_13, at_once=hang_up),
        kinds=(FailureKind.CLOSED,),
        check=agreed("TLSv1.3"),
    ),
    row(
        "close_notify_after_handshake",
        "close_notify and FIN when the handshake is over",
        sealing(_by_hand_13, at_once=then(_by_hand(_record(ALERT, _CLOSE_NOTIFY)), hang_up)),
        kinds=(FailureKind.CLOSED,),
        check=agreed("TLSv1.3"),
    ),
    row(
        "rst_after_handshake",
        "RST for the answer to EHLO inside TLS",
        sealing(_by_hand_13, {b"EHLO": reset}),
        kinds=(FailureKind.RESET,),
        check=agreed("TLSv1.3"),
    ),
    row(
        "fin_before_ehlo_inside_tls",
        "FIN for the answer to EHLO inside TLS",
        sealing(_by_hand_12, {b"EHLO": hang_up}),
        kinds=(FailureKind.CLOSED,),
        check=agreed("TLSv1.2"),
    ),
    _dies(
        "fin_in_mid_reply_inside_tls",
        "half a reply, FIN without close_notify",
        FailureKind.TRUNCATED,
        then(_HALF_SENT := _by_hand(_HALF), hang_up),
        evidence=_HALF,
    ),
    _dies(
        "close_notify_in_mid_reply_inside_tls",
        "half a reply, close_notify",
        FailureKind.TRUNCATED,
        then(_HALF_SENT, _by_hand(_record(ALERT, _CLOSE_NOTIFY)), hang_up),
        evidence=_HALF,
    ),
    _dies(
        "rst_in_mid_reply_inside_tls",
        "half a reply, RST",
        FailureKind.TRUNCATED,
        then(_HALF_SENT, 0.1, reset),
        evidence=_HALF,
    ),
    _dies(
        "close_notify_then_data",
        "close_notify, and a reply behind it",
        FailureKind.CLOSED,
        _by_hand(_record(ALERT, _CLOSE_NOTIFY), _OK),
    ),
    _dies(
        "close_notify_and_stays",
        "close_notify, and the connection stays open",
        FailureKind.CLOSED,
        then(_by_hand(_record(ALERT, _CLOSE_NOTIFY)), silence),
    ),
    _dies(
        "fatal_alert_inside_tls",
        "fatal alert 80 in place of an answer",
        FailureKind.CLOSED,
        _by_hand(_record(ALERT, bytes([FATAL, INTERNAL_ERROR]))),
        "internal error",
    ),
    row(
        "close_notify_for_quit",
        "close_notify and FIN to QUIT",
        sealing(_by_hand_13, {b"QUIT": then(_by_hand(_record(ALERT, _CLOSE_NOTIFY)), hang_up)}),
        check=every(agreed("TLSv1.3"), asked_inside),
    ),
    row(
        "fin_for_quit",
        "FIN to QUIT, without close_notify",
        sealing(_by_hand_13, {b"QUIT": hang_up}),
        check=every(agreed("TLSv1.3"), asked_inside),
    ),
    row(
        "quit_ignored_inside_tls",
        "nothing to QUIT inside TLS, and no close_notify",
        sealing(_by_hand_13, {b"QUIT": silence}),
        check=every(agreed("TLSv1.3"), asked_inside),
        waits=True,
    ),
    # -- what is no TLS any more -------------------------------------------------------------------------------
    row(
        "plaintext_amid_tls",
        "half a reply, and a plaintext one behind its record",
        sealing(_by_hand_12, {b"NOOP": _by_hand(_HALF, lambda sealed: b"250 plain answers=NOOP\r\n")}),
        # Where both come in one segment asyncio gives up before it hands over what it had deciphered.
        check=every(agreed("TLSv1.2"), explained("not TLS"), _lost(FailureKind.MALFORMED, FailureKind.TRUNCATED)),
    ),
    _dies(
        "plaintext_for_an_answer",
        "a plaintext reply inside TLS",
        FailureKind.MALFORMED,
        _by_hand(lambda sealed: b"250 plain answers=NOOP\r\n"),
        "not TLS",
    ),
    _dies(
        "record_damaged",
        "a record whose seal is broken",
        FailureKind.MALFORMED,
        _by_hand(lambda sealed: sealed.record(APPLICATION_DATA, _OK)[:-1] + b"?"),
        "bad record mac",
    ),
    _dies(
        "record_repeated",
        "the same record twice",
        FailureKind.MALFORMED,
        _by_hand(lambda sealed: sealed.record(APPLICATION_DATA, b"250-a answers=NOOP\r\n") * 2),
        "bad record mac",
    ),
    _dies(
        "record_oversize",
        "a record of 65,535 octets",
        FailureKind.MALFORMED,
        _by_hand(lambda sealed: b"\x17\3\3\xff\xff" + bytes(65_535)),
        "length too long",
    ),
    _dies(
        "record_over_16k",
        "a record with 16,385 octets inside",
        FailureKind.MALFORMED,
        _by_hand(_record(APPLICATION_DATA, b"A" * 16_385)),
        "too long",
    ),
    _dies(
        "record_of_unknown_kind",
        "a record of kind 99",
        FailureKind.MALFORMED,
        _by_hand(_record(99, b"?")),
        "unexpected",
    ),
    _dies(
        "change_cipher_spec_amid_tls",
        "ChangeCipherSpec between two records",
        FailureKind.MALFORMED,
        _by_hand(_record(CHANGE_CIPHER_SPEC, b"\1")),
    ),
    _dies(
        "clear_alert_inside_tls",
        "an alert that is not sealed",
        FailureKind.MALFORMED,
        _by_hand(lambda sealed: clear(ALERT, bytes([FATAL, BAD_RECORD_MAC]))),
    ),
)
