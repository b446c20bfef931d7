"""DANE: every usage, selector and matching type, good and bad, and what the DNS decides before that."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Sequence

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from dane_material import DAY, DOMAIN, HOST, NOW, answer, material, met, tlsa
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpprobe.journey import Answer, Ruling
from smtpprobe.model import Failure
from smtpprobe.outcome import FailureKind, Stage, Standing, Who
from smtpprobe.verdicts.dane import judge_dane
from smtpprobe.verdicts.encounter import Encounter

GOOD, OTHER = material(), material()
EE = tlsa(3, 1, 1, GOOD.leaf)


def judged(
    encounter: Encounter,
    found: Answer,
    *,
    addresses: bool | None = True,
    mx: bool | None = True,
    now: datetime.datetime = NOW,
) -> Ruling:
    return judge_dane(DOMAIN, encounter, found, addresses_authentic=addresses, mx_authentic=mx, now=now)


def held(records: Sequence[str], chain: Sequence[bytes] = GOOD.chain) -> Ruling:
    return judged(met(*chain), answer(*records))


# -- the certificate ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("selector", "matching"), list(itertools.product((0, 1), (0, 1, 2))))
@pytest.mark.parametrize("usage", [2, 3])
def test_every_usable_kind_vouches_for_the_right_certificate_alone(usage: int, selector: int, matching: int) -> None:
    named = GOOD.top if usage == 2 else GOOD.leaf
    record = tlsa(usage, selector, matching, named)
    good = held([record])
    assert (good.standing, good.result, good.steps, good.who) == (Standing.PASS, "verified", (), Who.NOBODY)
    bad = held([record], OTHER.chain)
    assert (bad.standing, bad.who) == (Standing.FAIL, Who.SERVER)
    assert bad.result == "tlsa-invalid"


@pytest.mark.parametrize("usage", [0, 1])
def test_usages_0_and_1_are_not_for_mail_servers(usage: int) -> None:
    ruling = held([tlsa(usage, 1, 1, GOOD.leaf)])
    assert (ruling.standing, ruling.result, ruling.who) == (Standing.WARN, "unusable", Who.SERVER)
    assert "RFC 7672 3.1.3" in ruling.detail
    assert f"_25._tcp.{HOST}. IN TLSA {EE}" in ruling.steps[0]


@pytest.mark.parametrize(
    "record",
    ["", "3 1 1", "3 1 1 zz", "4 1 1 " + "0" * 64, "3 2 1 " + "0" * 64, "3 1 3 " + "0" * 64, "3 1 1 " + "0" * 62,
     "3 1 2 " + "0" * 64, "3 0 0 3003", "3 1 0 00ff", "-3 1 1 " + "0" * 64, "3 1 1 " + "0" * 40_000],
)  # fmt: skip
def test_records_that_nobody_can_use(record: str) -> None:
    assert held([record]).result == "unusable"
    assert held([record, EE]).result == "verified"


def test_usage_3_asks_for_no_name_and_no_date() -> None:
    old = material("elsewhere.example.org", begin=NOW - 60 * DAY)
    assert held([tlsa(3, 1, 1, old.leaf)], old.chain).result == "verified"


def test_usage_3_is_the_servers_own_certificate_and_usage_2_is_not() -> None:
    assert held([tlsa(3, 1, 1, GOOD.top)]).result == "tlsa-invalid"
    assert held([tlsa(2, 1, 1, GOOD.leaf)]).result == "tlsa-invalid"


@pytest.mark.parametrize("names", [(HOST,), (DOMAIN,), ("*.example.net",)])
def test_usage_2_takes_the_name_of_the_host_or_of_the_domain(names: tuple[str, ...]) -> None:
    chain = material(*names).chain
    assert held([tlsa(2, 1, 1, chain[2])], chain).result == "verified"
    assert held([tlsa(2, 0, 1, chain[1])], chain[:2]).result == "verified"


def test_usage_2_with_another_name() -> None:
    chain = material("mail.example.org").chain
    ruling = held([tlsa(2, 1, 1, chain[2])], chain)
    assert (ruling.standing, ruling.result) == (Standing.FAIL, "certificate-host-mismatch")
    assert "it is for mail.example.org, not for mx1.example.net or example.net" in ruling.detail
    assert ruling.steps[0].startswith(f"Have the certificate issued anew with {HOST} in its subjectAltName.")
    assert ruling.steps[0].endswith(f"_25._tcp.{HOST}. IN TLSA {tlsa(3, 1, 1, chain[0])}")


@pytest.mark.parametrize(
    ("begin", "result"), [(NOW - 40 * DAY, "certificate-expired"), (NOW + 2 * DAY, "certificate-not-trusted")]
)
def test_usage_2_out_of_its_time(begin: datetime.datetime, result: str) -> None:
    chain = material(begin=begin).chain
    ruling = held([tlsa(2, 1, 1, chain[2])], chain)
    assert (ruling.standing, ruling.result) == (Standing.FAIL, result)


def test_usage_2_without_the_anchor_in_the_chain() -> None:
    assert held([tlsa(2, 1, 1, GOOD.top)], GOOD.chain[:2]).result == "tlsa-invalid"
    whole = held([tlsa(2, 0, 0, GOOD.top)], GOOD.chain[:2])
    assert (whole.standing, whole.result) == (Standing.WARN, "verified")
    assert "RFC 7672 3.1.2" in whole.steps[0]
    assert "matches nothing" not in whole.detail


def test_usage_2_without_a_way_to_the_anchor() -> None:
    """The anchor is sent, and has nothing to do with the server's certificate."""
    ruling = held([tlsa(2, 1, 1, OTHER.top)], (GOOD.leaf, GOOD.below, OTHER.top))
    assert (ruling.standing, ruling.result) == (Standing.FAIL, "certificate-not-trusted")


