"""Counts explained events: by reason, code, host and group. What it keeps is bounded, however many come. No I/O."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from smtpprobe.diagnosis import Diagnosis, Digest, Group
from smtpprobe.outcome import Reason

MOST_GROUPS = 2_000
MOST_HOSTS = 5_000
MOST_HOSTS_OF_A_GROUP = 50


class _Group(Struct):
    example: Diagnosis
    hosts: Counter[str]
    count: int = 0


class Tally:
    """Add every diagnosis; ask for the digest at any time."""

    def __init__(self) -> None:
        self.events = 0
        self._reasons: Counter[Reason] = Counter()
        self._codes: Counter[str] = Counter()
        self._hosts: Counter[str] = Counter()
        self._groups: dict[tuple[Reason, int | None, str | None, str], _Group] = {}
        self._ungrouped = 0
        self._first = self._last = ""

    def add(self, diagnosis: Diagnosis) -> None:
        event, meaning = diagnosis.event, diagnosis.meaning
        self.events += 1
        self._reasons[meaning.reason] += 1
        self._codes[str(event.code or event.enhanced or "")] += 1
        if event.time:
            self._first = self._first or event.time
            self._last = event.time
        refused = event.host if meaning.reason is not Reason.ACCEPTED else ""
        if refused:
            _count(self._hosts, refused, MOST_HOSTS)
        key = (meaning.reason, event.code, event.enhanced, meaning.shape)
        group = self._groups.get(key)
        if group is None:
            if len(self._groups) >= MOST_GROUPS:
                self._ungrouped += 1
                return
            group = self._groups[key] = _Group(diagnosis, Counter())
        group.count += 1
        if refused:
            _count(group.hosts, refused, MOST_HOSTS_OF_A_GROUP)

    def digest(self, lines: int = 0, unread: int = 0) -> Digest:
        """All that was counted, the most frequent first."""
        groups = sorted(self._groups.values(), key=lambda group: -group.count)
        return Digest(
            events=self.events,
            lines=lines,
            unread=unread,
            reasons=tuple(self._reasons.most_common()),
            codes=tuple([(code, number) for code, number in self._codes.most_common() if code]),
            hosts=tuple(self._hosts.most_common()),
            groups=tuple([Group(one.count, tuple(one.hosts.most_common()), one.example) for one in groups]),
            ungrouped=self._ungrouped,
            first=self._first,
            last=self._last,
        )


def _count(counter: Counter[str], name: str, most: int) -> None:
    """Count a name that others choose: when there are too many of them, those seen once make room."""
    if name not in counter and len(counter) >= most:
        for rare in [known for known, number in counter.items() if number == 1] or list(counter)[: most // 2]:
            del counter[rare]
    counter[name] += 1
