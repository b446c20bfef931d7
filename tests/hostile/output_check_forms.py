"""Checks full of hostile strings as JUnit, TAP, CSV and Nagios, each read again strictly; part of output_formats.py."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from xml.etree import ElementTree as ET

import strict_readers
import yaml
from output_reports import poisoned

# output_reports.py has put tests/render where these are found.
import nagios_readers  # isort: skip
import tap_readers  # isort: skip
from checkings import CHECKINGS  # isort: skip

from smtpprobe.expectation import Checking
from smtpprobe.render import CHECK_RENDERERS

Strings = Sequence[str]

_POINT = re.compile(r"(ok|not ok) ([0-9]+) - [^#]*(?: # (SKIP|TODO) [^#]*)?")
_BLOCK = re.compile(r"^  ---\n(.*?)^  \.\.\.\n", re.MULTILINE | re.DOTALL)
_FORMULA = tuple("=+-@＝＋－＠")


def checkings(strings: Strings) -> Iterator[Checking]:
    """Every check, with strings in all its texts but the user's word on what is undecided."""
    for make in CHECKINGS.values():
        yield poisoned(make(), strings, frozenset({"started", "not_before", "not_after", "inconclusive"}))


def _harmless(strings: Strings) -> Iterator[Checking]:
    """The same, with words in the same places, and nothing where there is nothing."""
    return checkings([f"word{n}" if text else "" for n, text in enumerate(strings)])


def _junit(strings: Strings) -> None:
    for met, plain in zip(checkings(strings), _harmless(strings), strict=True):
        text = CHECK_RENDERERS["junit"](met)
        strict_readers.characters(text)
        root = ET.fromstring(text)
        for element in root.iter():
            for value in (*element.attrib.values(), element.text or ""):
                strict_readers.characters(value)
        assert _elements(root) == _elements(ET.fromstring(CHECK_RENDERERS["junit"](plain)))


def _elements(root: ET.Element) -> list[tuple[str, list[str]]]:
    return [(element.tag, sorted(element.attrib)) for element in root.iter()]


def _tap(strings: Strings) -> None:
    for met, plain in zip(checkings(strings), _harmless(strings), strict=True):
        text = CHECK_RENDERERS["tap"](met)
        strict_readers.characters(text)
        assert _points(text) == _points(CHECK_RENDERERS["tap"](plain))
        if tap_readers.PERL is not None:
            read = tap_readers.parsed(text)
            assert read["errors"] == []
            assert [str(point["number"]) for point in read["points"]] == [number for _, number, _ in _points(text)]


def _points(text: str) -> list[tuple[str, str, str]]:
    """The points, after the blocks between them were read as YAML and taken out."""
    for block in _BLOCK.findall(text):
        assert set(yaml.safe_load(block)) <= {
            *("message", "severity", "server", "address", "id", "file", "line", "data", "advice", "evidence")
        }
    version, plan, *rest = _BLOCK.sub("", text)[:-1].split("\n")
    assert version == "TAP version 13"
    points = []
    for line in rest:
        if line.startswith("# ") or line == "Bail out! stopped early":
            continue
        found = _POINT.fullmatch(line)
        assert found is not None, f"no point: {line[:200]!r}"
        points.append((found[1], found[2], found[3] or ""))
    assert plan.startswith(f"1..{len(points)}")
    return points


def _csv(strings: Strings) -> None:
    for met in checkings(strings):
        text = CHECK_RENDERERS["csv"](met)
        strict_readers.characters(text.replace("\r\n", "\n"))
        names, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        assert len(rows) == text.count("\r\n") - 1 == sum(len(checked.held) for checked in met.servers)
        numbers = {names.index(name) for name in ("value", "least", "most")}
        for row in rows:
            assert len(row) == len(names)
            for cell in (cell for n, cell in enumerate(row) if n not in numbers):
                for part in cell.split(";"):
                    assert not part.strip().startswith(_FORMULA), f"a formula: {cell[:200]!r}"


def _nagios(strings: Strings) -> None:
    for met in checkings(strings):
        text = CHECK_RENDERERS["nagios"](met)
        strict_readers.characters(text)
        nagios_readers.read(text)


FORMS: dict[str, Callable[[Strings], None]] = {
    "check as JUnit": _junit,
    "check as TAP": _tap,
    "check as CSV": _csv,
    "check as Nagios": _nagios,
}
