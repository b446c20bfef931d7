"""What a vendor means by an enhanced status code: one of its own, or a registered one in another sense. No I/O.

A code stands in its entry with its class open ("X.7.27"), with it where the vendor gives each class a sense of its own
("5.7.515"), and with the first and last detail of a range ("5.7.606-649"). The entries live in the files beside this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from smtpprobe.catalogue.enhanced.vendors import google, microsoft, microsoft_filtering, microsoft_security, others
from smtpprobe.catalogue.entries import VendorCodeEntry

VENDOR_CODES: Final[tuple[VendorCodeEntry, ...]] = tuple(
    entry for room in (google, microsoft, microsoft_security, microsoft_filtering, others) for entry in room.ENTRIES
)

_CODE: Final = re.compile(r"([245Xx])\.([0-9]{1,3})\.([0-9]{1,3})")


def lookup_vendor(code: str, vendors: Sequence[str]) -> VendorCodeEntry | None:
    """What the first of these vendors that has a sense of its own for this code ("5.7.27") means by it."""
    found = vendors_of(code)
    return next((entry for vendor in vendors for entry in found if entry.vendor == vendor), None)


def vendors_of(code: str) -> tuple[VendorCodeEntry, ...]:
    """Every vendor's sense of this code, one each; () for a code that means the same to all, and for what is none."""
    match = _CODE.fullmatch(code)
    if match is None:
        return ()
    first: dict[str, VendorCodeEntry] = {}
    for entry in _senses(match[1].upper(), int(match[2]), int(match[3])):
        first.setdefault(entry.vendor, entry)
    return tuple(first.values())


def _senses(kind: str, subject: int, detail: int) -> Iterator[VendorCodeEntry]:
    """The entries that cover a code, single codes before ranges. A query with an open class is covered by any class."""
    for (of, of_subject, low, high), entry in _spans():
        if subject == of_subject and low <= detail <= high and (kind == of or "X" in (kind, of)):
            yield entry


@cache
def _spans() -> tuple[tuple[tuple[str, int, int, int], VendorCodeEntry], ...]:
    """Class, subject, first and last detail of each entry: the narrowest first."""
    spans = []
    for entry in VENDOR_CODES:
        kind, subject, details = entry.code.split(".")
        low, _, high = details.partition("-")
        spans.append(((kind, int(subject), int(low), int(high or low)), entry))
    return tuple(sorted(spans, key=lambda span: span[0][3] - span[0][2]))
