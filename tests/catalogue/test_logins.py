"""What providers want of a login: each entry fits the sentence that it goes into, and its provider is one."""

from __future__ import annotations

from collections import Counter

import pytest

from smtpprobe.catalogue.logins import LOGINS, LoginEntry, of
from smtpprobe.catalogue.providers import PROVIDERS

entries = pytest.mark.parametrize("entry", LOGINS, ids=lambda entry: entry.provider)


@entries
def test_an_entry_is_filled_in(entry: LoginEntry) -> None:
    provider = next(one for one in PROVIDERS if one.name == entry.provider)
    assert of(provider.hosts[0]) is entry
    assert not entry.user.endswith(".")
    assert not entry.secret.endswith(".")
    assert entry.steps
    assert all(step.endswith(".") for step in (*entry.steps, *entry.token_steps))
    assert entry.references


def test_no_provider_stands_twice() -> None:
    assert max(Counter(entry.provider for entry in LOGINS).values()) == 1


@pytest.mark.parametrize(
    ("host", "text", "provider"),
    [
        ("smtp.gmail.com", "", "Gmail"),
        ("smtp.office365.com", "", "Microsoft 365"),
        ("smtp-mail.outlook.com", "", "Microsoft 365"),
        ("smtp.mail.yahoo.com", "", "Yahoo"),
        ("smtp.mail.me.com", "", "Apple iCloud"),
        ("smtp.zoho.eu", "", "Zoho"),
        ("smtp.fastmail.com", "", "Fastmail"),
        ("mail.gmx.net", "", "GMX"),
        ("email-smtp.us-east-1.amazonaws.com", "", "Amazon SES"),
        ("smtp.sendgrid.net", "", "SendGrid"),
        ("smtp.eu.mailgun.org", "", "Mailgun"),
        ("smtp.example.com", "5.7.8 no, x - gsmtp", "Gmail"),
    ],
)
def test_who_it_is(host: str, text: str, provider: str) -> None:
    entry = of(host, text)
    assert entry is not None
    assert entry.provider == provider


def test_nobody_is_named_without_a_sign() -> None:
    assert of("mail.example.net", "535 no") is None
