"""A hint out of bounces as Postfix, Exim, qmail and Exchange write them, and out of what is no bounce."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smtpprobe.journey import Hint
from smtpprobe.trace.bounced import read_bounce

POSTFIX = """\
Return-Path: <>
From: MAILER-DAEMON@mail.example.org (Mail Delivery System)
To: bounces@example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

This is the mail system at host mail.example.org.

<ann@example.net>: host mx.example.net[192.0.2.25] said: 550 5.7.23 <ann@example.net>:
    Recipient address rejected: SPF check failed (in reply to RCPT TO command)

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org
X-Postfix-Queue-ID: 4F3C81
X-Postfix-Sender: rfc822; bob@example.org

{recipients}
--B
Content-Type: message/rfc822

{returned}From: Bob <robert@example.com>
To: ann@example.net
Subject: Hello

Hello.
--B--
"""
ANN = """\
Final-Recipient: rfc822; ann@example.net
Action: failed
Status: 5.7.23
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; 550 5.7.23 <ann@example.net>: Recipient address
    rejected: SPF check failed
"""
EVE = """\
Final-Recipient: rfc822; eve@example.net
Action: {action}
Status: 4.2.2
Remote-MTA: dns; mx2.example.net
Diagnostic-Code: smtp; 452 4.2.2 Mailbox full
"""
REPLY = "550 5.7.23 <ann@example.net>: Recipient address rejected: SPF check failed"

EXIM = """\
From: Mail Delivery System <Mailer-Daemon@mail.example.org>
To: bob@example.org
X-Failed-Recipients: ann@example.net
Auto-Submitted: auto-replied
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  ann@example.net
    host mx.example.net [192.0.2.25]
    SMTP error from remote mail server after RCPT TO:<ann@example.net>:
    550 5.1.1 <ann@example.net>: User unknown

------ This is a copy of the message, including all the headers. ------

Return-path: <list-owner@example.org>
From: bob@example.org
To: ann@example.net
"""

QMAIL = """\
From: MAILER-DAEMON@mail.example.org
To: bob@example.org
Subject: failure notice

Hi. This is the qmail-send program at mail.example.org.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<ann@example.net>:
192.0.2.25 does not like recipient.
Remote host said: 550 no such user here
Giving up on 192.0.2.25.

--- Below this line is a copy of the message.

From: bob@example.com
"""


def postfix(recipients: str = ANN, returned: str = "") -> bytes:
    return POSTFIX.format(recipients=recipients, returned=returned).encode()


def test_the_fields_of_a_report() -> None:
    hint = read_bounce(postfix())
    assert hint == Hint("bob@example.org", "ann@example.net", "mx.example.net", REPLY, hint.summary)
    assert hint.summary.endswith(".")
    assert "recipients;" not in hint.summary


def test_the_returned_message_knows_its_sender_too() -> None:
    without = postfix(returned="Return-Path: <carol@example.org>\n").replace(b"X-Postfix-Sender", b"X-Other")
    assert read_bounce(without).sender == "carol@example.org"


def test_a_field_in_the_body_of_the_returned_message_is_none_of_its_own() -> None:
    forged = (
        postfix().replace(b"X-Postfix-Sender", b"X-Other").replace(b"Hello.\n", b"Return-Path: <eve@example.com>\n")
    )
    assert read_bounce(forged).sender == "bounces@example.org"


def test_else_the_bounce_went_to_the_sender() -> None:
    assert read_bounce(postfix().replace(b"X-Postfix-Sender", b"X-Other")).sender == "bounces@example.org"


def test_a_bounce_that_was_passed_on_went_to_somebody_else() -> None:
    passed_on = postfix().replace(b"X-Postfix-Sender", b"X-Other").replace(b"MAILER-DAEMON@mail", b"help@desk")
    assert read_bounce(passed_on.replace(b"(Mail Delivery System)", b"(Help)")).sender == "robert@example.com"


@pytest.mark.parametrize(
    ("recipients", "recipient"),
    [
        (f"{EVE.format(action='delayed')}\n{ANN}", "ann@example.net"),
        (f"{EVE.format(action='failed')}\n{ANN}", "eve@example.net"),
        (f"{EVE.format(action='relayed')}\n{EVE.format(action='delayed').replace('eve', 'ann')}", "ann@example.net"),
    ],
)
def test_of_several_recipients_it_is_the_first_that_failed(recipients: str, recipient: str) -> None:
    hint = read_bounce(postfix(recipients))
    assert hint.recipient == recipient
    assert "tells of 2 recipients" in hint.summary


def test_a_bounce_in_words() -> None:
    hint = read_bounce(EXIM.encode())
    assert (hint.sender, hint.recipient, hint.host) == ("list-owner@example.org", "ann@example.net", "mx.example.net")
    assert hint.reply == "550 5.1.1 <ann@example.net>: User unknown"


def test_qmails_words() -> None:
    hint = read_bounce(QMAIL.encode())
    assert (hint.sender, hint.recipient, hint.host) == ("bob@example.org", "ann@example.net", "192.0.2.25")
    assert hint.reply == "550 no such user here"


def test_an_address_that_is_none_is_left_out() -> None:
    hint = read_bounce(postfix(ANN.replace("ann@example.net\nAction", "ann@exa..mple\nAction")))
    assert hint.recipient is None
    assert hint.sender == "bob@example.org"


COMPLAINT = (
    "Content-Type: multipart/report; boundary=B\n\n--B\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n"
)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("From: ann@example.net\nSubject: Hello\n\nHow are you?\n", "is no bounce"),
        ("", "is no bounce"),
        ("From: ann@example.net\nAuto-Submitted: auto-replied\n\nI am away.\n", "automatic answer"),
        (COMPLAINT, "complaint"),
        (postfix(ANN.replace("failed", "delivered", 1)).decode(), "no mail that failed"),
    ],
)
def test_what_is_no_bounce(raw: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_bounce(raw.encode())


LINES = [*postfix().split(b"\n"), *EXIM.encode().split(b"\n"), b"\xff\x00\x1b[31m", b"--B", b"", b"Final-Recipient: @"]


@given(st.lists(st.one_of(st.sampled_from(LINES), st.binary(max_size=20)), max_size=60).map(b"\n".join))
@example(b"\n".join(LINES))
def test_any_octets_are_read_or_refused(raw: bytes) -> None:
    try:
        hint = read_bounce(raw)
    except ValueError:
        return
    assert len(hint.reply) <= 2_000
    assert len(hint.host) <= 255
    assert all(each is None or "@" in each for each in (hint.sender, hint.recipient))
