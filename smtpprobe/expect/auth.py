"""Expectations about the mechanisms of AUTH: which are offered, which are not, and what is offered in clear."""

from __future__ import annotations

from smtpprobe.expect.base import Expectation, Facts, Judgement, failed, met
from smtpprobe.expect.file import Auth
from smtpprobe.expect.given import At
from smtpprobe.expect.mistakes import Mistake, quoted
from smtpprobe.expect.states import evidence, promised


class Required(Expectation, frozen=True, kw_only=True):
    """A mechanism is offered where mail goes: inside TLS where that can be had."""

    mechanism: str

    @property
    def id(self) -> str:
        return f"auth-required-{self.mechanism}"

    @property
    def title(self) -> str:
        return f"AUTH offers {self.mechanism}"

    @property
    def expected(self) -> str:
        return self.mechanism

    def judge(self, facts: Facts) -> Judgement:
        there = promised(facts.run, "best")
        if isinstance(there, Judgement):
            return there
        shown = " ".join(("AUTH", *there.mechanisms)) if there.mechanisms else "AUTH is not offered"
        right = self.mechanism in there.mechanisms
        return (met if right else failed)(shown, *evidence(facts.run, there))


class Forbidden(Expectation, frozen=True, kw_only=True):
    """A mechanism is offered nowhere, neither in clear nor inside TLS."""

    mechanism: str

    @property
    def id(self) -> str:
        return f"auth-forbidden-{self.mechanism}"

    @property
    def title(self) -> str:
        return f"AUTH does not offer {self.mechanism}"

    @property
    def expected(self) -> str:
        return f"no {self.mechanism}"

    def judge(self, facts: Facts) -> Judgement:
        for there in (facts.run.clear, facts.run.encrypted):
            if there is not None and self.mechanism in there.mechanisms:
                return failed(" ".join(("AUTH", *there.mechanisms)), *evidence(facts.run, there))
        there_best = promised(facts.run, "best")
        if isinstance(there_best, Judgement):
            return there_best
        shown = " ".join(("AUTH", *there_best.mechanisms)) if there_best.mechanisms else "AUTH is not offered"
        return met(shown, *evidence(facts.run, there_best))


class InClear(Expectation, frozen=True, kw_only=True):
    """Is AUTH offered before TLS, where anybody on the way can read the password?"""

    offered: bool

    @property
    def id(self) -> str:
        return "auth-in-clear"

    @property
    def title(self) -> str:
        return "AUTH is offered in clear" if self.offered else "AUTH is never offered in clear"

    @property
    def expected(self) -> str:
        return "AUTH in clear" if self.offered else "no AUTH in clear"

    def judge(self, facts: Facts) -> Judgement:
        there = promised(facts.run, "clear")
        if isinstance(there, Judgement):
            return there
        shown = " ".join(("AUTH", *there.mechanisms)) if there.mechanisms else "AUTH is not offered in clear"
        right = bool(there.mechanisms) is self.offered
        advice = "" if self.offered else "Offer AUTH inside TLS only: whoever listens on the way reads the password."
        where = evidence(facts.run, there)
        return met(shown, *where) if right else failed(shown, *where, advice=advice)


def expectations(table: Auth, at: At) -> tuple[Expectation, ...]:
    """Everything that this table expects. Raises Mistake."""
    found: list[Expectation] = []
    for key, kind in (("required", Required), ("forbidden", Forbidden)):
        for number, name in enumerate(getattr(table, key)):
            place = at(key, number)
            # RFC 4422 3.1: letters, digits, hyphens and underscores.
            if not (name.isascii() and name.replace("-", "").replace("_", "").isalnum()) or len(name) > 20:
                raise Mistake(f"{quoted(name)} is no mechanism: write PLAIN or SCRAM-SHA-256, for example.", place)
            found.append(kind(mechanism=name.upper(), place=place))
    if table.in_clear is not None:
        found.append(InClear(offered=table.in_clear, place=at("in_clear")))
    return tuple(found)
