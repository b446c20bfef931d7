"""What expectations want to know besides the conversation: names, and what the DNS and the web publish about TLS."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Coroutine
from ipaddress import ip_address
from typing import Any, TypeVar

import msgspec

from smtpprobe.expect.base import Facts, MxFacts, Want, passing
from smtpprobe.expect.servers import Way
from smtpprobe.journey import Answer, Journey, Login, Question, Ruling
from smtpprobe.model import Failure, Report, Route, Target, Transcript
from smtpprobe.names import Resolver
from smtpprobe.names.policy import mta_sts_policy
from smtpprobe.names.recipients import MailServers, mail_servers
from smtpprobe.outcome import Check, Standing, TlsMode
from smtpprobe.run.settings import Settings
from smtpprobe.trace.leg import Errand, Leg
from smtpprobe.verdicts.dane import judge_dane
from smtpprobe.verdicts.encounter import Encounter
from smtpprobe.verdicts.mta_sts import judge_mta_sts, judge_policy

T = TypeVar("T")

#: The modes in which a policy asks something of the servers.
_IN_FORCE = ("enforce", "testing")


def host_of(report: Report, target: Target) -> str:
    """The host whose address was asked, where the user named another, as a domain is; "" else."""
    route = report.transcript.route
    return route.host if route is not None and route.host not in (target.host, route.address) else ""


class Gatherer:
    """Finds out what is wanted about the addresses of one server."""

    def __init__(self, way: Way, settings: Settings, resolver: Resolver, wants: frozenset[Want], login: Login | None):
        self._way, self._settings, self._resolver = way, settings, resolver
        self._wants, self._login = wants, login

    async def facts(self, report: Report, reports: tuple[Report, ...]) -> Facts:
        """All that is wanted about one address. Never raises for anything that the DNS or a server does."""
        route = report.transcript.route
        if route is None:
            return Facts(report, reports)
        wants, run = self._wants, report.transcript
        ptr, dane, mta_sts = await asyncio.gather(
            _if(Want.PTR in wants, self._ptr(route)),
            _if(Want.DANE in wants, self._dane(run, route)),
            _if(Want.MTA_STS in wants, self._mta_sts(run, route)),
        )
        login = await _if(Want.LOGIN in wants and self._login is not None, self._log_in(run, route))
        return Facts(report, reports, ptr, dane, mta_sts, login)

    async def servers(self, domain: str) -> MxFacts:
        """The MX servers of a domain."""
        found = await self._mail_servers(domain)
        return MxFacts(
            servers=len(found.hosts) if not found.implicit else 0,
            addresses=len({address for host in found.hosts for address in host.addresses}),
            null=found.null,
            failure=found.failure or next((host.failure for host in found.hosts if host.failure), None),
        )

    async def _mail_servers(self, domain: str) -> MailServers:
        way = self._way
        return await mail_servers(
            self._resolver,
            domain,
            allow_private=way.allow_private,
            family=way.family,  # type: ignore[arg-type]
        )

    async def _ptr(self, route: Route) -> Answer | None:
        try:
            name = ip_address(route.address.partition("%")[0]).reverse_pointer
        except ValueError:
            return None
        return await self._resolver.ask(Question(name, "PTR"))

    async def _dane(self, run: Transcript, route: Route) -> Ruling | None:
        met = encounter(run, route)
        ask = self._resolver.ask
        tlsa, *addresses = await asyncio.gather(
            ask(Question(f"_{route.port}._tcp.{met.host}", "TLSA")),
            ask(Question(met.host, "A")),
            ask(Question(met.host, "AAAA")),
        )
        told = [one.authentic for one in addresses if one.records]
        mx = await ask(Question(run.target.host, "MX")) if run.target.mx else None
        return judge_dane(
            self._way.domain or run.target.host,
            met,
            tlsa,
            addresses_authentic=None if not told or None in told else all(told),
            mx_authentic=mx.authentic if mx is not None else None,
            now=datetime.datetime.now(datetime.UTC),
        )

    async def _mta_sts(self, run: Transcript, route: Route) -> Ruling | None:
        domain = self._way.domain or run.target.host
        record = await self._resolver.ask(Question(f"_mta-sts.{domain}", "TXT"))
        policy = None
        if any(one.startswith("v=STSv1") for one in record.records):
            policy = await mta_sts_policy(
                domain, self._resolver, ca_file=self._settings.ca_file, allow_private=self._way.allow_private
            )
        met = encounter(run, route)
        ruling = judge_policy(domain, record, policy, (met.host,))
        if policy is not None and passing(policy.failure):
            return msgspec.structs.replace(ruling, standing=Standing.UNKNOWN)
        return judge_mta_sts(domain, record, policy, met) if ruling.result in _IN_FORCE else ruling

    async def _log_in(self, run: Transcript, route: Route) -> Ruling | None:
        """On a connection of its own, which says nothing else."""
        journey = Journey(None, None, via=run.target, login=self._login)
        errand = Errand(journey, run.target, route, self._settings, run.ehlo_name, run.started, "")
        leg = Leg(errand, asyncio.get_running_loop().time() + self._settings.deadline)
        await leg.walk()
        return next((one for one in leg.walked().rulings if one.check is Check.LOGIN), None)


async def _if(wanted: bool, finding: Coroutine[Any, Any, T | None]) -> T | None:
    if not wanted:
        finding.close()
        return None
    return await finding


def encounter(run: Transcript, route: Route) -> Encounter:
    """What was met at an address, as far as TLS goes."""
    heard = run.clear is not None or run.encrypted is not None
    implicit = run.target.tls is TlsMode.IMPLICIT
    offered = True if implicit else None if not heard else run.clear is not None and "STARTTLS" in run.clear
    broken: Failure | None = next((one.failure for one in run.connections if one.failure and one.tls is None), None)
    return Encounter(route.host or route.address, route.address, offered, run.tls, None if run.tls else broken)
