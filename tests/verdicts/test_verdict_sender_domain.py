"""Whether the sender's domain can take bounces."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spf_suite import Zone, driven

from smtpprobe.journey import Question, Ruling
from smtpprobe.outcome import Check, Standing, Who
from smtpprobe.verdicts.sender_domain import check_sender_domain

TIME = "the DNS did not answer in time"


def ruled(zone: Zone, domain: str = "a.test") -> Ruling:
    return driven(check_sender_domain(domain), zone)


@pytest.mark.parametrize(
    ("zone", "standing", "result", "summary"),
    [
        ({"a.test": {"MX": ["20 n.test", "10 m.test"]}, "m.test": {"A": ["192.0.2.1"]}}, Standing.PASS, "mx",
         "The sender's domain a.test takes bounces at m.test and n.test."),
        ({"a.test": {"MX": ["10 m.test"]}, "m.test": {"AAAA": ["2001:db8::1"]}}, Standing.PASS, "mx",
         "The sender's domain a.test takes bounces at m.test."),
        ({"a.test": {"MX": ["0 ", "10 m.test"]}, "m.test": {"A": ["192.0.2.1"]}}, Standing.PASS, "mx",
         "The sender's domain a.test takes bounces at m.test."),
        ({"a.test": {"A": ["192.0.2.1"]}}, Standing.PASS, "address",
         "The sender's domain a.test takes bounces at its own address: it has no MX record."),
        ({"a.test": {"MX": ["0 "]}}, Standing.FAIL, "null-mx",
         "The sender's domain a.test says that it takes no mail (null MX), so receivers refuse mail from it."),
        ({"a.test": {"MX": ["0 ."], "A": ["192.0.2.1"]}}, Standing.FAIL, "null-mx",
         "The sender's domain a.test says that it takes no mail (null MX), so receivers refuse mail from it."),
        ({}, Standing.FAIL, "no-domain",
         "The sender's domain a.test does not exist in the DNS, so receivers refuse mail from it."),
        ({"a.test": {"TXT": ["v=spf1 -all"]}}, Standing.FAIL, "no-server",
         "The sender's domain a.test has neither MX nor address, so bounces find no way and receivers refuse it."),
        ({"a.test": {"MX": ["10 m.test"]}}, Standing.FAIL, "no-address",
         "The MX records of the sender's domain a.test name m.test, without any address, so bounces find no way."),
        ({"a.test": {"MX": ["10 m..test"]}}, Standing.FAIL, "no-address",
         "The MX records of the sender's domain a.test name no host at all, without any address, "
         "so bounces find no way."),
        ({"a.test": {"FAIL": []}}, Standing.UNKNOWN, "temperror",
         f"Whether the sender's domain a.test can take bounces cannot be told: {TIME}."),
        ({"a.test": {"MX": [], "FAIL": []}}, Standing.UNKNOWN, "temperror",
         f"Whether the sender's domain a.test can take bounces cannot be told: {TIME}."),
        ({"a.test": {"MX": ["1 m.test"]}, "m.test": {"FAIL": []}}, Standing.UNKNOWN, "temperror",
         f"Whether the mail servers of the sender's domain a.test have an address cannot be told: {TIME}."),
    ],
)  # fmt: skip
def test_a_domain(zone: Zone, standing: Standing, result: str, summary: str) -> None:
    ruling = ruled(zone)

    assert (ruling.check, ruling.subject) == (Check.SENDER_DOMAIN, "a.test")
    assert (ruling.standing, ruling.result, ruling.summary) == (standing, result, summary)
    assert ruling.who == (Who.NOBODY if standing == Standing.PASS else Who.SENDER)
    assert bool(ruling.steps) == (standing != Standing.PASS)


def test_the_record_to_publish() -> None:
    assert ruled({"a.test": {"MX": ["0 "]}}).steps[1] == (
        "Or replace the null MX of a.test by one that names its mail server:  a.test.  MX  10 mail.a.test."
    )
    assert ruled({"a.test": {}}).steps[0] == "Publish where its mail goes:  a.test.  MX  10 mail.a.test."


def test_no_domain_at_all() -> None:
    assert (ruled({}, "[192.0.2.1]").standing, ruled({}, "[192.0.2.1]").result) == (Standing.WARN, "literal")
    assert (ruled({}, "a..test").standing, ruled({}, "a..test").result) == (Standing.FAIL, "no-domain")


def test_many_servers_are_bounded_and_asked_at_once() -> None:
    asked: list[tuple[Question, ...]] = []
    driven(check_sender_domain("a.test"), {"a.test": {"MX": [f"{n} m{n}.test" for n in range(99)]}}, asked)

    assert [len(group) for group in asked] == [3, 40]


@given(st.lists(st.text(max_size=20), max_size=5), st.text(max_size=20))
@settings(max_examples=200, deadline=None)
def test_no_record_is_too_odd(records: list[str], domain: str) -> None:
    assert isinstance(ruled({"a.test": {"MX": records, "A": records}}), Ruling)
    assert isinstance(ruled({}, domain), Ruling)
