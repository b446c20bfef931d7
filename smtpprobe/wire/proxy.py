"""The PROXY protocol's header, versions 1 and 2: values in, bytes out (haproxy proxy-protocol.txt)."""

from __future__ import annotations

import ipaddress
import struct

_SIGNATURE = b"\r\n\r\n\0\r\nQUIT\n"
_VERSION_2_LOCAL, _VERSION_2_PROXY = 0x20, 0x21
_TCP = {4: 0x11, 6: 0x21}


def header(version: int, source: tuple[str, int], destination: tuple[str, int]) -> bytes:
    """What a proxy says before the first byte of the client. Addresses are literals of one family, else ValueError."""
    # A scope (fe80::1%eth0) means nothing on another machine.
    here, there = [ipaddress.ip_address(one[0].partition("%")[0]) for one in (source, destination)]
    if here.version != there.version:
        raise ValueError("a PROXY header needs two addresses of the same family")
    if version == 1:
        return f"PROXY TCP{here.version} {here} {there} {source[1]} {destination[1]}\r\n".encode()
    body = here.packed + there.packed + struct.pack("!HH", source[1], destination[1])
    return _SIGNATURE + struct.pack("!BBH", _VERSION_2_PROXY, _TCP[here.version], len(body)) + body


def unknown(version: int) -> bytes:
    """What a proxy says of a client that has no internet address, such as one on a UNIX socket."""
    if version == 1:
        return b"PROXY UNKNOWN\r\n"
    return _SIGNATURE + struct.pack("!BBH", _VERSION_2_LOCAL, 0, 0)
