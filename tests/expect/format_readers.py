"""Reads what came of one expectation out of every form of a check, each with a reader of that form's own ecosystem.

No code of the renderers is used. What a reader gives is a word of its form: "not ok # TODO", "warning", "✖ failed".
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import jsonschema  # type: ignore[import-untyped]
from junitparser import Error, JUnitXml
from markdown_it import MarkdownIt
from msgspec import Struct
from prometheus_client.parser import text_string_to_metric_families
from tap.parser import Parser  # type: ignore[import-untyped]

from smtpprobe.render.schema import check_schema

sys.path.extend(str(Path(__file__).parents[1] / name) for name in ("render", "hostile"))
import nagios_readers
from github_commands import annotated

CONVERSATION = "conversation"
_TALK = "an SMTP conversation can be held"


class Wanted(Struct, frozen=True):
    """The expectation to look for. Forms for machines know it by its ``id``, those for people by its ``title``."""

    id: str
    title: str


def the_one(found: Iterable[str]) -> str:
    """What all places that tell of it agree on."""
    words = set(found)
    assert len(words) == 1, f"it is told as {sorted(words)}"
    return words.pop()


def text(shown: str, wanted: Wanted) -> str:
    """The sign before it in verbose text of any width. A server without a conversation says so in its own row."""
    server, *rows = _unfolded(shown)
    told = [row[0] for row in rows if f" {wanted.title}: " in row or f" {wanted.title} (" in row]
    return the_one(told or ([server[0]] if wanted.id == CONVERSATION else []))


def _unfolded(shown: str) -> list[str]:
    """The rows that begin with a sign, each on one line with single blanks."""
    rows: list[str] = []
    for line in shown.splitlines()[:-1]:
        if re.match("(  )?[✔✖?–] ", line):
            rows.append("")
        rows[-1] = f"{rows[-1]} {' '.join(line.split())}".strip()
    return rows


@cache
def _validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(check_schema())


def json_document(shown: str, wanted: Wanted) -> str:
    """The result, and because of what, in a document that keeps its schema."""
    document = json.loads(shown)
    _validator().validate(document)
    found = [one for one in document["expectations"] if one["id"] == wanted.id]
    return the_one(_because(one["result"], one["because"] or "") for one in found)


def title(document: str, name: str) -> str:
    """What a document in JSON calls the expectation of this id."""
    return the_one(one["title"] for one in json.loads(document)["expectations"] if one["id"] == name)


def _because(result: str, because: str) -> str:
    return f"{result} because of {because}" if because else result


def junit(shown: str, wanted: Wanted) -> str:
    """What junitparser calls the result of the test case; an error with its type."""
    cases = [case for suite in JUnitXml.fromstring(shown.encode()) for case in suite]
    found = [case for case in cases if case.name == f"{wanted.id}: {wanted.title}"]
    assert found
    return the_one(_junit_result(case.result) for case in found)


def _junit_result(results: Sequence[Any]) -> str:
    assert len(results) <= 1
    return " ".join(f"{type(one).__name__.lower()} {one.type * isinstance(one, Error)}".strip() for one in results)


def nagios(shown: str, wanted: Wanted) -> str:
    """The state of the plugin; the state that the long text has of it, and whether it could not be told."""
    said = nagios_readers.read(shown)
    accounts = [line for line in said.long_text if line.startswith("[") and _nagios_title(line) == wanted.title]
    states = {line.partition("]")[0][1:] + " could not tell" * ("could not tell" in line) for line in accounts}
    return f"{said.state}: {the_one(states) if states else 'nothing of it'}"


def _nagios_title(line: str) -> str:
    """Behind state and server; one without a conversation is told in words of its own."""
    _, _, words = line.partition(": ")
    if re.match("(unreachable|refused|not SMTP|inconclusive): ", words):
        return _TALK
    return words.rpartition(": could not tell: ")[0] if "could not tell" in words else words.partition(": ")[0]


def prometheus(shown: str, wanted: Wanted) -> str:
    """The result whose sample is 1."""
    samples = [one for family in text_string_to_metric_families(shown) for one in family.samples]
    found = [one for one in samples if one.name == "smtpprobe_expectation" and one.labels["expectation"] == wanted.id]
    return the_one(one.labels["result"] for one in found if one.value)


def github(shown: str, wanted: Wanted) -> str:
    """The kind of its annotation. Where it has none: whether the conversation has one, that decides for it."""
    told = [(one.name, one.properties["title"]) for one in annotated(shown) if one.name != "notice"]
    own = {name for name, title in told if f": {wanted.title}" in title}
    talk = {name for name, title in told if f": {_TALK}" in title}
    return the_one(own) if own else f"absent, {the_one(talk)} of the conversation" if talk else "absent"


def tap(shown: str, wanted: Wanted) -> str:
    """As tap.py reads the line."""
    lines = [line for line in map(Parser().parse_line, shown.splitlines()) if line.category == "test"]
    found = [line for line in lines if f" {wanted.id}: " in f" {line.description}"]
    return the_one(f"{'ok' if line.ok else 'not ok'}{' # TODO' * line.todo}{' # SKIP' * line.skip}" for line in found)


def csv_rows(shown: str, wanted: Wanted) -> str:
    """The columns of the result."""
    rows = csv.DictReader(io.StringIO(shown, newline=""), strict=True)
    return the_one(_because(row["result"], row["because"]) for row in rows if row["id"] == wanted.id)


def markdown(shown: str, wanted: Wanted) -> str:
    """The first cell of its row, in the table of problems or in one that is folded away."""
    rows: list[list[str]] = []
    for token in MarkdownIt("commonmark").enable("table").parse(shown):
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and token.level >= 4 and rows:
            rows[-1].append("".join(child.content for child in token.children or []))
    return the_one(row[0] for row in rows if len(row) == 5 and row[1] == wanted.title)


def html(shown: str, wanted: Wanted) -> str:
    """The sign and the class of its mark, in the list of problems or in its row of a table."""
    whole: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(shown)
    problems = [mark for mark in whole.findall(".//li/p/span") if _words(mark)[2:].startswith(f"{wanted.title}: ")]
    rows = [list(row) for row in whole.iter("tr")]
    cells = [mark for row in rows if _words(row[1]) == wanted.title for mark in row[0].iter("span")]
    return the_one(_marked(mark) for mark in (*problems, *cells))


def _marked(mark: Element) -> str:
    return f"{_words(mark)[0]} {mark.get('class')}"


def _words(element: Element) -> str:
    return "".join(element.itertext())


#: By the name of the form.
READERS: dict[str, Callable[[str, Wanted], str]] = {
    "text": text,
    "json": json_document,
    "junit": junit,
    "nagios": nagios,
    "prometheus": prometheus,
    "github": github,
    "tap": tap,
    "csv": csv_rows,
    "markdown": markdown,
    "html": html,
}

#: What each form says of an expectation that was met, that failed, that could not be decided by itself, and that was
#: skipped since there was no conversation at all. The last one counts once, as the conversation's own result.
SAYS: dict[str, tuple[str, str, str, str]] = {
    "text": ("✔", "✖", "?", "–"),
    "json": ("met", "failed", "inconclusive", "inconclusive because of conversation"),
    "junit": ("", "failure", "error inconclusive", "skipped"),
    "nagios": ("OK: nothing of it", "CRITICAL: CRITICAL", "WARNING: WARNING could not tell", "WARNING: nothing of it"),
    "prometheus": ("met", "failed", "inconclusive", "inconclusive"),
    # Annotations are made of what is not met; what follows from the conversation is told with it.
    "github": ("absent", "error", "warning", "absent, warning of the conversation"),
    "tap": ("ok", "not ok", "not ok # TODO", "ok # SKIP"),
    "csv": ("met", "failed", "inconclusive", "inconclusive because of conversation"),
    "markdown": ("✔ met", "✖ failed", "? inconclusive", "– skipped"),
    "html": ("✔ met", "✖ failed", "? inconclusive", "– not-applicable"),
}
COLUMNS = ("met", "failed", "inconclusive", "skipped")
#: The exit status for each result, and the one of a plugin of Nagios.
STATUS = {"met": (0, 0), "failed": (1, 2), "inconclusive": (4, 1)}
