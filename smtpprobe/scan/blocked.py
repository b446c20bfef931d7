"""Whom a scan leaves alone: addresses, ranges of addresses, and domains with all below them."""

from __future__ import annotations

from pathlib import Path
from typing import Self


class Blocklist:
    """A file of addresses, ranges (192.0.2.0/24) and domains (example.com, which stands for all below it as well)."""

    @classmethod
    def read(cls, path: Path) -> Self:
        """One entry a line, comments after #. Raises UserFileError, one sentence with file and line, for a mistake."""

    def blocks(self, address: str, host: str = "") -> bool:
        """Is this address, or this host or a domain above it, on the list? Either may be empty."""
