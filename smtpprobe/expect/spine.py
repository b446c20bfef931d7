"""What every conversation goes through: the greeting, EHLO, STARTTLS. Where it stands in a transcript."""

from __future__ import annotations

from collections.abc import Iterator

from smtpprobe.model import Exchange, Report, Transcript
from smtpprobe.outcome import Stage, TlsMode

Place = tuple[int, Exchange]


def greeting(run: Transcript) -> Place | None:
    """The first reply, where there is one."""
    heard = [(i, e) for i, e in enumerate(run.exchanges) if e.stage is Stage.GREETING and e.command is None]
    return heard[0] if heard and heard[0][1].reply is not None else None


def hellos(run: Transcript) -> Iterator[tuple[int, Exchange, bool]]:
    """Each EHLO, LHLO or HELO that a connection began with, and whether it was said inside TLS."""
    secured: set[int] = set()
    for index, exchange in enumerate(run.exchanges):
        if exchange.stage is Stage.EHLO and exchange.command is not None and exchange.probe is None:
            yield index, exchange, run.target.tls is TlsMode.IMPLICIT or exchange.connection in secured
        elif exchange.stage is Stage.STARTTLS and exchange.code == 220 and exchange.failure is None:
            secured.add(exchange.connection)


def answered(exchange: Exchange) -> bool:
    """Was this EHLO accepted? Another 2yz is no answer to it (RFC 5321 4.3.2)."""
    return exchange.code == 250 and exchange.failure is None


def hello(run: Transcript, *, encrypted: bool) -> tuple[int, ...]:
    """The place of the reply whose promises the transcript keeps for this TLS state."""
    return tuple([index for index, e, inside in hellos(run) if answered(e) and inside is encrypted][:1])


def upgrades(run: Transcript) -> list[Place]:
    """Each STARTTLS that was meant to lead to TLS; failures of the handshake stand in it too."""
    return [
        (i, e)
        for i, e in enumerate(run.exchanges)
        if e.stage is Stage.STARTTLS and e.command is not None and e.probe is None
    ]


def advice(report: Report, *rules: str) -> str:
    """What the findings of these rules say to do, where there is one: it knows the server's software."""
    return next((finding.advice for rule in rules for finding in report.findings if finding.rule == rule), "")


def quoted(text: str, limit: int = 160) -> str:
    """A server's words on one line and short."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
