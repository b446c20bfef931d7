"""The times that logs and bounces tell, and the time that a user means by --since. Never the lines they stand in."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# RFC 5322 4.3; any other letters name the zone of the machine that wrote the log, which is taken for this one's.
_ZONES = {"Z": 0, "UT": 0, "GMT": 0, "UTC": 0}
_ZONES |= {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 7 * 86_400}

_WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?\s{1,3})?"
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})"
_CLOCK = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
_ZONE = r"(?:\s{0,3}(?P<zone>Z|[A-Z]{2,5}|[+-][0-9]{2}(?::?[0-9]{2})?))?"

_ISO = re.compile(
    rf"{_WEEKDAY}(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})(?:[T ]{_CLOCK}{_ZONE})?",
    re.IGNORECASE,
)
# RFC 3164 4.1.2 and ctime(3)
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}{_MONTH}\s{{1,2}}(?P<day>[0-9]{{1,2}})\s(?:(?P<year>[0-9]{{4}})\s)?{_CLOCK}(?:\s(?P<year_last>[0-9]{{4}}))?",
    re.IGNORECASE,
)
# RFC 5322 3.3 and 4.3
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<day>[0-9]{{1,2}})\s{{1,3}}{_MONTH}\s{{1,3}}(?P<year>[0-9]{{4}}|[0-9]{{2}})\s{{1,3}}{_CLOCK}{_ZONE}"
    r"(?:\s{0,3}\([^()]{0,80}\))?",
    re.IGNORECASE,
)
_TAI64N = re.compile(r"@(?P<seconds>[0-9a-f]{16})(?P<nanoseconds>[0-9a-f]{8})", re.IGNORECASE)
_UNIX = re.compile(r"[0-9]{9,19}(?:\.[0-9]{1,9})?")
_TIME_OF_DAY = re.compile(_CLOCK)
_SPAN = re.compile(r"(?P<count>[0-9]{1,6})\s?(?P<unit>[smhdw])(?:\sago)?")


def moment(stamp: str, now: datetime) -> datetime | None:
    """The moment that a stamp tells, with a time zone: the local one where none is told. None if it is no stamp.

    A stamp without a year is the last such date that is not more than a day after ``now``.
    """
    try:
        return _moment(stamp.strip(), now)
    except (ValueError, OverflowError, OSError):
        return None


def since(text: str, now: datetime) -> datetime:
    """The moment that a user means: a date, a time of day (the last such), a span before ``now``, today, yesterday."""
    try:
        found = _since(text.strip().lower(), now.astimezone())
    except (ValueError, OverflowError, OSError):
        found = None
    if found is None:
        raise ValueError(
            f"{text[:40]!r} is no time: give a date (2026-11-20), a date and time (2026-11-20T10:00), a time of day "
            "(10:30), a span back from now (30m, 2h, 7d), today or yesterday."
        )
    return found


def _moment(stamp: str, now: datetime) -> datetime | None:
    if found := _ISO.fullmatch(stamp):
        return _in_zone(_date(found, int(found["year"]), int(found["month"])), found["zone"])
    if found := _MONTH_FIRST.fullmatch(stamp):
        month = _MONTHS.index(found["month"].lower()) + 1
        year = found["year"] or found["year_last"]
        return _date(found, int(year), month).astimezone() if year else _latest(found, month, now)
    if found := _DAY_FIRST.fullmatch(stamp):
        month = _MONTHS.index(found["month"].lower()) + 1
        return _in_zone(_date(found, _whole_year(found["year"]), month), found["zone"])
    if found := _TAI64N.fullmatch(stamp):
        # TAI counts from 2**62, and ran 10 s ahead of UTC in 1970, which is all that multilog's clock knows.
        second = datetime.fromtimestamp(int(found["seconds"], 16) - 2**62 - 10, UTC)
        return second + timedelta(microseconds=int(found["nanoseconds"], 16) // 1_000)
    if _UNIX.fullmatch(stamp):
        seconds = float(stamp)
        while seconds >= 1e11:  # milliseconds, microseconds, nanoseconds
            seconds /= 1_000
        return datetime.fromtimestamp(seconds, UTC)
    return None


def _since(asked: str, now: datetime) -> datetime | None:
    midnight = datetime(now.year, now.month, now.day)
    if asked == "today":
        return midnight.astimezone()
    if asked == "yesterday":
        return (midnight - timedelta(days=1)).astimezone()
    if found := _SPAN.fullmatch(asked):
        return now - timedelta(seconds=int(found["count"]) * _UNITS[found["unit"]])
    if found := _TIME_OF_DAY.fullmatch(asked):
        today = _date(found, now.year, now.month, now.day)
        return today.astimezone() if today.astimezone() <= now else (today - timedelta(days=1)).astimezone()
    return _moment(asked, now)


def _date(found: re.Match[str], year: int, month: int, day: int | None = None) -> datetime:
    """Date and time without a zone; midnight where no time is told."""
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    microsecond = int((found["fraction"] or "0").ljust(6, "0")[:6])
    # A leap second has no place in datetime.
    return datetime(year, month, int(found["day"]) if day is None else day, hour, minute, min(second, 59), microsecond)


def _latest(found: re.Match[str], month: int, now: datetime) -> datetime | None:
    """The last such date up to a day after now; the 29th of February may be eight years back."""
    limit = now.astimezone() + timedelta(days=1)
    for year in range(limit.year, limit.year - 9, -1):
        try:
            date = _date(found, year, month).astimezone()
        except ValueError:
            continue
        if date <= limit:
            return date
    return None


def _whole_year(year: str) -> int:
    """RFC 5322 4.3: two digits are 1950 to 2049."""
    return int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 50 else 1900)


def _in_zone(date: datetime, zone: str | None) -> datetime:
    offset = _offset(zone.upper()) if zone else None
    return date.replace(tzinfo=offset) if offset else date.astimezone()


def _offset(zone: str) -> tzinfo | None:
    if zone[0] not in "+-":
        return timezone(timedelta(hours=_ZONES[zone])) if zone in _ZONES else None
    digits = zone[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    return timezone(timedelta(minutes=-minutes if zone[0] == "-" else minutes))
