"""Expectations in a scan: what came of each of them."""

from __future__ import annotations

from smtpprobe.check.facts import Gatherer
from smtpprobe.check.needs import wants_of
from smtpprobe.expect.hold import hold_address
from smtpprobe.expect.servers import Server
from smtpprobe.expectation import Held
from smtpprobe.model import Report
from smtpprobe.names import Resolver
from smtpprobe.run import Settings


class Holding:
    """Holds every server of a scan to what ``everybody`` is held to."""

    def __init__(self, everybody: Server, settings: Settings, resolver: Resolver) -> None:
        self._everybody = everybody
        self._gatherer = Gatherer(everybody.way, settings, resolver, wants_of(everybody), None)

    async def held(self, report: Report) -> tuple[Held, ...]:
        """What came of every expectation. Never raises for anything that a server or the DNS does."""
        facts = await self._gatherer.facts(report, (report,))
        return hold_address(self._everybody.expectations, facts, self._everybody.place)
