"""Fields of a delivery report (RFC 3464 2), pasted without their message."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from smtpprobe.explain.event import GIVEN_LIMIT, Event

_MOST_LINES = 200
_MOST_CHARACTERS = 32 * 1024

_FIRST = re.compile(
    r"[ \t]{0,8}(?:(?:final-recipient|original-recipient|x-actual-recipient"
    r"|remote-mta)[ \t]{0,3}:[ \t]{0,20}[\w-]{1,40}[ \t]{0,3};"
    r"|(?:reporting-mta|received-from-mta)[ \t]{0,3}:[ \t]{0,20}[\w-]{1,40}[ \t]{0,3};|diagnostic-code[ \t]{0,3}:"
    r"|final-log-id[ \t]{0,3}:"
    r"|action[ \t]{0,3}:[ \t]{0,20}(?:failed|delayed|delivered|relayed|expanded)\b"
    r"|status[ \t]{0,3}:[ \t]{0,20}[245]\.[0-9]{1,3}\.[0-9]{1,3}\b)",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"[ \t]{0,8}(?:original-envelope-id|dsn-gateway|arrival-date|last-attempt-date|will-retry-until|action|status|"
    r"final-recipient|original-recipient|remote-mta|x-[\w-]{1,60})[ \t]{0,3}:",
    re.IGNORECASE,
)
_NAME = re.compile(r"[ \t]{0,8}([\w-]{1,60})[ \t]{0,3}:")
_RECIPIENT = frozenset({"final-recipient", "original-recipient", "x-actual-recipient"})
_OF_MESSAGE = frozenset({"reporting-mta", "received-from-mta", "arrival-date", "original-envelope-id", "dsn-gateway"})


class ReportFieldsReader:
    """Collects the fields of one recipient, and gives its event when the next one's begin, or none are left."""

    def __init__(self) -> None:
        self._message: list[str] = []
        self._lines: list[str] = []
        self._names: set[str] = set()
        self._first = 0
        self._size = 0

    def read(self, line: str, number: int) -> Sequence[Event] | None:
        """A field, its continuation, or the empty line between two recipients."""
        if not line.strip():
            return self._finish() if self._told else () if self._lines or self._message else None
        named = _FIRST.match(line) or (_NEXT.match(line) if self._lines or self._message else None)
        if named is None:
            if line[:1] in " \t" and self._lines:
                self._keep(line)
                return ()
            return None
        name = (_NAME.match(line) or named)[1].lower()
        if name in _OF_MESSAGE:
            self._message = [*self._message[-8:], line[:1000]]
            return ()
        done = self._finish() if name in self._names or len(self._lines) >= _MOST_LINES else ()
        self._first = self._first or number
        self._names.add(name)
        self._keep(line)
        return done

    def end(self) -> Sequence[Event]:
        """The recipient whose fields came last."""
        return self._finish()

    @property
    def _told(self) -> bool:
        """Is there a recipient and more than its name?"""
        return not _RECIPIENT.isdisjoint(self._names) and not self._names <= _RECIPIENT

    def _keep(self, line: str) -> None:
        if len(self._lines) < _MOST_LINES and self._size < _MOST_CHARACTERS:
            self._lines.append(line)
            self._size += len(line)

    def _finish(self) -> Sequence[Event]:
        if not self._lines:
            return ()
        from smtpprobe.explain.bounces import delivery_status
        from smtpprobe.explain.bounces.evidence import Evidence, event

        reports = delivery_status.of_lines([*self._message, *self._lines])
        given = "\n".join(self._lines)[:GIVEN_LIMIT]
        found = [
            replace(event(Evidence(each), each.recipient, "", ""), line=self._first, given=given) for each in reports
        ]
        self._lines, self._names, self._first, self._size = [], set(), 0, 0
        return found
