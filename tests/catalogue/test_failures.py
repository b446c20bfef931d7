"""Every failure has a sentence that can be filled in and a next step. Nothing here fails for real."""

from __future__ import annotations

from string import Formatter

import pytest

from smtpprobe.catalogue.failures import ENTRIES, FAILURES, NEXT_AT, PLACEHOLDERS, FailureEntry
from smtpprobe.outcome import FailureKind, Stage

VALUES = {
    "target": "mail.example.org:2525",
    "host": "mail.example.org",
    "port": 2525,
    "address": "192.0.2.25",
    "detail": "what the {server} said",
    "stage": Stage.GREETING.meaning,
}

each_entry = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.kind)


def test_every_kind_has_one_entry_in_the_order_of_the_list() -> None:
    assert [entry.kind for entry in ENTRIES] == list(FailureKind)
    assert list(FAILURES) == list(FailureKind)


def test_the_placeholders_are_the_agreed_ones() -> None:
    assert set(VALUES) == PLACEHOLDERS


@each_entry
def test_the_sentence_begins_with_the_target_and_can_be_filled_in(entry: FailureEntry) -> None:
    fields = {field for _, field, _, _ in Formatter().parse(entry.sentence) if field is not None}
    assert fields <= PLACEHOLDERS
    sentence = entry.sentence.format(**VALUES)
    assert sentence.startswith("mail.example.org:2525: ")
    assert sentence.endswith(".")
    assert "what the {server} said" in sentence or "{" not in sentence


@each_entry
def test_the_next_step_is_one_plain_sentence(entry: FailureEntry) -> None:
    assert entry.next_step.endswith(".")
    assert "{" not in entry.next_step
    assert ". " not in entry.next_step
    assert entry.next_step != entry.sentence


def test_no_two_kinds_say_the_same() -> None:
    assert len({entry.sentence for entry in ENTRIES}) == len({entry.next_step for entry in ENTRIES}) == len(ENTRIES)


def test_the_screen_of_a_refused_connection() -> None:
    entry = FAILURES[FailureKind.REFUSED]
    assert entry.sentence.format(**VALUES) == (
        "mail.example.org:2525: nothing listens there (connection refused by 192.0.2.25)."
    )
    assert entry.next_step == "Mail servers listen on 25 (MX), 587 (submission) or 465 (submission over TLS)."


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (FailureKind.TIMEOUT, ["--timeout"]),
        (FailureKind.NO_ADDRESS, ["AAAA", "-4"]),
        (FailureKind.NOT_SMTP_TLS, ["smtps://", "465"]),
        (FailureKind.NOT_SMTP_HTTP, ["25", "587", "465"]),
        (FailureKind.NOT_SMTP_SSH, ["25", "587", "465"]),
    ],
)
def test_the_next_step_knows_the_usual_ways_out(kind: FailureKind, words: list[str]) -> None:
    assert [word for word in words if word not in FAILURES[kind].next_step] == []


def test_a_timeout_is_met_by_where_it_happened() -> None:
    assert "block outgoing port 25" in NEXT_AT[FailureKind.TIMEOUT, Stage.CONNECT]
    assert "silent" in NEXT_AT[FailureKind.TIMEOUT, Stage.GREETING]
    assert all(step.endswith(".") for step in NEXT_AT.values())


@pytest.mark.parametrize(
    ("kind", "protocol"),
    [(FailureKind.NOT_SMTP_HTTP, "HTTP"), (FailureKind.NOT_SMTP_SSH, "SSH"), (FailureKind.NOT_SMTP_TLS, "TLS")],
)
def test_a_foreign_protocol_is_named(kind: FailureKind, protocol: str) -> None:
    assert f"speaks {protocol}" in FAILURES[kind].sentence
