"""From a journey to a Trace: both sides are explored at once, the rest waits only for what it needs."""

from __future__ import annotations

import asyncio
import datetime
import secrets
import time

import msgspec

from smtpprobe.journey import Journey, Ruling, Trace
from smtpprobe.model import Failure, Route, Target
from smtpprobe.names import ResolveError, Resolver
from smtpprobe.names.routable import globally_routable
from smtpprobe.outcome import Cause, Check
from smtpprobe.run.closing import try_next
from smtpprobe.run.own_name import address_literal
from smtpprobe.run.settings import Settings
from smtpprobe.run.stopping import unless
from smtpprobe.trace import blocked, transport
from smtpprobe.trace.case import Case, accepted
from smtpprobe.trace.conclude import conclude
from smtpprobe.trace.conditions import Condition, conditions, next_try
from smtpprobe.trace.leg import Errand, Leg, Walked
from smtpprobe.trace.map import steps
from smtpprobe.trace.notebook import Notebook
from smtpprobe.trace.recipient import Recipient
from smtpprobe.trace.sender import Sender, echoed, ehlo_name

_ORDER = {check: place for place, check in enumerate(Check)}
#: How often a server that greylists is tried again.
_TRIES = 3


async def trace(
    journey: Journey,
    settings: Settings,
    resolver: Resolver,
    *,
    family: str = "any",
    allow_private: bool = False,
    stop: asyncio.Event | None = None,
) -> Trace:
    """Walk the way of a mail and say where it ends. Never raises for anything that a server or the DNS does.

    ``settings.deadline`` bounds the whole, waiting for a greylisting server not counted. ``stop`` ends it early with
    what was learnt.
    """
    walk = _Walk(journey, settings, resolver, family, allow_private)
    finished = await unless(stop or asyncio.Event(), walk.hold())
    return walk.told(stopped=not finished)


