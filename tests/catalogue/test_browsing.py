"""Entries are found by what somebody types, and each has its neighbours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.catalogue import browsing, codes, enhanced, extensions
from smtpprobe.catalogue.browsing import code_neighbours, enhanced_neighbours, find_codes, find_extensions, related
from smtpprobe.catalogue.enhanced.vendors import VENDOR_CODES
from smtpprobe.catalogue.entries import CodeEntry, EnhancedEntry, ExtensionEntry


def found(query: str) -> tuple[list[int], list[str]]:
    hits = find_codes(query)
    return [entry.code for entry in hits.codes], [entry.code for entry in hits.enhanced]


@pytest.mark.parametrize(
    ("query", "basic", "coded"),
    [
        ("504", [504], []),
        ("999", [999], []),
        ("3yz", [334, 354], []),
        ("intermediate", [334, 354], []),
        ("5.7.26", [], ["X.7.26"]),
        ("x.7.26", [], ["X.7.26"]),
        ("7.26", [], ["X.7.26"]),
        ("4.7.650", [], ["X.7.650"]),
        ("2.1", [], ["X.1.0", "X.1.5", "X.1.9", "X.2.1"]),
        ("2.1.", [], ["X.1.0", "X.1.5", "X.1.9"]),
        ("2.1.x", [], ["X.1.0", "X.1.5", "X.1.9"]),
        ("X.0", [], ["X.0.0"]),
        ("greylisting", [450], []),
        ("success auth", [235], ["X.7.0"]),
        ("ATRN 2yz", [250], []),
        ("no-such-word-anywhere", [], []),
        ("5.7 marmalade", [], []),
    ],
)
def test_codes_are_found(query: str, basic: list[int], coded: list[str]) -> None:
    assert found(query) == (basic, coded)


def test_an_empty_query_finds_all_of_both() -> None:
    assert len(find_codes(" ")) == len(codes.CODES) + len(enhanced.ENHANCED) + len(VENDOR_CODES)


def test_a_class_by_its_name_finds_both_kinds() -> None:
    basic, coded = found("permanent")
    assert {code // 100 for code in basic} == {5}
    assert "X.7.26" in coded
    assert "X.1.5" not in coded
    assert found("5yz") == (basic, [])


def test_a_command_finds_what_it_may_bring_and_no_author() -> None:
    basic, coded = found("AUTH")
    assert {235, 334, 535, 500} <= set(basic)
    assert {"X.7.8", "X.7.11"} <= set(coded)
    assert "X.7.22" not in coded


def test_the_beginning_of_a_word_is_enough_but_not_its_middle() -> None:
    assert "X.4.6" in found("loop")[1]
    assert found("oop") == ([], [])


@given(st.text(max_size=300))
def test_any_query_is_answered_in_order(query: str) -> None:
    hits = find_codes(query)
    assert [entry.code for entry in hits.codes] == sorted(entry.code for entry in hits.codes)
    numbers = [tuple(map(int, entry.code.split(".")[1:])) for entry in hits.enhanced]
    assert numbers == sorted(numbers)
    assert all(entry.keyword for entry in find_extensions(query))


@pytest.mark.parametrize("entry", codes.CODES.values(), ids=map(str, codes.CODES))
def test_a_reply_code_stands_between_its_neighbours(entry: CodeEntry) -> None:
    near = code_neighbours(entry)
    assert near.before is None or near.before.code < entry.code
    assert near.after is None or near.after.code > entry.code
    assert tuple(one.code for one in near.mistaken_for) == entry.mistaken_for
    assert all(entry.code in one.basic for one in near.enhanced)


def test_the_first_and_the_last_have_one_neighbour() -> None:
    numbers = list(codes.CODES)
    assert code_neighbours(codes.CODES[numbers[0]]).before is None
    assert code_neighbours(codes.CODES[numbers[-1]]).after is None


def test_a_code_that_is_not_listed_has_neighbours_too() -> None:
    near = code_neighbours(codes.lookup(457))
    assert (near.before, near.after) == (codes.CODES[456], codes.CODES[458])


@pytest.mark.parametrize("entry", enhanced.ENHANCED.values(), ids=enhanced.ENHANCED)
def test_an_enhanced_code_stands_among_its_subject(entry: EnhancedEntry) -> None:
    near = enhanced_neighbours(entry, entry.code)
    subject = entry.code.split(".")[1]
    assert entry not in near.siblings
    assert {one.code.split(".")[1] for one in near.siblings} <= {subject}
    assert tuple(one.code for one in near.basic) == entry.basic


def test_what_vendors_mean_is_found_by_vendor_word_number_and_class() -> None:
    def vendors(query: str) -> set[str]:
        return {f"{entry.vendor} {entry.code}" for entry in find_codes(query).vendors}

    assert vendors("gmail") == {f"Gmail {entry.code}" for entry in VENDOR_CODES if entry.vendor == "Gmail"}
    assert "Gmail X.7.26" in vendors("5.7 dkim")
    assert vendors("55") == vendors("5.7.26") == set()
    assert not [code for code in vendors("temporary microsoft") if " 5." in code]
    assert [entry.vendor for entry in enhanced_neighbours(enhanced.lookup("5.7.509"), "5.7.509").vendors]


@pytest.mark.parametrize(
    ("query", "keywords"),
    [
        ("dsn", ["DSN"]),
        ("SIZE", ["SIZE"]),
        ("SIZE=1000", ["SIZE"]),
        ("BODY=", ["8BITMIME", "BINARYMIME"]),
        ("BODY=BINARYMIME", ["BINARYMIME"]),
        ("RET=HDRS", ["DSN"]),
        ("BDAT", ["CHUNKING"]),
        ("artefact", ["XXXXXXXA"]),
        ("historic verbose", ["VERB", "XVRB"]),
        ("registered asterisks", []),
        ("marmalade", []),
    ],
)
def test_extensions_are_found(query: str, keywords: list[str]) -> None:
    assert [entry.keyword for entry in find_extensions(query)] == keywords


def test_every_status_lists_its_own() -> None:
    by_status = [find_extensions(status) for status in ("registered", "historic", "unregistered", "local", "artefact")]
    assert sum(map(len, by_status)) == len(extensions.EXTENSIONS)
    assert [len({entry.status for entry in entries}) for entries in by_status] == [1] * 5


@pytest.mark.parametrize(
    ("keyword", "kin"),
    [
        ("8BITMIME", "BINARYMIME"),
        ("CHUNKING", "BINARYMIME"),
        ("STARTTLS", "TLS"),
        ("CONNEG", "CONPERM"),
        ("XPROXYTO", "XRSETPROXYTO"),
        ("XSHADOW", "XSHADOWREQUEST"),
        ("DSN", "XDSN"),
    ],
)
def test_keywords_of_one_family_know_each_other(keyword: str, kin: str) -> None:
    assert kin in [entry.keyword for entry in related(extensions.EXTENSIONS[keyword])]


@pytest.mark.parametrize("entry", extensions.EXTENSIONS.values(), ids=extensions.EXTENSIONS)
def test_kinship_is_mutual_and_never_with_oneself(entry: ExtensionEntry) -> None:
    kin = related(entry)
    assert entry not in kin
    assert len(kin) <= 8
    assert all(entry in related(one) for one in kin)


def test_a_word_of_prose_is_no_keyword() -> None:
    assert "TLS" in extensions.EXTENSIONS["REQUIRETLS"].meaning
    assert browsing.related(extensions.EXTENSIONS["REQUIRETLS"]) == ()
