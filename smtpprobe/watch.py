"""What a run tells while it is going on. A renderer that shows the dialogue live implements this."""

from __future__ import annotations

from typing import Protocol

from smtpprobe.model import Exchange, Failure, Note, Target, TlsFacts
from smtpprobe.outcome import ClosedBy


class Watcher(Protocol):
    """Called from the run, in the order in which things happen. Must not block."""

    def connected(self, target: Target, connection: int, address: str, port: int, connect_ns: int) -> None:
        """A connection was opened; ``connect_ns`` is how long that took."""

    def exchanged(self, exchange: Exchange, note: Note | None) -> None:
        """A command was answered, or failed, or a reply came unasked."""

    def secured(self, connection: int, tls: TlsFacts) -> None:
        """The TLS handshake succeeded."""

    def closed(self, connection: int, by: ClosedBy, failure: Failure | None) -> None:
        """A connection ended; ``failure`` says why, where that was not meant."""


class Silence:
    """The watcher that shows nothing."""

    def connected(self, target: Target, connection: int, address: str, port: int, connect_ns: int) -> None:
        pass

    def exchanged(self, exchange: Exchange, note: Note | None) -> None:
        pass

    def secured(self, connection: int, tls: TlsFacts) -> None:
        pass

    def closed(self, connection: int, by: ClosedBy, failure: Failure | None) -> None:
        pass
