"""Complaints: reports in the Abuse Reporting Format (RFC 5965), with or without their part. No I/O."""

from __future__ import annotations

import re

from smtpprobe.explain.bounces import address

MOST_RECIPIENTS = 200

_TYPE = re.compile(r"^feedback-type[ \t]{0,3}:[ \t]{0,9}([\w-]{1,40})", re.IGNORECASE | re.MULTILINE)
_FIELD = re.compile(
    r"^(original-rcpt-to|original-mail-from|removal-recipient|arrival-date|received-date"
    r"|reported-domain)[ \t]{0,3}:[ \t]{0,9}(.{1,400})",
    re.IGNORECASE | re.MULTILINE,
)
_SAYS = re.compile(
    r"^.{0,40}\bthis is an? (?:e-?mail )?(?:abuse|opt-?out|complaint|spam|feedback|fraud|virus)[\w ]{0,20} report\b",
    re.IGNORECASE | re.MULTILINE,
)


def is_one(text: str) -> bool:
    """Do the words of a message say that it is a complaint, where it has no part that does?"""
    return _SAYS.search(text[:4000]) is not None or (_TYPE.search(text) is not None and "user-agent" in text.casefold())


def fields(text: str) -> tuple[list[str], str, str]:
    """The recipients that are told (RFC 5965 3.3 allows several), the sender, and the time."""
    recipients: list[str] = []
    sender = time = ""
    for match in _FIELD.finditer(text):
        name = match[1].lower()
        if name in {"original-rcpt-to", "removal-recipient"} and len(recipients) < MOST_RECIPIENTS:
            recipients.append(address.first(match[2]) or match[2].strip())
        elif name == "original-mail-from":
            sender = sender or address.first(match[2])
        elif name.endswith("-date"):
            time = time or match[2].strip()
    return recipients, sender, time
