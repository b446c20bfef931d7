"""What hostile TLS servers are made of: an authority, its certificates, and server contexts.

All of it is made when the tests run and kept until they end. What a server then does with it stands in the rows.
"""

from __future__ import annotations

import base64
import functools
import itertools
import math
import os
import secrets
import ssl
import tempfile
import warnings
from pathlib import Path

from certificate_der import (
    Issuer,
    RsaKey,
    authority_extensions,
    integer,
    issued_by,
    leaf_key,
    name,
    names,
    new_key,
    public,
    rsa_public,
    sequence,
    signed,
)
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

HOST = b"mx.example"
SUBJECT = name(HOST)
NAMED = names(HOST)

TLS10, TLS11 = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
TLS12, TLS13 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3

_folder = tempfile.TemporaryDirectory(prefix="hostile-tls-")  # Removed when the interpreter ends.
_PUBLIC = PublicFormat.SubjectPublicKeyInfo
_numbers = itertools.count()


def _file(data: bytes) -> str:
    """A file for what ``ssl`` takes from files only."""
    # Its name is its process's own: `make hostile` holds the rows in several that share the folder.
    path = Path(_folder.name) / f"{os.getpid()}-{next(_numbers)}.pem"
    path.write_bytes(data)
    return str(path)


def pem(*items: bytes, called: bytes = b"CERTIFICATE") -> bytes:
    begin, end = b"-----BEGIN %s-----\n" % called, b"-----END %s-----\n" % called
    return b"".join([begin + base64.encodebytes(one) + end for one in items])


@functools.cache
def _authority_key() -> ec.EllipticCurvePrivateKey:
    return new_key()


@functools.cache
def authority(called: bytes | None = None) -> Issuer:
    """An authority that nobody trusts; without a name, the one that the probe is told to trust."""
    return Issuer(name(called or b"Hostile Tests CA"), new_key() if called else _authority_key())


@functools.cache
def root() -> bytes:
    """The certificate of the authority that a probe is told to trust."""
    issuer, key = authority(), _authority_key()
    return signed(issuer, issuer.name, authority_extensions(key), key=public(key))


@functools.cache
def ca_file() -> str:
    """What to name with --ca-file."""
    return _file(pem(root()))


def issued(*extensions: bytes, subject: bytes = SUBJECT, **fields: object) -> bytes:
    """A certificate from the trusted authority, with these extensions and the one that says who signed."""
    return signed(authority(), subject, (*extensions, issued_by(_authority_key())), **fields)  # type: ignore[arg-type]


@functools.cache
def good() -> bytes:
    """A certificate with nothing wrong."""
    return issued(NAMED)


@functools.cache
def intermediate() -> tuple[Issuer, bytes]:
    """An authority below the trusted one, and its certificate."""
    issuer = Issuer(name(b"Hostile Tests, between"), key := new_key())
    return issuer, issued(*authority_extensions(key), subject=issuer.name, key=public(key))


def random_modulus(length: int) -> int:
    """What looks like an RSA modulus of this many bits; the tests need nobody who knows its factors."""
    return secrets.randbits(length) | 1 << length - 1 | 1


@functools.cache
def giant_keys() -> tuple[bytes, ...]:
    """A certificate that nine authorities of one name may have signed, each with an RSA key of 16,384 bits."""
    giant = Issuer(name(b"Giant"), RsaKey(random_modulus(16_384), 65_537, 3))
    shown = [
        signed(
            Issuer(name(b"Nobody"), leaf_key()),
            giant.name,
            authority_extensions(leaf_key()),
            key=rsa_public(random_modulus(16_384), 65_537),
            serial=number,
        )
        for number in range(1, 10)
    ]
    return (signed(giant, SUBJECT, (NAMED,)), *shown)


@functools.cache
def costly_chain() -> tuple[bytes, ...]:
    """Three authorities above the host, three certificates for each, all rightly signed: 39 signatures to look at."""
    made = rsa.generate_private_key(65_537, 2_048).private_numbers()
    order = (made.p - 1) * (made.q - 1)
    exponent = secrets.randbits(2_047) | 1
    while math.gcd(exponent, order) != 1:
        exponent -= 2
    key = RsaKey(made.public_numbers.n, exponent, pow(exponent, -1, order))
    levels = [Issuer(name(called), key) for called in (b"Costly 1", b"Costly 2", b"Costly 3", b"Costly 4")]
    between = [
        signed(
            above, below.name, authority_extensions(leaf_key()), key=rsa_public(key.modulus, exponent), serial=number
        )
        for below, above in itertools.pairwise(levels)
        for number in (1, 2, 3)
    ]
    return (signed(levels[0], SUBJECT, (NAMED,)), *between)


@functools.cache
def _key_pem() -> bytes:
    return leaf_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@functools.cache
def server(
    *chain: bytes, version: ssl.TLSVersion | None = None, keys_logged: bool = False, tickets: int = 2
) -> ssl.SSLContext:
    """A server that shows this chain (else a good certificate) and speaks this version only (else any)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    # Long before any client would refuse it: what a server shows is not for its library to judge.
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.load_cert_chain(_file(_key_pem() + pem(*(chain or (good(),)))))
    if version is not None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = context.maximum_version = version
    if keys_logged:
        context.set_ciphers("ECDHE-ECDSA-AES128-GCM-SHA256")
        context.keylog_filename = _file(b"")
    context.num_tickets = tickets
    return context


@functools.cache
def asking(mode: ssl.VerifyMode, version: ssl.TLSVersion | None = None) -> ssl.SSLContext:
    """A server that asks for a client certificate of the trusted authority."""
    context = server.__wrapped__(version=version)
    context.load_verify_locations(ca_file())
    context.verify_mode = mode
    return context


@functools.cache
def giant_group() -> ssl.SSLContext:
    """A server of TLS 1.2 that knows only finite-field Diffie-Hellman, modulo an odd number of 10,000 bits."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("kDHE:@SECLEVEL=0")
    context.maximum_version = TLS12
    key = rsa.generate_private_key(65_537, 2_048)
    shown = signed(authority(), SUBJECT, (NAMED,), key=key.public_key().public_bytes(Encoding.DER, _PUBLIC))
    context.load_cert_chain(_file(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + pem(shown)))
    group = sequence(integer(secrets.randbits(10_000) | 1 << 9_999 | 1), integer(2))
    context.load_dh_params(_file(pem(group, called=b"DH PARAMETERS")))
    return context
