"""Which probe on which connection, in which flight, under which budget. Pure: it is asked at every flight.

Worst-case costs are reserved when a question is put and the unspent part is given back when it is answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from smtpprobe.catalogue.entries import Allowance
from smtpprobe.model import Command, Exchange, Known, Observation
from smtpprobe.outcome import Profile
from smtpprobe.probes import BY_NAME, ORDER
from smtpprobe.probes.base import (
    CANCEL,
    MAIL_VERBS,
    MAY_BE_FOLLOWED,
    Answer,
    Conversation,
    Cost,
    Place,
    Probe,
    Where,
)

FLIGHT_LIMIT = 40
#: After so many starts a probe goes alone, unpipelined, once; what comes of that is its answer.
STARTS = 3

#: What is asked whatever probes are named: the user's own lines, and the plain MAIL that others need.
ALWAYS = ("command", "dialogue", "dialogue-in-clear", "dialogue-in-tls", "mail")

_MEASURES = Cost.__struct_fields__


class Task(Struct, eq=False):
    """One question to put: a probe and what it asks about. ``alone`` wants a connection of its own, unpipelined."""

    probe: Probe
    subject: str
    encrypted: bool | None
    starts: int = 0
    alone: bool = False

    @property
    def unmerged(self) -> bool:
        """It goes one command a round trip."""
        return self.alone or self.probe.sent_once

    @property
    def special(self) -> bool:
        """It shares its connection with nobody."""
        return self.alone or self.probe.place is not Place.SHARED

    @property
    def last(self) -> bool:
        """It comes after all others."""
        return self.probe.place is Place.BEFORE_GREETING


class Pool:
    """The questions still to put, the most telling ones first."""

    def __init__(self, probes: Sequence[Probe], *, each_alone: bool = False) -> None:
        self._probes = sorted(probes, key=lambda probe: ORDER.index(probe.name))
        self._each_alone = each_alone
        self._seen: set[tuple[str, str, bool | None]] = set()
        self.tasks: list[Task] = []

    def refresh(self, known: Known) -> None:
        """Add what the present TLS state gives rise to and was not there before."""
        added = False
        for probe in self._probes:
            encrypted = known.encrypted_now if probe.where is Where.BOTH else None
            for subject in probe.subjects(known):
                key = (probe.name, subject, encrypted)
                if key not in self._seen:
                    self._seen.add(key)
                    self.tasks.append(Task(probe, subject, encrypted, alone=self._each_alone))
                    added = True
        if added:
            self.tasks.sort(key=lambda task: (not task.starts, ORDER.index(task.probe.name)))

    def put_back(self, task: Task, *, alone: bool = False) -> None:
        """Ask it again, before all others."""
        task.alone = task.alone or alone or task.starts >= STARTS
        self.tasks.insert(0, task)


class Ledger:
    """What one connection has borne so far, against what its server bears."""

    def __init__(self, allowance: Allowance) -> None:
        self.allowance = allowance
        self._spent = dict.fromkeys(_MEASURES, 0)
        self._reserved: dict[int, Cost] = {}
        #: No question was put yet.
        self.untouched = True

    def fits(self, cost: Cost) -> bool:
        """Would the worst case still be within the allowance?"""
        return all(
            not getattr(cost, name)
            or self._spent[name] + sum(getattr(one, name) for one in self._reserved.values()) + getattr(cost, name)
            <= getattr(self.allowance, name)
            for name in _MEASURES
        )

    def reserve(self, task: Task, cost: Cost) -> None:
        self._reserved[id(task)] = cost
        self.untouched = False

    def release(self, task: Task) -> None:
        self._reserved.pop(id(task), None)

    def spend(self, exchange: Exchange) -> None:
        """Count what a reply really cost."""
        code, verb = exchange.code or 0, exchange.command.verb if exchange.command else ""
        if not verb:
            return
        spent = self._spent
        spent["refusals"] += code >= 400
        spent["unknown"] += code in (500, 502)
        # 504 to AUTH is among Exim's syntax and protocol errors too.
        spent["syntax"] += code in (500, 501, 503, 504)
        # The spine's own EHLO and STARTTLS are free, and ``*`` is no command.
        spent["nonmail"] += exchange.probe is not None and verb not in MAIL_VERBS and verb != CANCEL.verb
        spent["lookups"] += verb in ("VRFY", "EXPN")
        spent["noops"] += verb == "NOOP"
        spent["ehlos"] += verb in ("EHLO", "HELO", "LHLO")
        spent["auths"] += verb == "AUTH" and code == 334

    def take_over(self, other: Ledger) -> None:
        """Begin where another one stands."""
        self._spent, self._reserved = dict(other._spent), dict(other._reserved)

    def new_tls_state(self) -> None:
        """EHLO is counted for each TLS state."""
        self._spent["ehlos"] = 0


class Running:
    """A question that is being put: its generator, what it still wants to say, and what it heard so far."""

    def __init__(self, task: Task, known: Known) -> None:
        self.task = task
        self.conversation: Conversation = task.probe.ask(known, task.subject)
        self.asked = next(self.conversation)
        self.pending: list[Command] = list(self.asked.commands)
        self.heard: list[Answer] = []

    @property
    def synchronises(self) -> bool:
        """Does its group have a command after which a client must wait?"""
        return any(command.verb not in MAY_BE_FOLLOWED for command in self.pending)

    @property
    def complete(self) -> bool:
        """Was all of its group answered?"""
        return len(self.heard) == len(self.pending)

    def hear(self, answer: Answer) -> None:
        self.heard.append(answer)

    def advance(self) -> tuple[Observation, ...] | None:
        """Hand the group's answers over: gives the observations when that was all, None when it asks on."""
        heard, self.heard = tuple(self.heard), []
        try:
            self.asked = self.conversation.send(heard)
        except StopIteration as stop:
            learnt: tuple[Observation, ...] = stop.value
            return learnt
        self.pending = list(self.asked.commands)
        return None


