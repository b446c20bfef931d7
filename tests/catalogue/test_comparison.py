"""Every two codes can be compared, and what is said of them reads as if a person had written it."""

from __future__ import annotations

import itertools
import re
import string
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.catalogue import codes, enhanced
from smtpprobe.catalogue.comparison import TEMPLATES, Comparison, Sentence, compare, side
from smtpprobe.catalogue.comparison.words import ASPECTS, Phrase, Template
from smtpprobe.catalogue.enhanced import vendors
from smtpprobe.outcome import Retry, Who

BASIC = [str(number) for number in codes.CODES]
ENHANCED = list(enhanced.ENHANCED)
VENDOR_CODES = sorted({entry.code.partition("-")[0] for entry in vendors.VENDOR_CODES})
PAIRS: dict[str, Callable[[], Iterable[tuple[str, str]]]] = {
    "basic": lambda: itertools.combinations(BASIC, 2),
    "enhanced": lambda: itertools.combinations(ENHANCED, 2),
    "one of each": lambda: itertools.product(BASIC, ENHANCED),
    "classes": lambda: (
        (f"{a}{code[1:]}", f"{b}{other[1:]}")
        for code, following in zip(ENHANCED, [*ENHANCED[1:], *ENHANCED[:1]], strict=True)
        for other in (code, following)
        for a, b in itertools.combinations("245X", 2)
    ),
    "vendors": lambda: (
        (code, other)
        for code in VENDOR_CODES
        for other in ("550", "5.7.1", "X.7.26", "5.7.509", "5.1.999", "4.7.650")
        if code[1:] != other[1:]
    ),
    "not in the catalogue": lambda: itertools.combinations(
        [
            "236",
            "300",
            "457",
            "529",
            "594",
            "599",
            "999",
            "4.7.650",
            "5.7.509",
            "5.7.510",
            "X.9.1",
            "250",
            "5.7.1",
            "888",
        ],
        2,
    ),
}

_DOUBLED = re.compile(r"\b(\w+)\s+\1\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z0-9`“])")
_BEGINNING = re.compile("[A-Z0-9`“]")


def sentences_of(comparison: Comparison) -> Iterator[Sentence]:
    yield from comparison.summary
    for one in (comparison.a, comparison.b):
        yield from (one.description, one.when, one.fix)
    for difference in comparison.differences:
        yield from difference.sentences
    yield from (*comparison.servers, *comparison.senders)


def texts_of(comparison: Comparison) -> Iterator[str]:
    """The paragraphs of the document."""
    parts: list[Iterable[Sentence]] = [comparison.summary, comparison.servers, comparison.senders]
    parts += [[text] for one in (comparison.a, comparison.b) for text in (one.description, one.when, one.fix)]
    parts += [difference.sentences for difference in comparison.differences]
    return (" ".join(sentence.read() for sentence in part) for part in parts)


def fault(comparison: Comparison) -> str:
    """What is wrong with a document, "" for nothing."""
    texts = list(texts_of(comparison))
    known = any(one.name != "No SMTP reply code" for one in (comparison.a, comparison.b))
    single = [sentence for text in texts for sentence in _SENTENCE_END.split(text)]
    twice = [sentence for sentence, times in Counter(single).items() if times > 1]
    checks = {
        "a section is empty": not all(texts),
        "a sentence does not end": not all(text.endswith(".") for text in texts),
        "a sentence does not begin": not all(_BEGINNING.match(sentence) for sentence in single),
        f"twice: {twice}": bool(twice),
        "a word is doubled": any(_DOUBLED.search(text) for text in texts),
        "something was not filled in": any(re.search(r"[{}]|  | ,|\bNone\b", text) for text in texts),
        "too few differences": len(comparison.differences) < (2 if known else 1),
        "the summary is too short or too long": not 2 <= len(comparison.summary) <= 4,
        "an aspect comes twice": len({one.aspect for one in comparison.differences}) < len(comparison.differences),
        "the title lacks a code": not all(one.code in comparison.title.read() for one in (comparison.a, comparison.b)),
        "no references": not comparison.references,
    }
    return "; ".join(what for what, found in checks.items() if found)


