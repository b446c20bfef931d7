"""Sendmail's log: deliveries one recipient each, refusals by ruleset and milter, bounces, broken sessions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.diagnosis import Event
from smtpprobe.explain.event import GIVEN_LIMIT, TEXT_LIMIT
from smtpprobe.explain.readers.sendmail import RECIPIENTS_LIMIT, SENDERS_LIMIT, SendmailReader
from smtpprobe.outcome import Reason, State

RELAY = "relay=mx.example.net. [192.0.2.25]"
CLIENT = "client.example.com [198.51.100.7]"


def line_of(text: str, program: str = "sendmail") -> str:
    return f"Mar  3 10:11:12 mx1 {program}[990]: {text}"


def event_of(text: str) -> Event:
    reader = SendmailReader()
    (event,) = (*(reader.read(line_of(text), 7) or ()), *reader.end())
    assert (event.source, event.time, event.line) == ("sendmail", "Mar  3 10:11:12", 7)
    return event


def delivery(end: str, relay: str = RELAY, mailer: str = "esmtp") -> Event:
    event = event_of(
        "623AbCde001234: to=<ann@example.net>, ctladdr=<bob=x@example.org> (1001/1001), delay=00:00:02, "
        f"xdelay=00:00:01, mailer={mailer}, pri=121034, {relay}, {end}"
    )
    assert event.recipient == "ann@example.net"
    return event


@pytest.mark.parametrize(
    ("end", "code", "enhanced", "text", "state"),
    [
        ("dsn=5.1.1, stat=User unknown", None, "5.1.1", "User unknown", State.FAILED),
        ("stat=User unknown", None, None, "User unknown", State.FAILED),
        ("dsn=5.1.1, reply=550 5.1.1 no one, stat=User unknown", 550, "5.1.1", "5.1.1 no one", State.FAILED),
        ("dsn=5.0.0, reply=550 no, see, stat=Service unavailable", 550, "5.0.0", "no, see", State.FAILED),
        ("dsn=4.7.1, stat=Deferred: 450 4.7.2 <a@b>: later", 450, "4.7.2", "4.7.2 <a@b>: later", State.DEFERRED),
        ("dsn=4.0.0, stat=Deferred: Connection reset by x", None, "4.0.0", "Connection reset by x", State.DEFERRED),
        ("dsn=4.3.0, stat=Deferred", None, "4.3.0", "Deferred", State.DEFERRED),
        ("dsn=2.0.0, stat=Sent", None, "2.0.0", "Sent", State.ACCEPTED),
        ("dsn=2.0.0, stat=Sent (Ok: queued as (4Xq))", None, "2.0.0", "Ok: queued as (4Xq)", State.ACCEPTED),
        ("quarantine=looks odd, stat=quarantined", None, None, "quarantined: looks odd", State.DEFERRED),
    ],
)
def test_the_end_of_a_delivery(end: str, code: int | None, enhanced: str | None, text: str, state: State) -> None:
    event = delivery(end)
    assert (event.code, event.enhanced, event.text, event.state) == (code, enhanced, text, state)
    assert event.host == "mx.example.net"


def test_the_stage_that_newer_versions_log_is_the_command() -> None:
    assert delivery("dsn=5.1.1, stage=RCPT, reply=550 5.1.1 no, stat=User unknown").command == "RCPT"
    assert delivery("dsn=5.7.1, stage=EOM, reply=550 5.7.1 no, stat=Service unavailable").command == "DATA"


@pytest.mark.parametrize(
    ("relay", "host"),
    [
        ("relay=mx.example.net.", "mx.example.net"),
        ("relay=[192.0.2.25] [192.0.2.25]", "192.0.2.25"),
        ("relay=localhost [127.0.0.1]", "localhost"),
        ("relay=local", ""),
    ],
)
def test_the_relay_is_the_host(relay: str, host: str) -> None:
    assert delivery("dsn=2.0.0, stat=Sent", relay).host == host


def test_the_host_stands_in_the_text_where_no_relay_is_told() -> None:
    event = event_of(
        "623AbCde001234: to=a@b, delay=1+00:00:02, dsn=4.0.0, stat=Deferred: Connection refused by mx.example.net."
    )
    assert (event.recipient, event.host) == ("a@b", "mx.example.net")
    event = event_of(
        "623AbCde001234: to=a@b, delay=1+00:00:02, dsn=4.0.0, stat=Deferred: Connection refused by [192.0.2.25]"
    )
    assert event.host == "192.0.2.25"


def test_one_event_a_recipient_with_the_sender_of_the_mail() -> None:
    reader = SendmailReader()
    assert (
        reader.read(line_of(f"623AbCde001234: from=<bob@example.org>, size=9, class=0, nrcpts=2, relay={CLIENT}"), 1)
        == ()
    )
    events = (
        reader.read(line_of("623AbCde001234: to=<a@b.example>,<c@d.example> [more], delay=00:00:01, stat=Sent"), 2)
        or ()
    )
    assert [event.recipient for event in events] == ["a@b.example", "c@d.example"]
    assert {event.sender for event in events} == {"bob@example.org"}
    assert reader.read(line_of("623AbCde009999: to=<a@b>, delay=00:00:01, stat=queued"), 3) == ()


def test_programs_and_addresses_without_brackets() -> None:
    event = event_of('623AbCde001234: to="|/usr/bin/x -a", delay=00:00:01, mailer=prog, stat=Sent')
    assert event.recipient == '"|/usr/bin/x -a"'


@pytest.mark.parametrize(
    ("text", "code", "command", "state"),
    [
        (f"ruleset=check_rcpt, arg1=<ann@example.net>, relay={CLIENT}, reject=550 5.7.1 no", 550, "RCPT", State.FAILED),
        (
            f"ruleset=check_relay, arg1=x, arg2=198.51.100.7, relay={CLIENT}, reject=421 4.3.2 no",
            421,
            "greeting",
            State.DEFERRED,
        ),
        ("Milter: to=<ann@example.net>, reject=451 4.3.2 no", 451, "RCPT", State.DEFERRED),
        ("Milter: data, reject=550 5.7.1 no", 550, "DATA", State.FAILED),
        ("Milter: cmd=data, reject=550 5.7.1 no", 550, "DATA", State.FAILED),
        ("Milter: helo=x, reject=550 5.7.1 no", 550, "EHLO", State.FAILED),
        ("Milter: connect: host=x, addr=198.51.100.7, reject=554 5.7.1 no", 554, "greeting", State.FAILED),
        ("milter=filter, action=mail, reject=550 5.7.1 no", 550, "MAIL", State.FAILED),
        ("milter=filter, reject=550 5.7.1 no", 550, "DATA", State.FAILED),
    ],
)
def test_what_is_refused(text: str, code: int, command: str, state: State) -> None:
    event = event_of(f"623AbCde001234: {text}")
    assert (event.code, event.command, event.state) == (code, command, state)
    assert event.text.endswith("no")
    assert event.recipient == ("ann@example.net" if "ann@" in text else "")
    assert event.host == ""


def test_a_ruleset_that_judges_the_server_names_it() -> None:
    event = event_of("ruleset=tls_server, arg1=SOFTWARE, relay=mx.example.net, reject=403 4.7.0 TLS handshake failed.")
    assert (event.code, event.command, event.host) == (403, "STARTTLS", "mx.example.net")
    assert event.reason is Reason.FAILEDSTARTTLS


def test_what_a_milter_does_in_silence() -> None:
    event = event_of("623AbCde001234: Milter: data, discard")
    assert (event.state, event.reason) == (State.FAILED, Reason.FILTERED)
    assert event_of("623AbCde001234: milter=filter, action=rcpt, tempfail").state is State.DEFERRED
    assert event_of("623AbCde001234: milter=filter, quarantine=spam").state is State.DEFERRED


def test_the_making_of_a_bounce() -> None:
    event = event_of("623AbCde001234: 623AbCdf001235: DSN: Cannot send message for 5 days")
    assert (event.text, event.state) == ("Cannot send message for 5 days", State.FAILED)
    event = event_of("623AbCde001234: 623AbCdf001235: sender notify: Warning: could not send message for past 4 hours")
    assert event.state is State.DEFERRED


@pytest.mark.parametrize(
    ("text", "command", "reason"),
    [
        ("FOO parameter unrecognized", None, Reason.SYNTAXERROR),
        (f"invalid domain name (@@!) from {CLIENT}", "EHLO", Reason.SYNTAXERROR),
        (f"rejecting server EHLO from {CLIENT} due to traffic before response", "EHLO", Reason.SYNTAXERROR),
        (f"lost input channel from {CLIENT} to MTA after rcpt", "RCPT", Reason.NETWORKERROR),
        (f"lost input channel from {CLIENT} to MTA-v4 after startup", "greeting", Reason.NETWORKERROR),
        (f"rejecting commands from {CLIENT} due to pre-greeting traffic after 0 seconds", "greeting", Reason.BLOCKED),
        (f"{CLIENT}: possible SMTP attack: command=AUTH, count=6", "AUTH", Reason.BLOCKED),
        (f"{CLIENT}: Possible SMTP RCPT flood, throttling.", "RCPT", Reason.SPEEDING),
        ("collect: premature EOM: Connection reset by peer", "DATA", Reason.NETWORKERROR),
        ("AUTH failure (LOGIN): user not found (-20) SASL(-13), relay=[198.51.100.7]", "AUTH", Reason.SECURITYERROR),
        ("STARTTLS=client, error: connect failed=-1, reason=wrong version number", "STARTTLS", Reason.FAILEDSTARTTLS),
        ("STARTTLS=client, relay=mx.example.net., version=TLSv1.3, verify=FAIL, x", "STARTTLS", Reason.SECURITYERROR),
        ("Milter (filter): error connecting to filter: Connection refused by /run/x", None, Reason.SYSTEMERROR),
        ('SYSERR(root): hash map "access": missing map file /etc/mail/access.db', None, Reason.SYSTEMERROR),
        ("SYSERR(root): mx.example.net. config error: mail loops back to me", None, Reason.NETWORKERROR),
        ("rejecting connections on daemon MTA: load average: 12", "greeting", Reason.TOOMANYCONN),
    ],
)
def test_what_tells_of_a_problem_is_told(text: str, command: str | None, reason: Reason | None) -> None:
    event = event_of(text)
    assert (event.text, event.command, event.reason, event.state) == (text, command, reason, State.UNKNOWN)
    assert event.host == ("mx.example.net" if "relay=mx" in text else "")


def test_a_server_that_breaks_the_protocol() -> None:
    event = event_of("623AbCde001234: mx.example.net.: SMTP RCPT protocol error: 220 hello")
    assert (event.code, event.command, event.host, event.text) == (220, "RCPT", "mx.example.net", "hello")


def test_an_address_that_is_refused() -> None:
    event = event_of("623AbCde001234: <no@example.org>... User unknown")
    assert (event.recipient, event.text, event.command) == ("no@example.org", "User unknown", "RCPT")
    assert event.state is State.FAILED


@pytest.mark.parametrize(
    "text",
    [
        "623AbCde001234: alias ann => al",
        "623AbCde001234: to=<a@b>, delay=00:00:01, pri=1",
        "623AbCde001234: to=<a@b>, delay=00:00:00, pri=0, stat=aborted by sender",
        "623AbCde001234: 623AbCdf001235: DSN: Service unavailable",
        f"623AbCde001234: {CLIENT} did not issue MAIL/EXPN/VRFY/ETRN during connection to MTA",
        "STARTTLS=client, relay=mx.example.net., version=TLSv1.3, verify=OK, cipher=x",
        "STARTTLS=server, relay=mx.example.net [192.0.2.1], version=TLSv1.3, verify=FAIL, cipher=x",
        "milter=filter, action=rcpt, continue",
        "starting daemon (8.17.1): SMTP+queueing@01:00:00",
    ],
)
@pytest.mark.parametrize("program", ["sendmail", "sm-mta", "sm-msp-queue"])
def test_what_tells_nothing_is_sendmails_all_the_same(text: str, program: str) -> None:
    assert SendmailReader().read(line_of(text, program), 1) == ()


@pytest.mark.parametrize(
    "line",
    [
        "",
        "to=ann",
        "550 5.1.1 no",
        "SYSERR(root): x",
        line_of("fatal: x", "postfix/sendmail"),
        line_of("623AbCde001234: to=<a@b>, delay=1, stat=Sent", "exim"),
        "2026-03-03 10:11:12 1tpAbC-00000000abc-1D2e <= bob@example.org H=x [198.51.100.7]",
    ],
)
def test_what_others_wrote_is_left_to_them(line: str) -> None:
    assert SendmailReader().read(line, 1) is None


@pytest.mark.parametrize(
    "line",
    [
        f"623AbCde001234: to=<a@b>, delay=00:00:01, {RELAY}, dsn=5.1.1, reply=550 5.1.1 no, stat=User unknown",
        f"ruleset=check_rcpt, arg1=<a@b>, relay={CLIENT}, reject=550 5.1.1 no",
    ],
)
def test_a_fragment_that_only_sendmail_writes_is_known_without_its_prefix(line: str) -> None:
    (event,) = SendmailReader().read(line, 1) or ()
    assert (event.code, event.text, event.recipient) == (550, "5.1.1 no", "a@b")


def test_no_secret_gets_into_an_event() -> None:
    event = delivery("dsn=5.5.1, reply=503 5.5.1 unexpected AUTH PLAIN c2VjcmV0c2VjcmV0, stat=Service unavailable")
    assert "c2VjcmV0" not in event.text + event.given


PIECES = st.one_of(
    st.sampled_from(["623AbCde001234: ", "to=<a@b>,<c@d>", "from=<a@b>, size=", ", delay=1, ", RELAY, ", dsn=5.1.1"]),
    st.sampled_from(
        [", reply=550 5.1.1 ", ", stat=Deferred: ", "Sent (", "ruleset=check_rcpt, arg1=<", ", reject=", "DSN: "]
    ),
    st.sampled_from(
        ["Milter: ", "milter=x", ", discard", "SYSERR(", "STARTTLS=client, ", ": SMTP ", "... ", "[", ")", "\0"]
    ),
)


@given(st.lists(st.one_of(st.lists(PIECES, max_size=20).map("".join), st.text(max_size=100)), max_size=4))
def test_no_line_makes_it_raise(texts: list[str]) -> None:
    reader = SendmailReader()
    for text in texts:
        for line in (text, line_of(text)):
            for event in reader.read(line, 1) or ():
                assert event.given
    assert reader.end() == ()


def test_what_is_kept_is_bounded() -> None:
    reader = SendmailReader()
    for number in range(SENDERS_LIMIT + 10):
        reader.read(line_of(f"623AbCde{number:06}: from=<bob@example.org>, size=9, class=0"), number)
    assert len(reader._senders) == SENDERS_LIMIT
    many = ",".join(f"<{number}@example.net>" for number in range(5_000))
    events = reader.read(line_of(f"623AbCde001234: to={many}, delay=00:00:01, stat={'x' * 20_000}"), 1) or ()
    assert len(events) == RECIPIENTS_LIMIT
    assert max(len(event.text) for event in events) == TEXT_LIMIT
    assert max(len(event.given) for event in events) <= GIVEN_LIMIT
