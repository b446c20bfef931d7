"""What was met at one address of a mail server, as far as TLS goes: what the verdicts about it look at."""

from __future__ import annotations

from msgspec import Struct

from smtpprobe.model import Certificate, Failure, TlsFacts


class Encounter(Struct, frozen=True):
    """One address of a mail server. ``host`` is its name as the MX record (or the user) has it, without final dot.

    ``offered``: was STARTTLS offered, or TLS spoken from the first byte? None where no EHLO reply was heard. ``facts``
    are those of the handshake; without them, ``failure`` says why there was none. The certificate in them is judged for
    the name ``host``.
    """

    host: str
    address: str
    offered: bool | None
    facts: TlsFacts | None = None
    failure: Failure | None = None

    @property
    def subject(self) -> str:
        """How rulings name it."""
        return f"{self.host} [{self.address}]"

    @property
    def certificate(self) -> Certificate | None:
        return self.facts.certificate if self.facts else None

    @property
    def reached(self) -> bool:
        """Is it known what becomes of TLS here?"""
        return self.facts is not None or self.offered is False or (bool(self.offered) and self.failure is not None)

    @property
    def why(self) -> str:
        """Why the handshake failed, in words; what OpenSSL or the server said of it."""
        return "" if self.failure is None else self.failure.detail or self.failure.kind.meaning
