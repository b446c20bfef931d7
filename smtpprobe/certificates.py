"""What a certificate says of itself: the names that it covers, and whether its key may be looked at. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa

EXPONENT_BITS = 32
#: How much is kept of a name in it.
NAME_KEPT = 255


def names(leaf: x509.Certificate) -> tuple[str, ...]:
    """The names and addresses of subjectAltName, in order. Raises ValueError where the extension cannot be read."""
    try:
        alternative = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    return tuple([str(one.value) for one in alternative if isinstance(one, x509.DNSName | x509.IPAddress)])


def matches(pattern: str, name: str) -> bool:
    """Does a certificate's name cover a host name? A wildcard stands for the whole left-most label (RFC 9525 6.3)."""
    pattern, name = pattern.lower().rstrip("."), name.lower().rstrip(".")
    if pattern.startswith("*."):
        return name.partition(".")[2] == pattern[2:] and "." in pattern[2:]
    return pattern == name


def mismatch(names: Sequence[str], name: str) -> str:
    """Which names a certificate is for, where it does not cover ``name``; "" where it does."""
    if any(matches(pattern, name) for pattern in names):
        return ""
    shown = ", ".join([one[:NAME_KEPT] for one in names[:3]]) or "no name at all"
    return f"it is for {shown}, not for {name}"


def costly(certificate: x509.Certificate) -> bool:
    """Is this a key that a chain may be full of so that looking at it takes long? Honest exponents have 17 bits."""
    try:
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):
        return False
    return isinstance(key, rsa.RSAPublicKey) and key.public_numbers().e.bit_length() > EXPONENT_BITS
