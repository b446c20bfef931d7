"""check_host() against the public test suite for RFC 7208: every case of it."""

from __future__ import annotations

import pytest
from spf_suite import SUITE, Case, cases, driven

from smtpprobe.verdicts.spf import check_host

CASES = cases() if SUITE.is_file() else []

pytestmark = pytest.mark.skipif(not CASES, reason=f"{SUITE} is missing: make test fetches it, or SPF_SUITE names it")


def test_the_suite_is_whole() -> None:
    assert len(CASES) == 203
    assert len({case.name for case in CASES}) == 203


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case: Case) -> None:
    domain = case.sender.rpartition("@")[2] or case.helo
    sender = case.sender or f"postmaster@{case.helo}"

    result = driven(check_host(case.address, domain, sender, case.helo), case.zone)

    assert result.result == case.results[0], result
    if case.explanation is not None:
        assert result.explanation == case.explanation
