"""Every wording is needed, finds its samples, leaves its near misses alone, and is fast on hostile text."""

from __future__ import annotations

import re
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.catalogue.entries import WordingEntry
from smtpprobe.catalogue.needles import needles
from smtpprobe.catalogue.wordings import VAGUE, WORDINGS, folded, match, match_vague
from smtpprobe.outcome import Reason

ENTRIES = (*WORDINGS, *VAGUE)
PATTERNS = tuple(pattern for entry in ENTRIES for pattern in entry.patterns)
_BY_READERS_AND_CODES = {Reason.ACCEPTED, Reason.NONE, Reason.UNDEFINED, Reason.ONHOLD}


def _name(entry: WordingEntry) -> str:
    return f"{ENTRIES.index(entry)}-{entry.reason}"


@pytest.mark.parametrize("entry", WORDINGS, ids=_name)
def test_samples_are_found_by_their_entry_and_by_none_before_it(entry: WordingEntry) -> None:
    assert entry.samples
    for sample in entry.samples:
        assert match(sample) is entry, sample


@pytest.mark.parametrize("entry", VAGUE, ids=_name)
def test_samples_of_vague_wordings_are_found_and_say_nothing_more(entry: WordingEntry) -> None:
    for sample in entry.samples:
        assert match(sample) is None, sample
        assert match_vague(sample) is entry, sample


@pytest.mark.parametrize("entry", ENTRIES, ids=_name)
def test_near_misses_are_left_alone(entry: WordingEntry) -> None:
    assert entry.near_misses
    for near_miss in entry.near_misses:
        text = folded(near_miss)
        assert not [pattern for pattern in entry.patterns if re.search(pattern, text)], near_miss


def test_no_pattern_and_no_sample_is_there_twice() -> None:
    for texts in (PATTERNS, [sample for entry in ENTRIES for sample in entry.samples]):
        assert [text for text, times in Counter(texts).items() if times > 1] == []


def test_every_reason_that_words_can_tell_has_a_wording() -> None:
    assert {entry.reason for entry in WORDINGS} == set(Reason) - _BY_READERS_AND_CODES


def test_a_pattern_can_match_what_folding_leaves() -> None:
    for pattern in PATTERNS:
        plain = re.sub(r"\\.|\[[^\]]*\]", "", pattern)
        assert plain == plain.lower(), pattern
        assert not re.search(r"[àâäéèêëîïôöûüç’]", plain), pattern
        assert re.compile(pattern)


def test_a_pattern_tells_what_it_needs() -> None:
    for pattern in PATTERNS:
        held = needles(pattern)
        assert held, pattern
        assert min(map(len, held)) > 1, pattern


def test_what_a_pattern_needs_stands_in_all_that_it_matches() -> None:
    for entry in ENTRIES:
        for sample in entry.samples:
            text = folded(sample)
            for pattern in PATTERNS:
                if re.search(pattern, text):
                    assert any(needle in text for needle in needles(pattern)), pattern


@pytest.mark.parametrize(
    ("pattern", "held"),
    [
        (r"user unknown", ("user unknown",)),
        (r"users? unknown", (" unknown",)),
        (r"(?:mailbox|account) is", ("mailbox", "account")),
        (r"(?:a|account) is full", (" is full",)),
        (r"(?:very )?full", ("full",)),
        (r"\bquota\b", ("quota",)),
        (r"full(?! of)", ("full",)),
        (r"full|quota", ("full", "quota")),
        (r"full|[a-z]", ()),
        (r"a\.b c", ("a.b c",)),
        (r"(?:x(?:one|two)|three)", ("one", "two", "three")),
    ],
)
def test_needles(pattern: str, held: tuple[str, ...]) -> None:
    assert needles(pattern) == held


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("550 5.1.1  User\r\n unknown", "550 user unknown".removeprefix("550 ")),
        ("<Spam@Example.ORG>: no", "<@>: no"),
        ("first 550-5.7.1 second 550 5.7.1 third", "first second third"),
        ("It doesn't, can't, won't, can not", "it does not, cannot, will not, cannot"),
        ("Boîte pleine d’un Empfänger", "boite pleine d'un empfanger"),
        ("see mx.example.org. Then", "see mx·example·org. then"),
        ("from 192.0.2.25 now", "from 192·0·2·25 now"),
    ],
)
def test_folding(text: str, seen: str) -> None:
    assert folded(text) == seen


def test_an_address_is_no_wording() -> None:
    assert match("<spam.virus.user-unknown@blacklist.example.org> ok") is None


@pytest.mark.parametrize("text", ["", " ", "@", "5", "\0", "\ud800", "…"])
def test_a_text_without_words_means_nothing(text: str) -> None:
    assert match(text) is None
    assert match_vague(text) is None


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    match(text)
    match_vague(text)


def _seconds(pattern: re.Pattern[str], line: str) -> float:
    start = time.perf_counter()
    pattern.search(line)
    return time.perf_counter() - start


@pytest.mark.parametrize("entry", ENTRIES, ids=_name)
def test_a_hostile_line_of_twice_the_length_takes_about_twice_the_time(entry: WordingEntry) -> None:
    for pattern in entry.patterns:
        compiled = re.compile(pattern)
        for seed in ("a ", "@ ", *(f"{needle} " for needle in needles(pattern)[:2])):
            line = (seed * 8_192)[:8_192]
            once = min(_seconds(compiled, line) for _ in range(2))
            twice = min(_seconds(compiled, line + line) for _ in range(2))
            assert twice < 0.02 or twice < 4 * once, (pattern, seed, once, twice)


def test_a_text_of_five_hundred_letters_is_looked_up_fast() -> None:
    text = "host mx.example.net[192.0.2.25] said: 550 5.7.9 The gentlemen of this house were asked to come in. " * 5
    match(text)
    rounds = []
    for _ in range(20):
        start = time.perf_counter()
        match(text)
        rounds.append(time.perf_counter() - start)
    assert min(rounds) < 0.001
