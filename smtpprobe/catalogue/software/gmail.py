"""Gmail and Google Workspace: their signs. They have no settings that an admin could reach. Data only."""

from __future__ import annotations

from smtpprobe.catalogue.entries import Allowance, SoftwareEntry

ENTRY = SoftwareEntry(
    name="Gmail",
    greeting=r"^[\w.\-]{1,255} ESMTP [^\n]{1,120} - gsmtp$",
    ehlo=r"^(?:mx\.google\.com|smtp(?:-relay)?\.gmail\.com) at your service",
    help=r" - gsmtp$",
    errors=(
        r" - gsmtp$",
        r"\bhttps?://support\.google\.com/mail/\?p=",
    ),
    allowance=Allowance(),
    settings=(),
)
