"""What hostile TLS servers are made of: an authority, its certificates, and server contexts.

All of it is made when the tests run and kept until they end. What a server then does with it stands in the rows.
"""

from __future__ import annotations

import base64
import functools
import itertools
import secrets
import ssl
import tempfile
import warnings
from pathlib import Path

from certificate_der import (
    Issuer,
    authority_extensions,
    integer,
    issued_by,
    leaf_key,
    name,
    names,
    new_key,
    public,
    sequence,
    signed,
)
from cryptography.hazmat.primitives.asymmetric import rsa
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
    path = Path(_folder.name) / f"{next(_numbers)}.pem"
    path.write_bytes(data)
    return str(path)


def pem(*items: bytes, called: bytes = b"CERTIFICATE") -> bytes:
    begin, end = b"-----BEGIN %s-----\n" % called, b"-----END %s-----\n" % called
    return b"".join([begin + base64.encodebytes(one) + end for one in items])


@functools.cache
def authority(called: bytes = b"Hostile Tests CA") -> Issuer:
    return Issuer(name(called), new_key())


@functools.cache
def root() -> bytes:
    """The certificate of the authority that a probe is told to trust."""
    issuer = authority()
    return signed(issuer, issuer.name, authority_extensions(issuer.key), key=public(issuer.key))


@functools.cache
def ca_file() -> str:
    """What to name with --ca-file."""
    return _file(pem(root()))


def issued(*extensions: bytes, subject: bytes = SUBJECT, **fields: object) -> bytes:
    """A certificate from the trusted authority, with these extensions and the one that says who signed."""
    issuer = authority()
    return signed(issuer, subject, (*extensions, issued_by(issuer.key)), **fields)  # type: ignore[arg-type]


@functools.cache
def good() -> bytes:
    """A certificate with nothing wrong."""
    return issued(NAMED)


@functools.cache
def _key_pem() -> bytes:
    return leaf_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@functools.cache
def server(*chain: bytes, version: ssl.TLSVersion | None = None, keys_logged: bool = False, tickets: int = 2) -> ssl.SSLContext:
    """A server that shows this chain (a good certificate unless told) and speaks this version only (any unless told)."""
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
    """A server of TLS 1.2 that has nothing but Diffie-Hellman over finite fields, modulo an odd number of 10,000 bits."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("kDHE:@SECLEVEL=0")
    context.maximum_version = TLS12
    key = rsa.generate_private_key(65_537, 2_048)
    shown = signed(authority(), SUBJECT, (NAMED,), key=key.public_key().public_bytes(Encoding.DER, _PUBLIC))
    context.load_cert_chain(_file(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + pem(shown)))
    group = sequence(integer(secrets.randbits(10_000) | 1 << 9_999 | 1), integer(2))
    context.load_dh_params(_file(pem(group, called=b"DH PARAMETERS")))
    return context
