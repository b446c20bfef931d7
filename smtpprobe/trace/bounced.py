"""What a bounce tells of the mail that came back: whose it was, for whom, who refused it and how. No I/O."""

from __future__ import annotations

import re
from collections.abc import Sequence

from smtpprobe.diagnosis import Event
from smtpprobe.explain.bounces import Kind, address, autoreply, mime, original, read_message
from smtpprobe.explain.diagnose import Explainer
from smtpprobe.explain.event import MESSAGE_LIMIT
from smtpprobe.journey import Hint
from smtpprobe.mailbox import mailbox
from smtpprobe.outcome import State
from smtpprobe.target import TargetError

_PART_LIMIT = 64 * 1024
_REPLY_LIMIT = 2_000
_HOST_LIMIT = 255
# Postfix's bounces name the envelope sender among the fields for programs, bounce(8).
_ENVELOPE = re.compile(
    r"^(?:Return-Path|X-Postfix-Sender)[ \t]{0,9}:[ \t]{0,9}(.{1,400})", re.IGNORECASE | re.MULTILINE
)
_NO_BOUNCE = {
    Kind.FEEDBACK: "This is a complaint about a mail that arrived: give the message that a mail came back with.",
    Kind.RECEIPT: "This is a receipt for a mail that arrived: give the message that a mail came back with.",
    Kind.AUTOREPLY: "This is an automatic answer to a mail that arrived: give the message that a mail came back with.",
    Kind.OTHER: "This is no bounce: give the message that the mail came back with, whole, header included.",
    Kind.REPORT: "This report tells of no mail that failed: give the message that a mail came back with.",
}


def read_bounce(raw: bytes) -> Hint:
    """Sender, recipient, host and reply out of a bounce (RFC 3464, or in the words of any mail system).

    With several recipients it is the first that failed, and the summary says so. An address that is none is left out.
    Raises ValueError with a sentence for what is no bounce. At most the first MiB is read.
    """
    message = read_message(raw)
    event = _first(message.events) if message.kind in (Kind.REPORT, Kind.RECEIPT) else None
    if event is None:
        raise ValueError(_NO_BOUNCE[message.kind])
    summary = Explainer().explain(event).meaning.summary
    if len(message.events) > 1:
        summary += f" (The bounce tells of {len(message.events)} recipients; this is about the first that failed.)"
    return Hint(
        sender=_address(_envelope_sender(raw[:MESSAGE_LIMIT])) or _address(event.sender),
        recipient=_address(event.recipient),
        host=event.host[:_HOST_LIMIT],
        reply=" ".join(f"{event.code or ''} {event.text}".split())[:_REPLY_LIMIT],
        summary=summary,
    )


def _first(events: Sequence[Event]) -> Event | None:
    """The first recipient whose mail failed, else one whose mail still waits."""
    order = (State.FAILED, State.DEFERRED, State.UNKNOWN)
    return next((event for state in order for event in events if event.state is state), None)


def _envelope_sender(raw: bytes) -> str:
    """As the report's fields or the returned message tell it, else whom the bounce was sent to; "" where neither does.

    A bounce goes to the envelope sender (RFC 5321 6.1); but one that a person passed on goes to somebody else.
    """
    whole, parts = mime.cut(raw)
    for part in parts:
        told = _ENVELOPE.search(_fields(part))
        if told is not None and (sender := address.of_field(told[1])):
            return sender
    return address.first(whole.field("to")) if autoreply.is_from_a_mail_system(whole) else ""


def _fields(part: mime.Part) -> str:
    """What this part of a bounce holds of fields: those for programs, or the header of the returned message."""
    text = part.text[:_PART_LIMIT]
    if part.type.endswith("delivery-status"):
        return text
    if part.type.startswith("message/") or part.type == "text/rfc822-headers":
        return text.lstrip("\n").partition("\n\n")[0]
    # Below the words, an empty line may part the header from the line that announces it.
    return "\n".join(original.split(text)[1].split("\n\n")[:2]) if part.type == "text/plain" else ""


def _address(text: str) -> str | None:
    try:
        return mailbox(text).path
    except TargetError:
        return None
