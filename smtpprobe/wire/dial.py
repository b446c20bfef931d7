"""What a session is given: how to connect, and lines to say. Values only."""

from __future__ import annotations

import ssl

from msgspec import Struct

from smtpprobe.model import Command


class Dial(Struct, frozen=True):
    """How to connect. Times in seconds; ``proxy`` is the PROXY header's version, ``proxy_source`` whom it names.

    ``tls_version`` is the only one offered, None for all of them.
    """

    ehlo_name: str
    timeout: float = 10.0
    greeting_timeout: float = 30.0
    source: str | None = None
    path: str | None = None
    sni: str | None = None
    ca_file: str | None = None
    client_certificate: str | None = None
    client_key: str | None = None
    proxy: int | None = None
    proxy_source: tuple[str, int] | None = None
    tls_version: ssl.TLSVersion | None = None


class Line(Struct, frozen=True):
    """A command, and who asks."""

    command: Command
    probe: str | None = None
    subject: str = ""
