"""Whose turn it is: the servers of a scan in their order, held back where asking now would be too often."""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from collections.abc import Iterator
from itertools import count

from msgspec import Struct

from smtpprobe.scan.addresses import loopback, network_of
from smtpprobe.scanning import Unit

#: Servers read from the list and held back. Those of a list in shuffled order that fill this are most of its rest.
MOST_HELD = 10_000
#: So many connections are opened, and so many servers looked at, before the loop may see to those that are open.
BURST = 100
_LOOK = 500
#: For so long a rate that was not used up may be made up for.
_CATCH_UP = 0.05
#: When to look again whether the list goes on.
_AGAIN = 0.005


class Pace(Struct, frozen=True):
    """How politely servers are asked. Times in seconds; ``rate`` in connections a second, None for no limit.

    An address has one connection at a time, and ``per_address_gap`` from the end of one to the next. So many are open
    at a time to a network (/24, /48) and to the servers of one operator. Loopback addresses know only the rate.

    A server that is busy is left alone together with its network and its operator, for ``back_off`` and twice as long
    each time, up to ``longest_back_off``; then they are asked one at a time until a server is not busy. It is asked
    ``tries`` times in all.
    """

    per_address_gap: float = 2.0
    per_network: int = 8
    per_operator: int = 8
    rate: float | None = None
    back_off: float = 30.0
    longest_back_off: float = 600.0
    tries: int = 3


def limits(unit: Unit, pace: Pace) -> tuple[tuple[str, int], ...]:
    """What limits the connections to a server: its address, its network, its operator, and how many each lets be open.

    None for a server of this machine. The keys of the three kinds differ, by a slash and an @.
    """
    if loopback(unit.address):
        return ()
    limited = ((unit.address, 1), (network_of(unit.address), pace.per_network))
    return (*limited, (f"@{unit.operator}", pace.per_operator)) if unit.operator else limited


class _Gate:
    """What limits the connections to one address, network or operator."""

    __slots__ = ("key", "most", "open", "strikes", "until", "waiting")

    def __init__(self, key: str, most: int) -> None:
        self.key = key
        self.most = most
        self.open = 0
        self.strikes = 0
        self.until = 0.0
        self.waiting: deque[_Held] = deque()

    def shut(self, now: float) -> bool:
        return self.open >= (1 if self.strikes else self.most) or self.until > now

    def idle(self, now: float) -> bool:
        return not (self.open or self.waiting) and self.until <= now


class _Held(Struct):
    """A server with the keys of its gates, and how many connections each lets be open."""

    unit: Unit
    keys: tuple[tuple[str, int], ...]
    tried: int = 0


