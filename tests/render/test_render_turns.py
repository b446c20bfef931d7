"""Two connections that speak at once are shown one after the other."""

from __future__ import annotations

from smtpprobe.model import Command, Exchange, Failure, Note, Target, TlsFacts
from smtpprobe.outcome import ClosedBy, Stage
from smtpprobe.render.turns import InTurns

TARGET = Target("mx.example", "mx.example", 25)


class Heard:
    """A watcher that writes down who spoke."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def connected(self, target: Target, connection: int, address: str, port: int, connect_ns: int) -> None:
        self.told.append(f"{connection} connected")

    def exchanged(self, exchange: Exchange, note: Note | None) -> None:
        assert exchange.command is not None
        self.told.append(f"{exchange.connection} {exchange.command.verb}")

    def secured(self, connection: int, tls: TlsFacts) -> None:
        self.told.append(f"{connection} secured")

    def closed(self, connection: int, by: ClosedBy, failure: Failure | None) -> None:
        self.told.append(f"{connection} closed")


def said(connection: int, verb: bytes) -> Exchange:
    return Exchange(connection, 1, Stage.CLEAR, Command(verb), 0)


def test_what_a_second_connection_says_waits_until_the_first_has_closed() -> None:
    heard = Heard()
    turns = InTurns(heard)
    turns.connected(TARGET, 1, "192.0.2.1", 25, 1)
    turns.connected(TARGET, 2, "192.0.2.1", 25, 1)
    turns.exchanged(said(1, b"EHLO"), None)
    turns.exchanged(said(2, b"NOOP"), None)
    turns.secured(2, TlsFacts("TLSv1.3", "x", None))
    turns.exchanged(said(1, b"QUIT"), None)
    assert heard.told == ["1 connected", "1 EHLO", "1 QUIT"]
    turns.closed(1, ClosedBy.US, None)
    assert heard.told[3:] == ["1 closed", "2 connected", "2 NOOP", "2 secured"]
    turns.exchanged(said(2, b"QUIT"), None)
    turns.closed(2, ClosedBy.US, None)
    assert heard.told[7:] == ["2 QUIT", "2 closed"]


def test_connections_that_closed_while_they_waited_follow_in_their_order() -> None:
    heard = Heard()
    turns = InTurns(heard)
    for number in (1, 2, 3):
        turns.connected(TARGET, number, "192.0.2.1", 25, 1)
    turns.closed(2, ClosedBy.SERVER, None)
    turns.closed(3, ClosedBy.SERVER, None)
    turns.closed(1, ClosedBy.US, None)
    expected = ["1 connected", "1 closed", "2 connected", "2 closed", "3 connected", "3 closed"]
    assert heard.told == expected
    turns.connected(TARGET, 4, "192.0.2.1", 25, 1)
    assert heard.told == [*expected, "4 connected"]


def test_a_connection_that_never_opened_closes_in_its_turn() -> None:
    heard = Heard()
    turns = InTurns(heard)
    turns.closed(1, ClosedBy.NOBODY, None)
    turns.connected(TARGET, 2, "192.0.2.1", 25, 1)
    assert heard.told == ["1 closed", "2 connected"]
