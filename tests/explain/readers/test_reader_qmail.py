"""The reader of qmail's log and of what stands in front of qmail: each form, the joined lines, and hostile lines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpprobe.diagnosis import Event
from smtpprobe.explain.event import GIVEN_LIMIT, TEXT_LIMIT
from smtpprobe.explain.readers.qmail import DELIVERIES_LIMIT, MESSAGES_LIMIT, QmailReader
from smtpprobe.outcome import Reason, State

STAMP = "@400000006422a1b20c3d4e5f"
REFUSED = "192.0.2.25_does_not_like_recipient./Remote_host_said:_550_5.1.1_User_unknown/Giving_up_on_192.0.2.25./"


def read(*lines: str) -> list[Event]:
    """All events of these lines."""
    reader = QmailReader()
    events: list[Event] = []
    for number, line in enumerate(lines, 1):
        events += reader.read(line, number) or ()
    return [*events, *reader.end()]


def report(result: str, words: str) -> Event:
    """The event of one report."""
    (event,) = read(f"{STAMP} delivery 12: {result}: {words}")
    return event


def test_the_addresses_come_from_the_lines_before() -> None:
    line = f"{STAMP} delivery 12: failure: {REFUSED}"
    assert read(
        f"{STAMP} new msg 998",
        f"{STAMP} info msg 998: bytes 2343 from <bob@example.org> qp 4711 uid 89",
        f"{STAMP} starting delivery 12: msg 998 to remote ann@example.net",
        f"{STAMP} status: local 0/10 remote 1/20",
        line,
        f"{STAMP} end msg 998",
    ) == [
        Event(
            source="qmail",
            text="5.1.1 User unknown",
            code=550,
            enhanced="5.1.1",
            command="RCPT",
            host="192.0.2.25",
            recipient="ann@example.net",
            sender="bob@example.org",
            time=STAMP,
            state=State.FAILED,
            line=5,
            given=line,
        )
    ]


def test_a_delivery_number_is_used_again() -> None:
    start, end = f"{STAMP} starting delivery 12: msg 998 to remote", f"{STAMP} delivery 12: failure: {REFUSED}"
    events = read(f"{start} ann@example.net", end, f"{start} cy@example.net", end, end)
    assert [event.recipient for event in events] == ["ann@example.net", "cy@example.net", ""]


def test_no_more_is_kept_than_said() -> None:
    reader = QmailReader()
    for number in range(DELIVERIES_LIMIT + MESSAGES_LIMIT):
        reader.read(f"{STAMP} info msg {number}: bytes 1 from <bob@example.org> qp 1 uid 1", number)
        reader.read(f"{STAMP} starting delivery {number}: msg {number} to remote ann@example.net", number)
    assert (len(reader._attempts), len(reader._senders)) == (DELIVERIES_LIMIT, MESSAGES_LIMIT)


@pytest.mark.parametrize(
    ("words", "command", "code", "text"),
    [
        (REFUSED, "RCPT", 550, "5.1.1 User unknown"),
        (
            "Connected_to_192.0.2.25_but_sender_was_rejected./Remote_host_said:_553_5.1.8_no/",
            "MAIL",
            553,
            "5.1.8 no",
        ),
        (
            "Connected_to_192.0.2.25_but_greeting_failed./Remote_host_said:_421_Too_busy/",
            "greeting",
            421,
            "Too busy",
        ),
        ("Connected_to_192.0.2.25_but_my_name_was_rejected./Remote_host_said:_501_no/", "HELO", 501, "no"),
        ("192.0.2.25_failed_on_DATA_command./Remote_host_said:_451_no/", "DATA", 451, "no"),
        (
            "192.0.2.25_failed_after_I_sent_the_message./Remote_host_said:_554-5.7.1_Spam/554_5.7.1_see_https://a/b/",
            "DATA",
            554,
            "5.7.1 Spam\n5.7.1 see https://a/b",
        ),
        (
            "192.0.2.25_does_not_like_recipient./Remote_host_said:_451_4.7.1_Later/"
            "I'm_not_going_to_try_again;_this_message_has_been_in_the_queue_too_long./",
            "RCPT",
            451,
            "4.7.1 Later",
        ),
        (f"User_and_password_not_set,_continuing_without_authentication./{REFUSED}", "RCPT", 550, "5.1.1 User unknown"),
    ],
)
def test_a_remote_reply(words: str, command: str, code: int, text: str) -> None:
    event = report("failure", words)
    assert (event.command, event.code, event.text, event.host) == (command, code, text, "192.0.2.25")


@pytest.mark.parametrize(
    ("words", "text", "enhanced"),
    [
        ("Sorry,_no_mailbox_here_by_that_name._(#5.1.1)/", "Sorry, no mailbox here by that name. (#5.1.1)", "5.1.1"),
        (
            "Sorry,_I_wasn't_able_to_establish_an_SMTP_connection._(#4.4.1)/",
            "Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)",
            "4.4.1",
        ),
        ("CNAME_lookup_failed_temporarily._(#4.4.3)/", "CNAME lookup failed temporarily. (#4.4.3)", "4.4.3"),
        (
            "Sorry,_I_couldn't_find_any_host_named_example.net._(#5.1.2)/",
            "Sorry, I couldn't find any host named example.net. (#5.1.2)",
            "5.1.2",
        ),
        ("Unable_to_run_qmail-remote./", "Unable to run qmail-remote.", None),
        ("", "deferral", None),
    ],
)
def test_words_of_qmails_own(words: str, text: str, enhanced: str | None) -> None:
    event = report("deferral", words)
    assert (event.text, event.enhanced, event.code, event.state) == (text, enhanced, None, State.DEFERRED)


def test_a_connection_that_died_and_a_message_too_old() -> None:
    event = report(
        "failure",
        "Connected_to_192.0.2.25_but_connection_died._(#4.4.2)/"
        "I'm_not_going_to_try_again;_this_message_has_been_in_the_queue_too_long./",
    )
    assert (event.enhanced, event.reason, event.host, event.state) == (
        "4.4.2",
        Reason.EXPIRED,
        "192.0.2.25",
        State.FAILED,
    )


def test_success() -> None:
    remote = report("success", "192.0.2.25_accepted_message./Remote_host_said:_250_2.0.0_Ok:_queued_as_X/")
    assert (remote.state, remote.code, remote.text, remote.reason) == (
        State.ACCEPTED,
        250,
        "2.0.0 Ok: queued as X",
        None,
    )
    local = report("success", "did_1+0+0/")
    assert (local.state, local.code, local.reason) == (State.ACCEPTED, None, Reason.DELIVERED)


@pytest.mark.parametrize(
    ("prefix", "time"),
    [
        ("", ""),
        (f"{STAMP} ", STAMP),
        ("2026-03-03 10:11:12.345678500 ", "2026-03-03 10:11:12.345678500"),
        ("Mar  3 10:11:12 mx1 qmail: 1678096872.123456 ", "1678096872.123456"),
        ("Mar  3 10:11:12 mx1 qmail-send[4711]: ", "Mar  3 10:11:12"),
    ],
)
def test_stamps(prefix: str, time: str) -> None:
    (event,) = read(f"{prefix}delivery 12: failure: {REFUSED}")
    assert (event.time, event.code) == (time, 550)


@pytest.mark.parametrize(
    "rest",
    [
        "new msg 998",
        "end msg 998",
        "bounce msg 998 qp 4711",
        "status: local 0/10 remote 1/20",
        "triple bounce: discarding bounce/1",
        "tcpserver: status: 1/40",
    ],
)
def test_what_needs_no_explanation(rest: str) -> None:
    assert QmailReader().read(f"{STAMP} {rest}", 1) == ()


def test_rblsmtpd() -> None:
    (event,) = read(f"{STAMP} rblsmtpd: 198.51.100.7 pid 4711: 553 5.7.1 listed, see https://example.net/198.51.100.7")
    assert (event.code, event.enhanced, event.command, event.state) == (553, "5.7.1", "greeting", State.FAILED)


@pytest.mark.parametrize(
    ("verdict", "reason", "text", "state"),
    [
        ("DENIED_RDNS_MISSING", "(empty)", "Refused. You have no reverse DNS entry.", State.DEFERRED),
        ("DENIED_RBL_MATCH", "bl.example.net", "Refused. Your IP address is listed in the RBL.", State.FAILED),
        ("DENIED_OTHER", "550_sorry,_no_mailbox_here_by_that_name_(#5.1.1)", None, State.FAILED),
        ("DENIED_SOMETHING_NEW", "(empty)", "denied something new", State.FAILED),
        ("TIMEOUT", "(empty)", "Timeout. Talk faster next time.", State.DEFERRED),
    ],
)
def test_spamdyke(verdict: str, reason: str, text: str | None, state: State) -> None:
    (event,) = read(
        f"Mar  3 10:11:12 mx1 spamdyke[4711]: {verdict} from: bob@example.org to: ann@example.net origin_ip: "
        f"198.51.100.7 origin_rdns: (unknown) auth: (unknown) encryption: (none) reason: {reason}"
    )
    assert event.text == (text or "sorry, no mailbox here by that name (#5.1.1)")
    assert (event.state, event.sender, event.recipient) == (state, "bob@example.org", "ann@example.net")
    assert event.code == (None if text else 550)


def test_chkuser() -> None:
    (event,) = read(
        f"{STAMP} CHKUSER rejected rcpt: from <bob@example.org::> remote <laptop:unknown:198.51.100.7> "
        "rcpt <ann@example.net> : not existing recipient"
    )
    assert (event.text, event.command, event.recipient) == ("not existing recipient", "RCPT", "ann@example.net")
    assert event.sender == "bob@example.org"


def test_sqmails_server() -> None:
    (event,) = read(
        f"{STAMP} qmail-smtpd: pid 4711 Reject::RCPT::Failed_Rcptto P:ESMTP S:198.51.100.7:unknown H:laptop "
        "F:bob@example.org T:ann@example.net"
    )
    assert (event.text, event.command, event.sender, event.recipient) == (
        "Failed Rcptto",
        "RCPT",
        "bob@example.org",
        "ann@example.net",
    )


@pytest.mark.parametrize("tried", ["word", "two words", "a')b", "it's", "open"])
def test_a_password_is_not_shown(tried: str) -> None:
    closing = "" if tried == "open" else "')"
    (event,) = read(
        f"Mar  3 10:11:12 mx1 vpopmail[1]: vchkpw-smtp: password fail (pass: '{tried}{closing} bob:198.51.100.7"
    )
    assert event.command == "AUTH"
    assert event.text.startswith("password fail")
    assert tried not in repr(event).replace("password", "")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "504",
        "550 5.7.1 Relay access denied",
        "Mar  3 10:11:12 mx1 postfix/smtpd[4711]: connect from client.example.com[198.51.100.7]",
        "Mar  3 10:11:12 mx1 smtpd[4711]: 5c7b3f1a2d4e6f70 smtp connected address=198.51.100.7 host=x",
        "delivery of the goods",
        "delivery 12: maybe: x",
    ],
)
def test_what_is_not_qmails(line: str) -> None:
    assert QmailReader().read(line, 1) is None


_PIECES = st.sampled_from(
    f"{STAMP} |delivery |12|: |failure: |success: |deferral: |starting delivery |msg 998| to remote |info msg |from <|"
    f"_|/|{REFUSED}|Remote_host_said:_|550-|550_|_does_not_like_recipient.|Connected_to_|CHKUSER rejected rcpt: |"
    "rblsmtpd: | pid 1: 451 |DENIED_OTHER from: a to: b origin_ip: | reason: |vchkpw-smtp: password fail (pass: '|')|"
    "::|\0|\ud800".split("|")
)


@settings(deadline=None)
@given(st.lists(st.one_of(st.lists(_PIECES, max_size=14).map("".join), st.text(max_size=80)), max_size=8))
def test_no_line_makes_it_raise(lines: list[str]) -> None:
    for event in read(*lines):
        assert len(event.text) <= TEXT_LIMIT
        assert len(event.given) <= GIVEN_LIMIT
        assert len(event.recipient) <= 320


def test_a_long_line_gives_a_bounded_event() -> None:
    event = report("failure", f"192.0.2.25_does_not_like_recipient./Remote_host_said:_550_{'x' * 60_000}/")
    assert len(event.text) <= TEXT_LIMIT
    assert len(event.given) == GIVEN_LIMIT
