"""mox: its signs. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import Allowance, SoftwareEntry

ENTRY = SoftwareEntry(
    name="mox",
    greeting=r"\bE?SMTP mox\b(?: (?P<version>v?\d[\w.+\-]{0,40}))?",
    ehlo="",
    help="",
    errors=(
        r"\b5\.5\.4 mechanism \S{1,64} not supported",
        r"\b5\.5\.4 unrecognized parameter",
        r"\bmay be smuggling\b",
    ),
    allowance=Allowance(),
    settings=(),
)
