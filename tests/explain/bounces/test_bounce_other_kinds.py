"""What is no bounce: feedback reports, vacation replies, and notifications about mails that arrived."""

from __future__ import annotations

import json

import pytest

from smtpprobe.explain.bounces import Kind, read_message
from smtpprobe.outcome import Reason, State

COMPLAINT = """\
From: <fbl@example.net>
To: <abuse@example.org>
Date: Tue, 3 Mar 2026 10:11:12 +0100
Subject: FW: Offer
Content-Type: multipart/report; report-type=feedback-report; boundary=b

--b
Content-Type: text/plain

This is an email abuse report for an email message received from IP 192.0.2.7.

--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Some/1.0
Version: 1
Original-Mail-From: <news@example.org>
Original-Rcpt-To: <bob@example.net>
Original-Rcpt-To: <eve@example.net>
Arrival-Date: Mon, 2 Mar 2026 09:00:00 +0100

--b
Content-Type: message/rfc822

From: news@example.org
Subject: Offer

550 5.1.1 is in the text
--b--
"""


def test_a_feedback_report_gives_an_event_for_each_recipient_that_it_names() -> None:
    message = read_message(COMPLAINT.encode())
    assert message.kind is Kind.FEEDBACK
    assert [(event.recipient, event.reason, event.code) for event in message.events] == [
        ("bob@example.net", Reason.FEEDBACK, None),
        ("eve@example.net", Reason.FEEDBACK, None),
    ]
    assert {event.sender for event in message.events} == {"news@example.org"}
    assert message.events[0].time == "Mon, 2 Mar 2026 09:00:00 +0100"


def test_a_feedback_report_without_its_part_and_without_a_recipient() -> None:
    raw = b"From: staff@example.net\nSubject: Client TOS Notification\n\nThis is an email abuse report for a message.\n"
    message = read_message(raw)
    assert [event.reason for event in message.events] == [Reason.FEEDBACK]


@pytest.mark.parametrize(
    "head",
    [
        "Subject: Re: Hello\nAuto-Submitted: auto-replied (vacation)\n",
        "Subject: Re: Hello\nX-Autoreply: yes\n",
        "Subject: Re: Hello\nPrecedence: auto_reply\n",
        "Subject: Out of office: Hello\n",
        "Subject: =?utf-8?q?Automatische_Antwort=3A_Hallo?=\n",
        "Subject: =?utf-8?b?6Ieq5YuV6L+U5L+hOiBIZWxsbw==?=\n",
        "Subject: Réponse automatique : Bonjour\n",
    ],
)
def test_a_vacation_reply(head: str) -> None:
    message = read_message(f"From: Bob <bob@example.net>\nTo: ann@example.org\n{head}\nI am away until 550.\n".encode())
    (event,) = message.events
    assert message.kind is Kind.AUTOREPLY
    assert (event.reason, event.recipient, event.sender) == (Reason.VACATION, "bob@example.net", "ann@example.org")


def test_a_bounce_that_calls_itself_automatic_is_a_bounce() -> None:
    head = b"From: MAILER-DAEMON@example.net\nAuto-Submitted: auto-replied\nSubject: x\n"
    raw = head + b"\n<bob@example.net>: 550 5.1.1 No\n"
    assert read_message(raw).kind is Kind.REPORT


def notified(**kind: object) -> bytes:
    """A notification of Amazon's, its long line broken as SNS breaks it."""
    mail = {"source": "ann@example.org", "destination": ["bob@example.net"]}
    text = json.dumps({"notificationType": next(iter(kind)).title(), "mail": mail, **kind}, separators=(",", ":"))
    body = f"{text[:90]}!\n {text[90:]}\n\n--\nIf you wish to stop receiving notifications, click.\n"
    return f"From: AWS <no-reply@example.com>\nSubject: AWS Notification Message\n\n{body}".encode()


