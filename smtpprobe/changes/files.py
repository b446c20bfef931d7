"""Any file that tells of servers (a report, JSON Lines, a trace, a check, a baseline) into snapshots. No I/O."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from smtpprobe.changes.baseline import read_baseline
from smtpprobe.changes.document import of_report
from smtpprobe.changes.facts import DocumentError, Snapshot
from smtpprobe.changes.shape import Report, check_size, check_version, decode

MOST = 100_000


class _Kind(Struct):
    """What tells the documents apart."""

    kind: Any = None
    routes: Any = None


class _Routes(Struct):
    routes: tuple[Report, ...]


def read(data: bytes, place: str) -> tuple[Snapshot, ...]:
    """Every server that the file tells of, in order. Raises DocumentError in a sentence that begins with ``place``."""
    try:
        check_size(data)
        if not data.strip():
            raise DocumentError("it is empty: write a report with smtpprobe probe --format json.")
        try:
            msgspec.json.decode(data, type=msgspec.Raw)
        except msgspec.DecodeError:
            return _lines(data)
        return _document(data, place)
    except DocumentError as error:
        words = str(error)
        raise DocumentError(words if words.startswith(f"{place}: ") else f"{place}: {words}") from None
    except RecursionError:
        raise DocumentError(f"{place}: it is nested too deeply to be a report.") from None


def _lines(data: bytes) -> tuple[Snapshot, ...]:
    """JSON Lines: one document a line."""
    found: list[Snapshot] = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            found += _document(line, "")
        except DocumentError as error:
            raise DocumentError(f"line {number}: {error}") from None
        if len(found) > MOST:
            raise DocumentError(f"it tells of more than {MOST:,} servers: give fewer at a time.")
    return tuple(found)


def _document(data: bytes, place: str) -> tuple[Snapshot, ...]:
    check_version(data)
    kind = decode(data, _Kind)
    if kind.kind == "baseline":
        return tuple(read_baseline(data, place).values())
    if kind.routes is not None:
        return tuple([of_report(one) for one in decode(data, _Routes).routes])
    return (of_report(decode(data, Report)),)
