"""The system's own lookup, which serves the names that a user types where no nameserver was given."""

from __future__ import annotations

import asyncio
import socket
import threading

import pytest

from smtpprobe.names import Family, ResolveError, Resolver
from smtpprobe.outcome import FailureKind

Found = list[tuple[int, int, int, str, tuple[str, int]]]


def system_says(monkeypatch: pytest.MonkeyPatch, answer: Found | Exception) -> None:
    def getaddrinfo(*args: object, **kwargs: object) -> Found:
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def found(*addresses: str) -> Found:
    return [(0, socket.SOCK_STREAM, 6, "", (address, 25)) for address in addresses]


def failure_kind(host: str = "mail.example.com", family: Family = "any") -> tuple[FailureKind, str]:
    with pytest.raises(ResolveError) as caught:
        asyncio.run(Resolver().addresses(host, 25, family))
    return caught.value.failure.kind, caught.value.failure.detail


def test_localhost_needs_no_dns() -> None:
    assert "127.0.0.1" in asyncio.run(Resolver().addresses("localhost", 25, "4"))


def test_the_system_decides_which_family_is_first_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    system_says(monkeypatch, found("192.0.2.9", "2001:db8::9", "192.0.2.1", "2001:db8::1", "192.0.2.9"))
    addresses = asyncio.run(Resolver().addresses("mail.example.com", 25))
    assert addresses == ("192.0.2.1", "192.0.2.9", "2001:db8::1", "2001:db8::9")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (socket.gaierror(socket.EAI_NONAME, "unknown"), FailureKind.NO_SUCH_NAME),
        (socket.gaierror(socket.EAI_AGAIN, "try again"), FailureKind.DNS),
        (socket.gaierror(socket.EAI_FAIL, "for good"), FailureKind.DNS),
        (OSError(24, "too many open files"), FailureKind.DNS),
        (UnicodeError("label too long"), FailureKind.DNS),
    ],
)
def test_what_the_system_says_becomes_a_failure(
    monkeypatch: pytest.MonkeyPatch, error: Exception, kind: FailureKind
) -> None:
    system_says(monkeypatch, error)
    assert failure_kind()[0] is kind


@pytest.mark.skipif(not hasattr(socket, "EAI_NODATA"), reason="this system has no word for it")
def test_a_name_without_an_address_of_the_family_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    system_says(monkeypatch, socket.gaierror(socket.EAI_NODATA, "no data"))
    kind, detail = failure_kind(family="6")
    assert kind is FailureKind.NO_ADDRESS
    assert "IPv6" in detail


def test_a_lookup_that_hangs_ends_with_the_lifetime(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: released.wait())

    async def held() -> FailureKind:
        try:
            with pytest.raises(ResolveError) as caught:
                await Resolver(lifetime=0.05).addresses("mail.example.com", 25)
        finally:
            released.set()
        return caught.value.failure.kind

    assert asyncio.run(held()) is FailureKind.DNS
