"""Servers whose certificate is wrong, strange or huge. With most of them TLS comes about, and the report judges it."""

from __future__ import annotations

from behaviour import Hostile, Peer
from certificate_der import (
    DAY,
    NOW,
    UNKNOWN,
    Issuer,
    authority_extensions,
    extension,
    leaf_key,
    name,
    names,
    rsa_public,
    signed,
)
from rows_auth import AUTH, no_credentials
from tls_judging import cut_short, judged, shows
from tls_material import (
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
    ECDHE_RSA,
    ECDSA_SHA256,
    RSA_PKCS1_SHA256,
)
from tls_servers import (
    GO,
    INSIDE,
    agreed,
    every,
    explained,
    nothing_in_clear,
    offering,
    row,
    upgrading,
)

from smtpprobe.outcome import CertificateFault, FailureKind


def _self_signed(*extensions: bytes, key: bytes | None = None) -> tuple[bytes, ...]:
    return (signed(Issuer(SUBJECT, leaf_key()), SUBJECT, (NAMED, *extensions), key=key),)


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
        login=True,
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
        "signature",
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
    # -- keys and sizes ----------------------------------------------------------------------------------------
    shows(
        "cert_authorities_with_giant_keys",
        "signed as if by one of nine authorities of one name, with RSA keys of 16,384 bits",
        _Fault.UNTRUSTED,
        giant_keys,
        "Giant",
    ),
    cut_short(
        "cert_key_is_another",
        "a good certificate, and a handshake signed with another key",
        lambda: (good(),),
        scheme=ECDSA_SHA256,
    ),
    cut_short(
        "cert_giant_key",
        "a certificate with an RSA key of 16,384 bits that signs the handshake, though not rightly",
        lambda: _self_signed(key=rsa_public(random_modulus(16_384), 65_537)),
        cipher=ECDHE_RSA,
        scheme=RSA_PKCS1_SHA256,
    ),
    cut_short(
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
    cut_short(
        "cert_garbage", "500 octets of nothing for a certificate", lambda: (b"\x30\x82" + b"x" * 500,), words="asn1"
    ),
    cut_short("cert_list_empty", "a Certificate message without any", lambda: ()),
    cut_short("cert_of_no_octets", "a certificate of no octets", lambda: (b"",)),
    cut_short(
        "cert_length_lies", "a certificate that says it is 16 MiB long", lambda: (b"\x30\x84\x01\0\0\0" + b"x" * 90,)
    ),
    cut_short("cert_nested_deep", "30,000 sequences in each other", lambda: (_nested(30_000),)),
    cut_short(
        "cert_subject_not_utf8",
        "a UTF8String that is none as subject",
        lambda: (issued(NAMED, subject=name(b"\xff\xfe")),),
    ),
    cut_short(
        "cert_extension_twice",
        "subjectAltName twice: ours, and evil.test",
        lambda: (issued(NAMED, names(b"evil.test")),),
    ),
    cut_short("cert_with_tail", "a good certificate and an octet behind it", lambda: (good() + b"\0",)),
)
