"""What a scan found, counted line by line in bounded memory, so that no line need be read again for the summary."""

from __future__ import annotations

from smtpprobe.scanning import Summary


class Tally:
    """Counts, which can be put aside as bytes and added up, whoever did the counting."""

    def add(self, line: bytes) -> None:
        """Count a whole line of the output. Of a flat line (--fields) only its outcome is counted."""

    def merge(self, other: Tally) -> None:
        """Count what another one counted as well."""

    def encode(self) -> bytes:
        """All counts, as JSON."""
        raise NotImplementedError

    @classmethod
    def decode(cls, octets: bytes) -> Tally:
        """The counts that were encoded; none for b""."""
        raise NotImplementedError

    def summary(self, *, file: str, started: str, seconds: float, stopped: bool = False) -> Summary:
        """What was counted, for a renderer."""
        raise NotImplementedError
