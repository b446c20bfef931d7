"""The public test suite for RFC 7208 (rfc7208-tests.yml, out of pyspf's source package), and a table for a DNS.

The suite is not part of this project: ``make test`` fetches it, SPF_SUITE may name another copy.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from msgspec import Struct

from smtpprobe.journey import Answer, Asking, Question
from smtpprobe.model import Failure
from smtpprobe.outcome import FailureKind, Stage

T = TypeVar("T")

SUITE = Path(os.environ.get("SPF_SUITE") or Path(__file__).parents[2] / ".venv" / "suites" / "rfc7208-tests.yml")
#: A table of the DNS: name to type to records; the type "FAIL" fails every question that has no record.
Zone = Mapping[str, Mapping[str, Sequence[str]]]
_ALIASES = 8


class Case(Struct, frozen=True):
    """One case of the suite: ``results`` are those it allows, the preferred one first."""

    name: str
    scenario: str
    zone: Zone
    address: str
    helo: str
    sender: str
    results: tuple[str, ...]
    explanation: str | None


def answered(zone: Zone, question: Question) -> Answer:
    """What this table says to a question; aliases are followed, a circle of them fails."""
    name, aliases = question.name, []
    while (entry := zone.get(name.lower())) is not None and "CNAME" in entry:
        name = entry["CNAME"][0].lower().rstrip(".")
        aliases.append(name)
        if len(aliases) > _ALIASES:
            return _answer(question, failure=FailureKind.DNS)
    if entry is None:
        return _answer(question, aliases, failure=FailureKind.NO_SUCH_NAME)
    if question.type not in entry and "FAIL" in entry:
        return _answer(question, aliases, failure=FailureKind.TIMEOUT)
    return _answer(question, aliases, entry.get(question.type, ()))


def driven(asking: Asking[T], zone: Zone, asked: list[tuple[Question, ...]] | None = None) -> T:
    """Drives pure code to its end with this table; ``asked`` collects what was asked at once."""
    try:
        questions = next(asking)
        while True:
            if asked is not None:
                asked.append(questions)
            questions = asking.send(tuple([answered(zone, question) for question in questions]))
    except StopIteration as end:
        result: T = end.value
        return result


def cases() -> list[Case]:
    """All cases of the suite, in its order."""
    found = []
    for scenario in yaml.safe_load_all(SUITE.read_text(encoding="latin-1")):
        zone = _zone(scenario["zonedata"])
        found += [_case(name, scenario["description"], zone, test) for name, test in scenario["tests"].items()]
    return found


def _case(name: str, scenario: str, zone: Zone, test: dict[str, Any]) -> Case:
    results = test["result"] if isinstance(test["result"], list) else [test["result"]]
    explanation = test.get("explanation")
    return Case(
        name,
        scenario,
        zone,
        test["host"],
        test["helo"],
        test["mailfrom"],
        tuple(results),
        "" if explanation == "DEFAULT" else explanation,
    )


def _zone(data: dict[str, list[Any]]) -> Zone:
    return {name.lower(): _entry(records) for name, records in data.items()}


def _entry(records: list[Any]) -> dict[str, list[str]]:
    """The records of one name; SPF records count as TXT where there are none of these, as the suite asks for."""
    entry: dict[str, list[str]] = {}
    for record in records:
        if record == "TIMEOUT":
            entry["FAIL"] = []
            continue
        ((kind, value),) = record.items()
        entry.setdefault(kind, []).extend([] if value == "NONE" else [_record(kind, value)])
    spf = entry.pop("SPF", None)
    if spf is not None:
        entry.setdefault("TXT", spf)
    if not entry.get("TXT") and "FAIL" in entry:
        entry.pop("TXT", None)
    return entry


def _record(kind: str, value: Any) -> str:
    """A record as an Answer writes it."""
    match kind:
        case "TXT" | "SPF":
            text = value if isinstance(value, str) else "".join(value)
            return text.encode("latin-1").decode("utf-8", "backslashreplace")
        case "MX":
            return f"{value[0]} {value[1].lower().rstrip('.')}"
        case "PTR":
            return str(value).lower().rstrip(".")
    return str(value)


def _answer(
    question: Question,
    aliases: Sequence[str] = (),
    records: Sequence[str] = (),
    failure: FailureKind | None = None,
) -> Answer:
    why = Failure(Stage.RESOLVE, failure) if failure else None
    return Answer(question.name, question.type, tuple(records), why, aliases=tuple(aliases))
