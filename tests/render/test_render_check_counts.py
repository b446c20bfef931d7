"""How many expectations came out how: the same numbers in every form of a check."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable

import checkings
import checkings_more
import nagios_readers
import pytest
from junitparser import JUnitXml

from smtpprobe.expectation import Checking
from smtpprobe.render import CHECK_RENDERERS

MADE = {**{f"tools-{name}": make for name, make in checkings.CHECKINGS.items()}, **checkings_more.CHECKINGS}
_COUNTED = re.compile(r"([0-9]+) (failed|inconclusive|met|skipped|not applicable)")


def _said(text: str) -> Counter[str]:
    """The numbers in a line of words."""
    return Counter({word: int(number) for number, word in _COUNTED.findall(text)})


#: The line of each form that has the numbers of the whole check.
_LINES: dict[str, Callable[[list[str]], str]] = {
    "text": lambda lines: lines[-1],
    "github": lambda lines: lines[-1].rpartition("::")[2],
    "markdown": lambda lines: lines[0],
    "html": lambda lines: next(line for line in lines if line.startswith("<h1>")),
}


def _documents(checking: Checking) -> Counter[str]:
    text = CHECK_RENDERERS["json"](checking)
    documents = [json.loads(text)] if len(checking.servers) == 1 else [json.loads(line) for line in text.splitlines()]
    return sum((Counter(one["counts"]) for one in documents), Counter())


@pytest.mark.parametrize("name", MADE)
def test_every_form_counts_the_same(name: str) -> None:
    checking = MADE[name]()
    counts = _documents(checking)
    counts["not applicable"] = counts.pop("not_applicable", 0)
    held = [one for server in checking.servers for one in server.held]
    assert counts.total() == len(held)
    for form, line in _LINES.items():
        assert _said(line(CHECK_RENDERERS[form](checking).splitlines())) == +counts, form
    said = nagios_readers.read(CHECK_RENDERERS["nagios"](checking))
    for word in ("met", "failed", "inconclusive"):
        assert said.numbers[word].value == counts[word]
    told = sum((_said(line) for line in said.long_text if re.search(": (all )?[0-9]+ [a-z]", line)), Counter())
    assert told == +counts
    if not checking.stopped:
        whole = JUnitXml.fromstring(CHECK_RENDERERS["junit"](checking).encode())
        assert whole.tests == len(held)
        # With no word of the user an inconclusive one is an error, as a conversation that failed is.
        if checking.inconclusive is None:
            assert whole.failures + whole.errors == counts["failed"] + counts["inconclusive"]
