"""One connection after the other: what a second one says while the first is shown waits until that has closed."""

from __future__ import annotations

from collections.abc import Callable

from smtpprobe.model import Exchange, Failure, Note, Target, TlsFacts
from smtpprobe.outcome import ClosedBy
from smtpprobe.watch import Watcher


class InTurns:
    """A Watcher that passes everything on to another one, connection by connection. Loses nothing that is closed."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        self._shown: int | None = None
        self._held: dict[int, list[Callable[[], None]]] = {}
        self._over: set[int] = set()

    def connected(self, target: Target, connection: int, address: str, port: int, connect_ns: int) -> None:
        self._tell(connection, lambda: self._watcher.connected(target, connection, address, port, connect_ns))

    def exchanged(self, exchange: Exchange, note: Note | None) -> None:
        self._tell(exchange.connection, lambda: self._watcher.exchanged(exchange, note))

    def secured(self, connection: int, tls: TlsFacts) -> None:
        self._tell(connection, lambda: self._watcher.secured(connection, tls))

    def closed(self, connection: int, by: ClosedBy, failure: Failure | None) -> None:
        self._over.add(connection)
        self._tell(connection, lambda: self._watcher.closed(connection, by, failure))
        while self._shown in self._over:
            self._over.discard(self._shown)
            self._shown = next(iter(self._held), None)
            for event in self._held.pop(self._shown, ()) if self._shown is not None else ():
                event()

    def _tell(self, connection: int, event: Callable[[], None]) -> None:
        if self._shown is None:
            self._shown = connection
        if connection == self._shown:
            event()
        else:
            self._held.setdefault(connection, []).append(event)
