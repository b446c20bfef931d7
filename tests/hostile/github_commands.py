"""Reads a log as the runner of GitHub Actions does, to see which orders it would carry out. No code of the renderers.

Grammar: ``::name key=value,key=value::data`` at the beginning of a line, blanks before it left aside, and the older
``##[name key=value;key=value]data`` anywhere in a line that is none of those. Names know no case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

NAMES = frozenset(
    {
        *("add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group", "notice"),
        *("remove-matcher", "save-state", "set-env", "set-output", "stop-commands", "warning"),
    }
)
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_ESCAPES = {"%0D": "\r", "%0A": "\n"}
_IN_PROPERTIES = {**_ESCAPES, "%3A": ":", "%2C": ","}
_KEYS = frozenset({"file", "line", "title"})
_LONGEST = 4_096


@dataclass(frozen=True)
class Order:
    """One order: its name, its properties and its data, as the runner takes them."""

    name: str
    data: str
    properties: dict[str, str] = field(default_factory=dict)


def orders(log: str) -> list[Order]:
    """Every order that a runner would see in what a program writes."""
    return [order for line in _LINE_ENDS.split(log) if (order := _new(line) or _old(line)) is not None]


def annotated(log: str) -> list[Order]:
    """What a program writes that writes annotations alone: each line is one, well formed, and loses nothing."""
    assert log.endswith("\n"), "the last line has no end"
    found = []
    for line in log.split("\n")[:-1]:
        assert line.startswith("::"), f"no order: {line[:80]!r}"
        order = _new(line)
        assert order is not None, f"no order: {line[:80]!r}"
        assert order.name in ("error", "warning", "notice"), f"an order to {order.name}"
        assert set(order.properties) <= _KEYS, f"foreign properties: {sorted(order.properties)}"
        assert order.properties.get("line", "1").isdecimal(), f"line={order.properties['line']!r}"
        assert ("line" in order.properties) == ("file" in order.properties), "a line of no file"
        head = line[2 : line.index("::", 2)]
        given = head.partition(" ")[2].split(",")
        assert all(re.fullmatch(r"[a-z]+=.+", one) for one in given), f"a property of nothing: {given}"
        assert len(given) == len(order.properties), f"a property stands twice: {given}"
        assert order.data, "an empty message"
        assert len(order.data) <= _LONGEST, f"{len(order.data)} characters"
        stray = set(re.findall("%(?!25|0A|0D|3A|2C)..", line))
        assert not stray, f"foreign escapes: {stray}"
        found.append(order)
    return found


def _new(line: str) -> Order | None:
    line = line.lstrip()
    if not line.startswith("::") or (end := line.find("::", 2)) < 0:
        return None
    name, _, given = line[2:end].partition(" ")
    if name.lower() not in NAMES:
        return None
    pairs = [pair.partition("=") for pair in given.strip().split(",") if pair]
    # Of several equal signs at the beginning of a value the runner keeps none, and of a value of nothing no property.
    told = {key: value.lstrip("=") for key, _, value in pairs}
    properties = {key: _unescaped(value, _IN_PROPERTIES) for key, value in told.items() if key and value}
    return Order(name.lower(), _unescaped(line[end + 2 :], _ESCAPES), properties)


def _old(line: str) -> Order | None:
    if (begin := line.find("##[")) < 0 or (end := line.find("]", begin)) < 0:
        return None
    name = line[begin + 3 : end].partition(" ")[0]
    return Order(name.lower(), line[end + 1 :]) if name.lower() in NAMES else None


def _unescaped(text: str, escapes: dict[str, str]) -> str:
    for escape, character in escapes.items():
        text = text.replace(escape, character)
    return text.replace("%25", "%")
