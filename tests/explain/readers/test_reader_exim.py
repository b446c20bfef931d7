"""The reader of Exim's logs: each form of line, what is joined between lines, and hostile lines."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpprobe.diagnosis import Event
from smtpprobe.explain.event import GIVEN_LIMIT, TEXT_LIMIT
from smtpprobe.explain.readers.exim import SENDERS_LIMIT, EximReader
from smtpprobe.outcome import Reason, State

STAMP = "2026-03-03 10:11:12"
ID = "1tpAbC-00000000abc-1D2e"
OLD_ID = "1tAbCd-000aBc-De"
REMOTE = "R=dnslookup T=remote_smtp H=mx.example.net [192.0.2.25]"
AFTER_RCPT = "SMTP error from remote mail server after RCPT TO:<ann@example.net>:"


def read(*lines: str) -> list[Event]:
    """All events of these lines."""
    reader = EximReader()
    events: list[Event] = []
    for number, line in enumerate(lines, 1):
        events += reader.read(line, number) or ()
    return [*events, *reader.end()]


def one(rest: str) -> Event:
    """The event of one line with stamp and message id."""
    (event,) = read(f"{STAMP} {ID} {rest}")
    return event


def test_a_failure_tells_everything_that_the_line_has() -> None:
    rest = f"ann@example.net F=<bob@example.org> {REMOTE} X=TLS1.3:AES:256 CV=yes: {AFTER_RCPT} 550 5.1.1 No such user"
    line = f"{STAMP} {ID} ** {rest}"
    assert read(line) == [
        Event(
            source="exim",
            text="5.1.1 No such user",
            code=550,
            enhanced="5.1.1",
            command="RCPT TO:<ann@example.net>",
            host="mx.example.net",
            recipient="ann@example.net",
            sender="bob@example.org",
            time=STAMP,
            state=State.FAILED,
            line=1,
            given=line,
        )
    ]


@pytest.mark.parametrize(
    ("asked", "command"),
    [
        ("initial connection", "greeting"),
        ("pipelined MAIL FROM:<bob@example.org> SIZE=1234", "MAIL FROM:<bob@example.org> SIZE=1234"),
        ("EHLO mail.example.org", "EHLO mail.example.org"),
        ("HELO mail.example.org", "HELO mail.example.org"),
        ("STARTTLS", "STARTTLS"),
        ("pipelined DATA", "DATA"),
        ("end of data", "DATA"),
        ("pipelined end of data", "DATA"),
        ("AUTH PLAIN dGVzdAB0ZXN0", "AUTH PLAIN [redacted]"),
    ],
)
def test_the_command_that_was_answered(asked: str, command: str) -> None:
    event = one(f"** ann@example.net {REMOTE}: SMTP error from remote mail server after {asked}: 554 5.7.1 Refused")
    assert (event.command, event.code, event.text) == (command, 554, "5.7.1 Refused")


@pytest.mark.parametrize(
    "reply",
    [
        r"550-5.7.26 Not signed\n550-5.7.26 by example.org\n550 5.7.26 See https://example.net/550-x",
        "550-5.7.26 Not signed 550-5.7.26 by example.org 550 5.7.26 See https://example.net/550-x",
        r"550-5.7.26 Not signed\r\n550-5.7.26 by example.org\r\n550 5.7.26 See https://example.net/550-x",
    ],
)
def test_a_reply_of_several_lines_has_its_lines_again(reply: str) -> None:
    event = one(f"** ann@example.net {REMOTE}: {AFTER_RCPT} {reply}")
    assert event.text == "5.7.26 Not signed\n5.7.26 by example.org\n5.7.26 See https://example.net/550-x"
    assert (event.code, event.enhanced) == (550, "5.7.26")


def test_older_versions_name_the_host_in_the_message() -> None:
    event = one(
        "== ann@example.net R=dnslookup T=remote_smtp defer (-44): SMTP error from remote mail server after "
        "RCPT TO:<ann@example.net>: host mx.example.net [192.0.2.25]: 451 4.7.1 Greylisted"
    )
    assert (event.host, event.code, event.text) == ("mx.example.net", 451, "4.7.1 Greylisted")
    assert event.state is State.DEFERRED


@pytest.mark.parametrize(
    ("rest", "text", "host"),
    [
        ("R=r T=t defer (111): Connection refused", "Connection refused", ""),
        (
            "R=r T=t defer (110): Connection timed out H=mx.example.net [192.0.2.25]:25 I=[198.51.100.7]:41022 DT=5m: "
            "SMTP timeout after initial connection",
            "Connection timed out: SMTP timeout after initial connection",
            "mx.example.net",
        ),
        (
            "R=r T=t defer (-54) DT=0.000s: retry time not reached for any host for 'example.net'",
            "retry time not reached for any host for 'example.net'",
            "",
        ),
        ("routing defer (-52): retry time not reached", "retry time not reached", ""),
        ("R=r defer (-1): lowest numbered MX record points to local host", None, ""),
        (
            "R=r T=t defer (-37) H=mx.example.net [2001:db8::25]: TLS session: (gnutls_handshake): Timed out",
            "TLS session: (gnutls_handshake): Timed out",
            "mx.example.net",
        ),
        (
            "R=r T=t defer (-38) H=mx.example.net [192.0.2.25]: a TLS session is required, but the server did not "
            "offer TLS support",
            "a TLS session is required, but the server did not offer TLS support",
            "mx.example.net",
        ),
        ("R=local_user T=mail_spool defer (-22): mailbox is full (MTA-imposed quota exceeded)", None, ""),
        ("R=r T=t defer (0)", "deferred with error 0", ""),
    ],
)
def test_a_deferral_without_a_reply(rest: str, text: str | None, host: str) -> None:
    event = one(f"== ann@example.net {rest}")
    assert event.text == (rest.partition("): ")[2] if text is None else text)
    assert (event.state, event.code, event.host, event.recipient) == (State.DEFERRED, None, host, "ann@example.net")


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("(110): Connection timed out", Reason.NETWORKERROR),
        ("(-18): Remote host closed connection in response to pipelined DATA", Reason.NETWORKERROR),
        ("(-37): TLS session: (gnutls_handshake): Timed out", Reason.FAILEDSTARTTLS),
        ("(-22): mailbox is full", Reason.MAILBOXFULL),
        ("(-54): retry time not reached for any host", Reason.NONE),
        ("(-1): host lookup did not complete", None),
        ("(-44): SMTP error from remote mail server after RCPT TO:<ann@example.net>: 451 Later", None),
        ("(-54): SMTP error from remote mail server after RCPT TO:<ann@example.net>: 451 Later", None),
    ],
)
def test_the_number_of_an_error(number: str, reason: Reason | None) -> None:
    assert one(f"== ann@example.net R=dnslookup T=remote_smtp defer {number}").reason is reason


@pytest.mark.parametrize(
    ("rest", "text", "reason"),
    [
        ("ann@example.net: Unrouteable address", "Unrouteable address", None),
        ("ann@example.net: retry timeout exceeded", "retry timeout exceeded", Reason.EXPIRED),
        (
            f"ann@example.net {REMOTE}: {AFTER_RCPT} 451 4.7.1 Greylisted: retry timeout exceeded",
            "4.7.1 Greylisted: retry timeout exceeded",
            Reason.EXPIRED,
        ),
        (
            f"ann@example.net {REMOTE} DN=\"/CN=mx: x\": all hosts for 'example.net' have been failing for a long time",
            "all hosts for 'example.net' have been failing for a long time",
            None,
        ),
        (
            "|/usr/bin/sort <ann@example.net> R=r T=address_pipe: Child process returned 127 DT=1s",
            "Child process returned 127",
            None,
        ),
    ],
)
def test_a_failure_without_a_reply_of_its_own(rest: str, text: str, reason: Reason | None) -> None:
    event = one(f"** {rest}")
    assert (event.text, event.reason, event.state) == (text, reason, State.FAILED)
    assert event.recipient == "ann@example.net"


@pytest.mark.parametrize("flag", ["=>", "->", ">>"])
def test_a_delivery(flag: str) -> None:
    event = one(rf'{flag} ann@example.net {REMOTE} X=TLS1.3:AES:256 CV=yes C="250 2.0.0 Ok: queued as \"X\"" QT=2s')
    assert (event.state, event.code, event.text) == (State.ACCEPTED, 250, '2.0.0 Ok: queued as "X"')
    local = one(f"{flag} ann <ann@example.org> R=local_user T=maildir_home")
    assert (local.recipient, local.reason, local.code) == ("ann@example.org", Reason.DELIVERED, None)


@pytest.mark.parametrize(
    "rest",
    [
        "<= bob@example.org H=(laptop) [198.51.100.7] P=esmtp S=1234",
        "*> ann@example.net R=dnslookup T=remote_smtp",
        "Completed",
        "DKIM: d=example.org s=s c=relaxed/relaxed a=rsa-sha256 b=2048 [verification succeeded]",
        "Spool file is locked (another process is handling this message)",
        "something that nobody knows",
    ],
)
def test_what_needs_no_explanation(rest: str) -> None:
    assert EximReader().read(f"{STAMP} {ID} {rest}", 1) == ()


@pytest.mark.parametrize(
    "rest",
    [
        "Start queue run: pid=4711",
        "cwd=/var/spool/exim4 2 args: exim4 -q",
        "exim 4.98 daemon started: pid=1, -q30m",
        "ETRN example.net received from (laptop) [198.51.100.7]",
    ],
)
def test_what_needs_no_explanation_and_has_no_message(rest: str) -> None:
    assert EximReader().read(f"{STAMP} {rest}", 1) == ()


@pytest.mark.parametrize(
    ("tail", "command", "code", "text"),
    [
        (
            ": SMTP error from remote mail server after initial connection: 421 4.7.0 Later",
            "greeting",
            421,
            "4.7.0 Later",
        ),
        (" Connection timed out", None, None, "Connection timed out"),
        (
            ": Remote host closed connection in response to pipelined RCPT TO:<ann@example.net>",
            "RCPT TO:<ann@example.net>",
            None,
            "Remote host closed connection in response to pipelined RCPT TO:<ann@example.net>",
        ),
        (
            ": SMTP timeout after end of data (1234 bytes written): Connection timed out",
            "DATA",
            None,
            "SMTP timeout after end of data (1234 bytes written): Connection timed out",
        ),
        (
            ' response to "RCPT TO:<x@example.net>" was: 550 5.1.1 No',
            None,
            None,
            None,
        ),
    ],
)
def test_a_host_that_could_not_be_used(tail: str, command: str | None, code: int | None, text: str | None) -> None:
    events = read(f"{STAMP} {ID} H=mx.example.net [192.0.2.25]{tail}")
    if text is None:
        assert events == []
        return
    assert [(e.command, e.code, e.text, e.host) for e in events] == [(command, code, text, "mx.example.net")]


def test_a_host_that_could_not_be_used_is_told_with_the_mail() -> None:
    head = f"{STAMP} {ID}"
    refused = f"{head} H=mx.example.net [192.0.2.25] Connection refused"
    (event,) = read(refused, f"{head} == ann@example.net R=dnslookup T=remote_smtp defer (111): Connection refused")
    assert (event.recipient, event.host, event.line) == ("ann@example.net", "mx.example.net", 2)
    first, second = read(refused, f"{head} == ann@example.net {REMOTE} defer (110): Connection timed out")
    assert (first.host, first.recipient, second.recipient) == ("mx.example.net", "", "ann@example.net")


def test_the_sender_is_learnt_from_the_arrival_and_forgotten_at_the_end() -> None:
    arrival = f"{STAMP} {OLD_ID} <= bob@example.org H=(laptop) [198.51.100.7] P=esmtp S=1"
    failure = f"{STAMP} {OLD_ID} ** ann@example.net: Unrouteable address"
    first, second = read(arrival, failure, f"{STAMP} {OLD_ID} Completed", failure)
    assert (first.sender, second.sender) == ("bob@example.org", "")


def test_no_more_senders_are_kept_than_said() -> None:
    reader = EximReader()
    for number in range(SENDERS_LIMIT + 50):
        reader.read(f"{STAMP} 1tAbCd-{number:06d}-De <= bob@example.org P=local S=1", number)
    assert len(reader._senders) == SENDERS_LIMIT


@pytest.mark.parametrize(
    "stamp",
    [
        "2026-03-03 10:11:12",
        "2026-03-03 10:11:12.345",
        "2026-03-03 10:11:12 +0100",
        "2026-03-03 10:11:12.345 -0500",
    ],
)
@pytest.mark.parametrize("pid", ["", "[4711] "])
@pytest.mark.parametrize("message", [ID, OLD_ID])
def test_stamps_process_ids_and_message_ids(stamp: str, pid: str, message: str) -> None:
    (event,) = read(f"{stamp} {pid}{message} ** ann@example.net: Unrouteable address")
    assert (event.time, event.text) == (stamp, "Unrouteable address")


@pytest.mark.parametrize(
    ("line", "time"),
    [
        (f"Mar  3 10:11:12 mx1 exim[4711]: {STAMP} {ID} ** ann@example.net: Unrouteable address", STAMP),
        (f"Mar  3 10:11:12 mx1 exim4[4711]: {ID} ** ann@example.net: Unrouteable address", "Mar  3 10:11:12"),
        (f"2026-03-03T10:11:12.3+01:00 mx1 exim[1]: {ID} ** ann@example.net: Unrouteable address", None),
    ],
)
def test_behind_a_syslog_prefix(line: str, time: str | None) -> None:
    (event,) = read(line)
    assert (event.text, event.time) == ("Unrouteable address", time or "2026-03-03T10:11:12.3+01:00")


def test_a_long_line_in_the_parts_that_syslog_gets() -> None:
    prefix = "Mar  3 10:11:12 mx1 exim[4711]:"
    whole = f"{STAMP} {ID} ** ann@example.net {REMOTE}: {AFTER_RCPT} 550 5.1.1 No such user"
    events = read(f"{prefix} [1/3] {whole[:60]}", f"{prefix} [2/3] {whole[60:120]}", f"{prefix} [3/3] {whole[120:]}")
    assert [(e.code, e.text, e.line) for e in events] == [(550, "5.1.1 No such user", 1)]


def test_parts_that_never_become_whole() -> None:
    prefix = "Mar  3 10:11:12 mx1 exim[4711]:"
    part = f"{prefix} [1/3] {STAMP} {ID} ** ann@example.net: Unrouteable"
    assert [e.text for e in read(part)] == ["Unrouteable"]
    assert [e.text for e in read(part, part)] == ["Unrouteable", "Unrouteable"]
    assert [e.text for e in read(part, f"{prefix} [3/3] x")] == ["Unrouteable"]


@pytest.mark.parametrize(
    "line",
    [
        f"** ann@example.net R=dnslookup T=remote_smtp: {AFTER_RCPT} 550 5.1.1 No such user",
        f"{ID} ** ann@example.net {REMOTE}: {AFTER_RCPT} 550 5.1.1 No such user",
        f"{AFTER_RCPT} 550 5.1.1 No such user",
        f"{AFTER_RCPT} host mx.example.net [192.0.2.25]: 550 5.1.1 No such user",
    ],
)
def test_a_fragment(line: str) -> None:
    (event,) = read(line)
    assert (event.code, event.text, event.state) == (550, "5.1.1 No such user", State.FAILED)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "504",
        "550 5.7.1 Relay access denied",
        "=> EHLO mail.example.org",
        "-> RCPT TO:<ann@example.net>",
        "** something",
        f"{STAMP} a line of some other program",
        f"{STAMP} INFO rejected the offer",
        "Mar  3 10:11:12 mx1 postfix/smtp[4711]: 4Xq1Kz2w9lz1Rb: to=<ann@example.net>, dsn=5.1.1, status=bounced (x)",
        "SMTP error from remote mail server after RCPT TO:<ann@example.net>:",
    ],
)
def test_what_is_not_exims(line: str) -> None:
    assert EximReader().read(line, 1) is None


_PIECES = st.sampled_from(
    f"{STAMP}| |{ID} |** |== |=> |<= |ann@example.net|{REMOTE}|: |{AFTER_RCPT}|550-a |\\n550 b|rejected |RCPT <|H=|"
    '[198.51.100.7]|defer (|-44|) |SMTP |error in |"|AUTH PLAIN x|C="|DN="|\n|Mar  3 10:11:12 mx1 exim[1]: |[1/2] |'
    "[2\\2] |\0|<|>| DT=1s|was: |response to |\u2028|\ud800".split("|")
)


@settings(deadline=None)
@given(st.lists(st.one_of(st.lists(_PIECES, max_size=14).map("".join), st.text(max_size=80)), max_size=8))
def test_no_line_makes_it_raise(lines: Sequence[str]) -> None:
    for event in read(*lines):
        assert len(event.text) <= TEXT_LIMIT
        assert len(event.given) <= GIVEN_LIMIT
        assert len(event.recipient) <= 320


def test_a_long_line_gives_a_bounded_event() -> None:
    event = one(f"** {'a' * 500}@example.net {REMOTE}: {AFTER_RCPT} 550 " + "x" * 60_000)
    assert len(event.text) <= TEXT_LIMIT
    assert len(event.given) == GIVEN_LIMIT
    assert len(event.recipient) <= 320
