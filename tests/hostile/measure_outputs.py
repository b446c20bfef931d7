"""Counts output formats times hostile strings that were read again by a strict reader, each string alone.

``python tests/hostile/measure_outputs.py`` writes ``.reliability/outputs.json``; it takes some minutes.
"""

from __future__ import annotations

import sys

import output_commands
import scoring
from output_formats import RENDERED, misread
from strings import STRINGS

MOST_SHOWN = 20


def main() -> None:
    """Measure and write."""
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
    result = f"{pairs - len(wrong):,} of {pairs:,}"
    row = scoring.row("output formats times hostile strings re-read", result, "all", not wrong)
    scoring.write("outputs", [row], [section])


if __name__ == "__main__":
    main()
