"""The values of an SPF evaluation: what came of it, and what it met on its way. No behaviour."""

from __future__ import annotations

from msgspec import Struct


class SpfVisit(Struct, frozen=True):
    """One record that was evaluated. ``via`` is the term that led to it, "" for the first; ``depth`` counts from 0."""

    domain: str
    record: str
    via: str = ""
    depth: int = 0


class SpfCost(Struct, frozen=True):
    """What one term of the record costs, in DNS look-ups that count, those behind an include or redirect with it."""

    term: str
    lookups: int


class SpfResult(Struct, frozen=True):
    """The outcome of check_host() (RFC 7208 2.6), as a word of the RFC's.

    ``mechanism`` is the one that matched, as written, and ``domain`` where it stands ("" and the domain asked about
    where none matched); ``record`` is the record of the domain asked about. ``problem`` is a sentence that says why
    there is no better result. ``broken`` is the term that stands in the way, ``records`` are all SPF records where
    there are several, ``costs`` what each term costs where the limit of 10 look-ups is broken.
    """

    result: str
    mechanism: str = ""
    domain: str = ""
    lookups: int = 0
    void_lookups: int = 0
    record: str = ""
    explanation: str = ""
    problem: str = ""
    trail: tuple[SpfVisit, ...] = ()
    broken: str = ""
    records: tuple[str, ...] = ()
    costs: tuple[SpfCost, ...] = ()
