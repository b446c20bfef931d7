"""What services that send mail report of it in JSON: Mailgun, SendGrid, Amazon SES (SNS), Postmark. One line each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, field

from smtpprobe.explain.readers.app_thrown import Thrown
from smtpprobe.explain.readers.logged import Said, said, shown
from smtpprobe.outcome import Reason, State

_MOST = 1_000
_SMTP = range(200, 560)
_POSTMARK_REASONS = {
    "SpamComplaint": Reason.FEEDBACK,
    "SpamNotification": Reason.SPAMDETECTED,
    "AutoResponder": Reason.VACATION,
}
_SENDGRID_STATES = {
    "bounce": State.FAILED,
    "blocked": State.FAILED,
    "dropped": State.FAILED,
    "deferred": State.DEFERRED,
    "delivered": State.ACCEPTED,
}

Shape = TypeVar("Shape", bound=Struct)


class _MailgunStatus(Struct, rename={"host": "mx-host", "enhanced": "enhanced-code"}):
    code: int | None = None
    message: str | None = None
    description: str | None = None
    host: str | None = None
    enhanced: str | None = None


class _Mailgun(Struct, rename={"status": "delivery-status"}):
    event: str
    status: _MailgunStatus | None = None
    recipient: str = ""
    reason: str | None = None
    severity: str | None = None
    timestamp: float | None = None


class _MailgunHook(Struct, rename={"data": "event-data"}):
    data: _Mailgun


class _SendGrid(Struct):
    event: str
    email: str = ""
    status: str | None = None
    reason: str | None = None
    response: str | None = None
    timestamp: int | str | None = None


class _Recipient(Struct, rename="camel"):
    email_address: str = ""
    status: str | None = None
    diagnostic_code: str | None = None


class _Happening(Struct, rename="camel"):
    """What SES says of a bounce, a delay, a complaint or a delivery."""

    bounced_recipients: list[_Recipient] = field(default_factory=list)
    delayed_recipients: list[_Recipient] = field(default_factory=list)
    complained_recipients: list[_Recipient] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    bounce_type: str = ""
    bounce_sub_type: str = ""
    delay_type: str = ""
    smtp_response: str | None = None
    reason: str | None = None
    timestamp: str = ""


class _Mail(Struct):
    source: str = ""
    destination: list[str] = field(default_factory=list)


class _Ses(Struct, rename="camel"):
    bounce: _Happening | None = None
    complaint: _Happening | None = None
    delivery: _Happening | None = None
    delivery_delay: _Happening | None = None
    reject: _Happening | None = None
    mail: _Mail | None = None


class _Sns(Struct, rename="pascal"):
    message: str


class _Postmark(Struct, rename="pascal"):
    record_type: str
    type: str = ""
    email: str = ""
    recipient: str = ""
    from_: str = field(default="", name="From")
    description: str = ""
    details: str = ""
    bounced_at: str | None = None
    delivered_at: str | None = None


def service_events(line: str) -> tuple[Thrown, ...] | None:
    """The refusals and deliveries of a line of JSON; () for another event of these services, None for another text."""
    bare = line.strip()
    if not bare.startswith(("{", "[")):
        return None
    reads = next((read for marks, read in _SERVICES if all(mark in bare for mark in marks)), None)
    try:
        return reads(bare)[:_MOST] if reads else None
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return None


def _mailgun(line: str) -> tuple[Thrown, ...]:
    event = _decoded(line, _MailgunHook).data if '"event-data"' in line else _decoded(line, _Mailgun)
    status = event.status or _MailgunStatus()
    words = status.message or status.description or event.reason or ""
    if event.event == "complained":
        return (
            Thrown(_words("complained"), None, event.recipient, reason=Reason.FEEDBACK, time=_time(event.timestamp)),
        )
    if event.event not in {"failed", "delivered", "rejected", "temporary_fail", "permanent_fail"}:
        return ()
    reply = _replied(status.code, words or event.event, status.enhanced)
    temporary = event.event == "temporary_fail" or event.severity == "temporary"
    state = State.ACCEPTED if event.event == "delivered" else State.DEFERRED if temporary else State.FAILED
    return (Thrown(reply, None, event.recipient, host=status.host or "", state=state, time=_time(event.timestamp)),)


def _sendgrid(line: str) -> tuple[Thrown, ...]:
    events = _decoded(line, list[_SendGrid]) if line.startswith("[") else [_decoded(line, _SendGrid)]
    return tuple(thrown for event in events[:_MOST] if (thrown := _sendgrid_event(event)))


def _sendgrid_event(event: _SendGrid) -> Thrown | None:
    time = _time(event.timestamp)
    if event.event == "spamreport":
        return Thrown(_words("spamreport"), None, event.email, reason=Reason.FEEDBACK, time=time)
    if event.event not in _SENDGRID_STATES:
        return None
    reply = said(event.reason or event.response or event.status or event.event)
    reply = Said(reply.code, reply.enhanced or event.status or None, reply.text)
    return Thrown(reply, None, event.email, state=_SENDGRID_STATES[event.event], time=time)


def _sns(line: str) -> tuple[Thrown, ...]:
    return _ses(_decoded(line, _Sns).message)


def _ses(line: str) -> tuple[Thrown, ...]:
    event = _decoded(line, _Ses)
    sender = event.mail.source if event.mail else ""
    if (happened := event.complaint) is not None:
        return tuple(
            Thrown(
                _words("Complaint"), None, one.email_address, sender, time=happened.timestamp, reason=Reason.FEEDBACK
            )
            for one in happened.complained_recipients
        )
    if (happened := event.delivery) is not None:
        reply = said(happened.smtp_response or "Delivery")
        return tuple(
            Thrown(reply, None, one, sender, time=happened.timestamp, state=State.ACCEPTED)
            for one in happened.recipients
        )
    if (happened := event.reject) is not None:
        addressees = event.mail.destination if event.mail else []
        return tuple(Thrown(_words(happened.reason or "Reject"), None, one, sender) for one in addressees or [""])
    happened, state = (event.bounce, State.FAILED) if event.bounce else (event.delivery_delay, State.DEFERRED)
    if happened is None:
        return ()
    kind = f"{happened.bounce_type} {happened.bounce_sub_type} {happened.delay_type}".strip()
    return tuple(
        Thrown(_diagnosed(one, kind), None, one.email_address, sender, time=happened.timestamp, state=state)
        for one in (*happened.bounced_recipients, *happened.delayed_recipients)
    )


def _postmark(line: str) -> tuple[Thrown, ...]:
    event = _decoded(line, _Postmark)
    time = event.bounced_at or event.delivered_at or ""
    addressee = event.email or event.recipient
    if event.record_type == "Delivery":
        reply = said(event.details or "Delivery")
        return (Thrown(reply, None, addressee, event.from_, time=time, state=State.ACCEPTED),)
    if event.record_type not in {"Bounce", "SpamComplaint"}:
        return ()
    reply = said(event.details or event.description or event.type)
    return (Thrown(reply, None, addressee, event.from_, time=time, reason=_POSTMARK_REASONS.get(event.type)),)


def _diagnosed(recipient: _Recipient, kind: str) -> Said:
    reply = said(recipient.diagnostic_code or kind)
    return Said(reply.code, reply.enhanced or recipient.status, reply.text)


def _replied(code: int | None, words: str, enhanced: str | None) -> Said:
    """A number beside the words is a reply code only where SMTP has such numbers; 498, 602 to 607 are an API's own."""
    reply = said(words)
    if code is None or reply.code is not None:
        return Said(reply.code, reply.enhanced or enhanced, reply.text)
    if code in _SMTP and code % 100 < 60:
        return Said(code, reply.enhanced or enhanced, reply.text)
    return Said(None, None, f"{code} {reply.text}")


def _words(text: str) -> Said:
    return Said(None, None, shown(text))


def _time(stamp: float | str | None) -> str:
    return "" if stamp is None else str(stamp)


def _decoded(line: str, shape: type[Shape] | Any) -> Any:
    return msgspec.json.decode(line.encode("utf-8", "replace"), type=shape)


_SERVICES: tuple[tuple[tuple[str, ...], Callable[[str], tuple[Thrown, ...]]], ...] = (
    (('"delivery-status"',), _mailgun),
    (('"event-data"',), _mailgun),
    (('"Message"', '"TopicArn"'), _sns),
    (('Recipients"', '"mail"'), _ses),
    (('"notificationType"',), _ses),
    (('"eventType"', '"mail"'), _ses),
    (('"RecordType"',), _postmark),
    (('"event"', '"email"', '"sg_'), _sendgrid),
    (('"event"', '"email"', '"smtp-id"'), _sendgrid),
    (('"event"', '"email"', '"reason"'), _sendgrid),
)
