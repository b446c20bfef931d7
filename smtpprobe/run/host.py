"""One server under test: what is known of it, what is still to ask, and what its connections taught."""

from __future__ import annotations

import asyncio
import secrets
import time

import msgspec
from msgspec import Struct

from smtpprobe import explain, plan
from smtpprobe.catalogue import software
from smtpprobe.catalogue.entries import Allowance
from smtpprobe.model import (
    Capabilities,
    Connection,
    Exchange,
    Failure,
    Known,
    Observation,
    Route,
    Target,
    TlsFacts,
)
from smtpprobe.outcome import Stage, TlsMode, Verdict
from smtpprobe.plan import Moment, Pool, Task
from smtpprobe.probes.session import compare
from smtpprobe.run.settings import Settings
from smtpprobe.watch import Silence, Watcher
from smtpprobe.wire.account import account
from smtpprobe.wire.clock import GRAIN
from smtpprobe.wire.record import Record
from smtpprobe.wire.session import Session

TLS_ATTEMPTS = 2
#: The round trips of a connection that asks nothing: greeting, EHLO, QUIT.
OPENING = 3
REFUSALS_KEPT = 20
_CUT_SHORT = "the connection ended while a group of commands was being answered"


class Open(Struct, eq=False):
    """A connection that is open: what it has borne, whether questions share it, whether it has TLS or is about to."""

    session: Session
    ledger: plan.Ledger
    shared: bool
    towards_tls: bool


