"""One address of the way: greeting, EHLO, TLS, login, envelope, goodbye. Everything is recorded, nothing is judged.

Where TLS fails it goes on in clear on a second connection, as a sender does that only wishes for TLS (RFC 7435), so
that the rest of the way is seen too.
"""

from __future__ import annotations

import asyncio
import time

import msgspec
from msgspec import Struct

from smtpprobe.explain import annotate
from smtpprobe.explain.known import known_of
from smtpprobe.journey import Journey, Ruling
from smtpprobe.model import (
    Capabilities,
    Command,
    Connection,
    Exchange,
    Failure,
    Known,
    Report,
    Route,
    Target,
    TlsFacts,
    Transcript,
)
from smtpprobe.outcome import Check, FailureKind, Stage, Standing, TlsMode
from smtpprobe.render.failures import sentence
from smtpprobe.rules import judge, verdict
from smtpprobe.run.closing import no_conversation, outcome_of
from smtpprobe.run.settings import Settings, dial_for
from smtpprobe.trace.delivering import DeliveryResult, deliver, impersonate
from smtpprobe.trace.envelope import extra_ruling, extras, mail_line, needs_utf8, rcpt_line
from smtpprobe.trace.login import LoginResult, log_in, login_ruling
from smtpprobe.wire import ehlo
from smtpprobe.wire.account import account, closed
from smtpprobe.wire.dial import Line
from smtpprobe.wire.record import Record
from smtpprobe.wire.session import Session

PROFILE = "trace"
_RSET = Command(b"RSET")


class Errand(Struct, frozen=True):
    """What a leg is for. ``name`` is said in EHLO; ``deliver`` sends the message, not the envelope alone."""

    journey: Journey
    target: Target
    route: Route
    settings: Settings
    name: str
    started: str
    nonce: str
    deliver: bool = False


class Walked(Struct, frozen=True):
    """What came of one address. ``mail`` and ``rcpt`` are places in the report's exchanges.

    ``handshake`` is why TLS failed where the way went on without it; ``refused_utf8`` tells that an address needs
    SMTPUTF8 and the server does not offer it, so that no envelope was sent.
    """

    report: Report
    mail: int | None = None
    rcpt: int | None = None
    offered: bool = False
    handshake: Failure | None = None
    refused_utf8: bool = False
    login: LoginResult | None = None
    delivery: DeliveryResult | None = None
    rulings: tuple[Ruling, ...] = ()
    elapsed_ns: int = 0

    @property
    def transcript(self) -> Transcript:
        return self.report.transcript

    @property
    def host(self) -> str:
        """The server by name, and by address where it has no name."""
        route = self.transcript.route
        return (route.host or route.address) if route is not None else self.transcript.target.host

    @property
    def address(self) -> str:
        return self.transcript.route.address if self.transcript.route is not None else ""

    @property
    def capabilities(self) -> Capabilities | None:
        """What was offered where the envelope went."""
        return self.transcript.encrypted or self.transcript.clear

    def exchange(self, index: int | None) -> Exchange | None:
        return None if index is None else self.transcript.exchanges[index]


