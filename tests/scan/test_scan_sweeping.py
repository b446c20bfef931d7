"""Garbage of a scan: looked for seldom, and there is none of a conversation."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys

import pytest

from smtpprobe.fake import FakeServer
from smtpprobe.fake.library import load
from smtpprobe.scan.visit import USUAL, visit
from smtpprobe.scanning import Unit

KNOTS = """
import gc
from smtpprobe.scan.sweeping import swept_seldom

class Knot:
    left = 0
    def __init__(self):
        Knot.left += 1
        self.own = self
    def __del__(self):
        Knot.left -= 1

before = gc.get_threshold(), gc.get_freeze_count()
with swept_seldom():
    assert gc.get_freeze_count() > 1000
    kept = [Knot() for _ in range(100_000)]
    del kept
    for _ in range(12):
        passing = [[] for _ in range(1_000_000)]
    print(Knot.left)
assert (gc.get_threshold(), gc.get_freeze_count()) == before
"""


def test_what_has_grown_old_is_found_in_the_end() -> None:
    done = subprocess.run([sys.executable, "-c", KNOTS], capture_output=True, text=True, check=True)
    assert int(done.stdout) == 0


@pytest.mark.parametrize("served", [True, False], ids=["answered", "refused"])
def test_a_conversation_leaves_nothing_that_only_the_collector_would_find(served: bool) -> None:
    async def left() -> list[object]:
        async with FakeServer(load("postfix")) as server:
            unit = Unit(1, "127.0.0.1", server.port if served else 1)
            await visit(unit, USUAL, "me.example.com")
            gc.collect()
            gc.set_debug(gc.DEBUG_SAVEALL)
            try:
                await visit(unit, USUAL, "me.example.com")
                gc.collect()
                return list(gc.garbage)
            finally:
                gc.set_debug(0)
                gc.garbage.clear()

    # Not the server's, which is in this process too.
    ours = ("smtpprobe.scan", "smtpprobe.wire", "smtpprobe.run", "aiosmtplib")
    assert [one for one in asyncio.run(left()) if type(one).__module__.startswith(ours)] == []
