"""Which of its EHLO promises does a mail server keep? Exits with 1 if it breaks one, with 3 if it does not talk to us.

python3 examples/check_promises.py mail.example.org
"""

from __future__ import annotations

import asyncio
import sys

from smtpprobe.api import probe
from smtpprobe.outcome import Outcome, Verdict
from smtpprobe.render.escape import terminal


async def main(target: str) -> int:
    report = await probe(target)
    run = report.transcript
    if run.outcome is not Outcome.ANSWERED:
        print(run.failure.kind.meaning if run.failure else run.outcome.meaning, file=sys.stderr)
        return 3
    promises = [one for one in run.observations if one.probe == "keyword"]
    for one in promises:
        # Keywords are the server's words, so they are escaped before a terminal sees them.
        print(terminal(f"{one.subject:<20} {one.verdict:<15} {one.detail}"))
    return int(any(one.verdict is Verdict.BROKEN for one in promises))


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1])))
