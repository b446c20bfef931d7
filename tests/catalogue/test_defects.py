"""Every defect of the closed list is explained, once. Detects nothing."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from smtpprobe.catalogue.defects import DEFECTS, ENTRIES, DefectEntry
from smtpprobe.outcome import Defect, Severity

each_entry = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.defect)


def test_every_defect_has_one_entry_in_the_order_of_the_list() -> None:
    assert [entry.defect for entry in ENTRIES] == list(Defect)
    assert list(DEFECTS) == list(Defect)


@each_entry
def test_the_texts_are_sentences_of_our_own(entry: DefectEntry) -> None:
    for text in (entry.meaning, entry.advice):
        assert text == text.strip()
        assert text.endswith(".")
    assert entry.meaning.casefold() != f"{entry.defect.meaning}.".casefold()


@each_entry
def test_the_references_are_rfc_sections(entry: DefectEntry) -> None:
    assert entry.references
    assert all(re.fullmatch(r"RFC \d{3,5}( \d+(\.\d+)*)?", reference) for reference in entry.references)


def test_no_sentence_stands_twice() -> None:
    counted = Counter(
        sentence
        for entry in ENTRIES
        for text in (entry.meaning, entry.advice)
        for sentence in re.split(r"(?<=\.)\s+(?=[A-Z`])", text)
    )
    assert [sentence for sentence, times in counted.items() if times > 1] == []


@pytest.mark.parametrize(
    ("defect", "severity"),
    [
        (Defect.KEYWORD_MANGLED, Severity.ERROR),
        (Defect.CODES_DIFFER, Severity.ERROR),
        (Defect.UNSOLICITED, Severity.ERROR),
        (Defect.BARE_LF, Severity.WARNING),
        (Defect.LINE_OVER_512, Severity.INFO),
        (Defect.KEYWORD_REPEATED, Severity.INFO),
    ],
)
def test_what_endangers_the_dialogue_weighs_most(defect: Defect, severity: Severity) -> None:
    assert DEFECTS[defect].severity is severity
