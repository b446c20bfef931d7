"""The record: places are given in the order of sending, and tell when they are settled."""

from __future__ import annotations

from smtpprobe.model import Command, Exchange, Failure, Reply
from smtpprobe.outcome import FailureKind, Stage
from smtpprobe.wire.record import Record


def sent(line: bytes) -> Exchange:
    return Exchange(1, 2, Stage.CLEAR, Command(line), 10, probe="noop", subject="x")


def test_an_exchange_keeps_its_place_whenever_it_is_settled() -> None:
    told: list[int] = []
    record = Record(told.append)
    first, second = record.begin(sent(b"NOOP")), record.begin(sent(b"RSET"))
    reply = Reply(250, None, (b"ok",), b"250 ok\r\n", 8)
    failure = Failure(Stage.CLEAR, FailureKind.TIMEOUT)
    record.settle(second, reply, None)
    settled = record.settle(first, None, failure)
    assert (first, second, told) == (0, 1, [1, 0])
    assert record.exchanges[0] is settled
    assert settled == Exchange(1, 2, Stage.CLEAR, Command(b"NOOP"), 10, None, failure, "noop", "x")
    assert (record.exchanges[1].reply, record.exchanges[1].failure) == (reply, None)


def test_who_is_told_sees_the_exchange_complete() -> None:
    seen: list[Exchange] = []
    record = Record(lambda index: seen.append(record.exchanges[index]))
    record.settle(record.begin(sent(b"NOOP")), None, Failure(Stage.CLEAR, FailureKind.CLOSED))
    assert [one.failure is not None for one in seen] == [True]
