"""Draws docs/probe.svg: a probe of the fake server "demo", as a terminal shows it. Opens no connection but its own.

The conversation is real. Name, address, port and times are replaced, so that the picture only changes with the text.
"""

from __future__ import annotations

import asyncio
import io
import re
from pathlib import Path
from tempfile import NamedTemporaryFile

import msgspec
import rich.console
from rich.text import Text

from smtpprobe.fake import FakeServer, load
from smtpprobe.fake.certificates import authority_pem
from smtpprobe.model import Connection, Exchange, Report, Route, TlsFacts
from smtpprobe.render.live import Live, replay
from smtpprobe.render.paper import Console
from smtpprobe.render.screen import Screen, count
from smtpprobe.render.text import summary
from smtpprobe.run import Settings, probe
from smtpprobe.target import parse

PICTURE = Path(__file__).with_name("probe.svg")
HOST, ADDRESS, EHLO_NAME = "mail.demo.example", "192.0.2.25", "probe.example.net"
#: What is asked; of the answers, the picture shows those of the first connection up to this one, and the summary.
PROBES = ("auth-unknown", "mail-parameter", "help")
LAST_SHOWN = "auth-unknown"
WIDTH = 80
_MS = 1_000_000
_ROUND_TRIP = 12 * _MS
_FONT_FACE = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


async def held() -> Report:
    """The report of a real conversation with the fake server."""
    with NamedTemporaryFile("w", suffix=".pem") as authority:
        authority.write(authority_pem())
        authority.flush()
        async with FakeServer(load("demo")) as server:
            target = parse(f"{server.host}:{server.port}")
            settings = Settings(
                only=PROBES, ehlo_name=EHLO_NAME, sni=server.personality.hostname, ca_file=authority.name, lanes=1
            )
            return await probe(target, Route(target.host, server.host, server.port), settings)


def staged(report: Report) -> Report:
    """The same conversation with a host of the documentation's address range, and with one time for every step."""
    run = report.transcript
    set_to = msgspec.structs.replace
    end = len(run.exchanges) * _ROUND_TRIP
    staged_run = set_to(
        run,
        target=set_to(run.target, text=HOST, host=HOST, port=25),
        exchanges=tuple([_timed(exchange, number) for number, exchange in enumerate(run.exchanges)]),
        connections=tuple([_placed(connection) for connection in run.connections]),
        tls=_dated(run.tls),
        started_ns=0,
        ended_ns=end,
    )
    return set_to(report, transcript=staged_run)


def _timed(exchange: Exchange, number: int) -> Exchange:
    sent = number * _ROUND_TRIP
    reply = exchange.reply
    if reply is not None:
        reply = msgspec.structs.replace(reply, first_ns=sent + _ROUND_TRIP, last_ns=sent + _ROUND_TRIP)
    return msgspec.structs.replace(exchange, sent_ns=sent, reply=reply)


def _placed(connection: Connection) -> Connection:
    return msgspec.structs.replace(
        connection,
        address=ADDRESS,
        port=25,
        connect_ns=_ROUND_TRIP,
        handshake_ns=_ROUND_TRIP if connection.tls else 0,
        tls=_dated(connection.tls),
    )


def _dated(facts: TlsFacts | None) -> TlsFacts | None:
    if facts is None or facts.certificate is None:
        return facts
    return msgspec.structs.replace(facts, certificate=msgspec.structs.replace(facts.certificate, days_left=59))


def beginning(report: Report) -> Report:
    """The report cut down to the dialogue that the picture has room for."""
    exchanges = report.transcript.exchanges
    last = next(n for n, one in enumerate(exchanges) if one.probe == LAST_SHOWN)
    kept = [n for n, one in enumerate(exchanges[: last + 1]) if one.connection == 1 and one.probe in (None, LAST_SHOWN)]
    run = msgspec.structs.replace(
        report.transcript,
        exchanges=tuple([exchanges[n] for n in kept]),
        connections=tuple([one for one in report.transcript.connections if one.number == 1]),
    )
    return msgspec.structs.replace(report, transcript=run, notes=tuple([report.notes[n] for n in kept]))


def draw() -> str:
    """The picture as SVG, without the web font that rich names: a viewer fetches nothing."""
    report = staged(asyncio.run(held()))
    shown = beginning(report)
    stream = io.StringIO()
    console = Console(stream, color=True, width=WIDTH)
    replay(shown, Live(console))
    left = len(report.transcript.exchanges) - len(shown.transcript.exchanges)
    Screen(console).rule(f"{count(left, 'more exchange')}, each explained like these")
    summary(report, console, brief=True)
    drawn = rich.console.Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    drawn.print(Text.from_ansi(stream.getvalue()))
    return _FONT_FACE.sub("", drawn.export_svg(title=f"smtpprobe probe {HOST}", unique_id="probe"))


if __name__ == "__main__":
    PICTURE.write_text(draw(), encoding="utf-8")
