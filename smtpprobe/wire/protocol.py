"""aiosmtplib's protocol with its reading half replaced: raw replies, each with the times of its bytes.

Every write owes one reply and a group of commands owes one each, so a reply that nobody asked for is told apart from
an answer. The client's own commands (``execute_command``, ``start_tls``, ``auth_*``) run unchanged on top.
"""

from __future__ import annotations

import asyncio
import re
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import cast

import msgspec
from aiosmtplib.errors import SMTPReadTimeoutError, SMTPServerDisconnected
from aiosmtplib.protocol import SMTPProtocol
from aiosmtplib.response import SMTPResponse

from smtpprobe import redaction
from smtpprobe.model import Command, Reply
from smtpprobe.outcome import Defect, FailureKind
from smtpprobe.wire.causes import lost_by
from smtpprobe.wire.clock import Until, clock_of
from smtpprobe.wire.replies import FATAL, ReplyReader

_INJECTED_KEPT = 4 * 1024
_UNSOLICITED_KEPT = 100

# No line of ours has a control character in it, NUL, CR and LF among them.
_CONTROL = re.compile(rb"[\x00-\x1f\x7f]")
_LINE_ENDS = frozenset({b"\r\n", b"\n", b"\r"})

_BROKEN = {
    Defect.REPLY_TOO_LONG: FailureKind.REPLY_TOO_LONG,
    Defect.SESSION_TOO_LONG: FailureKind.REPLY_TOO_LONG,
    Defect.TRUNCATED: FailureKind.TRUNCATED,
    Defect.MALFORMED: FailureKind.MALFORMED,
    Defect.CODES_DIFFER: FailureKind.MALFORMED,
}


class _Buffer(threading.local):
    """One buffer for every connection of a thread: its event loop reads into it and hands it over at once."""

    def __init__(self) -> None:
        self.view = memoryview(bytearray(64 * 1024))


_BUFFER = _Buffer()


def broken_kind(reply: Reply) -> FailureKind | None:
    """Why a reply with a fatal defect ends the dialogue; None for every other reply."""
    return next((_BROKEN[defect] for defect in reply.defects if defect in FATAL), None)


def written(line: bytes, end: bytes = b"\r\n") -> bytes:
    """One line as it goes out: every command passes here. Raises ValueError for one that would be more than a line."""
    if _CONTROL.search(line) or end not in _LINE_ENDS:
        raise ValueError("a command holds a control character, and was not sent")
    return line + end