def test_an_ordinary_certificate_is_no_anchor_of_others() -> None:
    """Whoever holds a certificate of the authority could otherwise issue one for this host."""
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mallory")])
    own = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])

    def made(subject: x509.Name, *extensions: x509.ExtensionType) -> bytes:
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
        builder = builder.serial_number(7).not_valid_before(NOW - DAY).not_valid_after(NOW + DAY)
        for one in extensions:
            builder = builder.add_extension(one, critical=False)
        return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)

    name = x509.SubjectAlternativeName([x509.DNSName(HOST)])
    leaf, plain = made(own, name), made(issuer)
    authority = made(issuer, x509.BasicConstraints(ca=True, path_length=None))
    assert held([tlsa(2, 0, 1, authority)], (leaf, authority)).result == "verified"
    assert held([tlsa(2, 0, 1, plain)], (leaf, plain)).result == "certificate-not-trusted"
    # Without a subjectAltName the Common Name counts (RFC 7672 3.2.3).
    assert held([tlsa(2, 0, 1, authority)], (made(own), authority)).result == "verified"


def test_a_stale_record_gets_the_exact_one_to_publish() -> None:
    stale = tlsa(3, 1, 1, OTHER.leaf)
    ruling = held([stale])
    assert (ruling.standing, ruling.result, ruling.who) == (Standing.FAIL, "tlsa-invalid", Who.SERVER)
    assert ruling.summary == (
        f"The certificate of {HOST} does not match its TLSA record, so senders that check DANE do not deliver here, "
        "and keep the mail in their queues."
    )
    assert ruling.record == f"_25._tcp.{HOST}. IN TLSA {stale}"
    assert ruling.steps[0].endswith(f"_25._tcp.{HOST}. IN TLSA {EE}")
    assert "after 300 seconds" in ruling.steps[2]
    assert ruling.steps[2].endswith(stale)
    assert "RFC 7671 8.1" in ruling.steps[3]


def test_keys_that_are_being_changed() -> None:
    ruling = held([tlsa(3, 1, 1, OTHER.leaf), EE])
    assert (ruling.standing, ruling.result) == (Standing.PASS, "verified")
    assert "matches nothing that the server sends at present" in ruling.detail
    assert tlsa(3, 1, 1, OTHER.leaf) in ruling.detail
    assert "matches nothing" not in held([EE, tlsa(2, 1, 1, GOOD.top)]).detail


def test_the_strongest_digest_alone_counts() -> None:
    """RFC 7671 9: a sender that knows SHA-512 does not look at SHA-256 of the same kind."""
    ruling = held([EE, tlsa(3, 1, 2, OTHER.leaf)])
    assert (ruling.standing, ruling.result) == (Standing.FAIL, "tlsa-invalid")
    assert "RFC 7671 9" in ruling.detail
    assert held([EE, tlsa(3, 1, 2, GOOD.leaf)]).result == "verified"
    assert held([EE, tlsa(3, 0, 2, OTHER.leaf)]).result == "verified"


def test_more_records_than_anybody_needs() -> None:
    many = [tlsa(3, 1, 1, OTHER.leaf)] * 20
    assert held([*many[1:], EE]).result == "verified"
    assert held([*many, EE]).result == "tlsa-invalid"


@pytest.mark.parametrize("chain", [(), (b"",), (b"\x30\x80",), (b"no certificate",), (GOOD.leaf[:-1],)])
def test_a_certificate_that_is_none(chain: tuple[bytes, ...]) -> None:
    for record in (EE, tlsa(2, 1, 1, GOOD.top), tlsa(2, 0, 0, GOOD.top)):
        ruling = held([record], chain)
        assert ruling.standing is Standing.FAIL
        assert ruling.steps


