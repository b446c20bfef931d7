"""All that a trace has learnt, laid out for the conclusion. Values, and the questions that every conclusion asks."""

from __future__ import annotations

from msgspec import Struct

from smtpprobe.journey import Journey, Ruling
from smtpprobe.model import Exchange, Failure
from smtpprobe.names.recipients import MailServers
from smtpprobe.outcome import Check, Outcome, Standing
from smtpprobe.trace.conditions import Condition
from smtpprobe.trace.leg import Walked

#: How a run ends where no mail server was talked to.
_NO_SERVER = frozenset({Outcome.UNREACHABLE, Outcome.NOT_SMTP})


class Case(Struct, frozen=True):
    """The facts. ``walked`` stands in the order in which a sender tries the addresses, ``conditions`` beside it.

    ``blocked``: the domain of another operator, where nothing gets out to its servers either. ``waited`` is how long a
    greylisting server was waited for, in seconds, before the last try. ``stopped``: the user or the deadline ended the
    trace. ``unresolved``: why a smarthost's name led nowhere.
    """

    journey: Journey
    servers: MailServers | None
    walked: tuple[Walked, ...]
    conditions: tuple[tuple[Condition, ...], ...]
    rulings: tuple[Ruling, ...]
    blocked: str | None = None
    waited: float | None = None
    stopped: bool = False
    unresolved: Failure | None = None

    @property
    def domain(self) -> str:
        """The recipient's domain, as far as there is a recipient."""
        return self.journey.recipient.domain if self.journey.recipient is not None else ""

    @property
    def recipient(self) -> str:
        return self.journey.recipient.text if self.journey.recipient is not None else ""

    @property
    def sender(self) -> str:
        return self.journey.sender.text if self.journey.sender is not None else "<>"

    @property
    def decisive(self) -> Walked | None:
        """The address whose answer counts: the first that says yes or a permanent no, else the one that came furthest.

        A sender goes on to the next server after a failed connection or a 4yz (RFC 5321 5.1).
        """
        for walked in self.walked:
            exchange = refusal(walked)
            if accepted(walked) or (exchange is not None and exchange.code is not None and exchange.code >= 500):
                return walked
        return max(self.walked, key=_reach, default=None)

    def ruling(self, check: Check, *standings: Standing) -> Ruling | None:
        """The first ruling of this check that stands like this."""
        return next((one for one in self.rulings if one.check is check and one.standing in standings), None)

    def of(self, walked: Walked) -> tuple[Condition, ...]:
        """The conditions of one address."""
        return next((found for one, found in zip(self.walked, self.conditions, strict=True) if one is walked), ())


def accepted(walked: Walked) -> bool:
    """Did the server take what the trace was for: the recipient, the message, or the login alone?"""
    if walked.delivery is not None:
        return walked.delivery.accepted
    exchange = walked.exchange(walked.rcpt)
    if exchange is not None:
        return exchange.reply is not None and exchange.reply.positive
    return walked.login is not None and walked.login.logged_in and walked.mail is None and not walked.refused_utf8


def refusal(walked: Walked) -> Exchange | None:
    """The reply that ended the way: the last step's, or the first refusal before it."""
    index = refused_at(walked)
    return None if index is None else walked.transcript.exchanges[index]


def refused_at(walked: Walked) -> int | None:
    """The place of that reply in the transcript."""
    exchanges = walked.transcript.exchanges
    places: list[int | None] = [walked.mail, walked.rcpt]
    if walked.delivery is not None:
        places += walked.delivery.indexes[2:]
    for place in places:
        if place is not None and _refused(exchanges[place]):
            return place
    if walked.mail is not None or accepted(walked):
        return None
    doors = [i for i, one in enumerate(exchanges) if one.probe is None and _at_the_door(one)]
    return next((i for i in doors if _refused(exchanges[i])), None)


def _at_the_door(exchange: Exchange) -> bool:
    verb = exchange.command.verb if exchange.command is not None else ""
    return verb in ("", "EHLO", "HELO", "XCLIENT")


def _refused(exchange: Exchange) -> bool:
    return exchange.reply is not None and exchange.reply.refusal


def _reach(walked: Walked) -> tuple[int, int]:
    """How far this address let us come; a refusal says more than silence at the same place."""
    transcript = walked.transcript
    if transcript.outcome in _NO_SERVER:
        return (1 if transcript.connections and transcript.connections[-1].connect_ns else 0, 0)
    exchange = refusal(walked)
    told = int(exchange is not None)
    for reach, place in ((5, walked.rcpt), (4, walked.mail)):
        answer = walked.exchange(place)
        if answer is not None and answer.reply is not None:
            return reach, told
    return (3 if walked.capabilities is not None else 2), told
