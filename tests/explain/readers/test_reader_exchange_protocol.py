"""The reader of Exchange's protocol logs: sessions, both directions, secrets, limits, and hostile lines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpprobe.diagnosis import Event
from smtpprobe.explain.event import GIVEN_LIMIT, TEXT_LIMIT
from smtpprobe.explain.readers.exchange_protocol import (
    COMMAND_LIMIT,
    EXCHANGES_LIMIT,
    REPLY_LIMIT,
    SESSIONS_LIMIT,
    ExchangeProtocolReader,
)
from smtpprobe.outcome import Stage, State

TIME = "2026-03-03T09:11:12.345Z"


def sent(event: str, data: str = "", context: str = "", session: int = 1) -> str:
    """A line of a send log: > is this server, the client."""
    return f"{TIME},Outbound,{session:016X},7,198.51.100.7:41022,192.0.2.25:25,{event},{data},{context}"


def received(event: str, data: str = "", context: str = "", session: int = 2) -> str:
    """A line of a receive log: > is this server, which answers."""
    return (
        f"{TIME},MX1\\Default Frontend MX1,{session:016X},7,192.0.2.25:25,198.51.100.7:41022,{event},{data},{context}"
    )


def read(*lines: str) -> list[Event]:
    reader = ExchangeProtocolReader()
    events: list[Event] = []
    for number, line in enumerate(lines, 1):
        found = reader.read(line, number)
        assert found is not None, line
        events += found
    return [*events, *reader.end()]


OPENING = (
    sent("+"),
    sent("*", "", "attempting to connect"),
    sent("<", '"220 mx.example.net ESMTP, ready"'),
    sent(">", "EHLO mail.example.org"),
    sent("<", "250-mx.example.net"),
    sent("<", "250-PIPELINING"),
    sent("<", "250 SIZE 1000"),
)


def test_a_send_log() -> None:
    greeting, hello, mail, rcpt = read(
        *OPENING,
        sent(">", "MAIL FROM:<bob@example.org> SIZE=5120"),
        sent(">", "RCPT TO:<ann@example.net>"),
        sent("<", "250 2.1.0 Ok"),
        sent("<", "550 5.1.1 User unknown"),
    )
    assert (greeting.command, greeting.code, greeting.text) == ("greeting", 220, "mx.example.net ESMTP, ready")
    assert hello.text == "mx.example.net\nPIPELINING\nSIZE 1000"
    assert hello.given == "250-mx.example.net\n250-PIPELINING\n250 SIZE 1000"
    assert mail.command == "MAIL FROM:<bob@example.org> SIZE=5120"
    assert rcpt == Event(
        source="exchange-protocol",
        text="5.1.1 User unknown",
        code=550,
        enhanced="5.1.1",
        command="RCPT TO:<ann@example.net>",
        host="mx.example.net",
        recipient="ann@example.net",
        sender="bob@example.org",
        time=TIME,
        state=State.FAILED,
        line=11,
        given="550 5.1.1 User unknown",
        context=rcpt.context,
    )
    assert [exchange.code for exchange in rcpt.context] == [220, 250, 250, 550]
    assert [exchange.command and exchange.command.verb for exchange in rcpt.context] == [None, "EHLO", "MAIL", "RCPT"]
    assert rcpt.context[0].stage is Stage.GREETING


def test_a_receive_log() -> None:
    events = read(
        received("+"),
        received("*", "SMTPSubmit SMTPAcceptAnySender", "Set Session Permissions"),
        received(">", "220 mx1.example.org Microsoft ESMTP MAIL Service ready"),
        received("<", "EHLO laptop"),
        received(">", "250  mx1.example.org Hello [198.51.100.7] SIZE 37748736 STARTTLS"),
        received("<", "STARTTLS"),
        received(">", "220 2.0.0 SMTP server ready"),
        received("<", "EHLO laptop"),
        received(">", "250  mx1.example.org Hello [198.51.100.7] AUTH NTLM"),
        received("<", "MAIL FROM:<bob@example.org>"),
        received(">", "530 5.7.57 Client not authenticated to send mail."),
        received("-", "", "Remote"),
    )
    assert [event.command for event in events] == [
        "greeting",
        "EHLO laptop",
        "STARTTLS",
        "EHLO laptop",
        "MAIL FROM:<bob@example.org>",
    ]
    assert events[-1].host == "mx1.example.org"
    assert [exchange.stage for exchange in events[-1].context] == [
        Stage.GREETING,
        Stage.CLEAR,
        Stage.CLEAR,
        Stage.TLS,
        Stage.TLS,
    ]


def test_the_reply_to_the_message() -> None:
    events = read(*OPENING, sent(">", "DATA"), sent("<", "354 go"), sent("<", "554 5.7.1 Spam"))
    assert [(event.command, event.code) for event in events[-2:]] == [("DATA", 354), ("DATA", 554)]


def test_sessions_are_kept_apart() -> None:
    lines = [line for n in (1, 2) for line in (sent("+", session=n), sent("<", f"220 mx{n}.example.net", session=n))]
    events = read(
        *lines, sent(">", "EHLO a", session=1), sent(">", "HELO b", session=2), sent("<", "502 no", session=2)
    )
    assert (events[-1].command, events[-1].host) == ("HELO b", "mx2.example.net")


def test_a_dialogue_without_its_beginning() -> None:
    (event,) = read(sent(">", "RCPT TO:<ann@example.net>"), sent("<", "550 5.1.1 User unknown"))
    assert (event.command, event.host, len(event.context)) == ("RCPT TO:<ann@example.net>", "192.0.2.25", 1)
    (event,) = read(sent("<", "550 5.1.1 User unknown"))
    assert (event.command, event.code) == (None, 550)


def test_secrets_are_redacted() -> None:
    events = read(
        received("+"),
        received(">", "220 mx1.example.org"),
        received("<", "AUTH LOGIN"),
        received(">", "334 VXNlcm5hbWU6"),
        received("<", "Ym9iYm9i"),
        received(">", "334 UGFzc3dvcmQ6"),
        received("<", "c2VjcmV0"),
        received(">", "535 5.7.3 Authentication unsuccessful"),
        received("<", "AUTH PLAIN AGJvYgBzZWNyZXQ="),
        received(">", "535 5.7.3 Authentication unsuccessful"),
    )
    assert [event.command for event in events[2:]] == ["[redacted]", "[redacted]", "AUTH PLAIN [redacted]"]
    for secret in ("Ym9iYm9i", "c2VjcmV0", "AGJvYgBzZWNyZXQ"):
        assert secret not in repr(events)


@pytest.mark.parametrize(
    ("context", "code", "text"),
    [
        ('"Failed to connect. Winsock error code: 10060, Win32 error code: 10060"', None, None),
        ("Inbound authentication failed with LogonDenied", None, None),
        ("TLS negotiation failed with error SocketError", None, None),
        (
            '"Message or connection acked with status Retry and response 451 4.4.0 DNS query failed"',
            451,
            "4.4.0 DNS query failed",
        ),
    ],
)
def test_failures_that_exchange_tells_itself(context: str, code: int | None, text: str | None) -> None:
    *_, event = read("#Log-type: SMTP Send Protocol Log", sent("+"), sent("*", "", context))
    assert (event.code, event.text, event.host) == (code, text or context.strip('"'), "192.0.2.25")
    assert event.context == (), "it is no reply, so no dialogue ends in it"


@pytest.mark.parametrize(
    ("event", "data", "context"),
    [
        ("*", "", "attempting to connect"),
        ("*", "SMTPSubmit SMTPAcceptAnySender", "Set Session Permissions"),
        ("*", '"CN=mx.example.net, O=Example"', "Certificate subject"),
        ("-", "", "Local"),
        ("-", "", "Remote"),
        ("+", "", ""),
    ],
)
def test_what_needs_no_explanation(event: str, data: str, context: str) -> None:
    assert ExchangeProtocolReader().read(sent(event, data, context), 1) == ()


def test_a_connection_that_was_reset() -> None:
    (event,) = read(sent("-", "", "Remote(ConnectionReset)"))
    assert event.text == "connection ended: Remote(ConnectionReset)"


def test_the_columns_come_from_the_head() -> None:
    reader = ExchangeProtocolReader()
    assert reader.read("#Log-type: SMTP Receive Protocol Log", 1) == ()
    names = "date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context"
    assert reader.read(f"#Fields: {names}", 2) == ()
    assert reader.read("#Fields: date-time,event-id,recipient-status", 3) is None
    (event,) = reader.read(received(">", "220 mx1.example.org"), 4) or ()
    assert event.command == "greeting"


def test_no_more_is_kept_than_said() -> None:
    reader = ExchangeProtocolReader()
    for number in range(SESSIONS_LIMIT + 20):
        reader.read(sent("+", session=number), number)
    assert len(reader._sessions) == SESSIONS_LIMIT
    last: Event | None = None
    for _ in range(EXCHANGES_LIMIT * 2):
        reader.read(sent(">", "NOOP " + "x" * 5_000), 1)
        (last,) = reader.read(sent("<", "250 " + "x" * 5_000), 2) or ()
    assert last is not None
    assert len(last.context) == EXCHANGES_LIMIT
    assert all(exchange.reply and len(exchange.reply.text) <= REPLY_LIMIT for exchange in last.context)
    assert all(exchange.command and len(exchange.command.line) <= COMMAND_LIMIT for exchange in last.context)


def test_a_reply_without_end_and_commands_without_replies() -> None:
    reader = ExchangeProtocolReader()
    for number in range(2_000):
        assert reader.read(sent("<", "250-" + "x" * 1_000), number) == ()
        assert reader.read(sent(">", "NOOP"), number) == ()
    (event,) = reader.read(sent("<", "250 end"), 1) or ()
    assert len(event.text) <= REPLY_LIMIT + EXCHANGES_LIMIT


@pytest.mark.parametrize(
    "line",
    [
        "",
        "504",
        "#Software: Microsoft Exchange Server",
        "#Log-type: Message Tracking Log",
        f"{TIME},a,b,c",
        f"{TIME},,,192.0.2.25,mx.example.net,08DD000000000001,Outbound,SMTP,FAIL,4711",
        sent("?"),
    ],
)
def test_what_is_not_a_protocol_log(line: str) -> None:
    assert ExchangeProtocolReader().read(line, 1) is None


_LINES = st.builds(
    sent,
    st.sampled_from(["+", "-", "<", ">", "*"]),
    st.one_of(
        st.sampled_from(
            ["220 mx.example.net", "250-a", "250 b", "334 x", "354 go", "AUTH PLAIN x", "DATA", '"', "550"]
        ),
        st.text(max_size=30),
    ),
    st.one_of(st.just(""), st.sampled_from(["failed with 550 x", "Remote(ConnectionReset)"]), st.text(max_size=30)),
    st.integers(1, 3),
)


@settings(deadline=None)
@given(st.lists(st.one_of(_LINES, st.text(max_size=60)), max_size=20))
def test_no_line_makes_it_raise(lines: list[str]) -> None:
    reader = ExchangeProtocolReader()
    for number, line in enumerate(lines):
        for event in reader.read(line, number) or ():
            assert len(event.text) <= TEXT_LIMIT
            assert len(event.given) <= GIVEN_LIMIT
            assert len(event.context) <= EXCHANGES_LIMIT
