"""Counts in how many places a secret shows, and in how many of its forms: none should.

``python tests/hostile/measure_secrets.py`` writes ``.reliability/secrets.json``; it takes about a minute.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from secret_canary import KINDS, leaks
from secret_places import places

ROOT = Path(__file__).parents[2]
MOST_SHOWN = 20


def measured() -> dict[str, object]:
    """The part of the scorecard."""
    looked = 0
    found: list[str] = []
    for place, show in places():
        for name, text in show().items():
            looked += 1
            found += [f"{place}, {name}" for _ in leaks(text)[:1]]
        print(f"{place}: {looked} texts, {len(found)} leaks", file=sys.stderr, flush=True)
    section = (
        "### Secrets\n\nA canary password, a token and a CRAM-MD5 digest go over the wire in every mechanism, are "
        "echoed by the server in clear, base64, hex, capitals and halves, stand in pasted dialogues, logs, errors and "
        "bounces, in arguments, the environment and key files. What is recorded, shown, written as JSON (its base64 "
        "decoded), logged or thrown is searched for nine characters in a row of any of them.\n"
    )
    for one in found[:MOST_SHOWN]:
        section += f"\n- leaked: {one}"
    row = {
        "what": "secrets leaked",
        "measured": f"{len(found)} of {looked:,} places times {KINDS} forms",
        "goal": "0",
        "met": not found,
    }
    return {"part": "secrets", "rows": [row], "sections": [section]}


def main() -> None:
    """Measure and write."""
    folder = ROOT / ".reliability"
    folder.mkdir(exist_ok=True)
    part = measured()
    (folder / "secrets.json").write_text(json.dumps(part, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(part["rows"], indent=2))


if __name__ == "__main__":
    main()
