"""The reader of Exchange's message tracking log: columns, events, statuses, and hostile lines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpprobe.diagnosis import Event
from smtpprobe.explain.event import GIVEN_LIMIT, TEXT_LIMIT
from smtpprobe.explain.readers.exchange import RECIPIENTS_LIMIT, ExchangeTrackingReader
from smtpprobe.outcome import Reason, State

GUID = "00000000-0000-0000-0000-000000000000"
TIME = "2026-03-03T09:11:12.345Z"
NAMES = (
    "date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,connector-id,source,event-id,"
    "internal-message-id,message-id,network-message-id,recipient-address,recipient-status,total-bytes,recipient-count,"
    "related-recipient-address,reference,message-subject,sender-address,return-path,message-info,directionality,"
    "tenant-id,original-client-ip,original-server-ip,custom-data"
)
FIELDS = f"#Fields: {NAMES}"
BRACES = "[{{LED={}}};{{MSG=}};{{FQDN=mx.example.net}};{{IP=192.0.2.25}};{{LRT=3/3/2026 9:11:12 AM}}]"


def quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if "," in value or '"' in value else value


def line_of(event: str, status: str = "", to: str = "ann@example.net", **other: str) -> str:
    """One line in the order of NAMES."""
    told = {
        "date-time": TIME,
        "source": "SMTP",
        "event-id": event,
        "internal-message-id": "4711",
        "message-id": "<1@example.org>",
        "network-message-id": GUID,
        "recipient-address": to,
        "recipient-status": status,
        "message-subject": "Hello",
        "sender-address": "bob@example.org",
        "return-path": "bob@example.org",
    } | {name.replace("_", "-"): value for name, value in other.items()}
    return ",".join(quoted(told.get(name, "")) for name in NAMES.split(","))


def read(*lines: str) -> list[Event]:
    """All events of these lines behind a head."""
    reader = ExchangeTrackingReader()
    assert reader.read(FIELDS, 0) == ()
    events: list[Event] = []
    for number, line in enumerate(lines, 1):
        events += reader.read(line, number) or ()
    return [*events, *reader.end()]


def one(event: str, status: str = "", **other: str) -> Event:
    (happened,) = read(line_of(event, status, **other))
    return happened


def test_a_failure_tells_everything_that_the_line_has() -> None:
    line = line_of("FAIL", BRACES.format("550 5.1.1 User unknown"))
    assert read(line) == [
        Event(
            source="exchange-tracking",
            text="5.1.1 User unknown",
            code=550,
            enhanced="5.1.1",
            host="mx.example.net",
            recipient="ann@example.net",
            sender="bob@example.org",
            time=TIME,
            state=State.FAILED,
            line=1,
            given=line,
        )
    ]


@pytest.mark.parametrize(
    ("event", "state"),
    [
        ("SEND", State.ACCEPTED),
        ("SENDEXTERNAL", State.ACCEPTED),
        ("DELIVER", State.ACCEPTED),
        ("FAIL", State.FAILED),
        ("BADMAIL", State.FAILED),
        ("POISONMESSAGE", State.FAILED),
        ("DEFER", State.DEFERRED),
    ],
)
def test_events(event: str, state: State) -> None:
    happened = one(event, "250 2.1.5 Recipient OK" if state is State.ACCEPTED else "450 4.2.2 Later")
    assert happened.state is state


@pytest.mark.parametrize(
    "event", ["RECEIVE", "SUBMIT", "TRANSFER", "HAREDIRECT", "EXPAND", "RESOLVE", "AGENTINFO", "DSN"]
)
def test_what_needs_no_explanation(event: str) -> None:
    reader = ExchangeTrackingReader()
    reader.read(FIELDS, 1)
    assert reader.read(line_of(event), 2) == ()
    assert reader.read(line_of(event, message_subject='Hello, "you"'), 3) == ()
    assert reader.read(line_of(event, message_subject="FAIL"), 4) == ()


def test_the_host_of_a_send() -> None:
    sent = one("SEND", "250 2.1.5 Recipient OK", server_hostname="mx.example.net")
    assert (sent.host, sent.code, sent.text, sent.reason) == ("mx.example.net", 250, "2.1.5 Recipient OK", None)
    assert one("FAIL", "550 5.1.1 no", server_hostname="mail.example.org").host == ""


def test_a_delivery_to_a_mailbox() -> None:
    assert one("DELIVER", source="STOREDRIVER").reason is Reason.DELIVERED


@pytest.mark.parametrize(
    ("status", "code", "text", "host"),
    [
        ("550 5.1.1 RESOLVER.ADR.RecipNotFound; not found", 550, "5.1.1 RESOLVER.ADR.RecipNotFound; not found", ""),
        ("'550 5.7.1 no'", 550, "5.7.1 no", ""),
        (BRACES.format("450 4.7.1 Later, please; or not"), 450, "4.7.1 Later, please; or not", "mx.example.net"),
        ("[{LED=};{MSG=421 4.4.2 Gone};{FQDN=};{IP=192.0.2.25};{LRT=}]", 421, "4.4.2 Gone", "192.0.2.25"),
        (
            '[{LED=451 4.4.0 Primary target IP address responded with: "421 4.4.2 Connection dropped." Attempted '
            "failover to alternate host, but that did not succeed. The last endpoint attempted was 192.0.2.25:25};"
            "{MSG=};{FQDN=};{IP=};{LRT=}]",
            421,
            "4.4.2 Connection dropped.",
            "192.0.2.25",
        ),
        (
            "450 4.4.317 Cannot connect to remote server [Message=451 4.4.0 TLS negotiation failed] "
            "[LastAttemptedServerName=mx.example.net] [LastAttemptedIP=192.0.2.25:25]",
            450,
            None,
            "mx.example.net",
        ),
        (
            '[{LED=441 4.4.1 Error encountered while communicating with primary target IP address: "Failed to connect. '
            'Winsock error code: 10060, Win32 error code: 10060." Attempted failover};{MSG=};{FQDN=};{IP=};{LRT=}]',
            441,
            None,
            "",
        ),
        ("[{LED=550 5.1.1 never closed", 550, "5.1.1 never closed", ""),
    ],
)
def test_statuses(status: str, code: int, text: str | None, host: str) -> None:
    happened = one("FAIL", status)
    assert (happened.code, happened.host) == (code, host)
    assert happened.text == text or (text is None and happened.text.startswith("4.4."))


def test_several_recipients_with_a_status_each() -> None:
    first, second = BRACES.format("550 5.1.1 no"), BRACES.format("452 4.2.2 full")
    events = read(line_of("FAIL", f"{first};{second}", to="ann@example.net;cy@example.net"))
    assert [(e.recipient, e.code) for e in events] == [("ann@example.net", 550), ("cy@example.net", 452)]
    events = read(
        line_of("FAIL", "550 5.1.1 A; not found;550 5.7.1 B; not allowed", to="ann@example.net;cy@example.net")
    )
    assert [e.text for e in events] == ["5.1.1 A; not found", "5.7.1 B; not allowed"]


def test_several_recipients_with_one_status() -> None:
    events = read(line_of("DEFER", "451 4.4.0 DNS query failed", to="ann@example.net;cy@example.net;di@example.net"))
    assert [(e.recipient, e.code) for e in events] == [(f"{n}@example.net", 451) for n in ("ann", "cy", "di")]


def test_no_more_recipients_than_said() -> None:
    assert len(read(line_of("FAIL", "550 5.1.1 no", to=";".join(["a"] * 2_000)))) == RECIPIENTS_LIMIT


def test_where_the_status_is_empty_another_column_may_tell() -> None:
    assert one("FAIL", source="AGENT", source_context="Transport Rule Agent").text == "Transport Rule Agent"
    assert one("DEFER", source_context="context", message_info="451 4.4.0 DNS query failed").code == 451
    assert one("FAIL", source="ROUTING").text == "FAIL ROUTING"


def test_other_orders_of_the_columns() -> None:
    reader = ExchangeTrackingReader()
    assert reader.read("#Log-type: Message Tracking Log", 1) == ()
    assert reader.read("#Fields: date-time,event-id,recipient-status,recipient-address", 2) == ()
    (event,) = reader.read(f'{TIME},FAIL,"550 5.7.1 no, never",ann@example.net', 3) or ()
    assert (event.text, event.recipient, event.sender) == ("5.7.1 no, never", "ann@example.net", "")


@pytest.mark.parametrize(
    ("head", "line"),
    [
        (
            '"PSComputerName","Timestamp","EventId","Source","Sender","Recipients","RecipientStatus"',
            '"mail","3/3/2026 9:11:12 AM","FAIL","SMTP","bob@example.org","ann@example.net","550 5.7.1 no"',
        ),
        (
            "origin_timestamp_utc,sender_address,recipient_address,recipient_status,event_id",
            f'{TIME},bob@example.org,ann@example.net,"550 5.7.1 no",FAIL',
        ),
        (
            "\ufeffdate_time_utc,event_id,sender_address,recipient_address,recipient_status",
            f"{TIME},FAIL,bob@example.org,ann@example.net,550 5.7.1 no",
        ),
    ],
)
def test_heads_of_exported_tables(head: str, line: str) -> None:
    reader = ExchangeTrackingReader()
    assert reader.read(head, 1) == ()
    (event,) = reader.read(line, 2) or ()
    assert (event.code, event.recipient, event.sender) == (550, "ann@example.net", "bob@example.org")
    assert event.time


def test_a_line_without_a_head() -> None:
    line = line_of("FAIL", BRACES.format("550 5.1.1 User unknown"), message_subject='Hello, "you"')
    (event,) = ExchangeTrackingReader().read(line, 1) or ()
    assert (event.code, event.recipient, event.sender) == (550, "ann@example.net", "bob@example.org")
    assert ExchangeTrackingReader().read(line_of("RECEIVE"), 1) == ()


def test_a_line_of_exchange_2010_without_a_head() -> None:
    line = line_of("FAIL", "550 5.1.1 User unknown").replace(f"{GUID},", "")
    (event,) = ExchangeTrackingReader().read(line, 1) or ()
    assert (event.code, event.recipient, event.sender) == (550, "ann@example.net", "bob@example.org")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "504",
        "#Software: Microsoft Exchange Server",
        "#Log-type: SMTP Send Protocol Log",
        "Subject,SenderAddress,Status",
        f"{TIME},a,b,FAIL,c",
        f"{TIME},Outbound,08DD000000000001,7,198.51.100.7:41022,192.0.2.25:25,>,RCPT TO:<ann@example.net>,",
        "Mar  3 10:11:12 mx1 postfix/smtp[4121]: 4Xq: to=<a@example.net>, a=1, b=2, c=3, d=4, e=5, f=6, g=7, h=8, i=9",
    ],
)
@pytest.mark.parametrize("head", [True, False])
def test_what_is_not_exchanges(line: str, head: bool) -> None:
    reader = ExchangeTrackingReader()
    if head:
        reader.read(FIELDS, 1)
    if not (head and line.startswith(TIME)):
        assert reader.read(line, 2) is None


_PIECES = st.sampled_from(
    f'{FIELDS}|{NAMES}|{TIME}|,|,,,,,,,|"|""|FAIL|DEFER|SEND|{GUID}|;|];[|{{LED=|}};|{{IP=|}}]|550 5.1.1 no|'
    "responded with: |ann@example.net|#Log-type: |event_id,recipient_status|\0|\n|\ud800".split("|")
)


@settings(deadline=None)
@given(
    st.lists(st.one_of(st.lists(_PIECES, max_size=20).map("".join), st.text(max_size=80)), max_size=8), st.booleans()
)
def test_no_line_makes_it_raise(lines: list[str], head: bool) -> None:
    reader = ExchangeTrackingReader()
    for number, line in enumerate([FIELDS, *lines] if head else lines):
        for event in reader.read(line, number) or ():
            assert len(event.text) <= TEXT_LIMIT
            assert len(event.given) <= GIVEN_LIMIT
            assert len(event.recipient) <= 320


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["FAIL", "DEFER", "SEND"]))
def test_no_field_makes_it_raise(status: str, to: str, event: str) -> None:
    read(line_of(event, status, to))


def test_a_long_line_gives_bounded_events() -> None:
    happened = one("FAIL", BRACES.format("550 " + "x" * 60_000))
    assert len(happened.text) <= TEXT_LIMIT
    assert len(happened.given) == GIVEN_LIMIT
