"""The web server around the application: listens, and ends in good order when it is told to."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Generator
from typing import Any

from uvicorn import Config, Server
from uvicorn.protocols.http.h11_impl import H11Protocol

from smtpprobe.serve.app import Log, application
from smtpprobe.serve.service import Service

#: The default address. Prometheus keeps a list of its exporters' ports; this one is not in it as far as we know.
HOST, PORT = "127.0.0.1", 9725
_LARGEST_HEAD = 16 * 1024
_MOST_CONNECTIONS = 2000
_BACKLOG = 2048
#: How long a client may take to say what it wants.
_HEAD_SECONDS = 10.0
_IDLE_SECONDS = 75
_END_SECONDS = 1


class _Protocol(H11Protocol):
    """Does not wait for ever for a request that does not come."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.loop.call_later(_HEAD_SECONDS, self._hurry, transport)

    def _hurry(self, transport: asyncio.Transport) -> None:
        if not self._asked:
            transport.close()

    @property
    def _asked(self) -> bool:
        # Typed as if there were always one.
        return bool(self.cycle)


class _Server(Server):
    """Leaves the signals to whoever runs it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections at a literal address. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=_BACKLOG)


async def serve(
    service: Service, listener: socket.socket, stop: asyncio.Event, log: Log | None = None, fault: Log | None = None
) -> None:
    """Answer requests until ``stop`` is set. Probes that run then are ended, and who waits for one is told so."""
    options: dict[str, Any] = {"lifespan": "off", "log_config": None, "log_level": "critical", "access_log": False}
    config = Config(
        application(service, log, fault),
        http=_Protocol,
        ws="none",
        server_header=False,
        backlog=_BACKLOG,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_keep_alive=_IDLE_SECONDS,
        timeout_graceful_shutdown=_END_SECONDS,
        h11_max_incomplete_event_size=_LARGEST_HEAD,
        **options,
    )
    server = _Server(config)
    serving = asyncio.ensure_future(server.serve([listener]))
    stopped = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait((serving, stopped), return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        await service.keeper.close()
        await serving
    finally:
        stopped.cancel()
        serving.cancel()
