"""The expectation about logging in: with the credentials of the file, once, and over TLS that was verified."""

from __future__ import annotations

from smtpprobe.expect.base import Expectation, Facts, Judgement, Want, failed, inconclusive, met
from smtpprobe.expect.given import At
from smtpprobe.expect.spine import quoted
from smtpprobe.outcome import Standing

_LONGEST = 400
_STEPS_SHOWN = 2


class LoggedIn(Expectation, frozen=True, kw_only=True):
    """The login succeeds; or, for an account that was closed, the server refuses it."""

    succeeds: bool

    @property
    def id(self) -> str:
        return "login"

    @property
    def title(self) -> str:
        return "the login succeeds" if self.succeeds else "the login is refused"

    @property
    def expected(self) -> str:
        return "235 to AUTH" if self.succeeds else "a 5yz to AUTH"

    @property
    def wants(self) -> frozenset[Want]:
        return frozenset({Want.LOGIN})

    def judge(self, facts: Facts) -> Judgement:
        ruling = facts.login
        if ruling is None:
            return inconclusive("no login was tried")
        got = quoted(ruling.summary, _LONGEST).removesuffix(".")
        steps = " ".join(ruling.steps[:_STEPS_SHOWN])
        if ruling.standing is Standing.PASS:
            return met(got) if self.succeeds else failed(got, advice="Close the account, or change its password.")
        if ruling.standing is not Standing.FAIL:
            return inconclusive(got)
        if self.succeeds:
            return failed(got, advice=steps)
        # Where nothing was tried, or the two did not understand each other, the account was not looked at.
        return met(got) if ruling.result.startswith("5") else inconclusive(got)


def expectations(table: bool | None, at: At) -> tuple[Expectation, ...]:
    """What the key ``login`` expects."""
    return () if table is None else (LoggedIn(succeeds=table, place=at()),)
