"""The German texts: complete where they must be, and true to the English ones in what no translation may change."""

from __future__ import annotations

import pytest
from language_checks import (
    ambiguous,
    changed_literals,
    coverage,
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

from smtpprobe.catalogue.languages import FIELDS, de

SAME = frozenset(
    {
        "{items}, {next}",
        "{target}: {detail}.",
        "{vendor}: {meaning}",
        "DMARC",
        "SPF",
        "Software",
        "TIME",
        "XACK",
        "XAUD",
        "in EHLO",
    }
)
"""Texts that are the same in German: names, and what is written alike."""


def test_every_label_is_translated() -> None:
    assert missing_labels(de) == []


def test_no_label_is_left_over() -> None:
    assert unused_labels(de) == []


def test_every_basic_code_is_translated() -> None:
    assert missing(de, "CodeEntry") == []


@pytest.mark.parametrize("kind", FIELDS)
def test_nearly_every_entry_of_each_type_is_translated(kind: str) -> None:
    told, every = coverage(de)[kind]
    assert told > 0.95 * every, missing(de, kind)


def test_every_text_has_an_entry() -> None:
    assert unknown_keys(de) == []


def test_the_texts_fit_the_fields_of_their_entry() -> None:
    assert misfits(de) == []


def test_placeholders_and_numbers_and_what_is_quoted_are_unchanged() -> None:
    assert changed_literals(de) == []


def test_protocol_words_are_kept() -> None:
    assert lost_words(de) == []


def test_a_purpose_fits_its_column() -> None:
    assert wide_purposes(de) == []


def test_nothing_is_left_in_english() -> None:
    assert left_in_english(de, SAME) == []
    assert english_words(de) == []


def test_one_english_text_has_one_translation() -> None:
    assert ambiguous(de) == []
