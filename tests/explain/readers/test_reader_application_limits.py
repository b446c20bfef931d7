"""Hostile and endless input to the reader of applications: bounded memory, no slow pattern, no exception."""

from __future__ import annotations

import time

import pytest
from application_errors import JAVA, NODE, TRACEBACK, read
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpprobe.explain.event import GIVEN_LIMIT, TEXT_LIMIT
from smtpprobe.explain.readers import app_events, app_phrases, app_python, app_thrown, applications
from smtpprobe.explain.readers.applications import ApplicationReader


def test_what_is_kept_of_an_endless_error_is_bounded() -> None:
    reader = ApplicationReader()
    reader.read("Error: Connection refused", 1)
    for number in range(2, 1_900):
        assert reader.read(f"Caused by: Error {number}: connection timed out " + "x" * 500, number) == ()
    (event,) = reader.end()
    assert len(event.text) <= TEXT_LIMIT
    assert len(event.given) <= GIVEN_LIMIT


def test_a_dictionary_of_thousands_is_cut() -> None:
    line = "{" + ", ".join(f"'u{n}@example.net': (550, b'no')" for n in range(1_900)) + "}"
    assert len(read(line)) == 1_000


def test_a_traceback_that_never_ends_is_given_up() -> None:
    reader = ApplicationReader()
    reader.read("Traceback (most recent call last):", 1)
    answers = [reader.read("    x", number) for number in range(2, 3_000)]
    assert answers[0] == ()
    assert answers[-1] is None


MODULES = (applications, app_events, app_phrases, app_python, app_thrown)
HOSTILE = [
    "a",
    " ",
    "(",
    "[",
    "{",
    "'",
    '"',
    "\\",
    "\\'",
    ": ",
    "1",
    ".",
    "@",
    "<a@",
    "Error: ",
    "Error: 550 ",
    "(550, b'",
    '(550, b"',
    "x.",
    "from x:in ",
    "server said: ",
    "server response ",
    "response: '550 ",
    "curl: (55) A ",
    "Code: 550, Msg: `",
    "host=a ",
    "password: ",
    "://a:",
    "recipient ",
    "\tat ",
    "Caused by: ",
    "connect to ",
    "2026-03-03 10:11:12 ",
    "Expected response code ",
    'with message "',
    "following recipients failed: a ",
    "x: y, ",
]


@pytest.mark.parametrize("seed", HOSTILE)
def test_a_line_of_64_kib_is_read_in_time(seed: str) -> None:
    line = seed * (64 * 1024 // len(seed))
    reader = ApplicationReader()
    start = time.process_time()
    for number, begun in enumerate(("", "Error: Connection refused", "Error: Invalid login: 535-5.7.8 No"), 1):
        reader.read(begun, number)
        reader.read(line, number)
    reader.end()
    assert time.process_time() - start < 2.0


LINES = [
    *TRACEBACK.split("\n"),
    *NODE.split("\n"),
    *JAVA.split("\n"),
    "{'ann@example.net': (550, b'5.1.1 No'), 'joe@example.net': (452, b\"4.2.2 joe's is full\")}",
    "SMTP server error: DATA END command failed Detail: 5.7.1 No SMTP code: 550 Additional SMTP info: 5.7.1",
    'Expected response code "250" but got code "550", with message "550-5.7.26 Unauthenticated',
    "msmtp: server message: 550-5.1.1 There is no",
    "System.Net.Mail.SmtpException: Mailbox unavailable. The server response was: 5.7.1 Denied",
    '&textproto.Error{Code:550, Msg:"5.7.1 \\"x\\" denied"}',
    "The mail server responded: 'Mailbox is closed.",
    '{"RecordType":"Bounce","Type":"HardBounce","Details":"smtp;550 5.1.1 No","Email":"ann@example.net"}',
    "* connect to 192.0.2.1 port 25 failed: Connection refused",
    "550 5.1.1 User unknown",
    "C: AUTH PLAIN AGJvYgBodW50ZXIyLXNlY3JldA==",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=80)), max_size=12))
def test_no_lines_make_it_fail(lines: list[str]) -> None:
    reader = ApplicationReader()
    for number, line in enumerate(lines, 1):
        for event in reader.read(line, number) or ():
            assert event.line <= number
    for event in reader.end():
        assert event.code is not None or event.text


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(LINES), st.integers(0, 200), st.text(max_size=6))
def test_no_damaged_line_makes_it_fail(line: str, position: int, noise: str) -> None:
    read(line[:position] + noise + line[position:])
