"""The BIMI record: where it is looked for, and when it counts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spf_suite import Zone, driven

from smtpprobe.journey import Ruling
from smtpprobe.outcome import Check, Standing, Who
from smtpprobe.verdicts.bimi import check_bimi
from smtpprobe.verdicts.dmarc import check_dmarc

LOGO = "v=BIMI1; l=https://example.com/logo.svg; a="


def ruled(bimi: Zone, dmarc: str = "p=reject", domain: str = "example.com") -> Ruling:
    zone = {"_dmarc.example.com": {"TXT": [f"v=DMARC1; {dmarc}"]}, **bimi}
    return driven(check_bimi(domain, driven(check_dmarc(domain, None, domain, ()), zone)), zone)


@pytest.mark.parametrize(
    ("records", "dmarc", "standing", "result"),
    [
        ([LOGO], "p=reject", Standing.PASS, "pass"),
        ([LOGO, "other text"], "p=quarantine; pct=100", Standing.PASS, "pass"),
        ([LOGO], "p=none", Standing.WARN, "no-enforcement"),
        ([LOGO], "p=reject; sp=none", Standing.WARN, "no-enforcement"),
        ([LOGO], "p=reject; pct=0", Standing.WARN, "no-enforcement"),
        ([LOGO], "p=quarantine; t=y", Standing.WARN, "no-enforcement"),
        (["v=BIMI1; l=; a=;"], "p=reject", Standing.NONE, "declined"),
        (["v=BIMI1; l=http://example.com/logo.svg"], "p=reject", Standing.WARN, "permerror"),
        (["v=BIMI1; l=https://example.com/logo.svg; a=logo.pem"], "p=reject", Standing.WARN, "permerror"),
        ([LOGO, LOGO], "p=reject", Standing.WARN, "permerror"),
        (["v=BIMI2; l=https://example.com/logo.svg"], "p=reject", Standing.NONE, "none"),
        ([], "p=reject", Standing.NONE, "none"),
    ],
)
def test_a_record(records: list[str], dmarc: str, standing: Standing, result: str) -> None:
    ruling = ruled({"default._bimi.example.com": {"TXT": records}}, dmarc)

    assert (ruling.check, ruling.standing, ruling.result) == (Check.BIMI, standing, result)
    assert ruling.who == (Who.SENDER if standing == Standing.WARN else Who.NOBODY)
    assert bool(ruling.steps) == (standing == Standing.WARN)


def test_the_organisational_domain_stands_in() -> None:
    ruling = ruled({"default._bimi.example.com": {"TXT": [LOGO]}}, domain="news.example.com")

    assert (ruling.subject, ruling.standing) == ("news.example.com", Standing.PASS)
    assert ruling.summary == "example.com publishes a logo for the sender's mail (BIMI)."
    assert ruling.record == LOGO


def test_the_dns_fails() -> None:
    ruling = ruled({"default._bimi.example.com": {"FAIL": []}})

    assert (ruling.standing, ruling.result) == (Standing.UNKNOWN, "temperror")
    assert ruling.summary == "The BIMI record of example.com cannot be read: the DNS did not answer in time."


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_no_record_is_too_odd(text: str) -> None:
    assert isinstance(ruled({"default._bimi.example.com": {"TXT": [f"v=BIMI1;{text}"]}}), Ruling)