@settings(deadline=None)
@given(st.lists(st.text() | st.sampled_from([EE, tlsa(2, 0, 0, GOOD.top)])), st.lists(st.binary(max_size=99)))
def test_whatever_is_published_and_sent_is_ruled_on(records: list[str], chain: list[bytes]) -> None:
    assert held(records, chain).standing is not Standing.PASS


def signed_part(der: bytes) -> bytes:
    return x509.load_der_x509_certificate(der).tbs_certificate_bytes


@settings(deadline=None)
@given(st.integers(0, 2), st.integers(0, 10_000), st.integers(0, 255))
def test_an_octet_of_the_chain_that_is_another(which: int, at: int, octet: int) -> None:
    """Under usage 2 no change of what is signed goes unseen. How a signature is packed is not signed itself."""
    chain = list(GOOD.chain)
    one = chain[which]
    at %= len(one)
    chain[which] = one[:at] + bytes([octet]) + one[at + 1 :]
    ruling = held([tlsa(2, 0, 1, GOOD.below)], chain)
    if chain[which] == one:
        assert ruling.result == "verified"
    if which < 2 and ruling.result == "verified":
        assert signed_part(chain[which]) == signed_part(one)


# -- the DNS and STARTTLS ----------------------------------------------------------------------------------------------


def test_no_records() -> None:
    for found in (answer(), answer(authentic=False), answer(kind=FailureKind.NO_SUCH_NAME)):
        ruling = judged(met(*GOOD.chain), found)
        assert (ruling.standing, ruling.result, ruling.who) == (Standing.NONE, "none", Who.NOBODY)


@pytest.mark.parametrize(("found", "addresses"), [(answer(EE, authentic=False), True), (answer(EE), False)])
def test_records_that_are_not_signed_count_for_nothing(found: Answer, addresses: bool) -> None:
    stale = Encounter(HOST, "192.0.2.1", False)
    for encounter in (met(*GOOD.chain), met(*OTHER.chain), stale):
        ruling = judged(encounter, found, addresses=addresses)
        assert (ruling.standing, ruling.result) == (Standing.WARN, "insecure")


def test_whether_they_are_signed_was_not_asked() -> None:
    ruling = judged(met(*GOOD.chain), answer(EE, authentic=None))
    assert (ruling.standing, ruling.result) == (Standing.UNKNOWN, "not-asked")


@pytest.mark.parametrize(
    ("kind", "result"),
    [
        (FailureKind.DNSSEC, "dnssec-invalid"),
        (FailureKind.DNS, "lookup-failed"),
        (FailureKind.TIMEOUT, "lookup-failed"),
    ],
)
def test_a_question_without_an_answer_defers_the_mail(kind: FailureKind, result: str) -> None:
    ruling = judged(met(*GOOD.chain), answer(kind=kind, authentic=None))
    assert (ruling.standing, ruling.result, ruling.who) == (Standing.FAIL, result, Who.SERVER)
    # Where the host's addresses are not signed, no sender asks that question (RFC 7672 2.1.2).
    assert judged(met(*GOOD.chain), answer(kind=kind), addresses=False).result == "none"


@pytest.mark.parametrize("record", [EE, tlsa(1, 1, 1, GOOD.leaf)], ids=["usable", "of a usage without use"])
def test_signed_records_make_tls_mandatory(record: str) -> None:
    plain = judged(Encounter(HOST, "192.0.2.1", False), answer(record))
    assert (plain.standing, plain.result) == (Standing.FAIL, "starttls-not-supported")
    alert = Failure(Stage.HANDSHAKE, FailureKind.TLS_HANDSHAKE, "handshake failure")
    broken = judged(Encounter(HOST, "192.0.2.1", True, None, alert), answer(record))
    assert (broken.standing, broken.result, broken.detail) == (Standing.FAIL, "validation-failure", "handshake failure")


@pytest.mark.parametrize("offered", [True, None])
def test_a_server_that_was_not_reached(offered: bool | None) -> None:
    ruling = judged(Encounter(HOST, "192.0.2.1", offered), answer(EE))
    assert (ruling.standing, ruling.result) == (Standing.UNKNOWN, "not-met")


@pytest.mark.parametrize("chain", [GOOD.chain, OTHER.chain])
def test_mx_records_that_are_not_signed_are_named(chain: tuple[bytes, ...]) -> None:
    signed, unsigned = judged(met(*chain), answer(EE)), judged(met(*chain), answer(EE), mx=False)
    assert (signed.standing, signed.result) == (unsigned.standing, unsigned.result)
    assert "RFC 7672 2.2.1" in unsigned.detail
    assert "RFC 7672 2.2.1" not in signed.detail
