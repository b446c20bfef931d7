"""Mail servers of the tests' own that a real one delivers to: each at a loopback address, each failing in its way.

Knows no mail server by name. What one of them takes is kept, so that a test can wait for it: a bounce, for example.
"""

import asyncio
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from servers.base import Routes, free_port

START_SECONDS = 10.0
#: What is answered to each verb; "greeting" comes first and "." is the end of a message. Nothing at all: it hangs up.
YES: Mapping[str, bytes] = {
    "greeting": b"220 mx.next.example ESMTP\r\n",
    "EHLO": b"250-mx.next.example\r\n250 8BITMIME\r\n",
    "MAIL": b"250 2.1.0 Ok\r\n",
    "RCPT": b"250 2.1.5 Ok\r\n",
    "DATA": b"354 Go ahead\r\n",
    ".": b"250 2.0.0 Ok: queued as 4711\r\n",
    "RSET": b"250 2.0.0 Ok\r\n",
    "QUIT": b"221 2.0.0 Bye\r\n",
}
NOT_KNOWN = b"502 5.5.1 Not known here\r\n"
NO_TLS = b"This is no TLS record\r\n"
FAREWELLS = (b"221", b"421")

Script = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that was taken."""

    recipient: str
    octets: bytes


@dataclass
class NextHops:
    """A server for each domain, which answers what its script says; a domain without a script has nobody listening."""

    scripts: Mapping[str, Script | None]
    routes: Routes
    _taken: list[Mail] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def await_mails(self, recipient: str, number: int, seconds: float) -> list[Mail]:
        """The mails for this recipient once there are as many, or what came in that time."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._mails(recipient)) >= number, seconds)
            return self._mails(recipient)

    def _mails(self, recipient: str) -> list[Mail]:
        return [mail for mail in self._taken if mail.recipient == recipient]

    async def serve(self, started: threading.Event, stop: asyncio.Event) -> None:
        """Listen at each address until told to stop."""
        hosts = self.routes.hosts
        scripts = {hosts[domain]: {**YES, **script} for domain, script in self.scripts.items() if script is not None}

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with suppress(OSError, EOFError):
                await self._talk(scripts[writer.get_extra_info("sockname")[0]], reader, writer)
            writer.close()

        server = await asyncio.start_server(talk, list(scripts), self.routes.port)
        started.set()
        async with server:
            await stop.wait()

    async def _talk(self, script: Script, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        recipient, verb = "", "greeting"
        while said := script.get(verb, NOT_KNOWN):
            writer.write(said)
            if said.startswith(FAREWELLS):
                return
            if verb == "STARTTLS" and said.startswith(b"220"):
                await reader.readexactly(1)
                writer.write(NO_TLS)
                return
            if said.startswith(b"354"):
                octets = await reader.readuntil(b"\r\n.\r\n")
                if script["."].startswith(b"2"):
                    self._take(Mail(recipient, octets.removesuffix(b".\r\n")))
                verb = "."
                continue
            line = (await reader.readuntil(b"\r\n")).decode("utf-8", "replace").strip()
            verb = line.partition(" ")[0].upper()
            if verb == "RCPT":
                recipient = line.partition("<")[2].partition(">")[0]

    def _take(self, mail: Mail) -> None:
        with self._changed:
            self._taken.append(mail)
            self._changed.notify_all()


@contextmanager
def next_hops(scripts: Mapping[str, Script | None], encrypted: frozenset[str]) -> Iterator[NextHops]:
    """These servers, in a thread of their own; no mail for one of ``encrypted`` may go without TLS."""
    hosts = {domain: f"127.0.0.{number}" for number, domain in enumerate(scripts, 11)}
    hops = NextHops(scripts, Routes(free_port(), hosts, encrypted))
    loop, started, stop = asyncio.new_event_loop(), threading.Event(), asyncio.Event()

    def run() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(hops.serve(started, stop))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        assert started.wait(START_SECONDS)
        yield hops
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
