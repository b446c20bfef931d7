"""The index over patterns: whatever matches is possible, and most of what does not match is not."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smtpprobe.catalogue.dialects import DIALECTS
from smtpprobe.catalogue.needles import Index, parts_of
from smtpprobe.catalogue.providers import PROVIDERS

PATTERNS = [*(entry.pattern for entry in DIALECTS), *(entry.marks for entry in PROVIDERS if entry.marks)]
ASCII = st.characters(max_codepoint=126)


def possible(patterns: list[str], text: str) -> list[int]:
    return Index(patterns).possible(text, parts_of(text))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\bover quota\b", "mailbox is over quota now"),
        (r"over quota", "turnover quotas"),
        (r"\bblock ?list", "on our blocklist"),
        (r"colou?r", "color"),
        (r"(?:very )?low reputation of", "low reputation of it"),
        (r"\b(?:virus|malware)\b", "a malware"),
        (r"\b(?:a|an?) (?:cat|dog)\b|^mouse$", "x\nmouse\ny"),
        (r"\[TSS?\d", "[ts04]"),
        (r"(?-i:no) user", "no user"),
        (r"a\|b or\.c", "a|b or.c"),
        (r"x{2}yz abc{0,3} de", "xxyz ab de"),
        (r"[^\n]{1,9}(?!no)", "anything"),
        (r"", "anything"),
    ],
)
def test_what_matches_is_possible(pattern: str, text: str) -> None:
    assert re.search(pattern, text, re.IGNORECASE | re.MULTILINE)
    assert possible([r"\bsomething else\b", pattern], text) == [1]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"\bover quota\b", "mailbox is full"),
        (r"\[TSS?\d", "tss04"),
        (r"\bnot (?:be )?delivered\b|\brefused by\b", "a refusal"),
    ],
)
def test_what_lacks_its_strings_is_not(pattern: str, text: str) -> None:
    assert possible([pattern], text) == []


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data(), pattern=st.sampled_from(PATTERNS))
def test_every_match_of_every_pattern_of_the_catalogue_is_possible(data: st.DataObject, pattern: str) -> None:
    text = data.draw(st.from_regex(re.compile(pattern, re.MULTILINE), alphabet=ASCII)).lower()
    if re.search(pattern, text, re.IGNORECASE | re.MULTILINE):
        assert possible([pattern], text) == [0]


def test_few_patterns_have_no_word() -> None:
    assert sum(possible([pattern], "") == [0] for pattern in PATTERNS) < len(PATTERNS) / 20
