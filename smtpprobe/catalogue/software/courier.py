"""Courier: its signs. The greeting names no product. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import Allowance, SoftwareEntry

ENTRY = SoftwareEntry(
    name="Courier",
    greeting=r"\bE?SMTP Courier\b(?: (?P<version>\d[\w.\-]{0,40}))?",
    ehlo=r"^XVERP=Courier$",
    help="",
    errors=(
        r"\bESMTP command error$",
        r"^(?:400 )?STARTTLS is required first",
        r"^(?:535 )?Authentication rejected\.?$",
        r"^(?:534 )?SIZE=Message too big",
    ),
    allowance=Allowance(),
    settings=(),
)
