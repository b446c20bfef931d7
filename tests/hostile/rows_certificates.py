"""Servers whose certificate is wrong, strange or huge. With most of them TLS comes about, and the report judges it."""

from __future__ import annotations

from collections.abc import Callable

from behaviour import Behaviour, Hostile, Peer
from certificate_der import (
    DAY,
    NOW,
    UNKNOWN,
    Issuer,
    authority_extensions,
    extension,
    integer,
    leaf_key,
    name,
    names,
    rsa_public,
    sequence,
    signed,
)
from courtesy import silence
from holding import Held
from rows_auth import AUTH, no_credentials
from tls_material import (
    HOST,
    NAMED,
    SUBJECT,
    authority,
    costly_chain,
    giant_keys,
    good,
    intermediate,
    issued,
    random_modulus,
    root,
    server,
)
from tls_records import (
    ECDHE_ECDSA,
    ECDHE_RSA,
    ECDSA_SHA256,
    RSA_PKCS1_SHA256,
    certificate_message,
    in_records,
    key_exchange,
    message,
    server_hello,
)
from tls_servers import (
    GO,
    INSIDE,
    Check,
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

from smtpprobe.outcome import CertificateFault, FailureKind

_HARM = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\u2066moc.evil\u200b\x00\r\n<script>"
#: IA5String, which is what a dNSName is, has no more than seven bits.
_HARM_ASCII = b"\x1b]0;owned\x07\x1b[2J\x7f\r\n<script>\x00.example"


def judged(fault: CertificateFault | None, *words: str, names: int | None = None) -> Check:
    """The certificate has this fault, told in these words; and so many of its names are kept."""

    def check(held: Held) -> list[str]:
        tls = held.report.transcript.tls
        certificate = tls.certificate if tls else None
        if certificate is None:
            return ["no certificate was seen"]
        wrong = [] if certificate.fault == fault else [f"the fault is {certificate.fault}, should be {fault}"]
        wrong += [f"{word!r} is not in {certificate.detail[:80]!r}" for word in words if word not in certificate.detail]
        if names is not None and len(certificate.names) != names:
            wrong.append(f"{len(certificate.names)} names were kept, should be {names}")
        texts = [certificate.subject, certificate.issuer, certificate.detail, *certificate.names]
        return wrong + [f"a text of {len(text)} characters was kept" for text in texts if len(text) > 1_200]

    return check


_RULES = {
    None: (),
    CertificateFault.EXPIRED: ("certificate-expired",),
    CertificateFault.NAME: ("certificate-name",),
    CertificateFault.UNREADABLE: ("certificate-untrusted",),
    CertificateFault.UNTRUSTED: ("certificate-untrusted",),
    CertificateFault.SELF_SIGNED: ("certificate-untrusted",),
    CertificateFault.NOT_YET_VALID: ("certificate-untrusted",),
}


def shows(
    name: str,
    sends: str,
    fault: CertificateFault | None,
    chain: Callable[[], tuple[bytes, ...]],
    *words: str,
    kept: int | None = None,
    also: Check | None = None,
    reference: str | None = None,
) -> Behaviour:
    """A row that shows this chain, and with which everything else goes well."""
    checks = [agreed("TLSv1.3"), asked_inside, judged(fault, *words, names=kept), found(*_RULES[fault])]
    return row(
        name,
        sends,
        upgrading(lambda: server(*chain())),
        check=every(*checks, *([also] if also else [])),
        reference=reference,
    )


def _self_signed(*extensions: bytes, key: bytes | None = None) -> tuple[bytes, ...]:
    return (signed(Issuer(SUBJECT, leaf_key()), SUBJECT, (NAMED, *extensions), key=key),)


def _dated(what: str) -> Check:
    """The first and the last day are told as they are."""

    def check(held: Held) -> list[str]:
        tls = held.report.transcript.tls
        dates = (tls.certificate.not_before, tls.certificate.not_after) if tls and tls.certificate else ()
        return [] if what in dates else [f"{what} is not among {dates}"]

    return check


def _in_clear(
    name: str,
    sends: str,
    chain: Callable[[], tuple[bytes, ...]],
    words: str = "",
    cipher: bytes = ECDHE_ECDSA,
    scheme: bytes = b"",
) -> Behaviour:
    """A row of TLS 1.2 by hand, up to the Certificate message or to the ServerKeyExchange that its key should sign."""

    async def starttls(peer: Peer) -> None:
        messages = server_hello(cipher=cipher) + certificate_message(*chain())
        if scheme:
            signature = bytes(2_048) if cipher == ECDHE_RSA else sequence(integer(1), integer(1))
            messages += key_exchange(scheme, signature)
        await after_hello(in_records(messages + message(14, b"")), silence)(peer)

    return row(
        name,
        sends,
        offering(starttls),
        kinds=(FailureKind.TLS_HANDSHAKE,),
        check=every(nothing_in_clear, agreed(None), found("starttls-broken"), explained(words)),
    )


def _chain(others: int, padding: int) -> tuple[bytes, ...]:
    pad = extension(UNKNOWN, bytes(padding))
    first = issued(NAMED) if others else issued(NAMED, pad)
    return (first, *[signed(authority(b"X"), name(b"x%d" % i), (pad,)) for i in range(others)])


def _padded(others: int, padding: int) -> Hostile:
    """A handshake with a chain that is too long; the server sees it fail."""

    async def starttls(peer: Peer) -> None:
        peer.send(GO)
        await peer.handshake(server(*_chain(others, padding)))
        await peer.until_gone()

    return starttls


def _nested(depth: int) -> bytes:
    data = b""
    for _ in range(depth):
        data = b"\x30\x83" + len(data).to_bytes(3, "big") + data
    return data


_Fault = CertificateFault

ROWS = (
    # -- the four that everybody meets -------------------------------------------------------------------------
    shows(
        "cert_expired",
        "a certificate that ran out a week ago",
        _Fault.EXPIRED,
        lambda: (issued(NAMED, begin=NOW - 90 * DAY, end=NOW - 7 * DAY),),
        f"{NOW - 7 * DAY:%d %b %Y}",
        reference="cert_expired",
    ),
    shows(
        "cert_not_yet_valid",
        "a certificate that is valid from next week on",
        _Fault.NOT_YET_VALID,
        lambda: (issued(NAMED, begin=NOW + 7 * DAY),),
        f"{NOW + 7 * DAY:%d %b %Y}",
    ),
    shows(
        "cert_wrong_host",
        "a certificate for evil.example",
        _Fault.NAME,
        lambda: (issued(names(b"evil.example"), subject=name(b"evil.example")),),
        "evil.example",
        reference="cert_wrong_host",
    ),
    shows(
        "cert_selfsigned",
        "a certificate signed by its own key",
        _Fault.SELF_SIGNED,
        _self_signed,
        reference="cert_selfsigned",
    ),
    row(
        "wrong_host_default_settings",
        "a certificate for evil.example, AUTH PLAIN LOGIN inside TLS, and 334 to it",
        upgrading(
            lambda: server(issued(names(b"evil.example"))),
            {b"AUTH": b"334 \r\n"},
            keywords=(*INSIDE, b"AUTH PLAIN LOGIN"),
        ),
        settings=AUTH,
        check=every(agreed("TLSv1.3"), judged(_Fault.NAME), no_credentials),
        reference="wrong_host_default_settings",
    ),
    # -- who signed --------------------------------------------------------------------------------------------
    shows(
        "cert_untrusted_authority",
        "the right name, from an authority that nobody trusts",
        _Fault.UNTRUSTED,
        lambda: (signed(authority(b"Nobody & Sons"), SUBJECT, (NAMED,)),),
        "Nobody & Sons",
    ),
    shows(
        "cert_authority_of_the_same_name",
        "the right name, from an authority that calls itself as the trusted one does",
        _Fault.UNTRUSTED,
        lambda: (signed(Issuer(authority().name, leaf_key()), SUBJECT, (NAMED,)),),
    ),
    shows(
        "cert_is_its_own_authority",
        "a certificate for the host that says CA:TRUE and signs itself",
        _Fault.SELF_SIGNED,
        lambda: _self_signed(*authority_extensions(leaf_key())),
    ),
    shows(
        "cert_without_its_intermediate",
        "the right name, and the authority between left out",
        _Fault.UNTRUSTED,
        lambda: (signed(intermediate()[0], SUBJECT, (NAMED,)),),
    ),
    shows(
        "cert_chain_out_of_order",
        "the right name, then the root, then what comes between",
        None,
        lambda: (signed(intermediate()[0], SUBJECT, (NAMED,)), root(), intermediate()[1]),
    ),
    shows(
        "cert_chain_of_strangers",
        "a good certificate, and twenty others behind it that have nothing to do with it",
        None,
        lambda: (issued(NAMED), *[signed(authority(b"X"), name(b"x%d" % i)) for i in range(20)]),
    ),
    shows(
        "cert_chain_out_of_sight",
        "the authority between in place 15 of the chain, where nobody looks any more",
        _Fault.UNTRUSTED,
        lambda: (
            signed(intermediate()[0], SUBJECT, (NAMED,)),
            *[signed(authority(b"X"), name(b"x%d" % i)) for i in range(13)],
            intermediate()[1],
        ),
    ),
    shows(
        "cert_chain_costly",
        "nine authorities that all could have signed each other, with RSA exponents of 2,000 bits",
        _Fault.UNTRUSTED,
        costly_chain,
        "exponent",
    ),
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
    shows("cert_negative_serial", "the serial number -5", _Fault.UNTRUSTED, lambda: (issued(NAMED, serial=-5),)),
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
    ),
    shows(
        "cert_extensions_2000",
        "2,000 extensions that nobody knows",
        None,
        lambda: (issued(NAMED, *[extension(f"{UNKNOWN}.{i}", b"\5\0") for i in range(2_000)]),),
    ),
    # -- keys and sizes ----------------------------------------------------------------------------------------
    shows(
        "cert_authorities_with_giant_keys",
        "signed as if by one of nine authorities of one name, with RSA keys of 16,384 bits",
        _Fault.UNTRUSTED,
        giant_keys,
        "Giant",
    ),
    _in_clear(
        "cert_key_is_another",
        "a good certificate, and a handshake signed with another key",
        lambda: (good(),),
        scheme=ECDSA_SHA256,
    ),
    _in_clear(
        "cert_giant_key",
        "a certificate with an RSA key of 16,384 bits that signs the handshake, though not rightly",
        lambda: _self_signed(key=rsa_public(random_modulus(16_384), 65_537)),
        cipher=ECDHE_RSA,
        scheme=RSA_PKCS1_SHA256,
    ),
    _in_clear(
        "cert_key_too_giant",
        "the same with a key of 100,000 bits",
        lambda: _self_signed(key=rsa_public(random_modulus(100_000), 65_537)),
        cipher=ECDHE_RSA,
        scheme=RSA_PKCS1_SHA256,
    ),
    row(
        "cert_chain_450k",
        "a good certificate and a hundred others, 450 KB",
        offering(_padded(100, 4_400)),
        kinds=(FailureKind.TLS_HANDSHAKE,),
        check=every(nothing_in_clear, agreed(None), explained("excessive message size")),
    ),
    row(
        "cert_of_450k",
        "one certificate of 450 KB",
        offering(_padded(0, 450_000)),
        kinds=(FailureKind.TLS_HANDSHAKE,),
        check=every(nothing_in_clear, agreed(None), explained("excessive message size")),
    ),
    shows(
        "cert_chain_95k",
        "a good certificate and a hundred others, 95 KB: as much as OpenSSL takes",
        None,
        lambda: _chain(100, 700),
    ),
    shows("cert_of_95k", "one certificate of 95 KB", None, lambda: _chain(0, 95_000)),
    # -- what is no certificate --------------------------------------------------------------------------------
    _in_clear(
        "cert_garbage", "500 octets of nothing for a certificate", lambda: (b"\x30\x82" + b"x" * 500,), words="asn1"
    ),
    _in_clear("cert_list_empty", "a Certificate message without any", lambda: ()),
    _in_clear("cert_of_no_octets", "a certificate of no octets", lambda: (b"",)),
    _in_clear(
        "cert_length_lies", "a certificate that says it is 16 MiB long", lambda: (b"\x30\x84\x01\0\0\0" + b"x" * 90,)
    ),
    _in_clear("cert_nested_deep", "30,000 sequences in each other", lambda: (_nested(30_000),)),
    _in_clear(
        "cert_subject_not_utf8",
        "a UTF8String that is none as subject",
        lambda: (issued(NAMED, subject=name(b"\xff\xfe")),),
    ),
    _in_clear(
        "cert_extension_twice",
        "subjectAltName twice: ours, and evil.test",
        lambda: (issued(NAMED, names(b"evil.test")),),
    ),
    _in_clear("cert_with_tail", "a good certificate and an octet behind it", lambda: (good() + b"\0",)),
)
