"""One connection's walk: connect, greeting, EHLO, questions in clear, STARTTLS, EHLO, questions inside TLS, QUIT."""

from __future__ import annotations

import asyncio

from smtpprobe import plan
from smtpprobe.model import Command, Exchange, Failure
from smtpprobe.outcome import Stage
from smtpprobe.plan import Task
from smtpprobe.probes.base import Place
from smtpprobe.run.flights import Flights
from smtpprobe.run.host import Host, Open
from smtpprobe.wire import ehlo
from smtpprobe.wire.session import Dial, Line, Session

#: How often a further connection may be turned away at the door before this host is left alone.
TURNED_AWAY = 2
_PAUSE = 1.0


class Visit:
    """Opens one connection, puts the questions that fit, and closes it. ``task`` has the connection to itself."""

    def __init__(self, host: Host, dial: Dial, task: Task | None) -> None:
        host.opened += 1
        self.host = host
        self.task = task
        self.first = host.opened == 1
        self.session = Session(host.opened, host.route, dial, host.record, host.deadline)
        self.encrypted = False
        self.flights: Flights | None = None
        self.open = Open(self.session, towards_tls=host.implicit_tls)
        host.open.append(self.open)

    async def hold(self) -> None:
        """The whole walk. Ends with the connection closed, whatever happens."""
        session = self.session
        try:
            await self._walk()
            if self.host.settings.drop and self.host.ended:
                session.close()
            else:
                await session.quit()
        except asyncio.CancelledError:
            session.farewell()
            raise
        finally:
            session.close()
            if self.flights is not None:
                self.flights.settle_accounts()
            elif self.task is not None:
                self.host.pool.put_back(self.task)
            self.host.closed(session)

    async def _walk(self) -> None:
        if not await self._arrive() or self._stop_at(Stage.CONNECT):
            return
        if not await self._greeted() or self._stop_at(Stage.GREETING):
            return
        self.flights = Flights(self.host, self.session, shared=self.task is None)
        if self.task is not None and self.task.probe.place is Place.BEFORE_EHLO:
            await self.flights.put_alone(self.task)
            return
        if not await self._introduce() or self._stop_at(Stage.EHLO):
            return
        self.open.ledger = self.flights.ledger
        if self.task is not None:
            await self._ask_alone(self.task)
        else:
            await self._ask_shared()

    # -- the spine -----------------------------------------------------------------------------------------

    async def _arrive(self) -> bool:
        host, session = self.host, self.session
        failure = await session.connect(implicit_tls=host.implicit_tls)
        if session.connect_ns:
            address = session.dial.path or session.route.address
            host.watcher.connected(host.target, session.number, address, session.route.port, session.connect_ns)
        if failure is not None:
            self._turned_away("no further connection could be opened", failure)
            return False
        self.encrypted = host.implicit_tls
        if self.encrypted:
            self._secured()
        return True

    async def _greeted(self) -> bool:
        greeting = await self.session.greeting()
        if self.first:
            self.host.greeted = greeting
            self.host.learn(greeting=greeting.reply)
            self.host.recognise()
        if greeting.reply is not None and greeting.reply.positive and greeting.failure is None:
            return self.session.usable
        why = "it did not greet" if greeting.code is None else f"it greeted with {greeting.code}"
        self._turned_away(why, greeting.failure)
        return False

    def _turned_away(self, why: str, failure: Failure | None) -> None:
        """No conversation on this connection: the end on the first; one connection at a time from now on else."""
        host = self.host
        host.failed_openings += 1
        if self.first or host.failed_openings > TURNED_AWAY:
            host.end(why, failure)
        host.lanes = 1

    async def _introduce(self) -> bool:
        """EHLO; HELO where EHLO is refused (RFC 5321 3.2). Keeps what is promised."""
        verb = "LHLO" if self.host.target.lmtp else "EHLO"
        exchange, index = await self._say(f"{verb} {self.host.known.ehlo_name}", Stage.EHLO)
        if exchange.reply is not None and exchange.reply.positive:
            self.host.learn_capabilities(ehlo.read(exchange.reply), index, encrypted=self.encrypted)
            self.host.recognise()
            return self.session.usable
        if exchange.code is not None and exchange.code >= 500 and self.session.usable and verb == "EHLO":
            exchange, index = await self._say(f"HELO {self.host.known.ehlo_name}", Stage.EHLO)
            if exchange.reply is not None and exchange.reply.positive:
                promised = ehlo.read(exchange.reply)
                self.host.learn_capabilities(promised, index, encrypted=self.encrypted)
                return self.session.usable
        if self.first and not self.encrypted:
            self.host.end(f"it refused {verb}", exchange.failure)
        return False

    async def _say(self, line: str, stage: Stage) -> tuple[Exchange, int]:
        (index,) = await self.session.flight([Line(Command(line.encode()))], stage)
        return self.host.record.exchanges[index], index

    async def _upgrade(self) -> bool:
        """STARTTLS, handshake and EHLO. What fails here goes back to the pool by itself: it was not taken yet."""
        host = self.host
        exchange = await self.session.starttls()
        if exchange.failure is not None or exchange.code != 220:
            host.tls_failures += 1
            host.tls_failure = exchange
            host.news()
            return False
        self.encrypted = True
        self._secured()
        if self.flights is not None:
            self.flights.new_tls_state()
        if not await self._introduce():
            host.tls_failures += 1
            return False
        return True

    def _secured(self) -> None:
        facts = self.session.facts
        if facts is not None:
            self.host.tls = self.host.tls or facts
            self.host.watcher.secured(self.session.number, facts)

    def _stop_at(self, stage: Stage) -> bool:
        """The user wanted to go no further than this."""
        if self.host.settings.stop_after is not stage:
            return False
        self.host.end(f"stopped after {stage}, as asked")
        return True

    # -- the questions -------------------------------------------------------------------------------------

    async def _ask_shared(self) -> None:
        host, flights = self.host, self.flights
        assert flights is not None
        upgrading = self.open.towards_tls = not self.encrypted and host.upgrade_wanted(self.session)
        if upgrading and host.tls_unseen and not self.first:
            # An earlier connection did not get that far; see TLS before anything else can go wrong.
            if not await self._upgrade():
                return
            upgrading = False
        await flights.exhaust(self.encrypted, upgrading=upgrading)
        if self._stop_at(Stage.TLS if self.encrypted else Stage.CLEAR):
            return
        if upgrading and self.session.usable and not host.over:
            self.open.towards_tls = await self._upgrade()
            if self.encrypted and self._stop_at(Stage.STARTTLS):
                return
            await flights.exhaust(self.encrypted)
            self._stop_at(Stage.TLS)

    async def _ask_alone(self, task: Task) -> None:
        host, flights = self.host, self.flights
        assert flights is not None
        if not plan.eligible(task, host.moment(self.encrypted)):
            if not host.tls_possible or not await self._upgrade():
                host.pool.put_back(task)
                return
            if not plan.eligible(task, host.moment(True)):
                host.pool.put_back(task)
                return
        flights.encrypted = self.encrypted
        await flights.put_alone(task)


async def lane(host: Host, dial: Dial) -> None:
    """Visit after visit, until there is nothing to ask and nobody who might put something back."""
    while True:
        purpose = host.purpose()
        if purpose is not None:
            visit = Visit(host, dial, purpose if isinstance(purpose, Task) else None)
            await visit.hold()
            if visit.session.said_goodbye and host.lanes == 1 and not host.over and not visit.session.refusals > 1:
                await asyncio.sleep(_PAUSE)
        elif host.open:
            await host.wait_for_news()
        else:
            return
