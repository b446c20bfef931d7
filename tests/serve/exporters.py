"""A running exporter, and scopes that say what a test wants them to."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine, Hashable
from typing import Any

import httpx
from prometheus_client.parser import text_string_to_metric_families

from smtpprobe.expectation import Checked
from smtpprobe.outcome import Outcome
from smtpprobe.serve.keeping import Pace
from smtpprobe.serve.main import listen, serve
from smtpprobe.serve.scope import unanswered
from smtpprobe.serve.service import Scope, Service
from smtpprobe.target import TargetError, parse

GUARD = 30.0


def run(test: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(test(), GUARD))


class Scripted:
    """A scope whose probes end when ``over`` is set, and which counts them."""

    def __init__(self, *targets: str, most_at_once: int = 50, interval: float = 0.0) -> None:
        self.targets = targets or ("mx.example.org",)
        self.modules = ("ehlo", "full")
        self.hosts = frozenset({"monitor.example.org"})
        self.most_at_once = most_at_once
        self.interval = interval
        self.given: list[tuple[str, str, float]] = []
        self.over = asyncio.Event()
        self.over.set()
        self.begun = asyncio.Event()
        self.asked = 0
        self.news = asyncio.Event()

    async def asked_for(self, times: int) -> None:
        """Wait until so many requests have come in."""
        while self.asked < times:
            self.news.clear()
            await self.news.wait()

    def pace(self, target: str, module: str) -> Pace:
        self.asked += 1
        self.news.set()
        if target not in self.targets:
            raise TargetError(f"{target!r} is no target.")
        return Pace(20.0, self.interval if module == "full" else 0.0)

    def key(self, target: str, module: str) -> Hashable:
        return target, module

    async def probe(self, target: str, module: str, seconds: float) -> Checked:
        self.given.append((target, module, seconds))
        self.begun.set()
        if target != "fault.example.org":
            await self.over.wait()
            return Checked(target, parse("mx.example.org"), Outcome.ANSWERED, (), ())
        raise ZeroDivisionError("a mistake")


class Running:
    """An exporter that listens, and a client of it."""

    def __init__(self, service: Service, port: int, client: httpx.AsyncClient, stop: asyncio.Event) -> None:
        self.service, self.port, self.client, self.stop = service, port, client, stop
        self.lines: list[str] = []
        self.faults: list[str] = []

    async def get(self, path: str, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.get(path, headers=named)

    async def probe(self, target: str, module: str = "", **headers: str) -> dict[str, float]:
        """The series of a probe, by name and labels."""
        asked = httpx.QueryParams({"target": target, **({"module": module} if module else {})})
        answer = await self.get(f"/probe?{asked}", **headers)
        assert answer.status_code == 200, answer.text
        return series(answer.text)

    async def metrics(self) -> dict[str, float]:
        return series((await self.get("/metrics")).text)


def series(text: str) -> dict[str, float]:
    """``name{label="value"}`` to the value."""
    found = {}
    for family in text_string_to_metric_families(text):
        for one in family.samples:
            labels = ",".join(f'{name}="{value}"' for name, value in sorted(one.labels.items()))
            found[f"{one.name}{{{labels}}}" if labels else one.name] = one.value
    return found


@contextlib.asynccontextmanager
async def exporter(scope: Scope) -> AsyncIterator[Running]:
    stop = asyncio.Event()
    service = Service(scope)
    listener = listen("127.0.0.1", 0)
    port = listener.getsockname()[1]
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=GUARD) as client:
        it = Running(service, port, client, stop)
        serving = asyncio.ensure_future(serve(service, listener, stop, it.lines.append, it.faults.append))
        try:
            yield it
        finally:
            stop.set()
            await serving
            listener.close()


__all__ = ["GUARD", "Running", "Scripted", "exporter", "run", "series", "unanswered"]
