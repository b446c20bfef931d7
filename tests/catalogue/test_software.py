"""The software tables: every server is recognised from what it really said, and nothing hostile is believed or slow."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

from smtpprobe import rules
from smtpprobe.catalogue import software
from smtpprobe.catalogue.entries import Allowance, Setting, SoftwareEntry
from smtpprobe.catalogue.software import CAREFUL, SOFTWARE, allowance, entry, recognise, setting

RULES = {rule.name for rule in rules.RULES}

SETTINGS = [pytest.param(e, s, id=f"{e.name}-{s.rule}") for e in SOFTWARE for s in e.settings]

POSTFIX_EHLO = "test.example\nPIPELINING\nSIZE 1000\nVRFY\nETRN\nENHANCEDSTATUSCODES\n8BITMIME\nDSN\nSMTPUTF8\nCHUNKING"
EXIM_EHLO = "test.example Hello root at x.example\nSIZE 1000\n8BITMIME\nPIPELINING\nAUTH PLAIN\nCHUNKING\nHELP"
SENDMAIL_EHLO = (
    "test.example Hello root@localhost, pleased to meet you\nENHANCEDSTATUSCODES\nPIPELINING\nEXPN\nVERB\nHELP"
)
OPENSMTPD_EHLO = (
    "test.example Hello x [127.0.0.1], pleased to meet you\n8BITMIME\nENHANCEDSTATUSCODES\nSIZE 1000\nDSN\nHELP"
)
EXIM_HELP = "Commands supported:\nAUTH STARTTLS HELO EHLO MAIL RCPT DATA BDAT NOOP QUIT RSET HELP"
SENDMAIL_HELP = "2.0.0 This is sendmail version 8.17.1.9\n2.0.0 Topics:\n2.0.0 End of HELP info"
OPENSMTPD_HELP = "2.0.0 This is OpenSMTPD\n2.0.0 To report bugs in the implementation, please contact bugs@openbsd.org"
AIOSMTPD_HELP = "Supported commands: AUTH DATA EHLO HELO HELP MAIL NOOP QUIT RCPT RSET VRFY"


@pytest.mark.parametrize(
    ("greeting", "name", "version"),
    [
        ("test.example ESMTP Postfix", "Postfix", None),
        ("mail.example.com ESMTP Postfix (Debian/GNU)", "Postfix", None),
        ("mail.example.com ESMTP Postfix (3.7.11)", "Postfix", "3.7.11"),
        ("test.example ESMTP Exim 4.96 Sat, 21 Nov 2026 20:45:06 +0000", "Exim", "4.96"),
        ("test.example ESMTP Sendmail 8.17.1.9/8.17.1.9; Sat, 21 Nov 2026 20:45:07 GMT", "Sendmail", "8.17.1.9"),
        ("test.example ESMTP OpenSMTPD", "OpenSMTPD", None),
        ("localhost Python SMTP 1.4.6", "aiosmtpd", "1.4.6"),
        ("mx.example Microsoft ESMTP MAIL Service ready at Tue, 3 Mar 2026 10:11:12 +0000", "Exchange", None),
        ("mx.google.com ESMTP ffacd0b85a97d-3912c0e18c4si5553615f8f.123 - gsmtp", "Gmail", None),
        ("mx.example ESMTP chasquid", "chasquid", None),
        ("mx.example ESMTP Haraka/3.1.5 ready (0A1B2C)", "Haraka", "3.1.5"),
        ("mx.example ESMTP Haraka 2.8.8 ready", "Haraka", "2.8.8"),
        ("mx.example Stalwart ESMTP at your service", "Stalwart", None),
        ("mx.example ESMTP mox", "mox", None),
        ("mx.example Welcome to KumoMTA!", "KumoMTA", None),
        ("mx.example SMTP Server (JAMES SMTP Server 2.3.2) ready", "James", "2.3.2"),
    ],
)
def test_a_greeting_that_names_the_product_is_enough(greeting: str, name: str, version: str | None) -> None:
    found = recognise(greeting, "", "", ())
    assert found is not None
    assert (found.name, found.version) == (name, version)
    assert found.evidence.startswith('the greeting says "')


def test_a_greeting_outweighs_the_wordings_of_another_product() -> None:
    refusals = ("5.5.2 Error: command not recognized", "5.5.4 Unsupported option: FOO=1")
    found = recognise("mail.example.com ESMTP Exim 4.96", POSTFIX_EHLO, "", refusals)
    assert found is not None
    assert found.name == "Exim"


def test_the_evidence_quotes_the_greeting() -> None:
    found = recognise("test.example ESMTP Exim 4.96 Sat, 21 Nov 2026 20:45:06 +0000", EXIM_EHLO, EXIM_HELP, ())
    assert found is not None
    assert found.evidence == 'the greeting says "ESMTP Exim 4.96"'


@pytest.mark.parametrize(
    ("ehlo", "help_text", "refusals", "name", "version"),
    [
        (POSTFIX_EHLO, "", ("5.5.2 Error: command not recognized", "5.5.4 Unsupported option: FOO=1"), "Postfix", None),
        (EXIM_EHLO, EXIM_HELP, ("FOO authentication mechanism not supported",), "Exim", None),
        ("mx.example Hello x.example [192.0.2.1]\nPIPECONNECT", EXIM_HELP, (), "Exim", None),
        (EXIM_EHLO, "", ("unrecognized command", "Syntactically invalid EHLO argument(s)"), "Exim", None),
        (SENDMAIL_EHLO, SENDMAIL_HELP, (), "Sendmail", "8.17.1.9"),
        (SENDMAIL_EHLO, "", ('5.5.1 Command unrecognized: "XX"',), "Sendmail", None),
        (OPENSMTPD_EHLO, OPENSMTPD_HELP, (), "OpenSMTPD", None),
        (OPENSMTPD_EHLO, "", ("5.5.1 Invalid command: Command unrecognized",), "OpenSMTPD", None),
        ("", AIOSMTPD_HELP, ('Error: command "XX" not recognized',), "aiosmtpd", None),
        ("", "qmail home page: http://pobox.com/~djb/qmail.html", ("unimplemented (#5.5.1)",), "qmail", None),
        ("mx.example Ok\nXVERP=Courier", "", ("ESMTP command error",), "Courier", None),
        ("mx.example Nice to meet you, [192.0.2.1]", "", ("Error: command not recognized",), "nodemailer", None),
    ],
)
def test_behind_a_neutral_greeting_two_signs_are_enough(
    ehlo: str, help_text: str, refusals: tuple[str, ...], name: str, version: str | None
) -> None:
    found = recognise("mail.example.com ESMTP", ehlo, help_text, refusals)
    assert found is not None
    assert (found.name, found.version) == (name, version)
    assert " and " in found.evidence


@pytest.mark.parametrize(
    ("ehlo", "help_text", "refusals"),
    [
        ("", "", ()),
        (SENDMAIL_EHLO, "", ()),
        (OPENSMTPD_EHLO, "", ()),
        (POSTFIX_EHLO, "", ("5.5.4 Unsupported option: FOO=1", "5.5.4 Unsupported option: BODY=FOO")),
        ("", EXIM_HELP, ()),
        ("mx.example Hello [192.0.2.1]", EXIM_HELP, ()),
    ],
)
def test_one_sign_behind_a_neutral_greeting_is_not_enough(ehlo: str, help_text: str, refusals: tuple[str, ...]) -> None:
    assert recognise("mail.example.com ESMTP", ehlo, help_text, refusals) is None


@pytest.mark.parametrize(
    "greeting", ["postfix.example ESMTP", "exim.sendmail.example ESMTP ready", "mx.example ESMTP not Postfix", ""]
)
def test_a_host_that_is_called_like_a_product_is_not_the_product(greeting: str) -> None:
    assert recognise(greeting, "", "", ()) is None


@pytest.mark.parametrize(
    "unit", ["a", "ESMTP ", "ESMTP Postfix", " Hello x [", "5.5.4 ", "\n", "pleased to meet you ", "[a.", "\x00"]
)
def test_hostile_texts_are_read_to_their_limit_only(unit: str) -> None:
    text = (unit * 65536)[:65536]
    recognise(text, text, text, [text] * 5)
    assert recognise("x" * 8192 + " ESMTP Postfix", "", "", ()) is None


def test_the_evidence_stays_short_and_on_one_line() -> None:
    found = recognise(
        "h ESMTP ready",
        "",
        "Commands supported:\n",
        [f"<{'a' * 200}>: malformed address: {'b' * 200} may not follow <x>"],
    )
    assert found is not None
    assert "\n" not in found.evidence
    assert len(found.evidence) < 250


def test_unknown_software_gets_the_careful_allowance() -> None:
    assert allowance(None) == allowance("no such server") == CAREFUL
    assert (CAREFUL.refusals, CAREFUL.nonmail, CAREFUL.ehlos) == (2, 8, 2)


@pytest.mark.parametrize(
    ("name", "limits"),
    [
        ("Postfix", {"refusals": 8}),
        ("Exim", {"refusals": 12, "unknown": 2, "syntax": 2, "nonmail": 8}),
        ("Sendmail", {"refusals": 20, "lookups": 4, "noops": 15}),
        ("OpenSMTPD", {"refusals": 8, "unknown": 8}),
        ("chasquid", {"refusals": 2}),
        ("aiosmtpd", {"unknown": 4}),
    ],
)
def test_known_software_bears_what_it_was_seen_to_bear(name: str, limits: dict[str, int]) -> None:
    known: Allowance = allowance(name)
    assert {field: getattr(known, field) for field in limits} == limits


@pytest.mark.parametrize("limits", [e.allowance for e in SOFTWARE])
def test_an_allowance_lets_at_least_one_of_each_pass(limits: Allowance) -> None:
    assert all(getattr(limits, field) >= 1 for field in Allowance.__struct_fields__)


@pytest.mark.parametrize(("known", "remedy"), SETTINGS)
def test_a_setting_is_about_a_rule_and_says_where_it_is_documented(known: SoftwareEntry, remedy: Setting) -> None:
    assert remedy.rule in RULES
    assert remedy.reference
    assert remedy.text.endswith((".", "?")), remedy.text
    assert setting(known.name, remedy.rule) is remedy


@pytest.mark.parametrize("name", ["Postfix", "Exim", "Sendmail", "OpenSMTPD", "Exchange"])
def test_the_big_five_have_a_remedy_for_every_finding_about_tls_and_login(name: str) -> None:
    rules = (
        "auth-in-clear",
        "starttls-missing",
        "starttls-broken",
        "certificate-expired",
        "certificate-untrusted",
        "tls-old",
    )
    assert [rule for rule in rules if setting(name, rule) is None] == []


def test_a_setting_that_does_not_exist_is_none() -> None:
    assert setting("OpenSMTPD", "users-revealed") is None
    assert setting("no such server", "tls-old") is None


def test_names_are_unique_and_found_exactly() -> None:
    names = [e.name for e in SOFTWARE]
    assert len(set(names)) == len(names)
    assert [entry(name) for name in names] == list(SOFTWARE)
    assert entry("postfix") is None


def test_every_module_of_the_folder_is_in_the_registry() -> None:
    modules = [
        importlib.import_module(m.name) for m in pkgutil.iter_modules(software.__path__, f"{software.__name__}.")
    ]
    assert {id(m.ENTRY) for m in modules} == {id(e) for e in SOFTWARE}


def test_every_repetition_in_a_pattern_is_bounded() -> None:
    patterns = [p for e in SOFTWARE for p in (e.greeting, e.ehlo, e.help, *e.errors) if p]
    assert [p for p in patterns if re.search(r"(?<!\\)[*+](?![^\[]*\])|,\}", p)] == []
