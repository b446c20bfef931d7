"""How the rooms of a scan say that it cannot go on. What is wrong is in the words."""

from __future__ import annotations


class ScanError(Exception):
    """What keeps a scan from going on, as one sentence that says what to do next."""
