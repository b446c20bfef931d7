"""Runs smtpprobe with a heart that beats in its event loop, and tells how long it stood still at most.

``python heartbeat.py FILE ARGUMENT…`` is ``smtpprobe ARGUMENT…``; the longest pause is written to FILE, in seconds.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

#: Seconds from one beat to the next.
BEAT = 0.01


async def _beat(pauses: list[float]) -> None:
    loop = asyncio.get_running_loop()
    before = loop.time()
    while True:
        await asyncio.sleep(BEAT)
        now = loop.time()
        pauses[0] = max(pauses[0], now - before - BEAT)
        before = now


def listen(pauses: list[float]) -> None:
    """Whatever is run on a loop from now on has a heart beside it."""
    run = asyncio.Runner.run

    async def with_a_heart(work: Coroutine[Any, Any, Any]) -> Any:
        heart = asyncio.get_running_loop().create_task(_beat(pauses))
        try:
            return await work
        finally:
            heart.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await heart

    def run_with_a_heart(self: asyncio.Runner, work: Coroutine[Any, Any, Any], **more: Any) -> Any:
        return run(self, with_a_heart(work), **more)

    asyncio.Runner.run = run_with_a_heart  # type: ignore[assignment, method-assign]


def main() -> None:
    written = Path(sys.argv.pop(1))
    pauses = [0.0]
    listen(pauses)
    from smtpprobe.cli.start import main as smtpprobe

    try:
        smtpprobe()
    finally:
        written.write_text(str(pauses[0]))


if __name__ == "__main__":
    main()
