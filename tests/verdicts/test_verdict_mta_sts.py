"""MTA-STS: record, policy, and what becomes of mail at each MX."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.journey import Answer, Policy
from smtpprobe.model import Certificate, Failure, TlsFacts
from smtpprobe.outcome import CertificateFault, FailureKind, Stage, Standing, Who
from smtpprobe.verdicts.encounter import Encounter
from smtpprobe.verdicts.mta_sts import judge_mta_sts, judge_policy, match_mx, parse_policy, parse_record

DOMAIN, HOST = "example.net", "mx1.example.net"
TEXT = f"version: STSv1\r\nmode: enforce\r\nmx: {HOST}\r\nmx: *.backup.example\r\nmax_age: 604800\r\n"


def record(*texts: str, kind: FailureKind | None = None) -> Answer:
    failure = Failure(Stage.RESOLVE, kind, "") if kind else None
    return Answer(f"_mta-sts.{DOMAIN}", "TXT", texts, failure)


GOOD = record("v=STSv1; id=20160831085700Z;")


def policy(text: str = TEXT, failure: Failure | None = None) -> Policy:
    return Policy(DOMAIN, "" if failure else text, failure)


def met(fault: CertificateFault | None = None, host: str = HOST) -> Encounter:
    certificate = Certificate("CN=x", "CN=ca", (host,), "2026-01-01", "2026-12-31", 30, fault, "it is so")
    return Encounter(host, "192.0.2.1", True, TlsFacts("TLSv1.3", "AES", certificate, b"", (b"",)))


# -- the record --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["v=STSv1; id=1", "v=STSv1;id=1;", "v=STSv1 ; id = 1 ;", "v=STSv1; x=y; id=1", "v=STSv1; id=1; x=y;"]
)
def test_records_that_are_good(text: str) -> None:
    assert parse_record(["v=spf1 -all", text]) == ("1", "")


@pytest.mark.parametrize("texts", [(), ("v=spf1 -all",), ("V=STSv1; id=1",), ("v=STSv11; id=1",), (" v=STSv1; id=1",)])
def test_records_that_are_none(texts: tuple[str, ...]) -> None:
    assert parse_record(texts) == ("", "")


@pytest.mark.parametrize(
    "texts",
    [("v=STSv1",), ("v=STSv1; id=",), ("v=STSv1; id=a-b",), ("v=STSv1; id=" + "1" * 33,), ("v=STSv1; id=1",) * 2],
)
def test_records_that_are_wrong(texts: tuple[str, ...]) -> None:
    found, fault = parse_record(texts)
    assert (found, bool(fault)) == ("", True)
    ruling = judge_policy(DOMAIN, record(*texts), policy())
    assert (ruling.standing, ruling.result, ruling.who) == (Standing.WARN, "sts-record-invalid", Who.SERVER)
    assert f"_mta-sts.{DOMAIN}. IN TXT" in ruling.steps[0]
    assert judge_mta_sts(DOMAIN, record(*texts), policy(), met(CertificateFault.EXPIRED)).standing is Standing.NONE


@given(st.lists(st.text()))
def test_any_records_are_read(texts: list[str]) -> None:
    parse_record(texts)


# -- the policy --------------------------------------------------------------------------------------------------------


def test_the_policy_of_the_rfc() -> None:
    """RFC 8461 3.2, in both line ends."""
    mx = ("mail.example.com", "*.example.net", "backupmx.example.com")
    text = "\n".join(["version: STSv1", "mode: enforce", *[f"mx: {one}" for one in mx], "max_age: 604800", ""])
    for lines in (text, text.replace("\n", "\r\n"), text.rstrip("\n")):
        read = parse_policy(lines)
        assert read.faults == ()
        assert read.mx == mx
        assert (read.mode, read.max_age) == ("enforce", 604800)


def test_unknown_fields_are_passed_over_and_the_first_of_two_counts() -> None:
    read = parse_policy(TEXT + "mode: none\r\nmax_age: 1\r\nfuture: x:y\r\nnonsense\r\n")
    assert (read.faults, read.mode, read.max_age) == ((), "enforce", 604800)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("STSv1", "STSv2"),
        ("version", "Version"),
        ("enforce", "enforced"),
        ("mode: enforce\r\n", ""),
        ("604800", "one week"),
        ("604800", "31557601"),
        ("604800", "99999999999"),
        ("mx: ", "mxs: "),
        (HOST, "mail example"),
        (HOST, "*"),
        (HOST, "a.*.example"),
        (HOST, "http://mx.example"),
    ],
)
def test_policies_that_are_wrong(old: str, new: str) -> None:
    assert parse_policy(TEXT.replace(old, new)).faults
    ruling = judge_policy(DOMAIN, GOOD, policy(TEXT.replace(old, new)), (HOST,))
    assert (ruling.standing, ruling.result, ruling.who) == (Standing.WARN, "sts-policy-invalid", Who.SERVER)
    assert f"mx: {HOST}" in ruling.steps[0]
    offered = ruling.steps[0].partition("\n")[2]
    assert parse_policy(offered).faults == ()


@given(st.text())
def test_any_text_is_read_as_a_policy(text: str) -> None:
    read = parse_policy(text)
    assert read.faults or read.mode


@given(st.lists(st.sampled_from(["version: STSv1", "mode: testing", "mx: a.example", "max_age: 1", "x", "mx", ":"])))
def test_lines_in_any_order(lines: list[str]) -> None:
    read = parse_policy("\n".join(lines))
    needed = {"version: STSv1", "mode: testing", "mx: a.example", "max_age: 1"}
    assert (not read.faults) is (needed <= set(lines))


@pytest.mark.parametrize(
    ("pattern", "host", "fits"),
    [
        ("mx1.example.net", "MX1.example.net.", True),
        ("*.example.net", "mx1.example.net", True),
        ("*.example.net", "a.b.example.net", False),
        ("*.example.net", "example.net", False),
        ("example.net", "mx1.example.net", False),
        ("*.example.net", "mx1.example.network", False),
    ],
)
def test_patterns(pattern: str, host: str, fits: bool) -> None:
    """RFC 8461 4.1: the wildcard stands for one whole label."""
    assert match_mx(pattern, host) is fits


# -- the domain --------------------------------------------------------------------------------------------------------


def test_a_domain_without() -> None:
    for found in (record(), record(kind=FailureKind.NO_SUCH_NAME), record("v=spf1 -all")):
        ruling = judge_policy(DOMAIN, found, None)
        assert (ruling.standing, ruling.result) == (Standing.NONE, "none")


def test_a_policy_that_no_record_announces() -> None:
    ruling = judge_policy(DOMAIN, record(), policy())
    assert (ruling.standing, ruling.result) == (Standing.WARN, "sts-record-invalid")
    assert judge_mta_sts(DOMAIN, record(), policy(), met(CertificateFault.EXPIRED)).standing is Standing.NONE


def test_a_dns_that_does_not_answer() -> None:
    assert judge_policy(DOMAIN, record(kind=FailureKind.DNS), None).standing is Standing.UNKNOWN


@pytest.mark.parametrize(
    ("kind", "result"),
    [
        (FailureKind.REFUSED, "sts-policy-fetch-error"),
        (FailureKind.NO_SUCH_NAME, "sts-policy-fetch-error"),
        (FailureKind.TLS_HANDSHAKE, "sts-webpki-invalid"),
    ],
)
def test_a_policy_that_cannot_be_fetched(kind: FailureKind, result: str) -> None:
    unfetched = policy(failure=Failure(Stage.CONNECT, kind, "no"))
    ruling = judge_policy(DOMAIN, GOOD, unfetched, (HOST,))
    assert (ruling.standing, ruling.result, ruling.who) == (Standing.WARN, result, Who.SERVER)
    assert "https://mta-sts.example.net/.well-known/mta-sts.txt" in ruling.steps[-1]
    assert judge_mta_sts(DOMAIN, GOOD, unfetched, met(CertificateFault.EXPIRED)).standing is Standing.NONE


@pytest.mark.parametrize(
    ("mode", "standing"), [("enforce", Standing.PASS), ("testing", Standing.PASS), ("none", Standing.NONE)]
)
def test_a_sound_policy(mode: str, standing: Standing) -> None:
    ruling = judge_policy(DOMAIN, GOOD, policy(TEXT.replace("enforce", mode)))
    assert (ruling.standing, ruling.result, ruling.detail) == (standing, mode, "")


def test_a_policy_that_is_served_as_something_else() -> None:
    ruling = judge_policy(DOMAIN, GOOD, Policy(DOMAIN, TEXT, media_type="text/html"))
    assert (ruling.standing, ruling.result) == (Standing.WARN, "enforce")
    assert "text/plain" in ruling.steps[0]
    assert judge_policy(DOMAIN, GOOD, Policy(DOMAIN, TEXT, media_type="text/plain")).standing is Standing.PASS


def test_a_policy_that_lives_too_short() -> None:
    assert "300 s" in judge_policy(DOMAIN, GOOD, policy(TEXT.replace("604800", "300"))).detail


# -- its mail servers --------------------------------------------------------------------------------------------------


def test_a_server_that_keeps_to_it() -> None:
    for host in (HOST, "a.backup.example"):
        ruling = judge_mta_sts(DOMAIN, GOOD, policy(), met(host=host))
        assert (ruling.standing, ruling.result, ruling.steps) == (Standing.PASS, "verified", ())


@pytest.mark.parametrize(
    ("encounter", "result", "step"),
    [
        (met(host="mx2.example.net"), "mx-mismatch", "'mx: mx2.example.net'"),
        (Encounter("mx2.example.net", "192.0.2.2", None), "mx-mismatch", "'mx: mx2.example.net'"),
        (Encounter(HOST, "192.0.2.1", False), "starttls-not-supported", "STARTTLS on"),
        (
            Encounter(HOST, "192.0.2.1", True, None, Failure(Stage.HANDSHAKE, FailureKind.TLS_HANDSHAKE, "alert")),
            "validation-failure",
            "alert",
        ),
        (Encounter(HOST, "192.0.2.1", True, TlsFacts("TLSv1.3", "x", None)), "validation-failure", "public authority"),
        (met(CertificateFault.EXPIRED), "certificate-expired", "Renew"),
        (met(CertificateFault.NAME), "certificate-host-mismatch", "subjectAltName"),
        (met(CertificateFault.SELF_SIGNED), "certificate-not-trusted", "public authority"),
        (met(CertificateFault.UNTRUSTED), "certificate-not-trusted", "intermediates"),
        (met(CertificateFault.NOT_YET_VALID), "certificate-not-trusted", "public authority"),
        (met(CertificateFault.UNREADABLE), "certificate-not-trusted", "public authority"),
    ],
)
def test_a_server_that_does_not(encounter: Encounter, result: str, step: str) -> None:
    enforced = judge_mta_sts(DOMAIN, GOOD, policy(), encounter)
    # Which servers there are, the domain says; what a server shows is its own.
    who = Who.RECIPIENT if result == "mx-mismatch" else Who.SERVER
    assert (enforced.standing, enforced.result, enforced.who) == (Standing.FAIL, result, who)
    assert step in enforced.steps[0]
    assert "do not deliver here" in enforced.summary
    tried = judge_mta_sts(DOMAIN, GOOD, policy(TEXT.replace("enforce", "testing")), encounter)
    assert (tried.standing, tried.result) == (Standing.WARN, result)
    assert "deliver all the same" in tried.summary
    assert judge_mta_sts(DOMAIN, GOOD, policy(TEXT.replace("enforce", "none")), encounter).standing is Standing.NONE


def test_a_server_that_was_not_reached() -> None:
    assert judge_mta_sts(DOMAIN, GOOD, policy(), Encounter(HOST, "192.0.2.1", None)).standing is Standing.UNKNOWN
