"""One server of a scan: its target, the settings that are its own, and the conversation held with it.

What a scan asks usually is said as a script, and reported at small cost. Whatever does not go as it should is left to
``run``, from there on or told from its beginning, so a report is the same as that of a probe.
"""

from __future__ import annotations

import asyncio
import time
from functools import lru_cache

import msgspec

from smtpprobe import run
from smtpprobe import target as targets
from smtpprobe.model import Command, Failure, Reply, Report, Route, Target, Transcript
from smtpprobe.outcome import Profile, Stage, TlsMode
from smtpprobe.render.failures import sentence
from smtpprobe.run.closing import no_conversation
from smtpprobe.run.own_name import source_address
from smtpprobe.run.settings import dial_for
from smtpprobe.run.visit import closing
from smtpprobe.scan.conclusion import Talk, conclude
from smtpprobe.scanning import Unit
from smtpprobe.wire import ehlo
from smtpprobe.wire.account import account
from smtpprobe.wire.dial import Dial
from smtpprobe.wire.opening import local_address
from smtpprobe.wire.record import Record
from smtpprobe.wire.scripted import Script, Scripted, Step

#: What a scan asks unless told otherwise: EHLO, and HELP, which names the software of many that do not say it at once.
#: One connection, since the next one would have to wait.
USUAL = run.Settings(profile=Profile.EHLO, only=("help",), skip=("mail",), lanes=1, connections=1)

#: What of the settings decides what is said; all else is about how to connect and how long to wait.
_ASKED = (
    *("profile", "only", "skip", "lines", "dialogues", "lanes", "connections"),
    *("stop_after", "drop", "each_alone"),
)
_GREETING = Step(Stage.GREETING, None)
_QUIT = Step(Stage.QUIT, Command(b"QUIT"))
_HELP = {stage: Step(stage, Command(b"HELP"), "help") for stage in (Stage.CLEAR, Stage.TLS)}


async def visit(unit: Unit, settings: run.Settings, name: str) -> Report:
    """Hold the conversation with one server and report it. Never raises for anything that a server does.

    ``name`` is what to call ourselves in EHLO. Whoever has enough of it cancels it: then QUIT is said, not waited for.
    """
    manner = _manner(settings, name)
    if not manner.usual:
        own = msgspec.structs.replace(settings, ehlo_name=name, domain=settings.domain or _domain(unit))
        return await run.probe(target_of(unit), route_of(unit), own)
    return await _Visit(unit, manner).held()


def target_of(unit: Unit) -> Target:
    """The server as if the user had named it: by its host where one leads to it, else by its address."""
    host = unit.host or unit.address
    shown = f"[{host}]" if ":" in host else host
    mx = any(one.preference is not None for one in unit.names)
    return Target(shown if unit.port == 25 else f"{shown}:{unit.port}", host, unit.port, unit.tls, unit.lmtp, None, mx)


def route_of(unit: Unit) -> Route:
    """The way to it."""
    preferences = [one.preference for one in unit.names if one.preference is not None]
    origin = "mx" if preferences else "user"
    return Route(unit.host or unit.address, unit.address, unit.port, min(preferences, default=None), origin)


def _domain(unit: Unit) -> str | None:
    """A domain whose mail goes there, for the profiles that ask about recipients."""
    for one in unit.names:
        if one.preference is not None:
            try:
                return targets.host_name(one.text)
            except targets.TargetError:
                continue
    return None


class _Manner:
    """How servers are asked, and what of that is the same for all of them."""

    def __init__(self, settings: run.Settings, name: str) -> None:
        self.settings, self.name = settings, name
        self.usual = _usual(settings)
        self._dial = dial_for(Target("", "", 0), Route("", "", 0), settings, name)

    def dial_to(self, host: str) -> Dial:
        """How to connect to a server of this name, "" where it has none."""
        if not host or self._dial.sni is not None:
            return self._dial
        return msgspec.structs.replace(self._dial, sni=host)


_last: _Manner | None = None


def _manner(settings: run.Settings, name: str) -> _Manner:
    """The last one is remembered: a scan has one."""
    global _last
    if _last is None or _last.settings is not settings or _last.name != name:
        _last = _Manner(settings, name)
    return _last


def _usual(settings: run.Settings) -> bool:
    """Is it asked what a scan asks usually, however the connection is made?"""
    return all(getattr(settings, one) == getattr(USUAL, one) for one in _ASKED)


