"""What stands before a log line's own text is told apart, whoever wrote the line down."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.explain.readers.prefix import Prefix, parted, time_of, unwrapped

TEXT = "4Xq1Kz2w9lz1Rb: to=<ann@example.net>"
CLASSIC = "Mar  3 10:11:12"
RFC3339 = "2026-03-03T10:11:12.345678+01:00"


@pytest.mark.parametrize(
    ("before", "time", "program"),
    [
        ("Mar  3 10:11:12 mx1 postfix/smtp[4121]: ", CLASSIC, "postfix/smtp"),
        ("Mar  3 10:11:12 mx1 postfix-out/smtp[4121]: ", CLASSIC, "postfix-out/smtp"),
        ("Mar  3 10:11:12 mx1 postfix/submission/smtpd[4121]: ", CLASSIC, "postfix/submission/smtpd"),
        ("<22>Mar  3 10:11:12 mx1 sm-mta[990]: ", CLASSIC, "sm-mta"),
        ("Mar  3 10:11:12 mx1 qmail: ", CLASSIC, "qmail"),
        ("Mar  3 10:11:12.345678 mx1 exim[7]: ", "Mar  3 10:11:12.345678", "exim"),
        ("Mar  3 10:11:12 <mail.info> mx1 sendmail[990]: ", CLASSIC, "sendmail"),
        ("Mar  3 10:11:12 mx1 sendmail[990]: [ID 801593 mail.info] ", CLASSIC, "sendmail"),
        (f"{RFC3339} mx1 postfix/smtp[4121]: ", RFC3339, "postfix/smtp"),
        (f"{RFC3339} mx1 smtpd: ", RFC3339, "smtpd"),
        ("2026-03-03T10:11:12+0100 mx1 smtpd[9]: ", "2026-03-03T10:11:12+0100", "smtpd"),
        ("Tue 2026-03-03 10:11:12 CET mx1 smtpd[9]: ", "Tue 2026-03-03 10:11:12 CET", "smtpd"),
        ("Tue 2026-03-03 10:11:12 +03 mx1 smtpd[9]: ", "Tue 2026-03-03 10:11:12 +03", "smtpd"),
        ("1772529072.123456 mx1 smtpd[9]: ", "1772529072.123456", "smtpd"),
        ("<22>1 2026-03-03T09:11:12.003Z mx1 postfix/smtp 4121 - - ", "2026-03-03T09:11:12.003Z", "postfix/smtp"),
        ('<22>1 2026-03-03T09:11:12Z mx1 exim 1 ID47 [a b="\\] x"][c] ', "2026-03-03T09:11:12Z", "exim"),
        ("<22>1 - - smtpd - - - \ufeff", "", "smtpd"),
        (f"2026-03-03T09:11:12.345678901Z {CLASSIC} mx1 smtpd[9]: ", "2026-03-03T09:11:12.345678901Z", "smtpd"),
        ("2026-03-03T09:11:12.345678901Z stdout F postfix/smtp[4]: ", "2026-03-03T09:11:12.345678901Z", "postfix/smtp"),
        ("postfix-1  | Mar  3 10:11:12 mx1 postfix/smtp[4]: ", CLASSIC, "postfix/smtp"),
        ("/var/log/mail.log.1:Mar  3 10:11:12 mx1 postfix/smtp[4]: ", CLASSIC, "postfix/smtp"),
        ("mx1 postfix/smtp[4121]: ", "", "postfix/smtp"),
        ("postfix/smtp[4121]: ", "", "postfix/smtp"),
        ("", "", ""),
        # Exim's and qmail's own stamps, alone and inside syslog
        ("2026-03-03 10:11:12 +0100 ", "2026-03-03 10:11:12 +0100", ""),
        ("2026-03-03 10:11:12 ", "2026-03-03 10:11:12", ""),
        ("Mar  3 10:11:12 mx1 exim[7]: 2026-03-03 10:11:12 ", "2026-03-03 10:11:12", "exim"),
        ("@400000006422a1b30c3d4e5f ", "@400000006422a1b30c3d4e5f", ""),
        ("Mar  3 10:11:12 mx1 qmail: 1772529072.123456 ", "1772529072.123456", "qmail"),
    ],
)
def test_the_text_is_what_the_program_wrote(before: str, time: str, program: str) -> None:
    assert parted(before + TEXT) == Prefix(time, program, TEXT)
    assert time_of(before + TEXT) in {time, CLASSIC}


def test_two_words_and_a_colon_of_exim_are_no_host_and_program() -> None:
    found = parted("2026-03-03 10:11:12 1tpAbC-00000000abc-1D2e DKIM: d=example.org")
    assert found == Prefix("2026-03-03 10:11:12", "", "1tpAbC-00000000abc-1D2e DKIM: d=example.org")


def test_a_colon_without_a_time_stamp_makes_no_program() -> None:
    assert parted("Remote host said: 550 no") == Prefix("", "", "Remote host said: 550 no")


def test_an_entry_of_the_journal_becomes_the_line_that_journalctl_prints() -> None:
    entry = {
        "MESSAGE": TEXT,
        "SYSLOG_IDENTIFIER": "postfix/smtp",
        "_PID": "4121",
        "_HOSTNAME": "mx1",
        "__REALTIME_TIMESTAMP": "1772529072345678",
        "_UID": "0",
        "_CAP_EFFECTIVE": ["a", "b"],
    }
    line = unwrapped(json.dumps(entry))
    assert line == f"2026-03-03T09:11:12.345678+00:00 mx1 postfix/smtp[4121]: {TEXT}"
    assert parted(line).rest == TEXT


def test_the_time_of_the_program_goes_before_that_of_the_journal() -> None:
    line = unwrapped('{"MESSAGE":"a","_SOURCE_REALTIME_TIMESTAMP":"0","__REALTIME_TIMESTAMP":"1772529072345678"}')
    assert line == "1970-01-01T00:00:00+00:00 a"


def test_a_message_of_octets_and_of_several_lines() -> None:
    assert unwrapped(json.dumps({"MESSAGE": [97, 10, 255, 98]})) == "a \ufffdb"


def test_a_line_of_the_json_file_driver_of_docker() -> None:
    line = unwrapped('{"log":"Mar  3 10:11:12 mx1 smtpd[9]: a\\n","stream":"stdout","time":"2026-03-03T09:11:12.3Z"}')
    assert parted(line) == Prefix("2026-03-03T09:11:12.3Z", "smtpd", "a")


@pytest.mark.parametrize(
    "line",
    [
        "",
        TEXT,
        '{"queue_id": "4X"}',
        '{"MESSAGE": null}',
        '{"MESSAGE": "a"',
        '{"MESSAGE": {"a": 1}}',
        '{"MESSAGE": "a", "x": ' + "[" * 30_000,
        '{"MESSAGE": "a", "__REALTIME_TIMESTAMP": 12}',
    ],
)
def test_any_other_line_stays_as_it_is(line: str) -> None:
    assert unwrapped(line) == line


@pytest.mark.parametrize("stamp", ["", "x", "9" * 17, "9" * 400, "-1", "١٢"])
def test_a_time_that_is_none_leaves_the_message(stamp: str) -> None:
    assert unwrapped(json.dumps({"MESSAGE": "a", "__REALTIME_TIMESTAMP": stamp})).endswith("a")


@given(st.text(max_size=300))
def test_nothing_of_the_text_is_lost(text: str) -> None:
    found = parted(text)
    assert text.endswith(found.rest)
    assert found.time in text


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_entry_makes_it_raise(message: str, stamp: str) -> None:
    assert "\n" not in unwrapped(json.dumps({"MESSAGE": message, "__REALTIME_TIMESTAMP": stamp}))