class Moment(Struct, frozen=True):
    """What the planner looks at.

    ``tls_ahead``: a connection in this state can still be upgraded; ``upgrading``: this one will be, and keeps its
    allowance for that, since other connections can ask in clear.
    """

    known: Known
    pipelining: bool
    tls_ahead: bool
    upgrading: bool = False


def eligible(task: Task, moment: Moment) -> bool:
    """Can this question be put in the present state, budget aside?"""
    known, probe = moment.known, task.probe
    if task.encrypted is not None and task.encrypted != known.encrypted_now:
        return False
    if probe.where is Where.CLEAR and known.encrypted_now:
        return False
    if probe.where is Where.TLS and not known.encrypted_now:
        return False
    if moment.tls_ahead and not _in_clear_too(probe, known):
        return False
    if moment.upgrading and not probe.control:
        return False
    if probe.needs_mail:
        code = known.mail_tls if known.encrypted_now else known.mail_clear
        if code is None or not 200 <= code < 300:
            return False
    return task.subject in probe.subjects(known)


def _in_clear_too(probe: Probe, known: Known) -> bool:
    """Need this not wait for TLS? A server that wants TLS first (530, RFC 3207 4) answers the rest inside it only."""
    return probe.where not in (Where.ANY, Where.BEST) or (
        probe.where is Where.ANY and known.mail_clear not in (None, 530)
    )


def only_here(pool: Pool, here: Moment, elsewhere: Moment) -> list[Task]:
    """The questions to share that this state can answer and the other one cannot."""
    return [t for t in pool.tasks if not t.special and eligible(t, here) and not eligible(t, elsewhere)]


