"""What a probe is: a generator that says what to ask and returns what it learnt. It cannot open a socket."""

from __future__ import annotations

from collections.abc import Callable, Generator
from enum import Enum, auto

from msgspec import Struct

from smtpprobe.model import Command, Exchange, Known, Observation, Reply
from smtpprobe.outcome import Profile, Safety, Verdict

RSET = Command(b"RSET")
CANCEL = Command(b"*")

#: Verbs after which a client must wait (RFC 2920 3.1), and HELP and AUTH, to be safe. All others may be followed.
MAY_BE_FOLLOWED = frozenset({"MAIL", "RCPT", "RSET"})
#: What Exim's smtp_accept_max_nonmail does not count.
MAIL_VERBS = frozenset({"MAIL", "RCPT", "DATA"})


class Ask(Struct, frozen=True):
    """One group of commands that leaves the session as it found it. It is sent together where that is allowed.

    ``unsure`` is for one command, on a connection of its own, that the server may leave without an answer;
    ``response`` is for one line that answers the 3yz reply before it (RFC 4954 4), where else ``*`` would.
    """

    commands: tuple[Command, ...]
    unsure: bool = False
    response: bool = False


class Answer(Struct, frozen=True):
    """What came of one command: its exchange, and the place of that in the record."""

    index: int
    exchange: Exchange

    @property
    def reply(self) -> Reply:
        """The reply; only who asked unsurely, or out of turn, is ever handed an exchange without one."""
        assert self.exchange.reply is not None
        return self.exchange.reply

    @property
    def code(self) -> int:
        return self.reply.code or 0

    @property
    def ok(self) -> bool:
        return self.reply.positive

    @property
    def said(self) -> str:
        """The code and enhanced code, for a detail: ``504 5.5.4``."""
        return f"{self.reply.code} {self.reply.enhanced}" if self.reply.enhanced else str(self.reply.code)


Conversation = Generator[Ask, tuple[Answer, ...], tuple[Observation, ...]]


class Where(Enum):
    """In which TLS state a probe is asked."""

    ANY = auto()  #: once, in whichever state the connection is
    CLEAR = auto()  #: before TLS only
    TLS = auto()  #: inside TLS only
    BOTH = auto()  #: in each state in which it has something to ask
    BEST = auto()  #: inside TLS where that can be had, else in clear


class Place(Enum):
    """Where on a connection a probe may stand."""

    SHARED = auto()  #: anywhere after EHLO, merged with others
    ALONE = auto()  #: after EHLO on a connection of its own
    BEFORE_EHLO = auto()  #: on a connection of its own, in EHLO's place
    BEHIND_STARTTLS = auto()  #: on a connection of its own; all but STARTTLS itself goes out in STARTTLS's segment
    BEFORE_GREETING = auto()  #: on the last connection of all, before the server's greeting, which it is handed too


class Cost(Struct, frozen=True):
    """The most that a question may cost, in the measures of ``catalogue.entries.Allowance``."""

    refusals: int = 0
    unknown: int = 0
    syntax: int = 0
    nonmail: int = 0
    lookups: int = 0
    noops: int = 0
    ehlos: int = 0
    auths: int = 0


def flat(cost: Cost) -> Callable[[Known, str], Cost]:
    """The cost of a question that is the same for every server and subject."""
    return lambda known, subject: cost


def once(known: Known) -> tuple[str, ...]:
    """The subjects of a probe that asks one thing."""
    return ("",)


class Probe(Struct, frozen=True):
    """A question, declared.

    ``subjects`` gives what to ask about in the present TLS state (nothing: not applicable); ``cost`` is the worst
    case; ``logs`` is what the server will write into its log. A probe that ``needs_mail`` is only asked where the
    ``control``, a plain MAIL, was accepted. What is ``sent_once`` goes before
    all others, unmerged, and is never repeated: its failure is its answer.
    """

    name: str
    asks: str
    logs: str
    ask: Callable[[Known, str], Conversation]
    cost: Callable[[Known, str], Cost]
    profile: Profile = Profile.CAPABILITIES
    safety: Safety = Safety.POLITE
    where: Where = Where.ANY
    place: Place = Place.SHARED
    needs_mail: bool = False
    control: bool = False
    sent_once: bool = False
    subjects: Callable[[Known], tuple[str, ...]] = once


def command(text: str) -> Command:
    """A command out of text; characters beyond ASCII go out as UTF-8 (RFC 6531)."""
    return Command(text.encode())


def mail(parameters: str = "") -> Command:
    """MAIL with the null sender, the one that no server looks up."""
    return command(f"MAIL FROM:<> {parameters}".rstrip())


def answered(probe: str, answer: Answer, detail: str, subject: str = "") -> tuple[Observation, ...]:
    """The usual return value of a probe that puts one question."""
    stage = answer.exchange.stage
    return (Observation(probe, subject, Verdict.ANSWERED, detail, (answer.index,), stage),)
