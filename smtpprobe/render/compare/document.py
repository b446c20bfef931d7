"""What `compare --format json` writes: the structs, and how they are built from a Comparison."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from smtpprobe.catalogue.comparison import Comparison, Side, Words
from smtpprobe.catalogue.references import address
from smtpprobe.outcome import Retry, Who
from smtpprobe.render.compare.page import text_of


class Code(Struct, frozen=True):
    """One of the two. ``class_digit`` is null where the class is open (X.7.1) or the number is no reply code."""

    code: str
    kind: Literal["basic", "enhanced"]
    class_digit: int | None
    name: str
    description: str
    when: str
    fix: str
    who: Who
    retry: Retry
    origin: str
    commands: tuple[str, ...]
    basic: tuple[int, ...]
    enhanced: tuple[str, ...]
    mistaken_for: tuple[int, ...]
    vendors: tuple[str, ...]
    references: tuple[str, ...]


class Difference(Struct, frozen=True):
    """One thing in which they differ; ``aspect`` is English in every language."""

    aspect: str
    text: str


class Reference(Struct, frozen=True):
    """Where to read on; ``url`` is null for what is only a name."""

    name: str
    url: str | None


class Compared(Struct, frozen=True):
    """The whole document."""

    schema_version: Literal[1]
    lang: str
    title: str
    summary: str
    codes: tuple[Code, Code]
    differences: tuple[Difference, ...]
    as_server: str
    as_sender: str
    references: tuple[Reference, ...]


def build(comparison: Comparison, words: Words = str, lang: str = "en") -> Compared:
    """The document; ``words`` translates what is prose."""
    return Compared(
        schema_version=1,
        lang=lang,
        title=comparison.title.read(words),
        summary=text_of(comparison.summary, words),
        codes=(_code(comparison.a, words), _code(comparison.b, words)),
        differences=tuple([Difference(one.aspect, text_of(one.sentences, words)) for one in comparison.differences]),
        as_server=text_of(comparison.servers, words),
        as_sender=text_of(comparison.senders, words),
        references=tuple([Reference(name, address(name) or None) for name in comparison.references]),
    )


def _code(side: Side, words: Words) -> Code:
    return Code(
        code=side.code,
        kind="enhanced" if side.is_enhanced else "basic",
        class_digit=side.digit or None,
        name=words(side.name),
        description=side.description.read(words),
        when=side.when.read(words),
        fix=side.fix.read(words),
        who=side.who,
        retry=side.retry,
        origin=side.origin,
        commands=side.commands,
        basic=side.basic,
        enhanced=side.enhanced,
        mistaken_for=tuple(map(int, side.mistaken_for)),
        vendors=side.vendors,
        references=side.references,
    )
