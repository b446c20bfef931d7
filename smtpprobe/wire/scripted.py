"""A session that speaks a script: commands known beforehand, one a round trip, each said when the last is answered.

Whoever holds thousands of conversations at once need not wake up for each reply. A script is for dialogues that go as
they should; where one does not, the session stands still, and can be told from its beginning to whoever goes on with it
step by step, as with a session that has only begun.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Generator, Sequence

from aiosmtplib.errors import SMTPException
from msgspec import Struct

from smtpprobe.model import Command, Exchange, Failure, Reply, Route
from smtpprobe.outcome import Stage
from smtpprobe.wire.dial import Dial, Line
from smtpprobe.wire.record import Record
from smtpprobe.wire.session import Session


class Step(Struct, frozen=True):
    """What to say next, and who asks; no command for the greeting, which is heard first."""

    stage: Stage
    command: Command | None
    probe: str | None = None


#: It is sent the reply to each step.
Script = Generator[Step, Reply, None]


class Scripted(Session):
    """A session that can ``follow`` a script, and whose past can be told again.

    Once it is told to a record, its methods give what came of them before as long as there is something of that, and
    then go on as those of any session.
    """

    __slots__ = ("_past", "_script", "_since_ns", "_step", "_until")

    def __init__(self, number: int, route: Route, dial: Dial, record: Record, deadline: float) -> None:
        super().__init__(number, route, dial, record, deadline)
        self._script: Script
        #: The step whose reply is waited for, since when, and until when.
        self._step: Step | None = None
        self._since_ns = 0
        self._until = 0.0
        #: What is still to be told; None while nothing is told.
        self._past: deque[Exchange] | None = None

    # -- a script ------------------------------------------------------------------------------------------

    async def follow(self, script: Script) -> bool:
        """Speak until the script ends or a reply is not as it should be. Gives whether all that was said is answered.

        What was not answered is recorded by whichever step of a session is taken next.
        """
        self._script = script
        step = next(script)
        if step.command is None:
            self.round_trips += 1
            self._await(step, time.monotonic_ns())
        elif not self._say(step):
            return True
        await self.protocol.recite(self._take, self._until)
        return self._step is None

    @property
    def leaving(self) -> bool:
        """Is QUIT said, and not answered?"""
        return self._step is not None and self._step.stage is Stage.QUIT

    def _take(self, reply: Reply) -> float | None:
        """What became of the present step, and on to the next one."""
        step, code = self._step, reply.code
        assert step is not None
        if code is None or code == 421 or (step.stage is Stage.QUIT and code != 221):
            return None
        if code >= 400:
            self.refusals += 1
        self._slowest = max(self._slowest, (reply.last_ns - self._since_ns) / 1e9)
        self._step = None
        since, trip = self._since_ns, self.round_trips
        self._record.tell(Exchange(self.number, trip, step.stage, step.command, since, reply, None, step.probe))
        try:
            step = self._script.send(reply)
        except StopIteration:
            return 0.0
        return self._until if self._say(step) else 0.0

    def _say(self, step: Step) -> bool:
        """Gives whether it could be said: a connection that is gone is somebody else's business."""
        assert step.command is not None
        now = time.monotonic_ns()
        try:
            self.protocol.write_group([step.command])
        except SMTPException:
            return False
        self.round_trips += 1
        self._await(step, now)
        return True

    def _await(self, step: Step, now: int) -> None:
        self._step, self._since_ns = step, now
        self._said_quit = step.stage is Stage.QUIT
        self._until = self._due(self._seconds(step.stage))

    def _seconds(self, stage: Stage) -> float:
        if stage is Stage.GREETING:
            return self.dial.greeting_timeout
        return self._quit_wait if stage is Stage.QUIT else self.dial.timeout

    # -- its past ------------------------------------------------------------------------------------------

    def tell(self, record: Record) -> None:
        """Tell all exchanges to this record, each when it is asked for, and keep those to come there."""
        self._past = deque(self._record.exchanges)
        self._record = record

    @property
    def usable(self) -> bool:
        return bool(self._past) or self._step is not None or super().usable

    async def connect(self, *, implicit_tls: bool) -> Failure | None:
        # One that could not be opened is told to nobody.
        return await super().connect(implicit_tls=implicit_tls) if self._past is None else None

    async def greeting(self) -> Exchange:
        index = await self._again()
        return await super().greeting() if index is None else self._record.exchanges[index]

    async def flight(self, lines: Sequence[Line], stage: Stage) -> list[int]:
        index = await self._again()
        return await super().flight(lines, stage) if index is None else [index]

    async def starttls(self) -> Exchange:
        index = await self._again()
        return await super().starttls() if index is None else self._record.exchanges[index]

    async def quit(self) -> None:
        step = self._step
        if step is not None and step.stage is Stage.QUIT:
            await self._part(self._begin_step(step), self._quit_wait, self._until)
            self.close()
        elif await self._again() is not None:
            self.close()
        else:
            await super().quit()

    async def _again(self) -> int | None:
        """The place of the next exchange that was begun before, now that it is told; None where there is no other."""
        if self._past:
            index = self._record.tell(self._past.popleft())
            while self._past and self._past[0].command is None:
                self._record.tell(self._past.popleft())
            return index
        if self._step is None:
            return None
        step = self._step
        index = self._begin_step(step)
        await self._settle(index, self._seconds(step.stage), due=self._until)
        self.hear_unsolicited(step.stage)
        return index

    def _begin_step(self, step: Step) -> int:
        """Record what was said and not answered yet."""
        self._step = None
        return self._begin(step.stage, step.command, self._since_ns, step.probe)
