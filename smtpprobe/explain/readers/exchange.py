"""Reads Exchange's message tracking log, and Exchange Online's extended message trace, which has the same columns.

The dialogues of the protocol logs are read in exchange_protocol.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from smtpprobe.diagnosis import Event
from smtpprobe.explain.event import TEXT_LIMIT
from smtpprobe.explain.readers.exchange_csv import columns, field, values
from smtpprobe.explain.readers.logged import ADDRESS_LIMIT, NAME_LIMIT, Said, given, said
from smtpprobe.outcome import Reason, State

RECIPIENTS_LIMIT = 500
HEAD_LIMIT = 2_000

_STATES = {
    "SEND": State.ACCEPTED,
    "SENDEXTERNAL": State.ACCEPTED,
    "DELIVER": State.ACCEPTED,
    "DUPLICATEDELIVER": State.ACCEPTED,
    "FAIL": State.FAILED,
    "BADMAIL": State.FAILED,
    "POISONMESSAGE": State.FAILED,
    "SUBMITFAIL": State.FAILED,
    "RESUBMITFAIL": State.FAILED,
    "MODERATORREJECT": State.FAILED,
    "MODERATIONEXPIRE": State.FAILED,
    "DROP": State.FAILED,
    "DEFER": State.DEFERRED,
    "SUBMITDEFER": State.DEFERRED,
    "THROTTLE": State.DEFERRED,
    "DSN": State.UNKNOWN,
}
_STAMPED = re.compile(
    r"\"?(?:[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]|[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{4} )[0-9:. APMZ]{5,20}\"?,"
)
_EVENT_ID = re.compile(r"event[-_]?id\b", re.IGNORECASE)
_GUID = re.compile(r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}")

_OLD = (
    "datetime,clientip,clienthostname,serverip,serverhostname,sourcecontext,connectorid,source,eventid,"
    "internalmessageid,messageid,recipientaddress,recipientstatus,totalbytes,recipientcount,relatedrecipientaddress,"
    "reference,messagesubject,senderaddress,returnpath,messageinfo"
)
_OLD_COLUMNS = columns(_OLD)
# Exchange 2013 put the network message id in.
_NEW_COLUMNS = columns(_OLD.replace(",messageid,", ",messageid,networkmessageid,"))
_NAMES = {
    "timestamp": "datetime",
    "datetimeutc": "datetime",
    "origintimestamputc": "datetime",
    "recipients": "recipientaddress",
    "sender": "senderaddress",
}

_NEXT_STATUS = re.compile(r"\];\s?\[|;\s?(?=[2-5][0-9]{2} )")
_WITHIN = re.compile(r"(?:responded with|target IP address): \"(?P<reply>[^\"]{1,2000})\"")
_LAST_TRIED = re.compile(r"(?:\[?LastAttemptedServerName=|last endpoint attempted was )(?P<host>[^\s\]}:]{1,255})")


class _Status(Struct, frozen=True):
    """What recipient-status tells of one recipient."""

    said: Said
    host: str = ""


class ExchangeTrackingReader:
    """One event for each recipient of an event that tells what became of a mail. The columns come from ``#Fields:``."""

    def __init__(self) -> None:
        self._columns: dict[str, int] | None = None

    def read(self, line: str, number: int) -> Sequence[Event] | None:
        if line.startswith("#") or _is_head(line):
            return self._head(line)
        # Without a head, or under that of a log file, a line begins with its date.
        if (self._columns is None or self._columns.get("datetime") == 0) and not _STAMPED.match(line):
            return None
        named = self._columns or _NEW_COLUMNS
        at = named["eventid"]
        # Before a quotation mark the commas are those of the columns, and most events tell nothing.
        event = line.split(",", at + 1)[at:][:1]
        if event and event[0] not in _STATES and '"' not in line:
            return () if self._columns is not None or _is_event(event[0], line) else None
        fields = values(line)
        if self._columns is None:
            named = _NEW_COLUMNS if _GUID.fullmatch(field(fields, _NEW_COLUMNS["networkmessageid"])) else _OLD_COLUMNS
        if len(fields) <= at or (self._columns is None and not _is_event(fields[at], line)):
            return None
        return _events(fields, named, line, number)

    def end(self) -> Sequence[Event]:
        return ()

    def _head(self, line: str) -> Sequence[Event] | None:
        if line.lower().startswith("#log-type:") and "Tracking" not in line:
            self._columns = None
            return None
        if line.startswith("#Fields:") or not line.startswith("#"):
            named = columns(line.removeprefix("#Fields:"), _NAMES)
            self._columns = named if "eventid" in named else None
            return () if self._columns is not None else None
        return () if line.lower().startswith("#log-type:") else None


