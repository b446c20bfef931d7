"""Why a mail was not taken, in words: one entry for each reason, and what implies a reason by itself. No I/O."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from smtpprobe.catalogue.entries import ReasonEntry
from smtpprobe.catalogue.reasons import address, client, content, other, server
from smtpprobe.catalogue.reasons.implied import BY_CODE, BY_COMMAND, BY_ENHANCED, CATEGORIES
from smtpprobe.outcome import Reason

__all__ = [
    "ACTORS",
    "BY_CODE",
    "BY_COMMAND",
    "BY_ENHANCED",
    "CATEGORIES",
    "REASONS",
    "implied_by_enhanced",
    "tells_little",
]

REASONS: Final[Mapping[Reason, ReasonEntry]] = {
    entry.reason: entry for room in (address, content, client, server, other) for entry in room.ENTRIES
}

ACTORS: Final = (
    "you",
    "the sender",
    "the sender's mail admin",
    "the recipient",
    "the recipient's mail admin",
    "nobody",
)


def implied_by_enhanced(code: str) -> Reason | None:
    """The reason that an enhanced code implies: by its class where that matters, by its meaning, or by its subject."""
    digit, _, rest = code.partition(".")
    if digit == "2":
        return Reason.ACCEPTED
    for key in (code, f"X.{rest}", f"X.{rest.partition('.')[0]}"):
        if key in BY_ENHANCED:
            return BY_ENHANCED[key]
    return None


def tells_little(code: str) -> bool:
    """Does the code say no more than its subject? X.n.0 is "other or undefined" (RFC 3463 3)."""
    rest = code.partition(".")[2]
    return rest.endswith(".0") or f"X.{rest}" not in BY_ENHANCED
