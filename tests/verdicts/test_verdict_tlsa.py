"""TLSA records: read whatever they hold, and computed as OpenSSL would."""

from __future__ import annotations

import hashlib

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from dane_material import DAY, NOW, material, spki, tlsa
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.verdicts.tlsa import Tlsa, associated, covers, parse_tlsa, record_for, strongest

LEAF = material().leaf


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    read = parse_tlsa(text)
    assert read.unusable or read.data


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300), st.binary(max_size=80), st.integers(1, 40))
def test_numbers_and_data_come_back(usage: int, selector: int, matching: int, data: bytes, cut: int) -> None:
    """Whatever blanks a resolver puts into the data."""
    digits = data.hex()
    blanks = " ".join(digits[at : at + cut] for at in range(0, len(digits), cut))
    read = parse_tlsa(f"{usage} {selector} {matching} {blanks}")
    assert (read.usage, read.selector, read.matching, read.data) == (
        (usage, selector, matching, data) if data else (-1, -1, -1, b"")
    )
    usable = usage in (2, 3) and selector in (0, 1) and (matching, len(data)) in ((1, 32), (2, 64))
    assert matching == 0 or (read.unusable == "") is usable


@given(st.binary(max_size=200))
def test_any_bytes_may_pose_as_a_certificate(data: bytes) -> None:
    for selector in (0, 1):
        covers(Tlsa("", 3, selector, 1, bytes(32)), data)
    with pytest.raises(ValueError, match=r"cut off|no public key"):
        associated(data, 1, 1)


@given(st.integers(0, len(LEAF) - 1), st.integers(0, 255))
def test_a_certificate_with_one_octet_changed(at: int, octet: int) -> None:
    covers(Tlsa("", 3, 1, 1, bytes(32)), LEAF[:at] + bytes([octet]) + LEAF[at + 1 :])


@pytest.mark.parametrize("kind", ["ec", "rsa", "ed25519"])
def test_the_key_is_found_in_every_kind_of_certificate(kind: str) -> None:
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey
    if kind == "ec":
        key = ec.generate_private_key(ec.SECP384R1())
    elif kind == "rsa":
        key = rsa.generate_private_key(65_537, 2048)
    else:
        key = ed25519.Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")])
    builder = x509.CertificateBuilder(issuer_name=name, subject_name=name).public_key(key.public_key())
    builder = builder.serial_number(5).not_valid_before(NOW - DAY).not_valid_after(NOW)
    digest = None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    made = builder.sign(key, digest).public_bytes(Encoding.DER)
    assert associated(made, 1, 0) == spki(made)
    assert record_for("_465._tcp.mx.example", made) == f"_465._tcp.mx.example. IN TLSA {tlsa(3, 1, 1, made)}"


def test_data_without_a_digest() -> None:
    assert associated(LEAF, 0, 0) == LEAF
    assert associated(LEAF, 0, 2) == hashlib.sha512(LEAF).digest()
    assert parse_tlsa(tlsa(3, 0, 0, LEAF)).unusable == ""
    assert parse_tlsa(tlsa(3, 1, 0, LEAF)).unusable == ""
    assert parse_tlsa(tlsa(3, 0, 0, LEAF) + "00").unusable == "its data is no certificate"
    assert parse_tlsa(tlsa(3, 1, 0, LEAF) + "00").unusable == "its data is no public key"


def test_the_strongest_of_each_kind() -> None:
    kinds = [(3, 1, 1), (3, 1, 2), (3, 1, 0), (3, 0, 1), (2, 1, 1)]
    kept = strongest([Tlsa("", *kind) for kind in kinds])
    assert [(one.usage, one.selector, one.matching) for one in kept] == [(3, 1, 2), (3, 1, 0), (3, 0, 1), (2, 1, 1)]
