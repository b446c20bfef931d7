"""Values full of hostile strings: reports, certificates, diagnoses and pages as the renderers get them."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from strings import octets

from smtpprobe.diagnosis import Diagnosis, Digest
from smtpprobe.explain import explain_text
from smtpprobe.explain.tally import Tally
from smtpprobe.model import Report, TlsFacts
from smtpprobe.wire import tls

sys.path.append(str(Path(__file__).parents[1] / "render"))
import exim_report
import failed_reports

Value = TypeVar("Value")

_DATES = frozenset({"started", "not_before", "not_after"})
_DIALOGUE = """220 mx.example.org ESMTP Postfix
EHLO client.example.org
250-mx.example.org
250 AUTH PLAIN
MAIL FROM:<a@example.org> SIZE=1
550 5.7.1 Relay access denied
"""


def poisoned(value: Value, strings: Sequence[str], kept: frozenset[str] = _DATES) -> Value:
    """The same value with every text in it replaced, by one string after the other; words of closed lists stay."""
    result = _poison(value, cycle(strings), kept)
    assert isinstance(result, type(value))
    return result


def _poison(value: Any, strings: Iterator[str], kept: frozenset[str]) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return next(strings)
    if isinstance(value, bytes):
        return octets(next(strings)) + b"\xff\xfe\x80"
    if isinstance(value, tuple):
        return tuple([_poison(item, strings, kept) for item in value])
    if isinstance(value, msgspec.Struct):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        return type(value)(**{n: v if n in kept else _poison(v, strings, kept) for n, v in fields.items()})
    return value


def reports(strings: Sequence[str]) -> list[Report]:
    """A run that went well, one that got no connection and one that broke off."""
    whole = exim_report.report(), failed_reports.unreachable(), failed_reports.broken_off()
    return [poisoned(report, strings) for report in whole]


@cache
def _key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _name(strings: Iterator[str]) -> x509.Name:
    attributes = NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME, NameOID.LOCALITY_NAME, NameOID.EMAIL_ADDRESS
    texts = (next(strings).encode("utf-8", "replace")[:60].decode("utf-8", "ignore") or "-" for _ in attributes)
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in zip(attributes, texts, strict=True)])


def certified(strings: Sequence[str]) -> list[Report]:
    """Reports on certificates that were really made with these names, and on octets that are none."""
    given = cycle(strings)
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName(text.encode("ascii", "ignore").decode()[:200] or "-") for text in strings]
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(given))
        .issuer_name(_name(given))
        .public_key(_key().public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
    )
    whole = builder.sign(_key(), hashes.SHA256()).public_bytes(Encoding.DER)
    broken = octets("".join(strings))[:4_000], whole[:-20], whole.replace(b"\x0c", b"\x13")
    report = exim_report.report()
    assert report.transcript.tls is not None
    made = []
    for der in (whole, *broken):
        facts = TlsFacts("TLSv1.3", "TLS_AES_256_GCM_SHA384", tls.judge((der,), "mx.example.org", None))
        connections = tuple([msgspec.structs.replace(c, tls=facts) for c in report.transcript.connections])
        run = msgspec.structs.replace(report.transcript, tls=facts, connections=connections)
        made.append(msgspec.structs.replace(report, transcript=run))
    return made


@cache
def _diagnoses() -> tuple[Diagnosis, ...]:
    bounce = "From: MAILER-DAEMON@mx.example.org\nSubject: x\n\n<b@example.net>: host mx said: 550 5.1.1 no such user\n"
    return (*explain_text(_DIALOGUE), *explain_text("550 5.7.26 This mail is unauthenticated"), *explain_text(bounce))


def diagnoses(strings: Sequence[str]) -> list[Diagnosis]:
    """What became of a dialogue, a reply and a bounce."""
    given = cycle(strings)
    return [_poison(one, given, frozenset({"source"})) for one in _diagnoses()]


def digest(strings: Sequence[str]) -> Digest:
    """Many events, counted."""
    tally = Tally()
    for one in diagnoses(strings) * 5:
        tally.add(one)
    return poisoned(tally.digest(100, 3), strings, frozenset({"source"}))
