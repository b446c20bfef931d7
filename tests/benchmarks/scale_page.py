"""Brings docs/scale.md up to date: with what was measured, and with all that follows from it.

Run by ``make bench`` when the benchmarks of ``scan`` are done. A figure that was not measured stays as it is; whoever
changes an assumption on the page runs this as well: ``.venv/bin/python tests/benchmarks/scale_page.py``.
"""

import figures
import scale_plan
from page import REPOSITORY

PAGE = REPOSITORY / "docs" / "scale.md"
#: A name of the page, and where its value lies: the part, and the number that it keeps.
MEASURED = {
    "CPU a conversation": ("scan_speed", "cpu_a_server"),
    "CPU a handshake": ("scan_cost", "cpu_a_handshake"),
    "CPU a lookup": ("scan_names", "cpu_a_lookup"),
    "octets a conversation": ("scan_speed", "octets_a_server"),
    "octets a line": ("scan_speed", "octets_a_line"),
    "memory a conversation": ("scan_silent", "memory_a_server"),
    "state a server": ("scan_memory", "state_a_server"),
}


def main() -> None:
    found = figures.read()
    measured = {
        name: found[part]["numbers"][number]
        for name, (part, number) in MEASURED.items()
        if part in found and number in found[part]["numbers"]
    }
    for name in MEASURED.keys() - measured.keys():
        print(f"{name}: not measured, left as it is")
    PAGE.write_text(scale_plan.reckoned(PAGE.read_text("utf-8"), measured), "utf-8")


if __name__ == "__main__":
    main()
