"""Mail servers that keep a client waiting, one process at every address of 127.0.0.0/8, port 25; run with ``running``.

What a server does is told by its address: ``PROMPT`` answers, each reply ``DELAY`` late; ``TARPIT`` sends an octet a
second; ``SILENT`` never says a word. A line on standard input is answered with what came since the last, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import alone

#: The networks of the three kinds: a /16 each.
PROMPT, TARPIT, SILENT = "127.1.", "127.2.", "127.3."
DELAY = 0.1
DRIP = 1.0
_REPLIES = {
    b"EHLO": b"250-slow.example.net\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250 8BITMIME\r\n",
    b"HELP": b"214 2.0.0 Look it up\r\n",
    b"QUIT": b"221 2.0.0 Bye\r\n",
}


class Servers:
    """What all of them have seen since they were last asked."""

    def __init__(self) -> None:
        self.now = 0
        self.forget()

    def forget(self) -> None:
        self.begun = 0.0
        self.finished = 0.0
        self.connections = 0
        self.prompt = 0
        self.most = self.now

    def told(self) -> dict[str, float]:
        """``seconds`` is from the first connection to the end of the last conversation with a prompt server."""
        seconds = max(self.finished - self.begun, 0.0)
        return {"connections": self.connections, "prompt": self.prompt, "most": self.most, "seconds": seconds}


class Conversation(asyncio.Protocol):
    """One connection to one of them."""

    def __init__(self, servers: Servers) -> None:
        self._servers = servers
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        servers, self._transport = self._servers, cast(asyncio.Transport, transport)
        servers.begun = servers.begun or time.monotonic()
        servers.connections += 1
        servers.now += 1
        servers.most = max(servers.most, servers.now)
        self._address: str = transport.get_extra_info("sockname")[0]
        self._answer(b"220 slow.example.net ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        *lines, self._rest = (self._rest + data).split(b"\r\n")
        for line in lines:
            verb = line[:4].upper()
            self._answer(_REPLIES.get(verb, b"250 2.0.0 OK\r\n"), last=verb == b"QUIT")

    def connection_lost(self, error: Exception | None) -> None:
        self._servers.now -= 1

    def _answer(self, reply: bytes, *, last: bool = False) -> None:
        loop = asyncio.get_running_loop()
        if self._address.startswith(PROMPT):
            loop.call_later(DELAY, self._say, reply, last)
        elif self._address.startswith(TARPIT):
            self._drip(loop, reply)

    def _say(self, reply: bytes, last: bool) -> None:
        if not self._transport.is_closing():
            self._transport.write(reply)
            if last:
                self._transport.close()
                self._servers.prompt += 1
                self._servers.finished = time.monotonic()

    def _drip(self, loop: asyncio.AbstractEventLoop, reply: bytes) -> None:
        if reply and not self._transport.is_closing():
            self._transport.write(reply[:1])
            loop.call_later(DRIP, self._drip, loop, reply[1:])


async def serve() -> None:
    """Until standard input ends."""
    servers = Servers()
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(lambda: Conversation(servers), "0.0.0.0", 25, backlog=alone.BACKLOG)
    async with listening:
        print("{}", flush=True)
        while await loop.run_in_executor(None, sys.stdin.readline):
            print(json.dumps(servers.told()), flush=True)
            servers.forget()


class Running:
    """The process, as the benchmark sees it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._read()

    def told(self) -> dict[str, Any]:
        """``Servers.told`` of all since the last call."""
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            sys.exit("The slow servers do not run: is port 25 free?")
        told: dict[str, Any] = json.loads(line)
        return told


@contextmanager
def running() -> Iterator[Running]:
    """Started, and ended behind you."""
    command = (sys.executable, __file__)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Running(process)
        finally:
            process.terminate()


def main() -> None:
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve())


if __name__ == "__main__":
    main()
