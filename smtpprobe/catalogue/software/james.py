"""Apache James: its signs. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import Allowance, SoftwareEntry

ENTRY = SoftwareEntry(
    name="James",
    greeting=r"\bJAMES (?:awesome )?SMTP Server\b(?: (?P<version>\d[\w.\-]{0,40}))?",
    ehlo="",
    help="",
    errors=(
        r"\b5\.3\.3 (?:HELP|VRFY|EXPN) is not supported$",
        r"\b5\.5\.1 Command \S{1,64} unrecognized\.?$",
        r"^(?:504 )?Unrecognized or unsupported option",
        r"^(?:504 )?Unrecognized Authentication Type$",
    ),
    allowance=Allowance(),
    settings=(),
)
