"""X.509 certificates assembled octet by octet, as no honest library would: any serial, date, name, extension or key.

Signed with real keys of curve P-256, made when the tests run. Nothing here knows TLS or SMTP.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)

COMMON_NAME = "2.5.4.3"
SUBJECT_ALT_NAME = "2.5.29.17"
BASIC_CONSTRAINTS = "2.5.29.19"
KEY_USAGE = "2.5.29.15"
SUBJECT_KEY_ID = "2.5.29.14"
AUTHORITY_KEY_ID = "2.5.29.35"
#: An arc for examples (RFC 5612): no software knows what stands there.
UNKNOWN = "1.3.6.1.4.1.32473.1"

_ECDSA_SHA256 = "1.2.840.10045.4.3.2"
_RSA = "1.2.840.113549.1.1.1"
_RSA_SHA256 = "1.2.840.113549.1.1.11"
_SHA256 = "2.16.840.1.101.3.4.2.1"


def tlv(tag: int, *parts: bytes) -> bytes:
    """One element: tag, definite length in its shortest form, contents (X.690 8.1)."""
    body = b"".join(parts)
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([tag, 128 + len(length)]) + length + body


def sequence(*parts: bytes) -> bytes:
    return tlv(0x30, *parts)


def integer(value: int) -> bytes:
    return tlv(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def bits(data: bytes) -> bytes:
    return tlv(0x03, b"\0", data)


def oid(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    out = bytearray()
    for arc in (first * 40 + second, *rest):
        septets = [arc & 127]
        while arc := arc >> 7:
            septets.append(128 | arc & 127)
        out += bytes(reversed(septets))
    return tlv(0x06, bytes(out))


def moment(when: datetime.datetime | bytes) -> bytes:
    """A time (RFC 5280 4.1.2.5); octets are taken for the text of a GeneralizedTime, whatever they say."""
    if isinstance(when, bytes):
        return tlv(0x18, when)
    if when.year >= 2050:
        return tlv(0x18, when.strftime("%Y%m%d%H%M%SZ").encode())
    return tlv(0x17, when.strftime("%y%m%d%H%M%SZ").encode())


def name(*values: bytes) -> bytes:
    """A distinguished name of common names, as UTF8String, whatever octets they are."""
    return sequence(*[tlv(0x31, sequence(oid(COMMON_NAME), tlv(0x0C, value))) for value in values])


def extension(identifier: str, value: bytes, *, critical: bool = False) -> bytes:
    return sequence(oid(identifier), tlv(0x01, b"\xff") if critical else b"", tlv(0x04, value))


def names(*hosts: bytes, addresses: Sequence[bytes] = ()) -> bytes:
    """The extension subjectAltName: dNSNames, and iPAddresses in network order."""
    entries = [tlv(0x82, host) for host in hosts] + [tlv(0x87, address) for address in addresses]
    return extension(SUBJECT_ALT_NAME, sequence(*entries))


def authority_extensions(key: ec.EllipticCurvePrivateKey) -> tuple[bytes, ...]:
    """What makes an authority of a certificate (RFC 5280 4.2.1.2, 4.2.1.3, 4.2.1.9)."""
    return (
        extension(BASIC_CONSTRAINTS, sequence(tlv(0x01, b"\xff")), critical=True),
        extension(KEY_USAGE, tlv(0x03, b"\x01\x06"), critical=True),
        extension(SUBJECT_KEY_ID, tlv(0x04, key_id(key))),
    )


def issued_by(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The extension that says which key signed (RFC 5280 4.2.1.1)."""
    return extension(AUTHORITY_KEY_ID, sequence(tlv(0x80, key_id(key))))


def key_id(key: ec.EllipticCurvePrivateKey) -> bytes:
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return hashlib.sha1(point, usedforsecurity=False).digest()


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@lru_cache
def leaf_key() -> ec.EllipticCurvePrivateKey:
    """The key of every server certificate that is not about its key."""
    return new_key()


def public(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def rsa_public(modulus: int, exponent: int) -> bytes:
    """An RSA key of any size, which nobody needs to have the other half of."""
    numbers = sequence(integer(modulus), integer(exponent))
    return sequence(sequence(oid(_RSA), tlv(0x05)), bits(numbers))


class RsaKey(NamedTuple):
    """An RSA key of numbers, so that its exponents may be as long as they like."""

    modulus: int
    public: int
    private: int

    def sign(self, data: bytes) -> bytes:
        """RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 8.2)."""
        size = (self.modulus.bit_length() + 7) // 8
        digest = sequence(sequence(oid(_SHA256), tlv(0x05)), tlv(0x04, hashlib.sha256(data).digest()))
        padded = b"\0\1" + b"\xff" * (size - len(digest) - 3) + b"\0" + digest
        return pow(int.from_bytes(padded, "big"), self.private, self.modulus).to_bytes(size, "big")


class Issuer(NamedTuple):
    """Who signs, and with which key."""

    name: bytes
    key: ec.EllipticCurvePrivateKey | RsaKey


def signed(
    issuer: Issuer,
    subject: bytes,
    extensions: Sequence[bytes] = (),
    *,
    key: bytes | None = None,
    serial: int = 4711,
    begin: datetime.datetime | bytes = NOW - DAY,
    end: datetime.datetime | bytes = NOW + 60 * DAY,
) -> bytes:
    """A certificate in DER. ``key`` is its public key, that of ``leaf_key`` unless given."""
    by_rsa = isinstance(issuer.key, RsaKey)
    algorithm = sequence(oid(_RSA_SHA256), tlv(0x05)) if by_rsa else sequence(oid(_ECDSA_SHA256))
    to_sign = sequence(
        tlv(0xA0, integer(2)),
        integer(serial),
        algorithm,
        issuer.name,
        sequence(moment(begin), moment(end)),
        subject,
        key or public(leaf_key()),
        tlv(0xA3, sequence(*extensions)) if extensions else b"",
    )
    if isinstance(issuer.key, RsaKey):
        signature = issuer.key.sign(to_sign)
    else:
        signature = issuer.key.sign(to_sign, ec.ECDSA(hashes.SHA256()))
    return sequence(to_sign, algorithm, bits(signature))