class _Visit:
    """One conversation of the usual kind."""

    def __init__(self, unit: Unit, manner: _Manner) -> None:
        self.target, self.route = target_of(unit), route_of(unit)
        self.settings, self.name = manner.settings, manner.name
        self.started = _now()
        self.record = Record(_nobody)
        self.dial = manner.dial_to(unit.host)
        deadline = asyncio.get_running_loop().time() + manner.settings.deadline
        self.session = Scripted(1, self.route, self.dial, self.record, deadline)
        self.failure: Failure | None = None
        self.source = manner.settings.source

    async def held(self) -> Report:
        """The whole of it."""
        session = self.session
        try:
            usual = await self._walk()
        except asyncio.CancelledError:
            # After the go-ahead to STARTTLS nothing more is said in clear (RFC 3207 4.1).
            if self.record.exchanges and self.record.exchanges[-1].stage is not Stage.STARTTLS:
                session.farewell()
            session.close()
            raise
        self.source = self.source or source_address(self.route)
        if usual:
            session.close()
            return self._report()
        if session.out_of_step:
            # Nothing more can be said; what the server does from now on is not of interest.
            session.close()
        return await run.go_on(self.target, self.settings, session, self.source, self.started)

    async def _walk(self) -> bool:
        """Go through it. Gives whether it went as it should, or was over at the door."""
        session, implicit = self.session, self.target.tls is TlsMode.IMPLICIT
        self.failure = await session.connect(implicit_tls=implicit)
        if self.failure is not None:
            return True
        if self.source is None:
            self.source = local_address(session.protocol.transport)
        hello = _hello("LHLO" if self.target.lmtp else "EHLO", self.name)
        answered = await session.follow(_opening(hello, self.target.tls))
        exchanges = self.record.exchanges
        if len(exchanges) < 2:
            return await self._at_the_door()
        last = exchanges[-1]
        if answered and last.stage is Stage.EHLO and last.code == 250 and session.usable and not implicit:
            secured = await session.starttls()
            if secured.failure is not None or secured.code != 220 or not session.usable:
                return False
            await session.follow(_inside(hello))
        if session.leaving:
            await session.quit()
        return exchanges[-1].stage is Stage.QUIT and self._in_step

    async def _at_the_door(self) -> bool:
        """There may have been no welcome: then that is all."""
        session = self.session
        greeting = self.record.exchanges[0] if self.record.exchanges else await session.greeting()
        reply = greeting.reply
        if reply is not None and reply.positive and greeting.failure is None:
            return False
        self.failure = closing(greeting)
        await session.quit()
        if self.failure is None:
            self.failure = next((one.failure for one in self.record.exchanges if one.failure), None)
        kind = no_conversation(greeting)
        if kind is not None:
            self.failure = Failure(Stage.GREETING, kind)
        return self._in_step

    @property
    def _in_step(self) -> bool:
        """Was there no reply that nobody had asked for?"""
        return all(one.command is not None for one in self.record.exchanges[1:])

    def _report(self) -> Report:
        session, exchanges = self.session, tuple(self.record.exchanges)
        told = conclude(Talk(self.target, self.route, self.name, exchanges, session.facts, self.failure))
        connection = account(session)
        transcript = Transcript(
            target=self.target,
            route=self.route,
            exchanges=exchanges,
            observations=told.observations,
            connections=(connection,),
            clear=told.clear,
            encrypted=told.encrypted,
            tls=session.facts,
            software=told.software,
            failure=self.failure,
            outcome=told.outcome,
            started=self.started,
            started_ns=session.opened_ns,
            ended_ns=time.monotonic_ns(),
            profile=self.settings.profile,
            ehlo_name=self.name,
            source=self.source,
            sni=self.dial.sni,
            round_trips=session.round_trips,
        )
        verdict = told.verdict
        if not verdict and self.failure is not None:
            verdict = sentence(self.failure, transcript)
        return Report(transcript, told.notes, told.findings, verdict)


# -- what is said -------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _hello(verb: str, name: str) -> Step:
    return Step(Stage.EHLO, Command(f"{verb} {name}".encode()))


def _opening(hello: Step, tls: TlsMode) -> Script:
    """The greeting and EHLO; all of it where TLS has not to be asked for."""
    greeting = yield _GREETING
    if not greeting.positive:
        return
    said = yield hello
    if said.code != 250 or (tls is TlsMode.STARTTLS and _offers_tls(said)):
        return
    yield from _asking(Stage.TLS if tls is TlsMode.IMPLICIT else Stage.CLEAR)


def _inside(hello: Step) -> Script:
    """What is said after the handshake."""
    said = yield hello
    if said.code == 250:
        yield from _asking(Stage.TLS)


def _asking(stage: Stage) -> Script:
    answer = yield _HELP[stage]
    # A 3yz waits for more, and would take QUIT for that.
    if not answer.intermediate:
        yield _QUIT


def _offers_tls(said: Reply) -> bool:
    """Most replies need not be read for that: the word is not in them."""
    return b"STARTTLS" in said.raw.upper() and "STARTTLS" in ehlo.read(said)


# -- small things -------------------------------------------------------------------------------------------


def _nobody(index: int) -> None:
    """Nobody watches."""


_second = (0, "")


def _now() -> str:
    """The time as in RFC 3339."""
    global _second
    now = int(time.time())
    if _second[0] != now:
        _second = (now, time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now)))
    return _second[1]
