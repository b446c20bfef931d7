"""From a target to its routes, from a route to a held conversation, from that to a Report."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import AsyncIterator

import msgspec

from smtpprobe import explain, rules
from smtpprobe.model import Failure, Note, Report, Route, Target, Transcript
from smtpprobe.names import ResolveError, Resolver
from smtpprobe.outcome import FailureKind, Outcome, Stage, TlsMode
from smtpprobe.probes.promises import joined
from smtpprobe.run.closing import no_conversation, outcome_of, unasked
from smtpprobe.run.host import Host
from smtpprobe.run.own_name import ehlo_name, source_address
from smtpprobe.run.settings import Settings
from smtpprobe.run.visit import lane
from smtpprobe.watch import Silence, Watcher
from smtpprobe.wire.record import Record
from smtpprobe.wire.session import Dial, Session

_TLS_TRIAL = 5.0
#: Failures to connect after which the next address of the same name is tried.
_TRY_NEXT = frozenset({FailureKind.REFUSED, FailureKind.UNREACHABLE, FailureKind.TIMEOUT, FailureKind.SOCKET})


async def survey(
    target: Target,
    settings: Settings,
    resolver: Resolver,
    *,
    every: bool = False,
    family: str = "any",
    allow_private: bool = False,
    watcher: Watcher | None = None,
    stop: asyncio.Event | None = None,
) -> AsyncIterator[Report]:
    """Resolve a target and probe it: the first route that connects, or, with ``every``, each of them in order.

    A name that leads nowhere gives one Report with the failure. ``stop`` ends the run early with what was learnt.
    """
    started = _now()
    try:
        routes = await resolver.routes(target, every=every, family=family, allow_private=allow_private)  # type: ignore[arg-type]
    except ResolveError as error:
        yield _report(_unresolved(target, settings, error.failure, started), ())
        return
    domain = settings.domain or (target.host if target.mx else None)
    settings = msgspec.structs.replace(settings, domain=domain)
    for number, route in enumerate(routes, 1):
        report = await probe(target, route, settings, resolver, watcher=watcher, stop=stop)
        failure = report.transcript.failure
        unreached = failure is not None and failure.stage is Stage.CONNECT and failure.kind in _TRY_NEXT
        if every or number == len(routes) or not unreached:
            yield report
        if stop is not None and stop.is_set():
            return
        if not every and not unreached:
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
    started = _now()
    source = settings.source or source_address(route)
    name = settings.ehlo_name or await ehlo_name(source, resolver)
    host = Host(target, route, settings, name, watcher or Silence())
    dial = _dial(target, route, settings, name)
    interrupted = await _hold(host, dial, stop)
    failure = host.failure
    if interrupted:
        host.end("interrupted")
        failure = failure or Failure(Stage.QUIT, FailureKind.INTERRUPTED)
    elif (
        failure is not None
        and failure.kind in (FailureKind.TIMEOUT, FailureKind.CLOSED)
        and await _speaks_tls(host, dial)
    ):
        failure = Failure(Stage.GREETING, FailureKind.NOT_SMTP_TLS)
    kind = no_conversation(host.greeted)
    if kind is not None:
        failure = Failure(Stage.GREETING, kind)
    transcript = _transcript(host, settings, failure, source, dial.sni, started)
    return _report(transcript, _notes(host))


async def _hold(host: Host, dial: Dial, stop: asyncio.Event | None) -> bool:
    """Let the lanes run to their end, or until the user stops them. Gives whether that happened."""
    lanes = [asyncio.ensure_future(lane(host, dial)) for _ in range(host.settings.lanes)]
    everything = asyncio.gather(*lanes)
    stopped = asyncio.ensure_future(stop.wait() if stop is not None else asyncio.Event().wait())
    try:
        await asyncio.wait((everything, stopped), return_when=asyncio.FIRST_COMPLETED)
        interrupted = not everything.done()
    finally:
        stopped.cancel()
        everything.cancel()
        ends = await asyncio.gather(*lanes, return_exceptions=True)
    for end in ends:
        if isinstance(end, Exception):
            raise end
    return interrupted


def _dial(target: Target, route: Route, settings: Settings, name: str) -> Dial:
    named = route.host if route.host and route.host != route.address else None
    return Dial(
        ehlo_name=name,
        timeout=settings.timeout,
        greeting_timeout=settings.greeting_timeout,
        source=settings.source,
        path=target.path,
        sni=settings.sni or named,
        ca_file=settings.ca_file,
        client_certificate=settings.client_certificate,
        client_key=settings.client_key,
        proxy=settings.proxy,
        proxy_source=settings.proxy_source,
    )


async def _speaks_tls(host: Host, dial: Dial) -> bool:
    """Nothing came in clear: perhaps the port waits for a TLS handshake, as 465 does."""
    greeted = host.greeted
    if greeted is None or greeted.reply is not None or host.target.tls is TlsMode.IMPLICIT:
        return False
    dial = msgspec.structs.replace(dial, timeout=min(dial.timeout, _TLS_TRIAL))
    deadline = asyncio.get_running_loop().time() + dial.timeout
    session = Session(host.opened + 1, host.route, dial, Record(lambda index: None), deadline)
    failure = await session.connect(implicit_tls=True)
    session.close()
    return failure is None


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
        ended_ns=host.ended_ns(),
        profile=settings.profile,
        ehlo_name=known.ehlo_name,
        source=source,
        sni=sni,
        round_trips=sum(connection.round_trips for connection in connections),
    )


def _unresolved(target: Target, settings: Settings, failure: Failure, started: str) -> Transcript:
    inconclusive = failure.kind is FailureKind.DNS
    return Transcript(
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
        outcome=Outcome.INCONCLUSIVE if inconclusive else Outcome.UNREACHABLE,
        started=started,
        started_ns=0,
        ended_ns=0,
        profile=settings.profile,
        ehlo_name=settings.ehlo_name or "",
        source=settings.source,
        sni=settings.sni,
        round_trips=0,
    )


def _notes(host: Host) -> tuple[Note | None, ...]:
    """Every reply explained once more, now that all is known."""
    exchanges = host.record.exchanges
    known = {encrypted: host.knowing(encrypted) for encrypted in (False, True)}
    return tuple([explain.annotate(exchanges, i, known[e.stage is Stage.TLS]) for i, e in enumerate(exchanges)])


def _report(transcript: Transcript, notes: tuple[Note | None, ...]) -> Report:
    findings = rules.judge(transcript)
    return Report(transcript, notes, findings, rules.verdict(transcript, findings))


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
