"""A list into the store: addresses and ranges become servers, names are kept to be looked up. Asks nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from ipaddress import IPv4Address, IPv6Address
from itertools import islice

from smtpprobe.names import Family
from smtpprobe.names.families import WORDS
from smtpprobe.outcome import FailureKind, TlsMode
from smtpprobe.scan.blocked import Blocklist
from smtpprobe.scan.errors import ScanError
from smtpprobe.scan.reading import Entry, Mistake, Span, literal
from smtpprobe.scan.store import Lead, Listed, Store

#: How many addresses the ranges of one list may have in all, unless more are asked for.
MOST_ADDRESSES = 1 << 20
_ROWS_AT_ONCE = 10_000


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
    if store.listed():
        return
    store.begin_list()
    rows = _rows(items, mistaken, family, most)
    while some := list(islice(rows, _ROWS_AT_ONCE)):
        kept = [row for row in some if not _blocked(row, blocklist)] if blocklist is not None else some
        leads = [row for row in kept if isinstance(row, Lead)]
        names = [row for row in kept if isinstance(row, Listed)]
        store.add(leads, names, len(some) - len(kept))
    store.end_list()


def _rows(
    items: Iterable[Entry | Span | Mistake], mistaken: Callable[[Mistake], None], family: Family, most: int
) -> Iterator[Lead | Listed]:
    left = most
    for item in items:
        if isinstance(item, Entry):
            yield _row(item, family)
        elif isinstance(item, Mistake):
            mistaken(item)
        elif family not in ("any", str(item.version)):
            mode = _mode(item.port)
            yield Listed(item.text, item.text, item.port, mode, 0, 0, *_other_family(item.text, family))
        else:
            left -= item.last - item.first + 1
            if left < 0:
                raise ScanError(
                    f"The ranges of the list have more than {most:,} addresses with {item.text} in line {item.line}: "
                    "take it out, or allow more with --most-addresses."
                )
            yield from _addresses(item)


def _row(entry: Entry, family: Family) -> Lead | Listed:
    target = entry.target
    mode, lmtp = target.tls.value, int(target.lmtp)
    if not literal(target.host):
        return Listed(entry.text, target.host, target.port, mode, lmtp, int(target.mx))
    if family not in ("any", "6" if ":" in target.host else "4"):
        return Listed(entry.text, target.host, target.port, mode, lmtp, 0, *_other_family(target.host, family))
    return Lead(target.host, target.port, mode, lmtp, "", entry.text)


def _addresses(span: Span) -> Iterator[Lead]:
    form = IPv4Address if span.version == 4 else IPv6Address
    mode = _mode(span.port)
    for number in range(span.first, span.last + 1):
        yield Lead(str(form(number)), span.port, mode, 0, "", span.text)


def _mode(port: int) -> str:
    """Port 465 means implicit TLS (RFC 8314 3.3)."""
    return (TlsMode.IMPLICIT if port == 465 else TlsMode.STARTTLS).value


def _other_family(text: str, family: Family) -> tuple[str, str]:
    return FailureKind.NO_ADDRESS.value, f"{text} is no {WORDS[family]}, the family asked for"


def _blocked(row: Lead | Listed, blocklist: Blocklist) -> bool:
    if isinstance(row, Lead):
        return blocklist.blocks(row.address)
    return blocklist.blocks("", row.host)
