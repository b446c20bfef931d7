"""The catalogue of reply codes is whole, orderly and says nothing twice. Looks at entries only, never at a server."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.catalogue.codes import (
    CODES,
    de_facto_permanent,
    de_facto_transient,
    group,
    lookup,
    outside,
    permanent,
    positive,
    reply_class,
    search,
    transient,
)
from smtpprobe.catalogue.entries import CodeEntry
from smtpprobe.outcome import Retry, Who

NUMBERS = """
    101 111 200 211 214 220 221 235 250 251 252 253 254 334 354
    400 403 412 417 420 421 422 423 426 427 430 431 432 435 440 441 442 446 447 449
    450 451 452 453 454 455 456 458 459 471 498
    500 501 502 503 504 505 510 511 512 513 515 517 518 520 521 522 523 524 525 526 530 531 532 533 534 535 538
    540 541 542 546 547 550 551 552 553 554 555 556 557 558 559 571 572 585 591 602 605 606 607
"""
KNOWN = [int(number) for number in NUMBERS.split()]

DOTLESS = [417, 431, 441, 442, 446, 447, 471, 510, 511, 512, 513, 515, 517, 518, 522, 523, 531, 532, 546, 547, 571, 572]

FILES = {
    "positive": positive.ENTRIES,
    "transient": transient.ENTRIES,
    "de_facto_transient": de_facto_transient.ENTRIES,
    "permanent": permanent.ENTRIES,
    "de_facto_permanent": de_facto_permanent.ENTRIES,
    "outside": outside.ENTRIES,
}


def texts(entry: CodeEntry) -> tuple[str, ...]:
    return entry.meaning, entry.when, entry.fix


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?!])\s+(?=[A-Z`])", text)


each_entry = pytest.mark.parametrize("entry", CODES.values(), ids=map(str, CODES))
each_file = pytest.mark.parametrize("entries", FILES.values(), ids=FILES)


def test_every_known_code_has_an_entry() -> None:
    assert len(KNOWN) == 96
    assert set(KNOWN) <= set(CODES)


def test_no_code_has_two_entries() -> None:
    assert sum(map(len, FILES.values())) == len(CODES)


def test_the_table_is_in_numeric_order() -> None:
    assert list(CODES) == sorted(CODES)
    assert all(code == entry.code for code, entry in CODES.items())


@each_file
def test_each_file_is_in_numeric_order(entries: tuple[CodeEntry, ...]) -> None:
    codes = [entry.code for entry in entries]
    assert codes == sorted(codes)


@pytest.mark.parametrize(
    ("name", "digits", "origin"),
    [
        ("positive", "23", None),
        ("transient", "4", "rfc"),
        ("de_facto_transient", "4", "de-facto"),
        ("permanent", "5", "rfc"),
        ("de_facto_permanent", "5", "de-facto"),
        ("outside", "16", "outside"),
    ],
)
def test_each_file_holds_what_its_name_says(name: str, digits: str, origin: str | None) -> None:
    for entry in FILES[name]:
        assert str(entry.code)[0] in digits
        assert origin in (None, entry.origin)


@each_entry
def test_every_text_is_a_sentence(entry: CodeEntry) -> None:
    for text in texts(entry):
        assert text == text.strip()
        assert text.endswith(".")
        assert "  " not in text
        assert "please" not in text.lower()


@each_entry
def test_the_name_is_a_title(entry: CodeEntry) -> None:
    assert entry.name
    assert not entry.name.endswith(".")


def test_no_two_codes_share_a_name() -> None:
    assert len({entry.name.casefold() for entry in CODES.values()}) == len(CODES)


def test_no_sentence_stands_twice() -> None:
    counted = Counter(
        sentence.casefold() for entry in CODES.values() for text in texts(entry) for sentence in sentences(text)
    )
    assert [sentence for sentence, times in counted.items() if times > 1] == []


@each_entry
def test_mistaken_codes_exist(entry: CodeEntry) -> None:
    assert set(entry.mistaken_for) <= set(CODES) - {entry.code}
    assert list(entry.mistaken_for) == sorted(set(entry.mistaken_for))


@each_entry
def test_references_of_an_rfc_code_are_sections(entry: CodeEntry) -> None:
    assert entry.references
    assert all(entry.references)
    if entry.origin == "rfc":
        assert all(re.fullmatch(r"RFC \d{3,5}( \d+(\.\d+)*)?", reference) for reference in entry.references)


@each_entry
def test_retry_and_who_agree_with_the_class(entry: CodeEntry) -> None:
    if entry.code // 100 in (2, 3) and entry.code != 254:
        assert (entry.retry, entry.who) == (Retry.NO, Who.NOBODY)
    if entry.code // 100 == 4:
        assert entry.retry is not Retry.NO
    if entry.code // 100 == 5:
        assert entry.retry is not Retry.LATER


@pytest.mark.parametrize("code", DOTLESS)
def test_a_dotless_enhanced_code_says_so(code: int) -> None:
    dotted = ".".join(str(code))
    assert dotted in CODES[code].meaning
    assert re.search(r"\bdot|undotted|three bare digits", CODES[code].meaning)
    assert any(reference.startswith("RFC 3463") for reference in CODES[code].references)


@pytest.mark.parametrize("code", [471, 498, 571, 572, 585, 591])
def test_a_code_outside_the_grammar_says_so(code: int) -> None:
    assert "RFC 5321 4.2" in CODES[code].references
    assert re.search(r"grammar|second digit|invented|in the middle", CODES[code].meaning)


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        (211, ["status", "own state", "HELP", "capabilities", "informational", "configuration", "administrator"]),
        (211, ["rare", "214, 250 or 502", "Haraka", "STATUS"]),
        (214, ["commands this server supports", "how to use", "a person", "After HELP", "No action", "which commands"]),
        (214, ["Exim", "Postfix from 3.9", "aiosmtpd", "250", "502", "EHLO"]),
        (504, ["command itself is valid", "parameter", "mechanism", "extensions", "EHLO reply", "MAIL FROM parameter"]),
        (504, ["need fully-qualified hostname", "AUTH before STARTTLS", "Postfix"]),
        (504, ["Exim", "Sendmail", "OpenSMTPD", "Exchange", "535 from Postfix", "534 from", "554 from"]),
        (504, ["555", "Exim says 501", "OpenSMTPD 503", "swallow", "hardly any server", "HELP on an unknown topic"]),
    ],
)
def test_the_well_known_facts_are_there(code: int, facts: list[str]) -> None:
    whole = " ".join(texts(CODES[code]))
    assert [fact for fact in facts if fact not in whole] == []


def test_the_classes_of_the_seed_codes() -> None:
    assert reply_class(211) == reply_class(214) == "2yz Positive Completion"
    assert reply_class(354) == "3yz Positive Intermediate"
    assert reply_class(451) == "4yz Transient Negative Completion"
    assert reply_class(504) == "5yz Permanent Negative Completion"
    assert reply_class(111) == reply_class(602) == reply_class(1) == reply_class(-300)
    assert "outside SMTP" in reply_class(111)


@pytest.mark.parametrize(
    ("code", "word"),
    [
        (500, "syntax"),
        (214, "information"),
        (421, "connections"),
        (535, "authentication"),
        (441, "unspecified"),
        (550, "mail system"),
        (571, "outside RFC 5321"),
        (605, "outside SMTP"),
    ],
)
def test_the_group_is_read_from_the_second_digit(code: int, word: str) -> None:
    assert word in group(code)


@given(st.integers(0, 999))
def test_every_number_is_explained(code: int) -> None:
    entry = lookup(code)
    assert entry.code == code
    assert entry.name
    assert entry.references
    assert reply_class(code)
    assert group(code)
    assert all(text.endswith(".") and len(text) > 10 for text in texts(entry))
    assert set(entry.mistaken_for) <= set(CODES)


@given(st.integers())
def test_no_integer_is_too_strange(code: int) -> None:
    assert lookup(code).meaning
    assert reply_class(code)
    assert group(code)


@pytest.mark.parametrize("code", [0, 99, 100, 199, 600, 999, 1000, -250])
def test_a_number_outside_is_no_reply(code: int) -> None:
    entry = lookup(code)
    assert entry.origin == "outside"
    assert f"{code} is no SMTP reply" in entry.meaning


@pytest.mark.parametrize(
    ("code", "name", "retry"),
    [
        (457, "Unlisted transient refusal about the mail system", Retry.LATER),
        (236, "Unlisted success about authentication", Retry.NO),
        (300, "Unlisted go-ahead about syntax", Retry.NO),
        (529, "Unlisted permanent refusal about the connection", Retry.AFTER_FIX),
        (599, "Unlisted permanent refusal about a matter outside the grammar", Retry.AFTER_FIX),
    ],
)
def test_an_unlisted_code_is_explained_by_its_digits(code: int, name: str, retry: Retry) -> None:
    entry = lookup(code)
    assert (entry.name, entry.retry) == (name, retry)


def test_an_unlisted_refusal_may_be_an_enhanced_code_without_dots() -> None:
    assert "5.7.8" in lookup(578).meaning
    assert "2.7.8" not in lookup(278).meaning
    assert "5.8.0" not in lookup(580).meaning


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("550", [550]),
        ("  504 ", [504]),
        ("457", [457]),
        ("999", [999]),
        ("55", [550, 551, 552, 553, 554, 555, 556, 557, 558, 559]),
        ("45x", [450, 451, 452, 453, 454, 455, 456, 458, 459]),
        ("3yz", [334, 354]),
        ("3XX", [334, 354]),
        ("2yz auth", [235]),
        ("ATRN 4yz", [400, 421, 430, 450, 451, 453]),
        ("greylisting", [450]),
        ("null MX", [556]),
        ("(unbalanced [", []),
        ("no-such-word-anywhere", []),
    ],
)
def test_search(query: str, codes: list[int]) -> None:
    assert [entry.code for entry in search(query)] == codes


def test_search_by_verb_finds_what_may_answer_it() -> None:
    found = {entry.code for entry in search("auth")}
    assert {235, 334, 454, 504, 534, 535, 538, 421, 500, 501} <= found
    assert not found & {354, 550, 211}


def test_an_empty_search_lists_all() -> None:
    assert search("  ") == tuple(CODES.values())


@given(st.text(max_size=40))
def test_search_bears_any_text(query: str) -> None:
    codes = [entry.code for entry in search(query)]
    assert codes == sorted(codes)


def test_the_catalogue_loads_no_heavy_package() -> None:
    heavy = ("aiosmtplib", "aiosmtpd", "dns", "rich", "click", "asyncio")
    program = f"import sys, smtpprobe.catalogue.codes; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