@pytest.mark.parametrize("kind", PAIRS)
def test_every_two_codes_can_be_compared(kind: str) -> None:
    faulty = {}
    for a, b in PAIRS[kind]():
        if a[1:] == b[1:] and "." in a and "X" in (a[0], b[0]):
            continue
        if wrong := fault(compare(a, b)):
            faulty[a, b] = wrong
    assert faulty == {}


@given(st.sampled_from([*BASIC, *ENHANCED]), st.sampled_from([*BASIC, *ENHANCED]))
def test_the_order_changes_nothing_but_the_order(a: str, b: str) -> None:
    if a == b:
        return
    forth, back = compare(a, b), compare(b, a)
    assert [one.aspect for one in forth.differences] == [one.aspect for one in back.differences]
    assert {forth.a.code, forth.b.code} == {back.b.code, back.a.code}
    assert fault(back) == ""


def test_every_template_and_every_phrase_is_used() -> None:
    pairs = itertools.chain.from_iterable(make() for make in PAIRS.values())
    every_seventh = itertools.islice(pairs, 0, None, 7)
    some = itertools.chain(SHOWN, every_seventh, PAIRS["classes"](), PAIRS["not in the catalogue"]())
    used: set[str] = {Template.LIST_MORE, Template.LIST_LAST}
    for a, b in some:
        try:
            comparison = compare(a, b)
        except ValueError:
            continue
        for sentence in (comparison.title, *sentences_of(comparison)):
            used.add(sentence.template)
            for value in sentence.values.values():
                used |= {value} if isinstance(value, str) else set(value)
    assert {*Template, *Phrase} <= used


def test_every_aspect_has_a_difference() -> None:
    found = {one.aspect for pair in SHOWN for one in compare(*pair).differences}
    assert found == set(ASPECTS)


SHOWN = [
    ("211", "504"),
    ("550", "5.7.1"),
    ("5.7.1", "X.7.26"),
    ("X.7.0", "X.7.8"),
    ("X.7.20", "X.7.21"),
    ("421", "451"),
    ("571", "550"),
    ("334", "354"),
]


def test_what_a_translation_needs_is_listed_once() -> None:
    assert len(set(TEMPLATES)) == len(TEMPLATES)
    assert {*Template, *Phrase} | set(ASPECTS) == set(TEMPLATES)


@pytest.mark.parametrize("template", Template)
def test_a_template_is_a_sentence_or_part_of_a_list(template: Template) -> None:
    fields = [name for _, name, _, _ in string.Formatter().parse(template) if name is not None]
    assert all(fields)
    if not template.name.startswith(("LIST", "TITLE", "VENDOR_MEANING")):
        assert template.endswith(".")
    # What a value begins with is not known, so no article can stand before it.
    assert not re.search(r"\b[Aa]n? \{", template)


def test_a_translation_reaches_every_word() -> None:
    def marked(text: str) -> str:
        return text if re.fullmatch(r"[0-9X.]+|[A-Z]+|`[^`]+`|RFC [0-9 .]+", text) else f"⟨{text}⟩"

    for pair in SHOWN:
        for sentence in sentences_of(compare(*pair)):
            read = sentence.read(marked)
            assert read.startswith("⟨")
            assert read.endswith("⟩")
            # A list nests in a sentence, and a phrase in a list.
            assert read.count("⟨") == read.count("⟩")


