"""Dialogues as a person writes them, turned into what ``annotate`` takes. No test lives here."""

from __future__ import annotations

from collections.abc import Sequence

from smtpprobe.catalogue import software
from smtpprobe.explain import annotate
from smtpprobe.model import Capabilities, Command, Exchange, Known, Note, Reply, Target
from smtpprobe.outcome import Stage, TlsMode
from smtpprobe.wire import ehlo
from smtpprobe.wire.replies import ReplyReader

POSTFIX = "220 test.example ESMTP Postfix"
EXIM = "220 test.example ESMTP Exim 4.96 Sat, 21 Nov 2026 20:45:06 +0000"
SENDMAIL = "220 test.example ESMTP Sendmail 8.17.1.9/8.17.1.9; Sat, 21 Nov 2026 20:45:07 GMT"
OPENSMTPD = "220 test.example ESMTP OpenSMTPD"
AIOSMTPD = "220 localhost Python SMTP 1.4.6"
CHASQUID = "220 test.example ESMTP chasquid"

POSTFIX_EHLO = (
    "250-test.example\n250-PIPELINING\n250-SIZE 1000\n250-VRFY\n250-ETRN\n250-ENHANCEDSTATUSCODES\n250-8BITMIME\n"
    "250-DSN\n"
    "250-SMTPUTF8\n250 CHUNKING"
)
EXIM_EHLO = (
    "250-test.example Hello root at x.example\n250-SIZE 1000\n250-8BITMIME\n250-PIPELINING\n250-AUTH PLAIN\n"
    "250-CHUNKING\n"
    "250-STARTTLS\n250-SMTPUTF8\n250 HELP"
)
SENDMAIL_EHLO = (
    "250-test.example Hello root@localhost, pleased to meet you\n250-ENHANCEDSTATUSCODES\n250-PIPELINING\n250-EXPN\n"
    "250-VERB\n"
    "250-8BITMIME\n250-SIZE 1000\n250-DSN\n250-ETRN\n250-AUTH DIGEST-MD5 CRAM-MD5\n250-DELIVERBY\n250 HELP"
)
OPENSMTPD_EHLO = (
    "250-test.example Hello x [127.0.0.1], pleased to meet you\n250-8BITMIME\n"
    "250-ENHANCEDSTATUSCODES\n250-SIZE 1000\n250-DSN\n250 HELP"
)
AIOSMTPD_EHLO = "250-localhost\n250-SIZE 1000\n250-8BITMIME\n250 HELP"

Turn = tuple[str | None, str] | tuple[str | None, str, str]


def reply(text: str) -> Reply:
    """A reply out of its lines, as the wire reads it."""
    (read,) = ReplyReader().feed(text.encode().replace(b"\n", b"\r\n") + b"\r\n", 0)
    return read


def dialogue(*turns: Turn, tls: bool = False, ehlo_name: str = "x.example") -> tuple[list[Exchange], Known]:
    """Exchanges of one connection: command (None: unasked), reply, and the probe's name where one asks.

    What follows a granted STARTTLS is inside TLS; ``tls`` puts all of it there from the first byte.
    """
    exchanges: list[Exchange] = []
    clear: Capabilities | None = None
    encrypted: Capabilities | None = None
    hello = ""
    inside = tls
    for position, turn in enumerate(turns):
        line, answer = turn[0], reply(turn[1])
        stage = Stage.GREETING if position == 0 and line is None else Stage.TLS if inside else Stage.CLEAR
        command = None if line is None else Command(line.encode())
        probe = turn[2] if len(turn) == 3 else None
        exchanges.append(Exchange(1, position, stage, command, 0, answer, probe=probe))
        if command is not None and command.verb == "EHLO" and answer.code == 250:
            hello = answer.text
            clear, encrypted = (clear, ehlo.read(answer)) if inside else (ehlo.read(answer), encrypted)
        inside = inside or (command is not None and command.verb == "STARTTLS" and answer.code == 220)
    first = exchanges[0].reply if exchanges[0].command is None else None
    known = Known(
        target=Target("test.example", "test.example", 25, TlsMode.IMPLICIT if tls else TlsMode.STARTTLS),
        profile="full",
        ehlo_name=ehlo_name,
        nonce="n",
        greeting=first,
        clear=clear,
        encrypted=encrypted,
        software=software.recognise(first.text if first else "", hello, "", ()),
        encrypted_now=inside,
    )
    return exchanges, known


def note(*turns: Turn, tls: bool = False, ehlo_name: str = "x.example") -> Note:
    """What the last reply of a dialogue means."""
    exchanges, known = dialogue(*turns, tls=tls, ehlo_name=ehlo_name)
    made = annotate(exchanges, len(exchanges) - 1, known)
    assert made is not None
    return made


def advice(*turns: Turn, tls: bool = False, ehlo_name: str = "x.example") -> str:
    """All advice on the last reply."""
    return " ".join(note(*turns, tls=tls, ehlo_name=ehlo_name).advice)


def start(greeting: str, hello: str) -> Sequence[Turn]:
    return (None, greeting), ("EHLO x.example", hello)
