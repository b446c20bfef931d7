"""The enhanced status codes: the whole registry, worded once, and an explanation for every other code."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.catalogue import enhanced
from smtpprobe.catalogue.enhanced import ENHANCED, class_meaning, lookup, search
from smtpprobe.catalogue.entries import EnhancedEntry
from smtpprobe.outcome import Retry

# Details registered for each subject (IANA SMTP Enhanced Status Codes).
REGISTERED = {0: range(1), 1: range(11), 2: range(5), 3: range(7), 4: range(8), 5: range(7), 6: range(11), 7: range(31)}

entries = pytest.mark.parametrize("entry", ENHANCED.values(), ids=ENHANCED)


def sentences(entry: EnhancedEntry) -> list[str]:
    return re.split(r"(?<=\.) ", f"{entry.meaning} {entry.fix}")


def test_the_whole_registry_is_there() -> None:
    assert set(ENHANCED) == {f"X.{subject}.{detail}" for subject, details in REGISTERED.items() for detail in details}


def test_every_file_of_the_package_is_listed_and_no_code_stands_in_two() -> None:
    files = {path.stem for path in Path(enhanced.__file__).parent.glob("*.py")} - {"__init__"}
    rooms = [getattr(enhanced, name) for name in files]
    assert sum(len(room.ENTRIES) for room in rooms) == len(ENHANCED)


@entries
def test_an_entry_is_filled_in(entry: EnhancedEntry) -> None:
    assert entry.name
    assert entry.meaning.endswith(".")
    assert entry.fix.endswith(".")
    assert entry.classes
    assert set(entry.classes) <= {2, 4, 5}
    assert {code // 100 for code in entry.basic} <= set(entry.classes)
    assert entry.references
    assert "please" not in f"{entry.meaning} {entry.fix}".lower()


def test_no_sentence_is_used_twice() -> None:
    counted = Counter(sentence for entry in ENHANCED.values() for sentence in sentences(entry))
    assert [sentence for sentence, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("kind", ["2", "4", "5", "X", "x"])
@entries
def test_a_registered_code_is_found_under_every_class(entry: EnhancedEntry, kind: str) -> None:
    assert lookup(entry.code.replace("X", kind, 1)) is entry


@given(st.sampled_from("245X"), st.integers(0, 999), st.integers(0, 999))
def test_no_code_goes_unexplained(kind: str, subject: int, detail: int) -> None:
    entry = lookup(f"{kind}.{subject}.{detail}")
    assert entry.code == f"X.{subject}.{detail}"
    assert entry.meaning.endswith(".")
    assert entry.fix.endswith(".")
    assert entry.references


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("5.0.9", "class"),
        ("5.1.351", "address"),
        ("5.2.121", "mailbox"),
        ("5.3.190", "mail system"),
        ("4.4.312", "DNS"),
        ("5.5.77", "SMTP dialogue"),
        ("5.6.11", "content"),
        ("5.7.509", "policy"),
        ("5.9.1", "not defined by any RFC"),
    ],
)
def test_an_unregistered_code_is_explained_by_its_subject(code: str, word: str) -> None:
    assert code[2:] not in ENHANCED
    assert word in lookup(code).meaning


def test_the_class_of_an_unregistered_code_decides_on_retrying() -> None:
    assert lookup("4.7.650").retry is Retry.LATER
    assert lookup("5.7.650").retry is Retry.AFTER_FIX


@pytest.mark.parametrize(
    "text",
    ["", "5", "5.7", "5.7.1.1", "5.7.1000", "3.7.1", "9.9.9", "5.7.x", " 5.7.1", "5.7.1\n", "5..1", "٥.7.1", "5.٧.1"],
)
def test_anything_else_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match="enhanced status code"):
        lookup(text)


@given(st.text())
def test_any_text_brings_an_entry_or_a_value_error(text: str) -> None:
    try:
        assert lookup(text).code.startswith("X.")
    except ValueError as error:
        assert "enhanced status code" in str(error)  # noqa: PT017


@pytest.mark.parametrize(("digit", "word"), [(2, "Success"), (4, "Temporary"), (5, "Permanent")])
def test_the_classes(digit: int, word: str) -> None:
    assert class_meaning(digit).startswith(word)


@given(st.integers().filter(lambda digit: digit not in (2, 4, 5)))
def test_other_classes_do_not_exist(digit: int) -> None:
    with pytest.raises(ValueError, match="class"):
        class_meaning(digit)


@pytest.mark.parametrize("query", ["5.7.26", "x.7.26", "X.7.26", "7.26", "4.7.26"])
def test_a_code_finds_itself_first(query: str) -> None:
    assert search(query)[0].code == "X.7.26"


@pytest.mark.parametrize("query", ["2", "X.2"])
def test_a_subject_finds_its_codes_first(query: str) -> None:
    assert {entry.code for entry in search(query)[:5]} == {f"X.2.{detail}" for detail in range(5)}


def test_two_numbers_may_be_subject_and_detail_or_class_and_subject() -> None:
    assert [entry.code for entry in search("5.2")][:6] == ["X.5.2", *(f"X.2.{detail}" for detail in range(5))]


def test_words_must_all_be_there() -> None:
    assert "X.4.6" in {entry.code for entry in search("Received loop")}
    assert search("loop marmalade") == ()


@given(st.text())
def test_any_query_is_answered_from_the_list(text: str) -> None:
    assert all(ENHANCED[entry.code] is entry for entry in search(text))


def test_an_empty_query_brings_all() -> None:
    assert len(search("")) == len(ENHANCED)


def test_the_package_loads_nothing_heavy() -> None:
    code = "import sys, smtpprobe.catalogue.enhanced; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"aiosmtplib", "dns", "rich", "click"} & set(done.stdout.split())
