"""KumoMTA: its signs. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import Allowance, SoftwareEntry

ENTRY = SoftwareEntry(
    name="KumoMTA",
    greeting=r"\b(?:Welcome to|E?SMTP) KumoMTA\b",
    ehlo="",
    help="",
    errors=(),
    allowance=Allowance(),
    settings=(),
)