class Host:
    """The state that the connections of one run share. Everything runs in one thread, so nothing is locked."""

    def __init__(self, target: Target, route: Route, settings: Settings, ehlo_name: str, watcher: Watcher) -> None:
        self.target, self.route, self.settings, self.watcher = target, route, settings, watcher
        self.record = Record(self._settled)
        probes = plan.selection(settings.profile, settings.only, settings.skip)
        self.pool = Pool(probes, each_alone=settings.each_alone)
        self.known = Known(
            target,
            settings.profile,
            ehlo_name,
            secrets.token_hex(5),
            settings.domain,
            lines=settings.lines,
            dialogues=settings.dialogues,
            address=route.address,
            relay_forms=settings.relay_forms,
        )
        self.deadline = asyncio.get_running_loop().time() + settings.deadline
        self.started_ns = time.monotonic_ns()
        self.opened = 0
        self.open: list[Open] = []
        #: A connection that was opened before, which the first visit goes on with.
        self.begun: Session | None = None
        self.connections: list[Connection] = []
        self.observations: list[Observation] = []
        self.lanes = settings.lanes
        self.pipelining = settings.pipelining
        self.failure: Failure | None = None
        self.greeted: Exchange | None = None
        self.hello = "LHLO" if target.lmtp else "EHLO"
        self.ended = ""
        self.tls: TlsFacts | None = None
        self.tls_failures = 0
        self.failed_openings = 0
        self._refusal_limit: int | None = None
        self._refusals: list[str] = []
        self._changed = asyncio.Event()

    # -- what is known -------------------------------------------------------------------------------------

    def knowing(self, encrypted: bool) -> Known:
        """What is known, seen from a connection in this TLS state."""
        known = self.known
        if known.encrypted_now == encrypted:
            return known
        return msgspec.structs.replace(known, encrypted_now=encrypted)

    def moment(self, encrypted: bool) -> Moment:
        known = self.knowing(encrypted)
        return Moment(known, self.pipelining and known.offers("PIPELINING"), not encrypted and self.tls_possible)

    @property
    def tls_possible(self) -> bool:
        """Is STARTTLS offered, wanted, and not known to fail?"""
        clear = self.known.clear
        wanted = self.target.tls is TlsMode.STARTTLS and self.tls_failures < TLS_ATTEMPTS
        return wanted and clear is not None and "STARTTLS" in clear

    @property
    def implicit_tls(self) -> bool:
        return self.target.tls is TlsMode.IMPLICIT

    def learn(self, **facts: object) -> None:
        """Note new facts and tell whoever waits for news."""
        self.known = msgspec.structs.replace(self.known, **facts)
        self.news()

    def learn_capabilities(self, said: Capabilities, index: int, *, encrypted: bool) -> None:
        """Keep the first EHLO reply of each TLS state, and compare every other one with it."""
        before = self.known.encrypted if encrypted else self.known.clear
        if before is not None:
            self._compare_connections(before, said, index)
        else:
            self.learn(**{"encrypted" if encrypted else "clear": said})
            if encrypted and self.known.clear is not None:
                between = compare("ehlo-tls", self.known.clear, said, (index,), "in clear", "inside TLS")
                # TLS may change what is offered (RFC 3207 4.2), so a difference is an answer and no fault.
                self.observations.append(msgspec.structs.replace(between, verdict=Verdict.ANSWERED))
        self.pool.refresh(self.knowing(encrypted))

    def _compare_connections(self, before: Capabilities, said: Capabilities, index: int) -> None:
        found = compare("ehlo-second-connection", before, said, (index,), "the first time", "on another connection")
        kept = [one for one in self.observations if one.probe != found.probe]
        if len(kept) == len(self.observations) or found.verdict is Verdict.BROKEN:
            self.observations = [*kept, found]

    def recognise(self) -> None:
        """Look once more whether the software shows itself, until it does and tells its version."""
        known = self.known
        if known.software is not None and known.software.version is not None:
            return
        greeting = known.greeting.text if known.greeting else ""
        said = known.clear or known.encrypted
        ehlo = (
            next((e.reply.text for e in self.record.exchanges if e.stage is Stage.EHLO and e.reply), "") if said else ""
        )
        found = software.recognise(greeting, ehlo, known.help.text if known.help else "", self._refusals)
        if found is not None and found != known.software:
            self.learn(software=found)

    def allowance(self) -> Allowance:
        """What one connection bears: the software's own limits, or fewer where this server taught us so."""
        bears = software.allowance(self.known.software.name if self.known.software else None)
        limit = self._refusal_limit
        if limit is None or limit >= bears.refusals:
            return bears
        return msgspec.structs.replace(bears, refusals=limit, unknown=min(bears.unknown, limit))

    # -- what happened -------------------------------------------------------------------------------------

    def _settled(self, index: int) -> None:
        exchange = self.record.exchanges[index]
        if exchange.stage is Stage.GREETING and self.greeted is None:
            # Before it is shown, so that its explanation knows whose greeting it is.
            self.greeted = exchange
            self.learn(greeting=exchange.reply)
            self.recognise()
        if exchange.reply is not None and exchange.reply.refusal and len(self._refusals) < REFUSALS_KEPT:
            self._refusals.append(f"{exchange.reply.code} {exchange.reply.text}"[:1000])
        if type(self.watcher) is Silence:
            return
        known = self.knowing(exchange.stage is Stage.TLS)
        self.watcher.exchanged(exchange, explain.annotate(self.record.exchanges, index, known))

    def observe(self, probe: str, verdict: Verdict, detail: str, evidence: tuple[int, ...], subject: str = "") -> None:
        """Note what no probe asked for but a connection taught."""
        self.observations.append(Observation(probe, subject, verdict, detail, evidence))

    def hung_up(self, session: Session, evidence: tuple[int, ...]) -> None:
        """The server ended a connection by itself; from now on its connections get one refusal fewer."""
        # A 421 in place of a refusal is one (chasquid); in place of an answer that is never one it came after the last.
        heard = [e for e in self.record.exchanges if e.connection == session.number and e.reply is not None]
        refusals = sum(e.reply is not None and e.reply.refusal and not _late_farewell(e) for e in heard)
        if not any(one.probe == "hang-up" and one.subject == str(refusals) for one in self.observations):
            said = f"after {refusals} refusal{'' if refusals == 1 else 's'}"
            self.observe("hang-up", Verdict.ANSWERED, said, evidence, str(refusals))
        if refusals < 2:
            # It does that to a single command too, so what was sent together is not to blame.
            self.observations = [one for one in self.observations if one.detail != _CUT_SHORT]
        if refusals:
            limit = max(1, refusals - 1)
            self._refusal_limit = min(limit, self._refusal_limit or limit)

    def pipelining_broken(self, evidence: tuple[int, ...], *, cut: bool) -> None:
        """A merged flight went wrong: one command a round trip from now on."""
        if self.pipelining:
            why = _CUT_SHORT if cut else "a group of commands was not answered in full"
            self.observe("pipelining", Verdict.BROKEN, why, evidence, "PIPELINING")
        self.pipelining = False

    def too_many_replies(self, evidence: tuple[int, ...]) -> None:
        """A connection had replies that nobody asked for. Told once."""
        if not any(one.probe == "unsolicited" for one in self.observations):
            self.observe("unsolicited", Verdict.ANSWERED, "a reply that nobody had asked for", evidence)

    def end(self, why: str, failure: Failure | None = None) -> None:
        """Ask this host nothing more in this run."""
        self.ended = self.ended or why
        self.failure = self.failure or failure
        self.news()

    def closed(self, session: Session) -> None:
        """Keep the facts of a connection that is over."""
        self.open = [one for one in self.open if one.session is not session]
        self.connections.append(account(session))
        self.watcher.closed(session.number, session.closed_by, session.failure)
        self.news()

    # -- what to do next -----------------------------------------------------------------------------------

    def states(self) -> list[Moment]:
        """The TLS states that a new connection can reach, as far as is known."""
        states = [] if self.implicit_tls else [self.moment(False)]
        if self.known.encrypted is not None and (self.implicit_tls or self.tls_possible):
            states.append(self.moment(True))
        return states

    @property
    def tls_unseen(self) -> bool:
        """TLS is offered, and no connection has got as far as its EHLO yet."""
        return self.tls_possible and self.known.encrypted is None

    @property
    def over(self) -> bool:
        return bool(self.ended) or asyncio.get_running_loop().time() >= self.deadline - GRAIN

    def purpose(self) -> Task | str | None:
        """Why to open another connection now: to share ("shared"), for one question, or not at all."""
        if self.over or self.opened >= self.settings.most_connections or len(self.open) >= self.lanes:
            return None
        if not self.opened:
            return "shared"
        if self.known.clear is None and self.known.encrypted is None and self.open:
            return None
        states = self.states()
        if (self.tls_unseen and not self.open) or (
            plan.wanted(self.pool, states) and not self._open_one_suffices(states)
        ):
            return "shared"
        task = plan.special(self.pool, states)
        if task is not None:
            self.pool.tasks.remove(task)
            return task
        if self.open:
            return None
        if self.opened == 1 and self.settings.profile.rank > 0 and not self.settings.only:
            return "shared"
        task = plan.parting(self.pool, states)
        if task is not None:
            self.pool.tasks.remove(task)
        return task

    def _open_one_suffices(self, states: list[Moment]) -> bool:
        """Can an open connection still bear all that is left to share, or is it done sooner than a new one begins?"""
        shared = [t for t in self.pool.tasks if not t.special and any(plan.eligible(t, state) for state in states)]
        ledgers = [one.ledger for one in self.open if one.shared]
        return bool(ledgers) and (len(shared) <= OPENING or any(plan.bears(shared, one, states) for one in ledgers))

    def upgrade_wanted(self, own: Session) -> bool:
        """Should this connection go on to TLS? Not where another one that does can bear what only TLS answers."""
        if not self.tls_possible or self.settings.stop_after is Stage.CLEAR:
            return False
        others = [one for one in self.open if one.session is not own and one.shared and one.towards_tls]
        if self.tls_unseen:
            return not others
        inside = self.moment(True)
        waiting = plan.only_here(self.pool, inside, self.moment(False))
        return bool(waiting) and not any(plan.bears(waiting, one.ledger, [inside]) for one in others)

    def news(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def wait_for_news(self) -> None:
        await self._changed.wait()


def _late_farewell(exchange: Exchange) -> bool:
    """A 421 that nobody asked for, or to a command that no server refuses: the limit was reached before it."""
    unrefused = exchange.command is None or exchange.command.verb in ("RSET", "NOOP", "QUIT")
    return exchange.code == 421 and unrefused
