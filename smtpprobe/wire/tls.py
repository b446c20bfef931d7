"""TLS: contexts that connect to whatever is there, and what a certificate is worth to a client that checks it."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
import time
import warnings
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from cryptography import x509
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509 import verification

from smtpprobe import certificates
from smtpprobe.certificates import NAME_KEPT
from smtpprobe.model import Certificate, TlsFacts
from smtpprobe.outcome import CertificateFault

C = TypeVar("C", bound=ssl.SSLContext)

NAMES_KEPT = 100
CHAIN_KEPT = 10


class ResumingContext(ssl.SSLContext):
    """A context whose handshakes offer to go on with ``offered``, a session of an earlier one of the same context."""

    offered: ssl.SSLSession | None = None

    def wrap_bio(
        self,
        incoming: ssl.MemoryBIO,
        outgoing: ssl.MemoryBIO,
        server_side: bool = False,
        server_hostname: str | bytes | None = None,
        session: ssl.SSLSession | None = None,
    ) -> ssl.SSLObject:
        return super().wrap_bio(incoming, outgoing, server_side, server_hostname, session or self.offered)


@lru_cache(maxsize=16)
def context(
    certificate: str | None = None, key: str | None = None, version: ssl.TLSVersion | None = None
) -> ssl.SSLContext:
    """What ``build`` makes, shared: building one costs milliseconds."""
    return build(ssl.SSLContext, certificate, key, version)


def build(
    kind: type[C], certificate: str | None = None, key: str | None = None, version: ssl.TLSVersion | None = None
) -> C:
    """A context that accepts every certificate and version, so that a bad one can be reported rather than met.

    With ``version`` it offers that one alone, and raises ValueError where OpenSSL has it no more. The certificate is
    judged by ``facts``; no secret may go over such a connection unless it found no fault. Raises OSError or
    ssl.SSLError where the client certificate cannot be used.
    """
    made = kind(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    with warnings.catch_warnings():
        # TLS 1.0 is deprecated in Python for good reason; a server that has nothing else should be found out.
        warnings.simplefilter("ignore", DeprecationWarning)
        made.minimum_version = version or ssl.TLSVersion.TLSv1
        if version is not None:
            made.maximum_version = version
    # A group of finite-field Diffie-Hellman is as long as the server likes: 10,000 bits hold the loop for a second.
    made.set_ciphers("DEFAULT:!kDHE:@SECLEVEL=0")
    # A second handshake inside the first could bring another certificate than the one that was judged.
    made.options |= ssl.OP_NO_RENEGOTIATION
    if certificate is not None:
        # Without a password OpenSSL would ask the terminal for that of an encrypted key, and wait.
        made.load_cert_chain(certificate, key, password="")
    return made


def server_name(sni: str | None) -> str:
    """The name for the handshake; empty (no SNI) where TLS cannot carry it, which a name out of the DNS may bring."""
    name = (sni or "").rstrip(".")
    try:
        fits = not name.startswith(".") and name.isprintable() and bool(name.encode("idna"))
    except UnicodeError:
        return ""
    return name if fits else ""


@lru_cache(maxsize=4)
def roots(ca_file: str | None = None) -> verification.Store | None:
    """The trusted authorities: those of ``ca_file``, else the system's. None where there are none to be found."""
    paths = ssl.get_default_verify_paths()
    names = [ca_file] if ca_file else [paths.cafile, paths.openssl_cafile, "/etc/ssl/certs/ca-certificates.crt"]
    for name in names:
        if name and Path(name).is_file():
            with warnings.catch_warnings():
                # Some old authorities have serial numbers that RFC 5280 forbids; they are trusted all the same.
                warnings.simplefilter("ignore", CryptographyDeprecationWarning)
                return verification.Store(x509.load_pem_x509_certificates(Path(name).read_bytes()))
    return None


def facts(tls: ssl.SSLObject, name: str | None, ca_file: str | None, injected: bytes = b"") -> TlsFacts:
    """What was agreed on, and the certificate judged for ``name`` (None: no name to hold it against)."""
    cipher = tls.cipher()
    chain = tuple(_chain(tls))
    certificate = judge(chain, name, ca_file) if chain else None
    return TlsFacts(tls.version() or "unknown", cipher[0] if cipher else "unknown", certificate, injected, chain)


def _chain(tls: ssl.SSLObject) -> Sequence[bytes]:
    if hasattr(tls, "get_unverified_chain"):  # Python 3.13
        chain: Sequence[bytes] = tls.get_unverified_chain()
        return chain[:CHAIN_KEPT]
    # Before 3.13 the same method stands only on the object inside; its DER format has the number 2.
    inner: Any = getattr(tls, "_sslobj", None)
    if hasattr(inner, "get_unverified_chain"):
        return [one.public_bytes(2) for one in (inner.get_unverified_chain() or [])[:CHAIN_KEPT]]
    leaf = tls.getpeercert(binary_form=True)
    return [leaf] if leaf else []


