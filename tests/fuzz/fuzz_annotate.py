"""The annotator under random dialogues: a note for every reply, whatever was asked and whatever else is known.

An input is a line of octets that say what is known, and lines: those with ``>`` in front are commands, all others what
the server said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import fuzz_seeds
import msgspec
from fuzz_seeds import Turn

from smtpprobe import explain
from smtpprobe.catalogue import software
from smtpprobe.model import Capabilities, Command, Exchange, Failure, Known, Note, Reply, Target
from smtpprobe.outcome import FailureKind, Stage, TlsMode
from smtpprobe.probes import ORDER
from smtpprobe.render import json
from smtpprobe.render.document import build_note
from smtpprobe.wire import ehlo
from smtpprobe.wire.replies import ReplyReader

HEAD = 6
#: As many as a dialogue given to `explain` may have, and more than a run holds on one connection.
_MOST = 250
_COMMANDS = (
    *(b"EHLO probe.example", b"MAIL FROM:<>", b"MAIL FROM:<> SIZE=9 BODY=8BITMIME RET=HDRS", b"RCPT TO:<postmaster>"),
    *(b"RCPT TO:<a@example.org> NOTIFY=NEVER ORCPT=rfc822;a", b"AUTH", b"AUTH CRAM-MD5", b"*", b"STARTTLS", b"DATA"),
    *(
        b"VRFY postmaster",
        b"EXPN list",
        b"HELP",
        b"HELP MAIL",
        b"NOOP",
        b"RSET",
        b"QUIT",
        b"HELO probe",
        b"BDAT 0 LAST",
    ),
    *(b"ETRN", b"XCLIENT", b"LHLO a", b"SMTPPROBE", b"mail from:<a@b>"),
)
_OPENING = b"220 mx ESMTP Exim 4.96\r\n>EHLO a\n250-mx\r\n250-SIZE 9\r\n250 AUTH PLAIN\r\n"
_STAGES = tuple(Stage)
_FAILURES = (None, None, *(Failure(Stage.CLEAR, kind) for kind in FailureKind))
_UNKNOWN = Known(Target("x", "x", 25), "full", "probe.example", "abc")
_NAMES = ("", "mail.example.org", "gmail-smtp-in.l.google.com", "mx.example.net")


def seeds() -> Iterator[bytes]:
    """The dialogues of the transcripts; and each reply of the fixtures behind a greeting, an EHLO and some command."""
    for number, turns in enumerate(fuzz_seeds.connections()):
        for first in range(0, len(turns), 3):
            yield _head(number + first) + b"".join([_told(turn) for turn in (turns[0], *turns[first : first + 3])])
    for number, reply in enumerate(fuzz_seeds.replies()):
        command = _COMMANDS[number % len(_COMMANDS)]
        yield _head(number) + _OPENING + b">" + command + b"\n" + reply


def _head(number: int) -> bytes:
    return bytes([number % 256, number // 256, number % 5, number % 3, 0, 0])


def _told(turn: Turn) -> bytes:
    return b"".join([b">" + line + b"\n" for line in turn.sent]) + turn.said


def check(data: bytes) -> None:
    """Every reply of the dialogue explained with all that is known, and the last one with nothing."""
    head = data[:HEAD].ljust(HEAD, b"\0")
    exchanges = list(islice(_exchanges(head, data[HEAD:]), _MOST))
    known = _known(head, exchanges)
    notes = [_note(exchanges, index, known) for index in range(len(exchanges))]
    notes.append(_note(exchanges, max(len(exchanges) - 2, 0), _UNKNOWN))
    for note in notes[-3:]:
        if note is not None:
            msgspec.json.decode(json.compact(build_note(note)))


def _note(exchanges: Sequence[Exchange], index: int, known: Known) -> Note | None:
    note = explain.annotate(exchanges, index, known)
    assert (note is None) == (exchanges[index].reply is None)
    if note is not None:
        assert note.name
        assert note.meaning
        assert len(set(note.advice)) == len(note.advice)
        assert all(note.advice)
    return note


def _exchanges(head: bytes, dialogue: bytes) -> Iterator[Exchange]:
    """Commands and replies in the order of the lines, a failure where the first octet says so."""
    reader, command, stage, number = ReplyReader(), None, Stage.GREETING, 0
    for line in dialogue.split(b"\n"):
        if line.startswith(b">"):
            text = line[1:].rstrip(b"\r")
            command = Command(text if len(text) != 1 else _COMMANDS[text[0] % len(_COMMANDS)])
            stage = _STAGES[head[5] % len(_STAGES)] if head[5] else stage
            continue
        for reply in reader.feed(line + b"\n", number):
            number += 1
            failure = _FAILURES[(head[2] + number) % len(_FAILURES)] if head[2] else None
            probe = ORDER[(head[3] + number) % len(ORDER)] if head[3] else None
            yield Exchange(number % (head[4] % 3 + 1), number, stage, command, number, reply, failure, probe)
            stage = _next(stage, command, reply)
            command = None
        if reader.broken:
            reader = ReplyReader()
    yield Exchange(1, number + 1, stage, command, 0, None, Failure(stage, FailureKind.CLOSED))


def _next(stage: Stage, command: Command | None, reply: Reply) -> Stage:
    if stage is Stage.GREETING:
        return Stage.EHLO
    if command is not None and command.verb == "STARTTLS" and reply.code == 220:
        return Stage.TLS
    return Stage.CLEAR if stage is Stage.EHLO else stage


def _known(head: bytes, exchanges: list[Exchange]) -> Known:
    """What a run might have learnt, right or wrong."""
    heard = [one.reply for one in exchanges if one.reply is not None]
    first = heard[0] if heard else None
    said: list[Capabilities] = [ehlo.read(reply) for reply in heard if len(reply.texts) > 1]
    flags = head[0]
    return Known(
        target=Target("t", _NAMES[head[1] % len(_NAMES)], 25, list(TlsMode)[head[1] // 4 % 3], lmtp=bool(flags & 1)),
        profile="full",
        ehlo_name="probe.example",
        nonce="0123456789",
        domain="example.org" if flags & 2 else None,
        greeting=first if flags & 4 else None,
        clear=said[0] if said and flags & 8 else None,
        encrypted=said[-1] if said and flags & 16 else None,
        help=heard[-1] if heard and flags & 32 else None,
        software=software.recognise(first.text, "", "", [one.text for one in heard]) if first and flags & 64 else None,
        encrypted_now=bool(flags & 128),
        mail_clear=head[1] * 3 or None,
        mail_tls=250 if head[1] & 8 else None,
    )
