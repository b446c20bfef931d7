"""Servers that go wrong between STARTTLS and the first octet of TLS."""

from __future__ import annotations

from behaviour import INCONCLUSIVE
from courtesy import courteous, ehlo, hang_up, silence, then
from tls_material import server
from tls_servers import (
    CLEAR,
    GO,
    after_hello,
    agreed,
    asked_inside,
    every,
    explained,
    found,
    nothing_in_clear,
    offering,
    row,
    upgrading,
)

from smtpprobe.outcome import Defect, FailureKind

_INJECTED = b"250 2.0.0 injected answers=EHLO\r\n"
_LINES_220 = b"220-2.0.0 one moment\r\n220-2.0.0 still\r\n220 2.0.0 go ahead answers=STARTTLS\r\n"


def _per_octet(data: bytes) -> list[bytes | float]:
    return [step for octet in data for step in (bytes([octet]), 0.0)]


ROWS = (
    row(
        "starttls_inject_same_segment",
        "220 to STARTTLS and a plaintext reply in one segment, then TLS",
        upgrading(server, go=GO + _INJECTED),
        kinds=(FailureKind.STARTTLS_INJECTION,),
        evidence=(_INJECTED,),
        check=every(nothing_in_clear, found("starttls-injection"), agreed(None)),
        reference="starttls_inject_same_segment",
    ),
    row(
        "starttls_inject_no_tls",
        "220 to STARTTLS and a plaintext reply in one segment, then plaintext for ever",
        offering(after_hello(b"500 5.5.1 what\r\n", silence, go=GO + _INJECTED)),
        kinds=(FailureKind.STARTTLS_INJECTION,),
        check=every(nothing_in_clear, found("starttls-injection"), explained("injected answers=EHLO")),
    ),
    row(
        "starttls_twice_same_segment",
        "two 220 to one STARTTLS in one segment, then TLS",
        upgrading(server, go=GO + GO),
        kinds=(FailureKind.STARTTLS_INJECTION,),
        evidence=(GO,),
        check=every(nothing_in_clear, found("starttls-injection")),
    ),
    row(
        "starttls_220_again_after_hello",
        "a second 220 in clear once the ClientHello is there",
        offering(after_hello(GO, silence)),
        kinds=(FailureKind.TLS_HANDSHAKE,),
        check=every(nothing_in_clear, explained("not TLS"), found("starttls-broken")),
    ),
    row(
        "starttls_another_reply_after_hello",
        "220, and a 250 in clear once the ClientHello is there",
        offering(after_hello(_INJECTED, silence)),
        kinds=(FailureKind.TLS_HANDSHAKE,),
        check=every(nothing_in_clear, explained("not TLS")),
    ),
    row(
        "starttls_220_then_smtp",
        "220, then 500 to the ClientHello and to every line of it, as a server does that has no TLS",
        offering(after_hello(b'500 5.5.1 Command unrecognized: "\x16\x03\x01"\r\n' * 3, silence)),
        kinds=(FailureKind.TLS_HANDSHAKE,),
        check=every(nothing_in_clear, explained("not TLS")),
    ),
    row(
        "starttls_multiline_220",
        "a 220 of three lines, then TLS",
        upgrading(server, go=_LINES_220),
        evidence=(_LINES_220,),
        check=every(agreed("TLSv1.3"), asked_inside),
        reference="starttls_multiline_220",
    ),
    row(
        "starttls_multiline_220_and_plaintext",
        "a 220 of three lines and a plaintext reply in one segment, then TLS",
        upgrading(server, go=_LINES_220 + _INJECTED),
        kinds=(FailureKind.STARTTLS_INJECTION,),
        evidence=(_LINES_220, _INJECTED),
        check=every(nothing_in_clear, found("starttls-injection")),
    ),
    row(
        "starttls_220_octet_by_octet",
        "the 220 to STARTTLS in 39 segments, then TLS",
        upgrading(server, go=b"", before=then(*_per_octet(GO))),
        evidence=(GO,),
        check=every(agreed("TLSv1.3"), asked_inside),
    ),
    row(
        "starttls_220_without_text",
        "220 CRLF to STARTTLS, then TLS",
        upgrading(server, go=b"220\r\n"),
        defects=(Defect.NO_TEXT,),
        check=every(agreed("TLSv1.3"), asked_inside),
    ),
    row(
        "starttls_220_bare_lf",
        "220 and LF to STARTTLS, then TLS",
        upgrading(server, go=b"220 go ahead answers=STARTTLS\n"),
        defects=(Defect.BARE_LF,),
        check=every(agreed("TLSv1.3"), asked_inside),
    ),
    row(
        "starttls_220_and_lf_too_many",
        "220 CRLF and one LF more in one segment, then TLS",
        upgrading(server, go=GO + b"\n"),
        kinds=(FailureKind.STARTTLS_INJECTION,),
        evidence=(b"\n",),
        check=nothing_in_clear,
    ),
    row(
        "starttls_then_silent",
        "220 to STARTTLS, then nothing",
        offering(then(GO, silence)),
        kinds=(FailureKind.TLS_TIMEOUT,),
        waits=True,
        check=nothing_in_clear,
        reference="starttls_then_silent",
    ),
    row(
        "starttls_then_close",
        "220 to STARTTLS, then FIN",
        offering(then(GO, hang_up)),
        kinds=(FailureKind.CLOSED,),
        check=every(nothing_in_clear, found("starttls-broken")),
        reference="starttls_then_close",
    ),
    row(
        "starttls_454",
        "454 to STARTTLS",
        offering(b"454 4.7.0 TLS not available answers=STARTTLS\r\n"),
        evidence=(b"454 4.7.0 TLS not available",),
        check=every(agreed(None), found("starttls-broken")),
        reference="starttls_454",
    ),
    row(
        "starttls_stripped",
        "EHLO announces XXXXXXXA in STARTTLS's place",
        courteous(keywords=(b"PIPELINING", b"XXXXXXXA", b"HELP")),
        defects=(Defect.KEYWORD_MANGLED,),
        check=every(agreed(None), found("starttls-stripped")),
        reference="starttls_stripped",
    ),
    row(
        "starttls_250",
        "250 to STARTTLS, and the dialogue goes on in clear",
        offering(b"250 2.0.0 fine answers=STARTTLS\r\n"),
        evidence=(b"250 2.0.0 fine",),
        check=agreed(None),
    ),
    row(
        "starttls_250_then_waits",
        "250 to STARTTLS, then waits for a ClientHello that must not come",
        offering(then(b"250 2.0.0 fine answers=STARTTLS\r\n", silence)),
        *INCONCLUSIVE,
        FailureKind.TIMEOUT,
        waits=True,
        check=agreed(None),
    ),
    row(
        "starttls_334",
        "334 to STARTTLS, and waits",
        offering(b"334 go on answers=STARTTLS\r\n"),
        check=agreed(None),
    ),
    row(
        "starttls_421",
        "421 to STARTTLS, and FIN",
        offering(then(b"421 4.3.2 shutting down answers=STARTTLS\r\n", hang_up)),
        check=agreed(None),
    ),
    row(
        "starttls_no_answer",
        "nothing to STARTTLS",
        offering(silence),
        kinds=(FailureKind.TIMEOUT,),
        waits=True,
        check=agreed(None),
    ),
    row(
        "starttls_half_a_220",
        "220- to STARTTLS, FIN",
        offering(then(b"220-go\r\n", hang_up)),
        kinds=(FailureKind.TRUNCATED,),
        evidence=(b"220-go",),
        check=every(agreed(None), nothing_in_clear),
    ),
    row(
        "starttls_220_and_454",
        "220- and 454 in one reply to STARTTLS",
        offering(b"220-2.0.0 go answers=STARTTLS\r\n454 4.7.0 or not answers=STARTTLS\r\n"),
        kinds=(FailureKind.MALFORMED,),
        defects=(Defect.CODES_DIFFER,),
        evidence=(b"454 4.7.0 or not",),
        check=every(agreed(None), nothing_in_clear),
    ),
    row(
        "starttls_offered_inside_tls",
        "EHLO announces STARTTLS inside TLS again",
        upgrading(server, keywords=CLEAR),
        check=every(agreed("TLSv1.3"), asked_inside, found("starttls-offered-inside-tls")),
    ),
    row(
        "ehlo_wildly_different_inside_tls",
        "EHLO inside TLS has another name, other limits and none of the keywords of the one in clear",
        upgrading(
            server,
            {b"EHLO": ehlo(b"SIZE 1", b"X-" + b"A" * 400, b"AUTH LOGIN", b"VRFY", domain=b"\xc3\xa9vil.example")},
        ),
        defects=(Defect.NOT_ASCII,),
        observed=("ehlo-tls",),
        check=every(agreed("TLSv1.3"), asked_inside),
    ),
    row(
        "ehlo_refused_inside_tls",
        "550 to EHLO inside TLS",
        upgrading(server, {b"EHLO": b"550 5.7.1 not you answers=EHLO\r\n", b"HELO": b"550 5.7.1 no answers=HELO\r\n"}),
        evidence=(b"550 5.7.1 not you",),
        check=agreed("TLSv1.3"),
    ),
    row(
        "greets_again_inside_tls",
        "a second greeting as the first words inside TLS",
        upgrading(server, greeting=b"220 mx.example again answers=GREETING\r\n"),
        kinds=(FailureKind.UNSOLICITED,),
        evidence=(b"220 mx.example again",),
        check=agreed("TLSv1.3"),
    ),
)
