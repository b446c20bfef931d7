"""Which of the explained events are wanted: by time, reason and host. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from smtpprobe.diagnosis import Diagnosis, Event
from smtpprobe.outcome import Reason


class Selection:
    """Takes what happened ``since`` then, for one of these ``reasons``, at ``host`` or beneath its domain.

    Nothing given takes all. What has no time that can be read is left out where ``since`` is given. ``seen`` counts
    all that came by. Raises ValueError for a ``since`` that is no time.
    """

    def __init__(self, since: str | None, reasons: Sequence[Reason], host: str) -> None:
        self.seen = 0
        self._reasons = frozenset(reasons)
        self._host = host.rstrip(".").lower()
        self._since = None
        if since is not None:
            from datetime import datetime

            from smtpprobe.explain.readers import stamps

            self._now = datetime.now().astimezone()
            self._since = stamps.since(since, self._now)

    def of(self, diagnoses: Iterable[Diagnosis]) -> Iterator[Diagnosis]:
        """Those that are wanted."""
        for one in diagnoses:
            self.seen += 1
            if self._takes(one):
                yield one

    def _takes(self, one: Diagnosis) -> bool:
        if self._reasons and one.meaning.reason not in self._reasons:
            return False
        if self._host and not _within(one.event.host.rstrip(".").lower(), self._host):
            return False
        return self._since is None or self._recent(one.event)

    def _recent(self, event: Event) -> bool:
        from smtpprobe.explain.readers import stamps

        moment = stamps.moment(event.time, self._now) if event.time else None
        return moment is not None and self._since is not None and moment >= self._since


def _within(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")
