"""What a certificate is worth: every fault by name, and no certificate too strange to be judged."""

from __future__ import annotations

import datetime
import ipaddress
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st
from loops import Authority

from smtpprobe.certificates import NAME_KEPT, matches
from smtpprobe.model import Certificate
from smtpprobe.outcome import CertificateFault
from smtpprobe.wire.tls import NAMES_KEPT, judge, server_name

NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)
KEY = ec.generate_private_key(ec.SECP256R1())


def der(pem: trustme.Blob) -> bytes:
    return x509.load_pem_x509_certificate(pem.bytes()).public_bytes(Encoding.DER)


def leaf(ca: trustme.CA, *names: str, begin: datetime.datetime = NOW - DAY, days: int = 30) -> bytes:
    cert = ca.issue_cert(*names, not_before=begin, not_after=begin + days * DAY)
    return der(cert.cert_chain_pems[0])


def made(*names: x509.GeneralName, subject: str = "mx.example", ca: trustme.CA | None = None) -> bytes:
    """A certificate of these very names; signed by its own key where no authority is given."""
    own = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    issuer, key = own, KEY
    if ca is not None:
        issuer = x509.load_pem_x509_certificate(ca.cert_pem.bytes()).subject
        loaded = load_pem_private_key(ca.private_key_pem.bytes(), None)
        assert isinstance(loaded, ec.EllipticCurvePrivateKey)
        key = loaded
    builder = x509.CertificateBuilder().subject_name(own).issuer_name(issuer).public_key(KEY.public_key())
    builder = builder.serial_number(1000).not_valid_before(NOW - DAY).not_valid_after(NOW + 30 * DAY)
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def judged(authority: Authority, one: bytes, name: str | None = "mx.example") -> Certificate:
    return judge((one,), name, authority.ca_file)


def test_a_good_one(authority: Authority) -> None:
    verdict = judged(authority, leaf(authority.ca, "mx.example", "mx2.example"))
    assert (verdict.fault, verdict.detail, verdict.trusted) == (None, "", True)
    assert verdict.names == ("mx.example", "mx2.example")
    assert verdict.days_left == 28
    assert verdict.not_before == (NOW - DAY).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_one_behind_an_intermediate(authority: Authority) -> None:
    below = authority.ca.create_child_ca()
    cert = below.issue_cert("mx.example")
    chain = tuple([der(pem) for pem in cert.cert_chain_pems])
    assert judge(chain, "mx.example", authority.ca_file).fault is None
    assert judge(chain[:1], "mx.example", authority.ca_file).fault is CertificateFault.UNTRUSTED


@pytest.mark.parametrize(
    ("begin", "fault"),
    [(NOW - 40 * DAY, CertificateFault.EXPIRED), (NOW + 2 * DAY, CertificateFault.NOT_YET_VALID)],
)
def test_one_out_of_its_time(authority: Authority, begin: datetime.datetime, fault: CertificateFault) -> None:
    verdict = judged(authority, leaf(authority.ca, "mx.example", begin=begin))
    assert verdict.fault is fault
    day = begin + 30 * DAY if fault is CertificateFault.EXPIRED else begin
    assert f"{day:%d %b %Y}" in verdict.detail


def test_one_of_an_authority_that_nobody_trusts(authority: Authority) -> None:
    verdict = judged(authority, leaf(trustme.CA(organization_name="Nobody & Sons"), "mx.example"))
    assert verdict.fault is CertificateFault.UNTRUSTED
    assert "Nobody & Sons" in verdict.detail


def test_an_objection_beside_the_issuer_is_told(authority: Authority) -> None:
    impostor = trustme.CA()
    one = made(x509.DNSName("mx.example"), ca=impostor)
    assert ", but: " not in judged(authority, one).detail
    nameless = made(x509.DNSName("a\0b"), ca=authority.ca)
    assert judged(authority, nameless).detail.endswith(", but: invalid domain name")


def test_one_signed_by_its_own_key(authority: Authority) -> None:
    assert judged(authority, made(x509.DNSName("mx.example"))).fault is CertificateFault.SELF_SIGNED


def test_no_list_of_authorities_is_said_to_be_empty(authority: Authority, tmp_path: Path) -> None:
    verdict = judge((leaf(authority.ca, "mx.example"),), "mx.example", str(tmp_path / "absent.pem"))
    assert verdict.fault is CertificateFault.UNTRUSTED
    assert "--ca-file" in verdict.detail


