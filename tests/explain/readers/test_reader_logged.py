"""What the log readers share: replies on one line, secrets, tables; and that each reader leaves the others' lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given as given_by
from hypothesis import settings
from hypothesis import strategies as st
from msgspec import structs

from smtpprobe import redaction
from smtpprobe.diagnosis import Event
from smtpprobe.explain.event import GIVEN_LIMIT, TEXT_LIMIT, Reader
from smtpprobe.explain.readers.exchange import ExchangeTrackingReader
from smtpprobe.explain.readers.exchange_protocol import ExchangeProtocolReader
from smtpprobe.explain.readers.exim import EximReader
from smtpprobe.explain.readers.kumomta import KumoMtaReader
from smtpprobe.explain.readers.logged import ATTEMPTS_LIMIT, Attempts, Said, Table, given, said, shown
from smtpprobe.explain.readers.opensmtpd import OpenSmtpdReader
from smtpprobe.explain.readers.qmail import QmailReader
from smtpprobe.outcome import State

LINES: dict[Callable[[], Reader], str] = {
    EximReader: "2026-03-03 10:11:12 1tpAbC-00000000abc-1D2e ** ann@example.net: Unrouteable address",
    OpenSmtpdReader: '5c7b3f1a2d4e6f71 smtp failed-command command="RCPT TO:<ann@example.net>" result="550 no"',
    QmailReader: "@400000006422a1b30c3d4e5f delivery 12: failure: Sorry,_no_mailbox_here_by_that_name._(#5.1.1)/",
    ExchangeTrackingReader: "2026-03-03T09:11:12.345Z,,,,,,,SMTP,FAIL,4711,<1@example.org>,"
    "00000000-0000-0000-0000-000000000000,ann@example.net,550 5.1.1 no,5120,1,,,Hello,bob@example.org,,,",
    ExchangeProtocolReader: "2026-03-03T09:11:12.401Z,Outbound,08DD000000000001,8,198.51.100.7:41022,192.0.2.25:25,<,"
    "550 5.1.1 User unknown,",
    KumoMtaReader: '{"type":"Bounce","id":"1","response":{"code":550,"content":"no"}}',
}


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("550 5.1.1 No such user", Said(550, "5.1.1", "5.1.1 No such user")),
        ("550-5.1.1 a 550-5.1.1 b 550 5.1.1 c 550 d", Said(550, "5.1.1", "5.1.1 a\n5.1.1 b\n5.1.1 c 550 d")),
        (r"550-a\n550-b\n550 c", Said(550, None, "a\nb\nc")),
        ("550-a/550 b", Said(550, None, "a\nb")),
        ("550-a 551-b", Said(550, None, "a 551-b")),
        ("550 a 550-b", Said(550, None, "a 550-b")),
        ("421", Said(421, None, "")),
        ("smtp; 550 5.7.1 no", Said(550, "5.7.1", "5.7.1 no")),
        ("sorry, no mailbox here (#5.1.1)", Said(None, "5.1.1", "sorry, no mailbox here (#5.1.1)")),
        ("550 sorry (#5.7.1)", Said(550, "5.7.1", "sorry (#5.7.1)")),
        ("4.7.1 later", Said(None, "4.7.1", "4.7.1 later")),
        ("192.0.2.25 said 5.1.1", Said(None, None, "192.0.2.25 said 5.1.1")),
        ("5.1.1.9 no code", Said(None, None, "5.1.1.9 no code")),
        ("5500 bytes", Said(None, None, "5500 bytes")),
        ("550_x", Said(None, None, "550_x")),
        ("  ", Said(None, None, "")),
    ],
)
def test_replies_on_one_line(text: str, reply: Said) -> None:
    assert said(text) == reply


@pytest.mark.parametrize(
    ("text", "state"),
    [("250 ok", State.ACCEPTED), ("451 x", State.DEFERRED), ("550 x", State.FAILED), ("x", State.UNKNOWN)],
)
def test_what_becomes_of_the_mail(text: str, state: State) -> None:
    assert said(text).state is state


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ('error in "AUTH PLAIN abc" H=x', "abc"),
        ("rejected 'auth login a1' there", "a1"),
        ("500 5.5.1 AUTH PLAIN AGJvYgBzZWNyZXQ= not understood", "AGJvYg"),
        # What goes on with a login that was refused
        ('SMTP syntax error in "c2VjcmV0" H=(laptop) [198.51.100.7] unrecognized command', "c2VjcmV0"),
        ('smtp failed-command command="d3Jvbmc=" result="500 5.5.1 Invalid command"', "d3Jvbmc="),
        ('dropped: too many unrecognized commands (last was "c2VjcmV0")', "c2VjcmV0"),
    ],
)
def test_secrets_are_not_shown(text: str, secret: str) -> None:
    assert secret not in shown(text)
    assert secret not in given(text)
    assert secret not in said(text).text


@pytest.mark.parametrize(
    "text",
    [
        "535 5.7.8 Authentication credentials invalid, AUTH PLAIN or LOGIN",
        'SMTP syntax error in "BOGUS" H=(laptop) [198.51.100.7] unrecognized command',
        'smtp failed-command command="STARTTLS" result="503 5.5.1 Invalid command"',
        'mta delivery rcpt=<-> result="TempFail" stat="451 4.3.0 later"',
    ],
)
def test_what_is_no_secret_is_shown(text: str) -> None:
    assert shown(text) == text


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("c2VjcmV0", "[redacted]"),
        ("d3Jvbmc=", "[redacted]"),
        ("AUTH PLAIN c2VjcmV0", "AUTH PLAIN [redacted]"),
        ("AUTH PLAIN", "AUTH PLAIN"),
        ("QUIT", "QUIT"),
        ("starttls", "starttls"),
        ("Ehlo", "Ehlo"),
        ("EHLO mx1.example.org", "EHLO mx1.example.org"),
        ("", ""),
    ],
)
def test_a_command_without_its_secret(line: str, command: str) -> None:
    assert redaction.command(line) == command


@settings(deadline=None)
@given_by(st.text(alphabet="250-45.# \\n/AUTHx\"'", max_size=200).map(lambda text: text * 100))
def test_what_is_kept_is_bounded(text: str) -> None:
    assert len(said(text).text) <= TEXT_LIMIT
    assert len(given(text)) <= GIVEN_LIMIT


ATTEMPT = Event("any", "Connection refused", host="mx.example.net", line=1)
MAIL = Event("any", "Connection refused", recipient="ann@example.net", state=State.DEFERRED, line=9)
OTHER = Event("any", "5.1.1 no", 550, recipient="bob@example.net", host="mx.example.com", state=State.FAILED, line=5)


def test_an_attempt_is_told_with_the_mail_that_it_was_made_for() -> None:
    attempts = Attempts()
    assert attempts.joined([ATTEMPT]) == []
    assert attempts.joined([OTHER]) == []
    assert attempts.joined([MAIL]) == [OTHER, structs.replace(MAIL, host="mx.example.net")]
    assert attempts.end() == ()


@pytest.mark.parametrize(
    "mail",
    [
        structs.replace(MAIL, text="timed out"),
        structs.replace(MAIL, code=421),
        structs.replace(MAIL, host="mx.example.com"),
        structs.replace(MAIL, recipient=""),
    ],
)
def test_an_attempt_that_no_mail_repeats_is_told_in_its_place(mail: Event) -> None:
    attempts = Attempts()
    assert [*attempts.joined([ATTEMPT]), *attempts.joined([OTHER, mail]), *attempts.end()] == [ATTEMPT, OTHER, mail]


def test_events_without_an_attempt_do_not_wait() -> None:
    attempts = Attempts()
    assert attempts.joined([OTHER, MAIL]) == [OTHER, MAIL]
    assert attempts.end() == ()


def test_no_more_events_wait_than_said() -> None:
    attempts = Attempts()
    told: list[Event] = []
    for number in range(3 * ATTEMPTS_LIMIT):
        told += attempts.joined([structs.replace(ATTEMPT, line=number)])
    assert [event.line for event in told] == list(range(2 * ATTEMPTS_LIMIT))
    assert len(attempts.end()) == ATTEMPTS_LIMIT


def test_a_table_forgets_the_oldest() -> None:
    table: Table[int] = Table(2)
    for number, key in enumerate("abca"):
        table.put(key, number)
    assert [table.get(key) for key in "abc"] == [3, None, 2]
    assert (table.pop("a"), table.pop("a"), len(table)) == (3, None, 1)


@pytest.mark.parametrize("make", LINES)
def test_each_reader_takes_its_own_line_and_nobody_elses(make: Callable[[], Reader]) -> None:
    reader = make()
    assert reader.end() == ()
    for other, line in LINES.items():
        events = reader.read(line, 1)
        assert (events is not None) is (other is make), line
        assert [event.line for event in events or ()] == [1] * (other is make)