def _is_head(line: str) -> bool:
    """The names of the columns as Export-Csv and the message trace write them, without ``#Fields:``."""
    if "vent" not in line or line[:1].isdigit() or not _EVENT_ID.search(line, 0, HEAD_LIMIT):
        return False
    return columns(line[:HEAD_LIMIT], _NAMES).keys() >= {"eventid", "recipientstatus"}


def _is_event(event: str, line: str) -> bool:
    """Is this the event of a line that was pasted without its head?"""
    return event.isalpha() and event.isupper() and line.count(",") >= len(_OLD_COLUMNS) - 1


def _events(fields: list[str], named: dict[str, int], line: str, number: int) -> Sequence[Event]:
    def value(name: str) -> str:
        return field(fields, named[name]) if name in named else ""

    event = value("eventid")
    state = _STATES.get(event)
    if state is None:
        return ()
    recipients = [to.strip()[:ADDRESS_LIMIT] for to in re.split(r"[;|]", value("recipientaddress"))][:RECIPIENTS_LIMIT]
    statuses = _statuses(value("recipientstatus"), len(recipients))
    # Where the recipients tell nothing, another column may.
    other = _other_words(value("sourcecontext"), value("messageinfo"))
    if event == "DSN" and statuses[0].said.code is None and other.code is None:
        return ()
    host = value("serverhostname") if event == "SEND" else ""
    sender = (value("senderaddress") or value("returnpath")).strip("<>")[:ADDRESS_LIMIT]
    happened = []
    for to, status in zip(recipients, statuses, strict=True):
        reply = status.said if status.said.text or status.said.code else other
        happened.append(
            Event(
                source="exchange-tracking",
                text=reply.text or f"{event} {value('source')}".strip()[:TEXT_LIMIT],
                code=reply.code,
                enhanced=reply.enhanced,
                host=(status.host or host)[:NAME_LIMIT],
                recipient=to,
                sender=sender,
                time=value("datetime")[:NAME_LIMIT],
                state=state,
                reason=Reason.DELIVERED if state is State.ACCEPTED and reply.code is None else None,
                line=number,
                given=given(line),
            )
        )
    return happened


def _statuses(text: str, recipients: int) -> list[_Status]:
    """One for each recipient; where there are fewer, the last one is that of the rest."""
    parts = _NEXT_STATUS.split(text, maxsplit=recipients - 1) if recipients > 1 else [text]
    found = [_status(part) for part in parts]
    return (found + found[-1:] * recipients)[:recipients]


def _status(text: str) -> _Status:
    words = _part(text, "LED") or _part(text, "MSG")
    if not words:
        return _Status(_reply(text.strip("[]' ")), _last_tried(text))
    return _Status(_reply(words), _part(text, "FQDN") or _part(text, "IP") or _last_tried(words))


def _part(text: str, key: str) -> str:
    """[{LED=reply};{MSG=};{FQDN=name};{IP=address};{LRT=time}]: the connector's last error, and where it happened."""
    start = text.find(f"{{{key}=")
    if start < 0:
        return ""
    start += len(key) + 2
    end = text.find("};", start)
    if end < 0:
        end = text.rfind("}", start)
    return text[start : end if end >= 0 else len(text)]


def _reply(text: str) -> Said:
    """The reply of the other server, where Exchange has put words of its own around it."""
    found = _WITHIN.search(text)
    inner = said(found["reply"]) if found else None
    return inner if inner is not None and inner.code is not None else said(text)


def _last_tried(text: str) -> str:
    found = _LAST_TRIED.search(text)
    return found["host"] if found else ""


def _other_words(context: str, info: str) -> Said:
    """The words of the columns beside: a reply if one has it, else the first that tells anything."""
    found = [said(text) for text in (context, info)]
    return next((reply for reply in found if reply.code is not None), found[0] if found[0].text else found[1])
