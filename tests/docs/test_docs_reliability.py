"""The reliability page is made of the rows that there are."""

from __future__ import annotations

import re
import sys

from docs_console import ROOT

sys.path.append(str(ROOT / "tests" / "hostile"))
import own_input
from rows import BEHAVIOURS

PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")


def test_every_behaviour_is_in_the_table_and_nothing_else() -> None:
    table = re.search(r"^\| behaviour \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", PAGE, flags=re.MULTILINE)
    assert table is not None
    listed = [line.split("|")[1].strip() for line in table[1].splitlines()]
    assert listed == [*[one.name for one in BEHAVIOURS], *[one.name for one in own_input.ROWS]]


def test_every_part_has_its_line_in_the_scorecard() -> None:
    assert "## Scorecard" in PAGE
    for words in ("behaviours met", "worst overrun past a step", "mis-paired", "64 MiB flood", "1,000 floods at once"):
        assert words in PAGE.partition("## Behaviours")[0], words