class RecordingProtocol(SMTPProtocol, asyncio.BufferedProtocol):
    """Hands out replies in order, and says why there is none.

    ``unsolicited`` are replies that nobody had asked for; ``injected`` is plaintext behind the go-ahead to STARTTLS;
    ``ended`` says why no more replies will come, ``error`` what the operating system or TLS said of it.
    ``on_challenge`` is given the lines of a 334 as they came, by whoever answers it: what is kept may be redacted.
    """

    # Of ten thousand connections at a time, each dictionary and each deque counts.
    __slots__ = (
        *("_asked_for_tls", "_behind_starttls", "_clock", "_granted_tls", "_owed", "_reader", "_ready", "_script"),
        *("_secrets", "_waiter", "due", "ended", "error", "injected", "last", "on_challenge", "unsolicited"),
    )

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop=loop)
        self._drain_waiters = []  # type: ignore[assignment]
        self.unsolicited: list[Reply] = []
        self.injected = b""
        self.ended: FailureKind | None = None
        self.error: Exception | None = None
        self.last: Reply | None = None
        self.on_challenge: Callable[[tuple[bytes, ...]], None] | None = None
        #: Until when whoever waits does so, a time of the event loop's clock.
        self.due = 0.0
        self._reader = ReplyReader()
        self._ready: list[Reply] = []
        self._owed = 1  # the greeting
        self._asked_for_tls = False
        self._granted_tls = False
        self._behind_starttls = b""
        self._waiter: asyncio.Future[None] | None = None
        self._clock = clock_of(loop)
        self._script: Callable[[Reply], float | None] | None = None
        self._secrets: redaction.Secrets | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """As aiosmtplib's, but for its lock and its future, which few connections need."""
        self.transport = transport
        self._over_ssl = transport.get_extra_info("sslcontext") is not None

    def lend(self) -> None:
        """Let aiosmtplib's own commands be used."""
        if self.is_connected and self._command_lock is None:
            self._command_lock = asyncio.Lock()

    # -- in ------------------------------------------------------------------------------------------------

    def get_buffer(self, sizehint: int) -> memoryview:
        return _BUFFER.view

    def buffer_updated(self, nbytes: int) -> None:
        self.data_received(bytes(_BUFFER.view[:nbytes]))

    def data_received(self, data: bytes) -> None:
        if self._granted_tls:
            self._inject(data)
            return
        for reply in map(self._discreet, self._read(data)):
            if self._owed:
                self._owed -= 1
                self._ready.append(reply)
            else:
                self.unsolicited.append(reply)
            if len(self.unsolicited) == _UNSOLICITED_KEPT:
                self._end(FailureKind.UNSOLICITED)
                self.abort()
                break
            if self._reader.broken:
                # Out of step or over a limit: what follows can be paired with nothing and is not read.
                self._end(broken_kind(reply) or FailureKind.MALFORMED)
                self.abort()
        if self._script is not None:
            self._recite(self._script)
        self._wake()

    def _read(self, data: bytes) -> list[Reply]:
        now = time.monotonic_ns()
        if not self._asked_for_tls:
            return self._reader.feed(data, now)
        # The go-ahead ends the clear dialogue at its last byte, wherever the segment ends (RFC 3207 4.2).
        position = 0
        while position < len(data):
            end = data.find(b"\n", position) + 1 or len(data)
            replies = self._reader.feed(data[position:end], now)
            if replies and replies[0].code == 220:
                self._granted_tls = True
                self._inject(data[end:])
                return replies
            if replies:
                self._asked_for_tls = False
                return replies + self._reader.feed(data[end:], now)
            position = end
        return []

    def _discreet(self, reply: Reply) -> Reply:
        """The reply without what was said in secret: its echo is known from here on by nobody."""
        if reply.code == 334 and self.on_challenge is not None:
            self.on_challenge(reply.texts)
        secrets = self._secrets
        if secrets is None:
            return reply
        texts = tuple([secrets.octets(text, reply.code) for text in reply.texts])
        return msgspec.structs.replace(reply, texts=texts, raw=secrets.octets(reply.raw, reply.code))

    def _inject(self, data: bytes) -> None:
        self.injected += data[: _INJECTED_KEPT - len(self.injected)]

    def eof_received(self) -> bool:
        self._finish(FailureKind.CLOSED)
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self.error = self.error or exc
        self._finish(lost_by(exc))
        super().connection_lost(exc)

    def _finish(self, kind: FailureKind) -> None:
        cut = self.partial()
        if cut is not None:
            (self._ready if self._owed else self.unsolicited).append(cut)
            kind = FailureKind.TRUNCATED
        self._end(kind)

    def _end(self, kind: FailureKind) -> None:
        if self.ended is None:
            self.ended = kind
        self._wake()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done() and (self._ready or self.ended):
            self._waiter.set_result(None)

    # -- out -----------------------------------------------------------------------------------------------

    def write(self, data: bytes) -> None:
        """Write what owes one reply: a command; after a 354 (RFC 5321 4.1.1.4) a message."""
        if self.last is None or self.last.code != 354:
            data = written(data.removesuffix(b"\r\n"))
        behind, self._behind_starttls = self._behind_starttls, b""
        if not self._is_secret(data):
            super().write(data + behind)
        elif not self._written(data):
            del data
            raise SMTPServerDisconnected("Connection lost")
        self._owed += 2 if behind else 1

    def write_group(self, commands: Sequence[Command]) -> None:
        """Write commands that owe one reply each, in one segment (RFC 2920 3.1). Raises ValueError as ``written``."""
        owed, data, secret = len(commands), b"", False
        for command in commands:
            data += written(command.line, command.end)
            secret |= not command.public and self._is_secret(command.line)
        if not secret:
            self._put(data)
        elif not self._written(data):
            # No frame of the traceback shows what was to be written.
            del commands, command, data
            raise SMTPServerDisconnected("Connection lost")
        self._owed += owed

    def _put(self, data: bytes) -> None:
        """What aiosmtplib's ``write`` does, for every command."""
        transport = self.transport
        if transport is None or transport.is_closing():
            raise SMTPServerDisconnected("Connection lost")
        transport.write(data)  # type: ignore[attr-defined]

    def put_behind_starttls(self, command: Command) -> None:
        """Let the next STARTTLS have this command in its own segment, where no client may put one (RFC 3207 4.2)."""
        self._behind_starttls = written(command.line, command.end)

    def release(self) -> None:
        """One reply fewer is owed: it was not sure to come, and is not waited for any longer."""
        self._owed -= 1

    def _is_secret(self, line: bytes) -> bool:
        """Does it tell a secret? What follows the mechanism, and whatever answers a challenge (RFC 4954 4)."""
        challenged = self.last is not None and self.last.code == 334
        if not challenged and line[:5].upper() != b"AUTH ":
            return False
        self._secrets = self._secrets or redaction.Secrets()
        self._reader.discreet = True
        said = line.decode("latin-1").rstrip("\r\n")
        return self._secrets.command(said, challenged=challenged) != said

    def _written(self, data: bytes) -> bool:
        try:
            super().write(data)
        except (SMTPServerDisconnected, OSError, RuntimeError):
            return False
        return True

    def write_preamble(self, data: bytes) -> None:
        """Write what owes no reply: a PROXY header."""
        super().write(data)

    async def write_content(self, pieces: Iterable[bytes], seconds: float, deadline: float) -> bool:
        """Write the content of a message, which owes one reply (RFC 5321 4.1.1.4). Nothing else passes here.

        Gives whether all of it went out: not where the server replies or hangs up before, or takes nothing of it for
        so many seconds. ``deadline`` is a time of the event loop's clock.
        """
        self._owed += 1
        for piece in pieces:
            if self._ready or self.ended is not None:
                return False
            try:
                super().write(piece)
                with Until(min(self._loop.time() + seconds, deadline)):
                    await self._drain_helper()
                    # A fast server pauses nobody, and others want their turn too.
                    await asyncio.sleep(0)
            except (SMTPServerDisconnected, OSError):
                return False
        return True

    def hang_up(self) -> None:
        """Close the connection once all is out that was written."""
        if self.is_connected:
            cast("asyncio.Transport", self.transport).close()

    def abort(self) -> None:
        """Drop the connection without a word."""
        if self.transport is not None:
            cast("asyncio.Transport", self.transport).abort()

    # -- answers -------------------------------------------------------------------------------------------

    def partial(self) -> Reply | None:
        """What came of a reply that will not be waited for any longer."""
        cut = self._reader.end(time.monotonic_ns())
        return cut and self._discreet(cut)

    async def next_reply(self, due: float) -> Reply | FailureKind:
        """The next reply owed, or why there is none; ``due`` is a time of the event loop's clock."""
        if not self._ready and self.ended is None:
            self.due = due
            await self._wait()
        if self._ready:
            self.last = self._ready.pop(0)
            return self.last
        return self.ended or FailureKind.TIMEOUT

    async def recite(self, script: Callable[[Reply], float | None], due: float) -> None:
        """Give each reply to ``script`` at once, which says the next command and gives the time to wait until for that.

        It ends where the script gives 0.0, for nothing more to say, or None, for a reply that it does not take; where a
        reply does not come alone, since then somebody has to think; and where none comes in time.
        """
        self._script = script
        try:
            self.due = due
            if self._ready:
                self._recite(script)
            if self._script is not None and not self._ready and self.ended is None:
                await self._wait()
        finally:
            self._script = None

    def _recite(self, script: Callable[[Reply], float | None]) -> None:
        alone = len(self._ready) == 1 and not (self.unsolicited or self._reader.begun)
        if not alone or self.ended is not None:
            return
        before, self.last = self.last, self._ready.pop(0)
        due = script(self.last)
        if due:
            self.due = due
            if self._waiter is not None:
                self._clock.add(self)
            return
        if due is None:
            self._ready.append(self.last)
            self.last = before
        self._script = None
        self.over()

    async def _wait(self) -> None:
        """Until a reply comes, the connection ends, or it is time."""
        self._waiter = self._loop.create_future()
        self._clock.add(self)
        try:
            await self._waiter
        finally:
            self._clock.remove(self)
            self._waiter = None

    def over(self) -> None:
        """It is time."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def read_response(self, timeout: float | None = None) -> SMTPResponse:
        """What aiosmtplib's own commands await: the next reply in its shape."""
        reply = await self.next_reply(self._loop.time() + (10.0 if timeout is None else timeout))
        if reply is FailureKind.TIMEOUT:
            raise SMTPReadTimeoutError("no reply in time")
        if isinstance(reply, FailureKind) or broken_kind(reply):
            raise SMTPServerDisconnected("no usable reply")
        if self._granted_tls:
            # The go-ahead: from here on the event loop hands over what TLS has deciphered, and only that.
            self._reader = ReplyReader(self._reader.octets, discreet=self._reader.discreet)
            self._asked_for_tls = self._granted_tls = False
        return SMTPResponse(-1 if reply.code is None else reply.code, reply.text)

    async def start_tls(
        self, tls_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> SMTPResponse:
        """STARTTLS and the handshake; plaintext between the two is kept in ``injected``."""
        self._asked_for_tls = True
        self.lend()
        return await super().start_tls(tls_context, server_hostname=server_hostname, timeout=timeout)
