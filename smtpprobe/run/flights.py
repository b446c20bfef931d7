"""Questions in flights on one connection, and what to make of it when a flight goes wrong.

The rules: who is blamed for a hang-up, when PIPELINING counts as broken, what a reply too many voids.
"""

from __future__ import annotations

import msgspec

from smtpprobe import plan
from smtpprobe.model import Command, Observation
from smtpprobe.outcome import ClosedBy, FailureKind, Stage, Verdict
from smtpprobe.plan import Ledger, Running, Task
from smtpprobe.probes.base import CANCEL, MAY_BE_FOLLOWED, Answer
from smtpprobe.run.host import Host
from smtpprobe.wire.session import Line, Session

_RATE_WORDS = ("rate", "too many connections", "too many concurrent", "too much mail", "slow down", "exceeded")


class Flights:
    """Puts questions on one connection. Answers count once the connection has ended in step."""

    def __init__(self, host: Host, session: Session, *, shared: bool) -> None:
        self.host = host
        self.session = session
        self.ledger = Ledger(host.allowance())
        self.encrypted = host.implicit_tls
        self._shared = shared
        self._learnt: list[tuple[Task, tuple[Observation, ...]]] = []
        self._waiting: list[Running] = []
        self._flown = 0

    def new_tls_state(self) -> None:
        self.encrypted = True
        self.ledger.new_tls_state()

    # -- putting questions ---------------------------------------------------------------------------------

    async def exhaust(self, encrypted: bool, *, upgrading: bool = False) -> None:
        """Ask what fits this connection in this TLS state, flight after flight, until nothing does."""
        self.encrypted = encrypted
        while self.session.usable and not self.host.over:
            # The software may have shown itself, or its limit, since this connection began.
            self.ledger.allowance = self.host.allowance()
            here, elsewhere = self.host.moment(encrypted), self.host.moment(not encrypted)
            here = msgspec.structs.replace(here, upgrading=upgrading)
            pipelining = here.pipelining
            batch = self._waiting if pipelining else self._waiting[:1]
            if pipelining or not batch:
                chosen = plan.choose(self.host.pool, self.ledger, here, elsewhere)
                for running in chosen:
                    running.task.starts += 1
                batch = [*batch, *chosen]
            if not batch:
                return
            self._waiting = [one for one in self._waiting if one not in batch]
            await self._put(batch, fresh=not self._flown)

    async def put_alone(self, task: Task) -> None:
        """Ask one thing, one command a round trip where the task was set apart for it."""
        task.starts += 1
        await self._put([Running(task, self.host.knowing(self.encrypted))], fresh=True)
        while self._waiting and self.session.usable:
            await self._put([self._waiting.pop()], fresh=False)

    async def _put(self, batch: list[Running], *, fresh: bool) -> None:
        """Send the groups of these questions. ``fresh``: nothing was asked on this connection before them."""
        queue = [(running, command) for running in batch for command in running.pending]
        convicted = len(batch) == 1 and (fresh or not self._shared or batch[0].task.probe.sent_once)
        pipelining = self.host.moment(self.encrypted).pipelining and not batch[0].task.alone
        while queue:
            size = _until_synchronised([command for _, command in queue]) if pipelining else 1
            part, queue = queue[:size], queue[size:]
            indexes = await self._fly(part)
            if not self._all_answered(part, indexes):
                self._aftermath(batch, part, indexes, merged=len(part) > 1, convicted=convicted)
                return
            if (
                queue
                and self._awaits_more(indexes[-1])
                and queue[0][1] != CANCEL
                and not await self._cancel(part[-1][0])
            ):
                self._aftermath(batch, part, indexes, merged=False, convicted=convicted)
                return
        await self._hand_over(batch, indexes, fresh=fresh)

    async def _fly(self, part: list[tuple[Running, Command]]) -> list[int]:
        lines = [Line(command, running.task.probe.name, running.task.subject) for running, command in part]
        stage = Stage.TLS if self.encrypted else Stage.CLEAR
        indexes = await self.session.flight(lines, stage)
        self._flown += 1
        for (running, _), index in zip(part, indexes, strict=True):
            exchange = self.host.record.exchanges[index]
            self.ledger.spend(exchange)
            if exchange.reply is not None and exchange.failure is None and exchange.code != 421:
                running.hear(Answer(index, exchange))
        self.host.recognise()
        return indexes

    def _all_answered(self, part: list[tuple[Running, Command]], indexes: list[int]) -> bool:
        exchanges = [self.host.record.exchanges[index] for index in indexes]
        if any(e.reply is None or e.failure is not None or e.code == 421 for e in exchanges):
            return False
        if any(e.reply is not None and e.reply.intermediate for e in exchanges[:-1]):
            # Whatever followed a 3yz in the same flight was read as an answer to it.
            self.session.out_of_step = True
            return False
        return self.session.usable

    def _awaits_more(self, index: int) -> bool:
        reply = self.host.record.exchanges[index].reply
        return reply is not None and reply.intermediate

    async def _cancel(self, running: Running) -> bool:
        """Answer a 3yz that the probe leaves open; a 354 waits for a message, and gets none."""
        last = running.heard[-1] if running.heard else None
        if last is not None and last.code == 354:
            self.session.out_of_step = True
            return False
        task = running.task
        stage = Stage.TLS if self.encrypted else Stage.CLEAR
        (index,) = await self.session.flight([Line(CANCEL, task.probe.name, task.subject)], stage)
        self.ledger.spend(self.host.record.exchanges[index])
        return self.session.usable

    async def _hand_over(self, batch: list[Running], indexes: list[int], *, fresh: bool) -> None:
        """Give every question its answers; one that asks on goes with the next flight, or keeps the floor."""
        open_challenge = self._awaits_more(indexes[-1])
        asking_on: list[Running] = []
        for running in batch:
            last = running is batch[-1]
            heard = list(running.heard)
            learnt = running.advance()
            if open_challenge and last and (learnt is not None or running.pending[0] != CANCEL):
                running.heard = heard[-1:]
                await self._cancel(running)
                running.heard = []
            if learnt is None:
                asking_on.append(running)
            else:
                self._done(running.task, learnt)
        self._mind_starttls(indexes[-1])
        for running in asking_on:
            if not self.session.usable:
                self.host.pool.put_back(running.task)
            elif running.synchronises:
                await self._put([running], fresh=fresh and len(batch) == 1)
            else:
                self._waiting.append(running)

    def _mind_starttls(self, index: int) -> None:
        """After a 220 to STARTTLS, however it was spelled, no more plaintext goes out (RFC 3207 4)."""
        exchange = self.host.record.exchanges[index]
        if exchange.code == 220 and exchange.command is not None and exchange.command.verb == "STARTTLS":
            self.session.out_of_step = True

    def _done(self, task: Task, learnt: tuple[Observation, ...]) -> None:
        self.ledger.release(task)
        self._learnt.append((task, learnt))
        host = self.host
        if learnt and task.probe.name in ("mail", "help"):
            reply = host.record.exchanges[learnt[0].evidence[0]].reply
            if task.probe.name == "help":
                host.learn(help=reply)
                host.recognise()
            elif reply is not None:
                host.learn(**{"mail_tls" if self.encrypted else "mail_clear": reply.code})
            host.pool.refresh(host.knowing(self.encrypted))

    # -- when a flight goes wrong --------------------------------------------------------------------------

    def _aftermath(
        self,
        batch: list[Running],
        part: list[tuple[Running, Command]],
        indexes: list[int],
        *,
        merged: bool,
        convicted: bool,
    ) -> None:
        host, session = self.host, self.session
        exchanges = [host.record.exchanges[index] for index in indexes]
        closing = next((i for i, e in zip(indexes, exchanges, strict=True) if e.code == 421), None)
        unsolicited = any(
            e.failure is not None and e.failure.kind is FailureKind.UNSOLICITED
            for e in host.record.exchanges[indexes[-1] + 1 :]
            if e.connection == session.number
        )
        failure = next((e.failure for e in exchanges if e.failure is not None), None)
        if closing is not None and self._names_a_rate_limit(closing):
            host.end(f"it answered {host.record.exchanges[closing].code}, a rate limit")
        hung_up = closing is not None or session.closed_by is ClosedBy.SERVER or session.protocol.ended is not None
        timed_out = failure is not None and failure.kind is FailureKind.TIMEOUT
        if hung_up and not unsolicited:
            host.hung_up(session, (closing if closing is not None else indexes[-1],))
        if merged and not unsolicited and (timed_out or (hung_up and session.refusals < 2)):
            host.pipelining_broken("a group of commands was not answered in full", tuple(indexes))
        suspect = self._last_refused(part, indexes) if hung_up and not convicted else None
        struck = next((running for (running, _), e in zip(part, exchanges, strict=True) if e.code == 421), None)
        redo: list[Running] = []
        for running in batch:
            complete = not unsolicited and running is not suspect and self._complete(running)
            if convicted:
                self._convict(running, indexes, failure.kind.meaning if failure else "the server hung up")
            elif complete:
                learnt = running.advance()
                if learnt is None:
                    redo.append(running)
                else:
                    self._done(running.task, learnt)
            else:
                redo.append(running)
        for running in sorted(redo, key=lambda one: one is struck):
            self.ledger.release(running.task)
            host.pool.put_back(running.task, alone=unsolicited or (timed_out and not merged))

    def _complete(self, running: Running) -> bool:
        return len(running.heard) == len(running.pending)

    def _last_refused(self, part: list[tuple[Running, Command]], indexes: list[int]) -> Running | None:
        """Who was refused last before the close: that reply may be the farewell rather than the answer."""
        for (running, _), index in zip(reversed(part), reversed(indexes), strict=True):
            reply = self.host.record.exchanges[index].reply
            if reply is not None and reply.code != 421:
                return running if reply.refusal else None
        return None

    def _convict(self, running: Running, indexes: list[int], why: str) -> None:
        """It was first and alone: what came of it is its answer."""
        task, last = running.task, self.host.record.exchanges[indexes[-1]]
        if last.code == 421:
            running.hear(Answer(indexes[-1], last))
        learnt = running.advance() if self._complete(running) else None
        if learnt is None:
            learnt = (Observation(task.probe.name, task.subject, Verdict.UNTESTED, why, tuple(indexes)),)
        self._done(task, learnt)

    def _names_a_rate_limit(self, index: int) -> bool:
        reply = self.host.record.exchanges[index].reply
        text = reply.text.lower() if reply is not None else ""
        return any(words in text for words in _RATE_WORDS)

    # -- the end -------------------------------------------------------------------------------------------

    def settle_accounts(self) -> None:
        """The connection is over. A reply too many, anywhere up to QUIT, voids every answer heard on it."""
        host = self.host
        for running in self._waiting:
            host.pool.put_back(running.task)
        extra = [
            index
            for index, e in enumerate(host.record.exchanges)
            if e.connection == self.session.number
            and e.failure is not None
            and e.failure.kind is FailureKind.UNSOLICITED
        ]
        if extra and self._shared:
            host.observe("unsolicited", Verdict.ANSWERED, "a reply that nobody had asked for", tuple(extra))
            for task, _ in self._learnt:
                host.pool.put_back(task, alone=True)
            return
        for _, learnt in self._learnt:
            host.observations.extend(learnt)


def _until_synchronised(commands: list[Command]) -> int:
    """How many of these may go out before one must wait (RFC 2920 3.1)."""
    for number, command in enumerate(commands, 1):
        if command.verb not in MAY_BE_FOLLOWED:
            return number
    return len(commands)