def test_the_seeds_pair_reads_as_it_should() -> None:
    compared = compare("211", "504")
    assert compared.title.read() == f"SMTP 211 {codes.lookup(211).name} vs 504 {codes.lookup(504).name}"
    summary = " ".join(sentence.read() for sentence in compared.summary)
    assert summary == (
        "211 is a success (2yz, Positive Completion), while 504 is a lasting refusal (5yz, Permanent Negative "
        "Completion). Whoever gets 211 has nothing to mend; whoever gets 504 has something to change before trying "
        "again. Both can come in answer to HELP."
    )
    assert [one.aspect for one in compared.differences][:4] == ["Class", "Topic", "Who must act", "Trying again"]


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ("550", "5.7.1", "`550 5.7.1`"),
        ("X.7.1", "550", "`550 5.7.1`"),
        ("550", "4.7.1", "same first digit"),
        ("354", "5.7.1", "leaves 3yz replies without"),
        ("111", "5.4.1", "no server sends 111"),
        ("421", "4.7.0", "although by the registry"),
        ("571", "5.7.1", "dots were lost"),
        ("422", "4.2.2", "dots were lost"),
        ("550", "5.5.0", "chance"),
    ],
)
def test_whether_one_reply_may_carry_both(a: str, b: str, words: str) -> None:
    told = [one for one in compare(a, b).differences if one.aspect == "In one reply"]
    assert words in " ".join(sentence.read() for sentence in told[0].sentences)


@pytest.mark.parametrize(("a", "b"), [("502", "500"), ("535", "538"), ("5.7.1", "5.7.26"), ("450", "451")])
def test_what_is_the_same_is_no_difference(a: str, b: str) -> None:
    compared = compare(a, b)
    aspects = {one.aspect for one in compared.differences}
    assert "Class" not in aspects
    assert ("Who must act" in aspects) is (compared.a.who is not compared.b.who)
    assert " both " in compared.summary[0].read()


def test_two_classes_of_one_code_share_their_texts() -> None:
    compared = compare("4.2.2", "5.2.2")
    assert compared.a.description.read() == enhanced.lookup("X.2.2").meaning
    assert compared.b.description.read() == "5.2.2 stands for the same cause as 4.2.2; only the class is another."
    assert (compared.a.retry, compared.b.retry) == (Retry.LATER, Retry.AFTER_FIX)


@pytest.mark.parametrize(
    ("code", "digit", "retry", "who"),
    [
        ("504", 5, Retry.AFTER_FIX, Who.SENDER),
        ("111", 0, Retry.LATER, Who.SERVER),
        ("2.7.0", 2, Retry.NO, Who.NOBODY),
        ("4.7.1", 4, Retry.LATER, Who.SENDER),
        ("x.7.1", 0, Retry.AFTER_FIX, Who.SENDER),
        ("X.7.26", 5, Retry.AFTER_FIX, Who.SENDER),
        ("5.2.2", 5, Retry.AFTER_FIX, Who.RECIPIENT),
        (" 5.07.001 ", 5, Retry.AFTER_FIX, Who.SENDER),
    ],
)
def test_a_side(code: str, digit: int, retry: Retry, who: Who) -> None:
    one = side(code)
    assert (one.digit, one.retry, one.who) == (digit, retry, who)


def test_a_server_is_never_told_to_send_what_no_rfc_defines() -> None:
    for a, b in [("571", "550"), ("441", "447"), ("457", "599"), ("111", "550"), ("606", "607"), ("5.7.509", "5.7.1")]:
        advice = " ".join(sentence.read() for sentence in compare(a, b).servers)
        for code in (a, b):
            one = side(code)
            assert (f"Send {code} " in advice) is (one.origin == "rfc")


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ("550", "550", "Both codes are 550"),
        ("5.7.1", "5.07.1", "Both codes are 5.7.1"),
        ("5.7.1", "X.7.1", "class left open"),
        ("550", "55", "'55' is no code"),
        ("", "550", "'' is no code"),
        ("6.7.1", "550", "no code"),
        ("٥٥٠", "550", "no code"),
        ("550", "9" * 300, "no code"),
    ],
)
def test_what_cannot_be_compared_is_told_in_one_sentence(a: str, b: str, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)) as told:
        compare(a, b)
    assert re.fullmatch(r"[^\n]{20,160}\.", str(told.value))


@given(st.text(), st.text())
def test_any_two_texts_bring_a_comparison_or_a_sentence(a: str, b: str) -> None:
    try:
        assert compare(a, b).differences
    except ValueError as error:
        assert str(error).endswith(".")  # noqa: PT017


def test_it_loads_nothing_heavy() -> None:
    code = "import sys, smtpprobe.catalogue.comparison; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"aiosmtplib", "dns", "rich", "click", "email", "json"} & set(done.stdout.split())
