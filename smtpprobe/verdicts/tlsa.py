"""TLSA records: read, sorted into usable and not, and compared with certificates (RFC 6698, RFC 7671). Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from cryptography import x509
from msgspec import Struct

#: How many records of one host are looked at, and how long one may be (characters in presentation form).
RECORDS_READ = 20
RECORD_READ = 16 * 1024

PKIX_TA, PKIX_EE, DANE_TA, DANE_EE = range(4)
FULL, SPKI = range(2)
EXACT, SHA256, SHA512 = range(3)

_DIGESTS = {SHA256: hashlib.sha256, SHA512: hashlib.sha512}
_SEQUENCE, _VERSION = 0x30, 0xA0
#: What stands before the key in a certificate (RFC 5280 4.1): serial, signature, issuer, validity, subject.
_BEFORE_KEY = 5


class Tlsa(Struct, frozen=True):
    """One record. ``unusable`` says why no mail server may go by it, "" where one may; numbers are -1 where unread."""

    text: str
    usage: int = -1
    selector: int = -1
    matching: int = -1
    data: bytes = b""
    unusable: str = ""

    @property
    def parameters(self) -> str:
        """The three numbers, by which people name a record."""
        return f"{self.usage} {self.selector} {self.matching}"


def parse_tlsa(record: str) -> Tlsa:
    """A record in presentation form, ``3 1 1 9F86D0…``; never raises. Blanks within the data do not count."""
    words = record[:RECORD_READ].split()
    text = " ".join(words)[:RECORD_READ]
    if len(record) > RECORD_READ:
        return Tlsa(text, unusable="it is longer than any certificate")
    numbers = [int(word) for word in words[:3] if word.isascii() and word.isdigit() and len(word) <= 3]
    try:
        data = bytes.fromhex("".join(words[3:]))
    except ValueError:
        data = b""
    if len(numbers) != 3 or not data:
        return Tlsa(text, unusable="it is not of the form usage, selector, matching type, data")
    usage, selector, matching = numbers
    return Tlsa(text, usage, selector, matching, data, _unusable(usage, selector, matching, data))


def _unusable(usage: int, selector: int, matching: int, data: bytes) -> str:
    if usage in (PKIX_TA, PKIX_EE):
        return f"usage {usage} is not for mail servers (RFC 7672 3.1.3)"
    if usage > DANE_EE:
        return f"no usage {usage} is known"
    if selector > SPKI:
        return f"no selector {selector} is known"
    if matching in _DIGESTS:
        size = _DIGESTS[matching]().digest_size
        return "" if len(data) == size else f"a digest of type {matching} has {size} octets, this one {len(data)}"
    if matching != EXACT:
        return f"no matching type {matching} is known"
    try:
        if selector == FULL:
            x509.load_der_x509_certificate(data)
        elif next(_elements(data))[1] != data:
            return "its data is no public key"
    except (ValueError, StopIteration):
        return "its data is no certificate" if selector == FULL else "its data is no public key"
    return ""


def strongest(records: Sequence[Tlsa]) -> tuple[Tlsa, ...]:
    """The records that count where digests of several strengths are published.

    Of one usage and selector a client takes the strongest digest alone, and whole data beside it (RFC 7671 9).
    """
    best = {(one.usage, one.selector): 0 for one in records}
    for one in records:
        best[one.usage, one.selector] = max(best[one.usage, one.selector], one.matching)
    return tuple([one for one in records if one.matching in (EXACT, best[one.usage, one.selector])])


def associated(certificate: bytes, selector: int, matching: int) -> bytes:
    """What a record for this certificate (DER) holds (RFC 6698 2.1). Raises ValueError for what is no certificate."""
    chosen = certificate if selector == FULL else _public_key(certificate)
    return chosen if matching == EXACT else _DIGESTS[matching](chosen).digest()


def covers(record: Tlsa, certificate: bytes) -> bool:
    """Does a usable record name this certificate (DER)?"""
    try:
        return associated(certificate, record.selector, record.matching) == record.data
    except ValueError:
        return False


def record_for(owner: str, certificate: bytes) -> str:
    """The record to publish for the key of this certificate, as it stands in a zone file: 3 1 1 (RFC 7672 3.1.1).

    ``owner`` is its name, without the final dot. Raises ValueError for what is no certificate.
    """
    return f"{owner}. IN TLSA 3 1 1 {associated(certificate, SPKI, SHA256).hex()}"


def _public_key(certificate: bytes) -> bytes:
    """SubjectPublicKeyInfo as it stands there: written anew it might differ, and some keys we could not even read."""
    _, whole, start = next(_elements(certificate))
    _, signed, inner = next(_elements(whole[start:]))
    fields = [field for tag, field, _ in _elements(signed[inner:]) if tag != _VERSION]
    if len(fields) <= _BEFORE_KEY or fields[_BEFORE_KEY][0] != _SEQUENCE:
        raise ValueError("no public key in it")
    return fields[_BEFORE_KEY]


def _elements(der: bytes) -> Iterator[tuple[int, bytes, int]]:
    """The elements that stand side by side: tag, the whole element, where its contents begin in it.

    Raises ValueError where one is cut off, or where there is none.
    """
    at = 0
    while True:
        if len(der) < at + 2:
            raise ValueError("cut off")
        length, start = der[at + 1], at + 2
        if length & 0x80:
            octets = length & 0x7F
            length, start = int.from_bytes(der[start : start + octets], "big"), start + octets
        end = start + length
        if end > len(der):
            raise ValueError("cut off")
        yield der[at], der[at:end], start - at
        at = end
        if at == len(der):
            return
