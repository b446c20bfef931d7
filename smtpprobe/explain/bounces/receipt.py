"""Receipts: what became of mail that had arrived (RFC 8098, before it RFC 3798), with or without their part. No I/O."""

from __future__ import annotations

import re

from smtpprobe.explain.bounces import address
from smtpprobe.explain.bounces.delivery_status import Report

_DISPOSITION = re.compile(
    r"^disposition[ \t]{0,3}:[ \t]{0,9}(?:manual|automatic)-action/mdn-sent-(?:manual|automatical)ly[ \t]{0,9};"
    r"(.{0,400})",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD = re.compile(
    r"^(final-recipient|original-recipient|error|failure)[ \t]{0,3}:[ \t]{0,9}(.{1,400})", re.IGNORECASE | re.MULTILINE
)
# A type of RFC 2298, the modifier of any type (RFC 8098 3.2.6.3), and RFC 3335's word for it.
_FAILED = frozenset({"failed", "error", "failure"})


def is_one(text: str) -> bool:
    """Do the words of a message hold the field that only a receipt has, where it has no part for it?"""
    return _DISPOSITION.search(text) is not None


def failures(text: str) -> list[Report]:
    """The recipient, if its program could not do with the mail what it was there for; most receipts tell of none."""
    disposition = _DISPOSITION.search(text)
    if disposition is None or _FAILED.isdisjoint(_words(disposition[1])):
        return []
    fields = {match[1].lower(): match[2].strip() for match in _FIELD.finditer(text)}
    names = [address.of_field(fields[name]) for name in ("final-recipient", "original-recipient") if name in fields]
    said = fields.get("error") or fields.get("failure") or ""
    return [Report([name for name in names if name], "failed", diagnostic=said)]


def _words(disposition: str) -> list[str]:
    """Its type and its modifiers, without what follows a colon."""
    type_, _, modifiers = disposition.lower().partition("/")
    return [word.partition(":")[0].strip() for word in (type_, *modifiers.split(","))]
