"""One process's part of a scan: servers go in, what came of each comes out, many at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import msgspec

from smtpprobe.expectation import Held
from smtpprobe.model import Report, Route
from smtpprobe.names import Resolver
from smtpprobe.outcome import FailureKind
from smtpprobe.run.own_name import ehlo_name, source_address
from smtpprobe.run.stopping import unless
from smtpprobe.scan.addresses import loopback
from smtpprobe.scan.asking import Asking
from smtpprobe.scan.covering import covered
from smtpprobe.scan.lines import Encoder
from smtpprobe.scan.pacing import Pacer
from smtpprobe.scan.visit import visit
from smtpprobe.scanning import Scanned, Standing, Unit

if TYPE_CHECKING:
    from smtpprobe.scan.holding import Holding

#: A visit is long that takes so many times as long as others took of late, and at least so many seconds.
_LONG, _LEAST = 1.5, 0.25
_WEIGHT = 0.05
#: So many visits may be long, for each that may be under way.
_MOST_LONG = 10
_LOOK = 0.05
_TOGETHER = 64
_OTHER_FILES = 100

#: What a line goes to, with what it says.
Emit = Callable[[Scanned, bytes], object]


async def ask(
    asking: Asking, units: Iterator[Unit | None], emit: Emit, standing: Standing, stop: asyncio.Event
) -> None:
    """Visit every server that the iterator gives, in its order as far as politeness lets, and emit a line for each.

    The iterator yields None where it has no more for the moment.

    Returns when all have been visited, or soon after ``stop``: of what was under way then there is no line. Raises
    what ``emit`` and the iterator raise, and nothing for what a server does.
    """
    async with Resolver(asking.nameservers) as resolver:
        party = _Party(asking, units, resolver, emit, standing)
        await unless(stop, party.all())


class _Party:
    """The visitors, who share one pacer."""

    def __init__(
        self, asking: Asking, units: Iterator[Unit | None], resolver: Resolver, emit: Emit, standing: Standing
    ) -> None:
        self._asking, self._resolver, self._emit, self._standing = asking, resolver, emit, standing
        self._settings = asking.settings
        #: For profiles of several connections; those to one address keep their distance, but on this machine.
        self._distant = msgspec.structs.replace(asking.settings, gap=asking.pace.per_address_gap)
        self._pacer = Pacer(units, asking.pace)
        self._encoder = Encoder(asking.prose, asking.lang)
        self._holding = _holding(asking, resolver) if asking.expect is not None else None
        self._names: dict[tuple[bool, bool], str] = {}
        self._clock = asyncio.get_running_loop().time
        #: Since when each server is visited, the oldest first, but for the long visits, which are counted alone.
        self._begun: dict[int, float] = {}
        self._long = self._visitors = 0
        #: What is done and not handed over.
        self._ready: list[tuple[Unit, Report, int, tuple[Held, ...]]] = []
        self._usual = 0.0

    async def all(self) -> bool:
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(self._asking.at_once):
                    self._send(group)
                self._watching = group.create_task(self._watch(group))
        finally:
            self._hand_over()
        return True

    def _send(self, group: asyncio.TaskGroup) -> None:
        """One more visitor."""
        self._visitors += 1
        group.create_task(self._visitor()).add_done_callback(self._came_back)

    def _came_back(self, visitor: asyncio.Task[None]) -> None:
        self._visitors -= 1
        if not self._visitors:
            self._watching.cancel()

    async def _visitor(self) -> None:
        """Visit one server after the other, until there are no more or somebody else took over meanwhile."""
        pacer, standing = self._pacer, self._standing
        while (unit := await pacer.next()) is not None:
            began = self._begun[unit.id] = self._clock()
            settings = self._settings if loopback(unit.address) else self._distant
            report = await visit(unit, settings, await self._name(unit))
            attempts = pacer.attempt(unit)
            again = pacer.done(unit, _asked_for_patience(report))
            standing.in_flight, standing.waiting = pacer.in_flight, pacer.held
            if not again:
                held = await self._holding.held(report) if self._holding is not None else ()
                self._ready.append((unit, report, attempts, held))
                if len(self._ready) == _TOGETHER:
                    self._hand_over()
            if self._begun.pop(unit.id, None) is None:
                self._long -= 1
                return
            self._usual += (self._clock() - began - self._usual) * _WEIGHT

    def _hand_over(self) -> None:
        """A line for each server that is done. Many in a row take less time than each between two visits."""
        standing, ready = self._standing, self._ready
        self._ready = []
        for unit, report, attempts, held in ready:
            scanned = Scanned(unit, report, covered(unit, report), attempts, held)
            self._emit(scanned, self._encoder.line(scanned))
            standing.done += 1
            outcome = report.transcript.outcome
            standing.outcomes[outcome] = standing.outcomes.get(outcome, 0) + 1

    async def _watch(self, group: asyncio.TaskGroup) -> None:
        """A server that takes its time holds nobody up: send another visitor in place of whoever waits for it."""
        room = min(_MOST_LONG * self._asking.at_once, _open_files() - self._asking.at_once)
        while True:
            await asyncio.sleep(_LOOK)
            self._hand_over()
            late = self._clock() - max(_LEAST, _LONG * self._usual)
            for unit, began in list(self._begun.items()):
                if began > late or self._long >= room or self._pacer.exhausted:
                    break
                del self._begun[unit]
                self._long += 1
                self._send(group)

    async def _name(self, unit: Unit) -> str:
        """What to call ourselves: found out once for either family, on the loopback interface and beyond it."""
        if self._settings.ehlo_name is not None:
            return self._settings.ehlo_name
        kind = (":" in unit.address, loopback(unit.address))
        if kind not in self._names:
            source = self._settings.source or source_address(Route(unit.host, unit.address, unit.port))
            self._names[kind] = await ehlo_name(source, self._resolver)
        return self._names[kind]


def _open_files() -> int:
    """How many more connections may be open than are needed otherwise."""
    try:
        import resource
    except ImportError:
        return 0
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return 1 << 20 if soft == resource.RLIM_INFINITY else soft - _OTHER_FILES


def _holding(asking: Asking, resolver: Resolver) -> Holding:
    """Loads much that a scan without expectations does not need."""
    from smtpprobe.expect.servers import of_everybody
    from smtpprobe.scan.holding import Holding

    assert asking.expect is not None
    return Holding(of_everybody(*asking.expect), asking.settings, resolver)


def _asked_for_patience(report: Report) -> bool:
    """Did the server answer 421 where it counts, or name a rate limit?"""
    failure = report.transcript.failure
    return failure is not None and failure.kind is FailureKind.SERVER_CLOSING