def choose(pool: Pool, ledger: Ledger, moment: Moment, elsewhere: Moment) -> list[Running]:
    """Take from the pool what goes into the next flight of a shared connection, first what only this state answers.

    What any state answers gets the allowance that those leave: else they would need one more upgrade. At most one
    group has a synchronising command, which goes last; without PIPELINING there is one group. What is sent once goes
    before all others, by itself. Where nothing fits an untouched connection the first question is put all the same,
    for no other connection would bear it better.
    """
    known = moment.known
    first = only_here(pool, moment, elsewhere)
    tasks = [
        *first,
        *[task for task in pool.tasks if task not in first and not task.special and eligible(task, moment)],
    ]
    tasks.sort(key=lambda task: not task.probe.sent_once)
    spared = _sparing(ledger, first, known)
    chosen: list[Running] = []
    last: list[Running] = []
    commands = 0
    for task in tasks:
        cost = task.probe.cost(known, task.subject)
        if not (ledger if task in first else spared).fits(cost):
            continue
        running = Running(task, known)
        if (running.synchronises and last) or (commands and commands + len(running.pending) > FLIGHT_LIMIT):
            running.conversation.close()
            continue
        ledger.reserve(task, cost)
        spared.reserve(task, cost)
        (last if running.synchronises else chosen).append(running)
        commands += len(running.pending)
        if task.unmerged or not moment.pipelining:
            break
    if ledger.untouched and tasks:
        ledger.reserve(tasks[0], tasks[0].probe.cost(known, tasks[0].subject))
        chosen.append(Running(tasks[0], known))
    for running in (*chosen, *last):
        pool.tasks.remove(running.task)
    return [*chosen, *last]


def _sparing(ledger: Ledger, tasks: Iterable[Task], known: Known) -> Ledger:
    """The ledger as it would stand with these questions put, as far as they fit."""
    spared = Ledger(ledger.allowance)
    spared.take_over(ledger)
    for task in tasks:
        cost = task.probe.cost(known, task.subject)
        if spared.fits(cost):
            spared.reserve(task, cost)
    return spared


def wanted(pool: Pool, moments: Iterable[Moment]) -> bool:
    """Is there anything to ask on a shared connection, in any of the states that it can reach?"""
    return any(not task.special and eligible(task, moment) for moment in moments for task in pool.tasks)


def special(pool: Pool, moments: Iterable[Moment]) -> Task | None:
    """The first question that wants a connection of its own and can be put in one of these states."""
    return next((task for task in _special(pool, moments) if not task.last), None)


def parting(pool: Pool, moments: Iterable[Moment]) -> Task | None:
    """The first of those that a server may answer with a ban: nothing can be asked after them."""
    return next((task for task in _special(pool, moments) if task.last), None)


def _special(pool: Pool, moments: Iterable[Moment]) -> list[Task]:
    states = list(moments)
    return [task for task in pool.tasks if task.special and any(eligible(task, one) for one in states)]


def selection(profile: Profile, only: Sequence[str], skip: Sequence[str]) -> tuple[Probe, ...]:
    """The probes of a profile, or those named. Raises KeyError for a name that is none."""
    unknown = [name for name in (*only, *skip) if name not in BY_NAME]
    if unknown:
        raise KeyError(unknown[0])
    probes = [BY_NAME[name] for name in ORDER]
    if only:
        probes = [probe for probe in probes if probe.name in (*only, *ALWAYS)]
    else:
        probes = [probe for probe in probes if probe.profile.rank <= profile.rank]
    return tuple([probe for probe in probes if probe.name not in skip])


def bears(tasks: Iterable[Task], ledger: Ledger, moments: Sequence[Moment]) -> bool:
    """Could one connection still bear, at worst, all of these that can be put in one of these states?"""
    spare = Ledger(ledger.allowance)
    spare.take_over(ledger)
    for task in tasks:
        moment = next((one for one in moments if eligible(task, one)), None)
        if moment is None:
            continue
        cost = task.probe.cost(moment.known, task.subject)
        if not spare.fits(cost):
            return False
        spare.reserve(task, cost)
    return True
