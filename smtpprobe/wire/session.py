"""One connection: opened, spoken on in flights, upgraded and closed, every exchange recorded.

It knows order and clocks, not meaning. Out of step means stop: nothing is sent after a reply that cannot be paired.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import time
from collections.abc import Iterable, Sequence
from typing import cast

import aiosmtplib
from aiosmtplib.errors import SMTPException, SMTPTimeoutError

from smtpprobe.model import Command, Exchange, Failure, Reply, Route, TlsFacts
from smtpprobe.outcome import ClosedBy, FailureKind, Stage
from smtpprobe.wire import opening, tls
from smtpprobe.wire.causes import handshake_trouble, reason, socket_kind
from smtpprobe.wire.clock import GRAIN, Until
from smtpprobe.wire.dial import Dial, Line
from smtpprobe.wire.protocol import RecordingProtocol, broken_kind
from smtpprobe.wire.record import Record

QUIT_WAIT = 1.0
#: How long a reply is waited for that need not come.
PATIENCE = 2.0
_INJECTED_SHOWN = 100
#: What ends a connection from the other side; with anything else we drop it.
_HUNG_UP = frozenset({FailureKind.CLOSED, FailureKind.RESET, FailureKind.TRUNCATED})


class Session:
    """A connection that is open. ``deadline`` is a time of the event loop's clock that nothing outlives."""

    __slots__ = (
        *("_closed", "_loop", "_record", "_said_quit", "_slowest", "closed_by", "connect_ns", "deadline"),
        *("dial", "facts", "failure", "handshake_ns", "number", "opened_ns", "out_of_step", "protocol", "refusals"),
        *("round_trips", "route", "said_goodbye"),
    )

    def __init__(self, number: int, route: Route, dial: Dial, record: Record, deadline: float) -> None:
        loop = asyncio.get_running_loop()
        self.number, self.route, self.dial = number, route, dial
        self.opened_ns = time.monotonic_ns()
        self.connect_ns = self.handshake_ns = 0
        self.round_trips = self.refusals = 0
        self.facts: TlsFacts | None = None
        self.failure: Failure | None = None
        self.out_of_step = self.said_goodbye = False
        self.closed_by = ClosedBy.NOBODY
        self._said_quit = self._closed = False
        self.protocol = RecordingProtocol(loop)
        self._loop, self._record, self.deadline = loop, record, deadline
        self._slowest = 0.0

    @property
    def client(self) -> aiosmtplib.SMTP:
        """A client of aiosmtplib for its own commands on this connection, made anew each time."""
        name = self.route.host or None
        client = aiosmtplib.SMTP(hostname=name, local_hostname=self.dial.ehlo_name, start_tls=False)
        client.protocol, client.transport = self.protocol, self.protocol.transport
        self.protocol.lend()
        return client

    # -- opening -------------------------------------------------------------------------------------------

    async def connect(self, *, implicit_tls: bool) -> Failure | None:
        """Open the connection, say the PROXY header, shake hands where TLS comes first. Gives why it failed."""
        if self._late():
            return self._fail(Stage.CONNECT, FailureKind.DEADLINE)
        try:
            with Until(self._due(self.dial.timeout)):
                transport = await opening.transport_to(self.route, self.dial, self.protocol)
        except OSError as error:
            kind = socket_kind(error, self._late())
            detail = f"{self.dial.timeout:g} s" if kind is FailureKind.TIMEOUT else reason(error)
            return self._fail(Stage.CONNECT, kind, detail)
        self.connect_ns = time.monotonic_ns() - self.opened_ns
        self.closed_by = ClosedBy.US
        if self.dial.proxy is not None:
            try:
                self.protocol.write_preamble(opening.preamble(self.route, self.dial, transport))
            except ValueError as error:
                return self._fail(Stage.CONNECT, FailureKind.SOCKET, str(error))
            except SMTPException:
                return self._lost(Stage.CONNECT)
        return await self._shake_hands(transport) if implicit_tls else None

    async def _shake_hands(self, transport: asyncio.Transport) -> Failure | None:
        began = time.monotonic_ns()
        self.round_trips += 1
        try:
            context = self.context()
        except OSError as error:
            return self._fail(Stage.HANDSHAKE, FailureKind.CERTIFICATE, reason(error))
        if not self.protocol.is_connected:
            return self._lost(Stage.HANDSHAKE)
        try:
            with Until(self._due(self.dial.timeout)):
                upgraded = await self._loop.start_tls(
                    transport, self.protocol, context, server_hostname=tls.server_name(self.dial.sni)
                )
        except OSError as error:
            return self._handshake_failed(error)
        if upgraded is None:
            return self._lost(Stage.HANDSHAKE)
        self.protocol.transport = upgraded
        self._secured(began)
        return None

    # -- speaking ------------------------------------------------------------------------------------------

    @property
    def usable(self) -> bool:
        """May another command be sent?"""
        return not (self.out_of_step or self.said_goodbye or self.protocol.unsolicited or self.protocol.ended)

    async def greeting(self) -> Exchange:
        """The first reply; nothing is sent before its last line (RFC 5321 3.1)."""
        self.round_trips += 1
        index = self._begin(Stage.GREETING, None)
        exchange = await self._settle(index, self.dial.greeting_timeout)
        self.hear_unsolicited(Stage.GREETING)
        return exchange

    async def flight(self, lines: Sequence[Line], stage: Stage) -> list[int]:
        """Send these commands in one segment and hear their replies; gives their places in the record.

        Each reply's clock starts when the one before it was complete. What was not answered carries a failure.
        """
        indexes = self._send(lines, stage)
        for index in indexes:
            await self._settle(index, self.dial.timeout)
        self.hear_unsolicited(stage)
        return indexes

    async def content(self, pieces: Iterable[bytes], shown: Command, stage: Stage, wait: float) -> tuple[int, bool]:
        """Send a message, recorded as ``shown``, and wait so long for its one reply. Gives its place, and: all sent?

        Where the server does not take all of it, the dialogue is out of step: what is left is nobody's command.
        """
        self.round_trips += 1
        index = self._begin(stage, shown)
        whole = await self.protocol.write_content(pieces, self.dial.timeout, self.deadline)
        doubt = "" if whole else ", and no more of the message was taken before"
        await self._settle(index, max(wait, self.dial.timeout) if whole else PATIENCE, doubt=doubt)
        self.out_of_step = self.out_of_step or not whole
        self.hear_unsolicited(stage)
        return index, whole

    async def attempt(self, line: Line, stage: Stage) -> int:
        """Send what may have no answer, and wait for one a moment only; the dialogue goes on without it."""
        (index,) = self._send([line], stage)
        await self._settle_or_not(index)
        return index

    async def talk_first(self, line: Line) -> tuple[int, int]:
        """Send a command before the greeting, which no client may (RFC 5321 3.1); then hear both replies."""
        self.round_trips += 1
        greeting = self._begin(Stage.GREETING, None, 0, line.probe)
        (index,) = self._send([line], Stage.GREETING)
        await self._settle(greeting, self.dial.greeting_timeout)
        await self._settle_or_not(index)
        return greeting, index

    def _send(self, lines: Sequence[Line], stage: Stage) -> list[int]:
        now = time.monotonic_ns()
        self.round_trips += 1
        indexes = [self._begin(stage, line.command, now, line.probe, line.subject) for line in lines]
        self.hear_unsolicited(stage)
        if not self.out_of_step and not self.said_goodbye:
            try:
                self.protocol.write_group([line.command for line in lines])
            except SMTPException:
                self._lost(stage)
        return indexes

    def hear_unsolicited(self, stage: Stage) -> list[int]:
        """Record the replies that nobody asked for; any but a goodbye leaves the dialogue out of step."""
        replies, self.protocol.unsolicited = self.protocol.unsolicited, []
        heard = []
        for reply in replies:
            index = self._begin(stage, None, reply.first_ns)
            # A 421 needs no command (RFC 5321 3.8); a 221 is a goodbye only where the server then goes.
            goodbye = reply.code == 421 or (reply.code == 221 and self.protocol.ended is not None)
            kind = FailureKind.SERVER_CLOSING if goodbye else FailureKind.UNSOLICITED
            self._record.settle(index, reply, Failure(stage, kind))
            if goodbye:
                self._goodbye()
            else:
                self.out_of_step = True
            heard.append(index)
        return heard

    async def starttls(self) -> Exchange:
        """Ask for TLS and shake hands. The exchange carries the failure, also where the handshake failed."""
        self.round_trips += 1
        return await self._start_tls(self._begin(Stage.STARTTLS, Command(b"STARTTLS")))

    async def starttls_and(self, line: Line) -> tuple[int, int]:
        """Ask for TLS with a command in the same segment, as somebody on the path may add one, and hear who answers."""
        self.round_trips += 1
        index = self._begin(Stage.STARTTLS, Command(b"STARTTLS"), 0, line.probe, line.subject)
        behind = self._begin(Stage.TLS, line.command, 0, line.probe, line.subject)
        self.protocol.put_behind_starttls(line.command)
        await self._start_tls(index)
        await self._settle_or_not(behind)
        return index, behind

    async def _start_tls(self, index: int) -> Exchange:
        try:
            context = self.context()
        except OSError as error:
            failure = self._fail(Stage.STARTTLS, FailureKind.CERTIFICATE, reason(error))
            return self._record.settle(index, None, failure)
        self.hear_unsolicited(Stage.STARTTLS)
        if self.out_of_step or self.said_goodbye:
            return await self._settle(index, self.dial.timeout)
        before = self.protocol.last
        trouble = await self._upgrade(context)
        reply = self.protocol.last if self.protocol.last is not before else None
        exchange = self._record.settle(index, *self._upgraded(reply, trouble))
        self.hear_unsolicited(Stage.STARTTLS)
        return exchange

    async def _upgrade(self, context: ssl.SSLContext) -> Exception | None:
        """STARTTLS and the handshake, each with its own clock."""
        try:
            with Until(self.deadline):
                await self.protocol.start_tls(context, tls.server_name(self.dial.sni), self.dial.timeout)
        except (SMTPException, OSError) as error:
            return error
        return None

    def _upgraded(self, reply: Reply | None, error: Exception | None) -> tuple[Reply | None, Failure | None]:
        if reply is None:
            late = isinstance(error, SMTPTimeoutError | TimeoutError)
            kind = self._timeout_kind() if late else self.protocol.ended or FailureKind.CLOSED
            detail = f"{self.dial.timeout:g} s" if kind is FailureKind.TIMEOUT else ""
            return self.protocol.partial(), self._fail(Stage.STARTTLS, kind, detail)
        broken = self._heard(reply, Stage.STARTTLS)
        if broken is not None or reply.code != 220:
            return reply, broken
        injected = self._injected()
        if error is not None:
            return reply, injected or self._handshake_failed(error)
        if self.protocol.transport is None:
            return reply, self._lost(Stage.HANDSHAKE)
        self.round_trips += 1
        self._secured(reply.last_ns)
        return reply, injected

    def _injected(self) -> Failure | None:
        """The plaintext itself is the detail: where the handshake fails after it, there are no facts to hold it."""
        if not self.protocol.injected:
            return None
        shown = self.protocol.injected[:_INJECTED_SHOWN].decode("utf-8", "backslashreplace")
        return self._fail(Stage.STARTTLS, FailureKind.STARTTLS_INJECTION, shown)

    # -- closing -------------------------------------------------------------------------------------------

    async def quit(self) -> None:
        """Say QUIT where that is still possible, wait a moment for the answer, and close."""
        self.hear_unsolicited(Stage.QUIT)
        if self.usable:
            wait = self._quit_wait
            self.round_trips += 1
            self._said_quit = True
            index = self._begin(Stage.QUIT, Command(b"QUIT"))
            with contextlib.suppress(SMTPException):
                self.protocol.write_group([Command(b"QUIT")])
            await self._part(index, wait)
        self.close()

    async def _part(self, index: int, wait: float, due: float = 0.0) -> None:
        """Hear the goodbye."""
        answer = await self._settle(index, wait, hard=False, due=due)
        if answer.code is not None and answer.code != 221:
            # Perhaps an earlier reply too many took the place of the goodbye, which is then still to come.
            with contextlib.suppress(TimeoutError), Until(self._due(wait)):
                while self.protocol.ended is None and not self.protocol.unsolicited:
                    await self.protocol.next_reply(self._due(wait))
        self.hear_unsolicited(Stage.QUIT)

    def farewell(self) -> None:
        """Say QUIT without waiting for the answer: the user wants to go."""
        if self.usable:
            with contextlib.suppress(SMTPException):
                self.protocol.write_group([Command(b"QUIT")])
        self.close()

    def close(self) -> None:
        """Close the connection; the transport is dropped at once where the dialogue is out of step."""
        if self._closed:
            return
        self._closed = True
        if self.protocol.ended in _HUNG_UP and self.closed_by is ClosedBy.US and not self._said_quit:
            self.closed_by = ClosedBy.SERVER
        if self.out_of_step:
            self.protocol.abort()
        self.protocol.hang_up()
        if self.facts is not None:
            # The goodbye of TLS is out by then; asyncio would wait 30 seconds for the server's.
            self._loop.call_soon(self.protocol.abort)

    # -- inside --------------------------------------------------------------------------------------------

    def context(self) -> ssl.SSLContext:
        return tls.context(self.dial.client_certificate, self.dial.client_key, self.dial.tls_version)

    def _begin(
        self, stage: Stage, command: Command | None, sent_ns: int = 0, probe: str | None = None, subject: str = ""
    ) -> int:
        sent = sent_ns or time.monotonic_ns()
        flight = self.round_trips
        return self._record.begin(Exchange(self.number, flight, stage, command, sent, None, None, probe, subject))

    async def _settle(
        self, index: int, seconds: float, *, hard: bool = True, doubt: str = "", due: float = 0.0
    ) -> Exchange:
        """Wait for a reply, until ``due`` if given. Where it is not ``hard``, its absence does not end it all."""
        stage = self._record.exchanges[index].stage
        if self.said_goodbye:
            return self._record.settle(index, None, Failure(stage, FailureKind.SERVER_CLOSING))
        if self.out_of_step:
            kind = self.failure.kind if self.failure else FailureKind.UNSOLICITED
            return self._record.settle(index, None, Failure(stage, kind))
        began = self._loop.time()
        reply = await self.protocol.next_reply(due or self._due(seconds))
        self._slowest = max(self._slowest, self._loop.time() - began)
        if isinstance(reply, FailureKind):
            kind = self._timeout_kind() if reply is FailureKind.TIMEOUT else reply
            detail = f"{seconds:.3g} s{doubt}" if kind is FailureKind.TIMEOUT else self._why()
            failure = self._fail(stage, kind, detail) if hard else Failure(stage, kind, detail)
            return self._record.settle(index, self.protocol.partial(), failure)
        return self._record.settle(index, reply, self._heard(reply, stage))

    async def _settle_or_not(self, index: int) -> None:
        """Hear a reply that need not come. Where it has begun and does not end, it can be paired with nothing."""
        wait = min(self.dial.timeout, PATIENCE + self._slowest)
        exchange = await self._settle(index, wait, hard=False, doubt=", and none need have come")
        if exchange.reply is not None and exchange.failure is not None:
            self.out_of_step = True
        elif exchange.failure is not None and exchange.failure.kind is FailureKind.TIMEOUT:
            self.protocol.release()
        self.hear_unsolicited(exchange.stage)

    def _heard(self, reply: Reply, stage: Stage) -> Failure | None:
        """Draw the consequences of a reply that was waited for; gives why it ends the dialogue, if it does."""
        if reply.refusal:
            self.refusals += 1
        if reply.code == 421:
            self._goodbye()
        kind = broken_kind(reply)
        return self._fail(stage, kind) if kind else None

    def _goodbye(self) -> None:
        self.said_goodbye = True
        self.closed_by = ClosedBy.SERVER

    def _secured(self, began_ns: int) -> None:
        self.handshake_ns = time.monotonic_ns() - began_ns
        transport = cast("asyncio.Transport", self.protocol.transport)
        agreed: ssl.SSLObject | None = transport.get_extra_info("ssl_object")
        if agreed is not None:
            self.facts = tls.facts(agreed, self.dial.sni, self.dial.ca_file, self.protocol.injected)

    def _handshake_failed(self, error: Exception) -> Failure:
        return self._fail(Stage.HANDSHAKE, *handshake_trouble(error, self._late(), self.dial.timeout))

    def _fail(self, stage: Stage, kind: FailureKind, detail: str = "") -> Failure:
        self.out_of_step = True
        if self.closed_by is ClosedBy.US and kind in _HUNG_UP:
            self.closed_by = ClosedBy.SERVER
        self.failure = self.failure or Failure(stage, kind, detail)
        return Failure(stage, kind, detail)

    def _lost(self, stage: Stage) -> Failure:
        return self._fail(stage, self.protocol.ended or FailureKind.CLOSED, self._why())

    def _why(self) -> str:
        """What TLS said of the end, such as an alert about our certificate; the other ends need no words."""
        return reason(self.protocol.error) if isinstance(self.protocol.error, ssl.SSLError) else ""

    def _due(self, seconds: float) -> float:
        return min(self._loop.time() + seconds, self.deadline)

    @property
    def _quit_wait(self) -> float:
        return min(self.dial.timeout, QUIT_WAIT + self._slowest)

    def _late(self) -> bool:
        return self._loop.time() >= self.deadline - GRAIN

    def _timeout_kind(self) -> FailureKind:
        return FailureKind.DEADLINE if self._late() else FailureKind.TIMEOUT
