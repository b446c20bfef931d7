"""The system's own lookup (getaddrinfo), so that /etc/hosts and search domains count. Asks no DNS server itself."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from smtpprobe.names.errors import ResolveError
from smtpprobe.names.families import WORDS, Family, no_address
from smtpprobe.outcome import FailureKind

T = TypeVar("T")
_FAMILIES = {"any": socket.AF_UNSPEC, "4": socket.AF_INET, "6": socket.AF_INET6}


async def system_addresses(text: str, port: int, family: Family, lifetime: float) -> list[str]:
    """The addresses of a host in the system's order, duplicates among them. Raises ResolveError."""
    lookup = _in_a_daemon_thread(
        partial(socket.getaddrinfo, text, port, _FAMILIES[family], socket.SOCK_STREAM, socket.IPPROTO_TCP)
    )
    try:
        async with asyncio.timeout(lifetime):
            found = await lookup
    except socket.gaierror as error:
        raise _gai_failure(error, text, family) from None
    except TimeoutError:
        detail = f"the system's lookup of {text} took longer than {lifetime:g} s"
        raise ResolveError(FailureKind.DNS, detail) from None
    except (OSError, ValueError) as error:
        raise ResolveError(FailureKind.DNS, f"the system could not look up {text}: {error}") from None
    return [str(entry[4][0]) for entry in found]


async def _in_a_daemon_thread(work: Callable[[], T]) -> T:
    """A lookup that hangs in the C library cannot be ended, and an executor's thread would outlast the program."""
    loop = asyncio.get_running_loop()
    given: asyncio.Future[T] = loop.create_future()

    def settle(set_it: Callable[[Any], None], value: Any) -> None:
        if not given.done():
            set_it(value)

    def do() -> None:
        try:
            outcome: tuple[Any, Any] = given.set_result, work()
        except Exception as error:
            outcome = given.set_exception, error
        with contextlib.suppress(RuntimeError):  # The loop is closed: nobody waits any more.
            loop.call_soon_threadsafe(settle, *outcome)

    threading.Thread(target=do, daemon=True).start()
    return await given


def _gai_failure(error: socket.gaierror, text: str, family: Family) -> ResolveError:
    """The system tells "no such name" from "no such record" on some platforms only."""
    if error.errno in {getattr(socket, name, None) for name in ("EAI_NODATA", "EAI_ADDRFAMILY")}:
        return no_address(text, family)
    if error.errno == socket.EAI_NONAME:
        return ResolveError(FailureKind.NO_SUCH_NAME, f"the system knows no {WORDS[family]} for {text}")
    return ResolveError(FailureKind.DNS, f"the system could not look up {text}: {error.strerror}")