class Leg:
    """Walks one address. ``deadline`` is a time of the loop's clock; ``walked`` tells at any time what came of it."""

    def __init__(self, errand: Errand, deadline: float) -> None:
        self.errand = errand
        self.introduced = asyncio.Event()
        #: What was offered in the first EHLO reply, and the words of its first line.
        self.greeted_us: tuple[Capabilities, str] | None = None
        self.clear: Capabilities | None = None
        self.encrypted: Capabilities | None = None
        self._deadline = deadline
        self._dial = dial_for(errand.target, errand.route, errand.settings, errand.name)
        self._record = Record(lambda index: None)
        self._connections: list[Connection] = []
        self._failure: Failure | None = None
        self._handshake: Failure | None = None
        self._tls: TlsFacts | None = None
        self._mail: int | None = None
        self._rcpt: int | None = None
        self._refused_utf8 = False
        self._login: LoginResult | None = None
        self._delivery: DeliveryResult | None = None
        self._rulings: list[Ruling] = []
        self._started_ns = time.monotonic_ns()
        self._ended_ns = 0
        self._whole: Walked | None = None

    async def walk(self) -> None:
        """Hold the conversation. Never raises for anything that a server does."""
        try:
            await self._connect(self.errand.target.tls)
            if self._handshake is not None and self.errand.target.tls is TlsMode.STARTTLS and not self._for_login:
                self._failure = None
                await self._connect(TlsMode.NONE)
        finally:
            self.introduced.set()
            self._ended_ns = time.monotonic_ns()

    @property
    def _for_login(self) -> bool:
        return self.errand.journey.login is not None

    async def _connect(self, mode: TlsMode) -> None:
        number = len(self._connections) + 1
        session = Session(number, self.errand.route, self._dial, self._record, self._deadline)
        greeted = False
        try:
            self._failure = await session.connect(implicit_tls=mode is TlsMode.IMPLICIT)
            if self._failure is not None:
                if mode is TlsMode.IMPLICIT and self._failure.stage is Stage.HANDSHAKE:
                    self._handshake = self._failure
                return
            greeting = await session.greeting()
            greeted = True
            if greeting.reply is None or not greeting.reply.positive or greeting.failure is not None:
                self._failure = greeting.failure
                return
            await self._converse(session, mode)
            await session.quit()
        except asyncio.CancelledError:
            if greeted:
                session.farewell()
            raise
        finally:
            session.close()
            self._tls = self._tls or session.facts
            self._failure = self._failure or session.failure
            await closed()
            self._connections.append(account(session))

    async def _converse(self, session: Session, mode: TlsMode) -> None:
        inside = mode is TlsMode.IMPLICIT
        said = await self._introduce(session, inside=inside)
        if said is not None and self.errand.journey.xclient:
            said = await self._impersonate(session, said, inside=inside)
        if said is not None and mode is TlsMode.STARTTLS and "STARTTLS" in said:
            exchange = await session.starttls()
            if exchange.failure is not None:
                self._handshake = exchange.failure
                return
            if exchange.code == 220:
                inside = True
                said = await self._introduce(session, inside=True)
            else:
                self._handshake = Failure(Stage.STARTTLS, FailureKind.TLS_HANDSHAKE, f"{exchange.code} to STARTTLS")
        if said is None or not session.usable:
            return
        stage = Stage.TLS if inside else Stage.CLEAR
        if self.errand.journey.login is not None and not await self._log_in(session, stage, said):
            return
        await self._envelope(session, stage, said)

    async def _introduce(self, session: Session, *, inside: bool) -> Capabilities | None:
        """EHLO, and HELO where that is refused. Gives what is offered; None where neither was taken."""
        for hello in ("EHLO", "HELO"):
            line = Line(Command(f"{hello} {self.errand.name}".encode()))
            (index,) = await session.flight([line], Stage.EHLO)
            exchange = self._record.exchanges[index]
            if exchange.reply is not None and exchange.code == 250 and exchange.failure is None:
                said = ehlo.read(exchange.reply)
                if inside:
                    self.encrypted = said
                else:
                    self.clear = said
                words = exchange.reply.texts[0].decode("utf-8", "backslashreplace")
                self.greeted_us = self.greeted_us or (said, words)
                self.introduced.set()
                return said
            if (exchange.code or 0) < 500 or not session.usable:
                break
        if exchange.reply is not None and exchange.reply.intermediate:
            session.out_of_step = True
        return None

    async def _impersonate(self, session: Session, said: Capabilities, *, inside: bool) -> Capabilities | None:
        stage = Stage.TLS if inside else Stage.CLEAR
        taken = await impersonate(session, stage, said, self.errand.journey.xclient, record=self._record)
        if taken.withheld:
            left = ", ".join(taken.withheld)
            summary = f"{self.errand.route.host} does not announce XCLIENT for {left}, so that was not said."
            self._rulings.append(Ruling(Check.EXTRA, "XCLIENT", Standing.UNKNOWN, "not-offered", summary))
        return await self._introduce(session, inside=inside) if taken.accepted else said

    async def _log_in(self, session: Session, stage: Stage, said: Capabilities) -> bool:
        facts = session.facts
        verified = facts is not None and facts.certificate is not None and facts.certificate.trusted
        assert self.errand.journey.login is not None
        self._login = await log_in(
            session, stage, said, self.errand.journey.login, record=self._record, verified=verified
        )
        self._rulings.append(login_ruling(self._login, self.errand.route.host or self.errand.route.address))
        return self._login.logged_in and session.usable

    # -- the envelope --------------------------------------------------------------------------------------

    async def _envelope(self, session: Session, stage: Stage, said: Capabilities) -> None:
        journey = self.errand.journey
        if journey.recipient is None:
            return
        utf8 = needs_utf8(journey.sender, journey.recipient)
        if utf8 and "SMTPUTF8" not in said:
            self._refused_utf8 = True
            return
        if self.errand.deliver:
            self._delivery = await deliver(session, stage, said, journey, record=self._record)
            self._rulings.append(self._delivery.ruling)
            self._mail, self._rcpt, *_ = (*self._delivery.indexes[:2], None, None)
            return
        mail = mail_line(journey.sender, said, size=journey.size, utf8=utf8, extra=journey.parameters)
        self._mail, self._rcpt = await self._ask(session, stage, said, mail, rcpt_line(journey.recipient, said, ()))
        for name, other_mail, other_rcpt in extras(journey.extras, journey, self.errand.nonce):
            if not session.usable:
                return
            places = await self._ask(session, stage, said, other_mail, other_rcpt)
            replies = [None if place is None else self._record.exchanges[place].reply for place in places]
            self._rulings.append(extra_ruling(name, replies[0], replies[1]))

    async def _ask(
        self, session: Session, stage: Stage, said: Capabilities, mail: Command, rcpt: Command
    ) -> tuple[int | None, int | None]:
        """MAIL, RCPT and RSET, in one segment where the server takes that (RFC 2920)."""
        lines = [Line(command) for command in (mail, rcpt, _RSET)]
        if "PIPELINING" in said:
            first, second, _ = await session.flight(lines, stage)
            return first, second
        (first,) = await session.flight(lines[:1], stage)
        answer = self._record.exchanges[first]
        second_place: int | None = None
        if answer.reply is not None and answer.reply.positive and session.usable:
            (second_place,) = await session.flight(lines[1:2], stage)
        if session.usable:
            await session.flight(lines[2:], stage)
        return first, second_place

    # -- what came of it -----------------------------------------------------------------------------------

    def walked(self) -> Walked:
        """The report so far; what still waits for its reply is marked as interrupted. That of a whole walk is kept."""
        if self._whole is None and self._ended_ns:
            self._whole = self._told()
        return self._whole or self._told()

    def _told(self) -> Walked:
        exchanges = tuple(map(_ended, self._record.exchanges))
        greeted = next((one for one in exchanges if one.stage is Stage.GREETING), None)
        failure = self._failure
        if failure is None and not self._ended_ns:
            stage = exchanges[-1].stage if exchanges else Stage.CONNECT
            failure = Failure(stage, FailureKind.INTERRUPTED)
        kind = no_conversation(greeted)
        if kind is not None:
            failure = Failure(Stage.GREETING, kind)
        known = self._known(exchanges)
        transcript = self._transcript(exchanges, greeted, failure, known)
        states = {inside: msgspec.structs.replace(known, encrypted_now=inside) for inside in (False, True)}
        notes = tuple([annotate(exchanges, i, states[one.stage is Stage.TLS]) for i, one in enumerate(exchanges)])
        findings = judge(transcript)
        told = verdict(transcript, findings) or ("" if failure is None else sentence(failure, transcript))
        return Walked(
            report=Report(transcript, notes, findings, told),
            mail=self._mail,
            rcpt=self._rcpt,
            offered=self.clear is not None and "STARTTLS" in self.clear,
            handshake=self._handshake,
            refused_utf8=self._refused_utf8,
            login=self._login,
            delivery=self._delivery,
            rulings=tuple(self._rulings),
            elapsed_ns=(self._ended_ns or time.monotonic_ns()) - self._started_ns,
        )

    def _known(self, exchanges: tuple[Exchange, ...]) -> Known:
        errand = self.errand
        return msgspec.structs.replace(
            known_of(exchanges, errand.route.host),
            target=errand.target,
            profile=PROFILE,
            ehlo_name=errand.name,
            nonce=errand.nonce,
            domain=errand.journey.recipient.domain if errand.journey.recipient is not None else None,
            clear=self.clear,
            encrypted=self.encrypted,
            address=errand.route.address,
        )

    def _transcript(
        self, exchanges: tuple[Exchange, ...], greeted: Exchange | None, failure: Failure | None, known: Known
    ) -> Transcript:
        errand = self.errand
        return Transcript(
            target=errand.target,
            route=errand.route,
            exchanges=exchanges,
            observations=(),
            connections=tuple(self._connections),
            clear=self.clear,
            encrypted=self.encrypted,
            tls=self._tls,
            software=known.software,
            failure=failure,
            outcome=outcome_of(greeted, failure, exchanges),
            started=errand.started,
            started_ns=self._started_ns,
            ended_ns=self._ended_ns or time.monotonic_ns(),
            profile=PROFILE,
            ehlo_name=errand.name,
            source=errand.settings.source,
            sni=self._dial.sni,
            round_trips=sum(connection.round_trips for connection in self._connections),
        )


def _ended(exchange: Exchange) -> Exchange:
    if exchange.reply is None and exchange.failure is None:
        return msgspec.structs.replace(exchange, failure=Failure(exchange.stage, FailureKind.INTERRUPTED))
    return exchange
