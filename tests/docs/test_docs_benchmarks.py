"""The page of benchmarks has a place for what `make bench` writes, and `make bench` runs what the page is made of."""

from __future__ import annotations

import re
import sys

from docs_console import ROOT

sys.path.append(str(ROOT / "tests" / "benchmarks"))
import scan_page

PAGE = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
BENCH = re.search(r"^bench:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_every_part_of_the_scan_is_a_program_that_make_bench_runs() -> None:
    assert BENCH is not None
    run = re.findall(r"tests/benchmarks/(\w+)\.py", BENCH[1])
    for part in scan_page.PARTS:
        assert (ROOT / "tests" / "benchmarks" / f"{part}.py").exists(), part
        assert part in run
    assert run[-2:] == ["scale_page", "scan_page"]


def test_every_place_that_is_written_begins_and_ends_once() -> None:
    begun = re.findall(r"^<!-- (.*): written by make bench -->$", PAGE, flags=re.MULTILINE)
    assert sorted(begun) == ["logs", "round trips", "scan", "starts", "trace"]
    for name in begun:
        assert PAGE.count(f"<!-- end of {name} -->") == 1


def test_a_figure_that_is_missing_or_not_met_is_said_to_be_so() -> None:
    row = {"figure": "speed", "against": "nmap | fast", "measured": "2 times", "goal": "at least 3", "met": False}
    text = scan_page.text({"scan_speed": {"rows": [row], "section": "### Speed\n"}})
    assert "| speed | nmap \\| fast | 2 times | at least 3 | **no** |" in text
    assert "| tarpits | tests/benchmarks/scan_tarpits.py wrote nothing | not measured | – | **no** |" in text
    assert text.endswith("### Speed")
