"""References that can be read on the web have an address."""

from __future__ import annotations

import re

import pytest

from smtpprobe.catalogue import codes, enhanced, extensions
from smtpprobe.catalogue.references import address

ALL = sorted(
    {
        reference
        for table in (codes.CODES, enhanced.ENHANCED, extensions.EXTENSIONS)
        for entry in table.values()
        for reference in entry.references
    }
)


@pytest.mark.parametrize(
    ("reference", "url"),
    [
        ("RFC 5321 4.2.3", "https://www.rfc-editor.org/rfc/rfc5321#section-4.2.3"),
        ("RFC 5321 F.1", "https://www.rfc-editor.org/rfc/rfc5321#appendix-F.1"),
        ("RFC 5248", "https://www.rfc-editor.org/rfc/rfc5248"),
        ("draft-hall-prdr", "https://datatracker.ietf.org/doc/draft-hall-prdr/"),
        ("errno(3)", "https://man7.org/linux/man-pages/man3/errno.3.html"),
        ("Courier", ""),
        ("RFC 2487 (drafts of it)", ""),
        ("superseded by RFC 1985", ""),
        ("RFC 5321 4.2.3\n", ""),
        ("RFC 5321 <script>", ""),
    ],
)
def test_an_address(reference: str, url: str) -> None:
    assert address(reference) == url


@pytest.mark.parametrize("reference", ALL)
def test_every_rfc_and_every_draft_of_the_catalogue_has_one(reference: str) -> None:
    if re.match(r"(RFC [0-9]+( [0-9A-Z.]+)?$|draft-)", reference):
        assert re.fullmatch(r"https://[a-z.-]+/[a-zA-Z0-9/#.-]+", address(reference))
