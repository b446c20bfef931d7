"""Counts in how many places a secret shows, and in how many of its forms: none should.

``python tests/hostile/measure_secrets.py`` writes ``.reliability/secrets.json``; it takes about a minute.
"""

from __future__ import annotations

import sys

import scoring
from secret_canary import KINDS, leaks
from secret_places import places

MOST_SHOWN = 20


def main() -> None:
    """Measure and write."""
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
    told = f"{len(found)} of {looked:,} places times {KINDS} forms"
    scoring.write("secrets", [scoring.row("secrets leaked", told, "0", not found)], [section])


if __name__ == "__main__":
    main()
