"""The certificate: its days, its names, and whether a client would take it."""

from __future__ import annotations

import pytest
from expect_reports import at, judged, judgement, run
from msgspec.structs import replace
from rules_run import CERTIFICATE, GOOD

from smtpprobe.expect.certificate import CertificateDays, CertificateName, CertificateTrusted, expectations
from smtpprobe.expect.file import Certificate as Table
from smtpprobe.expect.mistakes import Mistake
from smtpprobe.expectation import Measure
from smtpprobe.model import Transcript
from smtpprobe.outcome import CertificateFault, Result, TlsMode

MET, FAILED, UNDECIDED = Result.MET, Result.FAILED, Result.INCONCLUSIVE


def shown(**fields: object) -> Transcript:
    return run(facts=replace(GOOD, certificate=replace(CERTIFICATE, **fields)))


@pytest.mark.parametrize(
    ("transcript", "result", "got"),
    [
        (shown(days_left=14), MET, "14 days, until 2026-12-30"),
        (shown(days_left=13), FAILED, "13 days, until 2026-12-30"),
        (shown(days_left=1), FAILED, "1 day, until 2026-12-30"),
        (shown(days_left=-3, fault=CertificateFault.EXPIRED), FAILED, "expired on 2026-12-30"),
    ],
)
def test_days(transcript: Transcript, result: Result, got: str) -> None:
    found = judgement(CertificateDays(days=14), transcript)
    assert (found.result, found.got) == (result, got)
    assert found.measure is not None
    certificate = transcript.tls.certificate if transcript.tls else None
    assert certificate is not None
    assert found.measure == Measure("certificate_days", certificate.days_left, "d", least=14)


@pytest.mark.parametrize(
    ("transcript", "result", "got"),
    [
        (run(), MET, "issued by CN=Authority"),
        (shown(fault=CertificateFault.SELF_SIGNED, detail="by its own key"), FAILED, "self-signed: by its own key"),
        (shown(fault=CertificateFault.NAME, detail="it is for a, not for b"), FAILED, "name: it is for a, not for b"),
        (
            shown(fault=CertificateFault.UNTRUSTED, detail="this machine has no list of trusted authorities (…)"),
            UNDECIDED,
            "untrusted: this machine has no list of trusted authorities (…)",
        ),
    ],
)
def test_trusted(transcript: Transcript, result: Result, got: str) -> None:
    assert judged(CertificateTrusted(), transcript) == (result, got)


@pytest.mark.parametrize(
    ("names", "name", "covered"),
    [
        (("mx.example.org",), "mx.example.org", True),
        (("MX.Example.ORG.",), "mx.example.org", True),
        (("*.example.org",), "mx.example.org", True),
        (("*.example.org",), "a.mx.example.org", False),
        (("*.example.org",), "example.org", False),
        (("m*.example.org",), "mx.example.org", False),
        (("*.example.org",), "*.example.org", True),
        (("mx.example.org",), "*.example.org", False),
        (("*.org",), "example.org", False),
        (("2001:db8::1",), "2001:db8:0:0::1", True),
        (("192.0.2.1",), "192.0.2.2", False),
        ((), "mx.example.org", False),
    ],
)
def test_names(names: tuple[str, ...], name: str, covered: bool) -> None:
    (one,) = expectations(Table(names=(name,)), at)
    assert judged(one, shown(names=names))[0] is (MET if covered else FAILED)


def test_a_certificate_of_another_name_says_which() -> None:
    (one,) = expectations(Table(names=("mail.example.net",)), at)
    assert judged(one, shown(names=tuple("abcdef")))[1] == "it is for a, b, c, d and 2 more"


@pytest.mark.parametrize("one", [CertificateDays(days=1), CertificateTrusted(), CertificateName(name="mx.example.org")])
def test_without_a_certificate(one: CertificateDays) -> None:
    assert judged(one, run(hello="SIZE 1000")) == (FAILED, "no TLS: STARTTLS is not offered")
    assert judged(one, run(starttls="454 4.7.0 later")) == (UNDECIDED, "no TLS: STARTTLS got 454 4.7.0 later")
    assert judged(one, run(tls=TlsMode.NONE))[0] is Result.NOT_APPLICABLE
    assert judged(one, run(facts=replace(GOOD, certificate=None))) == (FAILED, "the server shows no certificate")
    unread = shown(fault=CertificateFault.UNREADABLE, detail="bad tag", names=(), days_left=0)
    assert judged(one, unread)[0] is FAILED


def test_names_are_read_as_certificates_write_them() -> None:
    found = expectations(Table(names=("MX.Example.org.", "mx.example.org", "bücher.example", "*.example.org")), at)
    ids = [one.id for one in found]
    assert ids == [
        "certificate-name-mx.example.org",
        "certificate-name-xn--bcher-kva.example",
        "certificate-name-*.example.org",
    ]
    assert found[1].place == at("names", 2)


@pytest.mark.parametrize(
    ("table", "place"),
    [
        (Table(days_left=-1), at("days_left")),
        (Table(days_left=99_999), at("days_left")),
        (Table(trusted=False), at("trusted")),
        (Table(names=("mx.example.org", "no name")), at("names", 1)),
        (Table(names=("*.",)), at("names", 0)),
        (Table(names=("a" * 300,)), at("names", 0)),
    ],
)
def test_what_makes_no_sense(table: Table, place: object) -> None:
    with pytest.raises(Mistake) as told:
        expectations(table, at)
    assert told.value.place == place
