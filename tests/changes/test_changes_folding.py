"""What differs from run to run is folded away, what matters stays, and folding twice is folding once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_documents import answering, document, exchange, greeting, observation, taken

from smtpprobe.changes import compare, folded
from smtpprobe.changes.words import Also, What

DATES = [
    "Sun, 29 Nov 2026 02:05:56 +0000",
    "Sun, 29 Nov 2026 02:05:56 +0000 (UTC)",
    "29 Nov 2026 02:05:56 -0800",
    "29-Nov-2026 02:05",
    "Sun Nov 29 02:05:56 2026",
    "Sun Nov  9 02:05:56 CET 2026",
    "2026-11-29T02:05:56Z",
    "2026-11-29T02:05:56.123456+01:00",
    "2026-11-29 02:05:56",
    "2026-11-29",
    "20261129T020556Z",
    "29.11.2026 02:05:56",
    "11/29/2026 2:05:56 AM",
    "November 29, 2026",
    "02:05:56",
    "2:05 PM",
    "02:05 GMT",
    "1795917956",
    "1795917956.123",
]
IDS = [
    "1t9aBc-0001Ab-2d",
    "1vPabc-00000000Xyz-1AbC",
    "4QdkVp3BQPz2xKD",
    "3F2A41C0D7",
    "a640c23a62f3a-a9e0f1b2c3d4si12345678.123",
    "4AT25uXk755995",
    "BN8NAM12FT054",
    "[08DDAB12CD34EF56]",
    "123e4567-e89b-12d3-a456-426614174000",
    "755995",
    "pid 812",
    "qp 4711",
    "session a81f",
    "[192.0.2.77]",
    "192.0.2.77:40112",
    "(IPv6:2001:db8::77)",
    "client.example.net [192.0.2.77]",
]
KEPT = [
    "Recipient address rejected: User unknown in local recipient table",
    "AUTH mechanism SCRAM-SHA-256-PLUS not available",
    "RFC 5321 4.1.1 section 2",
    "8BITMIME SMTPUTF8 BINARYMIME base64 sha256 mx1.example.net",
    "try again in 300 seconds",
    "cannot-process-it",
    "version 2.3.4 at port",
]


def text_of(text: str, also: tuple[str, ...] = ()) -> str:
    """What is left of a reply."""
    facts = folded(taken(answering("NOOP", text)), also).facts
    return next(fact.text for fact in facts if fact.what is What.ANSWER)


@pytest.mark.parametrize("date", DATES)
def test_a_date_in_any_usual_form_is_folded(date: str) -> None:
    assert text_of(f"ready at {date}, go on") in ("ready at <date>, go on", "ready <date>, go on")
    assert " ".join(date.split()) in text_of(f"ready at {date}, go on", (Also.DATES,))


@pytest.mark.parametrize("made_up", IDS)
def test_an_id_is_folded(made_up: str) -> None:
    assert not set("0123456789") & set(text_of(f"Ok: {made_up}, go on"))
    assert made_up in text_of(f"Ok: {made_up}, go on", (Also.IDS,))


@pytest.mark.parametrize("words", KEPT)
def test_words_and_small_numbers_stay(words: str) -> None:
    assert text_of(words) == words


def test_our_own_names_are_folded_wherever_they_are_echoed() -> None:
    echo = "mail.example.org Hello probe.example.net [192.0.2.10]:40112, pleased to meet you"
    assert text_of(echo) == "<server> Hello <us> <address>, pleased to meet you"
    assert text_of("Hello probe.example.net, you are 192.0.2.10") == "Hello <us>, you are <us>"


def test_the_random_name_of_a_run_is_folded_in_command_and_reply() -> None:
    one = folded(taken(answering("VRFY 0123456789@example.org", "<0123456789@example.org>: unknown", code=550)))
    (answer,) = [fact for fact in one.facts if fact.what is What.ANSWER]
    assert answer.command == "VRFY <random>@example.org"
    assert answer.text == "<<random>@example.org>: unknown"


def test_the_challenge_of_a_login_is_folded_and_its_prompt_is_not() -> None:
    challenge = answering("AUTH CRAM-MD5", "PDE4MzE0MjEyNTAuNzU1OTk1QG1haWwudGVzdC5leGFtcGxlPg==", code=334)
    prompt = answering("AUTH LOGIN", "VXNlcm5hbWU6", code=334)
    assert [f.text for f in taken(challenge).facts if f.what is What.ANSWER] == ["<challenge>"]
    assert [f.text for f in taken(prompt).facts if f.what is What.ANSWER] == ["VXNlcm5hbWU6"]


def test_what_the_server_announces_is_folded_where_it_says_it_again() -> None:
    """A limit or a version that changes is one change, not one for each reply that quotes it."""
    assert text_of("over the limit of 52428800 octets, SIZE=52428801; Exim 4.96") == (
        "over the limit of <limit> octets, SIZE=<limit>; Exim <version>"
    )


def test_the_greeting_keeps_the_name_of_the_server() -> None:
    before = taken(exchanges=greeting("mx1.example.org ESMTP"))
    after = taken(exchanges=greeting("mx2.example.org ESMTP"))
    assert [change.words for change in compare(before, after)] == ["the greeting has another text"]


def test_what_stands_in_the_text_like_a_mark_is_no_trouble() -> None:
    for text in ("<id> <date> <us>", "<<id>>", "<id>12345678", "&<date>02:05:56"):
        once = folded(taken(answering("NOOP", text)))
        assert folded(once) == once


def test_names_that_are_also_marks_are_no_trouble() -> None:
    one = document(ehlo_name="server", source="date")
    one["exchanges"].append(exchange("NOOP", "server and date and <server>", probe="noop"))
    one["observations"].append(observation("noop", 4))
    once = folded(taken(one))
    assert folded(once) == once


PIECES = st.one_of(
    st.sampled_from(
        [*DATES, *IDS, "<id>", "<", ">", "[", "]", "probe.example.net", "192.0.2.10", "52428800", " ", ":", "T"]
    ),
    st.text(max_size=5),
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_folding_is_idempotent(text: str) -> None:
    once = folded(taken(answering("NOOP", text)))
    assert folded(once) == once
    for word in Also:
        asked = folded(taken(answering("NOOP", text)), (word,))
        assert folded(asked, (word,)) == asked


@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_document_against_itself_has_no_change(text: str) -> None:
    one = taken(answering("NOOP", text))
    assert compare(one, one) == ()
    assert compare(one, one, frozenset(Also)) == ()


def test_what_folds_to_one_name_says_both_in_whichever_order_it_stood() -> None:
    asked = [
        exchange("VRFY 1234567", "here", probe="question"),
        exchange("VRFY 7654321", "no", code=550, probe="question"),
    ]
    before, after = (
        taken(exchanges=[*greeting("mail.example.org"), *order], observations=[observation("question", 1, 2)])
        for order in (asked, asked[::-1])
    )
    (answer,) = [fact for fact in folded(before).facts if fact.what is What.ANSWER]
    assert (answer.command, answer.value, answer.text) == ("VRFY <id>", "250, 550", "here / no")
    assert compare(before, after) == ()
