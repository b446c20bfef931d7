"""What `explain`, `codes` and `extensions` write as JSON: the structs, and how an item is built from a Note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from smtpprobe import model
from smtpprobe.catalogue.browsing import Found, code_neighbours, enhanced_neighbours, related
from smtpprobe.catalogue.entries import CodeEntry, EnhancedEntry, ExtensionEntry, VendorCodeEntry
from smtpprobe.outcome import Retry, Who
from smtpprobe.render.document import Dialect, build_dialect


class Entry(Struct, frozen=True):
    """A code that the item carries, in the catalogue's words."""

    code: str
    name: str
    meaning: str


class Item(Struct, frozen=True):
    """One reply, log event or bounced recipient, explained."""

    input: str
    line: int | None
    code: int | None
    enhanced: str | None
    command: str | None
    reason: str
    who: Who
    retry: Retry
    summary: str
    meaning: str
    fix: str
    dialect: Dialect | None
    entries: tuple[Entry, ...]
    references: tuple[str, ...]


class Counts(Struct, frozen=True):
    """How many items have each reason, and each reply code; the most frequent first."""

    reason: dict[str, int]
    code: dict[str, int]
    host: dict[str, int] = {}


class Group(Struct, frozen=True):
    """Items with the same code and enhanced code."""

    count: int
    code: int | None
    enhanced: str | None
    reason: str


class Explained(Struct, frozen=True):
    """What `explain --format json` writes."""

    schema_version: Literal[1]
    summary: Counts
    groups: tuple[Group, ...]
    items: tuple[Item, ...]


class Neighbours(Struct, frozen=True, omit_defaults=True):
    """The codes around one: by number, by what it is mistaken for, and those that go with it."""

    before: int | None = None
    after: int | None = None
    mistaken_for: tuple[int, ...] = ()
    basic: tuple[int, ...] = ()
    enhanced: tuple[str, ...] = ()
    siblings: tuple[str, ...] = ()


class Codes(Struct, frozen=True):
    """What `codes --format json` writes; ``neighbours`` where one code was found.

    ``vendors`` is what vendors mean by enhanced codes: those that were found, or all for the one that was asked for.
    """

    schema_version: Literal[1]
    codes: tuple[CodeEntry, ...]
    enhanced: tuple[EnhancedEntry, ...]
    vendors: tuple[VendorCodeEntry, ...]
    neighbours: Neighbours | None


class Extensions(Struct, frozen=True):
    """What `extensions --format json` writes; ``related`` where one keyword was found."""

    schema_version: Literal[1]
    extensions: tuple[ExtensionEntry, ...]
    related: tuple[str, ...] | None


def build_item(
    note: model.Note,
    given: str,
    *,
    line: int | None = None,
    enhanced: str | None = None,
    command: str | None = None,
    reason: str = "none",
) -> Item:
    """One item. ``given`` is the text it explains and ``line`` its number there, from 1.

    ``enhanced`` is the enhanced code as it stood in the text, for one that the catalogue lacks; ``reason`` "none"
    leaves the word to the dialect.
    """
    dialect, known = note.dialect, note.enhanced
    entries = {note.code: Entry(note.code, note.name, note.meaning)} if note.code else {}
    if known is not None:
        entries[known.code] = Entry(known.code, known.name, known.meaning)
        enhanced = known.code
    return Item(
        input=given,
        line=line,
        code=int(note.code) if note.code.isdecimal() else None,
        enhanced=enhanced,
        command=command,
        reason=reason if dialect is None or reason != "none" else dialect.category,
        who=note.who,
        retry=note.retry,
        summary=dialect.meaning if dialect else note.name,
        meaning=note.meaning,
        fix=dialect.fix if dialect and dialect.fix else note.fix,
        dialect=build_dialect(dialect),
        entries=tuple(entries.values()),
        references=note.references,
    )


def build_explained(items: Sequence[Item]) -> Explained:
    """The document of all items: counted first, then one worked example for each group of equal ones."""
    groups: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        groups.setdefault((str(item.code or ""), item.enhanced or ""), []).append(item)
    counts = Counts(_counted(item.reason for item in items), _counted(str(item.code or "") for item in items))
    found = tuple(
        [Group(len(alike), one.code, one.enhanced, one.reason) for alike in groups.values() for one in alike[:1]]
    )
    return Explained(1, counts, found, tuple(items))


def _counted(words: Iterable[str]) -> dict[str, int]:
    return {word: number for word, number in Counter(words).most_common() if word}


def build_codes(found: Found, exact: str | None) -> Codes:
    """The document of a list of codes. ``exact`` is the enhanced code that was asked for, if it was one alone."""
    if len(found) == 1 and found.codes:
        return Codes(1, found.codes, (), (), _around(found.codes[0]))
    if exact is not None:
        near = enhanced_neighbours(found.enhanced[0], exact)
        siblings = tuple([entry.code for entry in near.siblings])
        beside = Neighbours(basic=found.enhanced[0].basic, siblings=siblings)
        return Codes(1, (), found.enhanced, near.vendors, beside)
    return Codes(1, found.codes, found.enhanced, found.vendors, None)


def _around(entry: CodeEntry) -> Neighbours:
    near = code_neighbours(entry)
    return Neighbours(
        before=near.before.code if near.before else None,
        after=near.after.code if near.after else None,
        mistaken_for=entry.mistaken_for,
        enhanced=tuple([one.code for one in near.enhanced]),
    )


def build_extensions(entries: Sequence[ExtensionEntry]) -> Extensions:
    """The document of a list of EHLO keywords."""
    kin = tuple([entry.keyword for entry in related(entries[0])]) if len(entries) == 1 else None
    return Extensions(1, tuple(entries), kin)
