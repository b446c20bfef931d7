"""What vendors mean by their wordings: the tables of all vendors and the look-up in them. No I/O, no conversation."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from smtpprobe.catalogue.dialects import (
    aiosmtpd,
    chasquid,
    common,
    courier,
    exchange,
    exim,
    exim_policy,
    gmail,
    haraka,
    james,
    mox,
    nodemailer,
    opensmtpd,
    postfix,
    postfix_policy,
    qmail,
    sendmail,
    stalwart,
)
from smtpprobe.catalogue.entries import DialectEntry

_VENDORS = (
    postfix,
    postfix_policy,
    exim,
    exim_policy,
    sendmail,
    opensmtpd,
    exchange,
    gmail,
    aiosmtpd,
    chasquid,
    qmail,
    haraka,
    stalwart,
    courier,
    nodemailer,
    james,
    mox,
)

DIALECTS: tuple[DialectEntry, ...] = (*(e for vendor in _VENDORS for e in vendor.ENTRIES), *common.ENTRIES)

UNMISTAKABLE: tuple[DialectEntry, ...] = tuple(e for vendor in _VENDORS for e in vendor.UNMISTAKABLE)
"""The entries that may speak where the vendor is not known: wordings that nobody else has."""

_TEXT_LIMIT = 8 * 1024


def match(vendor: str | None, code: int, enhanced: str | None, text: str, verb: str) -> DialectEntry | None:
    """The first entry that explains this reply.

    ``verb`` is the verb that was sent, in upper case, or "greeting"; "" where it is not known. ``text`` is the reply's
    text, lines joined by newlines, the enhanced code still in front. Of the first 8 KiB, that is.
    """
    text = text[:_TEXT_LIMIT]
    candidates = _candidates(vendor, code)
    if not verb:
        candidates = tuple(sorted(candidates, key=lambda entry: (not entry.vendor, bool(entry.commands))))
    return next((e for e in candidates if _fits(e, enhanced, verb) and _compiled(e.pattern).search(text)), None)


def _fits(entry: DialectEntry, enhanced: str | None, verb: str) -> bool:
    return (entry.enhanced is None or entry.enhanced == enhanced) and (
        not verb or not entry.commands or verb in entry.commands
    )


@lru_cache(maxsize=1024)
def _candidates(vendor: str | None, code: int) -> tuple[DialectEntry, ...]:
    """The vendor's own entries first, then everybody's, which are about refusals only."""
    own = UNMISTAKABLE if vendor is None else tuple(e for e in DIALECTS if e.vendor == vendor)
    shared = common.ENTRIES if code >= 400 else ()
    return tuple(e for e in (*own, *shared) if e.code in (None, code))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)
