"""Finding entries by what somebody types, and the entries that stand near one. Look-ups only, nothing is shown here."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from msgspec import Struct

from smtpprobe.catalogue import codes, enhanced, extensions
from smtpprobe.catalogue.enhanced.vendors import VENDOR_CODES, vendors_of
from smtpprobe.catalogue.entries import CodeEntry, EnhancedEntry, ExtensionEntry, VendorCodeEntry

_LONGEST_QUERY = 200
_CLASS_WORDS = {
    "success": 2,
    "positive": 2,
    "intermediate": 3,
    "transient": 4,
    "temporary": 4,
    "permanent": 5,
}
_STATUSES = frozenset(entry.status for entry in extensions.EXTENSIONS.values())
_VERBS = frozenset(verb for entry in codes.CODES.values() for verb in entry.commands) - {"any", "greeting"}

_NUMBER = re.compile("[0-9]{1,3}[xyz]{0,2}", re.IGNORECASE)
_DOTTED = re.compile(r"(?:[245x]\.)?[0-9]{1,3}(?:\.[0-9]{1,3}|\.x)?\.?", re.IGNORECASE)
_ENHANCED = re.compile(r"[245X]\.[0-9]{1,3}\.[0-9]{1,3}")


class Found(Struct, frozen=True):
    """What fits a query: reply codes and enhanced ones, each in numeric order, and what vendors mean by some."""

    codes: tuple[CodeEntry, ...]
    enhanced: tuple[EnhancedEntry, ...]
    vendors: tuple[VendorCodeEntry, ...]

    def __len__(self) -> int:
        return len(self.codes) + len(self.enhanced) + len(self.vendors)


class CodeNeighbours(Struct, frozen=True):
    """Around a reply code: by number, by what it is mistaken for, and the enhanced codes that go with it."""

    before: CodeEntry | None
    after: CodeEntry | None
    mistaken_for: tuple[CodeEntry, ...]
    enhanced: tuple[EnhancedEntry, ...]


class EnhancedNeighbours(Struct, frozen=True):
    """Around an enhanced code: the reply codes it goes with, the other registered codes of its subject, and vendors."""

    basic: tuple[CodeEntry, ...]
    siblings: tuple[EnhancedEntry, ...]
    vendors: tuple[VendorCodeEntry, ...]


# -- codes ------------------------------------------------------------------------------------------------


def exact_enhanced(query: str) -> str | None:
    """``5.7.1`` or ``X.7.1``, if the query is one enhanced code and nothing else."""
    wanted = query.strip().upper()
    return wanted if _ENHANCED.fullmatch(wanted) else None


def find_codes(query: str) -> Found:
    """The codes that fit every term of the query; all of them for an empty one.

    A term is a number or its beginning (504, 55, 5yz; 5.7.1, X.7, 7.26), the name of a class (permanent), a command
    (AUTH), or the beginning of a word in an entry's texts. Only the first 200 characters count.
    """
    query = query[:_LONGEST_QUERY]
    if (code := exact_enhanced(query)) is not None:
        return Found((), (enhanced.lookup(code),), ())
    classes = {digit for term in query.split() if (digit := _CLASS_WORDS.get(term.casefold()))}
    terms = [term for term in query.split() if term.casefold() not in _CLASS_WORDS]
    numbers = [term for term in terms if _NUMBER.fullmatch(term)]
    dotted = [term for term in terms if "." in term and _DOTTED.fullmatch(term)]
    basic = () if dotted else codes.search(" ".join(terms))
    coded = [] if numbers else [entry for entry in enhanced.ENHANCED.values() if _fits(_registered(entry), terms)]
    vendor = [] if numbers else [entry for entry in VENDOR_CODES if _fits(_vendor(entry), terms)]
    return Found(
        tuple([entry for entry in basic if not classes or entry.code // 100 in classes]),
        tuple([entry for entry in coded if classes <= set(entry.classes)]),
        tuple([entry for entry in vendor if classes <= set(_digits(entry))]),
    )


class _Searched(Struct, frozen=True):
    """What a term may fit: the code without its class, the classes, the texts, and the verbs that bring it."""

    own: str
    classes: tuple[int, ...]
    prose: str
    verbs: frozenset[str]


def _registered(entry: EnhancedEntry) -> _Searched:
    # A reply code that only one command brings leads to that command.
    brought = [codes.lookup(number).commands for number in entry.basic]
    verbs = frozenset([commands[0] for commands in brought if len(commands) == 1])
    return _Searched(entry.code[2:], entry.classes, f"{entry.name} {entry.meaning} {entry.fix}", verbs)


def _vendor(entry: VendorCodeEntry) -> _Searched:
    prose = f"{entry.vendor} {entry.name} {entry.meaning} {entry.fix}"
    return _Searched(entry.code[2:], _digits(entry), prose, frozenset())


def _digits(entry: VendorCodeEntry) -> tuple[int, ...]:
    return (int(entry.code[0]),) if entry.code[0].isdecimal() else (2, 4, 5)


def _fits(searched: _Searched, terms: Iterable[str]) -> bool:
    return all(_fits_one(searched, term) for term in terms)


def _fits_one(searched: _Searched, term: str) -> bool:
    if "." in term and _DOTTED.fullmatch(term):
        spellings = (searched.own, f"X.{searched.own}", *(f"{digit}.{searched.own}" for digit in searched.classes))
        wanted = f"{term.upper().removesuffix('X').removesuffix('.')}."
        more = term.upper().endswith((".", ".X"))
        return any(f"{one}.".startswith(wanted) and not (more and f"{one}." == wanted) for one in spellings)
    if (verb := term.upper()) in _VERBS:
        # "auth" as the beginning of a word would find every author and every authentication.
        named = re.search(rf"(?<![\w-]){re.escape(verb)}(?![\w-])", searched.prose)
        return verb in searched.verbs or named is not None
    return re.search(rf"(?<!\w){re.escape(term)}", searched.prose, re.IGNORECASE) is not None


def code_neighbours(entry: CodeEntry) -> CodeNeighbours:
    """What stands near a reply code, listed or not."""
    numbers = list(codes.CODES)
    before, after = bisect_left(numbers, entry.code) - 1, bisect_right(numbers, entry.code)
    return CodeNeighbours(
        before=codes.CODES[numbers[before]] if before >= 0 else None,
        after=codes.CODES[numbers[after]] if after < len(numbers) else None,
        mistaken_for=tuple([codes.lookup(number) for number in entry.mistaken_for]),
        enhanced=tuple([one for one in enhanced.ENHANCED.values() if entry.code in one.basic]),
    )


def enhanced_neighbours(entry: EnhancedEntry, code: str) -> EnhancedNeighbours:
    """What stands near an enhanced code, registered or not. Vendors may mean more by ``code``, whose class is given."""
    subject = entry.code.rpartition(".")[0]
    return EnhancedNeighbours(
        basic=tuple([codes.lookup(number) for number in entry.basic]),
        siblings=tuple(
            [
                one
                for one in enhanced.ENHANCED.values()
                if one.code != entry.code and one.code.rpartition(".")[0] == subject
            ]
        ),
        vendors=vendors_of(code),
    )


# -- extensions -------------------------------------------------------------------------------------------

# These are keywords too, but where prose says TLS it means TLS.
_PROSE = frozenset({"TLS", "TIME", "HELP"})
_KEYWORD = re.compile(r"(?<![\w-])[A-Z0-9][A-Z0-9-]{1,30}(?![\w-])")
_ALIKE = 6


def find_extensions(query: str) -> tuple[ExtensionEntry, ...]:
    """The keywords that fit a query, best first; all of them for an empty one.

    A query is a keyword or its beginning (DSN, PIPE), a command or parameter that it adds (BDAT, BODY=8BITMIME), words
    of an entry's texts, or a status (registered, historic, local) before any of these. A whole keyword finds itself.
    """
    query = query[:_LONGEST_QUERY]
    statuses = {term.casefold() for term in query.split()} & _STATUSES
    rest = " ".join(term for term in query.split() if term.casefold() not in _STATUSES)
    exact = extensions.lookup(rest) if rest and not statuses else None
    if exact is not None:
        return (exact,)
    found = extensions.search(rest) or (extensions.search(f"{rest.partition('=')[0]}=") if "=" in rest else ())
    return tuple([entry for entry in found if not statuses or entry.status in statuses])


def related(entry: ExtensionEntry) -> tuple[ExtensionEntry, ...]:
    """Keywords of the same family, the nearest first.

    They add the same command or parameter, name each other in their texts, stand in the same document, or begin alike.
    """
    others = [one for one in extensions.EXTENSIONS.values() if one.keyword != entry.keyword]
    ranked = [(rank, one) for one in others if (rank := _kinship(entry, one)) is not None]
    return tuple([one for _, one in sorted(ranked, key=lambda pair: pair[0])])


def _kinship(entry: ExtensionEntry, other: ExtensionEntry) -> int | None:
    """How near two keywords are, 0 nearest; None where they are strangers."""
    ties = (
        bool(set(_names(entry)) & set(_names(other))),
        other.keyword in _mentions(entry),
        entry.keyword[:_ALIKE] == other.keyword[:_ALIKE],
        _document(entry) == _document(other) != "",
        entry.keyword in _mentions(other),
    )
    return ties.index(True) if any(ties) else None


def _names(entry: ExtensionEntry) -> Iterator[str]:
    """The commands and parameters that it adds, without their syntax."""
    for syntax in (*entry.verbs, *entry.mail_parameters, *entry.rcpt_parameters):
        yield re.split(r"[ =\[]", syntax, maxsplit=1)[0]


def _mentions(entry: ExtensionEntry) -> set[str]:
    text = " ".join((entry.name, entry.purpose, entry.meaning, entry.advice, *entry.references))
    return set(_KEYWORD.findall(text)) - _PROSE


def _document(entry: ExtensionEntry) -> str:
    """What describes it: an RFC, whatever the section, or a vendor's paper. "" where nothing does."""
    first = entry.references[0]
    if first.startswith("RFC "):
        return " ".join(first.split()[:2])
    return "" if "documented" in first or first.startswith("observed") else first