class Pacer:
    """Gives out servers, each when its turn has come. Belongs to the running loop, and to one task's or many's use.

    ``units`` yields None where it has no more for the moment; it is asked again soon.
    """

    def __init__(self, units: Iterator[Unit | None], pace: Pace) -> None:
        self._units = units
        self._pace = pace
        self._loop = asyncio.get_running_loop()
        self._exhausted = self._stopped = False
        self._gates: dict[str, _Gate] = {}
        #: They have passed their gates.
        self._ready: deque[_Held] = deque()
        self._out: dict[int, _Held] = {}
        #: When to look at a gate, or to ask a server of this machine again, soonest first.
        self._later: list[tuple[float, int, _Gate | _Held]] = []
        self._number = count()
        self._held = 0
        self._room = BURST
        self._rate_from = 0.0
        self._dry_until = 0.0
        self._waiting: deque[asyncio.Future[Unit | None]] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = 0.0

    @property
    def held(self) -> int:
        """How many servers are held back."""
        return self._held

    @property
    def exhausted(self) -> bool:
        """Has the list been read to its end, and is nobody held back?"""
        return self._exhausted and not self._held

    @property
    def in_flight(self) -> int:
        """How many were given out and are not done."""
        return len(self._out)

    def attempt(self, unit: Unit) -> int:
        """Which conversation with it this is, from 1. To be asked before it is done."""
        return self._out[unit.id].tried + 1

    async def next(self) -> Unit | None:
        """The next server, as soon as one may be asked; None when all were given out and none will come back.

        What reading the list raises is raised here.
        """
        if not self._waiting and (unit := self._take(self._loop.time())) is not None:
            return unit
        waiter: asyncio.Future[Unit | None] = self._loop.create_future()
        self._waiting.append(waiter)
        self._pump()
        try:
            return await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled() and (given := waiter.result()) is not None:
                self._ready.appendleft(self._out.pop(given.id))
                self._held += 1
                self._pump()
            raise

    def done(self, unit: Unit, busy: bool = False) -> bool:
        """Its connection has ended, or none was had. ``busy``: it asked to come later, as by a 421.

        Returns whether it will be given out again.
        """
        held = self._out.pop(unit.id)
        held.tried += 1
        again = busy and held.tried < self._pace.tries and not self._stopped
        now = self._loop.time()
        gates = [self._gates[key] for key, _ in held.keys]
        for gate in gates:
            gate.open -= 1
        if gates:
            self._shut(gates[0], self._pace.per_address_gap, now)
        for gate in gates[1:]:
            # Of a connection that ends while the gate is shut, what it says is known already.
            if gate.until <= now:
                if busy:
                    self._shut(gate, self._back_off(gate.strikes), now)
                gate.strikes = gate.strikes + 1 if busy else 0
        if again:
            self._held += 1
            if not gates:
                when = now + self._back_off(held.tried - 1)
                heapq.heappush(self._later, (when, next(self._number), held))
            elif self._admitted(held, now):
                self._ready.append(held)
        for gate in gates:
            self._open(gate, now)
        if self._waiting:
            self._pump()
        return again

    def stop(self) -> None:
        """Give out nothing more: from now on next() returns None."""
        self._stopped = True
        self._pump()

    def _pump(self) -> None:
        """Serve those that wait, as far as there is something for them, and look again when there may be."""
        while self._waiting:
            if self._waiting[0].done():
                self._waiting.popleft()
                continue
            try:
                # One look at the clock: what is too early now is looked at again.
                now = self._loop.time()
                unit = self._take(now)
            except Exception as error:
                self._waiting.popleft().set_exception(error)
                continue
            if unit is None and not self._over():
                self._look_again(now)
                return
            self._waiting.popleft().set_result(unit)

    def _over(self) -> bool:
        return self._stopped or (self._exhausted and not self._held and not self._out)

    def _take(self, now: float) -> Unit | None:
        """A server whose turn it is now, if there is one."""
        if self._stopped or not self._room or now < self._rate_from:
            return None
        self._fire(now)
        if self._ready:
            held: _Held | None = self._ready.popleft()
            self._held -= 1
        else:
            held = self._read(now)
        if held is None:
            return None
        self._out[held.unit.id] = held
        self._pause()
        self._room -= 1
        if self._pace.rate is not None:
            self._rate_from = max(self._rate_from, now - _CATCH_UP) + 1 / self._pace.rate
        return held.unit

    def _read(self, now: float) -> _Held | None:
        """The next of the list that may be asked now. Those before it are held back."""
        if self._exhausted or now < self._dry_until:
            return None
        for _ in range(_LOOK):
            if self._held >= MOST_HELD:
                return None
            try:
                unit = next(self._units)
            except StopIteration:
                self._exhausted = True
                return None
            if unit is None:
                self._dry_until = now + _AGAIN
                return None
            held = _Held(unit, limits(unit, self._pace))
            if self._admitted(held, now):
                return held
            self._held += 1
        self._pause()
        self._room = 0
        return None

    def _admitted(self, held: _Held, now: float) -> bool:
        """Let it pass its gates, or have it wait at the first that is shut."""
        for key, _ in held.keys:
            gate = self._gates.get(key)
            if gate is not None and gate.shut(now):
                gate.waiting.append(held)
                return False
        for key, most in held.keys:
            gate = self._gates.get(key)
            if gate is None:
                gate = self._gates[key] = _Gate(key, most)
            gate.open += 1
        return True

    def _open(self, gate: _Gate, now: float) -> None:
        """Let those pass who may. Who is still held back waits at a gate that is shut, never at this one."""
        while gate.waiting and not gate.shut(now):
            held = gate.waiting.popleft()
            if self._admitted(held, now):
                self._ready.append(held)
        # The key may have another gate by now, where this one was looked at too late.
        if gate.idle(now) and self._gates.get(gate.key) is gate:
            del self._gates[gate.key]

    def _shut(self, gate: _Gate, seconds: float, now: float) -> None:
        gate.until = now + seconds
        heapq.heappush(self._later, (gate.until, next(self._number), gate))

    def _back_off(self, times: int) -> float:
        return min(self._pace.back_off * float(2 ** min(times, 30)), self._pace.longest_back_off)

    def _fire(self, now: float) -> None:
        while self._later and self._later[0][0] <= now:
            _, _, what = heapq.heappop(self._later)
            if isinstance(what, _Held):
                self._ready.append(what)
            else:
                self._open(what, now)

    def _pause(self) -> None:
        """Let the loop see to what is open before there is room for another burst."""
        if self._room == BURST:
            self._loop.call_soon(self._turn)

    def _turn(self) -> None:
        self._room = BURST
        self._pump()

    def _look_again(self, now: float) -> None:
        """Call _pump when time alone may let somebody pass. A turn of the loop and a connection's end call it too."""
        if not self._room:
            return
        if self._rate_from > now:
            when = self._rate_from
        elif self._dry_until > now:
            when = min(self._dry_until, self._later[0][0]) if self._later else self._dry_until
        elif self._later:
            when = self._later[0][0]
        else:
            return
        if self._timer is not None:
            if self._timer_at <= when:
                return
            self._timer.cancel()
        self._timer_at = when
        self._timer = self._loop.call_at(when, self._time_came)

    def _time_came(self) -> None:
        self._timer = None
        self._pump()
