"""The forms in which libraries quote a reply or report an event, and the lines that are left to other readers."""

from __future__ import annotations

import pytest
from application_errors import fault, one

from smtpprobe.explain.readers.applications import ApplicationReader
from smtpprobe.outcome import Reason, State

REPLIES = [
    ("(421, b'4.7.0 Try again later')", 421, "4.7.0", "4.7.0 Try again later", None),
    ("(550, 'no')", 550, None, "no", None),
    (
        "smtplib.SMTPAuthenticationError: (535, b'5.7.8 No.\\n5.7.8 Really.')",
        535,
        "5.7.8",
        "5.7.8 No.\n5.7.8 Really.",
        "AUTH",
    ),
    ("smtplib.SMTPDataError: (554, b'5.7.1 \"spam\" said\\r')", 554, "5.7.1", '5.7.1 "spam" said', "DATA"),
    ("smtplib.SMTPHeloError: (501, b'Syntax')", 501, None, "Syntax", "EHLO"),
    ("ERROR app: SMTPResponseException(451, '4.3.0 Later')", 451, "4.3.0", "4.3.0 Later", None),
    ("aiosmtplib.errors.SMTPConnectResponseError: (554, 'Go away')", 554, None, "Go away", "greeting"),
    ("(550, b'5.1.1 K\\xc3\\xb6ln')", 550, "5.1.1", "5.1.1 Köln", None),
    ("Error: Invalid login: 535 5.7.8 No.", 535, "5.7.8", "5.7.8 No.", "AUTH"),
    ("Error: Mail command failed: 553 5.1.8 Sender.", 553, "5.1.8", "5.1.8 Sender.", "MAIL"),
    ("Error: Invalid greeting. response=554 No SMTP here", 554, None, "No SMTP here", "greeting"),
    ("Error: Message failed: 554 5.7.1 Rejected", 554, "5.7.1", "5.7.1 Rejected", "DATA"),
    (
        "SMTP Error: data not accepted.SMTP server error: DATA END command failed Detail: 5.7.1 No "
        "SMTP code: 550 Additional SMTP info: 5.7.1",
        550,
        "5.7.1",
        "5.7.1 No",
        "DATA",
    ),
    (
        "SMTP server error: Password command failed Detail: No SMTP code: 535 Additional SMTP info: 5.7.8",
        535,
        "5.7.8",
        "5.7.8 No",
        "AUTH",
    ),
    ("SMTP -> ERROR: RCPT not accepted from server: 550 5.1.1 No", 550, "5.1.1", "5.1.1 No", "RCPT"),
    (
        'Expected response code "250" but got code "550", with message "550 5.7.1 Denied".',
        550,
        "5.7.1",
        "5.7.1 Denied",
        None,
    ),
    ('Expected response code 250 but got code "535", with message "535-5.7.8 No"', 535, "5.7.8", "5.7.8 No", None),
    ("com.sun.mail.smtp.SMTPSendFailedException: 550 5.7.1 Denied", 550, "5.7.1", "5.7.1 Denied", None),
    ("jakarta.mail.AuthenticationFailedException: 535 5.7.8 No", 535, "5.7.8", "5.7.8 No", "AUTH"),
    ("com.sun.mail.smtp.SMTPSenderFailedException: 553 5.1.8 No", 553, "5.1.8", "5.1.8 No", "MAIL"),
    (
        "System.Net.Mail.SmtpException: Mailbox unavailable. The server response was: 5.7.1 Denied",
        550,
        "5.7.1",
        "5.7.1 Denied",
        None,
    ),
    (
        "System.Net.Mail.SmtpException: Mailbox unavailable. The server response was: 4.2.1 Later",
        450,
        "4.2.1",
        "4.2.1 Later",
        None,
    ),
    ("SmtpException: Transaction failed. The server response was: No", 554, None, "No", None),
    ("MailKit.Security.AuthenticationException: 535: 5.7.8 No", 535, "5.7.8", "5.7.8 No", "AUTH"),
    ("MailKit.Net.Smtp.SmtpCommandException: 5.7.1 Denied", None, "5.7.1", "5.7.1 Denied", None),
    ("2026/03/03 10:11:12 send mail: 550 5.7.1 Denied", 550, "5.7.1", "5.7.1 Denied", None),
    ('&textproto.Error{Code:550, Msg:"5.7.1 \\"x\\" denied"}', 550, "5.7.1", '5.7.1 "x" denied', None),
    ('level=error msg="sending failed" err="535 5.7.8 No"', 535, "5.7.8", "5.7.8 No", None),
    ("Net::SMTPFatalError: 550 5.7.1 Denied", 550, "5.7.1", "5.7.1 Denied", None),
    ("Net::SMTPAuthenticationError (535 5.7.8 No)", 535, "5.7.8", "5.7.8 No", "AUTH"),
    (
        "net/smtp.rb:1020:in `check_response': 550 5.7.1 Denied (Net::SMTPFatalError)",
        550,
        "5.7.1",
        "5.7.1 Denied",
        None,
    ),
    ("curl: (55) RCPT failed: 550", 550, None, "", "RCPT"),
    ("curl: (55) MAIL failed: 530", 530, None, "", "MAIL"),
    ("msmtp: server message: 535 5.7.8 No", 535, "5.7.8", "5.7.8 No", None),
    ("Sending of the message failed. The server responded: 550 5.7.1 Denied.", 550, "5.7.1", "5.7.1 Denied", None),
    ("Server error: '550 5.7.1 Denied', Port: 25, Secure(SSL): No", 550, "5.7.1", "5.7.1 Denied", None),
    ("The mail server responded:  Mailbox is closed.", None, None, "Mailbox is closed", None),
]


