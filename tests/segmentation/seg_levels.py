"""What a transcript comes to at each level, from replies to a finished explanation, without what tells time."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any
from unittest import mock

import msgspec
from seg_replay import Answering, Connected, Cutter, Rehearsed, in_memory
from seg_transcript import TLS, Transcript, Turn

from smtpprobe.model import Command, Exchange, Reply, Report, Route, Target
from smtpprobe.outcome import Profile, Stage
from smtpprobe.render.document import build
from smtpprobe.run import Settings, probe
from smtpprobe.wire.dial import Dial, Line
from smtpprobe.wire.record import Record
from smtpprobe.wire.replies import ReplyReader
from smtpprobe.wire.session import Session

EHLO_NAME = "probe.example.org"
DOMAIN = "example.org"
NONCE = "0123456789"
TARGET = Target("mx.example.org", "mx.example.org", 25)
SETTINGS = Settings(
    profile=Profile.FULL,
    domain=DOMAIN,
    ehlo_name=EHLO_NAME,
    sni="mx.example.org",
    timeout=5.0,
    greeting_timeout=5.0,
    lanes=1,
)
_TIMES = frozenset({"started", "connect_ms", "handshake_ms", "elapsed_ms", "total_ms", "stages"})


# -- replies -----------------------------------------------------------------------------------------------


def streams(transcript: Transcript) -> list[bytes]:
    """What each connection's server said in clear, and what inside TLS."""
    said = []
    for turns in transcript.connections:
        said.append(b"")
        for turn in turns:
            said[-1] += turn.said
            if turn.then == TLS:
                said.append(b"")
    return [one for one in said if one]


def replies(pieces: Sequence[bytes]) -> tuple[list[Reply], bytes, int, bool]:
    """The replies of a stream that arrives in these segments, with what the end cuts off."""
    reader = ReplyReader()
    found = [reply for piece in pieces for reply in reader.feed(piece, 0)]
    pending, cut = reader.pending, reader.end(0)
    return found + ([cut] if cut is not None else []), pending, reader.octets, reader.broken


# -- a session ---------------------------------------------------------------------------------------------


def held(turns: Sequence[Turn], cut: Cutter, *, apart: bool = False) -> tuple[Any, ...]:
    """One connection, spoken on as its transcript has it: exchanges, failures, and how it ended."""
    return asyncio.run(_hold(turns, cut, apart))


async def _hold(turns: Sequence[Turn], cut: Cutter, apart: bool) -> tuple[Any, ...]:
    record = Record(lambda index: None)
    session = Session(
        1, Route("mx.example.org", "192.0.2.25", 25), _dial(), record, asyncio.get_running_loop().time() + 60
    )
    with in_memory(lambda: Rehearsed(turns), cut, apart=apart):
        await session.connect(implicit_tls=False)
        await session.greeting()
        stage = Stage.CLEAR
        for turn in turns:
            if turn.sent == (b"STARTTLS",) and session.facts is None:
                await session.starttls()
                stage = Stage.TLS if session.facts is not None else stage
            elif turn.sent:
                await session.flight([Line(Command(line)) for line in turn.sent], stage)
        session.hear_unsolicited(stage)
        session.close()
        # The aborted transport tells its protocol in the next turn of the loop.
        await asyncio.sleep(0)
    return (
        [_timeless(exchange) for exchange in record.exchanges],
        session.facts,
        session.failure,
        session.closed_by,
        session.out_of_step,
        session.said_goodbye,
        session.refusals,
        session.protocol.injected,
        session.protocol.ended,
    )


def _dial() -> Dial:
    return Dial(EHLO_NAME, timeout=5.0, greeting_timeout=5.0)


def _timeless(exchange: Exchange) -> Exchange:
    reply = exchange.reply and msgspec.structs.replace(exchange.reply, first_ns=0, last_ns=0)
    return msgspec.structs.replace(exchange, sent_ns=0, reply=reply)


# -- a whole run -------------------------------------------------------------------------------------------


def explained(transcript: Transcript, cut: Cutter, *, apart: bool = False) -> Any:
    """The document of a whole run in memory: exchanges, notes, observations, findings, verdict."""

    async def work() -> Report:
        answering = Answering(transcript)
        with in_memory(lambda: Connected(answering), cut, apart=apart):
            return await run(Route("mx.example.org", "192.0.2.25", 25))

    return timeless(asyncio.run(work()))


async def run(route: Route, settings: Settings = SETTINGS) -> Report:
    """A run that asks the same every time, and does not rest after it was turned away."""
    with mock.patch("secrets.token_hex", return_value=NONCE), mock.patch("smtpprobe.run.visit._PAUSE", 0.0):
        return await probe(TARGET, route, settings)


def timeless(report: Report) -> Any:
    """The document of a report without its times."""
    return _without_times(msgspec.to_builtins(build(report)))


def _without_times(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_times(item) for key, item in value.items() if key not in _TIMES}
    if isinstance(value, list | tuple):
        return [_without_times(item) for item in value]
    return value


# -- how the results differ --------------------------------------------------------------------------------


def difference(one: Any, other: Any, path: str = "") -> str:
    """Where two documents differ first, "" where they do not."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return next((found for key in one if (found := difference(one[key], other[key], f"{path}.{key}"))), "")
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        each = (difference(a, b, f"{path}[{n}]") for n, (a, b) in enumerate(zip(one, other, strict=True)))
        return next((text for text in each if text), "")
    return "" if one == other else f"{path}: {one!r:.300} and {other!r:.300}"
