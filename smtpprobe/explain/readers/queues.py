"""Reads queue listings: mailq, postqueue, exim -bp and smtpctl show queue; one event for each waiting recipient."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from smtpprobe.diagnosis import Event
from smtpprobe.explain.event import GIVEN_LIMIT
from smtpprobe.explain.readers.logged import ADDRESS_LIMIT, given, said
from smtpprobe.explain.readers.postfix import Told, told
from smtpprobe.outcome import State

RECIPIENTS_LIMIT = 1_000

_WAITING = "waiting in the queue"
_HELD = "on hold in the queue"

# showq_compat.c of Postfix; print_single_queue() in queue.c of Sendmail, with -v too
_MAILQ_FRAME = re.compile(
    r"-{1,6}(?:Queue ID|Q-ID)-{1,6} {1,4}--Size--|-- [0-9]{1,12} [KMG]?bytes in |Mail queue is empty|"
    r"\s{0,20}Total requests: |\s{1,20}/\S{1,200} \([0-9]{1,12} request"
)
_MAILQ_MESSAGE = re.compile(
    r"\s{0,4}(?P<id>(?=[A-Za-z]{0,19}[0-9])[0-9A-Za-z]{5,20})(?P<marks>[*!#?X-]{0,2})\s{1,16}[0-9]{1,12} "
    r"(?:[ 0-9-]{1,12}[+ ])?(?P<time>(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ 0-9][0-9] [0-9]{2}:[0-9]{2}(?::[0-9]{2})?)"
    r"\s{1,4}(?P<sender>\S.{0,400})"
)
_MAILQ_REASON = re.compile(r"\s{0,80}(?:(?:7BIT|8BITMIME)\s{1,12})?\((?P<reason>.*)", re.DOTALL)
_MAILQ_NOTHING = re.compile(r"\s{0,80}(?:(?:7BIT|8BITMIME)\s{0,80})?\Z")
_QUARANTINE = re.compile(r"\s{1,10}QUARANTINE: (?P<reason>.{1,200})")
_RECIPIENT = re.compile(r"\s{5,80}(?P<address><?[^\s()<>]{1,320}>?)\s{0,80}\Z")

# queue_list() in queue.c of Exim
_EXIM_MESSAGE = re.compile(
    r"\s{0,4}(?P<age>[0-9]{1,5}[smhdwy])\s{1,8}(?:[0-9.]{1,8}[KMG]?\s{1,4})?"
    r"[0-9A-Za-z]{6}-(?:[0-9A-Za-z]{6}-[0-9A-Za-z]{2}|[0-9A-Za-z]{11}-[0-9A-Za-z]{4}) <(?P<sender>[^<>]{0,320})>"
)
_EXIM_RECIPIENT = re.compile(r"\s{6,12}(?P<done>\+?D )?(?P<address>[^\s()<>]{1,320})\s{0,80}\Z")

# show_queue_envelope() in smtpctl.c of OpenSMTPD
_SMTPCTL = re.compile(r"[0-9a-f]{16}\|(?:local|inet4|inet6|\?)\|(?:mta|mda|bounce|\?)\|")
_SMTPCTL_FIELDS = 14


class _Message(Struct):
    """The message whose recipients come next: its own line, and the reason that holds for them."""

    line: str
    sender: str
    time: str
    answer: Told
    reason: str = ""

    def event(self, source: str, recipient: str, line: str, number: int) -> Event:
        reply = self.answer.said
        return Event(
            source,
            reply.text,
            reply.code,
            reply.enhanced,
            self.answer.command,
            self.answer.host,
            recipient.strip("<>"),
            self.sender,
            self.time,
            State.DEFERRED,
            None,
            number,
            given("\n".join(filter(None, (self.line, self.reason, line)))),
        )


class MailqReader:
    """The listing of Postfix and of Sendmail. A reason stands above the recipients that it holds for."""

    def __init__(self) -> None:
        self._message: _Message | None = None

    def read(self, line: str, number: int) -> Sequence[Event] | None:
        if found := _MAILQ_MESSAGE.match(line):
            text = _HELD if "!" in found["marks"] else _WAITING
            sender = found["sender"].strip("<> ")[:ADDRESS_LIMIT]
            sender = "" if sender == "MAILER-DAEMON" else sender
            self._message = _Message(line[:GIVEN_LIMIT], sender, found["time"], Told(said(text)))
            return ()
        if _MAILQ_FRAME.match(line):
            self._message = None
            return ()
        return self._of_message(self._message, line, number) if self._message else None

    def end(self) -> Sequence[Event]:
        return ()

    def _of_message(self, message: _Message, line: str, number: int) -> Sequence[Event] | None:
        if found := _RECIPIENT.match(line):
            return (message.event("mailq", found["address"], line, number),)
        if found := _MAILQ_REASON.match(line):
            message.answer = told(found["reason"].removesuffix(")").removeprefix("Deferred: "))
            message.reason = line[:GIVEN_LIMIT].strip()
            return ()
        if found := _QUARANTINE.match(line):
            message.answer = Told(said(f"quarantined: {found['reason']}"))
            return ()
        if _MAILQ_NOTHING.match(line):
            return ()
        self._message = None
        return None


class EximQueueReader:
    """exim -bp tells how long a message waits and whether it is frozen, but not why."""

    def __init__(self) -> None:
        self._message: _Message | None = None

    def read(self, line: str, number: int) -> Sequence[Event] | None:
        if found := _EXIM_MESSAGE.match(line):
            frozen = "*** frozen ***" in line
            text = f"{'frozen' if frozen else 'waiting'} in the queue for {found['age']}"
            self._message = _Message(line[:GIVEN_LIMIT], found["sender"], "", Told(said(text)))
            return ()
        if self._message is None:
            return None
        if found := _EXIM_RECIPIENT.match(line):
            delivered = found["done"] is not None
            return () if delivered else (self._message.event("exim-queue", found["address"], line, number),)
        self._message = None
        return None if line.strip() else ()

    def end(self) -> Sequence[Event]:
        return ()


class SmtpctlReader:
    """smtpctl show queue: one line for each envelope, the error of its last attempt at the end."""

    def read(self, line: str, number: int) -> Sequence[Event] | None:
        if not _SMTPCTL.match(line):
            return None
        fields = line.split("|", _SMTPCTL_FIELDS - 1)
        if len(fields) < _SMTPCTL_FIELDS:
            return None
        flags, sender, recipient, created, last_attempt, error = (fields[at] for at in (3, 4, 6, 7, 9, 13))
        held = "hold" in flags or "suspend" in flags
        answer = Told(said(error or (_HELD if held else _WAITING)))
        time = created if last_attempt == "0" else last_attempt
        message = _Message("", "" if sender == "@" else sender[:ADDRESS_LIMIT], time[:20], answer)
        return (message.event("smtpctl", recipient[:ADDRESS_LIMIT], line, number),)

    def end(self) -> Sequence[Event]:
        return ()


class _Recipient(Struct):
    address: str = ""
    delay_reason: str = ""


class _Queued(Struct):
    """A line of postqueue -j (showq_json.c)."""

    queue_name: str
    queue_id: str
    recipients: list[_Recipient]
    sender: str = ""
    arrival_time: int = 0


class PostqueueReader:
    """postqueue -j: one JSON object for each message."""

    def read(self, line: str, number: int) -> Sequence[Event] | None:
        if not line.startswith("{") or '"queue_id"' not in line:
            return None
        try:
            queued = msgspec.json.decode(line.encode("utf-8", "replace"), type=_Queued)
        except (ValueError, RecursionError):
            return None
        waiting = _HELD if queued.queue_name == "hold" else _WAITING
        time = str(queued.arrival_time) if queued.arrival_time else ""
        return [
            _Message("", queued.sender[:ADDRESS_LIMIT], time, told(one.delay_reason or waiting)).event(
                "postqueue", one.address[:ADDRESS_LIMIT], line, number
            )
            for one in queued.recipients[:RECIPIENTS_LIMIT]
        ]

    def end(self) -> Sequence[Event]:
        return ()
