"""What a program gives in its settings is checked as the command line is: refused before a byte is sent."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from smtpprobe import api
from smtpprobe.fake import FakeServer, load
from smtpprobe.outcome import Profile
from smtpprobe.run import Settings
from smtpprobe.target import TargetError

#: C0, DEL, C1, changes of direction, ends of lines and paragraphs, half a character, what is not seen.
ODD = ["\0", "\r\n", "\n", "\r", "\t", "\x1b[2J", "\x7f", "\x85", "\x9b", "\u202e", "\u2066", "\u2028", "\u2029"]
ODD += ["\ud800", "\udcff", "\u200b", "\ufeff"]


@pytest.mark.parametrize("odd", ODD, ids=ascii)
@pytest.mark.parametrize(
    "given",
    [
        {"lines": ("NOOP", "NOOP {}x")},
        {"ehlo_name": "a{}.example"},
        {"ehlo_name": "[192.0.2.1{}]"},
        {"domain": "a{}.example"},
        {"sni": "a{}.example"},
        {"source": "fe80::1%{}"},
        {"source": "127.0.0.1{}"},
        {"proxy": 1, "proxy_source": ("192.0.2.1{}", 25)},
        {"ca_file": "/x{}"},
        {"client_certificate": "/x{}"},
        {"client_key": "/x{}"},
    ],
    ids=lambda given: next(iter(given)),
)
def test_what_is_no_text_is_refused(given: dict[str, Any], odd: str) -> None:
    def filled(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(filled, value))
        return value.replace("{}", odd) if isinstance(value, str) else value

    if "/x" in str(given) and odd != "\0":
        # A file may be called whatever the system lets it be called; it is opened, and never sent.
        Settings(**{name: filled(value) for name, value in given.items()})
        return
    with pytest.raises(TargetError) as caught:
        Settings(**{name: filled(value) for name, value in given.items()})
    told = str(caught.value)
    assert told.isprintable()
    assert told.endswith(".")


@pytest.mark.parametrize(
    "given",
    [
        {"lines": ("",)},
        {"lines": ("DATA",)},
        {"lines": ("x" * 511,)},
        {"lines": ("AUTH PLAIN AGEAYg==",)},
        {"ehlo_name": "192.0.2.1"},
        {"ehlo_name": "a b"},
        {"ehlo_name": ""},
        {"domain": "a..b"},
        {"domain": "x" * 300},
        {"sni": "192.0.2.1"},
        {"source": "mx.example"},
        {"proxy_source": ("192.0.2.1", 0)},
        {"proxy_source": ("192.0.2.1", 70_000)},
        {"timeout": float("nan")},
        {"deadline": -1.0},
    ],
    ids=str,
)
def test_what_means_nothing_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(TargetError):
        Settings(**given)


def test_names_beyond_ascii_become_a_labels() -> None:
    made = Settings(ehlo_name="Müller.example", domain="Müller.example.", sni="MÜLLER.example")
    assert {made.ehlo_name, made.domain, made.sni} == {"xn--mller-kva.example"}


@pytest.mark.parametrize("text", ["{}", "127.0.0.1{}:25", "a{}.example", "unix:/x{}", "smtp://a{}"])
@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_no_byte_is_sent_to_a_target_that_is_none(text: str, odd: str) -> None:
    async def connections() -> int:
        async with FakeServer(load("demo")) as server:
            with pytest.raises(TargetError):
                await api.probe(text.replace("{}", f"{server.host}{odd}:{server.port}"))
            return server.connections

    assert asyncio.run(connections()) == 0


def test_no_byte_is_sent_with_settings_that_are_none() -> None:
    async def heard() -> list[bytes]:
        async with FakeServer(load("demo")) as server:
            with pytest.raises(TargetError):
                await api.probe(f"{server.host}:{server.port}", Settings(lines=("NOOP\r\nVRFY x",)))
            await api.probe(f"{server.host}:{server.port}", Settings(lines=("NOOP x",), profile=Profile.EHLO))
            return [line for _, line in server.log]

    assert not [line for line in asyncio.run(heard()) if b"VRFY x" in line]
