"""From servers and what they are held to, to a Checking: each is asked once, and again where that decided nothing."""

from __future__ import annotations

import asyncio
import datetime
import time
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from smtpprobe.check.facts import Gatherer, host_of
from smtpprobe.check.needs import settings_of, wants_of
from smtpprobe.expect.base import Facts
from smtpprobe.expect.hold import hold_address, hold_server
from smtpprobe.expect.servers import Server
from smtpprobe.expectation import Checked, Checking, Held
from smtpprobe.journey import Login
from smtpprobe.model import Report
from smtpprobe.names import Resolver
from smtpprobe.outcome import Outcome, Result
from smtpprobe.run import survey
from smtpprobe.run.stopping import unless

#: Servers asked at a time.
AT_ONCE = 20
#: What counts for more comes first, for the outcome of several addresses.
_WORST = (Outcome.UNREACHABLE, Outcome.NOT_SMTP, Outcome.REFUSED, Outcome.INCONCLUSIVE, Outcome.ANSWERED)


async def check(
    servers: Sequence[Server],
    resolver: Resolver,
    *,
    file: str = "",
    logins: Mapping[Server, Login] | None = None,
    dialled: Mapping[str, Any] | None = None,
    at_once: int = AT_ONCE,
    inconclusive: str | None = None,
    stop: asyncio.Event | None = None,
) -> Checking:
    """Hold every server to what is expected of it. Never raises for anything that a server or the DNS does.

    Servers are asked side by side, those with one host one after the other. ``dialled`` are fields of
    ``run.Settings`` that win over the file's. ``stop`` ends the check early.
    """
    began = time.monotonic_ns()
    started = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    stop = stop or asyncio.Event()
    room = asyncio.Semaphore(at_once)
    gates = {server.target.host: asyncio.Lock() for server in servers}

    async def one(server: Server) -> Checked | None:
        async with gates[server.target.host], room:
            if stop.is_set():
                return None
            return await hold(server, resolver, login=(logins or {}).get(server), dialled=dialled, stop=stop)

    found = await asyncio.gather(*map(one, servers))
    return Checking(
        file=file,
        servers=tuple([checked for checked in found if checked is not None]),
        started=started,
        elapsed_ns=time.monotonic_ns() - began,
        inconclusive=inconclusive,
        stopped=stop.is_set(),
    )


async def hold(
    server: Server,
    resolver: Resolver,
    *,
    login: Login | None = None,
    dialled: Mapping[str, Any] | None = None,
    stop: asyncio.Event | None = None,
) -> Checked:
    """One server, asked as often as its retries allow while something is undecided. What was decided once stays so."""
    began = time.monotonic_ns()
    stop = stop or asyncio.Event()
    attempt = _Attempt(server, resolver, login, dialled or {}, stop)
    held: tuple[Held, ...] = ()
    reports: tuple[Report, ...] = ()
    attempts = connections = 0
    while True:
        attempts += 1
        reports, latest = await attempt.made()
        connections += sum(len(report.transcript.connections) for report in reports)
        held = _kept(held, latest)
        undecided = any(one.result is Result.INCONCLUSIVE for one in held)
        if not undecided or attempts > server.way.retries:
            break
        if await unless(stop, _pause(server.way.retry_after)) is None:
            break
    return Checked(
        name=server.name,
        target=server.target,
        outcome=min((report.transcript.outcome for report in reports), key=_WORST.index),
        held=held,
        reports=reports,
        groups=server.groups,
        place=server.place,
        attempts=attempts,
        connections=connections,
        dns_queries=attempt.dns_queries,
        dns_ns=attempt.dns_ns,
        elapsed_ns=time.monotonic_ns() - began,
    )


async def _pause(seconds: float) -> bool:
    await asyncio.sleep(seconds)
    return True


def _kept(before: Sequence[Held], latest: Sequence[Held]) -> tuple[Held, ...]:
    """The latest results, but where they are undecided and an earlier one was not."""
    decided = {
        (one.host, one.address, one.id): one
        for one in before
        if one.result in (Result.MET, Result.FAILED) and not one.because
    }
    return tuple(
        [
            decided.get((one.host, one.address, one.id), one) if one.result is Result.INCONCLUSIVE else one
            for one in latest
        ]
    )


class _Attempt:
    """Asks one server, as often as it is told to."""

    def __init__(
        self,
        server: Server,
        resolver: Resolver,
        login: Login | None,
        dialled: Mapping[str, Any],
        stop: asyncio.Event,
    ) -> None:
        self._server, self._resolver, self._stop = server, resolver, stop
        self._settings = settings_of(server, dialled)
        self._gatherer = Gatherer(server.way, self._settings, resolver, wants_of(server), login)
        self.dns_queries = 0
        self.dns_ns = 0
        self._asked = 0

    async def made(self) -> tuple[tuple[Report, ...], tuple[Held, ...]]:
        """The reports of one attempt, and what came of every expectation."""
        server, way = self._server, self._server.way
        self._asked = self._resolver.queries
        reports = tuple(
            [
                report
                async for report in survey(
                    server.target,
                    self._settings,
                    self._resolver,
                    every=way.every,
                    family=way.family,
                    allow_private=way.allow_private,
                    resolved=self._resolved,
                    stop=self._stop,
                )
            ]
        )
        several = len(reports) > 1
        held: list[Held] = []
        facts: list[Facts] = []
        for report in reports:
            known = await self._gatherer.facts(report, reports)
            facts.append(known)
            route = report.transcript.route
            address = route.address if several and route is not None else ""
            host = host_of(report, server.target) if several else ""
            held += hold_address(server.expectations, known, server.place, address, host)
        if any(one.of_server for one in server.expectations):
            mx = await self._gatherer.servers(server.target.host) if server.target.mx else None
            held += hold_server(server.expectations, msgspec.structs.replace(facts[0], mx=mx))
        return reports, tuple(held)

    def _resolved(self, ticks: int) -> None:
        self.dns_ns += ticks
        self.dns_queries += self._resolver.queries - self._asked
