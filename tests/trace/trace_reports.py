"""Reports as a person writes them: what was sent, what came back, and when. No test lives here."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from smtpprobe.explain.known import known_of
from smtpprobe.explain.notes import annotate
from smtpprobe.model import Command, Exchange, Failure, Reply, Report, Route, Target, Transcript
from smtpprobe.outcome import FailureKind, Outcome, Stage
from smtpprobe.wire.replies import ReplyReader

SECOND = 1_000_000_000
HOST = "mx.example.net"
GREETING = "220 mx.example.net ESMTP"
HELLO = "250-mx.example.net\n250-PIPELINING\n250 STARTTLS"


class Said(Struct, frozen=True):
    """A command (None: the greeting) and its reply (None: it timed out), ``seconds`` after the reply before it.

    ``gap`` is how long the reply itself took, from its first octet to its last.
    """

    command: str | None
    reply: str | None
    seconds: float = 0.0
    gap: float = 0.0
    connection: int = 1
    stage: Stage = Stage.CLEAR


def report(*dialogue: Said) -> Report:
    """The report of this dialogue, annotated as every other."""
    exchanges, now = [], 10 * SECOND
    for number, said in enumerate(dialogue):
        sent, now = now, now + int((said.seconds + said.gap) * SECOND)
        command = None if said.command is None else Command(said.command.encode())
        reply = None if said.reply is None else _reply(said.reply, now - int(said.gap * SECOND), now)
        failure = Failure(said.stage, FailureKind.TIMEOUT, "10 s") if reply is None else None
        exchanges.append(Exchange(said.connection, number, said.stage, command, sent, reply, failure))
    known = known_of(exchanges, HOST)
    notes = tuple([annotate(exchanges, index, known) for index in range(len(exchanges))])
    return Report(_transcript(tuple(exchanges)), notes, (), "")


def until_recipient(*replies: str | None, greeting: str = GREETING, hello: str = HELLO) -> Report:
    """The usual dialogue up to MAIL, RCPT and DATA, of which as many are sent as there are replies."""
    verbs = ("MAIL FROM:<bob@example.org>", "RCPT TO:<ann@example.net>", "DATA")
    return report(
        Said(None, greeting, stage=Stage.GREETING),
        Said("EHLO out.example.org", hello, stage=Stage.EHLO),
        *[Said(verb, reply) for verb, reply in zip(verbs, replies, strict=False)],
    )


def _reply(text: str, first: int, last: int) -> Reply:
    (one,) = ReplyReader().feed("".join([line + "\r\n" for line in text.split("\n")]).encode(), last)
    return replace(one, first_ns=first)


def _transcript(exchanges: tuple[Exchange, ...]) -> Transcript:
    return Transcript(
        target=Target(HOST, HOST, 25),
        route=Route(HOST, "192.0.2.25", 25, 10, "mx"),
        exchanges=exchanges,
        observations=(),
        connections=(),
        clear=None,
        encrypted=None,
        tls=None,
        software=None,
        failure=None,
        outcome=Outcome.ANSWERED,
        started="2026-11-21T20:22:18Z",
        started_ns=0,
        ended_ns=0,
        profile="ehlo",
        ehlo_name="out.example.org",
        source=None,
        sni=None,
        round_trips=len(exchanges),
    )
