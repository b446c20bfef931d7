"""Transcripts as a person writes them: by default a server with which nothing is wrong. No test lives here."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from smtpprobe.catalogue import software
from smtpprobe.model import (
    Capabilities,
    Certificate,
    Command,
    Connection,
    Exchange,
    Failure,
    Observation,
    Reply,
    Route,
    Target,
    TlsFacts,
    Transcript,
)
from smtpprobe.outcome import ClosedBy, FailureKind, Outcome, Stage, TlsMode, Verdict
from smtpprobe.probes.promises import joined
from smtpprobe.wire import ehlo
from smtpprobe.wire.replies import ReplyReader

GREETING = "220 mail.example.org ESMTP"
KEYWORDS = "PIPELINING\nSIZE 1000\n8BITMIME\nSTARTTLS"
INSIDE = "PIPELINING\nSIZE 1000\n8BITMIME\nAUTH PLAIN LOGIN"
CERTIFICATE = Certificate(
    "CN=mail.example.org",
    "CN=Authority",
    ("mail.example.org",),
    "2026-10-01T00:00:00Z",
    "2026-12-30T00:00:00Z",
    60,
    None,
)
GOOD = TlsFacts("TLSv1.3", "TLS_AES_256_GCM_SHA384", CERTIFICATE)


class Turn(Struct, frozen=True):
    """One command and what came of it. With a probe's name it gives an observation as well.

    No command: a reply that nobody asked for. ``connection`` is the one it was said on.
    """

    command: str | None
    reply: str | None
    probe: str = ""
    verdict: Verdict = Verdict.ANSWERED
    subject: str = ""
    detail: str = ""
    failure: Failure | None = None
    connection: int = 1
    stage: Stage | None = None


def reply(text: str) -> Reply:
    """A reply out of its lines, as the wire reads it. ``250 a|b|c`` has three lines."""
    code, lines = text[:3], text[4:].split("|")
    raw = "".join(f"{code}-{line}\r\n" for line in lines[:-1]) + f"{code} {lines[-1]}\r\n"
    reader = ReplyReader()
    (read,) = reader.feed(raw.encode(), 0)
    return read


def run(
    *turns: Turn,
    greeting: str = GREETING,
    hello: str = KEYWORDS,
    hello_code: str = "250",
    starttls: str | None = "220 ready",
    handshake: Failure | None = None,
    inside: str = INSIDE,
    inside_turns: Sequence[Turn] = (),
    observations: Sequence[Observation] = (),
    port: int = 25,
    tls: TlsMode = TlsMode.STARTTLS,
    facts: TlsFacts | None = GOOD,
    lmtp: bool = False,
    path: str | None = None,
    address: str = "192.0.2.25",
    outcome: Outcome = Outcome.ANSWERED,
    failure: Failure | None = None,
    greeting_ns: int = 0,
) -> Transcript:
    """A whole run: greeting, EHLO, these turns, STARTTLS (unless None), EHLO, ``inside_turns``."""
    exchanges: list[Exchange] = []
    learnt: list[Observation] = []

    def say(turn: Turn, stage: Stage) -> Reply | None:
        heard = reply(turn.reply) if turn.reply is not None else None
        index = len(exchanges)
        command = Command(turn.command.encode()) if turn.command is not None else None
        where = turn.stage or stage
        exchanges.append(
            Exchange(turn.connection, index, where, command, 0, heard, turn.failure, turn.probe or None, turn.subject)
        )
        if turn.probe:
            learnt.append(Observation(turn.probe, turn.subject, turn.verdict, turn.detail, (index,), where))
        return heard

    def greet(text: str, keywords: str, stage: Stage) -> Capabilities | None:
        lines = "|".join(["mail.example.org", *keywords.split("\n")] if keywords else ["mail.example.org"])
        verb = "LHLO" if lmtp else "EHLO"
        heard = say(Turn(f"{verb} probe.example", f"{text} {lines if text == '250' else 'no'}"), stage)
        return ehlo.read(heard) if heard is not None and heard.positive else None

    say(Turn(None, greeting), Stage.GREETING)
    if greeting_ns:
        first = exchanges[0]
        assert first.reply is not None
        late = Reply(**{**{f: getattr(first.reply, f) for f in Reply.__struct_fields__}, "last_ns": greeting_ns})
        exchanges[0] = Exchange(**{**{f: getattr(first, f) for f in Exchange.__struct_fields__}, "reply": late})
    implicit = tls is TlsMode.IMPLICIT
    clear = encrypted = None
    if greeting.startswith("220"):
        first_offer = greet(hello_code, hello, Stage.EHLO)
        clear, encrypted = (None, first_offer) if implicit else (first_offer, None)
        for turn in turns:
            say(turn, Stage.TLS if implicit else Stage.CLEAR)
        if tls is TlsMode.STARTTLS and clear is not None and "STARTTLS" in clear and starttls is not None:
            answer = say(Turn("STARTTLS", starttls, failure=handshake), Stage.STARTTLS)
            if answer is not None and answer.code == 220 and handshake is None:
                encrypted = greet("250", inside, Stage.EHLO)
                for turn in inside_turns:
                    say(turn, Stage.TLS)
    all_learnt = (*learnt, *observations)
    first_text = exchanges[0].reply.text if exchanges[0].reply else ""
    return Transcript(
        target=Target("mail.example.org", "mail.example.org", port, tls, lmtp, path),
        route=Route("mail.example.org", address, port),
        exchanges=tuple(exchanges),
        observations=(*all_learnt, *joined(exchanges, all_learnt, clear, encrypted)),
        connections=(Connection(1, address, port, 0, 1, ClosedBy.US),),
        clear=clear,
        encrypted=encrypted,
        tls=facts if encrypted is not None else None,
        software=software.recognise(first_text, "", "", ()),
        failure=failure,
        outcome=outcome,
        started="2026-11-21T20:22:18Z",
        started_ns=0,
        ended_ns=1,
        profile="full",
        ehlo_name="probe.example",
        source=None,
        sni="mail.example.org",
        round_trips=1,
    )


def asked(
    command: str, answer: str, probe: str, verdict: Verdict = Verdict.ANSWERED, subject: str = "", detail: str = ""
) -> Turn:
    """A probe's question and its answer."""
    return Turn(command, answer, probe, verdict, subject, detail)


def failed(kind: FailureKind, detail: str = "", stage: Stage = Stage.CLEAR) -> Failure:
    return Failure(stage, kind, detail)


MAIL = asked("MAIL FROM:<>", "250 ok", "mail")
RCPT = asked("RCPT TO:<postmaster>", "250 ok", "rcpt-postmaster")
