"""Servers that play a transcript, and a wire in memory that cuts what they say where a test wants it cut."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol
from unittest import mock

from msgspec import Struct
from seg_transcript import CLOSE, RESET, TLS, Transcript, Turn

from smtpprobe.model import Route
from smtpprobe.wire import opening
from smtpprobe.wire.dial import Dial
from smtpprobe.wire.protocol import RecordingProtocol
from smtpprobe.wire.replies import ReplyReader

#: What a server says to a command that its transcript does not have.
UNHEARD_OF = b"502 5.5.2 Not in this transcript\r\n"
Cutter = Callable[[bytes], list[bytes]]


class Said(Struct, frozen=True):
    """What a server sends at once, and what it does then."""

    octets: bytes
    then: str = ""


class Server(Protocol):
    """One connection's other side."""

    def greet(self) -> Said: ...
    def hear(self, lines: Sequence[bytes]) -> Said: ...


class Rehearsed:
    """Plays the turns of one connection in their order, whatever the commands say."""

    def __init__(self, turns: Sequence[Turn]) -> None:
        self._turns = list(turns)
        self._heard = 0

    def greet(self) -> Said:
        first = self._turns[0]
        if first.sent:
            return Said(b"")
        return self._next()

    def hear(self, lines: Sequence[bytes]) -> Said:
        self._heard += len(lines)
        said, then = b"", ""
        while self._turns and not then and len(self._turns[0].sent) <= self._heard:
            self._heard -= len(self._turns[0].sent)
            part = self._next()
            said, then = said + part.octets, part.then
        return Said(said, then)

    def _next(self) -> Said:
        turn = self._turns.pop(0)
        return Said(turn.said, turn.then)


class Answering:
    """Answers a command as the transcript's server did, in whatever order a run asks; one for all connections of it.

    The same command gets the answers that it got, one after the other, and the last one from then on. What follows a
    challenge is another command than the same line elsewhere.
    """

    def __init__(self, transcript: Transcript) -> None:
        self._answers: dict[tuple[bool, bytes, bytes], list[Said]] = defaultdict(list)
        self._given: Counter[tuple[bool, bytes, bytes]] = Counter()
        for turns in transcript.connections:
            self._learn(turns)

    def _learn(self, turns: Sequence[Turn]) -> None:
        encrypted, before = False, b""
        for turn in turns:
            parts = _shared_out(turn)
            for command, octets in zip(turn.sent or (b"",), parts, strict=True):
                then = turn.then if octets is parts[-1] else ""
                self._answers[encrypted, before, command].append(Said(octets, then))
                before = command if octets.startswith(b"3") else b""
            encrypted = encrypted or turn.then == TLS

    def answer(self, encrypted: bool, before: bytes, command: bytes) -> Said:
        key = (encrypted, before, command)
        known = self._answers.get(key)
        if known is None:
            return Said(b"221 2.0.0 Bye\r\n", CLOSE) if command == b"QUIT" else Said(UNHEARD_OF)
        self._given[key] += 1
        return known[min(self._given[key], len(known)) - 1]


