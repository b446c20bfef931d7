"""Logins over a real wire at scripted servers, and what came of them."""

from __future__ import annotations

import asyncio
import sys
from base64 import b64encode
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from smtpprobe.journey import Login, Ruling
from smtpprobe.model import Capabilities, Exchange, Keyword
from smtpprobe.outcome import Stage
from smtpprobe.trace.login import LoginResult, log_in, login_ruling

sys.path += [str(Path(__file__).parents[1] / "wire"), str(Path(__file__).parents[1] / "sasl")]

from scripted import Peer, talking

PASSWORD, TOKEN = "correct horse battery", "ya29.t0k3n-of-ann"
ANN = Login("ann@example.com", PASSWORD)
WITH_TOKEN = Login("ann@example.com", token=TOKEN)
Talk = Callable[[Peer], Awaitable[Any]]


def offering(*mechanisms: str, starttls: bool = False) -> Capabilities:
    keywords = [Keyword("AUTH", mechanisms)] if mechanisms else []
    return Capabilities("mx.example", (*keywords, *([Keyword("STARTTLS")] if starttls else ())))


class Held:
    """What came of a login: its result, what was recorded, what the server heard."""

    def __init__(self, result: LoginResult, recorded: list[Exchange], heard: list[bytes]) -> None:
        self.result, self.recorded, self.heard = result, recorded, heard

    @property
    def ruling(self) -> Ruling:
        return login_ruling(self.result, "mail.example.net")


def held(talk: Talk, login: Login, capabilities: Capabilities, *, stage: Stage = Stage.TLS, **dial: Any) -> Held:
    async def script(peer: Peer) -> None:
        peer.send(b"220 mx.example ESMTP\r\n")
        await talk(peer)
        await peer.rest()

    async def work() -> Held:
        async with talking(script, **dial) as (session, server):
            await session.greeting()
            record = session._record
            result = await log_in(session, stage, capabilities, login, record=record, verified=True)
            session.close()
            await server.over()
            return Held(result, record.exchanges, server.heard)

    found = asyncio.run(work())
    shown = repr(found.recorded) + repr(found.result) + repr(found.ruling)
    for secret in (PASSWORD, TOKEN):
        assert secret not in shown
        assert b64encode(secret.encode()).decode().rstrip("=") not in shown
    return found


def saying(*replies: str) -> Talk:
    async def talk(peer: Peer) -> None:
        await peer.answer(*[reply.encode() + b"\r\n" for reply in replies])

    return talk


def b64(text: str) -> str:
    return b64encode(text.encode()).decode()
