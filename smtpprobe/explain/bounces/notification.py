"""What Amazon SES tells by way of SNS: one JSON object in the body of a mail. No I/O."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from smtpprobe.explain.bounces.delivery_status import Report

_LIMIT = 256 * 1024


class _Recipient(Struct, frozen=True, rename="camel"):
    email_address: str = ""
    action: str = ""
    status: str = ""
    diagnostic_code: str = ""


class _Bounce(Struct, frozen=True, rename="camel"):
    bounced_recipients: list[_Recipient] = []
    timestamp: str = ""
    bounce_type: str = ""
    bounce_sub_type: str = ""


class _Complaint(Struct, frozen=True, rename="camel"):
    complained_recipients: list[_Recipient] = []
    timestamp: str = ""


class _Delivery(Struct, frozen=True, rename="camel"):
    recipients: list[str] = []
    timestamp: str = ""
    smtp_response: str = ""


class _Mail(Struct, frozen=True):
    source: str = ""
    destination: list[str] = []


class Notification(Struct, frozen=True, rename="camel"):
    """One notification; which of its three kinds it is shows in what is set."""

    notification_type: str
    mail: _Mail = _Mail()
    bounce: _Bounce | None = None
    complaint: _Complaint | None = None
    delivery: _Delivery | None = None


def read(text: str) -> Notification | None:
    """The notification in this body, lines broken by an exclamation mark joined again; None where there is none."""
    start = text.find('{"notificationType"', 0, 4000)
    if start < 0:
        return None
    body = text[start : start + _LIMIT].replace("!\n ", "")
    # What follows the object is not JSON: a text about how to unsubscribe.
    body = body.split("\n\n--\n", 1)[0].replace("\n", "")
    try:
        return msgspec.json.decode(body.strip().encode(), type=Notification)
    except (msgspec.DecodeError, RecursionError):
        return None


def reports(notification: Notification) -> list[Report]:
    """Its recipients, as a delivery report would name them."""
    if notification.bounce is not None:
        bounce = notification.bounce
        comment = f"{bounce.bounce_type} {bounce.bounce_sub_type}".strip()
        return [
            Report(
                [each.email_address],
                each.action,
                each.status or None,
                comment,
                "smtp",
                each.diagnostic_code.removeprefix("smtp;").strip(),
                "",
                bounce.timestamp,
            )
            for each in bounce.bounced_recipients
        ]
    if notification.delivery is not None:
        delivered = notification.delivery
        return [
            Report([each], "delivered", None, "", "smtp", delivered.smtp_response, "", delivered.timestamp)
            for each in delivered.recipients
        ]
    return []