@pytest.mark.parametrize(("line", "code", "enhanced", "text", "command"), REPLIES)
def test_a_reply_is_found_in_what_a_library_says(
    line: str, code: int | None, enhanced: str | None, text: str, command: str | None
) -> None:
    event = one(line)
    assert (event.code, event.enhanced, event.text, event.command) == (code, enhanced, text, command)
    assert event.source == "application"
    assert event.line == 1
    assert event.given == line


FAILURES = [
    ("Error: getaddrinfo ENOTFOUND smtp.example.org", "no such host", "smtp.example.org"),
    ("dial tcp: lookup smtp.example.org on 192.0.2.53:53: no such host", "no such host", "smtp.example.org"),
    ("ssl.SSLError: [SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)", "465 and 587 mixed up", ""),
    ("curl: (67) Login denied", "login refused", ""),
    ("PHPMailer: SMTP connect() failed.", "the client could not connect", ""),
    ("Could not connect to SMTP host: mail.example.org, port: 25", "the client could not connect", "mail.example.org"),
    ("Outlook cannot connect to your outgoing (SMTP) e-mail server. (0x800CCC0E)", "the client could not connect", ""),
    ("Connection refused", "connection refused", ""),
]


@pytest.mark.parametrize(("line", "name", "host"), FAILURES)
def test_a_failure_without_a_reply_keeps_its_words(line: str, name: str, host: str) -> None:
    event = one(line)
    assert (fault(event), event.host, event.state) == (name, host, State.UNKNOWN)


