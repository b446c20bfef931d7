"""Everything that was said, in the order in which commands were sent. Written by sessions, read by everybody.

The one place where a secret ends: what goes out is another copy of it, and what is kept here never holds it.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from smtpprobe import redaction
from smtpprobe.model import Command, Exchange, Failure, Reply


class Record:
    """The exchanges of a run. ``settled`` is called with the index of each exchange that is complete."""

    def __init__(self, settled: Callable[[int], None]) -> None:
        self.exchanges: list[Exchange] = []
        self._settled = settled

    def begin(self, exchange: Exchange) -> int:
        """Note that a command goes out now; its place in the record is its index."""
        if exchange.command is not None:
            known = self._known(exchange.command, exchange.connection)
            if known is not exchange.command:
                exchange = msgspec.structs.replace(exchange, command=known)
        self.exchanges.append(exchange)
        return len(self.exchanges) - 1

    def tell(self, exchange: Exchange) -> int:
        """Note a command and what became of it at once; gives its place."""
        index = self.begin(exchange)
        self._settled(index)
        return index

    def settle(self, index: int, reply: Reply | None, failure: Failure | None) -> Exchange:
        """Note what became of it."""
        exchange = msgspec.structs.replace(self.exchanges[index], reply=reply, failure=failure)
        self.exchanges[index] = exchange
        self._settled(index)
        return exchange

    def _known(self, command: Command, connection: int) -> Command:
        """The command without what is secret, what follows the mechanism in AUTH, and what answers a challenge."""
        if command.public:
            return command
        auth = command.line[:5].upper() == b"AUTH "
        if not (auth or command.secret or self._challenged(connection)) or command.line == b"*":
            return command
        said = command.line.decode("latin-1")
        known = redaction.command(said) if auth else redaction.REDACTED
        return command if known == said else Command(known.encode("latin-1"), secret=True)

    def _challenged(self, connection: int) -> bool:
        for one in reversed(self.exchanges):
            if one.connection == connection:
                return one.code == 334
        return False
