"""Queue listings: one event for each recipient that waits, with the reason where the listing tells one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.diagnosis import Event
from smtpprobe.explain.event import GIVEN_LIMIT, TEXT_LIMIT, Reader
from smtpprobe.explain.readers.queues import (
    RECIPIENTS_LIMIT,
    EximQueueReader,
    MailqReader,
    PostqueueReader,
    SmtpctlReader,
)
from smtpprobe.outcome import State

POSTFIX = """\
-Queue ID-  --Size-- ----Arrival Time---- -Sender/Recipient-------
A1B2C3D4E5*    1234 Tue Mar  3 10:11:12  bob@example.org
                                         ann@example.net

B1B2C3D4E5!    1234 Tue Mar  3 10:11:12  bob@example.org
                                         ann@example.net

4Xq1Kz2w9lz1Rb#     1234 Tue Mar  3 10:11:13 MAILER-DAEMON
(host mx.example.net[192.0.2.25] said: 450-4.7.1 Greylisted 450 4.7.1 try later (in reply to RCPT TO command))
                                         ann@example.net
                                         al@example.net
      (connect to mx.example.com[192.0.2.26]:25: Connection timed out)
                                         al@example.com

-- 3 Kbytes in 3 Requests.
something else"""

SENDMAIL = """\
\t\t/var/spool/mqueue (3 requests)
-----Q-ID----- --Size-- -----Q-Time----- ------------Sender/Recipient-----------
623AbCde001234*    1234 Tue Mar  3 10:11 <bob@example.org>
                 (Deferred: Connection refused by mx.example.net.)
\t\t\t\t\t <ann@example.net>
623AbCde001235     1234 Tue Mar  3 10:11 <bob@example.org>
      8BITMIME   (Deferred: 450 4.7.1 Greylisted)
\t\t\t\t\t <ann@example.net>
623AbCde001236     1234      30123+Mar  3 10:11 <bob@example.org>
     QUARANTINE: looks odd
\t\t\t\t\t\t<ann@example.net>
\t\tTotal requests: 3"""

EXIM = """\
25m  2.9K 1tpAbC-000fGh-Ij <bob@example.org>
          ann@example.net
        D al@example.net

 4d  1.2K 1tpAbC-00000000abc-1D2e <> *** frozen ***
          ann@example.net

