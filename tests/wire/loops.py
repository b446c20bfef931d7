"""What the tests of the wire share: both event loops, an authority, and an eye on what asyncio logs."""

from __future__ import annotations

import asyncio
import gc
import logging
import ssl
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import trustme

Run = Callable[[Coroutine[Any, Any, Any]], Any]


def _new_loop(name: str) -> asyncio.AbstractEventLoop:
    if name == "uvloop":
        loop: asyncio.AbstractEventLoop = pytest.importorskip("uvloop").new_event_loop()
        return loop
    return asyncio.new_event_loop()


@pytest.fixture(scope="module", autouse=True)
def swept() -> None:
    """What the tests of other rooms left behind is not to be found by these."""
    gc.collect()


@pytest.fixture(params=["asyncio", "uvloop"])
def run(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[Run]:
    """Run a coroutine on the loop of this round. Nothing may be left behind: no log line of asyncio's, no transport."""

    def go(work: Coroutine[Any, Any, Any]) -> Any:
        with asyncio.Runner(loop_factory=lambda: _new_loop(request.param)) as runner:
            return runner.run(asyncio.wait_for(work, 20))

    with caplog.at_level(logging.WARNING, logger="asyncio"):
        yield go
        gc.collect()
    assert [record.getMessage() for record in caplog.records if record.name == "asyncio"] == []


class Authority(NamedTuple):
    """A certificate authority that the tests trust by its file, and a server context with a certificate of its own."""

    ca: trustme.CA
    ca_file: str
    context: ssl.SSLContext


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    ca = trustme.CA()
    path: Path = tmp_path_factory.mktemp("ca") / "ca.pem"
    ca.cert_pem.write_to_path(str(path))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("mx.example").configure_cert(context)
    return Authority(ca, str(path), context)
