"""What must hold for every language: the test of each language calls these checks with its module. No test itself."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType

import smtpprobe.render
from smtpprobe import outcome
from smtpprobe.catalogue import languages
from smtpprobe.catalogue.codes.words import CLASSES, GROUPS, OUTSIDE
from smtpprobe.catalogue.comparison import TEMPLATES
from smtpprobe.catalogue.languages import FIELDS
from smtpprobe.catalogue.reasons import ACTORS
from smtpprobe.render import entry
from smtpprobe.render.compare import page

ENTRIES: Mapping[str, tuple[str, ...]] = dict(languages.entries())
KINDS: Mapping[str, str] = {key: type(one).__name__ for key, one in languages._keyed()}
WIDEST_PURPOSE = 34

_CLOSED_LISTS = (
    outcome.CertificateFault,
    outcome.ClosedBy,
    outcome.Defect,
    outcome.FailureKind,
    outcome.Outcome,
    outcome.Reason,
    outcome.Retry,
    outcome.Severity,
    outcome.Stage,
    outcome.State,
    outcome.Verdict,
    outcome.Who,
)
_SHORT = (
    "no",
    "later",
    "after a fix",
    *entry._STATUS,
    *entry._STATUS.values(),
    *entry._ORIGIN,
    *entry._ORIGIN.values(),
)
_LABELLED = {"word": 0, "_field": 1, "_items": 1, "_named": 1, "_label": 1}
"""The functions of the screens that take a label, and which argument it is."""

_PLACEHOLDER = re.compile(r"\{[a-z_]*\}")
_QUOTED = re.compile(r"`[^`]*`")
_THOUSANDS = re.compile(r"(?<=\d)[.,\u00a0](?=\d{3}\b)")
_NUMBER = re.compile(r"(?<!\w)\d+(?:[.,:]\d+)*\d|(?<!\w)X(?:\.\d+)+")
_CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z][A-Z0-9]{3,}(?![A-Za-z])")
_STRESSED = frozenset({"SENDER"})
_ENGLISH = re.compile(r"\b(?:the|and|of|with|that|this|which|are|for|not|from|your|you|when|where|has|its)\b")


def labels() -> frozenset[str]:
    """Every label that a screen may ask for."""
    meanings = [word.meaning for words in _CLOSED_LISTS for word in words]
    fixed = [*meanings, *ACTORS, *CLASSES.values(), *GROUPS, OUTSIDE, *TEMPLATES, *page.LABELS, *_SHORT]
    return frozenset([*fixed, *_labels_of_screens()])


def missing_labels(language: ModuleType) -> list[str]:
    """Labels that the language lacks."""
    return sorted(label for label in labels() if not language.LABELS.get(label))


def unused_labels(language: ModuleType) -> list[str]:
    """Labels of the language that no screen asks for."""
    return sorted(set(language.LABELS) - labels())


def unknown_keys(language: ModuleType) -> list[str]:
    """Keys of the language that no entry has."""
    return sorted(set(language.TEXTS) - set(ENTRIES))


def misfits(language: ModuleType) -> list[str]:
    """Entries with another number of texts than fields, or with a text where the English has none, or the reverse."""
    return [
        key
        for key, texts in _known(language)
        if len(texts) != len(ENTRIES[key])
        or any(bool(told) != bool(english) for english, told in zip(ENTRIES[key], texts, strict=True))
    ]


def missing(language: ModuleType, kind: str) -> list[str]:
    """Keys of this type of entry that the language lacks."""
    return [key for key in ENTRIES if KINDS[key] == kind and key not in language.TEXTS]


def coverage(language: ModuleType) -> dict[str, tuple[int, int]]:
    """For each type of entry how many are translated, of how many."""
    every = Counter(KINDS.values())
    return {kind: (every[kind] - len(missing(language, kind)), every[kind]) for kind in FIELDS}


def changed_literals(language: ModuleType) -> list[str]:
    """Texts whose placeholders, backquoted words or numbers are not those of the English text."""
    return [
        f"{where}: {sorted((before - after).elements())} became {sorted((after - before).elements())}"
        for where, english, told in _pairs(language)
        if (before := _literals(english)) != (after := _literals(told))
    ]


def lost_words(language: ModuleType) -> list[str]:
    """Texts that lack a word in capitals (EHLO, STARTTLS) which the English text has."""
    return [
        f"{where}: {sorted(lost)}"
        for where, english, told in _pairs(language)
        if (lost := set(_CAPITALS.findall(english)) - set(_CAPITALS.findall(told)) - _STRESSED)
    ]


def wide_purposes(language: ModuleType) -> list[str]:
    """Purposes of EHLO keywords that do not fit into their column."""
    return [
        f"{key}: {told}"
        for key, texts in _known(language)
        for field, told in zip(FIELDS[KINDS[key]], texts, strict=False)
        if field == "purpose" and len(told) > WIDEST_PURPOSE
    ]


def left_in_english(language: ModuleType, same: frozenset[str]) -> list[str]:
    """Texts that are as in English, unless they are among those that are the ``same`` in both languages."""
    return [f"{where}: {told}" for where, english, told in _pairs(language) if told == english and told not in same]


def english_words(language: ModuleType) -> list[str]:
    """Texts with an English word outside of quotation marks and backticks."""
    return [
        f"{where}: {found.group()}"
        for where, _, told in _pairs(language)
        if (found := _ENGLISH.search(_unquoted(told)))
    ]


def ambiguous(language: ModuleType) -> list[str]:
    """English texts that are translated in several ways: one of them would be shown for all."""
    ways: dict[str, set[str]] = defaultdict(set)
    for _, english, told in _pairs(language):
        ways[english].add(told)
    return [f"{english}: {sorted(told)}" for english, told in ways.items() if len(told) > 1]


def _known(language: ModuleType) -> Iterator[tuple[str, tuple[str, ...]]]:
    return ((key, texts) for key, texts in language.TEXTS.items() if key in ENTRIES)


def _pairs(language: ModuleType) -> Iterator[tuple[str, str, str]]:
    """Where a text stands, in English, and translated."""
    for label, told in language.LABELS.items():
        yield "label", label, told
    for key, texts in _known(language):
        for field, english, told in zip(FIELDS[KINDS[key]], ENTRIES[key], texts, strict=False):
            if english:
                yield f"{key}, {field}", english, told


def _literals(text: str) -> Counter[str]:
    """What no translation may change. A number that is written twice may be written once, and the reverse."""
    numbers = _NUMBER.findall(_THOUSANDS.sub("", _QUOTED.sub("", text)))
    return Counter([*_PLACEHOLDER.findall(text), *_QUOTED.findall(text), *set(numbers)])


def _unquoted(text: str) -> str:
    return re.sub(r"“[^”]*”|„[^“]*“|«[^»]*»", "", _QUOTED.sub("", text))


def _labels_of_screens() -> Iterator[str]:
    for path in sorted(Path(smtpprobe.render.__path__[0]).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and (place := _LABELLED.get(_called(node.func))) is not None:
                yield from (text for argument in node.args[place : place + 1] for text in _texts(argument))


def _called(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _texts(argument: ast.expr) -> Iterator[str]:
    """A text, or both texts of a conditional expression."""
    if isinstance(argument, ast.IfExp):
        yield from _texts(argument.body)
        yield from _texts(argument.orelse)
    elif isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value:
        yield argument.value
