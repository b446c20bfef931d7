"""A Dask scheduler, or a worker of one, as a process of its own: scheduler, or worker ADDRESS FOLDER THREADS."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import distributed


async def main(role: str, *words: str) -> None:
    server: Any
    if role == "scheduler":
        make: Any = distributed.Scheduler
        server = make(host="127.0.0.1", port=0, dashboard=False)
    else:
        make = distributed.Worker
        address, folder, threads = words
        server = make(address, host="127.0.0.1", local_directory=folder, nthreads=int(threads), dashboard=False)
    async with server:
        print(server.address, flush=True)
        await server.finished()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