def test_notifications_of_amazon_ses() -> None:
    bounced = [
        {
            "emailAddress": "bob@example.net",
            "action": "failed",
            "status": "5.1.1",
            "diagnosticCode": "smtp; 550 5.1.1 no",
        }
    ]
    (event,) = read_message(notified(bounce={"bounceType": "Permanent", "bouncedRecipients": bounced})).events
    assert (event.code, event.enhanced, event.recipient, event.text) == (550, "5.1.1", "bob@example.net", "5.1.1 no")
    (event,) = read_message(
        notified(delivery={"recipients": ["bob@example.net"], "smtpResponse": "250 2.6.0 Ok"})
    ).events
    assert (event.code, event.enhanced, event.reason, event.state) == (250, "2.6.0", Reason.DELIVERED, State.ACCEPTED)
    (event,) = read_message(notified(complaint={"complainedRecipients": [{"emailAddress": "bob@example.net"}]})).events
    assert (event.reason, event.recipient, event.sender) == (Reason.FEEDBACK, "bob@example.net", "ann@example.org")


def receipt(disposition: str, head: str = "", fields: str = "") -> bytes:
    """A receipt as mail programs write it; the mail that it answers is a bounce itself."""
    return f"""\
From: Bob <bob@example.net>
To: <ann@example.org>
Subject: Re: Offer
{head}Content-Type: multipart/report; report-type=disposition-notification; boundary=b

--b
Content-Type: text/plain

Your message to bob@example.net could not be delivered, it says here.

--b
Content-Type: message/disposition-notification

Reporting-UA: pc.example.net; Some 1.0
Original-Recipient: rfc822;sales@example.net
Final-Recipient: rfc822; bob@example.net
Disposition: {disposition}
{fields}
--b
Content-Type: message/rfc822

From: MAILER-DAEMON@example.org
Subject: Undelivered

<eve@example.com>: 550 5.1.1 no such user
--b--
""".encode()


@pytest.mark.parametrize("head", ["", "Auto-Submitted: auto-replied\n", "Subject: Automatic reply: Offer\n"])
@pytest.mark.parametrize(
    "disposition",
    [
        "manual-action/MDN-sent-manually; displayed",
        "automatic-action/MDN-sent-automatically; deleted",
        "automatic-action/MDN-sent-automatically;processed/warning",
        "automatic-action/MDN-sent-automatically; displayed/x-no-error-here",
    ],
)
def test_a_receipt_is_neither_a_bounce_nor_a_vacation_reply(disposition: str, head: str) -> None:
    message = read_message(receipt(disposition, head))
    assert (message.kind, message.events) == (Kind.RECEIPT, ())


@pytest.mark.parametrize(
    "disposition",
    [
        "automatic-action/MDN-sent-automatically; failed",
        "automatic-action/MDN-sent-automatically; processed/error",
        "automatic-action/MDN-sent-automatically; processed/superseded,error",
        "automatic-action/MDN-sent-automatically; failed/failure: unsupported format",
    ],
)
def test_a_receipt_that_says_failed_is_told_on(disposition: str) -> None:
    message = read_message(receipt(disposition, fields="Error: The mailing list's program crashed\n"))
    (event,) = message.events
    assert message.kind is Kind.RECEIPT
    assert (event.state, event.recipient) == (State.FAILED, "bob@example.net")
    assert event.text == "The mailing list's program crashed"


def test_a_receipt_in_utf_8_and_one_that_lost_its_part() -> None:
    whole = receipt("manual-action/MDN-sent-manually; displayed", "Auto-Submitted: auto-replied\n")
    other = whole.replace(b"message/disposition-", b"message/global-disposition-")
    assert read_message(other).kind is Kind.RECEIPT
    assert read_message(whole.replace(b"boundary=b", b"").replace(b"\n--b", b"\n")).kind is Kind.RECEIPT


def test_a_report_about_a_receipt_is_a_report() -> None:
    fields = (
        b"--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; eve@example.net\nStatus: 5.1.1\n\n"
    )
    raw = receipt("manual-action/MDN-sent-manually; displayed").replace(b"--b\n", fields + b"--b\n", 1)
    message = read_message(raw)
    assert message.kind is Kind.REPORT
    assert [event.recipient for event in message.events] == ["eve@example.net"]
