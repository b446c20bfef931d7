"""The dialect tables: samples and near misses of every entry, the real servers' replies, and hostile texts."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import Counter

import pytest
from dialect_lookup import explain

from smtpprobe.catalogue import dialects
from smtpprobe.catalogue.dialects import DIALECTS, UNMISTAKABLE, common, match
from smtpprobe.catalogue.entries import DialectEntry
from smtpprobe.catalogue.providers import PROVIDERS
from smtpprobe.catalogue.software import SOFTWARE
from smtpprobe.outcome import Reason

ENTRIES = [pytest.param(e, id=f"{e.vendor or 'common'}-{e.name}") for e in DIALECTS]


VENDORS = {e.name for e in SOFTWARE} | {e.name for e in PROVIDERS}


def verb_of(entry: DialectEntry) -> str:
    return entry.commands[0] if entry.commands else "DATA"


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_explains_its_sample_and_not_its_near_miss(entry: DialectEntry) -> None:
    assert explain(entry.vendor, entry.sample, verb_of(entry)) is entry
    assert explain(entry.vendor, entry.near_miss, verb_of(entry)) is not entry


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_sample_is_explained_by_its_vendor_where_the_verb_is_not_known(entry: DialectEntry) -> None:
    found = explain(entry.vendor, entry.sample)
    assert found is not None
    assert found.vendor == entry.vendor or (not entry.vendor and found in UNMISTAKABLE)


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_is_complete(entry: DialectEntry) -> None:
    assert isinstance(entry.category, Reason)
    assert entry.references
    assert all(text.endswith(".") for text in (entry.meaning, entry.fix))
    assert entry.vendor == "" or entry.vendor in VENDORS


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_keeps_to_what_its_sample_shows(entry: DialectEntry) -> None:
    code, text = int(entry.sample[:3]), entry.sample[4:]
    assert entry.code in (None, code)
    assert entry.enhanced is None or text.startswith(f"{entry.enhanced} ")


def test_no_two_entries_share_vendor_and_name() -> None:
    names = Counter((e.vendor, e.name) for e in DIALECTS)
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("entry", UNMISTAKABLE, ids=lambda e: f"{e.vendor}-{e.name}")
def test_unmistakable_wordings_speak_without_a_vendor(entry: DialectEntry) -> None:
    assert entry.vendor
    assert explain("", entry.sample, verb_of(entry)) is entry
    assert explain("no such server", entry.sample, verb_of(entry)) is entry


@pytest.mark.parametrize(
    "entry", [e for e in DIALECTS if e.vendor and e not in UNMISTAKABLE], ids=lambda e: f"{e.vendor}-{e.name}"
)
def test_other_wordings_name_no_vendor_by_themselves(entry: DialectEntry) -> None:
    found = explain("", entry.sample, verb_of(entry))
    assert found is None or found in UNMISTAKABLE or found in common.ENTRIES


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_of_another_vendor_matches_only_where_it_is_unmistakable(entry: DialectEntry) -> None:
    for vendor in ("Postfix", "Exim", "Gmail", "Microsoft 365", "no such server"):
        found = explain(vendor, entry.sample, verb_of(entry))
        assert found is None or found.vendor in (vendor, "") or found in UNMISTAKABLE


# What real servers said: Postfix 3.7.11, Exim 4.96, Sendmail 8.17.1.9, OpenSMTPD 6.8.0p2, aiosmtpd 1.4.6.
REAL = [
    ("Postfix", "HELP", "500 5.5.2 Error: command not recognized", "no HELP before 3.9"),
    ("Postfix", "EXPN", "500 5.5.2 Error: command not recognized", "unknown verb"),
    (
        "Postfix",
        "VRFY",
        "550 5.1.1 <a@b.c>: Recipient address rejected: User unknown in local recipient table",
        "no such user",
    ),
    ("Postfix", "AUTH", "503 5.5.1 Error: authentication not enabled", "AUTH is off on this port"),
    ("Postfix", "MAIL", "555 5.5.4 Unsupported option: FOO=1", "unknown MAIL or RCPT parameter"),
    ("Postfix", "RCPT", "555 5.5.4 Unsupported option: FOO=1", "unknown MAIL or RCPT parameter"),
    ("Postfix", "MAIL", "555 5.5.4 Unsupported option: BODY=BINARYMIME", "unknown MAIL or RCPT parameter"),
    ("Postfix", "MAIL", "552 5.3.4 Message size exceeds fixed limit", "declared size too big"),
    ("Postfix", "RCPT", "503 5.5.1 Error: need MAIL command", "wrong order"),
    ("Postfix", "XX", "421 4.7.0 test.example Error: too many errors", "too many errors"),
    ("Postfix", "RCPT", "554 5.7.1 <x@y.z>: Relay access denied", "not a domain of this server"),
    ("Postfix", "GET", "221 2.7.0 Error: I can break rules, too. Goodbye.", "header or web request seen"),
    (
        "Postfix",
        "RCPT",
        "504 5.5.2 <x>: Helo command rejected: need fully-qualified hostname",
        "EHLO name is not fully qualified",
    ),
    (
        "Postfix",
        "RCPT",
        "504 5.5.2 <foo>: Sender address rejected: need fully-qualified address",
        "envelope address without a full domain",
    ),
    ("Exim", "EHLO", "501 Syntactically invalid EHLO argument(s)", "EHLO name missing or malformed"),
    ("Exim", "VRFY", "252 Administrative prohibition", "VRFY not answered"),
    ("Exim", "EXPN", "550 Administrative prohibition", "command not allowed"),
    ("Exim", "ETRN", "458 Administrative prohibition", "command not allowed"),
    ("Exim", "AUTH", "504 FOO authentication mechanism not supported", "mechanism unknown"),
    ("Exim", "STARTTLS", "501 unexpected argument data", "a parameter where none may be"),
    (
        "Exim",
        "MAIL",
        "501 <a@b.c> FOO=1: malformed address: FOO=1 may not follow <a@b.c> ",
        "unknown parameter, taken for part of the address",
    ),
    (
        "Exim",
        "MAIL",
        "501-<a@b.c> FOO=1: malformed address: FOO=1 may not follow <a@b.c> \n501 Too many syntax or protocol errors",
        "hung up after too many errors",
    ),
    ("Exim", "XX", "500-unrecognized command\n500 Too many syntax or protocol errors", "hung up after too many errors"),
    ("Exim", "MAIL", "552 Message size exceeds maximum permitted", "declared size too big"),
    ("Exim", "MAIL", "501 invalid data for BODY", "BODY value not offered"),
    ("Exim", "XX", "500 unrecognized command", "unknown verb"),
    ("Exim", "BDAT", "503 valid RCPT command must precede BDAT", "wrong order"),
    ("Postfix", "EHLO", "501 Syntax: EHLO hostname", "syntax error; the reply shows the right form"),
    ("Postfix", "STARTTLS", "501 5.5.4 Syntax: STARTTLS", "syntax error; the reply shows the right form"),
    ("Postfix", "DATA", "554 5.5.1 Error: no valid recipients", "every recipient was refused"),
    ("Sendmail", "TURN", '502 5.5.1 Command not implemented: "TURN"', "verb known but left out"),
    ("Sendmail", "MAIL", "501 5.5.4 Unknown BODY type BINARYMIME", "BODY value not offered"),
    ("OpenSMTPD", "EHLO", "501 5.5.1 Invalid command: EHLO requires domain name", "EHLO without a name"),
    ("aiosmtpd", "EXPN", "502 EXPN not implemented", "EXPN left out"),
    ("Sendmail", "HELP", '504 5.3.0 HELP topic "foo" unknown', "no help on this topic"),
    ("Sendmail", "EHLO", "501 5.0.0 EHLO requires domain address", "EHLO without a name"),
    ("Sendmail", "VRFY", "250 2.1.5 <root@test.example>", "user revealed"),
    ("Sendmail", "AUTH", "504 5.3.3 AUTH mechanism FOO not available", "mechanism not available"),
    ("Sendmail", "MAIL", "555 5.5.4 FOO parameter unrecognized", "unknown MAIL or RCPT parameter"),
    ("Sendmail", "MAIL", "552 5.2.3 Message size exceeds fixed maximum message size (1000)", "declared size too big"),
    ("Sendmail", "XX", '500 5.5.1 Command unrecognized: "XX"', "unknown verb"),
    ("Sendmail", "STARTTLS", "454 4.3.3 TLS not available after start", "no certificate loaded"),
    (
        "OpenSMTPD",
        "HELP",
        "500 5.5.4 Invalid command arguments: command does not accept arguments.",
        "a parameter where none is taken",
    ),
    ("OpenSMTPD", "VRFY", "500 5.5.1 Invalid command: Command unrecognized", "unknown verb"),
    ("OpenSMTPD", "AUTH", "503 5.5.1 Invalid command: Command not supported", "AUTH or STARTTLS not for this session"),
    (
        "OpenSMTPD",
        "MAIL",
        "503 5.5.4 Invalid command arguments: Unsupported option FOO=1",
        "unknown parameter, with the code for wrong order",
    ),
    ("OpenSMTPD", "RCPT", "503 Unsupported option FOO=1", "unknown RCPT parameter, with the code for wrong order"),
    ("OpenSMTPD", "RCPT", "550 Invalid recipient: <x@y.z>", "no match rule, or no such user"),
    ("OpenSMTPD", "WIZ", "500 5.5.1 Invalid command: this feature is not supported yet ;-)", "a joke about WIZ"),
    (
        "OpenSMTPD",
        "STARTTLS",
        "501 5.5.4 Invalid command arguments: No parameters allowed",
        "STARTTLS with a parameter, or AUTH without",
    ),
    ("aiosmtpd", "VRFY", "252 Cannot VRFY user, but will accept message and attempt delivery", "VRFY not answered"),
    (
        "aiosmtpd",
        "AUTH",
        "538 5.7.11 Encryption required for requested authentication mechanism",
        "AUTH before STARTTLS",
    ),
    ("aiosmtpd", "STARTTLS", "454 TLS not available", "no TLS configured"),
    (
        "aiosmtpd",
        "MAIL",
        "555 MAIL FROM parameters not recognized or not implemented",
        "unknown MAIL or RCPT parameter",
    ),
    ("aiosmtpd", "MAIL", "552 Error: message size exceeds fixed maximum message size", "declared size too big"),
    ("aiosmtpd", "MAIL", "501 Error: BODY can only be one of 7BIT, 8BITMIME", "BODY value unknown"),
    ("aiosmtpd", "XX", '500 Error: command "XX" not recognized', "unknown verb"),
    ("aiosmtpd", "XX", "502 5.5.1 Too many unrecognized commands, goodbye.", "hung up after the fifth unknown verb"),
]


@pytest.mark.parametrize(("vendor", "verb", "reply", "name"), REAL)
def test_the_replies_of_real_servers_find_their_entry(vendor: str, verb: str, reply: str, name: str) -> None:
    found = explain(vendor, reply, verb)
    assert found is not None
    assert (found.vendor, found.name) == (vendor, name)


@pytest.mark.parametrize(
    ("vendor", "verb", "reply"),
    [
        ("Postfix", "greeting", "220 test.example ESMTP Postfix"),
        ("Postfix", "QUIT", "221 2.0.0 Bye"),
        ("Postfix", "MAIL", "250 2.1.0 Ok"),
        ("Exim", "RCPT", "250 Accepted"),
        ("Sendmail", "RCPT", "250 2.1.5 <root>... Recipient ok"),
        ("OpenSMTPD", "MAIL", "250 2.0.0 Ok"),
        ("aiosmtpd", "NOOP", "250 OK"),
        ("", "greeting", "220 mx.example ESMTP no spam, no UCE, DNSBL and SPF in use"),
    ],
)
def test_ordinary_positive_replies_need_no_dialect(vendor: str, verb: str, reply: str) -> None:
    assert explain(vendor, reply, verb) is None


def test_without_a_verb_the_entry_for_any_verb_comes_first() -> None:
    reply = "500 5.5.2 Error: command not recognized"
    found = explain("Postfix", reply)
    assert found is not None
    assert found.commands == ()
    assert explain("Postfix", reply, "HELP") is not found


def test_the_vendor_comes_before_the_common_wording() -> None:
    reply = "550 5.1.1 <a@b.c>... User unknown"
    of_vendor, of_nobody = explain("Sendmail", reply, "RCPT"), explain("Haraka", reply, "RCPT")
    assert of_vendor is not None
    assert of_nobody is not None
    assert (of_vendor.vendor, of_nobody.vendor) == ("Sendmail", "")


def test_a_restriction_to_a_verb_holds() -> None:
    assert explain("Exim", "252 Administrative prohibition", "RCPT") is None


@pytest.mark.parametrize(
    ("reply", "category"),
    [
        ("450 4.2.0 Graylisted, come back later", "blocked"),
        ("421 4.7.0 Too many concurrent SMTP connections", "toomanyconn"),
        ("421 4.7.1 Messages deferred due to excessive volume. Try again later", "speeding"),
        ("550 Your address 192.0.2.1 is listed at bl.example", "blocked"),
        ("452 4.1.1 <ann@example.net> user over quota", "mailboxfull"),
        ("550 5.7.1 No such user!", "userunknown"),
        ("550 5.1.1 Email address could not be found, or was misspelled", "userunknown"),
        ("450 4.1.8 Sender address rejected: Domain not found", "rejected"),
        ("550-SPF-check failed: 550 example.com doesn't allow sending mails from 192.0.2.1", "authfailure"),
        ("550 5.7.1 Connections not accepted. Fix reverse DNS for 192.0.2.1", "requireptr"),
        ("552 5.2.2 Mailbox size limit exceeded", "mailboxfull"),
    ],
)
def test_wordings_that_belong_to_nobody_give_the_reason(reply: str, category: str) -> None:
    found = explain("", reply)
    assert found is not None
    assert (found.vendor, found.category) == ("", category)


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        " ",
        "\n",
        "user ",
        "address ",
        "SPF ",
        "PTR record ",
        "malformed address: ",
        "... ",
        "<" * 7,
        "5.7.1 ",
        "relay ",
        "\x00",
        "é",
    ],
)
def test_hostile_texts_are_answered(unit: str) -> None:
    text = (unit * 65536)[:65536]
    for vendor in ("", "Postfix", "Exim", "Gmail", "Exchange", "Microsoft 365", "Yahoo"):
        for code in (250, 421, 504, 550, 999, -1, None):
            match((vendor,), code, None, text, "RCPT")


def test_nothing_is_read_behind_the_limit() -> None:
    assert match(("Postfix",), 554, "5.7.1", "x" * 8192 + " Relay access denied", "RCPT") is None


def test_every_repetition_in_a_pattern_is_bounded() -> None:
    assert [e.pattern for e in DIALECTS if re.search(r"(?<!\\)[*+](?![^\[]*\])|,\}", e.pattern)] == []


def test_every_module_of_the_folder_is_in_the_registry() -> None:
    modules = [
        importlib.import_module(m.name) for m in pkgutil.iter_modules(dialects.__path__, f"{dialects.__name__}.")
    ]
    assert {id(e) for m in modules for e in m.ENTRIES} == {id(e) for e in DIALECTS}
    assert len(DIALECTS) == sum(len(m.ENTRIES) for m in modules)


def test_no_two_entries_of_a_vendor_share_their_words() -> None:
    for field in ("meaning", "pattern"):
        seen = [(e.vendor, e.code, e.commands, getattr(e, field)) for e in DIALECTS]
        assert len(set(seen)) == len(seen)