@pytest.mark.parametrize(
    ("has", "name", "fits"),
    [
        ("mx.example.org", "mx.example.org", True),
        ("mx.example.org", "MX.Example.ORG.", True),
        ("*.example.org", "mx.example.org", True),
        ("*.example.org", "example.org", False),
        ("*.example.org", "a.mx.example.org", False),
        ("mx.example.org", "mx.example.org.evil.test", False),
        ("xmx.example.org", "mx.example.org", False),
    ],
)
def test_the_name_must_fit(authority: Authority, has: str, name: str, fits: bool) -> None:
    verdict = judged(authority, leaf(authority.ca, has), name)
    assert verdict.fault is (None if fits else CertificateFault.NAME)
    assert fits or (has in verdict.detail and name in verdict.detail)


@pytest.mark.parametrize("pattern", ["*.org", "*", "m*.example.org", "mx.*.org", "*.*.org", "**.example.org", ""])
def test_no_other_wildcard_stands_for_anything(pattern: str) -> None:
    assert not matches(pattern, "mx.example.org")
    assert not matches(pattern, "example.org")


def test_a_name_with_a_nul_is_not_the_name_before_it(authority: Authority) -> None:
    one = made(x509.DNSName("mx.example\0.evil.test"), x509.DNSName("evil.test"), ca=authority.ca)
    verdict = judged(authority, one)
    assert not verdict.trusted
    assert judged(authority, one, "evil.test").fault is not CertificateFault.NAME


@pytest.mark.parametrize(("name", "fits"), [("192.0.2.1", True), ("192.0.2.2", False), ("2001:db8::1", True)])
def test_an_address_is_a_name(authority: Authority, name: str, fits: bool) -> None:
    addresses = [x509.IPAddress(ipaddress.ip_address(one)) for one in ("192.0.2.1", "2001:db8::1")]
    verdict = judged(authority, made(*addresses, ca=authority.ca), name)
    assert verdict.fault is (None if fits else CertificateFault.NAME)


def test_an_address_written_as_a_host_name_is_compared_as_text(authority: Authority) -> None:
    assert judged(authority, leaf(authority.ca, "mx.example"), None).fault is None


def test_one_without_any_name_fits_no_host(authority: Authority) -> None:
    verdict = judged(authority, made(ca=authority.ca))
    assert not verdict.trusted
    assert "subjectAltName" in verdict.detail
    assert verdict.subject == "CN=mx.example"


def test_5000_names_are_read_and_100_kept(authority: Authority) -> None:
    names = [x509.DNSName(f"host{i}.example") for i in range(5000)]
    one = made(*names, ca=authority.ca)
    verdict = judged(authority, one, "host4999.example")
    assert verdict.fault is None
    assert len(verdict.names) == NAMES_KEPT


def test_names_without_end_are_cut(authority: Authority) -> None:
    long = ".".join(["a" * 60] * 400)
    verdict = judged(authority, made(x509.DNSName("mx.example"), x509.DNSName(long), ca=authority.ca), "other.example")
    assert max(map(len, verdict.names)) == NAME_KEPT
    assert len(verdict.detail) < 4 * NAME_KEPT


def test_a_certificate_with_the_same_extension_twice_is_judged(authority: Authority) -> None:
    one = made(x509.DNSName("mx.example"), x509.DNSName("mx.example"))
    # The second name's tag becomes that of a form that no parser knows.
    at = one.rindex(b"\x82\nmx.example")
    assert not judged(authority, one[:at] + b"\x8f" + one[at + 1 :]).trusted


@given(st.lists(st.binary(max_size=200), min_size=1, max_size=3))
def test_any_bytes_are_judged(chain: list[bytes]) -> None:
    assert judge(tuple(chain), "mx.example", None).fault is CertificateFault.UNREADABLE


GOOD = made(x509.DNSName("mx.example"), x509.IPAddress(ipaddress.ip_address("192.0.2.1")))


@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=4), st.booleans())
def test_any_damage_is_judged(at: int, damage: bytes, cut: bool) -> None:
    damaged = GOOD[:at] + damage + (b"" if cut else GOOD[at + len(damage) :])
    verdict = judge((damaged, GOOD), "mx.example", None)
    assert not verdict.trusted
    assert verdict.detail


@pytest.mark.parametrize(
    ("sni", "sent"),
    [
        ("mx.example", "mx.example"),
        ("mx.example.", "mx.example"),
        (None, ""),
        ("", ""),
        (".", ""),
        (".mx", ""),
        ("a..b", ""),
        ("x" * 64, ""),
        ("a\0b", ""),
    ],
)
def test_what_is_sent_as_the_name(sni: str | None, sent: str) -> None:
    assert server_name(sni) == sent
