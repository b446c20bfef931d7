"""qmail and what descends from it: their signs. The greeting names no product. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import Allowance, SoftwareEntry

ENTRY = SoftwareEntry(
    name="qmail",
    greeting="",
    ehlo="",
    help=r"\b(?:qmail|netqmail|notqmail) home page:",
    errors=(
        r"\bunimplemented \(#5\.5\.1\)$",
        r"isn't in my list of allowed rcpthosts \(#5\.7\.1\)$",
        r"is in my badmailfrom list \(#5\.7\.1\)$",
        r"\b(?:MAIL|RCPT) first \(#5\.5\.1\)$",
        r"\bsyntax error \(#5\.5\.4\)$",
        r"exceeds my databytes limit \(#5\.3\.4\)$",
        r"^(?:451 )?See http[\w:/.~\-]{1,80}smtplf\.html\.$",
    ),
    allowance=Allowance(),
    settings=(),
)
