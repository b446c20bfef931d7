"""A server that answers every command as it should, but for what a row tells it to do instead.

Replies carry the verb that they answer, ``answers=NOOP``, so that a reply beside another command is found out.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence

from behaviour import Hostile, Peer, Script

Answer = bytes | Hostile

GREETING = b"220 mx.example ESMTP answers=GREETING\r\n"
TAG = re.compile(rb"answers=([A-Z]+)")

_POLITE = {
    b"HELO": b"250 mx.example answers=HELO\r\n",
    b"MAIL": b"250 2.1.0 ok answers=MAIL\r\n",
    b"RCPT": b"250 2.1.5 ok answers=RCPT\r\n",
    b"RSET": b"250 2.0.0 ok answers=RSET\r\n",
    b"NOOP": b"250 2.0.0 ok answers=NOOP\r\n",
    b"VRFY": b"252 2.0.0 perhaps answers=VRFY\r\n",
    b"HELP": b"214 2.0.0 read RFC 5321 answers=HELP\r\n",
    b"AUTH": b"504 5.5.4 no such mechanism answers=AUTH\r\n",
    b"QUIT": b"221 2.0.0 bye answers=QUIT\r\n",
}


def ehlo(*keywords: bytes, verb: bytes = b"EHLO", domain: bytes = b"mx.example") -> bytes:
    """The reply to EHLO with these keywords."""
    lines = [domain + b" answers=" + verb, *keywords]
    return b"".join([b"250-" + line + b"\r\n" for line in lines[:-1]]) + b"250 " + lines[-1] + b"\r\n"


def courteous(
    answers: Mapping[bytes, Answer] = {},
    *,
    greeting: bytes = GREETING,
    keywords: Sequence[bytes] = (b"PIPELINING", b"8BITMIME", b"HELP"),
) -> Script:
    """Greet, and answer line after line until QUIT or the client's end.

    ``answers`` are by verb; bytes are sent as they are, and a function does as it likes. ``any`` stands for every other
    verb.
    """
    polite: dict[bytes, Answer] = {**_POLITE, b"EHLO": ehlo(*keywords), b"LHLO": ehlo(*keywords, verb=b"LHLO")}

    async def script(peer: Peer) -> None:
        challenged = False
        if greeting:
            peer.send(greeting)
        while not peer.writer.transport.is_closing():
            line = await peer.line()
            if not line and peer.reader.at_eof():
                return
            verb = line.split(b" ", 1)[0].upper()
            known = (
                answers.get(verb) or answers.get(b"any") or (b"501 5.7.0 no\r\n" if challenged else polite.get(verb))
            )
            answer = known or b"500 5.5.1 unknown answers=" + (re.sub(rb"[^A-Z]", b"", verb) or b"NOTHING") + b"\r\n"
            challenged = isinstance(answer, bytes) and answer.startswith(b"334")
            if isinstance(answer, bytes):
                peer.send(answer)
            else:
                await answer(peer)
            if verb == b"QUIT":
                return

    return script


async def hang_up(peer: Peer) -> None:
    """FIN."""
    peer.half_close()
    await peer.rest()


async def reset(peer: Peer) -> None:
    """RST."""
    peer.reset()


async def silence(peer: Peer) -> None:
    """Say nothing more; hear what comes."""
    await peer.rest()


def farewell(verb: bytes) -> Hostile:
    """421 to this verb, and FIN."""
    return then(b"421 4.3.2 bye answers=" + verb + b"\r\n", hang_up)


async def lines_without_end(peer: Peer) -> None:
    """A valid line four times in the time that the client waits, never the last one."""
    while True:
        await then(b"250-X-SLOW\r\n", peer.step / 4)(peer)


def after(share: float, answer: bytes) -> Hostile:
    """This, after a share of the time that the client waits."""

    async def script(peer: Peer) -> None:
        await asyncio.sleep(share * peer.step)
        peer.send(answer)

    return script


def then(*steps: bytes | float | Hostile) -> Hostile:
    """Bytes to send, seconds to wait, things to do: one after the other."""

    async def script(peer: Peer) -> None:
        for step in steps:
            if isinstance(step, bytes):
                peer.send(step)
            elif isinstance(step, float):
                await peer.writer.drain()
                await asyncio.sleep(step)
            else:
                await step(peer)

    return script
