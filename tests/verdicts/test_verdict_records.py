"""The records around TLS: TLS-RPT, CAA, SRV, and whether answers are signed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.journey import Answer, Question
from smtpprobe.model import Certificate, Failure
from smtpprobe.outcome import FailureKind, Stage, Standing, Who
from smtpprobe.verdicts.caa import ask_caa, issuers, judge_caa
from smtpprobe.verdicts.dnssec import judge_dnssec
from smtpprobe.verdicts.srv import Service, judge_srv, parse_srv, services
from smtpprobe.verdicts.tls_rpt import judge_tls_rpt, parse_tls_rpt

DOMAIN = "example.net"


def answer(name: str, type_: str, *records: str, kind: FailureKind | None = None, signed: bool | None = None) -> Answer:
    return Answer(name, type_, records, Failure(Stage.RESOLVE, kind, "") if kind else None, signed)


# -- TLS-RPT (RFC 8460 3) ----------------------------------------------------------------------------------------------


def rpt(*records: str, kind: FailureKind | None = None) -> Answer:
    return answer(f"_smtp._tls.{DOMAIN}", "TXT", *records, kind=kind)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("v=TLSRPTv1;rua=mailto:reports@example.com", 1),
        ("v=TLSRPTv1; rua=https://reporting.example.com/v1/tlsrpt", 1),
        ("v=TLSRPTv1 ; x=y; rua=mailto:a@example.com , https://example.com/v1;", 2),
    ],
)
def test_reports_go_somewhere(text: str, places: int) -> None:
    read = parse_tls_rpt(["v=spf1 -all", text])
    assert read is not None
    assert (len(read.rua), read.fault) == (places, "")
    assert judge_tls_rpt(DOMAIN, rpt(text)).standing is Standing.PASS


@pytest.mark.parametrize(
    "texts",
    [
        ("v=TLSRPTv1",),
        ("v=TLSRPTv1; rua=",),
        ("v=TLSRPTv1; rua=reports@example.com",),
        ("v=TLSRPTv1; rua=mailto:nobody",),
        ("v=TLSRPTv1; rua=http://example.com",),
        ("v=TLSRPTv1; rua=mailto:a@example.com",) * 2,
    ],
)
def test_reports_go_nowhere(texts: tuple[str, ...]) -> None:
    ruling = judge_tls_rpt(DOMAIN, rpt(*texts))
    assert (ruling.standing, ruling.result, ruling.who) == (Standing.WARN, "invalid", Who.SERVER)
    assert f"_smtp._tls.{DOMAIN}. IN TXT" in ruling.steps[0]


def test_no_reports_are_asked_for() -> None:
    for found in (rpt(), rpt("v=TLSRPTv2; rua=mailto:a@b"), rpt(kind=FailureKind.NO_SUCH_NAME)):
        assert judge_tls_rpt(DOMAIN, found).standing is Standing.NONE
    assert judge_tls_rpt(DOMAIN, rpt(kind=FailureKind.DNS)).standing is Standing.UNKNOWN


@given(st.lists(st.text()))
def test_any_records_may_pose_as_tls_rpt(texts: list[str]) -> None:
    read = parse_tls_rpt(texts)
    assert read is None or read.fault or read.rua


# -- CAA (RFC 8659) ----------------------------------------------------------------------------------------------------

LETS = Certificate("CN=mx1.example.net", "CN=R11,O=Let's Encrypt,C=US", (), "", "", 30, None)
OWN = Certificate("CN=mx1.example.net", "CN=our own", (), "", "", 30, None)


def caa(name: str, *records: str, kind: FailureKind | None = None) -> Answer:
    return answer(name, "CAA", *records, kind=kind)


def test_the_host_is_asked_for_and_all_above_it() -> None:
    asking = ask_caa("mx1.example.net", LETS)
    assert next(asking) == (Question("mx1.example.net", "CAA"), Question(DOMAIN, "CAA"), Question("net", "CAA"))
    near = caa("mx1.example.net", '0 issue "letsencrypt.org"')
    with pytest.raises(StopIteration) as end:
        asking.send((near, caa(DOMAIN, '0 issue "pki.goog"'), caa("net")))
    assert end.value.value.standing is Standing.PASS


@pytest.mark.parametrize(
    ("records", "certificate", "standing", "result"),
    [
        ((), LETS, Standing.NONE, "none"),
        (('0 issue "letsencrypt.org"',), LETS, Standing.PASS, "permitted"),
        (('128 issue "pki.goog; policy=x"', '0 ISSUE "LetsEncrypt.org."'), LETS, Standing.PASS, "permitted"),
        (('0 issue "pki.goog"',), LETS, Standing.WARN, "not-permitted"),
        (('0 issue ";"',), LETS, Standing.WARN, "not-permitted"),
        (('0 issue "pki.goog"',), OWN, Standing.NONE, "limited"),
        (('0 issue "pki.goog"',), None, Standing.NONE, "limited"),
        (('0 iodef "mailto:a@example.net"', '0 issuewild ";"'), LETS, Standing.NONE, "none"),
    ],
)
def test_who_may_issue(
    records: tuple[str, ...], certificate: Certificate | None, standing: Standing, result: str
) -> None:
    ruling = judge_caa("mx1.example.net", certificate, [caa("mx1.example.net"), caa(DOMAIN, *records)])
    assert (ruling.standing, ruling.result) == (standing, result)
    if standing is Standing.WARN:
        assert ruling.steps == ('Before the next renewal, publish: example.net. IN CAA 0 issue "letsencrypt.org"',)


def test_a_dns_that_does_not_answer_for_caa() -> None:
    failed = caa("mx1.example.net", kind=FailureKind.DNS)
    assert judge_caa("mx1.example.net", LETS, [failed, caa(DOMAIN)]).standing is Standing.UNKNOWN


@given(st.lists(st.text()))
def test_any_records_may_pose_as_caa(texts: list[str]) -> None:
    issuers(texts)


# -- SRV (RFC 6186, RFC 8314) ------------------------------------------------------------------------------------------


def srv(name: str, *records: str, kind: FailureKind | None = None) -> Answer:
    return answer(f"{name}._tcp.{DOMAIN}", "SRV", *records, kind=kind)


def test_services_in_the_order_in_which_they_are_tried() -> None:
    found = services(["10 0 465 c.example", "0 5 465 b.example.", "0 9 465 A.example", "0 0 0 .", "rubbish"])
    assert [one.target for one in found] == ["a.example", "b.example", "c.example"]


@given(st.text())
def test_any_text_may_pose_as_srv(text: str) -> None:
    parse_srv(text)


@given(*[st.integers(0, 65_535)] * 3)
def test_numbers_of_a_service_come_back(priority: int, weight: int, port: int) -> None:
    assert parse_srv(f"{priority} {weight} {port} Smtp.Example.") == Service(priority, weight, port, "smtp.example")
    assert parse_srv(f"{priority} {weight} {port + 65_536} smtp.example.") is None


@pytest.mark.parametrize(
    ("implicit", "upgraded", "standing", "result"),
    [
        ((), (), Standing.NONE, "none"),
        (("0 0 0 .",), ("0 0 0 .",), Standing.NONE, "not-offered"),
        (("0 0 0 .",), (), Standing.NONE, "not-offered"),
        (("0 1 465 smtp.example.net",), ("0 1 587 smtp.example.net",), Standing.PASS, "offered"),
        ((), ("0 1 587 smtp.example.net",), Standing.PASS, "offered"),
        (("0 1 587 smtp.example.net",), (), Standing.WARN, "odd-port"),
        ((), ("0 1 465 smtp.example.net",), Standing.WARN, "odd-port"),
        (("0 1 smtp.example.net",), (), Standing.WARN, "invalid"),
    ],
)
def test_where_submission_is(
    implicit: tuple[str, ...], upgraded: tuple[str, ...], standing: Standing, result: str
) -> None:
    ruling = judge_srv(DOMAIN, srv("_submissions", *implicit), srv("_submission", *upgraded))
    assert (ruling.standing, ruling.result) == (standing, result)


def test_a_dns_that_does_not_answer_for_srv() -> None:
    failed = srv("_submissions", kind=FailureKind.DNS)
    assert judge_srv(DOMAIN, failed, srv("_submission")).standing is Standing.UNKNOWN


# -- DNSSEC (RFC 4033 5) -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signed", "standing", "result"),
    [
        ((True, True), Standing.PASS, "secure"),
        ((True, False), Standing.NONE, "insecure"),
        ((False, False), Standing.NONE, "insecure"),
        ((True, None), Standing.UNKNOWN, "indeterminate"),
        ((), Standing.UNKNOWN, "indeterminate"),
    ],
)
def test_signed_or_not(signed: tuple[bool | None, ...], standing: Standing, result: str) -> None:
    ruling = judge_dnssec(DOMAIN, [answer(DOMAIN, "MX", "10 mx.example.net", signed=one) for one in signed])
    assert (ruling.standing, ruling.result) == (standing, result)


def test_one_signature_that_does_not_hold() -> None:
    good = answer(DOMAIN, "MX", "10 mx.example.net", signed=True)
    bogus = answer("mx.example.net", "A", kind=FailureKind.DNSSEC)
    ruling = judge_dnssec(DOMAIN, [good, bogus])
    assert (ruling.standing, ruling.result, ruling.who) == (Standing.FAIL, "bogus", Who.RECIPIENT)
    assert "delv A mx.example.net" in ruling.steps[1]
