"""The servers of a mail domain: how many, and at how many of their addresses a conversation can be held."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from expect_reports import at, judged, judgement, report, run, unreached
from rules_run import failed

from smtpprobe.expect.base import MxFacts
from smtpprobe.expect.file import Mx
from smtpprobe.expect.mistakes import Mistake
from smtpprobe.expect.mx import MxAddresses, MxReachable, MxServers, expectations
from smtpprobe.expectation import Measure
from smtpprobe.outcome import FailureKind, Outcome, Result

MET, FAILED, UNDECIDED = Result.MET, Result.FAILED, Result.INCONCLUSIVE
UP = report(run())
DOWN = report(unreached(FailureKind.REFUSED, Outcome.UNREACHABLE))
SILENT = report(unreached(FailureKind.TIMEOUT, Outcome.UNREACHABLE))
BUSY = report(run(greeting="421 too many", outcome=Outcome.INCONCLUSIVE))


@pytest.mark.parametrize(
    ("mx", "servers", "addresses", "words"),
    [
        (MxFacts(2, 3), MET, MET, "2 MX servers"),
        (MxFacts(1, 2), FAILED, FAILED, "1 MX server"),
        (MxFacts(0, 1), FAILED, FAILED, "0 MX servers"),
        (MxFacts(0, 0, null=True), FAILED, FAILED, "the domain publishes a null MX: it takes no mail (RFC 7505)"),
        (MxFacts(0, 0, failure=failed(FailureKind.NO_SUCH_NAME)), FAILED, FAILED, "the name does not exist in the DNS"),
        (
            MxFacts(0, 0, failure=failed(FailureKind.DNS, "SERVFAIL")),
            UNDECIDED,
            UNDECIDED,
            "the DNS server failed or did not answer; the name may well exist (SERVFAIL)",
        ),
        (None, Result.NOT_APPLICABLE, Result.NOT_APPLICABLE, "the target is no mail domain: write mx = true for one"),
    ],
)
def test_how_many(mx: MxFacts | None, servers: Result, addresses: Result, words: str) -> None:
    assert judged(MxServers(least=2), mx=mx) == (servers, words)
    assert judged(MxAddresses(least=3), mx=mx)[0] is addresses


@pytest.mark.parametrize(
    ("reports", "known", "least", "result", "got"),
    [
        ([UP, UP], 2, None, MET, "2 of 2"),
        ([UP, DOWN], 2, None, FAILED, "1 of 2; not 192.0.2.25 (refused)"),
        ([UP, DOWN], 2, 1, MET, "1 of 2; not 192.0.2.25 (refused)"),
        ([UP, BUSY], 2, 2, UNDECIDED, "1 of 2; not 192.0.2.25"),
        ([UP, SILENT], 2, 2, UNDECIDED, "1 of 2; not 192.0.2.25 (timeout)"),
        ([BUSY, DOWN], 2, 2, FAILED, "0 of 2; not 192.0.2.25, 192.0.2.25 (refused)"),
        ([UP], 4, 2, UNDECIDED, "1 of 4; 3 addresses not asked: write all = true"),
        ([UP], 1, 2, FAILED, "1 of 1"),
    ],
)
def test_reachable(reports: Sequence[object], known: int, least: int | None, result: Result, got: str) -> None:
    found = judged(MxReachable(least=least), reports=tuple(reports), mx=MxFacts(1, known))
    assert found == (result, got)


def test_what_is_measured() -> None:
    assert judgement(MxServers(least=2), mx=MxFacts(3, 3)).measure == Measure("mx_servers", 3, least=2)
    found = judgement(MxReachable(least=None), reports=(UP, DOWN), mx=MxFacts(1, 2))
    assert found.measure == Measure("mx_reachable", 1, least=2)


def test_a_host_with_several_addresses_needs_no_mx_records() -> None:
    assert judged(MxReachable(least=None), reports=(UP, UP, UP)) == (MET, "3 of 3")


def test_the_table() -> None:
    found = expectations(Mx(servers=2, addresses=3, reachable="all"), at)
    assert [(one.id, one.of_server, one.place) for one in found] == [
        ("mx-servers", True, at("servers")),
        ("mx-addresses", True, at("addresses")),
        ("mx-reachable", True, at("reachable")),
    ]
    assert [one.title for one in expectations(Mx(servers=1, addresses=1, reachable=1), at)] == [
        "the domain has 1 MX server or more",
        "the MX servers have 1 address or more",
        "a conversation can be held at 1 address or more",
    ]
    with pytest.raises(Mistake, match=r"servers is out of range: it takes a number from 1 to 100."):
        expectations(Mx(servers=0), at)
