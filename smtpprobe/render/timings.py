"""How long things took: ticks into milliseconds, exchanges into stages. No text for people."""

from __future__ import annotations

from smtpprobe.model import Exchange, Transcript
from smtpprobe.outcome import Defect, Stage

NS_PER_MS = 1_000_000


def milliseconds(ticks: int) -> float:
    """Ticks as milliseconds with three decimals; never negative."""
    return round(max(ticks, 0) / NS_PER_MS, 3)


def elapsed(exchange: Exchange) -> int | None:
    """Ticks from the first octet of the command to the last of its reply; None where nothing was asked or answered."""
    if exchange.reply is None or unsolicited(exchange):
        return None
    return exchange.reply.last_ns - exchange.sent_ns


def unsolicited(exchange: Exchange) -> bool:
    """Is this a reply that nobody asked for? The greeting is owed."""
    if exchange.reply is not None and Defect.UNSOLICITED in exchange.reply.defects:
        return True
    return exchange.command is None and exchange.stage is not Stage.GREETING


def stage_ticks(run: Transcript) -> dict[Stage, int]:
    """Ticks spent in each stage, in the stages' order. A flight counts once, however many commands it held."""
    spans: dict[tuple[int, int, Stage], tuple[int, int]] = {}
    for exchange in run.exchanges:
        if exchange.reply is None or unsolicited(exchange):
            continue
        key = exchange.connection, exchange.flight, exchange.stage
        first, last = spans.get(key, (exchange.sent_ns, exchange.reply.last_ns))
        spans[key] = min(first, exchange.sent_ns), max(last, exchange.reply.last_ns)
    spent = {
        Stage.CONNECT: sum(connection.connect_ns for connection in run.connections),
        Stage.HANDSHAKE: sum(connection.handshake_ns for connection in run.connections),
    }
    for (_, _, stage), (first, last) in spans.items():
        spent[stage] = spent.get(stage, 0) + last - first
    return {stage: spent[stage] for stage in Stage if spent.get(stage, 0) > 0}
