"""The name to say in EHLO: one that is safe to send, or the address literal (RFC 5321 4.1.4, 4.1.3)."""

from __future__ import annotations

import ipaddress
import socket

from smtpprobe.model import Route
from smtpprobe.names import ResolveError, Resolver
from smtpprobe.target import TargetError, check_ehlo_name


def source_address(route: Route) -> str | None:
    """The address from which a connection to this route would come; None for a UNIX socket. Sends nothing."""
    try:
        version = ipaddress.ip_address(route.address.partition("%")[0]).version
        with socket.socket(socket.AF_INET6 if version == 6 else socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect((route.address, route.port or 25))
            address: str = probe.getsockname()[0]
            return address
    except (OSError, ValueError):
        return None


def address_literal(source: str | None) -> str:
    """What to say where no name is safe; a client without an internet address is its own host."""
    if source is None:
        return "localhost"
    address = ipaddress.ip_address(source.partition("%")[0])
    return f"[IPv6:{address}]" if address.version == 6 else f"[{address}]"


async def ehlo_name(source: str | None, resolver: Resolver | None) -> str:
    """The machine's own full name if it resolves to the source address, else the address literal."""
    name = socket.gethostname()
    if source and resolver is not None and "." in name and not name.endswith((".localdomain", ".local")):
        try:
            if source in await resolver.addresses(check_ehlo_name(name), 25):
                return name
        except (ResolveError, TargetError):
            pass
    return address_literal(source)
