"""Every time stamp of a log or a bounce is a moment; what a user means by --since is one too."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.explain.readers.stamps import moment, since

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The local zone is an hour east of Greenwich, two in summer."""
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("stamp", "utc"),
    [
        # syslog, local time
        ("Mar  3 10:11:12", "2026-03-03T09:11:12"),
        ("Mar 03 10:11:12.345678", "2026-03-03T09:11:12.345678"),
        ("Mar 11 10:00:00", "2026-03-11T09:00:00"),
        ("Mar 12 10:00:00", "2025-03-12T09:00:00"),
        ("Jul  3 10:00:00", "2025-07-03T08:00:00"),
        ("Feb 29 10:00:00", "2024-02-29T09:00:00"),
        ("Mar  3 2024 10:11:12", "2024-03-03T09:11:12"),
        # mailq, mbox
        ("Tue Mar  3 10:11", "2026-03-03T09:11:00"),
        ("Tue Mar  3 10:11:12 2026", "2026-03-03T09:11:12"),
        # ISO
        ("2026-03-03T10:11:12.345678+01:00", "2026-03-03T09:11:12.345678"),
        ("2026-03-03T09:11:12.345Z", "2026-03-03T09:11:12.345"),
        ("2026-03-03T09:11:12.345678901Z", "2026-03-03T09:11:12.345678"),
        ("2026-03-03T10:11:12+0100", "2026-03-03T09:11:12"),
        ("2026-03-03 10:11:12", "2026-03-03T09:11:12"),
        ("2026-03-03 10:11:12 +0100", "2026-03-03T09:11:12"),
        ("2026-03-03 10:11:12.250 -0330", "2026-03-03T13:41:12.250"),
        ("Tue 2026-03-03 10:11:12 CET", "2026-03-03T09:11:12"),
        ("Tue 2026-03-03 10:11:12 UTC", "2026-03-03T10:11:12"),
        ("Tue 2026-03-03 10:11:12 +03", "2026-03-03T07:11:12"),
        ("2026-03-03", "2026-03-02T23:00:00"),
        # TAI64N, Unix
        ("@4000000069a6a5ba00000000", "2026-03-03T09:11:12"),
        ("@4000000069a6a5ba0c3d4e5f", "2026-03-03T09:11:12.205344"),
        ("1772529072", "2026-03-03T09:11:12"),
        ("1772529072.25", "2026-03-03T09:11:12.25"),
        ("1772529072345", "2026-03-03T09:11:12.345"),
        ("1772529072345678", "2026-03-03T09:11:12.345678"),
        # RFC 5322
        ("Tue, 3 Mar 2026 10:11:12 +0100", "2026-03-03T09:11:12"),
        ("Tue, 03 Mar 2026 10:11:12 +0100 (CET)", "2026-03-03T09:11:12"),
        ("3 Mar 26 04:11 EST", "2026-03-03T09:11:00"),
        ("Tue, 3 Mar 1998 09:11:60 GMT", "1998-03-03T09:11:59"),
        ("3 Mar 98 09:11 GMT", "1998-03-03T09:11:00"),
    ],
)
def test_a_stamp_is_a_moment(stamp: str, utc: str) -> None:
    found = moment(f" {stamp} ", NOW)
    assert found is not None
    assert abs(found - datetime.fromisoformat(utc).replace(tzinfo=UTC)) < timedelta(milliseconds=1)


@pytest.mark.parametrize("stamp", ["", "x", "12", "@ffffffffffffffffffffffff", "Foo  3 10:00:00", "Tue, 3 Mar 2026"])
def test_what_is_no_time_is_none(stamp: str) -> None:
    assert moment(stamp, NOW) is None


@pytest.mark.parametrize("stamp", ["Mar 32 10:00:00", "Feb 30 10:00:00", "2026-13-01", "Mar  3 25:00:00"])
def test_a_time_that_no_calendar_has_is_none(stamp: str) -> None:
    assert moment(stamp, NOW) is None


def test_a_zone_of_more_than_a_day_is_none() -> None:
    assert moment("2026-03-03T10:11:12+99:99", NOW) is None


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-03-01", "2026-02-28T23:00:00"),
        ("2026-03-01T10:00", "2026-03-01T09:00:00"),
        ("2026-03-01 10:00:30", "2026-03-01T09:00:30"),
        ("2026-03-01T10:00Z", "2026-03-01T10:00:00"),
        ("Mar  3 10:11:12", "2026-03-03T09:11:12"),
        ("10:30", "2026-03-10T09:30:00"),
        ("13:30", "2026-03-09T12:30:00"),
        ("2h", "2026-03-10T10:00:00"),
        ("30m", "2026-03-10T11:30:00"),
        ("90s ago", "2026-03-10T11:58:30"),
        ("7d", "2026-03-03T12:00:00"),
        ("1w", "2026-03-03T12:00:00"),
        ("today", "2026-03-09T23:00:00"),
        ("Yesterday", "2026-03-08T23:00:00"),
    ],
)
def test_what_a_user_means(text: str, utc: str) -> None:
    assert since(f" {text} ", NOW) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "soon", "25:00", "10:61", "2026-02-30", "-2h", "2y", "999999w", "x" * 5_000])
def test_what_nobody_understands_is_one_helpful_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no time: give a date \(2026-11-20\)") as raised:
        since(text, NOW)
    assert len(str(raised.value)) < 300


@given(st.text(max_size=60), st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1)))
def test_no_text_makes_it_raise(text: str, now: datetime) -> None:
    found = moment(text, now.replace(tzinfo=UTC))
    assert found is None or found.tzinfo is not None


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2099, 1, 1)))
def test_a_date_without_a_year_is_the_last_one(now: datetime) -> None:
    now = now.replace(tzinfo=UTC)
    found = moment(now.astimezone().strftime("%b %d %H:%M:%S"), now)
    assert found is not None
    assert abs(found - now) < timedelta(hours=1, seconds=1)
