"""Stalwart: its signs. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import Allowance, SoftwareEntry

ENTRY = SoftwareEntry(
    name="Stalwart",
    greeting=r"\bStalwart E?SMTP\b",
    ehlo=r"\byou had me at EHLO$",
    help=r"^(?:2\.0\.0 )?Help can be found at http",
    errors=(
        r"\b5\.5\.4 Unsupported parameter",
        r"\b5\.5\.0 Invalid EHLO domain",
        r"\b5\.5\.1 AUTH not allowed",
        r"\b5\.7\.4 Already in TLS mode",
        r"\b4\.3\.0 Too many errors, disconnecting",
    ),
    allowance=Allowance(),
    settings=(),
)
