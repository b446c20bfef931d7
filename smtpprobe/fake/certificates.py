"""Certificates for the fake server, made when first needed and kept in memory. None is ever written to stay."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Kind = Literal["good", "expired", "other-name", "self-signed"]


@cache
def _authority() -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    return key, _build("smtpprobe fake authority", key, now - timedelta(days=90), now + timedelta(days=90), None)


def _build(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    since: datetime,
    until: datetime,
    issuer: tuple[ec.EllipticCurvePrivateKey, x509.Certificate] | None,
    also: tuple[str, ...] = (),
) -> x509.Certificate:
    """A certificate for this name, and for others; without an issuer it signs itself and may sign others."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    signer, issued_by = (issuer[0], issuer[1].subject) if issuer else (key, subject)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issued_by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    if issuer is None:
        # RFC 5280 4.2.1.3: an authority says what its key is for. Python 3.13 insists (VERIFY_X509_STRICT).
        usage = x509.KeyUsage(True, False, False, False, False, True, True, False, False)
        builder = builder.add_extension(usage, critical=True)
    if " " not in name:
        names = [x509.DNSName(name), *map(_general_name, also)]
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(signer, hashes.SHA256())


def _general_name(text: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(text))
    except ValueError:
        return x509.DNSName(text)


@cache
def server_context(hostname: str, kind: Kind = "good", also: tuple[str, ...] = ()) -> ssl.SSLContext:
    """The server side of TLS for this host name, with a certificate of this kind.

    ``also`` are further names and addresses that it is good for.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = f"other.{hostname}" if kind == "other-name" else hostname
    now = datetime.now(UTC)
    until = now - timedelta(days=1) if kind == "expired" else now + timedelta(days=60)
    issuer = None if kind == "self-signed" else _authority()
    certificate = _build(name, key, now - timedelta(days=30), until, issuer, also)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    # The ssl module reads certificates from files only; this one is gone before the function returns.
    with TemporaryDirectory() as folder:
        path = Path(folder, "chain.pem")
        path.touch(mode=0o600)
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        context.load_cert_chain(path)
    return context


def authority_pem() -> str:
    """The certificate of the authority that signs the good ones, for a client that shall trust them."""
    return _authority()[1].public_bytes(serialization.Encoding.PEM).decode()


def client_context() -> ssl.SSLContext:
    """A client's context that trusts this process's fake servers and nobody else."""
    return ssl.create_default_context(cadata=authority_pem())
