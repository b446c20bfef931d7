"""The reader of KumoMTA's log records: each type, odd values, and hostile lines."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpprobe.diagnosis import Event
from smtpprobe.explain.event import GIVEN_LIMIT, TEXT_LIMIT
from smtpprobe.explain.readers.kumomta import RECIPIENTS_LIMIT, KumoMtaReader
from smtpprobe.outcome import Reason, State

RECORD: dict[str, Any] = {
    "type": "Bounce",
    "id": "1d98076abbbc11ed940250ebf67f93bd",
    "sender": "bob@example.org",
    "recipient": "ann@example.net",
    "queue": "example.net",
    "site": "source->mx.example.net",
    "size": 1047,
    "response": {
        "code": 550,
        "enhanced_code": {"class": 5, "subject": 1, "detail": 1},
        "content": "User unknown",
        "command": "RCPT TO:<ann@example.net>",
    },
    "peer_address": {"name": "mx.example.net.", "addr": "192.0.2.25"},
    "timestamp": 1772532672,
    "created": 1772532670,
    "num_attempts": 1,
    "bounce_classification": "InvalidRecipient",
    "feedback_report": None,
    "meta": {},
    "headers": {},
}


def line_of(**changes: object) -> str:
    return json.dumps(RECORD | changes, separators=(",", ":"))


def one(**changes: object) -> Event:
    """The event of one record."""
    (event,) = KumoMtaReader().read(line_of(**changes), 1) or ()
    return event


def response(code: int, content: str, command: str | None = None) -> dict[str, object]:
    return {"code": code, "enhanced_code": None, "content": content, "command": command}


def test_a_bounce_tells_everything_that_the_record_has() -> None:
    assert KumoMtaReader().read(line_of(), 7) == (
        Event(
            source="kumomta",
            text="5.1.1 User unknown",
            code=550,
            enhanced="5.1.1",
            command="RCPT TO:<ann@example.net>",
            host="mx.example.net",
            recipient="ann@example.net",
            sender="bob@example.org",
            time="1772532672",
            state=State.FAILED,
            line=7,
            given=line_of(),
        ),
    )


@pytest.mark.parametrize(
    ("kind", "state", "reason"),
    [
        ("Delivery", State.ACCEPTED, None),
        ("TransientFailure", State.DEFERRED, None),
        ("Delay", State.DEFERRED, None),
        ("Bounce", State.FAILED, None),
        ("AdminBounce", State.FAILED, None),
        ("Expiration", State.FAILED, Reason.EXPIRED),
        ("OOB", State.FAILED, None),
        ("Rejection", State.FAILED, None),
        ("Feedback", State.UNKNOWN, Reason.FEEDBACK),
    ],
)
def test_types(kind: str, state: State, reason: Reason | None) -> None:
    event = one(type=kind)
    assert (event.state, event.reason) == (state, reason)


@pytest.mark.parametrize("kind", ["Reception", "AdminRebind", "XferIn"])
def test_what_needs_no_explanation(kind: str) -> None:
    assert KumoMtaReader().read(line_of(type=kind), 1) == ()
    assert KumoMtaReader().read(json.dumps(RECORD | {"type": kind}), 1) == ()


def test_the_peer_of_a_rejection_is_the_client() -> None:
    event = one(type="Rejection", response=response(451, "4.7.1 slow down", "MAIL FROM:<bob@example.org>"))
    assert (event.host, event.state, event.enhanced) == ("", State.DEFERRED, "4.7.1")


@pytest.mark.parametrize(
    ("told", "command"),
    [(".", "DATA"), ("RCPT TO:<ann@example.net>\r\n", "RCPT TO:<ann@example.net>"), ("", None), (None, None)],
)
def test_commands(told: str | None, command: str | None) -> None:
    assert one(response=response(550, "no", told)).command == command


def test_secrets_are_redacted() -> None:
    event = one(response=response(535, "5.7.8 no", "AUTH PLAIN dGVzdGluZzEyMw=="))
    assert event.command == "AUTH PLAIN [redacted]"
    assert "dGVzd" not in repr(event)


def test_several_recipients() -> None:
    events = KumoMtaReader().read(line_of(recipient=["ann@example.net", "cy@example.net"]), 1) or ()
    assert [event.recipient for event in events] == ["ann@example.net", "cy@example.net"]
    assert len(KumoMtaReader().read(line_of(recipient=["a"] * (RECIPIENTS_LIMIT + 9)), 1) or ()) == RECIPIENTS_LIMIT


def test_a_record_without_a_reply() -> None:
    assert one(type="AdminBounce", response=None, peer_address=None).text == "AdminBounce"
    report = {"feedback_type": "abuse", "user_agent": "x", "version": 1}
    assert one(type="Feedback", response=None, feedback_report=report).text == "feedback report: abuse"


def test_odd_values() -> None:
    event = one(sender=None, recipient=None, event_time="2026-03-03T10:11:12Z", response=response(0, "no code"))
    assert (event.sender, event.recipient, event.time, event.code) == ("", "", "2026-03-03T10:11:12Z", None)


def test_a_failure_of_its_own() -> None:
    event = one(type="TransientFailure", response=response(451, "KumoMTA internal: failed to connect to any host"))
    assert (event.code, event.text, event.enhanced) == (451, "KumoMTA internal: failed to connect to any host", None)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{}",
        "504",
        '{"type":"Bounce"}',
        '{"type":"Bounce","id":1}',
        '{"type":"somebody else\'s","id":"x"}',
        '{"type":"Bounce","id":"x"',
        '{"type":"Bounce","id":"x","meta":' + "[" * 60_000,
        '{"type":"Bounce","id":"x","response":' + '{"content":' * 5_000,
        '{"type":"Bounce","id":"x","timestamp":1e999}',
        '{"queue_id":"4Xq1Kz2w9lz1Rb","queue_name":"deferred","recipients":[]}',
    ],
)
def test_what_is_not_kumomtas(line: str) -> None:
    assert KumoMtaReader().read(line, 1) is None


_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=6,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([*RECORD, "event_time", "class"]), _VALUES, max_size=5), st.booleans())
def test_no_record_makes_it_raise(changes: dict[str, object], inner: bool) -> None:
    record = RECORD | ({"response": changes} if inner else changes)
    for event in KumoMtaReader().read(json.dumps(record), 1) or ():
        assert len(event.text) <= TEXT_LIMIT
        assert len(event.given) <= GIVEN_LIMIT


@settings(deadline=None)
@given(st.text(max_size=80))
def test_no_line_makes_it_raise(text: str) -> None:
    assert KumoMtaReader().read('{"type":"id"' + text, 1) is None


def test_a_long_line_gives_a_bounded_event() -> None:
    event = one(sender="a" * 9_000, response=response(550, "x" * 50_000))
    assert len(event.text) <= TEXT_LIMIT
    assert len(event.given) == GIVEN_LIMIT
    assert len(event.sender) <= 320