SERVICES = [
    (
        '{"event":"failed","severity":"permanent","reason":"suppress-bounce",'
        '"timestamp":1772532672.5,"recipient":"ann@example.net",'
        '"delivery-status":{"code":605,"message":"","description":"Not delivering to previously bounced address"}}',
        (None, None, "605 Not delivering to previously bounced address", State.FAILED, None),
    ),
    (
        '{"signature":{},"event-data":{"event":"failed","severity":"temporary","recipient":"ann@example.net",'
        '"delivery-status":{"code":451,"message":"4.7.1 Later","mx-host":"mx.example.net"}}}',
        (451, "4.7.1", "4.7.1 Later", State.DEFERRED, None),
    ),
    (
        '[{"email":"ann@example.net","timestamp":1513299569,"event":"bounce","status":"5.1.1",'
        '"reason":"550 5.1.1 No","sg_event_id":"x"},'
        '{"email":"joe@example.net","event":"open","sg_event_id":"y"}]',
        (550, "5.1.1", "5.1.1 No", State.FAILED, None),
    ),
    (
        '{"email":"ann@example.net","event":"spamreport","sg_event_id":"x"}',
        (None, None, "spamreport", State.UNKNOWN, Reason.FEEDBACK),
    ),
    (
        '{"notificationType":"Bounce","bounce":{"bounceType":"Permanent",'
        '"bouncedRecipients":[{"emailAddress":"ann@example.net",'
        '"status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 No"}],'
        '"timestamp":"2026-03-03T10:11:12.000Z"},"mail":{"source":"bob@example.org"}}',
        (550, "5.1.1", "5.1.1 No", State.FAILED, None),
    ),
    (
        '{"Type":"Notification","TopicArn":"arn:aws:sns:x",'
        '"Message":"{\\"notificationType\\":\\"Complaint\\",\\"complaint\\":'
        '{\\"complainedRecipients\\":[{\\"emailAddress\\":\\"ann@example.net\\"}]},\\"mail\\":{}}"}',
        (None, None, "Complaint", State.UNKNOWN, Reason.FEEDBACK),
    ),
    (
        '{"eventType":"Delivery","delivery":{"recipients":["ann@example.net"],"smtpResponse":"250 '
        '2.0.0 Ok"},"mail":{}}',
        (250, "2.0.0", "2.0.0 Ok", State.ACCEPTED, None),
    ),
    (
        '{"RecordType":"Bounce","Type":"HardBounce","Details":"smtp;550 5.1.1 No",'
        '"Email":"ann@example.net","BouncedAt":"2026-03-03T10:11:12Z"}',
        (550, "5.1.1", "5.1.1 No", State.FAILED, None),
    ),
    (
        '{"RecordType":"Bounce","Type":"AutoResponder","Description":"Away","Email":"ann@example.net"}',
        (None, None, "Away", State.UNKNOWN, Reason.VACATION),
    ),
]


@pytest.mark.parametrize(("line", "told"), SERVICES)
def test_an_event_of_a_sending_service_is_read(line: str, told: tuple[object, ...]) -> None:
    event = one(line)
    assert (event.code, event.enhanced, event.text, event.state, event.reason) == told
    assert event.recipient == "ann@example.net"


OTHERS = [
    "",
    "550 5.1.1 User unknown",
    "550",
    "smtp; 550 5.1.1 User unknown",
    "SERVER -> CLIENT: 550 5.1.1 User unknown",
    "CLIENT -> SERVER: EHLO mail.example.org",
    "<** 550 5.1.1 User unknown",
    "<-  250 Ok",
    " -> RCPT TO:<ann@example.net>",
    "< 220 mx.example.net ESMTP",
    "> EHLO mail.example.org",
    "S: 535 5.7.8 Error: authentication failed",
    "C: AUTH PLAIN AGJvYgBodW50ZXIyLXNlY3JldA==",
    "Out: 550 5.1.1 Error: failed",
    "SMTP<< 550 failed",
    "* TLSv1.3 (OUT), TLS handshake, Client hello (1):",
    "MAIL FROM:<bob@example.org>",
    "The weather in room 550 is fine.",
    "We were told that our connection was refused, so I called them",
    "requests.exceptions.HTTPError: 403 Client Error: Forbidden for url: https://api.example.com/mail",
    "Error: 500 Internal Server Error",
    "error: exit code 1: 501 tests failed",
    "job failed: took 450 seconds",
    "mail sent to port: 587 without an error",
    '{"MESSAGE":"x","type":"Bounce"}',
    '{"event":"failed","delivery-status":',
    "[" * 60_000,
    "host mx.example.net[192.0.2.25] said: 550 5.1.1 User unknown (in reply to RCPT TO command)",
    "Mar  3 10:11:12 mx1 postfix/smtpd[12]: warning: hostname x.example.org does not resolve: Name "
    "or service not known",
]


@pytest.mark.parametrize("line", OTHERS)
def test_lines_of_others_and_prose_are_left_alone(line: str) -> None:
    reader = ApplicationReader()
    assert reader.read(line, 1) is None
    assert not reader.end()
