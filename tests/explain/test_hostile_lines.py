"""Hostile lines and messages as a whole: read and explained in a moment, whatever they begin with and repeat."""

from __future__ import annotations

import time

import pytest

from smtpprobe.explain.bounces import read_message
from smtpprobe.explain.diagnose import Explainer
from smtpprobe.explain.stream import events_of

LINE = 64 * 1024
MEBIBYTE = 1024 * 1024
#: Seconds: far more than the slowest takes.
GUARD = 5.0

SYSLOG = "Nov 22 02:30:30 mx"
EXIM = "2026-11-22 02:30:30 1abcde-000001-AB"
BEGINNINGS = {
    "nothing": "",
    "syslog": f"{SYSLOG} x[1]: ",
    "Postfix": f"{SYSLOG} postfix/smtp[1]: 4ABCDEF123: to=<a@example.org>, relay=none, dsn=4.4.1, status=deferred (",
    "Postfix refuses": f"{SYSLOG} postfix/smtpd[1]: NOQUEUE: reject: RCPT from x.example.org[192.0.2.1]: 550 5.7.1 ",
    "Exim fails": f"{EXIM} ** a@example.org R=dnslookup T=remote_smtp: ",
    "Exim defers": f"{EXIM} == a@example.org R=dnslookup T=remote_smtp defer (-53): ",
    "Exim rejects": "2026-11-22 02:30:30 H=(x) [192.0.2.1] F=<a@example.org> rejected RCPT <b@example.net>: ",
    "Sendmail": f"{SYSLOG} sendmail[1]: 4AM1UU12345678: to=<a@example.org>, delay=00:00:01, stat=",
    "OpenSMTPD": f'{SYSLOG} smtpd[1]: 0123456789abcdef mta delivery to=<b@example.net> result="PermFail" stat="',
    "qmail": "@4000000065a1b2c3d4e5f607 delivery 1: failure: ",
    "Exchange": "2026-11-22T02:30:30.000Z,,,,,,FAIL,",
    "KumoMTA": '{"type":"Bounce","id":"1","response":{"code":550,"content":"',
    "journald": '{"MESSAGE":"',
    "mailq": "4ABCDEF123     1234 Sun Nov 22 02:30:30  a@example.org ",
    "dialogue": ">>> RCPT TO:<",
    "swaks": "<** 550-",
    "AUTH": "AUTH PLAIN ",
    "reply": "550-5.7.1 ",
    "smtplib": "smtplib.SMTPRecipientsRefused: {'a@example.org': (550, b'",
    "nodemailer": "Error: Invalid login: 535 ",
    "JavaMail": "javax.mail.SendFailedException: Invalid Addresses; nested exception is: ",
    "PHPMailer": "SMTP Error: ",
    "curl": "curl: (55) ",
    "a report's field": "Diagnostic-Code: smtp; 550 ",
}
FILLERS = (
    *"a0 \t\0é\"'`[]{}()<>:,;=-_.@/\\|",
    *("QUFB", "550 ", "550-", "5.1.1 ", "a@example.org ", "<a@", "a: ", "a=b, ", '{"a":', "[{", '\\"', "\\u0041"),
    *("(550, b'", "AUTH PLAIN ", "error: ", "RCPT TO:<a@", "\x1b[0m", "2001:db8::", "192.0.2.1 ", "x.y.", "http://a/"),
    *("\u2028", "=?a?q?", "password ", "H=a ", "[1]: ", "status=deferred (", "host a.b[192.0.2.1] said: 550 "),
)
HEADS = {
    "no head": b"",
    "text": b"From: mailer-daemon@example.org\n\n",
    "markup": b"From: mailer-daemon@example.org\nContent-Type: text/html\n\n<p>",
    "report": b"From: mailer-daemon@example.org\nContent-Type: message/delivery-status\n\n"
    b"Reporting-MTA: dns; a.example.org\n\nFinal-Recipient: rfc822; b@example.net\nDiagnostic-Code: smtp; 550 ",
    "sender": b"From: ",
    "subject": b"From: mailer-daemon@example.org\nSubject: ",
}


@pytest.mark.parametrize("beginning", BEGINNINGS.values(), ids=BEGINNINGS)
def test_a_line_is_explained_in_a_moment(beginning: str) -> None:
    # Every filler alone, and each beginning with some of them, another selection for each.
    step = 8 if beginning else 1
    for filler in FILLERS[len(beginning) % step :: step]:
        line = (beginning + filler * (LINE // len(filler) + 1))[:LINE]
        begun = time.process_time()
        explainer = Explainer()
        for event in events_of([line]):
            explainer.explain(event)
        assert time.process_time() - begun < GUARD, filler


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("filler", ["a", "a\n", "<a@ ", "550-5.1.1 ", "host a.b[192.0.2.1] said: 550 \n"])
def test_a_message_is_explained_in_moments(head: bytes, filler: str) -> None:
    raw = (head + filler.encode() * (MEBIBYTE // len(filler) + 1))[:MEBIBYTE]
    begun = time.process_time()
    explainer = Explainer()
    for event in read_message(raw).events:
        explainer.explain(event)
    assert time.process_time() - begun < GUARD


def test_a_line_of_any_length_is_cut() -> None:
    events = list(events_of([f"{BEGINNINGS['Postfix']}x)", BEGINNINGS["Postfix"] + "a" * 4 * MEBIBYTE]))
    assert [event.recipient for event in events] == ["a@example.org"] * 2
    assert all(len(event.text) <= 8 * 1024 for event in events)