class Connected:
    """One connection to an ``Answering``."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._encrypted = False
        self._before = b""

    def greet(self) -> Said:
        return self._answering.answer(False, b"", b"")

    def hear(self, lines: Sequence[bytes]) -> Said:
        octets = b""
        for line in lines:
            said = self._answering.answer(self._encrypted, self._before, line)
            self._before = line if said.octets.startswith(b"3") else b""
            octets += said.octets
            if said.then:
                self._encrypted = self._encrypted or said.then == TLS
                return Said(octets, said.then)
        return Said(octets)


def owed(octets: bytes, commands: int) -> int:
    """How many of these octets are the replies to so many commands; what is behind them nobody asked for."""
    replies = ReplyReader().feed(octets, 0)
    return sum(reply.octets for reply in replies[:commands]) if len(replies) > commands else len(octets)


def _shared_out(turn: Turn) -> list[bytes]:
    """The octets of a turn, shared out to its commands; what is left belongs to the last."""
    commands = max(len(turn.sent), 1)
    ends = [owed(turn.said, n) for n in range(1, commands)]
    return [turn.said[a:b] for a, b in zip([0, *ends], [*ends, len(turn.said)], strict=True)]


class _Agreed:
    """What a TLS handshake in memory agreed on."""

    def version(self) -> str:
        return "TLSv1.3"

    def cipher(self) -> tuple[str, str, int]:
        return "TLS_AES_256_GCM_SHA384", "TLSv1.3", 256

    def getpeercert(self, *, binary_form: bool) -> bytes:
        return b""


class Wire(asyncio.Transport):
    """A client's transport whose other side is a server of ours.

    The segments of one answer arrive one right after another, so that the client can do nothing in between; or, if
    ``apart``, with its turn between them. What nobody asked for then comes with the last octet that somebody did ask
    for: a reply too many that comes after the next command is that command's answer, and no client can know better.
    """

    def __init__(self, protocol: RecordingProtocol, server: Server, cut: Cutter, *, apart: bool) -> None:
        super().__init__()
        self._protocol, self._server, self._cut, self._apart = protocol, server, cut, apart
        self._loop = asyncio.get_running_loop()
        self._unread = b""
        self._closing = False
        self.encrypted = False
        self.upgradable = False

    def begin(self) -> None:
        self._protocol.connection_made(self)
        self._answer(self._server.greet(), 1)

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return _Agreed() if name == "ssl_object" and self.encrypted else default

    def write(self, data: bytes | bytearray | memoryview) -> None:
        *lines, self._unread = (self._unread + bytes(data)).split(b"\r\n")
        self._answer(self._server.hear(lines), len(lines))

    def _answer(self, said: Said, commands: int) -> None:
        self.upgradable = said.then == TLS
        if not self._apart:
            self._loop.call_soon(self._deliver, self._cut(said.octets), said.then)
            return
        end = owed(said.octets, commands)
        *first, last = self._cut(said.octets[:end])
        self._loop.call_soon(self._next, [*first, last + said.octets[end:]], said.then)

    def _next(self, pieces: list[bytes], then: str) -> None:
        """One segment, and the client's turn; the last one with what the server does then."""
        self._deliver(pieces[:1], "" if pieces[1:] else then)
        if pieces[1:]:
            # It takes a client two turns of the loop to be told of a reply and to go on.
            self._loop.call_soon(self._loop.call_soon, self._next, pieces[1:], then)

    def _deliver(self, pieces: list[bytes], then: str) -> None:
        for piece in pieces:
            if piece and not self._closing:
                self._protocol.data_received(piece)
        if then in (CLOSE, RESET) and not self._closing:
            self._loop.call_soon(self._lose, ConnectionResetError() if then == RESET else None)

    def _lose(self, error: Exception | None) -> None:
        if not self._closing:
            self._closing = True
            if error is None:
                self._protocol.eof_received()
            self._protocol.connection_lost(error)

    def is_closing(self) -> bool:
        return self._closing

    def close(self) -> None:
        if not self._closing:
            self._closing = True
            self._loop.call_soon(self._protocol.connection_lost, None)

    def abort(self) -> None:
        self.close()


async def _start_tls(transport: Wire, *_: object, **__: object) -> Wire:
    if not transport.upgradable:
        raise ConnectionResetError
    transport.encrypted = True
    return transport


@contextlib.contextmanager
def in_memory(make: Callable[[], Server], cut: Cutter, *, apart: bool) -> Iterator[None]:
    """Every session of the running loop is connected to a new server of this kind, by a ``Wire``."""

    async def opened(route: Route, dial: Dial, protocol: RecordingProtocol) -> Wire:
        wire = Wire(protocol, make(), cut, apart=apart)
        wire.begin()
        return wire

    loop = asyncio.get_running_loop()
    with mock.patch.object(opening, "transport_to", opened), mock.patch.object(loop, "start_tls", _start_tls):
        yield


def whole(octets: bytes) -> list[bytes]:
    """One segment."""
    return [octets]


def single(octets: bytes) -> list[bytes]:
    """An octet a segment."""
    return [octets[n : n + 1] for n in range(len(octets))] or [octets]


class CutAt:
    """Every answer in two segments, the first of so many octets. Counts its cuts."""

    def __init__(self, position: int) -> None:
        self.position = position
        self.cuts = 0

    def __call__(self, octets: bytes) -> list[bytes]:
        if not 0 < self.position < len(octets):
            return [octets]
        self.cuts += 1
        return [octets[: self.position], octets[self.position :]]
