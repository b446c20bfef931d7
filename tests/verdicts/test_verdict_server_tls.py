"""What is said of a server's certificate, versions, cipher suites and sessions."""

from __future__ import annotations

import pytest

from smtpprobe.journey import CipherScan, CipherSeen, Resumption, VersionSeen
from smtpprobe.model import Certificate, Failure, TlsFacts
from smtpprobe.outcome import CertificateFault, FailureKind, Stage, Standing, Who
from smtpprobe.verdicts.certificate import judge_certificate
from smtpprobe.verdicts.ciphers import judge_ciphers
from smtpprobe.verdicts.encounter import Encounter
from smtpprobe.verdicts.tls_versions import judge_resumption, judge_versions

HOST = "mx1.example.net"
SUBJECT = f"{HOST} [192.0.2.1]"


def met(days: int, fault: CertificateFault | None = None) -> Encounter:
    certificate = Certificate("", "CN=ca", (HOST,), "2026-01-01T00:00:00Z", "2026-12-31T00:00:00Z", days, fault, "")
    return Encounter(HOST, "192.0.2.1", True, TlsFacts("TLSv1.3", "AES", certificate))


@pytest.mark.parametrize(
    ("days", "standing", "result"),
    [(90, Standing.PASS, "good"), (14, Standing.PASS, "good"), (13, Standing.WARN, "expiring")],
)
def test_days_left(days: int, standing: Standing, result: str) -> None:
    ruling = judge_certificate(met(days))
    assert (ruling.standing, ruling.result) == (standing, result)
    assert f"{days} days" in ruling.summary


@pytest.mark.parametrize("fault", list(CertificateFault))
def test_every_fault_has_a_step(fault: CertificateFault) -> None:
    ruling = judge_certificate(met(-1, fault))
    assert (ruling.standing, ruling.result, ruling.who) == (Standing.WARN, fault.value, Who.SERVER)
    assert HOST in ruling.steps[0]
    assert "{" not in ruling.steps[0]


def test_no_certificate() -> None:
    failed = Failure(Stage.HANDSHAKE, FailureKind.TLS_HANDSHAKE)
    assert judge_certificate(Encounter(HOST, "192.0.2.1", True, None, failed)).result == "none"
    assert judge_certificate(Encounter(HOST, "192.0.2.1", False)).result == "none"
    assert judge_certificate(Encounter(HOST, "192.0.2.1", None)).standing is Standing.UNKNOWN


def seen(*accepted: bool | None) -> tuple[VersionSeen, ...]:
    names = ("TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1")
    return tuple([VersionSeen(name, one) for name, one in zip(names, accepted, strict=True)])


@pytest.mark.parametrize(
    ("accepted", "standing", "result"),
    [
        ((True, True, False, False), Standing.PASS, "TLSv1.3 TLSv1.2"),
        ((False, True, None, None), Standing.PASS, "TLSv1.2"),
        ((True, True, True, False), Standing.WARN, "TLSv1.3 TLSv1.2 TLSv1.1"),
        ((False, False, True, True), Standing.FAIL, "TLSv1.1 TLSv1"),
        ((False, False, False, False), Standing.FAIL, "none"),
        ((None, False, True, True), Standing.UNKNOWN, "TLSv1.1 TLSv1"),
        ((None, None, None, None), Standing.UNKNOWN, "none"),
    ],
)
def test_versions(accepted: tuple[bool | None, ...], standing: Standing, result: str) -> None:
    ruling = judge_versions(SUBJECT, seen(*accepted))
    assert (ruling.standing, ruling.result) == (standing, result)
    assert bool(ruling.steps) is (standing in (Standing.WARN, Standing.FAIL))


@pytest.mark.parametrize(
    ("resumed", "standing"), [(True, Standing.PASS), (False, Standing.NONE), (None, Standing.UNKNOWN)]
)
def test_sessions(resumed: bool | None, standing: Standing) -> None:
    assert judge_resumption(SUBJECT, Resumption(resumed, "TLSv1.3")).standing is standing


def scan(*names: str) -> CipherScan:
    return CipherScan(tuple([CipherSeen("TLSv1.2", name, 128) for name in names]))


GOOD = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"


@pytest.mark.parametrize(
    "name",
    [
        "TLS_RSA_WITH_NULL_SHA256",
        "TLS_RSA_WITH_RC4_128_SHA",
        "TLS_RSA_EXPORT_WITH_DES40_CBC_SHA",
        "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
        "TLS_DHE_RSA_WITH_DES_CBC_SHA",
    ],
)
def test_broken_suites(name: str) -> None:
    beside = judge_ciphers(SUBJECT, scan(GOOD, name))
    assert (beside.standing, beside.result, beside.who) == (Standing.WARN, "weak", Who.SERVER)
    assert beside.steps == (f"Switch these off: {name}.",)
    assert judge_ciphers(SUBJECT, scan(name)).standing is Standing.FAIL


def test_sound_suites_and_none() -> None:
    assert judge_ciphers(SUBJECT, scan(GOOD, "TLS_ECDH_anon_WITH_AES_256_CBC_SHA")).standing is Standing.PASS
    assert judge_ciphers(SUBJECT, CipherScan(failure="No.")).summary == "No."
    few = CipherScan((CipherSeen("TLSv1.2", "TLS_ODD", 56),))
    assert "56 bits" in judge_ciphers(SUBJECT, few).summary
