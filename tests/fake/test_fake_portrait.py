"""A fake server, probed, saved, loaded and probed again: what of it the copy keeps, and what the file says."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import msgspec
import pytest
from likeness import CLIENT, PATIENCE, likeness, probed, settings_for

from smtpprobe.fake import Personality, PortraitError, load, saved
from smtpprobe.fake.library import parse
from smtpprobe.fake.writing import comments
from smtpprobe.model import Report
from smtpprobe.outcome import Profile
from smtpprobe.run import Settings

#: The probes of profile security that look at one manner each, and wait for silence.
ATTACKS = ("starttls-smuggled-command", "line-end-cr", "line-end-lf", "talk-first")


def asked(personality: Personality, folder: Path, profile: Profile = Profile.FULL, **other: Any) -> Report:
    settings = Settings(
        profile=profile, ehlo_name=CLIENT, lanes=1, timeout=PATIENCE, greeting_timeout=PATIENCE, relay_forms=8
    )
    settings = msgspec.structs.replace(settings_for(personality, settings, folder), **other)
    return asyncio.run(probed(personality, settings))


def made(toml: str) -> Personality:
    return parse(f'summary = "for a test"\n{toml}'.encode(), "test.toml")


def copy(report: Report, *, redact: bool = False) -> Personality:
    return parse(saved(report, redact=redact).encode(), "saved.toml")


def same(personality: Personality, folder: Path, profile: Profile = Profile.FULL, **other: Any) -> Personality:
    """The copy of this personality, which answers alike."""
    report = asked(personality, folder, profile, **other)
    twin = copy(report)
    found = likeness(report, asked(twin, folder, profile, **other))
    assert "\n".join(found.differences) == ""
    return twin


def test_other_names_and_values_are_told_the_same(tmp_path: Path) -> None:
    twin = copy(asked(load("sendmail"), tmp_path))
    other: dict[str, Any] = {"ehlo_name": "[192.0.2.7]", "pipelining": False}
    real, fake = asked(load("sendmail"), tmp_path, **other), asked(twin, tmp_path, **other)
    assert likeness(real, fake).differences == ()


def test_what_echoes_the_client_is_a_placeholder(tmp_path: Path) -> None:
    twin = copy(asked(load("sendmail"), tmp_path))
    assert twin.greeting == "220 {hostname} ESMTP Sendmail 8.17.1.9/8.17.1.9; {date}"
    assert twin.ehlo.first == "{hostname} Hello {domain} [{peer}], pleased to meet you"
    assert twin.replies["MAIL"] == "250 2.1.0 {path}... Sender ok"
    assert twin.replies["VRFY"] == "550 5.1.1 {address}... User unknown"
    assert twin.refusals.unknown_verb == '500 5.5.1 Command unrecognized: "{line}"'
    assert twin.mail_parameters["SIZE"].endswith("message size ({limit})")
    assert twin.mail_parameters["*"] == "refuse 555 5.5.4 {keyword} parameter unrecognized"
    assert [rule.reply for rule in twin.rules if rule.command == "HELP .+"] == [
        '504 5.3.0 HELP topic "{topic}" unknown'
    ]


def test_a_name_that_is_an_address_is_told_from_the_address(tmp_path: Path) -> None:
    twin = copy(asked(load("exim"), tmp_path, ehlo_name="[127.0.0.1]"))
    assert twin.ehlo.first == "{hostname} Hello {domain} [{peer}]"


@pytest.mark.parametrize(
    "toml",
    [
        'implicit_tls = true\nehlo.clear = ["PIPELINING", "SIZE 100", "AUTH PLAIN"]',
        'lmtp = true\nehlo.clear = ["PIPELINING", "SIZE 0", "ENHANCEDSTATUSCODES"]',
        'starttls = "broken"\nehlo.clear = ["STARTTLS", "SIZE"]',
        'starttls = "refuse 454 4.7.0 TLS not available: {peer}"\nehlo.clear = ["STARTTLS"]',
        'starttls = "refuse 502 5.5.1 Not here"\nehlo.clear = ["SIZE"]',
        'starttls = "off"\nehlo.clear = ["SIZE"]',
        'certificate = "expired"\nehlo.clear = ["STARTTLS"]',
        'certificate = "other-name"\nehlo.clear = ["STARTTLS"]',
        'certificate = "self-signed"\nehlo.clear = ["STARTTLS"]',
        'ehlo.clear = ["SIZE 1", "size 2", "SIZE 1", "X{octet ff}", "AUTH=PLAIN", "STARTTLS"]\nehlo.tls = ["DSN"]',
        'greeting = ["220-{hostname} {octet 7b}peer} {octet 7b}octet 41} {nothing here}", "220-", "220 \\u001b[31m"]',
        'manners.line_end = "\\n"\nehlo.clear = ["HELP"]',
        'replies.HELP = ["214-a\\n214 b\\n{cut}"]\nrefusals.unknown_verb = "500 5.5.2 {octet fe}{octet e2}{octet 80}"',
        'greeting = "554 5.7.1 {peer} is not welcome"',
        'greeting = "421 4.3.2 Too busy"',
        'rules = [{ command = "VRFY .*", reply = [] , then = "reset" }]',
        'rules = [{ command = "HELP.*", reply = "214 Bye", then = "close" }]',
        'rules = [{ command = "EHLO .*", reply = "550 5.7.1 {domain} is not welcome" }]',
        'limits = [{ counts = "errors", at = 4, reply = "421 4.7.0 {hostname} Too many errors" }]',
        'limits = [{ counts = "syntax", at = 3, reply = "{code} Too many errors", how = "joined" }]',
        'limits = [{ counts = "errors", at = 2, reply = "554 5.7.0 Enough", how = "instead" }]',
        'manners.intermediate = "HELP"',
        'auth.required = true\nehlo.clear = ["AUTH CRAM-MD5 XOAUTH2", "HELP"]',
    ],
    ids=lambda toml: toml.partition("\n")[0][:40],
)
def test_odd_servers_are_copied_too(toml: str, tmp_path: Path) -> None:
    same(made(toml), tmp_path)


@pytest.mark.parametrize(
    ("toml", "kept"),
    [
        ("manners.starttls_keeps_input = true", "starttls_keeps_input"),
        ('manners.starttls_pipelined = "500 5.5.1 Input behind it"', "starttls_pipelined"),
        ("manners.bare_cr_ends_line = true", "bare_cr_ends_line"),
        ("manners.bare_lf_ends_line = false", "bare_lf_ends_line"),
        ('manners = { synchronization = "unannounced", greeting_delay = 0.2 }', "synchronization"),
    ],
)
def test_what_profile_security_learns_is_kept(toml: str, kept: str, tmp_path: Path) -> None:
    original = made(f'ehlo.clear = ["PIPELINING", "STARTTLS"]\n{toml}')
    twin = same(original, tmp_path, Profile.SECURITY, only=ATTACKS, timeout=1.0)
    assert getattr(twin.manners, kept) == getattr(original.manners, kept)


def test_no_connection_bears_less_than_was_seen(tmp_path: Path) -> None:
    limit = 'limits = [{ counts = "errors", at = 5, reply = "421 4.7.0 Too many errors", how = "instead" }]'
    twin = copy(asked(made(f'ehlo.clear = ["PIPELINING"]\n{limit}'), tmp_path, lines=("XA", "XB", "XC", "XD", "XE")))
    assert all(limit.at >= 5 for limit in twin.limits)


def test_a_slow_server_stays_slow(tmp_path: Path) -> None:
    report = asked(made("manners = { delay = 0.6, greeting_delay = 0.7 }"), tmp_path, Profile.EHLO)
    twin = copy(report)
    assert 0.5 <= twin.manners.delay < 1.5
    assert 0.5 <= twin.manners.greeting_delay < 1.5


def test_what_was_not_asked_keeps_the_defaults(tmp_path: Path) -> None:
    twin = copy(asked(load("postfix"), tmp_path, Profile.EHLO))
    assert twin.mail_parameters == {}
    assert twin.refusals == Personality(summary="").refusals
    assert "HELP" not in twin.replies


def test_the_file_says_where_it_comes_from(tmp_path: Path) -> None:
    report = asked(load("postfix"), tmp_path, only=("help",))
    head = [line for line in saved(report, redact=False).splitlines() if line.startswith("#")]
    assert report.transcript.target.text in head[0]
    assert "profile full" in " ".join(head)
    assert "Not seen" in " ".join(head)
    hidden = saved(report, redact=True).splitlines()[0]
    assert "--redact" in hidden
    assert report.transcript.target.text not in hidden
    assert report.transcript.started[:10] not in saved(report, redact=True)


def test_no_comment_carries_what_others_wrote(tmp_path: Path) -> None:
    report = asked(load("postfix"), tmp_path, Profile.EHLO)
    run = report.transcript
    target = msgspec.structs.replace(run.target, text="a\nevil = 1\x1b[31m\u202eb")
    odd = msgspec.structs.replace(report, transcript=msgspec.structs.replace(run, target=target))
    told = saved(odd, redact=False)
    assert "\nevil" not in told
    assert not {"\x1b", "\u202e"} & set(told)
    assert "\n" not in "".join(comments(odd, ["X\x07"], redacted=True))


def test_without_a_conversation_there_is_nothing_to_save(tmp_path: Path) -> None:
    report = asked(made('greeting = "HTTP/1.0 400 Bad request"'), tmp_path)
    with pytest.raises(PortraitError, match=r"^there was no conversation, .*again when the server answers\.$"):
        saved(report, redact=False)


def test_a_conversation_that_finds_no_room_is_refused_in_a_sentence(tmp_path: Path) -> None:
    flood = '"{}"'.format("{octet ff}" * 1000)
    rules = "\n".join(
        f'[[rules]]\ncommand = "{verb}.*"\nreply = [{", ".join([prefixed] * 40 + [last])}]'
        for verb in ("HELP", "NOOP", "VRFY", "ETRN", "EXPN")
        for prefixed, last in [(f'"250-{flood[1:]}', f'"250 {flood[1:]}')]
    )
    with pytest.raises(PortraitError, match=r"with --profile ehlo or --only\.$"):
        saved(asked(made(rules), tmp_path), redact=False)
