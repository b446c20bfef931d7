"""One way to look a reply up in the dialects, for the tests beside it."""

from __future__ import annotations

import re

from smtpprobe.catalogue.dialects import match
from smtpprobe.catalogue.entries import DialectEntry


def explain(vendor: str, reply: str, verb: str = "") -> DialectEntry | None:
    """Look a whole reply up, as it stands in a dialogue: every line with its code. "": the vendor is not known."""
    lines = reply.split("\n")
    text = "\n".join(line[4:] for line in lines)
    enhanced = re.match(r"[245]\.\d{1,3}\.\d{1,3}\b", text)
    return match((vendor,) if vendor else (), int(lines[0][:3]), enhanced and enhanced.group(), text, verb)
