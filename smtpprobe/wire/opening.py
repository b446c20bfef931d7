"""A connection to one address, and what a proxy would say first on it."""

from __future__ import annotations

import asyncio

from smtpprobe.model import Route
from smtpprobe.wire import proxy
from smtpprobe.wire.dial import Dial


async def transport_to(route: Route, dial: Dial, protocol: asyncio.Protocol) -> asyncio.Transport:
    """Connect, as long as that takes. Raises OSError."""
    loop = asyncio.get_running_loop()
    if dial.path is not None:
        transport, _ = await loop.create_unix_connection(lambda: protocol, dial.path)
    else:
        local = (dial.source, 0) if dial.source else None
        transport, _ = await loop.create_connection(lambda: protocol, route.address, route.port, local_addr=local)
    return transport


def preamble(route: Route, dial: Dial, transport: asyncio.Transport) -> bytes:
    """The PROXY header for this connection. Raises ValueError for two addresses of different families."""
    here = dial.path is None and (dial.proxy_source or transport.get_extra_info("sockname"))
    version = dial.proxy or 1
    return proxy.header(version, here[:2], (route.address, route.port)) if here else proxy.unknown(version)


def local_address(transport: asyncio.BaseTransport | None) -> str | None:
    """Where a connection comes from; None for a UNIX socket, and where there is none."""
    name = transport.get_extra_info("sockname") if transport is not None else None
    return name[0] if isinstance(name, tuple) else None
