"""Failures without a reply: what programs say of the network, the DNS, TLS and themselves, and the look-up in it.

The order of FAULTS is the order of the look-up: causes before the wrappers that libraries put around them.
"""

from __future__ import annotations

import re
from functools import cache

from smtpprobe.catalogue.entries import FaultEntry
from smtpprobe.catalogue.faults import (
    certificates,
    delivery,
    events,
    exits,
    lists,
    login,
    misuse,
    names,
    network,
    tls,
    tls_policy,
    wrappers,
)
from smtpprobe.catalogue.needles import Index, parts_of

FAULTS: tuple[FaultEntry, ...] = (
    *lists.ENTRIES,
    *events.ENTRIES,
    *tls_policy.ENTRIES,
    *certificates.ENTRIES,
    *tls.ENTRIES,
    *names.ENTRIES,
    *misuse.ENTRIES,
    *login.ENTRIES,
    *delivery.ENTRIES,
    *network.ENTRIES,
    *exits.ENTRIES,
    *wrappers.ENTRIES,
)

_TEXT_LIMIT = 8 * 1024


def match(text: str) -> FaultEntry | None:
    """The fault that a text tells of, the most specific one. Of its first 8 KiB, that is."""
    text = text[:_TEXT_LIMIT].strip()
    lowered = text.lower()
    near = _index().possible(lowered, parts_of(lowered))
    return next((FAULTS[at] for at in near if _compiled(FAULTS[at].pattern).search(text)), None)


def by_name(name: str) -> FaultEntry | None:
    """The fault of that name."""
    return next((entry for entry in FAULTS if entry.name == name), None)


@cache
def _index() -> Index:
    return Index([entry.pattern for entry in FAULTS])


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A wording begins where a word begins."""
    return re.compile(rf"(?<![a-z0-9])(?:{pattern})", re.ASCII | re.IGNORECASE | re.MULTILINE)
