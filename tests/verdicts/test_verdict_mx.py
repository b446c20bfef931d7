"""The mail servers of a domain: what of that works."""

from __future__ import annotations

import pytest

from smtpprobe.model import Failure
from smtpprobe.outcome import FailureKind, Stage, Standing, Who
from smtpprobe.verdicts.mx import MxTarget, judge_mx

DOMAIN = "example.net"
GOOD = MxTarget("mx1.example.net", 10, ("192.0.2.1", "2001:db8::1"))


def why(kind: FailureKind) -> Failure:
    return Failure(Stage.RESOLVE, kind, "")


def test_a_sound_domain() -> None:
    (ruling,) = judge_mx(DOMAIN, [GOOD, MxTarget("mx2.example.net", 20, ("192.0.2.2",))])
    assert (ruling.standing, ruling.result, ruling.who) == (Standing.PASS, "found", Who.NOBODY)
    assert ruling.record == "example.net. IN MX 10 mx1.example.net.\nexample.net. IN MX 20 mx2.example.net."


def test_a_null_mx_is_the_recipients_to_undo() -> None:
    (ruling,) = judge_mx(DOMAIN, [], null=True)
    assert (ruling.standing, ruling.result, ruling.who) == (Standing.FAIL, "null-mx", Who.RECIPIENT)


def test_a_domain_that_stands_for_itself() -> None:
    (ruling,) = judge_mx(DOMAIN, [MxTarget(DOMAIN, 0, ("192.0.2.1",))], implicit=True)
    assert (ruling.standing, ruling.result, ruling.record) == (Standing.PASS, "implicit", "")


def test_a_domain_with_neither_mx_nor_address() -> None:
    ruling, own = judge_mx(DOMAIN, [MxTarget(DOMAIN, 0, failure=why(FailureKind.NO_ADDRESS))], implicit=True)
    assert (ruling.standing, ruling.result, ruling.who) == (Standing.FAIL, "no-server", Who.RECIPIENT)
    assert own.result == "dangling"


@pytest.mark.parametrize(
    ("kind", "standing", "result", "who"),
    [
        (FailureKind.NO_SUCH_NAME, Standing.FAIL, "no-such-domain", Who.SENDER),
        (FailureKind.DNSSEC, Standing.FAIL, "bogus", Who.RECIPIENT),
        (FailureKind.DNS, Standing.UNKNOWN, "dns-failure", Who.RECIPIENT),
    ],
)
def test_a_domain_without_an_answer(kind: FailureKind, standing: Standing, result: str, who: Who) -> None:
    (ruling,) = judge_mx(DOMAIN, [], failure=why(kind))
    assert (ruling.standing, ruling.result, ruling.who) == (standing, result, who)


@pytest.mark.parametrize(
    ("target", "result", "step"),
    [
        (MxTarget("gone.example.net", 5, failure=why(FailureKind.NO_SUCH_NAME)), "dangling", "take gone.example.net"),
        (MxTarget("gone.example.net", 5, alias="x.example"), "dangling", "take gone.example.net"),
        (MxTarget("192.0.2.9", 5), "address", "example.net. IN MX 5 mail.example.net."),
        (MxTarget("10.0.0.1", 5, private=("10.0.0.1",)), "address", "example.net. IN MX 5 mail.example.net."),
        (MxTarget("in.example.net", 5, private=("10.0.0.1",)), "private", "public address"),
    ],
)
def test_a_target_that_leads_nowhere(target: MxTarget, result: str, step: str) -> None:
    """With another one beside it mail arrives, later; alone it is lost."""
    beside, own = judge_mx(DOMAIN, [target, GOOD])
    assert (beside.standing, own.standing, own.result, own.subject) == (
        Standing.PASS,
        Standing.WARN,
        result,
        target.name,
    )
    assert step in own.steps[0]
    alone, own = judge_mx(DOMAIN, [target])
    assert (alone.standing, alone.result, own.standing) == (Standing.FAIL, "no-server", Standing.FAIL)


def test_a_target_that_the_dns_does_not_tell_of() -> None:
    silent = MxTarget("mx2.example.net", 20, failure=why(FailureKind.DNS))
    assert [one.standing for one in judge_mx(DOMAIN, [GOOD, silent])] == [Standing.PASS, Standing.UNKNOWN]
    assert [one.result for one in judge_mx(DOMAIN, [silent])] == ["dns-failure", "dns-failure"]


def test_an_alias_works_and_is_named() -> None:
    domain, own = judge_mx(DOMAIN, [MxTarget("mail.example.net", 10, ("192.0.2.1",), alias="host.example.org")])
    assert domain.standing is Standing.PASS
    assert (own.standing, own.result, own.who) == (Standing.WARN, "alias", Who.RECIPIENT)
    assert own.steps == ("Name the host itself: example.net. IN MX 10 host.example.org.",)


def test_the_same_host_twice_and_more_than_anybody_tries() -> None:
    (ruling,) = judge_mx(DOMAIN, [GOOD, MxTarget("mx1.example.net", 20, ("192.0.2.1",))])
    assert (ruling.standing, ruling.result) == (Standing.WARN, "duplicate")
    (ruling,) = judge_mx(DOMAIN, [GOOD], left_out=30)
    assert (ruling.standing, ruling.result) == (Standing.WARN, "too-many")
    assert "31" in ruling.summary
