"""The name that EHLO carries."""

from __future__ import annotations

import asyncio
import socket
from typing import Any, cast

import pytest

from smtpprobe.model import Route
from smtpprobe.names import ResolveError, Resolver
from smtpprobe.outcome import FailureKind
from smtpprobe.run.own_name import ehlo_name, source_address


class Names:
    """A resolver that knows one thing."""

    def __init__(self, addresses: list[str] | None) -> None:
        self._addresses = addresses

    async def addresses(self, name: str, port: int) -> list[str]:
        if self._addresses is None:
            raise ResolveError(FailureKind.DNS, "no answer")
        return self._addresses


def name(source: str | None, addresses: list[str] | Any | None = ()) -> str:
    resolver = None if addresses == () else cast(Resolver, Names(addresses))
    return asyncio.run(ehlo_name(source, resolver))


@pytest.mark.parametrize(
    ("hostname", "addresses", "said"),
    [
        ("mail.example.org", ["192.0.2.9", "192.0.2.1"], "mail.example.org"),
        ("mail.example.org", ["192.0.2.9"], "[192.0.2.1]"),
        ("mail.example.org", [], "[192.0.2.1]"),
        ("mail.example.org", None, "[192.0.2.1]"),
        ("mail.example.org", (), "[192.0.2.1]"),
        ("mail", ["192.0.2.1"], "[192.0.2.1]"),
        ("box.localdomain", ["192.0.2.1"], "[192.0.2.1]"),
        ("box.local", ["192.0.2.1"], "[192.0.2.1]"),
        ("mail.example.org\r\nQUIT", ["192.0.2.1"], "[192.0.2.1]"),
        ("mail_1.example.org x", ["192.0.2.1"], "[192.0.2.1]"),
    ],
)
def test_the_machines_name_or_the_address_literal(
    hostname: str, addresses: Any, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: hostname)
    assert name("192.0.2.1", addresses) == said


def test_address_literals() -> None:
    assert name("2001:db8::1") == "[IPv6:2001:db8::1]"
    assert name("fe80::1%eth0") == "[IPv6:fe80::1]"
    assert name("198.51.100.7") == "[198.51.100.7]"
    assert name(None) == "localhost"


def test_the_source_address() -> None:
    assert source_address(Route("x", "127.0.0.1", 25)) == "127.0.0.1"
    assert source_address(Route("x", "::1", 25)) == "::1"
    assert source_address(Route("", "", 0)) is None
    assert source_address(Route("x", "no address", 25)) is None
