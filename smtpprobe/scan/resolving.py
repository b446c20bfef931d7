"""The names of a list looked up: many at once, at a bounded rate, and again where a DNS server failed."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Iterator

from smtpprobe.model import Failure
from smtpprobe.names import Family, ResolveError, Resolver
from smtpprobe.names.hosts import OPEN
from smtpprobe.names.recipients import MailServers, mail_servers
from smtpprobe.outcome import FailureKind, Stage
from smtpprobe.run.stopping import unless
from smtpprobe.scan.blocked import Blocklist
from smtpprobe.scan.store import Answered, Lead, Listed, Store
from smtpprobe.scanning import Standing

#: Seconds to wait before names are tried again, twice as long each further time.
PAUSE = 5.0
# Answers go to disk when there are so many, or when the oldest is so many seconds old.
_ANSWERS_AT_ONCE = 500
_SECONDS_KEPT = 1.0
# The rate is that of the answers since the oldest of so many times that some went to disk.
_PULSES = 5


async def resolve(
    store: Store,
    resolver: Resolver,
    *,
    rate: float | None = None,
    at_once: int = 200,
    retries: int = 2,
    family: Family = "any",
    allow_private: bool = False,
    blocklist: Blocklist | None = None,
    standing: Standing,
    stop: asyncio.Event,
) -> bool:
    """Look up every name that the store has open, then number the servers; whether that came to its end.

    At once where there are no names, or all is planned. The list has to be in the store (``entering.enter``). ``rate``
    bounds the questions to the DNS a second, ``at_once`` the names and the questions under way. A name that a DNS
    server failed for is asked again after all others, up to ``retries`` times, with longer pauses each time. ``stop``
    ends it early: what is answered by then is kept, and the rest is looked up when it is called again.

    With MX every mail server of a domain counts, with every address; of these, one that is not globally routable never
    does unless ``allow_private``. ``standing`` is kept up to date: names in all and done, in flight, waiting for
    another try, how many a second, and in ``outcomes`` how many were "found", "blocked" or failed, by the kind.
    """
    if store.planned():
        return True
    resolver.limit(at_once=at_once, rate=rate)
    standing.phase, standing.total = "names", store.names()
    standing.done = standing.total - store.names_left()
    asking = _Asking(store, resolver, family, allow_private, blocklist, standing)
    for tries in range(retries + 1):
        if tries and store.names_left():
            await unless(stop, asyncio.sleep(PAUSE * 2 ** (tries - 1)))
            resolver.forget_failures()
        await unless(stop, asking.round(tries, at_once, last=tries == retries))
        if stop.is_set():
            return False
    store.plan()
    return True


class _Asking:
    """Names on their way from the store to the DNS, and answers on their way back."""

    def __init__(
        self,
        store: Store,
        resolver: Resolver,
        family: Family,
        allow_private: bool,
        blocklist: Blocklist | None,
        standing: Standing,
    ) -> None:
        self._store = store
        self._resolver = resolver
        self._family: Family = family
        self._allow_private = allow_private
        self._blocklist = blocklist
        self._standing = standing
        self._answers: list[Answered] = []
        self._blocked = 0
        self._kept_at = time.monotonic()
        self._pulse = deque([(self._kept_at, standing.done)], _PULSES)

    async def round(self, tries: int, at_once: int, *, last: bool) -> None:
        """Ask for every name that was tried so often. What is answered is kept, also when this is cancelled."""
        self._standing.waiting = 0
        names = self._store.open_names(tries)
        takers = [asyncio.ensure_future(self._take(names, last)) for _ in range(at_once)]
        try:
            await asyncio.gather(*takers)
        finally:
            for taker in takers:
                taker.cancel()
            self._keep()

    async def _take(self, names: Iterator[tuple[int, Listed]], last: bool) -> None:
        for number, name in names:
            self._standing.in_flight += 1
            try:
                leads, failures = await self._look_up(name)
            finally:
                self._standing.in_flight -= 1
            self._note(number, leads, failures, last)

    async def _look_up(self, name: Listed) -> tuple[tuple[Lead, ...], list[Failure]]:
        """Where a name leads, and all that went wrong on the way."""
        if name.mx:
            allowed, family = self._allow_private, self._family
            found = await mail_servers(self._resolver, name.host, allow_private=allowed, family=family)
            return _through_mx(name, found)
        try:
            addresses = await self._resolver.addresses(name.host, name.port, self._family)
        except ResolveError as error:
            return (), [error.failure]
        return tuple([_lead(name, address, name.host) for address in addresses]), []

    def _note(self, number: int, leads: tuple[Lead, ...], failures: list[Failure], last: bool) -> None:
        kept = leads
        if self._blocklist is not None:
            kept = tuple([lead for lead in leads if not self._blocklist.blocks(lead.address, lead.host)])
        again = not last and any(failure.kind is FailureKind.DNS for failure in failures)
        failure = None if leads else next((one for one in failures if one.kind in OPEN), failures[0])
        self._answers.append(Answered(number, kept, failure, again))
        if again:
            self._standing.waiting += 1
        else:
            self._blocked += bool(leads and not kept)
            self._count("found" if kept else "blocked" if failure is None else failure.kind.value)
        if len(self._answers) >= _ANSWERS_AT_ONCE or time.monotonic() - self._kept_at > _SECONDS_KEPT:
            self._keep()

    def _count(self, outcome: str) -> None:
        self._standing.done += 1
        self._standing.outcomes[outcome] = self._standing.outcomes.get(outcome, 0) + 1

    def _keep(self) -> None:
        answers, self._answers = self._answers, []
        blocked, self._blocked = self._blocked, 0
        self._store.answer(answers, blocked)
        standing, self._kept_at = self._standing, time.monotonic()
        then, done = self._pulse[0]
        if self._kept_at > then:
            standing.rate = (standing.done - done) / (self._kept_at - then)
        standing.left = (standing.total - standing.done) / standing.rate if standing.rate else None
        self._pulse.append((self._kept_at, standing.done))


def _through_mx(name: Listed, found: MailServers) -> tuple[tuple[Lead, ...], list[Failure]]:
    if found.null:
        detail = f"{found.domain} publishes a null MX: it takes no mail (RFC 7505)"
        return (), [Failure(Stage.RESOLVE, FailureKind.NULL_MX, detail)]
    leads = [_lead(name, address, host.name, host.preference) for host in found.hosts for address in host.addresses]
    failures = [found.failure, *[host.failure for host in found.hosts]]
    return tuple(leads), [failure for failure in failures if failure is not None]


def _lead(name: Listed, address: str, host: str, preference: int = -1) -> Lead:
    return Lead(address, name.port, name.tls, name.lmtp, host, name.text, preference)
