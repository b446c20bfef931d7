"""What a refused login means, and what to do at this provider."""

from __future__ import annotations

import pytest
from held_logins import ANN, held, offering, saying

from smtpprobe.outcome import Cause, Standing
from smtpprobe.trace.login import login_ruling


@pytest.mark.parametrize(
    ("host", "reply", "cause", "standing", "summary", "step"),
    [
        (
            "smtp.gmail.com",
            "534-5.7.9 Application-specific password required. For more information, go to\r\n"
            "534 5.7.9  https://support.google.com/mail/?p=InvalidSecondFactor x - gsmtp",
            Cause.AUTH_REFUSED,
            Standing.FAIL,
            "Google asks for an app password",
            "myaccount.google.com/apppasswords",
        ),
        (
            "smtp.gmail.com",
            "535 5.7.8 Username and Password not accepted. x - gsmtp",
            Cause.AUTH_REFUSED,
            Standing.FAIL,
            "ordinary password is not allowed",
            "2-Step Verification",
        ),
        (
            "smtp.office365.com",
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit "
            "https://aka.ms/smtp_auth_disabled for more information.",
            Cause.AUTH_REFUSED,
            Standing.FAIL,
            "whole organisation has SMTP AUTH switched off",
            "Set-CASMailbox",
        ),
        (
            "smtp.office365.com",
            "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.",
            Cause.AUTH_REFUSED,
            Standing.FAIL,
            "only OAuth",
            "XOAUTH2",
        ),
        (
            "smtp.mail.yahoo.com",
            "535 5.7.0 (#AUTH005) Too many bad auth attempts.",
            Cause.AUTH_REFUSED,
            Standing.FAIL,
            "",
            "app password",
        ),
        ("smtp.mail.me.com", "535 5.7.8 no", Cause.AUTH_REFUSED, Standing.FAIL, "", "account.apple.com"),
        ("smtp.zoho.eu", "535 Authentication Failed", Cause.AUTH_REFUSED, Standing.FAIL, "", "accounts.zoho"),
        ("smtp.fastmail.com", "535 5.7.0 no", Cause.AUTH_REFUSED, Standing.FAIL, "", "Manage app passwords"),
        ("mail.gmx.net", "535 no", Cause.AUTH_REFUSED, Standing.FAIL, "", "POP3 & IMAP"),
        (
            "email-smtp.eu-west-1.amazonaws.com",
            "535 Authentication Credentials Invalid",
            Cause.AUTH_REFUSED,
            Standing.FAIL,
            "not the AWS keys",
            "Create SMTP credentials",
        ),
        (
            "smtp.sendgrid.net",
            "535 Authentication failed: Bad username / password",
            Cause.AUTH_REFUSED,
            Standing.FAIL,
            "SendGrid did not accept",
            "apikey, literally this word",
        ),
        ("smtp.mailgun.org", "535 5.7.0 Invalid login", Cause.AUTH_REFUSED, Standing.FAIL, "", "smtp.eu.mailgun.org"),
        (
            "mail.example.net",
            "530 5.7.0 Must issue a STARTTLS command first",
            Cause.TLS_REQUIRED,
            Standing.FAIL,
            "TLS",
            "",
        ),
        ("mail.example.net", "538 5.7.11 Encryption required", Cause.TLS_REQUIRED, Standing.FAIL, "TLS", ""),
        (
            "mail.example.net",
            "454 4.7.0 Temporary authentication failure",
            Cause.SERVER,
            Standing.UNKNOWN,
            "says nothing about the password",
            "not judged",
        ),
        (
            "smtp.gmail.com",
            "454 4.7.0 Too many login attempts, please try again later. x - gsmtp",
            Cause.RATE_LIMIT,
            Standing.UNKNOWN,
            "logged in too often",
            "wait before the next login",
        ),
        (
            "mail.example.net",
            "432 4.7.12 A password transition is needed",
            Cause.AUTH_REFUSED,
            Standing.UNKNOWN,
            "must log in once",
            "set its password anew",
        ),
        (
            "mail.example.net",
            "504 5.5.4 mechanism not available",
            Cause.AUTH_MECHANISM,
            Standing.FAIL,
            "does not support",
            "",
        ),
    ],
)
def test_a_refusal_is_explained_for_this_provider(
    host: str, reply: str, cause: Cause, standing: Standing, summary: str, step: str
) -> None:
    one = held(saying(reply), ANN, offering("PLAIN", "LOGIN"))
    ruling = login_ruling(one.result, host)
    assert one.result.cause is cause
    assert ruling.summary.startswith(f"{host} refused the login with PLAIN: ")
    assert summary in ruling.summary
    assert step in " ".join(ruling.steps)
    assert (ruling.standing, ruling.result[:3]) == (standing, reply[:3])
    assert ruling.references
