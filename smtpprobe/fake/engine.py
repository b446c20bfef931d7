"""aiosmtpd's protocol with its mouth replaced: it reads lines and starts TLS; a Dialogue does the talking."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any, AnyStr, Protocol

from aiosmtpd.smtp import SMTP, TLSSetupException

from smtpprobe.fake.answer import Answer, Then
from smtpprobe.fake.dialogue import Dialogue
from smtpprobe.fake.mailbag import LONGEST, Message
from smtpprobe.fake.personality import Personality

_GO_AHEADS = ("220 Ready to start TLS", "354 End data")
_LINE_TOO_LONG = "500 Command line too long"
_EMPTY_LINE = "500 Error: bad syntax"
_HANDSHAKE_FAILURE = bytes.fromhex("15 0303 0002 02 28")
"""A TLS alert record: fatal, handshake_failure (RFC 8446 6)."""
_PIECE = 65536


class Desk(Protocol):
    """What a connection asks of, and tells, the server that it belongs to."""

    personality: Personality

    @property
    def crowded(self) -> bool:
        """Are more connections open than the personality bears?"""

    def count(self) -> int:
        """The number of a new connection."""

    def opened(self, connection: Engine, task: asyncio.Task[None]) -> None:
        """A connection is there, and this task serves it."""

    def lost(self, connection: Engine) -> None:
        """A connection is gone."""

    def heard(self, connection: int, line: bytes) -> None:
        """A client said this."""

    def took(self, message: Message) -> None:
        """A message was taken."""


class LineReader(asyncio.StreamReader):
    """A StreamReader that remembers the last line as it came."""

    _buffer: bytearray
    line = b""
    bare_cr = False
    """Does a CR end a line by itself?"""
    bare_lf = True
    """Does a LF?"""

    async def readuntil(self, separator: Any = b"\n") -> bytes:
        if not self.bare_lf:
            separator = b"\r\n"
        self.line = await super().readuntil(await self._first_end() if self.bare_cr else separator)
        if self.line.endswith(b"\r") and self._buffer.startswith(b"\n"):
            del self._buffer[:1]
        return self.line

    async def _first_end(self) -> bytes:
        """The line end that comes first, once one is there, or the input is too long or over."""
        while True:
            ends = [end for end in (b"\r", b"\n") if end in self._buffer]
            if ends:
                return min(ends, key=self._buffer.index)
            if self._eof or len(self._buffer) > self._limit:  # type: ignore[attr-defined]
                return b"\n"
            await self._wait_for_data("readuntil")  # type: ignore[attr-defined]

    @property
    def pending(self) -> bool:
        """Has more input arrived already?"""
        return bool(self._buffer)

    @property
    def unread(self) -> bytes:
        """What has arrived and was not read yet."""
        return bytes(self._buffer)

    def flush(self) -> None:
        """Throw away what has arrived."""
        self._buffer.clear()


class EveryVerb(dict[str, Callable[[str | None], Awaitable[None]]]):
    """aiosmtpd's table of commands, with one answer for all of them."""

    def __init__(self, method: Callable[[str | None], Awaitable[None]]) -> None:
        super().__init__()
        self._method = method

    def get(self, verb: str, default: Any = None) -> Callable[[str | None], Awaitable[None]]:
        return self._method


