"""Reads the log of qmail-send, from multilog, splogger or tai64nlocal. The SMTP server's side is in qmail_smtpd.py."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from smtpprobe.diagnosis import Event
from smtpprobe.explain.event import TEXT_LIMIT
from smtpprobe.explain.readers.logged import ADDRESS_LIMIT, NAME_LIMIT, Table, given, said
from smtpprobe.explain.readers.prefix import Prefix, parted
from smtpprobe.explain.readers.qmail_smtpd import PROGRAMS, refusal
from smtpprobe.outcome import Reason, State

DELIVERIES_LIMIT = 1_000
MESSAGES_LIMIT = 1_000

# multilog's stamp has neither a host nor a program behind it.
_TAI64N = re.compile(r"(@[0-9a-f]{24}) ")
_DELIVERY = re.compile(
    r"delivery (?P<number>[0-9]{1,12}): (?P<result>success|failure|deferral): (?P<report>.*)", re.DOTALL
)
_STARTING = re.compile(
    r"starting delivery (?P<number>[0-9]{1,12}): msg (?P<message>[0-9]{1,20}) to (?:local|remote) (?P<to>\S+)"
)
_INFO = re.compile(r"info msg (?P<message>[0-9]{1,20}): bytes [0-9]{1,20} from <(?P<sender>[^>]{0,320})>")
_IDLE = ("status: ", "new msg ", "end msg ", "bounce msg ", "triple bounce: ", "double bounce: ", "tcpserver: ")
_STATES = {"success": State.ACCEPTED, "failure": State.FAILED, "deferral": State.DEFERRED}
_REMOTE_SAID = "Remote host said: "
# What qmail-remote says of each step, and the command that was refused there (qmail-remote.c).
_STEPS = (
    (" does not like recipient.", "RCPT"),
    (" but sender was rejected.", "MAIL"),
    (" but greeting failed.", "greeting"),
    (" but my name was rejected.", "HELO"),
    (" but authentication was rejected", "AUTH"),
    (" failed on DATA command.", "DATA"),
    (" failed after I sent the message.", "DATA"),
    (" accepted message.", "DATA"),
    (" but connection died.", None),
)
_TOO_LONG = "this message has been in the queue too long"
# The sentences that qmail-remote and qmail-send put behind a reply.
_AFTER_REPLY = re.compile(r"/(?=Giving up on |I'm not going to try again)")
_SENTENCE_END = re.compile(r"([.!)])/(?=\S)")


class _Attempt(Struct, frozen=True):
    recipient: str
    sender: str


class QmailReader:
    """One event for each report of a delivery. The address is in the line that starts it, the sender in another."""

    def __init__(self) -> None:
        self._attempts: Table[_Attempt] = Table(DELIVERIES_LIMIT)
        self._senders: Table[str] = Table(MESSAGES_LIMIT)

    def read(self, line: str, number: int) -> Sequence[Event] | None:
        stamped = _TAI64N.match(line)
        prefix = Prefix(stamped[1], "", line[stamped.end() :]) if stamped else parted(line)
        program, rest = prefix.program, prefix.rest
        if program and not program.startswith(PROGRAMS):
            return None
        if "delivery " in rest:
            if delivery := _DELIVERY.match(rest):
                return (self._report(delivery, prefix.time, line, number),)
            if starting := _STARTING.match(rest):
                sender = self._senders.get(starting["message"]) or ""
                self._attempts.put(starting["number"], _Attempt(starting["to"][:ADDRESS_LIMIT], sender))
                return ()
        elif rest.startswith("info msg ") and (info := _INFO.match(rest)):
            self._senders.put(info["message"], info["sender"])
            return ()
        elif rest.startswith("end msg "):
            self._senders.pop(rest[8:])
            return ()
        elif (event := refusal(rest, program, prefix.time, line, number)) is not None:
            return (event,)
        return () if program or (prefix.time and rest.startswith(_IDLE)) else None

    def end(self) -> Sequence[Event]:
        return ()

    def _report(self, delivery: re.Match[str], time: str, line: str, number: int) -> Event:
        state = _STATES[delivery["result"]]
        report = delivery["report"][:TEXT_LIMIT].replace("_", " ")
        words, found, remote = report.partition(_REMOTE_SAID)
        command, host = _step(words)
        reply = said(_remote_words(remote) if found else _own_words(report))
        attempt = self._attempts.pop(delivery["number"])
        return Event(
            source="qmail",
            text=reply.text or delivery["result"],
            code=reply.code,
            enhanced=reply.enhanced,
            command=command,
            host=host,
            recipient=attempt.recipient if attempt else "",
            sender=attempt.sender if attempt else "",
            time=time,
            state=state,
            reason=_reason(state, report, reply.code),
            line=number,
            given=given(line),
        )


def _step(words: str) -> tuple[str | None, str]:
    """The command that was answered and the server, out of qmail-remote's own sentence."""
    for phrase, command in _STEPS:
        at = words.find(phrase)
        if at >= 0:
            return command, words[:at].rpartition("/")[2].rpartition(" ")[2][-NAME_LIMIT:]
    return None, ""


def _remote_words(remote: str) -> str:
    """The reply of the remote server. A line of it ended where a slash stands."""
    found = _AFTER_REPLY.search(remote)
    return remote[: found.start()] if found else remote.removesuffix("/")


def _own_words(report: str) -> str:
    return _SENTENCE_END.sub(r"\1 ", report.removesuffix("/"))


def _reason(state: State, report: str, code: int | None) -> Reason | None:
    """What the shape of the report tells, whatever the last reply was."""
    if state is State.FAILED and _TOO_LONG in report:
        return Reason.EXPIRED
    return Reason.DELIVERED if state is State.ACCEPTED and code is None else None
