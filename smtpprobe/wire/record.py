"""Everything that was said, in the order in which commands were sent. Written by sessions, read by everybody."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from smtpprobe.model import Exchange, Failure, Reply


class Record:
    """The exchanges of a run. ``settled`` is called with the index of each exchange that is complete."""

    def __init__(self, settled: Callable[[int], None]) -> None:
        self.exchanges: list[Exchange] = []
        self._settled = settled

    def begin(self, exchange: Exchange) -> int:
        """Note that a command goes out now; its place in the record is its index."""
        self.exchanges.append(exchange)
        return len(self.exchanges) - 1

    def settle(self, index: int, reply: Reply | None, failure: Failure | None) -> Exchange:
        """Note what became of it."""
        exchange = msgspec.structs.replace(self.exchanges[index], reply=reply, failure=failure)
        self.exchanges[index] = exchange
        self._settled(index)
        return exchange
