"""Servers whose certificate has strange contents: names, dates, numbers and extensions."""

from __future__ import annotations

from certificate_der import (
    DAY,
    NOW,
    UNKNOWN,
    Issuer,
    extension,
    leaf_key,
    name,
    names,
    signed,
)
from holding import Held
from tls_judging import shows
from tls_material import (
    HOST,
    NAMED,
    issued,
)
from tls_servers import (
    Check,
)

from smtpprobe.outcome import CertificateFault

_HARM = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\u2066moc.evil\u200b\x00\r\n<script>"
#: IA5String, which is what a dNSName is, has no more than seven bits.
_HARM_ASCII = b"\x1b]0;owned\x07\x1b[2J\x7f\r\n<script>\x00.example"


def _dated(what: str) -> Check:
    """The first and the last day are told as they are."""

    def check(held: Held) -> list[str]:
        tls = held.report.transcript.tls
        dates = (tls.certificate.not_before, tls.certificate.not_after) if tls and tls.certificate else ()
        return [] if what in dates else [f"{what} is not among {dates}"]

    return check


_Fault = CertificateFault

ROWS = (
    # -- names -------------------------------------------------------------------------------------------------
    shows(
        "cert_nul_in_name",
        "mx.example, NUL, .evil.test",
        _Fault.UNTRUSTED,
        lambda: (issued(names(HOST + b"\0.evil.test")),),
    ),
    shows(
        "cert_nul_in_first_of_two_names",
        "mx.example with a NUL and more, and evil.test",
        _Fault.UNTRUSTED,
        lambda: (issued(names(HOST + b"\0.evil.test", b"evil.test")),),
    ),
    shows(
        "cert_5000_names",
        "5,000 names, none of them ours",
        _Fault.NAME,
        lambda: (issued(names(*[b"h%d.example" % i for i in range(5_000)])),),
        "h0.example",
        kept=100,
    ),
    shows(
        "cert_5000_names_ours_last",
        "5,000 names, and ours behind them",
        None,
        lambda: (issued(names(*[b"h%d.example" % i for i in range(5_000)], HOST)),),
        kept=100,
    ),
    shows(
        "cert_name_of_60k",
        "a name of 60,000 octets",
        _Fault.NAME,
        lambda: (issued(names(b"x.example", b".".join([b"a" * 59] * 1_000))),),
        kept=2,
    ),
    shows(
        "cert_without_any_name", "no subject, no names", _Fault.UNTRUSTED, lambda: (issued(subject=name()),), "no host"
    ),
    shows(
        "cert_name_in_subject_only",
        "the right name as common name, no subjectAltName",
        _Fault.UNTRUSTED,
        lambda: (issued(),),
        "subjectAltName",
    ),
    shows(
        "cert_address_only",
        "an address, no name",
        _Fault.NAME,
        lambda: (issued(names(addresses=(b"\xc0\0\2\x19",))),),
        "192.0.2.25",
    ),
    shows(
        "cert_address_of_three_octets",
        "the right name, and an address of three octets",
        _Fault.UNREADABLE,
        lambda: (issued(names(HOST, addresses=(b"\x7f\0\0",))),),
    ),
    shows("cert_for_everybody", "the names * and *.*", _Fault.UNTRUSTED, lambda: (issued(names(b"*", b"*.*")),)),
    shows(
        "cert_wildcard_for_a_top_level_domain",
        "the name *.example",
        _Fault.NAME,
        lambda: (issued(names(b"*.example")),),
        "*.example",
    ),
    shows(
        "cert_escapes_in_subject",
        "terminal escapes, C1, bidi, NUL and markup in subject and issuer",
        _Fault.SELF_SIGNED,
        lambda: (signed(Issuer(name(_HARM.encode()), leaf_key()), name(_HARM.encode()), (NAMED,)),),
    ),
    shows(
        "cert_escapes_in_names",
        "terminal escapes, NUL and markup in a name",
        _Fault.NAME,
        lambda: (issued(names(b"x.example", _HARM_ASCII)),),
        _HARM_ASCII.decode(),
    ),
    shows(
        "cert_name_beyond_ascii",
        "the octets FF FE in a name",
        _Fault.UNREADABLE,
        lambda: (issued(names(HOST, b"\xff\xfe.example")),),
    ),
    shows(
        "cert_subject_of_60k",
        "a common name of 60,000 characters",
        None,
        lambda: (issued(NAMED, subject=name(b"A" * 60_000)),),
    ),
    shows(
        "cert_subject_of_2000_parts",
        "2,000 common names in the subject",
        None,
        lambda: (issued(NAMED, subject=name(*[b"part %d" % i for i in range(2_000)])),),
    ),
    # -- numbers, dates, extensions ----------------------------------------------------------------------------
    shows(
        "cert_negative_serial",
        "the serial number -5",
        _Fault.UNTRUSTED,
        lambda: (issued(NAMED, serial=-5),),
        "negative",
    ),
    shows(
        "cert_serial_of_4000_bits",
        "a serial number of 4,000 bits",
        _Fault.UNTRUSTED,
        lambda: (issued(NAMED, serial=1 << 4_000),),
    ),
    shows(
        "cert_year_9999",
        "valid until the end of the year 9999",
        None,
        lambda: (issued(NAMED, end=b"99991231235959Z"),),
        also=_dated("9999-12-31T23:59:59Z"),
    ),
    shows(
        "cert_year_1",
        "valid from the year 1 on",
        None,
        lambda: (issued(NAMED, begin=b"00010101000000Z"),),
        also=_dated("0001-01-01T00:00:00Z"),
    ),
    shows(
        "cert_year_0",
        "valid from the year 0 on, which no clock of ours has",
        _Fault.UNREADABLE,
        lambda: (issued(NAMED, begin=b"00000101000000Z"),),
    ),
    shows(
        "cert_date_that_is_none",
        "valid until the 99th of month 99",
        _Fault.UNREADABLE,
        lambda: (issued(NAMED, end=b"20309999999999Z"),),
    ),
    shows(
        "cert_ends_before_it_begins",
        "valid from tomorrow until yesterday",
        _Fault.EXPIRED,
        lambda: (issued(NAMED, begin=NOW + DAY, end=NOW - DAY),),
    ),
    shows(
        "cert_critical_extension_unknown",
        "a critical extension that nobody knows",
        _Fault.UNTRUSTED,
        lambda: (issued(NAMED, extension(UNKNOWN, b"\5\0", critical=True)),),
        "critical",
    ),
    shows(
        "cert_extensions_2000",
        "2,000 extensions that nobody knows",
        None,
        lambda: (issued(NAMED, *[extension(f"{UNKNOWN}.{i}", b"\5\0") for i in range(2_000)]),),
    ),
)