something else"""


def events_of(reader: Reader, listing: str) -> list[Event]:
    events = [event for number, line in enumerate(listing.split("\n"), 1) for event in reader.read(line, number) or ()]
    assert all(event.state is State.DEFERRED for event in events)
    return events


def test_the_listing_of_postfix() -> None:
    events = events_of(MailqReader(), POSTFIX)
    assert [(event.recipient, event.sender, event.line) for event in events] == [
        ("ann@example.net", "bob@example.org", 3),
        ("ann@example.net", "bob@example.org", 6),
        ("ann@example.net", "", 10),
        ("al@example.net", "", 11),
        ("al@example.com", "", 13),
    ]
    assert [event.text for event in events[:2]] == ["waiting in the queue", "on hold in the queue"]
    greylisted = events[3]
    assert (greylisted.code, greylisted.enhanced, greylisted.command) == (450, "4.7.1", "RCPT")
    assert (greylisted.text, greylisted.host) == ("4.7.1 Greylisted\n4.7.1 try later", "mx.example.net")
    assert greylisted.time == "Tue Mar  3 10:11:13"
    assert greylisted.given.startswith("4Xq1Kz2w9lz1Rb#")
    assert (events[4].code, events[4].host) == (None, "mx.example.com")


def test_the_listing_of_sendmail() -> None:
    refused, greylisted, quarantined = events_of(MailqReader(), SENDMAIL)
    assert (refused.text, refused.recipient) == ("Connection refused by mx.example.net.", "ann@example.net")
    assert (greylisted.code, greylisted.text, greylisted.time) == (450, "4.7.1 Greylisted", "Tue Mar  3 10:11")
    assert (quarantined.text, quarantined.time) == ("quarantined: looks odd", "Mar  3 10:11")


def test_the_listing_of_exim() -> None:
    waiting, frozen = events_of(EximQueueReader(), EXIM)
    assert (waiting.text, waiting.recipient, waiting.sender) == (
        "waiting in the queue for 25m",
        "ann@example.net",
        "bob@example.org",
    )
    assert (frozen.text, frozen.sender, frozen.line) == ("frozen in the queue for 4d", "", 6)


@pytest.mark.parametrize(
    ("fields", "code", "text", "sender", "time"),
    [
        (
            "auth|bob@example.org|al@x|ann@example.net|1|9|5|2|pending|394|421 4.7.0 later",
            421,
            "4.7.0 later",
            "bob@example.org",
            "5",
        ),
        ("|@|al@x|ann@example.net|1|9|0|0|inflight|2|", None, "waiting in the queue", "", "1"),
        ("suspend|@|al@x|ann@example.net|1|9|0|0|offline||", None, "on hold in the queue", "", "1"),
        ("|@|al@x|ann@example.net|1|9|5|1|pending|9|a|b", None, "a|b", "", "5"),
    ],
)
def test_the_listing_of_opensmtpd(fields: str, code: int | None, text: str, sender: str, time: str) -> None:
    (event,) = events_of(SmtpctlReader(), f"1234567890abcdef|inet4|mta|{fields}")
    assert (event.code, event.text, event.sender, event.time) == (code, text, sender, time)
    assert event.recipient == "ann@example.net"


def test_the_json_of_postqueue() -> None:
    said = "host mx.example.net[192.0.2.25] said: 450 4.7.1 no (in reply to RCPT TO command)"
    recipients = [{"address": "ann@example.net", "delay_reason": said}, {"address": "al@example.net"}]
    queued = {"queue_name": "hold", "queue_id": "4Xq", "arrival_time": 1772529072, "sender": "bob@example.org"}
    first, second = events_of(PostqueueReader(), json.dumps({**queued, "recipients": recipients}))
    assert (first.code, first.host, first.recipient, first.time) == (
        450,
        "mx.example.net",
        "ann@example.net",
        "1772529072",
    )
    assert (second.text, second.sender) == ("on hold in the queue", "bob@example.org")


READERS = (MailqReader, EximQueueReader, SmtpctlReader, PostqueueReader)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "line",
    [
        "",
        "                                         ann@example.net",
        "(connect to mx.example.com[192.0.2.26]:25: Connection timed out)",
        "550 5.1.1 no",
        "Mar  3 10:11:12 mx1 postfix/smtp[4121]: 4Xq1Kz2w9lz1Rb: removed",
        "1234567890abcdef|inet4|mta|",
        '{"queue_id": 1}',
        '{"queue_id": "a", "recipients": [',
        '{"type": "Delivery", "recipient": "ann@example.net"}',
    ],
)
def test_what_is_no_listing_is_left_to_others(reader: type[Reader], line: str) -> None:
    assert reader().read(line, 1) is None


@pytest.mark.parametrize(("reader", "listing"), [(MailqReader, POSTFIX), (EximQueueReader, EXIM)])
def test_a_listing_ends_where_something_else_begins(reader: type[Reader], listing: str) -> None:
    asked = reader()
    answers = [asked.read(line, number) for number, line in enumerate(listing.split("\n"), 1)]
    assert answers.index(None) == len(answers) - 1


LINES = st.one_of(
    st.sampled_from([*POSTFIX.split("\n"), *SENDMAIL.split("\n"), *EXIM.split("\n")]),
    st.builds("1234567890abcdef|inet4|mta|{}".format, st.text("|a@0", max_size=30)),
    st.builds(
        '{{"queue_name": "x", "queue_id": "a", "recipients": [{}]}}'.format, st.text('{}",:address', max_size=30)
    ),
    st.text(max_size=80),
)


@given(st.sampled_from(READERS), st.lists(LINES, max_size=12))
def test_no_line_makes_it_raise(reader: type[Reader], lines: list[str]) -> None:
    asked = reader()
    for line in lines:
        for event in asked.read(line, 1) or ():
            assert event.text
    assert asked.end() == ()


def test_what_is_kept_is_bounded() -> None:
    reader = MailqReader()
    reader.read(f"A1B2C3D4E5*    1234 Tue Mar  3 10:11:12  {'b' * 60_000}", 1)
    reader.read(f"({'x' * 60_000})", 2)
    (event,) = reader.read("          ann@example.net", 3) or ()
    assert len(event.text) == TEXT_LIMIT
    assert len(event.given) <= GIVEN_LIMIT
    assert len(event.sender) < 1_000
    line = json.dumps({"queue_name": "x", "queue_id": "a", "recipients": [{}] * 5_000})
    assert len(PostqueueReader().read(line, 1) or ()) == RECIPIENTS_LIMIT
    assert PostqueueReader().read('{"queue_id": ' + "[" * 60_000, 1) is None
