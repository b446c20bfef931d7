"""What of a TLS handshake becomes a number or a word of a closed list. No text of a certificate leaves here."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Iterable
from functools import lru_cache

from cryptography import x509

from smtpprobe.model import TlsFacts

#: The versions as OpenSSL names them, and as blackbox_exporter does.
VERSIONS = {"TLSv1": "TLS 1.0", "TLSv1.1": "TLS 1.1", "TLSv1.2": "TLS 1.2", "TLSv1.3": "TLS 1.3"}
UNKNOWN = "unknown"


def version(facts: TlsFacts) -> str:
    """The version that was agreed on."""
    return VERSIONS.get(facts.version, UNKNOWN)


def own_expiry(all_facts: Iterable[TlsFacts]) -> float | None:
    """The earliest last moment of the servers' own certificates, in Unix time; None where none can be read."""
    return min((end for facts in all_facts if (end := _stated(facts)) is not None), default=None)


def earliest_expiry(all_facts: Iterable[TlsFacts]) -> float | None:
    """The same of all certificates that the servers sent."""
    ends = [end for facts in all_facts for end in (*_ends(facts.chain), _stated(facts)) if end is not None]
    return min(ends, default=None)


def _stated(facts: TlsFacts) -> float | None:
    if facts.certificate is None or not facts.certificate.not_after:
        return None
    return datetime.datetime.fromisoformat(facts.certificate.not_after).timestamp()


@lru_cache(maxsize=64)
def _ends(chain: tuple[bytes, ...]) -> tuple[float | None, ...]:
    with warnings.catch_warnings():
        # cryptography warns of what later versions will refuse; nobody here can change the certificate.
        warnings.simplefilter("ignore")
        return tuple([_end(der) for der in chain])


def _end(der: bytes) -> float | None:
    try:
        return x509.load_der_x509_certificate(der).not_valid_after_utc.timestamp()
    except Exception:  # The parser's exceptions have no base of their own, and the bytes may be anything.
        return None