def judge(chain: tuple[bytes, ...], name: str | None, ca_file: str | None) -> Certificate:
    """The facts of a chain (DER, leaf first) and the first fault that a checking client would meet.

    The connections of a run share one judgement; a process that lives long makes a new one every minute.
    """
    return _judge(chain, name, ca_file, int(time.time() // 60))


@lru_cache(maxsize=64)
def _judge(chain: tuple[bytes, ...], name: str | None, ca_file: str | None, minute: int) -> Certificate:
    now = datetime.datetime.now(datetime.UTC)
    with warnings.catch_warnings():
        # cryptography warns of what later versions will refuse; nobody here can change the certificate.
        warnings.simplefilter("ignore")
        try:
            return _read(chain, name, ca_file, now)
        except Exception as error:  # The parser's exceptions have no base of their own, and the bytes may be anything.
            return Certificate("", "", (), "", "", 0, CertificateFault.UNREADABLE, str(error)[:200])


def _read(chain: tuple[bytes, ...], name: str | None, ca_file: str | None, now: datetime.datetime) -> Certificate:
    loaded = [x509.load_der_x509_certificate(der) for der in chain]
    leaf = loaded[0]
    names = certificates.names(leaf)
    begin, end = leaf.not_valid_before_utc, leaf.not_valid_after_utc
    fault, detail = _fault(loaded, names, name, ca_file, now)
    return Certificate(
        _named(leaf.subject),
        _named(leaf.issuer),
        tuple([one[:NAME_KEPT] for one in names[:NAMES_KEPT]]),
        _rfc3339(begin),
        _rfc3339(end),
        (end - now).days,
        fault,
        detail,
    )


def _named(name: x509.Name) -> str:
    return name.rfc4514_string()[:NAME_KEPT]


def _fault(
    chain: list[x509.Certificate], names: tuple[str, ...], name: str | None, ca_file: str | None, now: datetime.datetime
) -> tuple[CertificateFault | None, str]:
    leaf = chain[0]
    if leaf.not_valid_after_utc < now:
        return CertificateFault.EXPIRED, f"expired on {leaf.not_valid_after_utc:%d %b %Y}"
    if leaf.not_valid_before_utc > now:
        return CertificateFault.NOT_YET_VALID, f"valid from {leaf.not_valid_before_utc:%d %b %Y}"
    untrusted = _untrusted(chain, names, ca_file, now)
    if untrusted and leaf.issuer == leaf.subject:
        return CertificateFault.SELF_SIGNED, "it is signed by its own key, so nothing vouches for it"
    if untrusted:
        return CertificateFault.UNTRUSTED, untrusted
    if name is not None and (wrong := certificates.mismatch(names, name)):
        return CertificateFault.NAME, wrong
    return None, ""


def _untrusted(
    chain: list[x509.Certificate], names: tuple[str, ...], ca_file: str | None, now: datetime.datetime
) -> str | None:
    """Why no chain leads to a trusted authority; None where one does."""
    store = roots(ca_file)
    if store is None:
        return "this machine has no list of trusted authorities (give one with --ca-file)"
    subject = _subject(names)
    if subject is None:
        return "it names no host (no subjectAltName)"
    if any(certificates.costly(one) for one in chain):
        bits = certificates.EXPONENT_BITS
        return f"an RSA key in its chain has an exponent of more than {bits} bits, which no client should check"
    builder = verification.PolicyBuilder().store(store).time(now)
    # Mail clients ask less of a leaf than browsers do: any extensions, but a name.
    leaf = verification.ExtensionPolicy.permit_all().require_present(
        x509.SubjectAlternativeName, verification.Criticality.AGNOSTIC, None
    )
    builder = builder.extension_policies(ca_policy=verification.ExtensionPolicy.webpki_defaults_ca(), ee_policy=leaf)
    try:
        builder.build_server_verifier(subject).verify(chain[0], chain[1:])
    except (verification.VerificationError, ValueError) as error:
        return f"it was issued by {_named(chain[0].issuer)}{_objection(error)}"
    return None


def _objection(error: Exception) -> str:
    """What is wrong where more is wrong than that nobody trusts the issuer."""
    said = str(error).partition(" (encountered")[0].removeprefix("validation failed: ")
    said = said.removeprefix("candidates exhausted: ")
    return "" if said.startswith("all candidates exhausted") else f", but: {said[:NAME_KEPT]}"


def _subject(names: tuple[str, ...]) -> x509.DNSName | x509.IPAddress | None:
    for name in names:
        try:
            return x509.IPAddress(ipaddress.ip_address(name))
        except ValueError:
            pass
        try:
            return x509.DNSName("host" + name[1:] if name.startswith("*.") else name)
        except ValueError:
            continue
    return None


def _rfc3339(moment: datetime.datetime) -> str:
    # strftime would not pad the year of a certificate that is valid from the year 1.
    return f"{moment.replace(tzinfo=None).isoformat(timespec='seconds')}Z"
