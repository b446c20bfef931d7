"""What `codes` and `extensions` write as JSON: the structs, and how they are built from the entries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from smtpprobe.catalogue.browsing import Found, code_neighbours, enhanced_neighbours, related
from smtpprobe.catalogue.entries import CodeEntry, EnhancedEntry, ExtensionEntry, VendorCodeEntry


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
