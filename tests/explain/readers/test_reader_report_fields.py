"""Fields of a delivery report that were pasted without their message."""

from __future__ import annotations

from collections.abc import Sequence

from smtpprobe.diagnosis import Event
from smtpprobe.explain.readers.report_fields import ReportFieldsReader
from smtpprobe.outcome import State

PASTED = """\
Reporting-MTA: dns; mx.example.org
Arrival-Date: Tue, 3 Mar 2026 10:00:00 +0100

Final-Recipient: rfc822; bob@example.net
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; 550 5.1.1 User
    unknown

Final-Recipient: rfc822; eve@example.net
Action: delayed
Status: 4.2.2
Diagnostic-Code: smtp; 452 4.2.2 Full"""


def read(text: str) -> tuple[list[Event], list[int]]:
    """The events, and the numbers of the lines that were not taken."""
    reader = ReportFieldsReader()
    events: list[Event] = []
    strange = []
    for number, line in enumerate(text.splitlines(), 1):
        found: Sequence[Event] | None = reader.read(line, number)
        events += found or ()
        if found is None:
            strange.append(number)
    return [*events, *reader.end()], strange


def test_each_recipient_gives_an_event() -> None:
    events, strange = read(PASTED)
    assert [(event.recipient, event.code, event.enhanced, event.state, event.line) for event in events] == [
        ("bob@example.net", 550, "5.1.1", State.FAILED, 4),
        ("eve@example.net", 452, "4.2.2", State.DEFERRED, 11),
    ]
    assert events[0].text == "5.1.1 User unknown"
    assert events[0].host == "mx.example.net"
    assert events[0].time == "Tue, 3 Mar 2026 10:00:00 +0100"
    assert events[0].given.startswith("Final-Recipient: rfc822; bob@example.net\nAction: failed")
    assert strange == []


def test_recipients_that_follow_without_an_empty_line() -> None:
    events, _ = read(PASTED.replace("\n\n", "\n"))
    assert [event.recipient for event in events] == ["bob@example.net", "eve@example.net"]


def test_a_diagnosis_alone() -> None:
    events, strange = read("Diagnostic-Code: smtp; 550 5.7.1 Refused")
    assert [(event.code, event.enhanced, event.text) for event in events] == [(550, "5.7.1", "5.7.1 Refused")]
    assert strange == []


def test_other_lines_are_not_taken() -> None:
    others = (
        "Status: good\nAction: none\nSubject: x\n550 5.1.1 no\n\n  indented\nMar  3 10:11:12 mx1 postfix/smtp[1]: x"
    )
    events, strange = read(others)
    assert (events, strange) == ([], [1, 2, 3, 4, 5, 6, 7])


def test_what_is_kept_is_bounded() -> None:
    reader = ReportFieldsReader()
    reader.read("Final-Recipient: rfc822; bob@example.net", 1)
    for number in range(2, 5_000):
        reader.read(" " + "x" * 1_000, number)
    reader.read("Action: failed", 5_000)
    assert all(len(event.text) <= 8 * 1024 for event in reader.end())
