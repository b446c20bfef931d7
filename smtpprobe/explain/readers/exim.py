"""Reads Exim's main log and reject log, from its own files or through syslog. What it refused is in exim_server.py."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, structs

from smtpprobe.diagnosis import Event
from smtpprobe.explain.readers.exim_server import Told, heard, notice
from smtpprobe.explain.readers.logged import ADDRESS_LIMIT, Attempts, Table, given, said
from smtpprobe.explain.readers.prefix import parted
from smtpprobe.outcome import Reason, State

SENDERS_LIMIT = 1_000
WHOLE_LIMIT = 64 * 1024
DELIVERED = "delivered"

# tod_stamp() in tod.c, and message ids before and since 4.97.
_HEAD = re.compile(
    r"(?:(?P<time>[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{3})?(?: [+-][0-9]{4})?) )?"
    r"(?:\[[0-9]{1,10}\] )?"
    r"(?:(?P<id>[0-9A-Za-z]{6}-(?:[0-9A-Za-z]{6}-[0-9A-Za-z]{2}|[0-9A-Za-z]{11}-[0-9A-Za-z]{4}))(?: |\Z))?"
)
# write_syslog() in log.c: a long text in numbered parts; a backslash where a line of it ended.
_PART = re.compile(r"\[(?P<part>[0-9]{1,4})(?P<cut>[/\\])(?P<of>[0-9]{1,4})\] ")
_FLAGS = {
    "=> ": State.ACCEPTED,
    "-> ": State.ACCEPTED,
    ">> ": State.ACCEPTED,
    "** ": State.FAILED,
    "== ": State.DEFERRED,
}
# The numbers of errors in a deferral: those of Linux's errno.h, and below nought Exim's own (macros.h). A retry time
# that is not reached says nothing of why there was a first failure.
_ERRORS = {
    **dict.fromkeys((101, 104, 110, 111, 113, -18, -36, -43), Reason.NETWORKERROR),
    **dict.fromkeys((-37, -38), Reason.FAILEDSTARTTLS),
    **dict.fromkeys((-52, -53, -54), Reason.NONE),
    28: Reason.SYSTEMFULL,
    -22: Reason.MAILBOXFULL,
    -42: Reason.SECURITYERROR,
}
_KEYS = re.compile(r" (?:[A-Z]{1,3}=|(?:routing )?defer \()|: ")
_DEFER = re.compile(r" defer \((?P<number>-?[0-9]{1,5})\)")
_HOST = re.compile(
    r" H=(?P<name>\S{1,255})(?: DS)? \[(?P<address>[0-9A-Fa-f:.]{2,45})\](?::[0-9]{1,5})?\*?"
    r"(?: (?:I|PRX)=\[[^\]\s]{2,45}\](?::[0-9]{1,5})?| DT=[0-9.smhdw]{1,20}| TFO\*{0,2}){0,6}"
)
_ANGLE = re.compile(r"<([^<>\s]{1,320})>")
_SENDER = re.compile(r" [FP]=<([^<>]{1,320})>")
_TOOK = re.compile(r"(?: (?:DT|QT)=[0-9.smhdw]{1,20}){1,2}(?=: |\Z)")
# A fragment without time stamp and id is taken only where it could be nobody else's.
_UNMISTAKABLE = ("H=", "U=", "F=<", "rejected ", "SMTP call from ", "SMTP syntax error in ", "SMTP protocol ")
_IDLE = (
    "Start queue run",
    "End queue run",
    "exim ",
    "cwd=",
    "no MAIL in ",
    "no immediate delivery",
    "SMTP connection ",
    "DKIM: ",
    "H=",
    "U=",
    "ident connection to ",
    "Warning: ",
    "Spool file ",
    "pid ",
    "ETRN ",
)


class _Parts(Struct):
    """A long line on its way through syslog."""

    text: str
    next: int
    of: int
    time: str
    line: str
    number: int


class EximReader:
    """One event for each delivery, refusal and complaint. Senders are learnt from the arrival of their mails."""

    def __init__(self) -> None:
        self._senders: Table[str] = Table(SENDERS_LIMIT)
        self._parts: _Parts | None = None
        self._attempts = Attempts()

    def read(self, line: str, number: int) -> Sequence[Event] | None:
        found = self._read(line, number)
        return self._attempts.joined(found) if found else found

    def _read(self, line: str, number: int) -> Sequence[Event] | None:
        head = _HEAD.match(line)
        if head is not None and head["time"]:
            return self._entry(head, line, head["time"], False, line, number)
        prefix = parted(line)
        program = prefix.program
        if program and not program.startswith("exim"):
            return None
        if program and prefix.rest.startswith("[") and (part := _PART.match(prefix.rest)):
            return self._part(part, prefix.rest[part.end() :], prefix.time, line, number)
        return self._text(prefix.rest, prefix.time, bool(program), line, number)

    def end(self) -> Sequence[Event]:
        found = self._complete()
        return (*(self._attempts.joined(found) if found else ()), *self._attempts.end())

    def _part(self, part: re.Match[str], text: str, time: str, line: str, number: int) -> Sequence[Event]:
        """A part of a long line; the events of a line that is complete now."""
        position, of = int(part["part"]), int(part["of"])
        parts = self._parts
        text += "\n" if part["cut"] == "\\" else ""
        events: Sequence[Event] = ()
        if parts is not None and parts.next == position and parts.of == of and len(parts.text) < WHOLE_LIMIT:
            parts.text += text
            parts.next += 1
        else:
            events = self._complete()
            parts = self._parts = _Parts(text, position + 1, of, time, line, number) if position == 1 else None
        if parts is not None and position == of:
            return (*events, *self._complete())
        return events

    def _complete(self) -> Sequence[Event]:
        parts, self._parts = self._parts, None
        if parts is None:
            return ()
        return self._text(parts.text, parts.time, True, parts.line, parts.number) or ()

    def _text(self, text: str, time: str, named: bool, line: str, number: int) -> Sequence[Event] | None:
        head = _HEAD.match(text)
        if head is None:
            return None
        return self._entry(head, text, head["time"] or time, named, line, number)

    def _entry(
        self, head: re.Match[str], text: str, time: str, named: bool, line: str, number: int
    ) -> Sequence[Event] | None:
        """``named``: syslog says that Exim wrote it."""
        message, rest = head["id"], text[head.end() :]
        flag = rest[:3]
        if message and flag == "<= ":
            self._senders.put(message, rest[3 : 3 + ADDRESS_LIMIT].partition(" ")[0].strip("<>"))
            return ()
        if message and rest == "Completed":
            self._senders.pop(message)
            return ()
        state = _FLAGS.get(flag)
        if state is not None and (message or named or " R=" in rest or " T=" in rest):
            sender = (self._senders.get(message) or "") if message else ""
            return (_delivery(state, rest[3:], sender, time, line, number),)
        if not (message or named or time or rest.startswith(_UNMISTAKABLE)):
            return self._fragment(rest, line, number)
        found = notice(rest)
        if found is None:
            return () if message or named or (time and rest.startswith(_IDLE)) else None
        return (
            Event(
                source="exim",
                text=found.said.text,
                code=found.said.code,
                enhanced=found.said.enhanced,
                command=found.command,
                host=found.host,
                recipient=found.recipient,
                sender=found.sender or ((self._senders.get(message) or "") if message else ""),
                time=time,
                state=found.state,
                reason=found.reason,
                line=number,
                given=given(line),
            ),
        )

    def _fragment(self, rest: str, line: str, number: int) -> Sequence[Event] | None:
        """The words of the smtp transport alone, as a bounce or a queue listing has them."""
        if not rest.startswith(("SMTP error from remote mail server after ", "LMTP error after ")):
            return None
        found = heard(rest)
        if found.said.code is None:
            return None
        return (
            Event(
                source="exim",
                text=found.said.text,
                code=found.said.code,
                enhanced=found.said.enhanced,
                command=found.command,
                host=found.host,
                state=found.said.state,
                line=number,
                given=given(line),
            ),
        )


def _delivery(state: State, text: str, sender: str, time: str, line: str, number: int) -> Event:
    """A line with a delivery flag (delivery_log, deferral_log and failure_log in deliver.c)."""
    keys = _KEYS.search(text)
    at = keys.start() if keys else len(text)
    recipient = _recipient(text[:at])
    if state is State.ACCEPTED:
        message, host = _confirmation(text, at)
        told = Told(said(message), reason=Reason.DELIVERED if message == DELIVERED else None)
    elif defer := _DEFER.search(text, at):
        message, host = _deferral(text[defer.end() :], defer["number"])
        told = heard(message)
        if told.said.code is None:
            told = structs.replace(told, reason=_ERRORS.get(int(defer["number"]), told.reason))
    else:
        message, host = _failure(text, at)
        told = heard(message)
        if message.endswith("retry timeout exceeded"):
            told = structs.replace(told, reason=Reason.EXPIRED)
    found = _SENDER.search(text) if "=<" in text else None
    return Event(
        source="exim",
        text=told.said.text,
        code=told.said.code,
        enhanced=told.said.enhanced,
        command=told.command,
        host=host or told.host,
        recipient=recipient,
        sender=found[1] if found else sender,
        time=time,
        state=state,
        reason=told.reason,
        line=number,
        given=given(line),
    )


def _recipient(addresses: str) -> str:
    """The address that was tried; the one that it came from where that is a file, a pipe or a local part."""
    first = addresses.partition(" ")[0].strip("<>")
    if "@" in first and not first.startswith(("|", "/")):
        return first[:ADDRESS_LIMIT]
    found = _ANGLE.search(addresses)
    return found[1] if found else first[:ADDRESS_LIMIT]


def _confirmation(text: str, at: int) -> tuple[str, str]:
    """The remote's reply to the message, and the host that took it."""
    host = _host(_HOST.search(text, at))
    start = text.find(' C="', at)
    if start < 0:
        return DELIVERED, host
    end = text.rfind('"')
    return text[start + 4 : end if end > start + 3 else len(text)].replace('\\"', '"'), host


def _deferral(tail: str, number: str) -> tuple[str, str]:
    """The words of the error and of the message around the host."""
    found = _HOST.search(tail)
    if found is not None:
        tail = f"{tail[: found.start()]}{tail[found.end() :]}"
    return _TOOK.sub("", tail).lstrip(": ") or f"deferred with error {number}", _host(found)


def _failure(text: str, at: int) -> tuple[str, str]:
    # The name in a certificate may have a colon in it.
    named = text.find(' DN="', at)
    start = text.find(": ", text.find('"', named + 5) if named >= 0 else at)
    host = _host(_HOST.search(text[:start] if start >= 0 else text, at))
    return (_TOOK.sub("", text[start + 2 :]) if start >= 0 else ""), host


def _host(found: re.Match[str] | None) -> str:
    return found["name"] if found else ""
