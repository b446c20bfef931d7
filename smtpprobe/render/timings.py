"""How long things took: ticks into milliseconds, exchanges into stages. No text for people."""

from __future__ import annotations

from smtpprobe.model import Exchange, Transcript
from smtpprobe.outcome import Defect, Stage

NS_PER_US = 1_000
US_PER_MS = 1_000
_STAGES = tuple(Stage)


def milliseconds(ticks: int) -> float:
    """Ticks as milliseconds with three decimals; never negative."""
    return (max(ticks, 0) + NS_PER_US // 2) // NS_PER_US / US_PER_MS


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
        reply = exchange.reply
        if reply is None or unsolicited(exchange):
            continue
        key = exchange.connection, exchange.flight, exchange.stage
        first, last = exchange.sent_ns, reply.last_ns
        if (known := spans.get(key)) is not None:
            first, last = min(known[0], first), max(known[1], last)
        spans[key] = first, last
    spent = dict.fromkeys(_STAGES, 0)
    for connection in run.connections:
        spent[Stage.CONNECT] += connection.connect_ns
        spent[Stage.HANDSHAKE] += connection.handshake_ns
    for (_, _, stage), (first, last) in spans.items():
        spent[stage] += last - first
    return {stage: ticks for stage, ticks in spent.items() if ticks > 0}
