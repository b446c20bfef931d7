"""What an expectation is: it says what it needs to know, and judges that. It cannot ask for anything itself."""

from __future__ import annotations

from enum import Enum, auto
from typing import ClassVar

from msgspec import Struct

from smtpprobe.expectation import Measure, Place
from smtpprobe.journey import Answer, Ruling
from smtpprobe.model import Dialogue, Exchange, Failure, Observation, Report, Transcript
from smtpprobe.outcome import FailureKind, Result, Stage


class Want(Enum):
    """What has to be found out besides the conversation."""

    PTR = auto()
    DANE = auto()
    MTA_STS = auto()
    LOGIN = auto()


class MxFacts(Struct, frozen=True):
    """The MX servers of a domain. ``failure``: why nothing is known of them; ``null``: it takes no mail (RFC 7505)."""

    servers: int
    addresses: int
    null: bool = False
    failure: Failure | None = None


class Facts(Struct, frozen=True):
    """What is known when expectations are judged.

    ``report`` is that of the address at hand, ``reports`` are those of every address of the server. What nobody wanted
    to know is None. ``ptr`` is the answer to the PTR question for the address at hand.
    """

    report: Report
    reports: tuple[Report, ...]
    ptr: Answer | None = None
    dane: Ruling | None = None
    mta_sts: Ruling | None = None
    login: Ruling | None = None
    mx: MxFacts | None = None

    @property
    def run(self) -> Transcript:
        """The conversation at hand."""
        return self.report.transcript


class Judgement(Struct, frozen=True):
    """What came of an expectation. ``got`` is a short phrase; ``evidence`` are indexes into the exchanges."""

    result: Result
    got: str
    evidence: tuple[int, ...] = ()
    advice: str = ""
    measure: Measure | None = None


class Expectation(Struct, frozen=True, kw_only=True):
    """Something that a server is held to. Each kind is a subclass, and says what it is in ``id`` and in words.

    ``of_server`` is about the whole server, once, and not about each of its addresses.
    """

    of_server: ClassVar[bool] = False
    place: Place | None = None

    @property
    def id(self) -> str:
        """What names it within its server."""
        raise NotImplementedError

    @property
    def title(self) -> str:
        """It in words, without a full stop: "EHLO in clear offers STARTTLS"."""
        raise NotImplementedError

    @property
    def expected(self) -> str:
        """What would meet it, as a short phrase."""
        raise NotImplementedError

    @property
    def probes(self) -> tuple[str, ...]:
        """The probes that must be asked for it."""
        return ()

    @property
    def dialogue(self) -> Dialogue | None:
        """Lines that must be sent for it."""
        return None

    @property
    def wants(self) -> frozenset[Want]:
        """What else must be found out for it."""
        return frozenset()

    def judge(self, facts: Facts) -> Judgement:
        """What comes of it. It never fails for want of facts: that is inconclusive."""
        raise NotImplementedError


def met(got: str, *evidence: int, measure: Measure | None = None) -> Judgement:
    return Judgement(Result.MET, got, evidence, measure=measure)


def failed(got: str, *evidence: int, advice: str = "", measure: Measure | None = None) -> Judgement:
    return Judgement(Result.FAILED, got, evidence, advice, measure)


def inconclusive(got: str, *evidence: int) -> Judgement:
    return Judgement(Result.INCONCLUSIVE, got, evidence)


def not_applicable(got: str) -> Judgement:
    return Judgement(Result.NOT_APPLICABLE, got)


def said(exchange: Exchange) -> str:
    """What came of an exchange: the code and text of its reply, or why there was none."""
    if exchange.reply is not None and exchange.reply.code is not None:
        return f"{exchange.reply.code} {exchange.reply.text}".strip()
    if exchange.failure is not None:
        return exchange.failure.kind.meaning
    return "no answer"


def indexes(run: Transcript, stage: Stage) -> tuple[int, ...]:
    """The places of the exchanges of one stage."""
    return tuple([index for index, exchange in enumerate(run.exchanges) if exchange.stage is stage])


def observed(run: Transcript, probe: str, subject: str | None = None) -> tuple[Observation, ...]:
    """What a probe learnt."""
    return tuple([o for o in run.observations if o.probe == probe and subject in (None, o.subject)])


#: What may be another way the next time.
_PASSING = frozenset(
    {
        FailureKind.TIMEOUT,
        FailureKind.DEADLINE,
        FailureKind.DNS,
        FailureKind.SERVER_CLOSING,
        FailureKind.INTERRUPTED,
        FailureKind.TLS_TIMEOUT,
        FailureKind.CLOSED,
        FailureKind.RESET,
        FailureKind.TRUNCATED,
    }
)


def passing(failure: Failure | None) -> bool:
    """May it be another way when it is tried again?"""
    return failure is not None and failure.kind in _PASSING
