"""Writes what the benchmarks of ``scan`` measured into docs/benchmarks.md; one that is missing is said to be so.

Run by ``make bench`` when they are done. Ends with status 1 where a figure is missing or short of its goal.
"""

import sys
from typing import Any

import figures
import page

#: The parts in reading order, and what each measures.
PARTS = {
    "scan_speed": "servers a second",
    "scan_cost": "what an exchange and a handshake cost",
    "scan_latency": "distant servers",
    "scan_silent": "silent servers",
    "scan_tarpits": "tarpits",
    "scan_workers": "two workers",
    "scan_memory": "memory",
    "scan_names": "names",
    "scan_profile": "what dominates",
}


def cells(*texts: str) -> str:
    return "| " + " | ".join([text.replace("|", "\\|") for text in texts]) + " |"


def table(found: dict[str, dict[str, Any]]) -> str:
    """A line a figure."""
    lines = [cells("measured", "against", "result", "asked for", "met"), "|---|---|---|---|---|"]
    for part, what in PARTS.items():
        if part not in found:
            lines.append(cells(what, f"tests/benchmarks/{part}.py wrote nothing", "not measured", "–", "**no**"))
            continue
        for row in found[part]["rows"]:
            met = "yes" if row["met"] else "**no**"
            lines.append(cells(row["figure"], row["against"], row["measured"], row["goal"], met))
    return "\n".join(lines)


def text(found: dict[str, dict[str, Any]]) -> str:
    return "\n\n".join([table(found), *[found[part]["section"].strip() for part in PARTS if part in found]])


def main() -> None:
    found = figures.read()
    page.write("scan", text(found))
    missing = [f"not measured: {part}" for part in PARTS if part not in found]
    unmet = [
        f"not met: {row['figure']}, against {row['against']}"
        for part in PARTS
        if part in found
        for row in found[part]["rows"]
        if not row["met"]
    ]
    if missing or unmet:
        sys.exit("\n".join([*missing, *unmet]))


if __name__ == "__main__":
    main()
