"""The recipient's side: the mail servers, every address of each walked at once, and what the DNS asks of their TLS."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from smtpprobe.journey import Answer, Journey, Policy, Question
from smtpprobe.model import Route, Target
from smtpprobe.names.policy import mta_sts_policy
from smtpprobe.names.recipients import MailServers, mail_servers
from smtpprobe.outcome import TlsMode
from smtpprobe.run.settings import Settings
from smtpprobe.trace.leg import Leg
from smtpprobe.trace.notebook import Notebook

#: Addresses walked in one trace; a domain with more says nothing new with the rest.
MOST_LEGS = 40
#: Connections to one address at a time, which several names may lead to.
MOST_AT_ONCE = 2


class Recipient:
    """Walks to every mail server of a domain. What is learnt stands here at any time, for a trace that is cut short."""

    def __init__(
        self,
        journey: Journey,
        settings: Settings,
        book: Notebook,
        make_leg: Callable[[Target, Route], Awaitable[Leg]],
    ) -> None:
        self.servers: MailServers | None = None
        self.legs: list[Leg] = []
        self.left_out = 0
        self.tlsa: dict[str, Answer] = {}
        self.sts_record: Answer | None = None
        self.policy: Policy | None = None
        self.tls_rpt: Answer | None = None
        self.servers_ns = self.policy_ns = 0
        self._journey, self._settings, self._book = journey, settings, book
        self._make_leg = make_leg

    async def explore(self, domain: str, *, allow_private: bool, family: str, started: Callable[[Leg], None]) -> None:
        """Everything there is to know. ``started`` is told of every leg before it sets out."""
        await asyncio.gather(
            self._servers(domain, allow_private, family, started), self._policies(domain, allow_private)
        )

    async def _servers(self, domain: str, allow_private: bool, family: str, started: Callable[[Leg], None]) -> None:
        began = time.monotonic_ns()
        book = self._book
        self.servers = servers = await mail_servers(
            book.resolver,
            domain,
            allow_private=allow_private,
            family=family,  # type: ignore[arg-type]
        )
        book.note(servers.answers)
        self.servers_ns = time.monotonic_ns() - began
        port = self._journey.port
        ways = [
            Route(host.name, address, port, host.preference, "mx", host.authentic)
            for host in servers.hosts
            for address in host.addresses
        ]
        # A host that is named twice is walked to once.
        ways = list({(route.host, route.address): route for route in reversed(ways)}.values())[::-1]
        self.left_out = len(ways[MOST_LEGS:])
        for route in ways[:MOST_LEGS]:
            target = Target(f"{route.host}:{port}", route.host, port, TlsMode.STARTTLS)
            leg = await self._make_leg(target, route)
            self.legs.append(leg)
            started(leg)
        hosts = list(dict.fromkeys(route.host for route in ways[:MOST_LEGS]))
        gates = {route.address: asyncio.Semaphore(MOST_AT_ONCE) for route in ways}
        await asyncio.gather(
            *(_walk(leg, gates[leg.errand.route.address]) for leg in self.legs), self._records(hosts, port)
        )

    async def _records(self, hosts: Sequence[str], port: int) -> None:
        named = [host for host in hosts if not host.startswith("[")]
        self.tlsa = dict(zip(named, await asyncio.gather(*(self._tlsa(host, port) for host in named)), strict=True))

    async def _tlsa(self, host: str, port: int) -> Answer:
        """The records at the end of a signed chain of aliases, else those of the name itself (RFC 7672 2.2.3)."""
        servers = self.servers.hosts if self.servers is not None else ()
        alias = next((one.alias for one in servers if one.name == host and one.alias and one.authentic), None)
        if alias is not None:
            answer = await self._book.ask(Question(f"_{port}._tcp.{alias}", "TLSA"))
            if answer.records:
                return answer
        return await self._book.ask(Question(f"_{port}._tcp.{host}", "TLSA"))

    async def _policies(self, domain: str, allow_private: bool) -> None:
        if domain.startswith("["):
            return
        began = time.monotonic_ns()
        questions = Question(f"_mta-sts.{domain}", "TXT"), Question(f"_smtp._tls.{domain}", "TXT")
        self.sts_record, self.tls_rpt = await asyncio.gather(*map(self._book.ask, questions))
        if any(record.startswith("v=STSv1") for record in self.sts_record.records):
            self.policy = await mta_sts_policy(
                domain,
                self._book.resolver,
                ca_file=self._settings.ca_file,
                allow_private=allow_private,
            )
        self.policy_ns = time.monotonic_ns() - began


async def _walk(leg: Leg, gate: asyncio.Semaphore) -> None:
    async with gate:
        await leg.walk()
