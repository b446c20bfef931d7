"""What a server was asked and said, each in the state that its connection was in: a Transcript in, Heard out. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from smtpprobe.model import Connection, Exchange, Transcript
from smtpprobe.outcome import ClosedBy, FailureKind, Stage, TlsMode

#: What these ask goes out in odd ways (half a line end, STARTTLS's own segment, too early); habits.py reads them.
ODD_PROBES = frozenset({"starttls-smuggled-command", "line-end-cr", "line-end-lf", "talk-first"})
_ENDED = {FailureKind.CLOSED: "close", FailureKind.RESET: "reset", FailureKind.TIMEOUT: None}
_HELLOS = ("EHLO", "HELO", "LHLO")


class Heard(Struct, frozen=True, kw_only=True):
    """One command and its answer. ``line`` is the command, octets that are no UTF-8 as surrogates.

    ``raw`` is the reply as it came, empty where none did. ``then`` is what the server did after it, None where it went
    on listening. ``cited``: a question took this for its answer. ``last``: the server ended the connection with no more
    answers.
    """

    index: int
    connection: int
    line: str
    probe: str
    subject: str
    raw: bytes
    octets: int
    code: int | None
    then: str | None
    cited: bool
    last: bool
    encrypted: bool
    greeted: bool
    in_mail: bool
    recipients: bool

    @property
    def verb(self) -> str:
        return self.line.partition(" ")[0].upper()

    @property
    def argument(self) -> str:
        return self.line.partition(" ")[2].strip()

    @property
    def positive(self) -> bool:
        return self.code is not None and 200 <= self.code < 300

    @property
    def answered(self) -> bool:
        return bool(self.raw)


def heard(run: Transcript) -> tuple[Heard, ...]:
    """Every command whose answer tells how the server answers, connection after connection."""
    cited = {
        i for one in run.observations if one.probe not in ("keyword", "hang-up", "pipelining") for i in one.evidence
    }
    found: list[Heard] = []
    for connection in run.connections:
        mine = [(i, e) for i, e in enumerate(run.exchanges) if e.connection == connection.number]
        found.extend(_walk(mine, connection, cited, encrypted=run.target.tls is TlsMode.IMPLICIT))
    return tuple(_closing(found))


def same_question(one: Heard, other: Heard) -> bool:
    """Were these two the same command in the same state?"""
    return one.line == other.line and one.encrypted == other.encrypted and one.in_mail == other.in_mail


def trusted(heard: Sequence[Heard]) -> list[Heard]:
    """Without the last words before the end of a connection, where the same was answered otherwise elsewhere."""
    return [one for one in heard if not (_parting(one) and any(_better(other, one) for other in heard))]


def _parting(one: Heard) -> bool:
    return one.then is not None or (one.last and (one.code or 0) >= 400)


def _better(other: Heard, one: Heard) -> bool:
    return other.answered and not _parting(other) and same_question(one, other)


def _closing(heard: Sequence[Heard]) -> Iterator[Heard]:
    """Who closed: a command that is answered elsewhere, or the one before it, after which nothing ever is answered?"""
    for position, one in enumerate(heard):
        before, after = heard[position - 1 : position], heard[position + 1 : position + 2]
        if not one.answered and before and _ends_it(before[0], one, heard):
            continue
        ends = after and not after[0].answered and _ends_it(one, after[0], heard)
        yield replace(one, then="close", last=True) if ends else one


def _ends_it(one: Heard, silent: Heard, heard: Sequence[Heard]) -> bool:
    if one.connection != silent.connection or silent.then != "close" or not one.answered:
        return False
    elsewhere = any(_better(other, silent) for other in heard)
    return elsewhere and not any(
        same_question(one, other) and following.connection == other.connection and following.answered
        for other, following in pairwise(heard)
    )


def greetings(run: Transcript) -> list[Exchange]:
    """The first exchange of every connection that got so far, but for the one on which the client talked first."""
    return [e for e in run.exchanges if e.stage is Stage.GREETING and e.command is None and e.probe not in ODD_PROBES]


def _walk(
    mine: Sequence[tuple[int, Exchange]], connection: Connection, cited: set[int], *, encrypted: bool
) -> Iterator[Heard]:
    """One connection from its beginning. Ends at the first command without an answer: what came after tells nothing."""
    if any(e.probe in ODD_PROBES for _, e in mine):
        return
    extra = any(e.failure is not None and e.failure.kind is FailureKind.UNSOLICITED for _, e in mine)
    if extra and len({(e.probe, e.subject) for _, e in mine if e.probe}) > 1:
        # Any of its replies may belong to another command; each question was put again by itself.
        mine = [(i, e) for i, e in mine if e.stage is Stage.EHLO]
    commands = [(i, e) for i, e in mine if e.command is not None]
    greeted = in_mail = recipients = False
    for position, (index, exchange) in enumerate(commands):
        command, reply, failure = exchange.command, exchange.reply, exchange.failure
        assert command is not None
        silent = reply is None or not reply.raw
        kind = failure.kind if failure is not None else None
        if silent and (kind not in _ENDED or (position and commands[position - 1][1].flight == exchange.flight)):
            # What was sent along with an answered command may never have been looked at.
            return
        following = commands[position + 1][1] if position + 1 < len(commands) else None
        cut = connection.closed_by is ClosedBy.SERVER and not any(map(_answered, commands[position + 1 :]))
        then = _ENDED.get(kind) if silent and kind is not None else None
        if cut and not silent and (following is None or _too_late(following, exchange.flight)):
            then = "close"
        yield Heard(
            index=index,
            connection=exchange.connection,
            line=command.line.decode("utf-8", "surrogateescape"),
            probe=exchange.probe or "",
            subject=exchange.subject,
            raw=reply.raw if reply is not None else b"",
            octets=reply.octets if reply is not None else 0,
            code=reply.code if reply is not None else None,
            then=then,
            cited=index in cited,
            last=cut,
            encrypted=encrypted,
            greeted=greeted,
            in_mail=in_mail,
            recipients=recipients,
        )
        if silent:
            return
        positive = reply is not None and reply.positive
        if command.verb == "STARTTLS" and exchange.code == 220:
            if kind is not None:
                return
            encrypted, greeted, in_mail, recipients = True, False, False, False
        elif positive and command.verb in (*_HELLOS, "RSET"):
            greeted = greeted or command.verb in _HELLOS
            in_mail = recipients = False
        elif positive:
            in_mail = in_mail or command.verb == "MAIL"
            recipients = recipients or command.verb == "RCPT"


def _answered(one: tuple[int, Exchange]) -> bool:
    return one[1].reply is not None and bool(one[1].reply.raw)


def _too_late(following: Exchange, flight: int) -> bool:
    """Was the next command in the same flight, or a farewell of ours? Then it is no reason to hang up."""
    return following.flight == flight or (following.command is not None and following.command.verb == "QUIT")
