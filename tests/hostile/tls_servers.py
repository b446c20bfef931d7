"""Courteous servers with STARTTLS, which a row then makes go wrong at one place."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from behaviour import Behaviour, Hostile, Peer, Script
from courtesy import Answer, courteous, then
from holding import Held
from tls_material import ca_file
from tls_records import HANDSHAKE, Sealed

from smtpprobe.outcome import ExitCode, FailureKind, Outcome, Stage, TlsMode

GO = b"220 2.0.0 go ahead answers=STARTTLS\r\n"
CLEAR = (b"PIPELINING", b"8BITMIME", b"STARTTLS", b"HELP")
INSIDE = (b"PIPELINING", b"8BITMIME", b"HELP")

#: Contexts are made when a row is played, not when it is read.
Context = Callable[[], ssl.SSLContext]
Check = Callable[[Held], list[str]]


def offering(starttls: Answer, answers: Mapping[bytes, Answer] = {}) -> Script:
    """A server that announces STARTTLS, and does this when it is asked for it."""
    return courteous({b"STARTTLS": starttls, **answers}, keywords=CLEAR)


def upgrading(
    context: Context,
    answers: Mapping[bytes, Answer] = {},
    *,
    go: bytes = GO,
    before: Hostile | None = None,
    greeting: bytes = b"",
    keywords: Sequence[bytes] = INSIDE,
) -> Script:
    """STARTTLS and TLS by the book; ``greeting``, ``answers`` and ``keywords`` are those inside TLS."""

    async def starttls(peer: Peer) -> None:
        if before is not None:
            await before(peer)
        peer.send(go)
        await secure(peer, context())
        await courteous(answers, greeting=greeting, keywords=keywords)(peer)

    return offering(starttls)


async def secure(peer: Peer, context: ssl.SSLContext) -> None:
    """The server's side of the handshake. Where it fails the client is gone."""
    try:
        await peer.starttls(context)
    except ssl.SSLError as error:
        raise ConnectionResetError(str(error)) from error


def sealing(context: Context, answers: Mapping[bytes, Answer] = {}, *, at_once: Hostile | None = None) -> Script:
    """STARTTLS, a handshake, and then records by hand: answers that are functions are given a ``Sealed``.

    ``at_once`` is done when the handshake is over, and in place of all that.
    """

    async def starttls(peer: Peer) -> None:
        peer.send(GO)
        sealed = Sealed(peer, context())
        await sealed.shake_hands()
        if at_once is not None:
            await at_once(sealed)
        else:
            await courteous(answers, greeting=b"", keywords=INSIDE)(sealed)

    return offering(starttls)


def after_hello(*steps: bytes | Hostile, go: bytes = GO) -> Hostile:
    """The go-ahead, and once the ClientHello has arrived: octets, or what else is to be done with the connection."""

    async def starttls(peer: Peer) -> None:
        peer.send(go)
        await client_hello(peer)
        await then(*steps)(peer)
        await peer.until_gone()

    return starttls


async def client_hello(peer: Peer) -> bytes:
    """The client's next handshake record; a ChangeCipherSpec before it is passed over (RFC 8446 D.4)."""
    while True:
        header = await exactly(peer, 5)
        body = await exactly(peer, int.from_bytes(header[3:], "big"))
        if header[0] == HANDSHAKE:
            return header + body


async def exactly(peer: Peer, octets: int) -> bytes:
    """So many octets of the client's; where it leaves before, the script is over."""
    try:
        return await peer.reader.readexactly(octets)
    except asyncio.IncompleteReadError as error:
        raise ConnectionResetError("the client left") from error


def row(
    name: str,
    sends: str,
    script: Script,
    outcome: Outcome = Outcome.ANSWERED,
    status: ExitCode = ExitCode.OK,
    failure: FailureKind | None = None,
    **fields: Any,
) -> Behaviour:
    """A row whose probe trusts the authority of the tests; unless told otherwise the run is answered in the end."""
    if fields.get("tls") is TlsMode.IMPLICIT:
        fields["peers"] = ()  # They begin in clear.
    return Behaviour(name, sends, script, outcome, status, failure, lazily=lambda: {"ca_file": ca_file()}, **fields)


# -- what must hold besides --------------------------------------------------------------------------------


def every(*checks: Check) -> Check:
    return lambda held: [complaint for check in checks for complaint in check(held)]


def nothing_in_clear(held: Held) -> list[str]:
    """After a 220 to STARTTLS no command is sent in clear, whatever becomes of the handshake."""
    spoken = [line for heard in held.heard if b"STARTTLS" in heard for line in heard[heard.index(b"STARTTLS") + 1 :]]
    return [f"sent in clear after STARTTLS: {line[:40]!r}" for line in spoken if line[:4].isalpha() and line.isascii()]


def found(*rules: str) -> Check:
    """These findings are in the report."""

    def check(held: Held) -> list[str]:
        there = {finding.rule for finding in held.report.findings}
        return [f"no finding {rule}" for rule in rules if rule not in there]

    return check


def agreed(version: str | None) -> Check:
    """TLS of this version came about; None: no TLS did."""

    def check(held: Held) -> list[str]:
        tls = held.report.transcript.tls
        is_ = tls.version if tls else None
        return [] if is_ == version else [f"TLS is {is_}, should be {version}"]

    return check


def asked_inside(held: Held) -> list[str]:
    """The question was put inside TLS, and answered."""
    inside = [e for e in held.exchanges if e.stage is Stage.TLS and e.command and e.command.verb == "NOOP"]
    return [] if inside and inside[0].code == 250 else ["NOOP was not answered inside TLS"]


def explained(*words: str) -> Check:
    """Some failure of the run says these words of why."""

    def check(held: Held) -> list[str]:
        run = held.report.transcript
        failures = [e.failure for e in run.exchanges] + [c.failure for c in run.connections]
        said = {one.detail for one in failures if one is not None}
        return [f"{word!r} is in none of {sorted(said)}" for word in words if not any(word in one for one in said)]

    return check
