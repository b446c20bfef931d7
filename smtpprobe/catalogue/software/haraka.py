"""Haraka: its signs. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import Allowance, SoftwareEntry

ENTRY = SoftwareEntry(
    name="Haraka",
    greeting=r"\bE?SMTP Haraka(?:[ /](?P<version>\d[\w.\-]{0,40}))?\b",
    ehlo=r", ?Haraka is at your service\.?$",
    help=r"^Not implemented$",
    errors=(
        r"^(?:451 )?Bare line-feed; see http",
        r"^(?:550 )?Message too big!$",
        r"^(?:504 )?Invalid AUTH string$",
    ),
    allowance=Allowance(),
    settings=(),
)
