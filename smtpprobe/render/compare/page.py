"""A comparison as headings and texts in the reader's language, before it gets a form. All labels stand here."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from smtpprobe.catalogue import codes
from smtpprobe.catalogue.comparison import Comparison, Sentence, Side, Words
from smtpprobe.catalogue.comparison.values import Value, listed, spoken
from smtpprobe.catalogue.references import address

LABELS = (
    "Description",
    "When you see it",
    "How to fix it",
    "Class",
    "Who must act",
    "Trying again",
    "In answer to",
    "Goes with",
    "Mixed up with",
    "Own sense at",
    "Key differences",
    "When to use which",
    "As a server",
    "As a sender",
    "Learn more",
)


class Entry(Struct, frozen=True):
    """A text with its label."""

    label: str
    text: str


class Link(Struct, frozen=True):
    """A reference, and its address where it has one."""

    name: str
    address: str


class Section(Struct, frozen=True):
    """A heading with one kind of thing beneath it; ``code`` is set where the section is about one of the codes."""

    heading: str
    code: str = ""
    entries: tuple[Entry, ...] = ()
    numbered: tuple[Entry, ...] = ()
    links: tuple[Link, ...] = ()


class Page(Struct, frozen=True):
    """A title, a paragraph that sums up, and sections."""

    title: str
    summary: str
    sections: tuple[Section, ...] = ()


def brief(comparison: Comparison, words: Words = str) -> Page:
    """The title and the summary."""
    return Page(comparison.title.read(words), text_of(comparison.summary, words))


def usual(comparison: Comparison, words: Words = str) -> Page:
    """What somebody wants who meets these codes."""
    return _page(comparison, words, [_meaning(side, words) for side in (comparison.a, comparison.b)])


def whole(comparison: Comparison, words: Words = str) -> Page:
    """That, and all other facts of both codes, also those that they share."""
    sides = (comparison.a, comparison.b)
    return _page(comparison, words, [(*_meaning(side, words), *_facts(side, words)) for side in sides])


def text_of(sentences: Iterable[Sentence], words: Words = str) -> str:
    """The sentences as one paragraph."""
    return " ".join(sentence.read(words) for sentence in sentences)


def _page(comparison: Comparison, words: Words, about: Iterable[tuple[Entry, ...]]) -> Page:
    sides = (comparison.a, comparison.b)
    described = [
        Section(words(side.name), code=side.code, entries=entries) for side, entries in zip(sides, about, strict=True)
    ]
    told = [Entry(words(one.aspect), text_of(one.sentences, words)) for one in comparison.differences]
    use = (
        Entry(words("As a server"), text_of(comparison.servers, words)),
        Entry(words("As a sender"), text_of(comparison.senders, words)),
    )
    links = [Link(name, address(name)) for name in comparison.references]
    return Page(
        comparison.title.read(words),
        text_of(comparison.summary, words),
        (
            *described,
            Section(words("Key differences"), numbered=tuple(told)),
            Section(words("When to use which"), entries=use),
            Section(words("Learn more"), links=tuple(links)),
        ),
    )


def _meaning(side: Side, words: Words) -> tuple[Entry, ...]:
    return (
        Entry(words("Description"), side.description.read(words)),
        Entry(words("When you see it"), side.when.read(words)),
        Entry(words("How to fix it"), side.fix.read(words)),
    )


def _facts(side: Side, words: Words) -> tuple[Entry, ...]:
    facts: dict[str, Value] = {
        "Class": "" if side.is_enhanced else codes.reply_class(int(side.code)),
        "Who must act": side.who.meaning,
        "Trying again": side.retry.meaning,
        "In answer to": spoken(side.commands),
        "Goes with": tuple(map(str, side.basic)) or side.enhanced,
        "Mixed up with": side.mistaken_for,
        "Own sense at": side.vendors if side.origin == "rfc" else (),
    }
    return tuple(Entry(words(label), listed(value, words)) for label, value in facts.items() if value)
