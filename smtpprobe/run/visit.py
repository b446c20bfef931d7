"""One connection's walk: connect, greeting, EHLO, questions in clear, STARTTLS, EHLO, questions inside TLS, QUIT."""

from __future__ import annotations

import asyncio

from smtpprobe import plan
from smtpprobe.model import Command, Exchange, Failure
from smtpprobe.outcome import FailureKind, Stage
from smtpprobe.plan import Task
from smtpprobe.probes.base import Place
from smtpprobe.run.flights import Flights
from smtpprobe.run.host import Host, Open
from smtpprobe.wire import ehlo
from smtpprobe.wire.dial import Dial, Line
from smtpprobe.wire.session import Session

#: How many further connections in a row may be turned away at the door before this host is left alone.
TURNED_AWAY = 2
_PAUSE = 1.0


class Visit:
    """Opens one connection, puts the questions that fit, and closes it. ``task`` has the connection to itself."""

    def __init__(self, host: Host, dial: Dial, task: Task | None) -> None:
        host.opened += 1
        self.host = host
        self.task = task
        self.first = host.opened == 1
        self.greeted = False
        self.turned_away = False
        begun, host.begun = host.begun, None
        self.session = begun or Session(host.opened, host.route, dial, host.record, host.deadline)
        self.flights = Flights(host, self.session, task)
        self.open = Open(self.session, self.flights.ledger, shared=task is None, towards_tls=host.implicit_tls)
        host.open.append(self.open)

    async def hold(self) -> None:
        """The whole walk. Ends with the connection closed, whatever happens."""
        session = self.session
        try:
            await self._walk()
            if self.greeted and not (self.host.settings.drop and self.host.ended):
                await session.quit()
        except asyncio.CancelledError:
            if self.greeted:
                session.farewell()
            raise
        finally:
            session.close()
            self.flights.settle_accounts()
            self.host.closed(session)

    async def _walk(self) -> None:
        if not await self._arrive() or self._stop_at(Stage.CONNECT):
            return
        if self.encrypted and self._stop_at(Stage.STARTTLS, Stage.HANDSHAKE):
            return
        if self.task is not None and self.task.probe.place is Place.BEFORE_GREETING:
            self.greeted = True
            await self.flights.put_before_greeting()
            return
        if not await self._greeted() or self._stop_at(Stage.GREETING):
            return
        if self.task is not None and self.task.probe.place is Place.BEFORE_EHLO:
            await self.flights.put_alone()
        elif await self._introduce() and not self._stop_at(Stage.EHLO):
            if self.task is not None:
                await self._ask_alone(self.task)
            else:
                await self._ask_shared()

    @property
    def encrypted(self) -> bool:
        return self.flights.encrypted

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
        if self.encrypted:
            self._secured()
        return True

    async def _greeted(self) -> bool:
        greeting = await self.session.greeting()
        self.greeted = True
        if greeting.reply is not None and greeting.reply.positive and greeting.failure is None:
            return self.session.usable
        why = "it did not greet" if greeting.code is None else f"it greeted with {greeting.code}"
        self._turned_away(why, closing(greeting))
        return False

    def _turned_away(self, why: str, failure: Failure | None) -> None:
        """No conversation on this connection: the end on the first; one connection at a time from now on else."""
        host = self.host
        self.turned_away = True
        host.failed_openings += 1
        if self.first or host.failed_openings > TURNED_AWAY:
            host.end(why, failure)
        host.lanes = 1

    async def _introduce(self) -> bool:
        """EHLO; HELO where EHLO is refused (RFC 5321 3.2). Keeps what is promised."""
        host = self.host
        exchange, index = await self._say(f"{host.hello} {host.known.ehlo_name}")
        if (exchange.code or 0) >= 500 and self.session.usable and host.hello == "EHLO":
            exchange, index = await self._say(f"HELO {host.known.ehlo_name}")
            # Later connections need not ask for another refusal.
            host.hello = "HELO" if exchange.reply is not None and exchange.reply.positive else host.hello
        # Another 2yz is no answer to it (RFC 5321 4.3.2): inside TLS, a 220 would be a second greeting.
        if exchange.reply is not None and exchange.code == 250 and exchange.failure is None:
            host.failed_openings = 0
            host.learn_capabilities(ehlo.read(exchange.reply), index, encrypted=self.encrypted)
            host.recognise()
            return self.session.usable
        if exchange.reply is not None and exchange.reply.intermediate:
            # It waits for more, a challenge's answer or a message, and would take QUIT for that.
            self.session.out_of_step = True
        if not self.encrypted or host.implicit_tls:
            why = "it did not answer" if exchange.code is None else f"it answered {exchange.code} to"
            self._turned_away(f"{why} {host.hello}", closing(exchange))
        return False

    async def _say(self, line: str) -> tuple[Exchange, int]:
        (index,) = await self.session.flight([Line(Command(line.encode()))], Stage.EHLO)
        exchange = self.host.record.exchanges[index]
        self.flights.ledger.spend(exchange)
        return exchange, index

    async def _upgrade(self) -> bool:
        """STARTTLS, handshake and EHLO. What fails here goes back to the pool by itself: it was not taken yet."""
        host = self.host
        exchange = await self.session.starttls()
        self.flights.ledger.spend(exchange)
        secured = exchange.failure is None and exchange.code == 220
        if secured:
            self.flights.new_tls_state()
            self._secured()
        if self._stop_at(Stage.STARTTLS, Stage.HANDSHAKE):
            return False
        if secured and await self._introduce():
            return True
        host.tls_failures += 1
        host.news()
        return False

    def _secured(self) -> None:
        facts = self.session.facts
        if facts is not None:
            self.host.tls = self.host.tls or facts
            self.host.watcher.secured(self.session.number, facts)

    def _stop_at(self, *stages: Stage) -> bool:
        """The user wanted to go no further than this."""
        wanted = self.host.settings.stop_after
        if wanted not in stages:
            return False
        self.host.end(f"stopped after {wanted}, as asked")
        return True

    # -- the questions -------------------------------------------------------------------------------------

    async def _ask_shared(self) -> None:
        host, flights = self.host, self.flights
        upgrading = not self.encrypted and host.upgrade_wanted(self.session)
        self.open.towards_tls = upgrading or self.encrypted
        # Where an earlier connection did not get as far as TLS, see it before anything else can go wrong.
        if not (upgrading and host.tls_unseen and not self.first):
            await flights.exhaust(upgrading=upgrading)
            if self._stop_at(Stage.TLS if self.encrypted else Stage.CLEAR):
                return
        if upgrading and self.session.usable and not host.over:
            self.open.towards_tls = await self._upgrade()
            if self.open.towards_tls or not self.encrypted:
                await flights.exhaust()
            self._stop_at(Stage.TLS)

    async def _ask_alone(self, task: Task) -> None:
        host = self.host
        ready = plan.eligible(task, host.moment(self.encrypted))
        if not ready and host.tls_possible and not self.encrypted:
            ready = await self._upgrade() and plan.eligible(task, host.moment(True))
        if ready and task.probe.place is Place.BEHIND_STARTTLS:
            await self.flights.put_behind_starttls()
        elif ready:
            await self.flights.put_alone()


def closing(exchange: Exchange) -> Failure | None:
    """The failure of an exchange; a 421 is one too (RFC 5321 3.8), and a 3yz where nothing may be waited for."""
    if exchange.code == 421 and exchange.failure is None:
        return Failure(exchange.stage, FailureKind.SERVER_CLOSING, "421")
    if exchange.reply is not None and exchange.reply.intermediate and exchange.failure is None:
        return Failure(exchange.stage, FailureKind.NOT_SMTP, f"{exchange.code}")
    return exchange.failure


async def lane(host: Host, dial: Dial) -> None:
    """Visit after visit, until there is nothing to ask and nobody who might put something back."""
    while True:
        purpose = host.purpose()
        if purpose is not None:
            visit = Visit(host, dial, purpose if isinstance(purpose, Task) else None)
            await visit.hold()
            if not host.over and (host.settings.gap or visit.turned_away):
                await asyncio.sleep(max(host.settings.gap, _PAUSE if visit.turned_away else 0.0))
        elif host.open:
            await host.wait_for_news()
        else:
            return
