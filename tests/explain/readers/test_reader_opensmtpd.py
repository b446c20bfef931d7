"""The reader of OpenSMTPD's log: deliveries, refusals, sessions, the sentences of version 5, and hostile lines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpprobe.diagnosis import Event
from smtpprobe.explain.event import GIVEN_LIMIT, TEXT_LIMIT
from smtpprobe.explain.readers.opensmtpd import SESSIONS_LIMIT, OpenSmtpdReader
from smtpprobe.outcome import Reason, State

SESSION = "5c7b3f1a2d4e6f70"
SYSLOG = "Mar  3 10:11:12 mx1 smtpd[4711]: "
ENVELOPE = "evpid=0a1b2c3d4e5f6071 from=<bob@example.org> to=<ann@example.net> rcpt=<->"
RELAY = 'source="198.51.100.7" relay="192.0.2.25 (mx.example.net)" delay=2s'
OLD_ENVELOPE = "0a1b2c3d4e5f6071: from=<bob@example.org>, to=<ann@example.net>, rcpt=<->"


def read(*lines: str) -> list[Event]:
    """All events of these lines."""
    reader = OpenSmtpdReader()
    events: list[Event] = []
    for number, line in enumerate(lines, 1):
        events += reader.read(line, number) or ()
    return [*events, *reader.end()]


def test_a_delivery_tells_everything_that_the_line_has() -> None:
    line = f'{SYSLOG}{SESSION} mta delivery {ENVELOPE} {RELAY} result="PermFail" stat="550 5.1.1 User unknown"'
    assert read(line) == [
        Event(
            source="opensmtpd",
            text="5.1.1 User unknown",
            code=550,
            enhanced="5.1.1",
            host="mx.example.net",
            recipient="ann@example.net",
            sender="bob@example.org",
            time="Mar  3 10:11:12",
            state=State.FAILED,
            line=1,
            given=line,
        )
    ]


@pytest.mark.parametrize(
    ("result", "stat", "state", "code", "text"),
    [
        ("Ok", "250 2.0.0 Ok: queued as X", State.ACCEPTED, 250, "2.0.0 Ok: queued as X"),
        ("TempFail", "451 4.7.1 Greylisted", State.DEFERRED, 451, "4.7.1 Greylisted"),
        ("TempFail", "Network error on destination MXs", State.DEFERRED, None, "Network error on destination MXs"),
        ("PermFail", r"550 5.1.1 <\"ann\"> unknown", State.FAILED, 550, '5.1.1 <"ann"> unknown'),
        ("PermFail", '550 5.1.1 mailbox "ann" is unknown', State.FAILED, 550, '5.1.1 mailbox "ann" is unknown'),
        ("PermFail", "Loop detected", State.FAILED, None, "Loop detected"),
    ],
)
@pytest.mark.parametrize("shape", ["delivery", "event=delivery"])
def test_results(result: str, stat: str, state: State, code: int | None, text: str, shape: str) -> None:
    (event,) = read(f'{SESSION} mta {shape} {ENVELOPE} {RELAY} result="{result}" stat="{stat}"')
    assert (event.state, event.code, event.text, event.host) == (state, code, text, "mx.example.net")


def test_a_relay_without_a_name() -> None:
    (event,) = read(f'{SESSION} mta delivery {ENVELOPE} source="-" relay="example.net" result="TempFail" stat="x"')
    assert event.host == "example.net"


@pytest.mark.parametrize(
    ("result", "stat", "state", "reason"),
    [
        ("TempFail", "Error (mail.maildir: quota exceeded)", State.DEFERRED, None),
        ("PermFail", "Permanent failure in user lookup", State.FAILED, None),
        ("Ok", "Delivered", State.ACCEPTED, Reason.DELIVERED),
    ],
)
def test_a_local_delivery(result: str, stat: str, state: State, reason: Reason | None) -> None:
    (event,) = read(f"{SESSION} mda delivery {ENVELOPE} user=ann delay=0s result={result} stat={stat}")
    assert (event.text, event.state, event.reason) == (stat, state, reason)
    assert (event.recipient, event.host) == ("ann@example.net", "")


@pytest.mark.parametrize(
    ("command", "result", "code", "text", "state"),
    [
        ("RCPT TO:<ann@example.net>", "550 Invalid recipient: <ann@example.net>", 550, None, State.FAILED),
        (
            "MAIL FROM:<bob@example.org>",
            r"421 4.3.0 Temporary \"Error\"",
            421,
            '4.3.0 Temporary "Error"',
            State.DEFERRED,
        ),
        ("AUTH LOGIN (password)", "535 Authentication failed", 535, "Authentication failed", State.FAILED),
        ("EHLO", "501 5.5.1 Invalid command: EHLO requires domain name", 501, None, State.FAILED),
    ],
)
@pytest.mark.parametrize(
    "shape", ["failed-command", "event=failed-command address=198.51.100.7 host=client.example.com"]
)
def test_a_refusal(command: str, result: str, code: int, text: str | None, state: State, shape: str) -> None:
    (event,) = read(f'{SESSION} smtp {shape} command="{command}" result="{result}"')
    assert (event.code, event.text, event.state) == (code, text or result[4:], state)
    assert (event.command or "")[:4] == command[:4]


def test_a_refusal_tells_of_whom_or_for_whom() -> None:
    rcpt, mail = read(
        f'{SESSION} smtp failed-command command="RCPT TO:<ann@example.net>" result="550 no"',
        f'{SESSION} smtp failed-command command="MAIL FROM:<bob@example.org>" result="550 no"',
    )
    assert (rcpt.recipient, rcpt.sender, rcpt.host) == ("ann@example.net", "", "")
    assert (mail.recipient, mail.sender) == ("", "bob@example.org")


def test_input_that_is_no_command() -> None:
    (event,) = read(f'{SESSION} smtp bad-input result="500 5.0.0 Invalid character"')
    assert (event.code, event.text, event.command) == (500, "5.0.0 Invalid character", None)


@pytest.mark.parametrize(
    ("reason", "command", "code", "text"),
    [
        ("Connection timeout", None, None, "Connection timeout"),
        ("TLS required but not supported by remote host", None, None, "TLS required but not supported by remote host"),
        ("BANNER rejected: 554 5.7.1 You are listed", "greeting", 554, "5.7.1 You are listed"),
        ("EHLO rejected: 550 no", "EHLO", 550, "no"),
        ("STARTTLS rejected: 454 4.7.0 no", "STARTTLS", 454, "4.7.0 no"),
        ("AUTH rejected: 535 5.7.8 Bad credentials", "AUTH", 535, "5.7.8 Bad credentials"),
    ],
)
@pytest.mark.parametrize("known", [True, False])
def test_an_outgoing_session_that_failed(
    reason: str, command: str | None, code: int | None, text: str, known: bool
) -> None:
    connecting = [f"{SESSION} mta connecting address=smtp://192.0.2.25:25 host=mx.example.net"] if known else []
    (event,) = read(*connecting, f"{SESSION} mta error reason={reason}")
    assert (event.command, event.code, event.text) == (command, code, text)
    assert event.host == ("mx.example.net" if known else "")


def test_a_host_that_takes_nothing() -> None:
    _, line = (
        f"{SESSION} mta connecting address=smtp://192.0.2.25:25 host=mx.example.net",
        f"{SESSION} mta host-rejects-all-mails",
    )
    (event,) = read(_, line)
    assert (event.text, event.host) == ("host rejects all mails", "mx.example.net")


def test_a_session_is_forgotten_at_its_end() -> None:
    (event,) = read(
        f"{SESSION} mta connecting address=smtp://192.0.2.25:25 host=mx.example.net",
        f"{SESSION} mta disconnected reason=quit messages=1",
        f"{SESSION} mta error reason=Connection timeout",
    )
    assert event.host == ""


def test_no_more_sessions_are_kept_than_said() -> None:
    reader = OpenSmtpdReader()
    for number in range(SESSIONS_LIMIT + 50):
        reader.read(f"{number:016x} mta connecting address=smtp://192.0.2.25:25 host=mx.example.net", number)
    assert len(reader._hosts) == SESSIONS_LIMIT


@pytest.mark.parametrize(
    "rest",
    [
        "mta connected",
        "mta tls ciphers=TLSv1.3:AEAD-AES256-GCM-SHA384:256",
        "mta disconnected reason=quit messages=1",
        "smtp connected address=198.51.100.7 host=client.example.com",
        "smtp message msgid=0a1b2c3d size=123 nrcpt=1 proto=ESMTP",
        f"smtp envelope {ENVELOPE}",
        "smtp authentication user=bob result=ok",
        "smtp disconnected reason=quit",
        "smtp disconnected reason=disconnect",
        "smtp event=closed address=198.51.100.7 host=client.example.com reason=quit",
    ],
)
def test_what_needs_no_explanation(rest: str) -> None:
    assert OpenSmtpdReader().read(f"{SESSION} {rest}", 1) == ()
    assert OpenSmtpdReader().read(f"{SYSLOG}{SESSION} {rest}", 1) == ()


@pytest.mark.parametrize(
    ("rest", "text"),
    [
        ("smtp authentication user=bob result=permfail", "authentication failed: permfail"),
        ("smtp disconnected reason=timeout", "disconnected: timeout"),
        ('smtp disconnected reason="io-error: handshake failed"', "disconnected: io-error: handshake failed"),
        ("mta ssl_check_name: no match for 'mx.example.net' in cert", None),
    ],
)
def test_other_ends_of_a_session(rest: str, text: str | None) -> None:
    (event,) = read(f"{SESSION} {rest}")
    assert event.text == (text or "certificate name check: no match for 'mx.example.net' in cert")


@pytest.mark.parametrize(
    ("rest", "text", "state", "host"),
    [
        (
            f"relay: PermFail for {OLD_ENVELOPE}, source=198.51.100.7, relay=192.0.2.25 (mx.example.net), delay=2s, "
            "stat=550 5.1.1 No, not here",
            "5.1.1 No, not here",
            State.FAILED,
            "mx.example.net",
        ),
        (f"relay: Expire for {OLD_ENVELOPE}, delay=4d, stat=Envelope expired", "Envelope expired", State.FAILED, ""),
        (f"delivery: TempFail for {OLD_ENVELOPE}, delay=1s, stat=Error (x: y)", "Error (x: y)", State.DEFERRED, ""),
    ],
)
def test_deliveries_of_older_versions(rest: str, text: str, state: State, host: str) -> None:
    (event,) = read(SYSLOG + rest)
    assert (event.text, event.state, event.host) == (text, state, host)
    assert (event.recipient, event.sender) == ("ann@example.net", "bob@example.org")
    assert event.reason is (Reason.EXPIRED if "Expire" in rest else None)


def test_sessions_of_older_versions() -> None:
    outgoing, refused = read(
        f"{SYSLOG}smtp-out: Connecting to smtp://192.0.2.25:25 (mx.example.net) on session {SESSION}...",
        f"{SYSLOG}smtp-out: Error on session {SESSION}: Connection refused",
        f'{SYSLOG}smtp-in: Failed command on session {SESSION}: "RCPT TO:<ann@example.net>" => 550 5.1.1 no',
        f"{SYSLOG}smtp-in: New session {SESSION} from host client.example.com [198.51.100.7]",
    )
    assert (outgoing.text, outgoing.host) == ("Connection refused", "mx.example.net")
    assert (refused.code, refused.command, refused.recipient) == (550, "RCPT TO:<ann@example.net>", "ann@example.net")


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("Error on [] <-> 192.0.2.25: x", "192.0.2.25"),
        ("No valid route for [connector:[]->[relay:example.net,smtp,mx],0x0]", "example.net"),
        ("Failed to resolve MX for [relay:example.net,smtp,mx]: Domain does not exist", "example.net"),
    ],
)
def test_routes(text: str, host: str) -> None:
    (event,) = read(f"{SYSLOG}smtp-out: {text}")
    assert (event.text, event.host) == (text, host)
    assert event.reason is (Reason.NETWORKERROR if "route" in text else None)


def test_that_a_route_is_out_of_use_was_told_before() -> None:
    connecting = f"{SESSION} mta connecting address=smtp://192.0.2.25:25 host=mx.example.net"
    error = f"{SESSION} mta error reason=IO Error: Connection refused"
    (event,) = read(connecting, error, f"{SYSLOG}smtp-out: Disabling route [] <-> 192.0.2.25 (mx.example.net) for 15s")
    assert (event.text, event.host) == ("Connection refused", "mx.example.net")


def test_a_session_that_failed_is_told_with_its_mail() -> None:
    lines = (
        f"{SESSION} mta connecting address=smtp://192.0.2.25:25 host=mx.example.net",
        f"{SESSION} mta error reason=Connection closed unexpectedly",
        f'{SESSION} mta delivery {ENVELOPE} {RELAY} result="TempFail" stat="Connection closed unexpectedly"',
    )
    (event,) = read(*lines)
    assert (event.recipient, event.host, event.state) == ("ann@example.net", "mx.example.net", State.DEFERRED)


def test_a_client_that_fails_at_tls() -> None:
    (event,) = read(f'{SESSION} smtp disconnected reason="io-error: error:0A080006:SSL routines::EVP lib"')
    assert event.reason is Reason.FAILEDSTARTTLS


def test_a_warning() -> None:
    (event,) = read(f"{SYSLOG}warn: Disabling incoming SMTP connections: Client limit reached")
    assert event.text == "Disabling incoming SMTP connections: Client limit reached"


@pytest.mark.parametrize(
    "line",
    [
        "",
        "504",
        "550 5.7.1 Relay access denied",
        "relay: something else",
        f"{SESSION}",
        f"{SESSION} ** ann@example.net",
        "Mar  3 10:11:12 mx1 postfix/smtpd[4711]: connect from client.example.com[198.51.100.7]",
        "2026-03-03 10:11:12 1tAbCd-000aBc-De ** ann@example.net: Unrouteable address",
        "warn: no program said this",
    ],
)
def test_what_is_not_opensmtpds(line: str) -> None:
    assert OpenSmtpdReader().read(line, 1) is None


_PIECES = st.sampled_from(
    f"{SYSLOG}|{SESSION} |mta |smtp |mda |delivery |event=|failed-command |error |connecting |disconnected |reason=|"
    f'{ENVELOPE}|result="PermFail" |stat="550 |command="|relay="|"|\\"|\\|=> |smtp-out: |Error on session |relay: '
    "PermFail for 0a1b2c3d4e5f6071: |, stat=|smtp-in: Failed command on session |Connecting to |<|>|[relay:|\0|\ud800"
    "".split("|")
)


@settings(deadline=None)
@given(st.lists(st.one_of(st.lists(_PIECES, max_size=14).map("".join), st.text(max_size=80)), max_size=8))
def test_no_line_makes_it_raise(lines: list[str]) -> None:
    for event in read(*lines):
        assert len(event.text) <= TEXT_LIMIT + len("certificate name check: ")
        assert len(event.given) <= GIVEN_LIMIT
        assert len(event.recipient) <= 320


def test_a_long_line_gives_a_bounded_event() -> None:
    (event,) = read(f'{SESSION} mta delivery {ENVELOPE} {RELAY} result="PermFail" stat="550 {"x" * 60_000}"')
    assert len(event.text) <= TEXT_LIMIT
    assert len(event.given) == GIVEN_LIMIT
