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

SAME = frozenset({"{target}: {detail}.", "{vendor}: {meaning}"})
"""Texts that are the same in Arabic: templates with nothing but placeholders."""

WIDEST_LABEL = 14
"""The column of the labels of a screen."""

QUOTED = re.compile(r"`[^`]*`|«[^»]*»|“[^”]*”")
ARABIC = re.compile("[\u0621-\u064a]")
# Digits and punctuation that Arabic writes in another way, and marks that a screen would show escaped.
FOREIGN = re.compile("[\u0660-\u0669\u06f0-\u06f9\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]|[\u0621-\u064a)»][?;,]")
GLUED = re.compile("[\u0621-\u064a\u0640][0-9]|[0-9][\u0621-\u064a]")


def _texts() -> Iterator[tuple[str, str]]:
    for key, texts in ar.TEXTS.items():
        for text in filter(None, texts):
            yield key, text


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


def test_every_text_is_in_arabic_with_arabic_marks_and_latin_digits() -> None:
    texts = [*_texts(), *((label, told) for label, told in ar.LABELS.items() if told not in SAME)]
    plain = [(key, QUOTED.sub("", text)) for key, text in texts]
    assert [(key, text) for key, text in texts if not ARABIC.search(re.sub(r"\{[a-z_]+\}", "", text))] == [
        (label, label) for label in ()
    ]
    assert [(key, text) for key, text in plain if FOREIGN.search(text)] == []
    assert [(key, text) for key, text in plain if GLUED.search(text)] == []


def test_words_of_the_language() -> None:
    words = languages.words("ar")
    assert words.direction == "rtl"
    assert words.word("who must act") == "من عليه التصرف"
    assert len(words.word("try again?")) <= WIDEST_LABEL
