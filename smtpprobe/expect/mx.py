"""Expectations about a mail domain's servers: how many there are, how many addresses, how many of them answer."""

from __future__ import annotations

from typing import ClassVar

from smtpprobe.expect.base import Expectation, Facts, Judgement, failed, inconclusive, met, not_applicable, passing
from smtpprobe.expect.conversation import held
from smtpprobe.expect.file import Mx
from smtpprobe.expect.given import At, count
from smtpprobe.expect.spine import quoted
from smtpprobe.expectation import Measure
from smtpprobe.model import Report
from smtpprobe.outcome import Result

_MOST = 100
_SHOWN = 3


class _OfDomain(Expectation, frozen=True, kw_only=True):
    """What counts the servers of a domain."""

    of_server: ClassVar[bool] = True

    def judge(self, facts: Facts) -> Judgement:
        mx = facts.mx
        if mx is not None and mx.failure is not None:
            detail = f" ({quoted(mx.failure.detail, 80)})" if mx.failure.detail else ""
            got = f"{mx.failure.kind.meaning}{detail}"
            return inconclusive(got) if passing(mx.failure) else failed(got)
        if mx is not None and mx.null:
            return failed("the domain publishes a null MX: it takes no mail (RFC 7505)")
        return self._counted(facts)

    def _counted(self, facts: Facts) -> Judgement:
        raise NotImplementedError


class MxServers(_OfDomain, frozen=True, kw_only=True):
    """So many hosts stand in the MX records."""

    least: int

    @property
    def id(self) -> str:
        return "mx-servers"

    @property
    def title(self) -> str:
        return f"the domain has {_many(self.least, 'MX server')} or more"

    @property
    def expected(self) -> str:
        return f"at least {self.least}"

    def _counted(self, facts: Facts) -> Judgement:
        if facts.mx is None:
            return not_applicable("the target is no mail domain: write mx = true for one")
        return _enough("mx_servers", facts.mx.servers, self.least, "MX server")


class MxAddresses(_OfDomain, frozen=True, kw_only=True):
    """Those hosts have so many addresses."""

    least: int

    @property
    def id(self) -> str:
        return "mx-addresses"

    @property
    def title(self) -> str:
        return f"the MX servers have {_many(self.least, 'address')} or more"

    @property
    def expected(self) -> str:
        return f"at least {self.least}"

    def _counted(self, facts: Facts) -> Judgement:
        if facts.mx is None:
            return not_applicable("the target is no mail domain: write mx = true for one")
        return _enough("mx_addresses", facts.mx.addresses, self.least, "address")


class MxReachable(_OfDomain, frozen=True, kw_only=True):
    """With so many addresses a conversation can be held. ``least`` None: with all of them."""

    least: int | None

    @property
    def id(self) -> str:
        return "mx-reachable"

    @property
    def title(self) -> str:
        if self.least is None:
            return "a conversation can be held at every address"
        return f"a conversation can be held at {_many(self.least, 'address')} or more"

    @property
    def expected(self) -> str:
        return "all" if self.least is None else f"at least {self.least}"

    def _counted(self, facts: Facts) -> Judgement:
        known = max(facts.mx.addresses if facts.mx is not None else 0, len(facts.reports), 1)
        need = known if self.least is None else self.least
        results = [(report, held(report)) for report in facts.reports]
        good = sum(result is Result.MET for _, result in results)
        perhaps = sum(
            result is Result.INCONCLUSIVE or (result is Result.FAILED and passing(report.transcript.failure))
            for report, result in results
        )
        unasked = known - len(results)
        silent = [_address(report) for report, result in results if result is not Result.MET]
        but = f"; not {', '.join(silent[:_SHOWN])}{' and others' if len(silent) > _SHOWN else ''}" if silent else ""
        got = f"{good} of {known}{but}"
        measure = Measure("mx_reachable", good, least=need)
        if good >= need:
            return met(got, measure=measure)
        if good + perhaps >= need:
            return inconclusive(got)
        if good + perhaps + unasked >= need:
            asked = f"{_many(unasked, 'address')} not asked: write all = true"
            return inconclusive(f"{got}; {asked}")
        return failed(got, advice="Start the server there, or take its MX or address record out.", measure=measure)


def _enough(name: str, number: int, least: int, what: str) -> Judgement:
    measure = Measure(name, number, least=least)
    judge = met if number >= least else failed
    return judge(_many(number, what), measure=measure)


def _many(number: int, what: str) -> str:
    plural = f"{what}es" if what.endswith("s") else f"{what}s"
    return f"{number} {what if number == 1 else plural}"


def _address(report: Report) -> str:
    route, failure = report.transcript.route, report.transcript.failure
    where = route.address if route is not None else report.transcript.target.host
    return f"{where} ({failure.kind})" if failure is not None else where


def expectations(table: Mx, at: At) -> tuple[Expectation, ...]:
    """What the table ``mx`` expects. Raises Mistake."""
    found: list[Expectation] = []
    if table.servers is not None:
        found.append(MxServers(least=count(table.servers, "servers", 1, _MOST, at("servers")), place=at("servers")))
    if table.addresses is not None:
        least = count(table.addresses, "addresses", 1, _MOST, at("addresses"))
        found.append(MxAddresses(least=least, place=at("addresses")))
    if table.reachable is not None:
        number = table.reachable
        wanted = None if isinstance(number, str) else count(number, "reachable", 1, _MOST, at("reachable"))
        found.append(MxReachable(least=wanted, place=at("reachable")))
    return tuple(found)
