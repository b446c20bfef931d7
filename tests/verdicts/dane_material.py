"""Certificates and answers for the tests of DANE, made anew for every run."""

from __future__ import annotations

import datetime
import hashlib
from typing import NamedTuple

import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from smtpprobe.journey import Answer
from smtpprobe.model import Failure, TlsFacts
from smtpprobe.outcome import FailureKind, Stage
from smtpprobe.verdicts.encounter import Encounter

NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)
HOST, DOMAIN = "mx1.example.net", "example.net"


def der(pem: trustme.Blob) -> bytes:
    return x509.load_pem_x509_certificate(pem.bytes()).public_bytes(Encoding.DER)


def spki(certificate: bytes) -> bytes:
    key = x509.load_der_x509_certificate(certificate).public_key()
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


class Material(NamedTuple):
    """A server's certificate, the authority in between, and the one at the top; all in DER."""

    leaf: bytes
    below: bytes
    top: bytes

    @property
    def chain(self) -> tuple[bytes, ...]:
        """As a server should send it under usage 2: the anchor included."""
        return self.leaf, self.below, self.top


def material(*names: str, begin: datetime.datetime = NOW - DAY, days: int = 30) -> Material:
    top = trustme.CA()
    below = top.create_child_ca()
    cert = below.issue_cert(*(names or (HOST,)), not_before=begin, not_after=begin + days * DAY)
    return Material(der(cert.cert_chain_pems[0]), der(below.cert_pem), der(top.cert_pem))


def tlsa(usage: int, selector: int, matching: int, certificate: bytes) -> str:
    """The record by the book (RFC 6698 2.1), computed without the code under test."""
    chosen = spki(certificate) if selector else certificate
    data = (lambda one: one, lambda one: hashlib.sha256(one).digest(), lambda one: hashlib.sha512(one).digest())
    return f"{usage} {selector} {matching} {data[matching](chosen).hex()}"


def answer(*records: str, authentic: bool | None = True, kind: FailureKind | None = None, ttl: int = 300) -> Answer:
    failure = Failure(Stage.RESOLVE, kind, "") if kind else None
    return Answer(f"_25._tcp.{HOST}", "TLSA", records, failure, authentic, (), ttl)


def met(*chain: bytes, host: str = HOST) -> Encounter:
    return Encounter(host, "192.0.2.1", True, TlsFacts("TLSv1.3", "TLS_AES_256_GCM_SHA384", None, b"", chain))
