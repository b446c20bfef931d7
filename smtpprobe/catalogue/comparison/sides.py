"""From what was typed to one side of a comparison: the entry, its class, and what the class changes.

No sentence is composed here but the one that the entry of an enhanced status code lacks."""

from __future__ import annotations

import re
from typing import Any

from msgspec.structs import replace

from smtpprobe.catalogue import codes, enhanced
from smtpprobe.catalogue.comparison.values import Sentence, Side, Value
from smtpprobe.catalogue.comparison.words import Phrase, Template
from smtpprobe.catalogue.enhanced.vendors import vendors_of
from smtpprobe.catalogue.entries import EnhancedEntry, VendorCodeEntry
from smtpprobe.outcome import Retry, Who

_BASIC = re.compile("[1-9][0-9]{2}")
_ENHANCED = re.compile(r"([245X])\.([0-9]{1,3})\.([0-9]{1,3})")
_SHOWN = 40
_MOST_EXAMPLES = 3
# The examples begin with what is seen most.
_FREQUENT = (550, 554, 451, 450, 250)

_DIGITS = (Phrase.DIGIT_0, Phrase.DIGIT_1, Phrase.DIGIT_2, Phrase.DIGIT_3, Phrase.DIGIT_4, Phrase.DIGIT_5)
_SUBJECTS = (
    Phrase.SUBJECT_0,
    Phrase.SUBJECT_1,
    Phrase.SUBJECT_2,
    Phrase.SUBJECT_3,
    Phrase.SUBJECT_4,
    Phrase.SUBJECT_5,
    Phrase.SUBJECT_6,
    Phrase.SUBJECT_7,
)


def side(text: str) -> Side:
    """The side for ``504``, ``5.7.1`` or ``X.7.1``. Raises ValueError, in words for the user, for anything else."""
    wanted = text.strip().upper()
    if _BASIC.fullmatch(wanted):
        return _basic(int(wanted))
    if match := _ENHANCED.fullmatch(wanted):
        return _enhanced(match[1], int(match[2]), int(match[3]))
    raise ValueError(
        f"{text[:_SHOWN]!r} is no code to compare: give a reply code such as 550, or an enhanced one such as 5.7.1 or X.7.1."
    )


def _basic(number: int) -> Side:
    entry = codes.lookup(number)
    outside, second = entry.origin == "outside", number // 10 % 10
    digit = 0 if outside else number // 100
    return Side(
        code=str(number),
        is_enhanced=False,
        digit=digit,
        classes=() if outside else (digit,),
        topic=None if outside else _DIGITS[second] if second < len(_DIGITS) else Phrase.DIGIT_BEYOND,
        name=entry.name,
        description=Sentence(entry.meaning),
        when=Sentence(entry.when),
        fix=Sentence(entry.fix),
        who=entry.who,
        retry=entry.retry,
        origin=entry.origin if outside or number in codes.CODES else "unlisted",
        commands=entry.commands,
        basic=(),
        enhanced=tuple(one.code for one in enhanced.ENHANCED.values() if number in one.basic),
        mistaken_for=tuple(map(str, entry.mistaken_for)),
        vendors=(),
        references=entry.references,
    )


def _enhanced(kind: str, subject: int, detail: int) -> Side:
    code = f"{kind}.{subject}.{detail}"
    entry = enhanced.lookup(code)
    # A code that is used with one class only has that class, also where it was written with an X.
    digit = int(kind) if kind != "X" else entry.classes[0] if len(entry.classes) == 1 else 0
    basic = tuple(number for number in entry.basic if digit in (0, number // 100))
    registered, senses = entry.code in enhanced.ENHANCED, vendors_of(code)
    shared = Side(
        code=code,
        is_enhanced=True,
        digit=digit,
        classes=entry.classes,
        topic=_SUBJECTS[subject] if subject < len(_SUBJECTS) else Phrase.SUBJECT_BEYOND,
        name=entry.name,
        description=Sentence(entry.meaning),
        when=_when(code, basic),
        fix=Sentence(entry.fix),
        who=Who.NOBODY if digit == 2 else entry.who,
        retry=enhanced_retry(entry, digit),
        origin="rfc" if registered else "unregistered",
        commands=(),
        basic=basic,
        enhanced=(),
        mistaken_for=(),
        vendors=tuple([one.vendor for one in senses]),
        references=entry.references,
    )
    if registered or not senses:
        return shared
    return replace(shared, **_vendor_texts(senses[0]))


def _vendor_texts(entry: VendorCodeEntry) -> dict[str, Any]:
    """What a side takes from a vendor's entry, where there is no other."""
    meaning: dict[str, Value] = {"vendor": entry.vendor, "meaning": entry.meaning}
    return {
        "name": entry.name,
        "description": Sentence(Template.VENDOR_MEANING, meaning),
        "fix": Sentence(entry.fix),
        "who": entry.who,
        "retry": entry.retry,
        "origin": "vendor",
        "references": entry.references,
    }


def enhanced_retry(entry: EnhancedEntry, digit: int) -> Retry:
    """Whether a later attempt helps under this class (RFC 3463 2); 0 for a class left open."""
    if digit == 2:
        return Retry.NO
    if digit == 4:
        return Retry.LATER
    return Retry.AFTER_FIX if digit == 5 and entry.retry is Retry.LATER else entry.retry


def pair(basic: str, enhanced_code: str) -> str:
    """The two as a reply has them: ``550 5.7.1``, in backticks. A class left open becomes the reply code's."""
    return f"`{basic} {basic[0]}{enhanced_code[1:]}`"


def _when(code: str, basic: tuple[int, ...]) -> Sentence:
    if not basic:
        return Sentence(Template.WHEN_UNPAIRED, {"code": code})
    usual = sorted(basic, key=lambda number: number not in _FREQUENT)
    examples = tuple(pair(str(number), code) for number in usual[:_MOST_EXAMPLES])
    return Sentence(Template.WHEN_PAIRED, {"code": code, "examples": examples})
