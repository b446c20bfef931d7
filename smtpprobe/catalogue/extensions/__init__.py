"""What an EHLO keyword means: every keyword we know, and the look-ups. The entries live in the files beside this one.

A keyword that is not found is not in our list; that does not make it illegal.
"""

from __future__ import annotations

import re
from typing import Final

from smtpprobe.catalogue.entries import ExtensionEntry
from smtpprobe.catalogue.extensions import (
    historic,
    local_exchange,
    local_servers,
    observed,
    registered_core,
    registered_delivery,
)

EXTENSIONS: Final[dict[str, ExtensionEntry]] = {
    entry.keyword: entry
    for room in (registered_core, registered_delivery, historic, local_servers, local_exchange, observed)
    for entry in room.ENTRIES
}

_MANGLED: Final = re.compile(r"X{4,}[A-Z]?")
_LONGEST_QUERY: Final = 200


def lookup(keyword: str) -> ExtensionEntry | None:
    """The entry for one keyword, whatever its case. None: not in our list.

    ``AUTH=LOGIN`` finds ``AUTH=`` and ``X-EXPS=LOGIN`` finds ``X-EXPS``; X characters in a row find the artefact of a
    firewall.
    """
    if not keyword.isascii():
        return None
    wanted = keyword.upper()
    if _MANGLED.fullmatch(wanted):
        return EXTENSIONS["XXXXXXXA"]
    stem, equals, _ = wanted.partition("=")
    return EXTENSIONS.get(wanted) or EXTENSIONS.get(stem + equals) or EXTENSIONS.get(stem)


def search(query: str) -> tuple[ExtensionEntry, ...]:
    """The entries that fit a query, best first; all of them for an empty one.

    A query is the beginning of a keyword, of a verb or of a parameter's name, or words that all stand in the entry's
    texts. Only its first 200 characters count.
    """
    wanted = query[:_LONGEST_QUERY].casefold().strip()
    words = wanted.split()
    ranked = [(rank, entry) for entry in EXTENSIONS.values() if (rank := _rank(entry, wanted, words)) is not None]
    return tuple(entry for _, entry in sorted(ranked, key=lambda pair: pair[0]))


def _rank(entry: ExtensionEntry, wanted: str, words: list[str]) -> int | None:
    """How well an entry fits, 0 best; None when it does not."""
    keyword = entry.keyword.casefold()
    if keyword == wanted:
        return 0
    if keyword.startswith(wanted):
        return 1
    if any(syntax.casefold().startswith(wanted) for syntax in _syntaxes(entry)):
        return 2
    prose = f"{entry.keyword} {entry.name} {entry.purpose} {entry.meaning} {entry.advice}".casefold()
    return 3 if all(word in prose for word in words) else None


def _syntaxes(entry: ExtensionEntry) -> tuple[str, ...]:
    return entry.verbs + entry.mail_parameters + entry.rcpt_parameters
