"""Conditions in reports of whole runs, TLS included: named where a server has one, and never where it has none."""

from __future__ import annotations

import asyncio

import pytest

from smtpprobe.api import probe
from smtpprobe.fake import FakeServer, load
from smtpprobe.outcome import Cause
from smtpprobe.run import Settings
from smtpprobe.trace.conditions import Condition, conditions


def heard(personality: str) -> tuple[Condition, ...]:
    async def hold() -> tuple[Condition, ...]:
        async with FakeServer(load(personality)) as server:
            return conditions(await probe(f"127.0.0.1:{server.port}", Settings(ehlo_name="client.example.org")))

    return asyncio.run(hold())


def test_a_server_that_greylists() -> None:
    (condition,) = heard("greylisting")
    assert (condition.cause, condition.hint_seconds) == (Cause.GREYLISTED, 300)


def test_a_server_that_limits_the_rate() -> None:
    assert [condition.cause for condition in heard("rate-limited")] == [Cause.RATE_LIMIT]


@pytest.mark.parametrize("personality", ["postfix", "exim", "exchange", "gmail", "insecure"])
def test_servers_that_take_mail(personality: str) -> None:
    assert heard(personality) == ()