class _Walk:
    def __init__(
        self, journey: Journey, settings: Settings, resolver: Resolver, family: str, allow_private: bool
    ) -> None:
        loop = asyncio.get_running_loop()
        self.journey, self.settings, self.resolver = journey, settings, resolver
        self.family, self.allow_private = family, allow_private
        self.started = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.began_ns = time.monotonic_ns()
        self.deadline = loop.time() + settings.deadline
        self.nonce = secrets.token_hex(5)
        self.book = Notebook(resolver)
        self.name: asyncio.Future[str] = loop.create_future()
        self.sender = Sender(journey, self.book, self.name)
        self.recipient = Recipient(journey, settings, self.book, self._leg)
        self.legs: list[Leg] = self.recipient.legs
        self.unresolved: Failure | None = None
        self.rulings: list[Ruling] = []
        self.blocked: str | None = None
        self.waited: float | None = None
        self.origin = "option" if journey.from_ip is not None else ""
        self.sender_ns = 0
        self.earlier_round_trips = 0

    async def hold(self) -> bool:
        """The whole walk; gives whether it came to its end in time."""
        known = self.journey.from_ip or self._bound()
        if known is not None:
            self.origin = self.origin or "configuration"
            self.sender.address.set_result(known)
        try:
            async with asyncio.timeout_at(self.deadline):
                await asyncio.gather(self._judge_sender(), self._walk())
        except TimeoutError:
            return False
        await self._afterwards()
        return True

    def _bound(self) -> str | None:
        """The public address that the local mail server is told to send from."""
        like = self.journey.like
        bound = (like.bind6 if self.family == "6" else like.bind4) if like is not None else None
        return bound if bound is not None and (self.allow_private or globally_routable(bound)) else None

    async def _judge_sender(self) -> None:
        await self.sender.judge()
        self.sender_ns = time.monotonic_ns() - self.began_ns

    async def _walk(self) -> None:
        watches: list[asyncio.Task[None]] = []
        try:
            smarthost = self.journey.via
            if smarthost is not None:
                await self._through(smarthost)
            elif self.journey.recipient is not None:
                await self.recipient.explore(
                    self.journey.recipient.domain,
                    allow_private=self.allow_private,
                    family=self.family,
                    started=lambda leg: watches.append(asyncio.create_task(self._listen(leg))),
                )
        finally:
            for watch in watches:
                watch.cancel()
            await asyncio.gather(*watches, return_exceptions=True)
            self._no_more_echoes()

    def _no_more_echoes(self) -> None:
        if not self.sender.address.done():
            self.sender.address.set_result(None)
        if not self.name.done():
            self.name.set_result(self._given_name() or address_literal(self.settings.source or self.journey.from_ip))

    def _given_name(self) -> str | None:
        like = self.journey.like
        return self.settings.ehlo_name or (like.ehlo_name if like is not None else None)

    async def _listen(self, leg: Leg) -> None:
        """Take our address from what the first server that tells it says to EHLO. A smarthost sees another one."""
        await leg.introduced.wait()
        heard = leg.greeted_us
        if heard is None or self.sender.address.done() or self.journey.via is not None:
            return
        said, words = heard
        address = echoed(said, words, leg.errand.name, allow_private=self.allow_private)
        if address is not None:
            self.origin = "server"
            self.sender.address.set_result(address)

    # -- the ways ------------------------------------------------------------------------------------------

    async def _through(self, smarthost: Target) -> None:
        """A smarthost: its addresses one after the other until one can be connected to, then its other port."""
        for target in filter(None, (smarthost, self.journey.fallback)):
            try:
                private = self.allow_private or not target.mx
                routes = await self.resolver.routes(target, family=self.family, allow_private=private)  # type: ignore[arg-type]
            except ResolveError as error:
                self.unresolved = error.failure
                return
            for route in routes:
                leg = Leg(await self._errand(target, route), self.deadline)
                self.legs.append(leg)
                await leg.walk()
                if not try_next(leg.walked().transcript.failure):
                    return

    async def _errand(self, target: Target, route: Route) -> Errand:
        if not self.name.done():
            name = self._given_name()
            if name is None:
                name = await ehlo_name(route, self.settings.source, self.journey.from_ip, self.resolver)
            if not self.name.done():
                self.name.set_result(name)
        return Errand(self.journey, target, route, self.settings, self.name.result(), self.started, self.nonce)

    async def _leg(self, target: Target, route: Route) -> Leg:
        return Leg(await self._errand(target, route), self.deadline)

    # -- what can only be done when the answers are in -----------------------------------------------------

    async def _afterwards(self) -> None:
        """What was asked for and needs the answers: wait for a server that greylists, deliver, look closer at TLS."""
        await self._wait_out()
        await self._deliver()
        if self.journey.via is None:
            self.blocked = await blocked.port_25(
                self.journey, self._walked(), self.settings, self.resolver, allow_private=self.allow_private
            )
        self.rulings += await transport.look_closer(self.journey, self._walked(), self.settings, self.book)

    async def _wait_out(self) -> None:
        began = asyncio.get_running_loop().time()
        if self.journey.wait is None:
            return
        for _ in range(_TRIES):
            case = self._case(stopped=False)
            decisive = case.decisive
            if decisive is None or accepted(decisive):
                return
            found = next((one for one in case.of(decisive) if one.cause is Cause.GREYLISTED), None)
            if found is None:
                return
            pause = next_try(found, self.journey.wait, asyncio.get_running_loop().time() - began)
            if pause is None:
                return
            await asyncio.sleep(pause)
            await self._again(decisive, deliver=False)
            self.waited = asyncio.get_running_loop().time() - began

    async def _deliver(self) -> None:
        """Hand the message to the server that takes its recipient."""
        if self.journey.delivery is None:
            return
        decisive = self._case(stopped=False).decisive
        if decisive is not None and accepted(decisive):
            await self._again(decisive, deliver=True)

    async def _again(self, before: Walked, *, deliver: bool) -> None:
        """Walk one address once more; what comes of it takes the place of what came before."""
        place = next(i for i, leg in enumerate(self.legs) if leg.walked() is before)
        if deliver:
            # The further questions about the envelope were put then, and are not put again.
            self.rulings += [one for one in before.rulings if one.check is Check.EXTRA]
        self.earlier_round_trips += before.transcript.round_trips
        errand = msgspec.structs.replace(self.legs[place].errand, deliver=deliver)
        leg = Leg(errand, asyncio.get_running_loop().time() + self.settings.deadline)
        self.legs[place] = leg
        await leg.walk()

    # -- what is told --------------------------------------------------------------------------------------

    def _walked(self) -> tuple[Walked, ...]:
        return tuple([leg.walked() for leg in self.legs])

    def _case(self, *, stopped: bool) -> Case:
        walked = self._walked()
        found: tuple[tuple[Condition, ...], ...] = tuple([conditions(one.report) for one in walked])
        # A name that nobody gave and no server heard is none to judge.
        named = bool(self.legs) or self._given_name() is not None
        judged = [one for one in self.sender.rulings if named or one.check is not Check.EHLO_NAME]
        rulings = (*transport.rulings(self.journey, self.recipient, walked), *judged, *self.rulings)
        # The sides are explored at once and end in any order; they are read in one.
        rulings = tuple(sorted(rulings, key=lambda one: _ORDER[one.check]))
        return Case(
            journey=self.journey,
            servers=self.recipient.servers,
            walked=walked,
            conditions=found,
            rulings=rulings,
            blocked=self.blocked,
            waited=self.waited,
            stopped=stopped,
            unresolved=self.unresolved,
        )

    def told(self, *, stopped: bool) -> Trace:
        """The Trace of what is known by now."""
        case = self._case(stopped=stopped)
        walked = case.walked
        address = self.sender.address
        known = address.result() if address.done() and not address.cancelled() else None
        journey = msgspec.structs.replace(self.journey, from_ip=known)
        ended = conclude(case)
        legs_ns = max((one.elapsed_ns for one in walked), default=0)
        return Trace(
            journey=journey,
            ehlo_name=self.name.result() if self.name.done() else "",
            origin=self.origin,
            answers=self.book.answers,
            policy=self.recipient.policy,
            routes=tuple([one.report for one in walked]),
            rulings=case.rulings,
            conclusion=ended,
            steps=steps(case, ended, known, self.recipient.servers_ns),
            unseen=_unseen(case, self.recipient.left_out),
            started=self.started,
            total_ns=time.monotonic_ns() - self.began_ns,
            slowest_ns=max(self.recipient.servers_ns + legs_ns, self.recipient.policy_ns, self.sender_ns),
            round_trips=self.earlier_round_trips + sum(one.transcript.round_trips for one in walked),
            dns_queries=self.resolver.queries,
        )


def _unseen(case: Case, left_out: int) -> tuple[str, ...]:
    """What was not tried, so that nobody takes a yes for more than it is."""
    decisive = case.decisive
    unseen = []
    if decisive is not None and accepted(decisive) and decisive.delivery is None and case.recipient:
        unseen.append("A 250 to RCPT is not the last word: refusals for content, DMARC or spam come after DATA.")
    direct = case.journey.via is None
    if direct and case.journey.from_ip is None and not any(one.check is Check.SPF for one in case.rulings):
        unseen.append("SPF, DMARC and the reverse name were not checked: give your public address with --from-ip.")
    if case.journey.like is not None and case.journey.like.login and case.journey.login is None:
        unseen.append(f"{case.journey.like.software} logs in there; --user does so here.")
    if left_out:
        unseen.append(f"{left_out} further addresses of the mail servers were left out.")
    if case.stopped:
        unseen.append("The trace was stopped before its end.")
    return tuple(unseen)
