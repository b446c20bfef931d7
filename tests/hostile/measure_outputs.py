"""Counts output formats times hostile strings that were read again by a strict reader, each string alone.

``python tests/hostile/measure_outputs.py`` writes ``.reliability/outputs.json``; it takes some minutes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import output_commands
from output_formats import RENDERED, misread
from strings import STRINGS

ROOT = Path(__file__).parents[2]
MOST_SHOWN = 20


def measured() -> dict[str, object]:
    """The part of the scorecard."""
    forms = {**RENDERED, **output_commands.COMMANDS}
    wrong: list[str] = []
    try:
        for name, form in forms.items():
            told = [told for key, text in STRINGS.items() for told in misread(form, {key: text})]
            wrong += [f"{name}: {one}" for one in told]
            print(f"{name}: {len(STRINGS) - len(told)} of {len(STRINGS)}", file=sys.stderr, flush=True)
    finally:
        output_commands.close()
    pairs = len(forms) * len(STRINGS)
    section = (
        f"### Outputs\n\n{len(RENDERED)} formats of the renderers and {len(output_commands.COMMANDS)} outputs of "
        f"commands, each made with {len(STRINGS)} hostile strings, one at a time, in every place where a server, a "
        "certificate, the DNS, a log or a user can put words, and read again: terminal text by a reader that accepts "
        "printable characters and our own colours in rows no wider than the terminal, JSON by a strict parser and the "
        "schema, HTML and Markdown for the same structure as with harmless words.\n"
    )
    for one in wrong[:MOST_SHOWN]:
        section += f"\n- misread: {one[:300]!r}"
    row = {
        "what": "output formats times hostile strings re-read",
        "measured": f"{pairs - len(wrong):,} of {pairs:,}",
        "goal": "all",
        "met": not wrong,
    }
    return {"part": "outputs", "rows": [row], "sections": [section]}


def main() -> None:
    """Measure and write."""
    folder = ROOT / ".reliability"
    folder.mkdir(exist_ok=True)
    part = measured()
    (folder / "outputs.json").write_text(json.dumps(part, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(part["rows"], indent=2))


if __name__ == "__main__":
    main()
