"""From a target to its routes, from a route to a held conversation, from that to a Report."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import time
from collections.abc import AsyncIterator, Callable

import msgspec

from smtpprobe import explain, rules
from smtpprobe.model import Failure, Note, Report, Route, Target, Transcript
from smtpprobe.names import ResolveError, Resolver
from smtpprobe.outcome import FailureKind, Outcome, Stage, TlsMode
from smtpprobe.probes.promises import joined
from smtpprobe.render.failures import sentence
from smtpprobe.run.closing import advised, no_conversation, outcome_of, try_next, unasked
from smtpprobe.run.host import Host
from smtpprobe.run.own_name import address_literal, ehlo_name, source_address
from smtpprobe.run.settings import Settings, dial_for
from smtpprobe.run.stopping import unless
from smtpprobe.run.visit import lane
from smtpprobe.watch import Silence, Watcher
from smtpprobe.wire.account import closed
from smtpprobe.wire.dial import Dial
from smtpprobe.wire.record import Record
from smtpprobe.wire.scripted import Scripted
from smtpprobe.wire.session import Session

_TLS_TRIAL = 5.0
_UNRESOLVED = {
    FailureKind.DNS: Outcome.INCONCLUSIVE,
    FailureKind.INTERRUPTED: Outcome.INCONCLUSIVE,
    # That a domain takes no mail is an answer.
    FailureKind.NULL_MX: Outcome.ANSWERED,
}
_LEAST = 0.001


async def survey(
    target: Target,
    settings: Settings,
    resolver: Resolver,
    *,
    every: bool = False,
    family: str = "any",
    allow_private: bool = False,
    watcher: Watcher | None = None,
    resolved: Callable[[int], None] = lambda ticks: None,
    stop: asyncio.Event | None = None,
) -> AsyncIterator[Report]:
    """Resolve a target and probe it: the first route that connects, or, with ``every``, each of them in order.

    A name that leads nowhere gives one Report with the failure. ``resolved`` hears how long that took, in ticks.
    ``stop`` ends the run early with what was learnt.
    """
    started = now()
    clock = asyncio.get_running_loop().time
    over = clock() + settings.deadline
    stop = stop or asyncio.Event()
    began_ns = time.monotonic_ns()
    try:
        routes = await unless(
            stop,
            resolver.routes(target, every=every, family=family, allow_private=allow_private),  # type: ignore[arg-type]
        )
        resolved(time.monotonic_ns() - began_ns)
    except ResolveError as error:
        resolved(time.monotonic_ns() - began_ns)
        report = unresolved(target, settings, error.failure, started)
        yield await advised(report, resolver, stop)
        return
    if routes is None:
        interrupted = Failure(Stage.RESOLVE, FailureKind.INTERRUPTED)
        yield unresolved(target, settings, interrupted, started)
        return
    domain = settings.domain or (target.host if target.mx else None)
    settings = msgspec.structs.replace(settings, domain=domain)
    for number, route in enumerate(routes, 1):
        if not every:
            settings = msgspec.structs.replace(settings, deadline=max(over - clock(), _LEAST))
        report = await probe(target, route, settings, resolver, watcher=watcher, stop=stop)
        failure = report.transcript.failure
        unreached = try_next(failure)
        if every or number == len(routes) or not unreached or stop.is_set():
            yield await advised(report, resolver, stop)
        if stop.is_set() or not (every or unreached):
            return


async def probe(
    target: Target,
    route: Route,
    settings: Settings,
    resolver: Resolver | None = None,
    *,
    watcher: Watcher | None = None,
    stop: asyncio.Event | None = None,
) -> Report:
    """Hold the conversation with one address and report it. Never raises for anything that a server does."""
    started = now()
    source = settings.source or source_address(route)
    stop = stop or asyncio.Event()
    name = settings.ehlo_name or await unless(stop, ehlo_name(source, resolver)) or address_literal(source)
    host = Host(target, route, settings, name, watcher or Silence())
    return await _see_through(host, dial_for(target, route, settings, name), source, started, stop)


async def go_on(target: Target, settings: Settings, session: Scripted, source: str | None, started: str) -> Report:
    """Hold and report a conversation that began with this session, as ``probe`` would have from there on.

    ``started`` is a time as in RFC 3339.
    """
    host = Host(target, session.route, settings, session.dial.ehlo_name, Silence())
    host.deadline, host.started_ns, host.begun = session.deadline, session.opened_ns, session
    session.tell(host.record)
    return await _see_through(host, session.dial, source, started, asyncio.Event())


async def _see_through(host: Host, dial: Dial, source: str | None, started: str, stop: asyncio.Event) -> Report:
    """The conversation, and the report of it."""
    settings = host.settings
    interrupted = await _hold(host, dial, stop)
    failure = host.failure
    if interrupted:
        host.end("interrupted")
        failure = failure or Failure(_reached(host), FailureKind.INTERRUPTED)
        _mark_unanswered(host)
    elif failure is None and not host.ended and host.over and (host.pool.tasks or not host.opened):
        failure = Failure(_reached(host), FailureKind.DEADLINE)
    if failure is None and settings.stop_after is None and host.known.clear is None and host.known.encrypted is None:
        failure = next((exchange.failure for exchange in host.record.exchanges if exchange.failure), None)
    kind = no_conversation(host.greeted)
    if kind is not None:
        failure = Failure(Stage.GREETING, kind)
    await closed()
    transcript = _transcript(host, settings, failure, source, dial.sni, started)
    return _report(transcript, _notes(host))


def _reached(host: Host) -> Stage:
    """How far the run has come."""
    return host.record.exchanges[-1].stage if host.record.exchanges else Stage.CONNECT


def _mark_unanswered(host: Host) -> None:
    """What was still waiting for its reply when the user stopped the run."""
    exchanges = host.record.exchanges
    for index, exchange in enumerate(exchanges):
        if exchange.reply is None and exchange.failure is None:
            failure = Failure(exchange.stage, FailureKind.INTERRUPTED)
            exchanges[index] = msgspec.structs.replace(exchange, failure=failure)


async def _hold(host: Host, dial: Dial, stop: asyncio.Event) -> bool:
    """Let the lanes run to their end, or until the user stops them. Gives whether that happened."""
    everything = asyncio.ensure_future(_converse(host, dial))
    stopped = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait((everything, stopped), return_when=asyncio.FIRST_COMPLETED)
        interrupted = not everything.done()
    finally:
        stopped.cancel()
        everything.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await everything
    return interrupted


async def _converse(host: Host, dial: Dial) -> None:
    async with asyncio.TaskGroup() as lanes:
        for _ in range(host.settings.lanes):
            lanes.create_task(lane(host, dial))
    silent = host.failure is not None and host.failure.kind in (FailureKind.TIMEOUT, FailureKind.CLOSED)
    if silent and await _speaks_tls(host, dial):
        host.failure = Failure(Stage.GREETING, FailureKind.NOT_SMTP_TLS)


async def _speaks_tls(host: Host, dial: Dial) -> bool:
    """Nothing came in clear: perhaps the port waits for a TLS handshake, as 465 does."""
    greeted, most = host.greeted, host.settings.connections
    if greeted is None or greeted.reply is not None or host.target.tls is TlsMode.IMPLICIT:
        return False
    if most is not None and host.opened >= most:
        return False
    await asyncio.sleep(host.settings.gap)
    dial = msgspec.structs.replace(dial, timeout=min(dial.timeout, _TLS_TRIAL))
    session = Session(host.opened + 1, host.route, dial, Record(lambda index: None), host.deadline)
    try:
        return await session.connect(implicit_tls=True) is None
    finally:
        session.close()


def _transcript(
    host: Host, settings: Settings, failure: Failure | None, source: str | None, sni: str | None, started: str
) -> Transcript:
    exchanges = tuple(host.record.exchanges)
    known = host.known
    observations = (*host.observations, *unasked(host))
    connections = tuple(sorted(host.connections, key=lambda one: one.number))
    return Transcript(
        target=host.target,
        route=host.route,
        exchanges=exchanges,
        observations=(*observations, *joined(exchanges, observations, known.clear, known.encrypted)),
        connections=connections,
        clear=known.clear,
        encrypted=known.encrypted,
        tls=host.tls,
        software=known.software,
        failure=failure,
        outcome=outcome_of(host.greeted, failure, exchanges),
        started=started,
        started_ns=host.started_ns,
        ended_ns=time.monotonic_ns(),
        profile=settings.profile,
        ehlo_name=known.ehlo_name,
        source=source,
        sni=sni,
        round_trips=sum(connection.round_trips for connection in connections),
    )


def unresolved(target: Target, settings: Settings, failure: Failure, started: str) -> Report:
    """The report of a name that leads nowhere. ``started`` is a time as in RFC 3339."""
    transcript = Transcript(
        target=target,
        route=None,
        exchanges=(),
        observations=(),
        connections=(),
        clear=None,
        encrypted=None,
        tls=None,
        software=None,
        failure=failure,
        outcome=_UNRESOLVED.get(failure.kind, Outcome.UNREACHABLE),
        started=started,
        started_ns=0,
        ended_ns=0,
        profile=settings.profile,
        ehlo_name=settings.ehlo_name or "",
        source=settings.source,
        sni=settings.sni,
        round_trips=0,
    )
    return _report(transcript, ())


def _notes(host: Host) -> tuple[Note | None, ...]:
    """Every reply explained once more, now that all is known."""
    return explain.annotate_all(host.record.exchanges, host.knowing(False), host.knowing(True))


def _report(transcript: Transcript, notes: tuple[Note | None, ...]) -> Report:
    findings = rules.judge(transcript)
    verdict = rules.verdict(transcript, findings)
    if not verdict and transcript.failure is not None:
        verdict = sentence(transcript.failure, transcript)
    return Report(transcript, notes, findings, verdict)


def now() -> str:
    """This moment, as in RFC 3339, in UTC."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
