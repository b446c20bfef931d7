"""chasquid: its signs and its limits. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import Allowance, SoftwareEntry

ENTRY = SoftwareEntry(
    name="chasquid",
    greeting=r"\bE?SMTP chasquid\b",
    ehlo=r" - Your hour of destiny has come\.",
    help=r"\bHoy por ti, ",
    errors=(
        r"Invisible customers are not welcome!",
        r"You feel vulnerable",
        r"You have a strange feeling for a moment, then it passes",
        r"\b4\.5\.0 Too many errors, bye$",
        r"\b5\.7\.1 Relay not allowed$",
    ),
    allowance=Allowance(refusals=2, unknown=2, syntax=2, nonmail=8, lookups=2, noops=4, ehlos=2, auths=2),
    settings=(),
)
