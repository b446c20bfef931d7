"""Where the benchmarks write what they measured: the tables of docs/benchmarks.md, and what they were measured on."""

import datetime
import os
import platform
import re
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
PAGE = REPOSITORY / "docs" / "benchmarks.md"


def measured_on(what: str, tool: str) -> str:
    """The sentence beneath a table: ``what`` was measured ("Medians of 3 rounds"), with which version, when, where."""
    today = datetime.datetime.now(datetime.UTC).date()
    return f"{what}, {today}: smtpprobe {tool}, Python {platform.python_version()}, {machine()}."


def machine() -> str:
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return f"{model or platform.machine()}, {os.cpu_count()} cores"


def write(name: str, text: str) -> None:
    """Into the page, between the markers of this table."""
    begin, end = f"<!-- {name}: written by make bench -->", f"<!-- end of {name} -->"
    page = PAGE.read_text("utf-8")
    between = re.compile(f"{re.escape(begin)}.*{re.escape(end)}", re.DOTALL)
    if not between.search(page):
        sys.exit(f"{PAGE} has no place for the table: put the lines {begin} and {end} there.")
    PAGE.write_text(between.sub(lambda _: f"{begin}\n{text}\n{end}", page), "utf-8")
