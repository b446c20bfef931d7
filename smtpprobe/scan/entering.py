"""A list into the store: addresses and ranges become servers, names are kept to be looked up. Asks nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from smtpprobe.names import Family
from smtpprobe.scan.blocked import Blocklist
from smtpprobe.scan.reading import Entry, Mistake, Span
from smtpprobe.scan.store import Store

#: How many addresses the ranges of one list may have in all, unless more are asked for.
MOST_ADDRESSES = 1 << 20


def enter(
    store: Store,
    items: Iterable[Entry | Span | Mistake],
    *,
    mistaken: Callable[[Mistake], None],
    blocklist: Blocklist | None = None,
    family: Family = "any",
    most: int = MOST_ADDRESSES,
) -> None:
    """Read a list to its end, unless the store has it already (then ``items`` is not touched).

    Every mistake goes to ``mistaken``; what that raises ends it, and nothing of the list counts. ``most`` bounds the
    addresses that ranges stand for, in the whole list; raises ScanError beyond it, and for a store that is full.
    Blocking: read the list before the event loop, since standard input may take its time.
    """