class Engine(SMTP):
    """One connection of a fake server."""

    def __init__(self, server: Desk, context: ssl.SSLContext) -> None:
        self._server = server
        self._personality = server.personality
        limit = self._personality.line_limit
        self.line_length_limit = limit
        loop = asyncio.get_running_loop()
        super().__init__(
            None, hostname=self._personality.hostname, tls_context=context, enable_SMTPUTF8=True, loop=loop
        )
        self.command_size_limit = limit
        self.command_size_limits = defaultdict(lambda: limit)
        self._lines = LineReader(limit=limit, loop=loop)
        self._lines.bare_cr = self._personality.manners.bare_cr_ends_line
        self._lines.bare_lf = self._personality.manners.bare_lf_ends_line
        # The same protocol once more, over a reader that remembers its last line.
        asyncio.StreamReaderProtocol.__init__(self, self._lines, self._cb_client_connected, loop=loop)
        self._smtp_methods = EveryVerb(self._command)
        self._dialogue: Dialogue | None = None
        self._number = 0
        self._greeted = False
        self._content = b""
        self._size = 0

    # The life of the connection

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        first = self._dialogue is None
        super().connection_made(transport)
        assert self.session is not None
        if not first:
            self._talk.secure()
            return
        encrypted = transport.get_extra_info("ssl_object") is not None
        if encrypted:
            # aiosmtpd goes by this in eof_received; it fills it in for STARTTLS only.
            self.session.ssl = {}
        peer = transport.get_extra_info("peername")
        self._dialogue = Dialogue(self._personality, str(peer[0]) if isinstance(peer, tuple) else "local", encrypted)
        assert self._handler_coroutine is not None
        self._number = self._server.count()
        self._server.opened(self, self._handler_coroutine)

    def eof_received(self) -> bool | None:
        # Inside implicit TLS the client may leave before connection_made.
        return super().eof_received() if self.session is not None else False

    def connection_lost(self, error: Exception | None) -> None:
        if self.session is not None:
            super().connection_lost(error)
        self._server.lost(self)

    def abort(self) -> None:
        """Drop the connection now."""
        transport = self._original_transport or self.transport
        if isinstance(transport, asyncio.WriteTransport):
            transport.abort()
        if self._timeout_handle is not None:
            self._timeout_handle.cancel()
        if self._handler_coroutine is not None:
            self._handler_coroutine.cancel()

    @property
    def _talk(self) -> Dialogue:
        assert self._dialogue is not None
        return self._dialogue

    # What aiosmtpd would say, and what is said instead

    async def push(self, status: AnyStr) -> None:
        """aiosmtpd's own words never reach the wire: each marks a moment at which the personality speaks."""
        words = status if isinstance(status, str) else status.decode("ascii", "replace")
        if not self._greeted:
            self._greeted = True
            await self._greet()
        elif not words or words.startswith(_GO_AHEADS):
            return
        elif words == _LINE_TOO_LONG:
            self._server.heard(self._number, self._lines.line)
            await self._carry_out(self._talk.overlong())
        elif words == _EMPTY_LINE:
            await self._command(None)
        else:
            await self._carry_out(self._talk.received(int(words[:3])))

    async def handle_exception(self, error: Exception) -> str:
        """A TLS handshake that failed or a client that left gets no reply; anything else is a fault of ours."""
        if not isinstance(error, TLSSetupException | OSError | EOFError):
            self.loop.call_exception_handler({"message": "fault in the fake server", "exception": error})
        self.abort()
        return ""

    async def _greet(self) -> None:
        try:
            await self._say_greeting()
        except asyncio.CancelledError:
            # The client left before it was greeted; from here on aiosmtpd itself would close.
            self.abort()
            raise

    async def _say_greeting(self) -> None:
        await asyncio.sleep(self._personality.manners.greeting_delay)
        await self._carry_out(self._talk.greet(self._server.crowded, self._lines.pending))

    async def _command(self, _: str | None) -> None:
        line = self._lines.line.rstrip(b"\r\n")
        self._server.heard(self._number, line)
        self._reset_timeout()
        await self._carry_out(self._talk.answer(line, self._lines.pending))

    def _set_post_data_state(self) -> None:
        """aiosmtpd drops a message before it says so."""
        content = self.envelope.content if self.envelope is not None else None
        if isinstance(content, bytes):
            self._keep(content)
        super()._set_post_data_state()  # type: ignore[no-untyped-call]

    def _keep(self, content: bytes) -> None:
        """Add to the message that is coming in, as far as there is room."""
        self._content += content[: LONGEST - len(self._content)]
        self._size += len(content)

    def _take(self, answer: Answer) -> None:
        """What came in belongs to this envelope; what belongs to none is forgotten."""
        if answer.takes is not None:
            encrypted = self.session is not None and self.session.ssl is not None
            it = answer.takes
            self._server.took(Message(self._number, it.sender, it.recipients, self._content, self._size, encrypted))
        if not self._talk.in_mail:
            self._content, self._size = b"", 0

    async def _carry_out(self, answer: Answer) -> None:
        manners = self._personality.manners
        await self._swallow(answer.chunk)
        self._take(answer)
        if manners.delay:
            await asyncio.sleep(manners.delay)
        if answer.octets:
            self._writer.write(answer.octets)
            await self._writer.drain()
        if manners.flush_input:
            self._lines.flush()
        match answer.then:
            case Then.CLOSE:
                self._hang_up()
            case Then.RESET:
                self._reset()
            case Then.HANDSHAKE:
                unread = self._lines.unread if manners.starttls_keeps_input else b""
                await self.smtp_STARTTLS("")
                if self.session is None or self.session.ssl is None:
                    self._hang_up()
                elif unread:
                    self._lines.feed_data(unread)
            case Then.BREAK_HANDSHAKE:
                await self._lines.read(_PIECE)
                self._writer.write(_HANDSHAKE_FAILURE)
                self._hang_up()
            case Then.MESSAGE:
                assert self.session is not None
                assert self.envelope is not None
                # What aiosmtpd wants to see before it reads a message; the Dialogue has judged the order already.
                self.session.host_name = self.session.host_name or "client"
                self.envelope.rcpt_tos = ["anybody"]
                await self.smtp_DATA("")

    async def _swallow(self, octets: int) -> None:
        """Read the octets of a BDAT."""
        while octets and (piece := await self._lines.read(min(octets, _PIECE))):
            octets -= len(piece)
            self._keep(piece)

    def _hang_up(self) -> None:
        assert self._handler_coroutine is not None
        self._handler_coroutine.cancel()
        if self.transport is not None:
            self.transport.close()

    def _reset(self) -> None:
        transport = self._original_transport or self.transport
        assert transport is not None
        with contextlib.suppress(OSError, AttributeError):
            # RFC 9293 3.10.5: a close that lingers for no time is a reset.
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.abort()
