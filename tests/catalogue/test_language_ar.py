"""The Arabic texts: complete where they must be, and true to the English ones in what no translation may change."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from language_checks import (
    ENTRIES,
    ambiguous,
    changed_literals,
    english_words,
    left_in_english,
    lost_words,
    misfits,
    missing,
    missing_labels,
    unknown_keys,
    unused_labels,
    wide_purposes,
)

from smtpprobe.catalogue import languages
from smtpprobe.catalogue.languages import FIELDS, ar

SAME = frozenset({"{target}: {detail}.", "{vendor}: {meaning}", "TIME", "XACK", "XAUD"})
"""Texts that are the same in Arabic: templates with nothing but placeholders, and names."""

WIDEST_LABEL = 14
"""The column of the labels of a screen, which is padded by letters: a mark above one would move what follows."""

COLUMN = (
    "about",
    "adds commands",
    "at vendors",
    "classes",
    "goes with",
    "in EHLO",
    "in answer to",
    "mistaken for",
    "next to it",
    "origin",
    "reason",
    "references",
    "related",
    "said by",
    "same subject",
    "side by side",
    "status",
    "to MAIL FROM",
    "to RCPT TO",
    "to see more",
    "try again?",
    "what to do",
    "when",
    "who must act",
)
"""Labels that stand in the column."""

PLACEHOLDER = re.compile(r"\{[a-z_]+\}")
QUOTED = re.compile(r"`[^`]*`|«[^»]*»|“[^”]*”")
ARABIC = re.compile("[\u0621-\u064a]")
MARK = re.compile("[\u064b-\u0652\u0670]")
GLUED = re.compile("[\u0621-\u064a\u0640][0-9A-Za-z`]|[0-9A-Za-z`][\u0621-\u064a]")
# Eastern digits, marks of direction (a screen shows them escaped), and punctuation that Arabic writes in another way.
FOREIGN = re.compile("[\u0660-\u0669\u06f0-\u06f9\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]|[\u0621-\u064a)»][?;,]")


def _texts() -> Iterator[tuple[str, str]]:
    """Every text with the key or the label that it stands for."""
    yield from ((label, told) for label, told in ar.LABELS.items() if told not in SAME)
    yield from ((key, text) for key, texts in ar.TEXTS.items() for text in texts if text and text not in SAME)


def test_every_label_is_translated() -> None:
    assert missing_labels(ar) == []


def test_no_label_is_left_over() -> None:
    assert unused_labels(ar) == []


@pytest.mark.parametrize("kind", FIELDS)
def test_every_entry_is_translated(kind: str) -> None:
    assert missing(ar, kind) == []


def test_every_text_has_an_entry() -> None:
    assert unknown_keys(ar) == []


def test_the_texts_fit_the_fields_of_their_entry() -> None:
    assert misfits(ar) == []


def test_placeholders_and_numbers_and_what_is_quoted_are_unchanged() -> None:
    assert changed_literals(ar) == []


def test_protocol_words_are_kept() -> None:
    assert lost_words(ar) == []


def test_a_purpose_fits_its_column() -> None:
    assert wide_purposes(ar) == []


def test_nothing_is_left_in_english() -> None:
    assert left_in_english(ar, SAME) == []
    assert english_words(ar) == []


def test_one_english_text_has_one_translation() -> None:
    assert ambiguous(ar) == []


def test_a_text_ends_as_the_english_one_does() -> None:
    assert [
        (key, text)
        for key, texts in ar.TEXTS.items()
        for english, text in zip(ENTRIES.get(key, ()), texts, strict=False)
        if english.endswith(".") != text.endswith(".")
    ] == []


def test_every_text_is_in_arabic() -> None:
    assert [(key, text) for key, text in _texts() if not ARABIC.search(PLACEHOLDER.sub("", text))] == []


def test_marks_are_arabic_and_digits_are_latin() -> None:
    assert [(key, text) for key, text in _texts() if FOREIGN.search(QUOTED.sub("", text))] == []


def test_no_arabic_letter_is_glued_to_a_latin_one_or_to_a_digit() -> None:
    assert [(key, text) for key, text in _texts() if GLUED.search(PLACEHOLDER.sub("", text))] == []


@pytest.mark.parametrize("label", COLUMN)
def test_a_label_fits_its_column(label: str) -> None:
    assert len(ar.LABELS[label]) <= WIDEST_LABEL
    assert not MARK.search(ar.LABELS[label])


def test_a_page_is_read_from_right_to_left() -> None:
    assert languages.words("ar").direction == "rtl"
