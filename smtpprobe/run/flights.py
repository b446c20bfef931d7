"""Questions in flights on one connection, and what their answers are worth once it is over.

The rules: who is blamed for a hang-up, when PIPELINING counts as broken, what a reply too many voids.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from smtpprobe import plan
from smtpprobe.model import Command, Exchange, Failure, Observation
from smtpprobe.outcome import ClosedBy, FailureKind, Safety, Stage, Verdict
from smtpprobe.plan import Ledger, Running, Task
from smtpprobe.probes.base import CANCEL, MAY_BE_FOLLOWED, Answer
from smtpprobe.run.host import Host
from smtpprobe.wire.dial import Line
from smtpprobe.wire.session import Session

_RATE_LIMIT = re.compile(
    r"\brates?\b|rate.?limit|too (many|much) (\w+ )?(connection|session|message|mail|request)|too (often|frequent)"
    r"|slow down|throttl|(limit|quota) exceeded",
    re.IGNORECASE,
)
_CUT = frozenset({FailureKind.CLOSED, FailureKind.RESET, FailureKind.TRUNCATED})


class Flights:
    """Puts questions on one connection: to share, or ``task`` alone. Answers count once the connection is over."""

    def __init__(self, host: Host, session: Session, task: Task | None) -> None:
        self.host = host
        self.session = session
        self.task = task
        self.ledger = Ledger(host.allowance())
        self.encrypted = host.implicit_tls
        self._taken: list[Task] = [task] if task is not None else []
        self._learnt: list[tuple[Task, tuple[Observation, ...]]] = []
        self._waiting: list[Running] = []
        self._last = -1
        self._blamed_pipelining = False

    def new_tls_state(self) -> None:
        self.encrypted = True
        self.ledger.new_tls_state()

    # -- putting questions ---------------------------------------------------------------------------------

    async def exhaust(self, *, upgrading: bool = False) -> None:
        """Ask what fits this connection in this TLS state, flight after flight, until nothing does."""
        host = self.host
        while self.session.usable and not host.over:
            # The software may have shown itself, or its limit, since this connection began.
            self.ledger.allowance = host.allowance()
            here, elsewhere = host.moment(self.encrypted), host.moment(not self.encrypted)
            here = msgspec.structs.replace(here, upgrading=upgrading)
            batch = self._waiting if here.pipelining else self._waiting[:1]
            if here.pipelining or not batch:
                chosen = plan.choose(host.pool, self.ledger, here, elsewhere)
                for running in chosen:
                    running.task.starts += 1
                    self._taken.append(running.task)
                batch = chosen if chosen and chosen[0].task.unmerged else [*batch, *chosen]
            if not batch:
                return
            self._waiting = [one for one in self._waiting if one not in batch]
            await self._put(batch)

    async def put_alone(self) -> None:
        """Ask the one thing that this connection is for."""
        await self._put([self._begin_alone()])
        while self._waiting and self.session.usable:
            await self._put([self._waiting.pop()])

    async def put_behind_starttls(self) -> None:
        """Ask the one thing that travels in STARTTLS's own segment."""
        running = self._begin_alone()
        _, behind = running.pending
        line = Line(behind, running.task.probe.name, running.task.subject)
        started, answered = await self.session.starttls_and(line)
        self.new_tls_state()
        self._hear_all(running, (started, answered))

    async def put_before_greeting(self) -> None:
        """Ask the one thing that does not wait for the greeting; it is handed the greeting and its own answer."""
        running = self._begin_alone()
        (command,) = running.pending
        line = Line(command, running.task.probe.name, running.task.subject)
        self._hear_all(running, await self.session.talk_first(line))

    def _begin_alone(self) -> Running:
        assert self.task is not None
        self.task.starts += 1
        return Running(self.task, self.host.knowing(self.encrypted))

    def _hear_all(self, running: Running, indexes: Sequence[int]) -> None:
        """Whatever came of these is what the question learns: they are not asked twice."""
        self._last = indexes[-1]
        for index in indexes:
            exchange = self.host.record.exchanges[index]
            self.ledger.spend(exchange)
            running.hear(Answer(index, exchange))
        self._conclude(running)

    async def _put(self, batch: list[Running]) -> None:
        """Send the groups of these questions, and hand each its answers."""
        queue = [(running, command) for running in batch for command in running.pending]
        together = self.host.moment(self.encrypted).pipelining and not batch[0].task.unmerged
        while queue:
            size = _until_synchronised([command for _, command in queue]) if together else 1
            part, queue = queue[:size], queue[size:]
            if not await self._fly(part) or (queue and not await self._free_the_floor(part[-1][0], queue[0][1])):
                self._aftermath(batch, merged=len(part) > 1)
                return
        await self._hand_over(batch)

    async def _fly(self, part: Sequence[tuple[Running, Command]]) -> bool:
        """One round trip. Gives whether all of it was answered and the dialogue is still in step."""
        lines = [Line(command, running.task.probe.name, running.task.subject) for running, command in part]
        unsure = part[0][0].asked.unsure
        if unsure:
            indexes = [await self.session.attempt(lines[0], self._stage)]
        else:
            indexes = await self.session.flight(lines, self._stage)
        self._last = indexes[-1]
        for (running, command), index in zip(part, indexes, strict=True):
            exchange = self.host.record.exchanges[index]
            self.ledger.spend(exchange)
            if (exchange.reply is None or exchange.failure is not None) and not unsure:
                break
            if exchange.code == 421:
                # Whoever was struck by it goes first on the next connection.
                self._taken.remove(running.task)
                self._taken.insert(0, running.task)
                break
            running.hear(Answer(index, exchange))
            # After a 220 to STARTTLS, however it was spelled, no more plaintext goes out (RFC 3207 4.1), and nothing
            # after a QUIT. Whatever followed a 3yz in the same flight was read as an answer to it.
            gone = (command.verb, exchange.code) in (("STARTTLS", 220), ("QUIT", 221))
            if gone or (exchange.reply is not None and exchange.reply.intermediate and index != self._last):
                self.session.out_of_step = True
                break
        self.host.recognise()
        return self.session.usable

    @property
    def _stage(self) -> Stage:
        return Stage.TLS if self.encrypted else Stage.CLEAR

    @property
    def _exchange(self) -> Exchange:
        return self.host.record.exchanges[self._last]

    async def _free_the_floor(self, running: Running, then: Command | None) -> bool:
        """End a 3yz with ``*``, unless that is what comes next anyway; a 354 waits for a message, and gets none."""
        exchange = self._exchange
        if exchange.code == 354:
            self.session.out_of_step = True
        elif exchange.reply is not None and exchange.reply.intermediate and then != CANCEL:
            line = Line(CANCEL, running.task.probe.name, running.task.subject)
            (self._last,) = await self.session.flight([line], self._stage)
            self.ledger.spend(self._exchange)
            if self._exchange.reply is not None and self._exchange.reply.intermediate:
                self.session.out_of_step = True
        return self.session.usable

    async def _hand_over(self, batch: list[Running]) -> None:
        """Give every question its answers; what asks on goes with the next flight, or at once if it must wait."""
        asking_on = [running for running in reversed(batch) if not self._conclude(running)]
        last = batch[-1]
        if not (last in asking_on and last.asked.response):
            await self._free_the_floor(last, last.pending[0] if last in asking_on else None)
        # Only the last one can have been challenged, and it comes first: it has the floor.
        for running in asking_on:
            if running.synchronises and self.session.usable:
                await self._put([running])
            else:
                self._waiting.append(running)

    def _conclude(self, running: Running) -> bool:
        """Hand its answers to a question. Gives whether that was all."""
        learnt = running.advance()
        if learnt is not None:
            self._done(running.task, learnt)
        return learnt is not None

    def _done(self, task: Task, learnt: tuple[Observation, ...]) -> None:
        host = self.host
        self.ledger.release(task)
        self._taken.remove(task)
        self._learnt.append((task, learnt))
        if learnt and task.probe.name in ("mail", "help"):
            reply = host.record.exchanges[learnt[0].evidence[0]].reply
            if task.probe.name == "help":
                host.learn(help=reply)
                host.recognise()
            elif reply is not None:
                host.learn(**{"mail_tls" if self.encrypted else "mail_clear": reply.code})
            host.pool.refresh(host.knowing(self.encrypted))

    @property
    def _mine(self) -> list[tuple[int, Exchange]]:
        """What was said on this connection."""
        return [(i, e) for i, e in enumerate(self.host.record.exchanges) if e.connection == self.session.number]

    @property
    def _extra(self) -> tuple[int, ...]:
        """The replies on this connection that nobody asked for."""
        return tuple([i for i, e in self._mine if e.failure is not None and e.failure.kind is FailureKind.UNSOLICITED])

    # -- when a flight goes wrong --------------------------------------------------------------------------

    @property
    def _only_question(self) -> bool:
        """Was nothing else asked on this connection? Only then is its end the answer."""
        return len(self._taken) + len(self._learnt) == 1

    def _aftermath(self, batch: list[Running], *, merged: bool) -> None:
        """The connection is of no more use. Who has no answer by now stays taken, and goes back when all is over."""
        host, session = self.host, self.session
        ending = session.failure.kind if session.failure is not None else session.protocol.ended
        timed_out, cut = ending is FailureKind.TIMEOUT, ending in _CUT and not session.said_goodbye
        if merged and (timed_out or (cut and session.refusals < 2)):
            self._blamed_pipelining = True
            host.pipelining_broken((self._last,), cut=cut)
        for running in batch:
            if not (running.complete and self._conclude(running)):
                if (self._only_question and not host.over) or running.task.probe.sent_once:
                    self._convict(running)
                elif timed_out and not merged:
                    running.task.alone = True

    def _convict(self, running: Running) -> None:
        """It was first and alone: what came of it is its answer."""
        task, ended = running.task, self._exchange
        if task.probe.sent_once:
            if ended.failure is not None and ended.failure.kind is FailureKind.TIMEOUT:
                # The user's own question has no answer, and the run with it.
                self.host.failure = self.host.failure or ended.failure
            self._conclude(running)
            return
        if ended.failure is not None:
            why = ended.failure.kind.meaning
        elif self._extra:
            why = FailureKind.UNSOLICITED.meaning
        else:
            why = f"{ended.code}, and the server closed the connection"
        evidence = tuple(dict.fromkeys([*[answer.index for answer in running.heard], self._last]))
        self._done(task, (Observation(task.probe.name, task.subject, Verdict.UNTESTED, why, evidence, self._stage),))

    # -- the end -------------------------------------------------------------------------------------------

    def settle_accounts(self) -> None:
        """The connection is over: keep the answers that can be trusted, and give all other questions back."""
        host = self.host
        mine, extra = self._mine, self._extra
        # A reply too many, anywhere up to QUIT, voids every answer; each is asked again on a connection of its own.
        void = bool(extra) and self.task is None
        # How a server meets an attack tells nothing of its patience, and its oddities then are of our making.
        attacked = self.task is not None and self.task.probe.safety is Safety.INTRUSIVE
        if extra and not attacked:
            host.too_many_replies(extra)
        elif self._last >= 0 and not attacked:
            self._judge_the_end(mine)
        again = [*self._taken, *[task for task, _ in self._learnt if void and not task.probe.sent_once]]
        for task in reversed(again):
            host.pool.put_back(task, alone=void)
        for task, learnt in self._learnt:
            if task not in again:
                host.observations.extend(learnt)

    def _judge_the_end(self, mine: Sequence[tuple[int, Exchange]]) -> None:
        """Who hung up, and after what? The last refusal before may be the farewell rather than an answer."""
        host, session = self.host, self.session
        goodbye = next((e for _, e in mine if e.code == 421 and e.stage is self._stage), None)
        if goodbye is not None and goodbye.reply is not None and _RATE_LIMIT.search(goodbye.reply.text):
            host.end(
                "it answered 421, a rate limit", Failure(goodbye.stage, FailureKind.SERVER_CLOSING, "a rate limit")
            )
        commands = [(i, e) for i, e in mine if e.command is not None]
        last, ended = commands[-1]
        cut = session.closed_by is ClosedBy.SERVER and (session.failure is None or session.failure.kind in _CUT)
        asked_to = ended.command is not None and ended.command.verb == "QUIT"
        if cut and ended.probe is not None and not (asked_to or self._blamed_pipelining):
            host.hung_up(session, (last,))
        unanswered = ended.failure is not None and ended.failure.kind in _CUT
        if (cut or unanswered) and not session.said_goodbye and not self._only_question:
            self._doubt([e for _, e in commands if e.reply is not None and e.failure is None][-1])

    def _doubt(self, final: Exchange) -> None:
        """Ask again what got the final reply, where that is a refusal."""
        for task, learnt in reversed(self._learnt):
            asked = (task.probe.name, task.subject) == (final.probe, final.subject) and not task.probe.sent_once
            if asked and (final.code or 0) >= 400:
                self._learnt.remove((task, learnt))
                self._taken.insert(0, task)
                return


def _until_synchronised(commands: list[Command]) -> int:
    """How many of these may go out before one must wait (RFC 2920 3.1)."""
    for number, command in enumerate(commands, 1):
        if command.verb not in MAY_BE_FOLLOWED:
            return number
    return len(commands)
