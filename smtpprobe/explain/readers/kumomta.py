"""Reads KumoMTA's log records: one JSON object a line."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from smtpprobe import redaction
from smtpprobe.diagnosis import Event
from smtpprobe.explain.event import TEXT_LIMIT
from smtpprobe.explain.readers.logged import ADDRESS_LIMIT, NAME_LIMIT, enhanced, given, said, shown
from smtpprobe.outcome import Reason, State

RECIPIENTS_LIMIT = 500

_STATES = {
    "Delivery": State.ACCEPTED,
    "TransientFailure": State.DEFERRED,
    "Delay": State.DEFERRED,
    "Delayed": State.DEFERRED,
    "Bounce": State.FAILED,
    "AdminBounce": State.FAILED,
    "Expiration": State.FAILED,
    "OOB": State.FAILED,
    "Rejection": State.FAILED,
    "Feedback": State.UNKNOWN,
}
_REASONS = {"Expiration": Reason.EXPIRED, "Feedback": Reason.FEEDBACK}
#: Records of a mail on its way, with nothing to explain.
_IDLE = frozenset({"Reception", "AdminRebind", "DeferredInjectionRebind", "XferIn", "XferOut"})
#: The peer is the client of these: the reply was this server's own.
_INCOMING = frozenset({"Rejection", "OOB", "Feedback"})


class _Enhanced(Struct):
    """The three numbers of an enhanced status code; ``class`` is no name in Python."""

    class_: int = msgspec.field(name="class", default=0)
    subject: int = 0
    detail: int = 0


class _Response(Struct):
    code: int = 0
    enhanced_code: _Enhanced | None = None
    content: str = ""
    command: str | None = None


class _Peer(Struct):
    name: str | None = None
    addr: str | None = None


class _Report(Struct):
    feedback_type: str = ""


class _Record(Struct):
    """What is read of a record (docs.kumomta.com, reference/log_record); all else is skipped."""

    type: str
    id: str
    sender: str | None = None
    recipient: str | list[str] | None = None
    response: _Response | None = None
    peer_address: _Peer | None = None
    timestamp: int | float | str | None = None
    event_time: str | None = None
    feedback_report: _Report | None = None


_DECODER = msgspec.json.Decoder(_Record)


class KumoMtaReader:
    """One event for each recipient of a record that tells of a delivery or a refusal."""

    def read(self, line: str, number: int) -> Sequence[Event] | None:
        if not line.startswith("{") or '"type"' not in line or '"id"' not in line:
            return None
        if '"type":"Reception"' in line:
            return ()
        try:
            record = _DECODER.decode(line.encode("utf-8", "replace"))
        except (ValueError, RecursionError):
            return None
        state = _STATES.get(record.type)
        if state is None:
            return () if record.type in _IDLE else None
        event = _event(record, state, line, number)
        named = record.recipient if isinstance(record.recipient, list) else [record.recipient or ""]
        return tuple(
            [msgspec.structs.replace(event, recipient=to[:ADDRESS_LIMIT]) for to in named[:RECIPIENTS_LIMIT] or [""]]
        )

    def end(self) -> Sequence[Event]:
        return ()


def _event(record: _Record, state: State, line: str, number: int) -> Event:
    response = record.response or _Response()
    text = shown(_text(response)) or _without_response(record)
    code = response.code if 200 <= response.code < 600 else None
    peer = record.peer_address
    return Event(
        source="kumomta",
        text=text,
        code=code,
        enhanced=enhanced(text),
        command=_command(response.command),
        host=_host(peer) if peer and record.type not in _INCOMING else "",
        sender=(record.sender or "")[:ADDRESS_LIMIT],
        time=str(record.event_time or record.timestamp or "")[:NAME_LIMIT],
        state=State.DEFERRED if record.type == "Rejection" and code and code < 500 else state,
        reason=_REASONS.get(record.type),
        line=number,
        given=given(line),
    )


def _text(response: _Response) -> str:
    """The reply's text with the enhanced code in front again, where KumoMTA had taken it off."""
    content = response.content[:TEXT_LIMIT].strip()
    if response.enhanced_code is None:
        return said(content).text if content[:3].isdigit() else content
    parts = response.enhanced_code
    number = f"{parts.class_}.{parts.subject}.{parts.detail}"
    return content if content.startswith(number) else f"{number} {content}"[:TEXT_LIMIT]


def _without_response(record: _Record) -> str:
    """The words for a record that holds no reply."""
    if record.feedback_report is not None:
        return f"feedback report: {record.feedback_report.feedback_type[:NAME_LIMIT]}"
    return record.type


def _command(command: str | None) -> str | None:
    """The command line, or its verb; a lone dot is the end of the message."""
    if not command or not command.strip():
        return None
    line = redaction.command(command[:TEXT_LIMIT].strip())
    return "DATA" if line == "." else line


def _host(peer: _Peer) -> str:
    return (peer.name or peer.addr or "").rstrip(".")[:NAME_LIMIT]
