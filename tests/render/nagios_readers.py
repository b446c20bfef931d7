"""What a plugin printed, read by the letter of the plugin guidelines; shares no code with the renderer."""

from __future__ import annotations

import re

from msgspec import Struct

MOST_OCTETS = 4_096
_FIRST = re.compile(r"SMTP (OK|WARNING|CRITICAL|UNKNOWN) - (.+)")
_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
_RANGE = rf"(?:@?(?:~|{_NUMBER})?:(?:{_NUMBER})?|{_NUMBER})"
_ITEM = re.compile(
    rf"'([^'=|]+)'=({_NUMBER})(s|us|ms|%|B|KB|MB|TB|c)?(?:;({_RANGE})?(?:;({_RANGE})?(?:;({_NUMBER})?(?:;({_NUMBER})?)?)?)?)?"
)


class Item(Struct, frozen=True):
    """One number: value, unit, and the ranges as they stand."""

    value: float
    unit: str
    warn: str
    critical: str


class Said(Struct, frozen=True):
    """The output of a plugin in its parts."""

    state: str
    text: str
    long_text: tuple[str, ...]
    numbers: dict[str, Item]


def read(output: str) -> Said:
    """Raise AssertionError for whatever the guidelines, or Nagios' own limits, do not allow."""
    assert output.endswith("\n")
    assert len(output.encode()) <= MOST_OCTETS, f"{len(output.encode())} octets"
    assert output.count("|") == 1, f"{output.count('|')} bars"
    assert "\\n" not in output, "a line end for whoever reads results from a file"
    first, *rest = output[:-1].split("\n")
    head, _, tail = first.partition("|")
    found = _FIRST.fullmatch(head.strip())
    assert found is not None, f"no first line: {head!r}"
    items = tail.split(" ")[1:]
    numbers: dict[str, Item] = {}
    for item in items:
        parts = _ITEM.fullmatch(item)
        assert parts is not None, f"no number: {item!r}"
        label, value, unit, warn, critical, _, _ = parts.groups()
        assert label not in numbers, f"a label stands twice: {label}"
        assert "::" not in label, "a label of many plugins (check_multi)"
        numbers[label] = Item(float(value), unit or "", warn or "", critical or "")
    return Said(found[1], found[2], tuple(rest), numbers)


def outside(value: float, text: str) -> bool:
    """Does this range raise an alert for this value?"""
    inverted, text = text.startswith("@"), text.removeprefix("@")
    low, colon, high = text.rpartition(":")
    least = float("-inf") if low == "~" else float(low) if low else 0.0
    most = float(high) if high else float("inf")
    assert colon or high
    return (least <= value <= most) is inverted
