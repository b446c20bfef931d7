"""A test module for a program that sends mail: what it does at a server that takes it, and at those that do not.

Run it with `pytest test_my_mailer.py`. The fixtures `smtp_fake` and `smtp_expect` come with smtpprobe.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage

import pytest

from smtpprobe.testing import Fake, Fakes


def send_welcome(recipient: str, host: str, port: int, ca_file: str, password: str = "password") -> str:
    """The program under test: sends one message over verified TLS, and says what became of it."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "shop@example.org", recipient, "Welcome"
    message.set_content("Nice to have you here.\n")
    try:
        with smtplib.SMTP(host, port, timeout=10) as server:
            server.starttls(context=ssl.create_default_context(cafile=ca_file))
            server.login("user", password)
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as refusal:
        code = next(iter(refusal.recipients.values()))[0]
        return "later" if code < 500 else "never"
    except smtplib.SMTPException as error:
        return f"failed: {type(error).__name__}"
    return "sent"


def welcome(server: Fake, recipient: str = "ann@example.net") -> str:
    return send_welcome(recipient, server.host, server.port, server.ca_file)


def test_the_message_arrives(smtp_fake: Fakes) -> None:
    server = smtp_fake()
    assert welcome(server) == "sent"
    (message,) = server.messages
    assert message.recipients == ("ann@example.net",)
    assert message.encrypted
    assert message.email["Subject"] == "Welcome"


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [("450 4.2.1 Mailbox busy", "later"), ("452 4.2.2 Mailbox full", "later"), ("550 5.1.1 No such user", "never")],
)
def test_a_refused_recipient_is_told_apart(smtp_fake: Fakes, reply: str, outcome: str) -> None:
    assert welcome(smtp_fake(RCPT=reply)) == outcome


def test_one_recipient_of_many_is_refused(smtp_fake: Fakes) -> None:
    server = smtp_fake(replies={"RCPT TO:<gone@example.net>": "550 5.1.1 No such user"})
    assert [welcome(server, name) for name in ("gone@example.net", "ann@example.net")] == ["never", "sent"]


def test_greylisting_ends_with_the_second_attempt(smtp_fake: Fakes) -> None:
    server = smtp_fake(RCPT="451 4.7.1 Greylisted, come back in five minutes")
    assert welcome(server) == "later"
    server.answer(RCPT="250 2.1.5 OK")
    assert welcome(server) == "sent"


@pytest.mark.parametrize(
    "reply",
    [
        {"GREETING": "554 5.3.2 No mail here"},
        {"EHLO": "SIZE 1000000\nAUTH PLAIN"},
        {"STARTTLS": "454 4.7.0 TLS not available"},
        {"AUTH": "535 5.7.8 Wrong password"},
        {"END": "554 5.7.1 Looks like spam"},
        {"MAIL": "421 4.3.2 Shutting down"},
    ],
    ids=lambda reply: next(iter(reply)),
)
def test_no_refusal_is_taken_for_a_success(smtp_fake: Fakes, reply: dict[str, str]) -> None:
    server = smtp_fake(replies=reply)
    assert welcome(server).startswith("failed: ")
    assert server.messages == ()


def test_no_password_goes_over_a_connection_in_clear(smtp_fake: Fakes) -> None:
    server = smtp_fake(STARTTLS="454 4.7.0 TLS not available")
    welcome(server)
    assert [line for line in server.lines if line.upper().startswith("AUTH")] == []


def test_our_own_server_takes_no_mail_from_strangers(smtp_fake: Fakes, smtp_expect: Callable[..., object]) -> None:
    server = smtp_fake("postfix")  # in real life: "submission.example.org:587"
    smtp_expect(server, present_in_clear=["STARTTLS"], absent_in_clear=["AUTH"], present=["SIZE >= 10MB"])
    smtp_expect(server, code={"RCPT TO:<ann@example.com>": "5xx"})
