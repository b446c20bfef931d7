"""Counting what a connection did wrong, against the limits of a personality. Pure."""

from __future__ import annotations

from collections import Counter

from smtpprobe.fake.personality import Limit

_MAIL_COMMANDS = frozenset({"MAIL", "RCPT", "DATA", "BDAT", "QUIT"})
_FREE_ONCE = frozenset({"EHLO", "HELO", "LHLO", "STARTTLS", "AUTH"})
_LOOKUPS = frozenset({"VRFY", "EXPN"})
_SYNTAX = frozenset({500, 501, 502, 503, 504, 505, 555})


class Tally:
    """The counts of one connection."""

    def __init__(self, limits: tuple[Limit, ...]) -> None:
        self._limits = limits
        self._counts: Counter[str] = Counter()
        self._seen: set[str] = set()

    @property
    def counts(self) -> dict[str, int]:
        """How much of each kind there was so far."""
        return {limit.counts: self._counts[limit.counts] for limit in self._limits}

    def secure(self) -> None:
        """Inside TLS, EHLO and AUTH are free once more."""
        self._seen.clear()

    def exceeded(self, verb: str, code: int, unknown: bool) -> Limit | None:
        """Count one answered command; the first limit that it reaches."""
        if not self._limits:
            return None
        free = verb in _FREE_ONCE and verb not in self._seen
        self._seen.add(verb)
        found = {
            "commands": True,
            "errors": 400 <= code < 600,
            "syntax": code in _SYNTAX and verb not in _LOOKUPS,
            "unknown": unknown,
            "lookups": verb in _LOOKUPS,
            "nonmail": verb != "" and verb not in _MAIL_COMMANDS and not free,
        }
        self._counts.update(name for name, counts in found.items() if counts)
        return next(
            (limit for limit in self._limits if found[limit.counts] and self._counts[limit.counts] >= limit.at), None
        )
