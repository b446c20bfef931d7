"""nodemailer's smtp-server: its signs and its limits. The greeting names no product. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import Allowance, SoftwareEntry

ENTRY = SoftwareEntry(
    name="nodemailer",
    greeting="",
    ehlo=r"\bNice to meet you,? [\[\w]",
    help="",
    errors=(
        r"^(?:421 )?(?:Error: )?too many (?:unauthenticated|unrecognized) commands$",
        r"^(?:500 )?Error: command not recognized$",
        r"^(?:501 )?Error: syntax: (?:EHLO hostname|STARTTLS)$",
        r"^(?:503 )?Error: send HELO/EHLO first$",
        r"^(?:421 )?[\w.\-]{1,255} You talk too soon$",
        r"^(?:421 )?HTTP requests not allowed$",
    ),
    allowance=Allowance(nonmail=6),
    settings=(),
)
