"""Expectations of your own, held against a JSON report. Prints those that are not met, and exits with 1 for them.

smtpprobe probe --format json mail.example.org | python3 examples/ci_expectations.py
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

SMALLEST_SIZE = 10_000_000
OLDEST_TLS = "TLSv1.2"
UNWANTED = {"auth-in-clear", "users-revealed"}


def unmet(report: dict[str, Any]) -> Iterator[str]:
    """One sentence for each expectation that the server does not meet."""
    if report["outcome"] != "answered":
        yield f"it should answer, but the outcome is: {report['outcome']}"
        return
    clear = {one["keyword"]: one for one in report["capabilities"]["clear"]}
    if "STARTTLS" not in clear:
        yield "STARTTLS should be offered"
    elif report["tls"] is None or report["tls"]["version"] < OLDEST_TLS:
        yield f"TLS should be {OLDEST_TLS} or newer"
    size = clear.get("SIZE", {"arguments": []})["arguments"]
    if not size or not size[0].isdecimal() or int(size[0]) < SMALLEST_SIZE:
        yield f"SIZE should be announced, and be {SMALLEST_SIZE} or more"
    for one in clear.values():
        if one["verdict"] == "broken":
            yield f"{one['keyword']} should be kept, but: {one['detail']}"
    for finding in report["findings"]:
        if finding["rule"] in UNWANTED:
            yield f"{finding['rule']} should not be found: {finding['summary']}"


if __name__ == "__main__":
    sentences = list(unmet(json.load(sys.stdin)))
    for sentence in sentences:
        # ascii() keeps the server's words from acting on a terminal.
        print(ascii(sentence)[1:-1])
    sys.exit(bool(sentences))
