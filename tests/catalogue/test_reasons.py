"""Every reason is put into words, and what implies one is complete."""

from __future__ import annotations

import re

import pytest

from smtpprobe.catalogue.enhanced import ENHANCED
from smtpprobe.catalogue.reasons import (
    ACTORS,
    BY_CODE,
    BY_ENHANCED,
    CATEGORIES,
    REASONS,
    implied_by_enhanced,
    tells_little,
)
from smtpprobe.outcome import Reason, Retry, Who

_SENDING = {"the sender", "the sender's mail admin", "you"}
_ACTORS_OF = {
    Who.SENDER: _SENDING,
    Who.RECIPIENT: {"the recipient", "the recipient's mail admin"},
    Who.SERVER: {"the recipient's mail admin", "you"},
    Who.NETWORK: {"the recipient's mail admin"},
    Who.NOBODY: {"nobody", "you"},
}


def test_every_reason_has_one_entry() -> None:
    assert set(REASONS) == set(Reason)


@pytest.mark.parametrize("reason", list(Reason))
def test_an_entry_is_whole(reason: Reason) -> None:
    entry = REASONS[reason]
    assert entry.reason is reason
    assert entry.title
    assert len(entry.title) <= 32
    assert not entry.title.endswith(".")
    for prose in (entry.sentence, entry.fix):
        assert prose.endswith(".")
        assert prose[0].isupper()
        assert "please" not in prose.lower()
    assert entry.actor in ACTORS
    assert entry.actor in _ACTORS_OF[entry.who]
    assert entry.references
    assert all(re.fullmatch(r"RFC \d{3,4}(?: \d+(?:\.\d+)*)?", reference) for reference in entry.references)


def test_no_two_reasons_read_the_same() -> None:
    for field in ("title", "sentence"):
        texts = [getattr(entry, field) for entry in REASONS.values()]
        assert len(set(texts)) == len(texts)


def test_a_lasting_refusal_is_not_to_be_repeated() -> None:
    for reason in (Reason.USERUNKNOWN, Reason.SUSPEND, Reason.VIRUSDETECTED):
        assert REASONS[reason].retry is Retry.NO


def test_categories_of_provider_lists_are_mapped() -> None:
    assert len(CATEGORIES) == 27
    assert set(CATEGORIES.values()) <= set(Reason) - {Reason.NONE, Reason.ACCEPTED, Reason.UNDEFINED}


def test_keys_of_enhanced_codes_are_well_formed() -> None:
    for key in BY_ENHANCED:
        assert re.fullmatch(r"[X45]\.[1-7](?:\.\d{1,3})?", key), key


@pytest.mark.parametrize("code", sorted(ENHANCED))
def test_every_registered_code_of_a_failure_implies_a_reason_unless_it_says_nothing(code: str) -> None:
    entry = ENHANCED[code]
    subject = code.split(".")[1]
    failing = [digit for digit in entry.classes if digit in (4, 5)]
    if not failing or subject == "0" or code == "X.1.5":
        return
    for digit in failing:
        assert implied_by_enhanced(f"{digit}{code[1:]}") is not None


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("5.1.1", Reason.USERUNKNOWN),
        ("4.2.1", Reason.SUSPEND),
        ("5.2.1", Reason.FILTERED),
        ("5.6.77", Reason.CONTENTERROR),
        ("5.7.606", Reason.BLOCKED),
        ("5.7.649", Reason.BLOCKED),
        ("4.7.1", Reason.BLOCKED),
        ("5.7.1", Reason.SECURITYERROR),
        ("2.1.5", Reason.ACCEPTED),
        ("5.0.0", None),
        ("4.0.0", None),
        ("5.9.9", None),
        ("", None),
        ("rubbish", None),
    ],
)
def test_implied_by_an_enhanced_code(code: str, reason: Reason | None) -> None:
    assert implied_by_enhanced(code) is reason


def test_a_code_that_only_names_its_subject_tells_little() -> None:
    assert [code for code in ("5.0.0", "5.7.0", "5.7.1", "5.7.999", "5.4.200") if tells_little(code)] == [
        "5.0.0",
        "5.7.0",
        "5.4.200",
    ]


def test_reply_codes_that_imply_a_reason_are_refusals() -> None:
    assert all(400 <= code <= 599 for code in BY_CODE)
    assert 550 not in BY_CODE
