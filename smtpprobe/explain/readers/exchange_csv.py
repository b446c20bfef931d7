"""The comma separated lines of Exchange's logs, and the names of their columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def values(line: str) -> list[str]:
    """The fields of one line (RFC 4180 2); none of a line that is not one."""
    if '"' not in line:
        return line.split(",")
    import csv

    try:
        return next(csv.reader((line,)), [])
    except csv.Error:
        return []


def columns(names: str, other: Mapping[str, str] | None = None) -> dict[str, int]:
    """Where each column stands. date-time, date_time and DateTime are one; ``other`` renames what is left."""
    plain = [_plain(name) for name in values(names.strip().lstrip("\ufeff"))]
    return {(other or {}).get(name, name): position for position, name in enumerate(plain)}


def field(fields: Sequence[str], position: int) -> str:
    """The field, "" where the line is too short to have it."""
    return fields[position] if position < len(fields) else ""


def _plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())
