"""What ends a scan."""

from __future__ import annotations


class ScanError(Exception):
    """What keeps a scan from going on, as one sentence that says what to do next."""
