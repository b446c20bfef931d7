"""Two reports of the same questions held side by side: does one server answer as the other does?"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec

from smtpprobe.fake import FakeServer, Personality
from smtpprobe.fake.certificates import authority_pem
from smtpprobe.model import Capabilities, Exchange, Report, Route, Target
from smtpprobe.outcome import TlsMode
from smtpprobe.run import Settings, probe

#: How long a silent server is waited for; what waits here waits on purpose.
PATIENCE = 3.0
CLIENT = "client.example.net"


class Likeness(NamedTuple):
    """``compared`` counts the exchanges; each difference names its question and both answers."""

    compared: int
    differences: tuple[str, ...]


def likeness(one: Report, other: Report, *, names: bool = True) -> Likeness:
    """Codes and enhanced codes of every exchange, verdicts, findings, software; with ``names`` EHLO word for word."""
    first, second = facts(one, names=names), facts(other, names=names)
    differences = [
        f"{key}: {first.get(key)} != {second.get(key)}" for key in (first | second) if first.get(key) != second.get(key)
    ]
    return Likeness(len(one.transcript.exchanges), tuple(differences))


def facts(report: Report, *, names: bool) -> dict[str, object]:
    """All that has to be alike, each by its name."""
    run = report.transcript
    found: dict[str, list[object]] = {}
    for exchange in run.exchanges:
        found.setdefault(f"exchange {question(exchange)}", []).append(answer(exchange))
    for one in run.observations:
        found.setdefault(f"verdict {one.probe} {one.subject} {one.stage}", []).append(str(one.verdict))
    known = run.software
    return dict(found) | {
        "findings": [(one.rule, str(one.severity)) for one in report.findings],
        "software": known and (known.name, known.version),
        "outcome": str(run.outcome),
        "clear": keywords(run.clear, names=names),
        "encrypted": keywords(run.encrypted, names=names),
    }


def question(exchange: Exchange) -> str:
    verb = exchange.command.verb if exchange.command is not None else ""
    return f"{exchange.probe or 'spine'} {exchange.subject} {exchange.stage} {verb}"


def answer(exchange: Exchange) -> tuple[object, ...]:
    reply = exchange.reply
    return (exchange.code, reply.enhanced if reply else None, exchange.failure and str(exchange.failure.kind))


def keywords(offer: Capabilities | None, *, names: bool) -> object:
    if offer is None:
        return None
    if names:
        return offer.domain, [(one.keyword, one.arguments) for one in offer.keywords]
    return [(one.keyword, len(one.arguments)) for one in offer.keywords]


def settings_for(personality: Personality, settings: Settings, folder: Path) -> Settings:
    """The same questions put to a fake: its own name, its own authority."""
    ca_file = folder / "fake-authority.pem"
    ca_file.write_text(authority_pem())
    return msgspec.structs.replace(settings, sni=personality.hostname, ca_file=str(ca_file))


async def probed(personality: Personality, settings: Settings) -> Report:
    """A probe of a fake server of this personality."""
    mode = TlsMode.IMPLICIT if personality.implicit_tls else TlsMode.STARTTLS
    async with FakeServer(personality) as server:
        target = Target(f"127.0.0.1:{server.port}", "127.0.0.1", server.port, tls=mode, lmtp=personality.lmtp)
        return await probe(target, Route("127.0.0.1", "127.0.0.1", server.port), settings)
