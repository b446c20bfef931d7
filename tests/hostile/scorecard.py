"""Makes docs/reliability.md of what the parts of ``make hostile`` measured. A part that is missing is said to be so."""

from __future__ import annotations

import datetime
import json
import os
import platform
import ssl
import sys
from importlib.metadata import version
from typing import Any

from scoring import FIGURES, REPOSITORY

import smtpprobe

PAGE = REPOSITORY / "docs" / "reliability.md"
#: The parts in reading order: what each measures, and the program that writes it.
PARTS = {
    "behaviours": ("hostile servers", "tests/hostile/measure_behaviours.py"),
    "memory": ("memory", "tests/hostile/measure_memory.py"),
    "segmentation": ("transcripts cut at every byte", "tests/segmentation/measure_segmentation.py"),
    "outputs": ("output formats and hostile text", "tests/hostile/measure_outputs.py"),
    "secrets": ("secrets", "tests/hostile/measure_secrets.py"),
    "fuzz": ("fuzzing", "make fuzz"),
    "security": ("false findings on correct servers", "tests/interop/measure_security.py"),
    "interruptions": ("interruptions", "tests/hostile/measure_interruptions.py"),
}
HEAD = """# Reliability

A probe is pointed at broken and hostile servers by design. This page shows what that does to it. Every number comes
from `make hostile`, which writes the page anew.

Measured on {date}: smtpprobe {ours}, Python {python}, {openssl}, aiosmtplib {aiosmtplib}; smtplib is Python's own.
{cores} cores, {system}.

## Scorecard

| measured | result | asked for | met | beside it |
|---|---|---|---|---|
{rows}
"""


def read() -> dict[str, dict[str, Any]]:
    """What was measured, by part."""
    found = {}
    for path in sorted(FIGURES.glob("*.json")):
        part = json.loads(path.read_text("utf-8"))
        found[part["part"]] = part
    return found


def in_order(found: dict[str, dict[str, Any]]) -> list[str]:
    """The known parts first; one that nobody announced comes after them."""
    return [*PARTS, *[name for name in found if name not in PARTS]]


def table(found: dict[str, dict[str, Any]]) -> str:
    lines = []
    for name in in_order(found):
        if name not in found:
            what, program = PARTS[name]
            lines.append(f"| {what} | not measured: {program} wrote nothing | – | no | |")
            continue
        for one in found[name]["rows"]:
            met = "yes" if one["met"] else "**no**"
            cells = (one["what"], one["measured"], one["goal"], met, one.get("beside", ""))
            lines.append("| " + " | ".join([str(cell).replace("|", "\\|") for cell in cells]) + " |")
    return "\n".join(lines)


def page(found: dict[str, dict[str, Any]]) -> str:
    head = HEAD.format(
        date=datetime.datetime.now(datetime.UTC).date(),
        ours=smtpprobe.__version__,
        python=platform.python_version(),
        openssl=ssl.OPENSSL_VERSION.rsplit(" ", 3)[0],
        aiosmtplib=version("aiosmtplib"),
        cores=os.cpu_count(),
        system=f"{platform.system()} {platform.release().partition('-')[0]}, {platform.machine()}",
        rows=table(found),
    )
    sections = [text.strip() for name in in_order(found) if name in found for text in found[name]["sections"]]
    return "\n\n".join([head.strip(), *sections]) + "\n"


def main() -> None:
    found = read()
    PAGE.write_text(page(found), "utf-8")
    missing = [name for name in PARTS if name not in found]
    unmet = [f"{name}: {one['what']}" for name, part in found.items() for one in part["rows"] if not one["met"]]
    if missing or unmet:
        sys.exit("\n".join([*[f"not measured: {name}" for name in missing], *[f"not met: {one}" for one in unmet]]))


if __name__ == "__main__":
    main()
