"""Fake mail servers that start with a test and end with it. Nothing is expected of anybody here."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    ExitStack,
    asynccontextmanager,
    contextmanager,
)
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self, TypeVar

from msgspec.structs import replace

from smtpprobe.fake import FakeServer, Message, Personality, load, replying
from smtpprobe.fake.certificates import authority_pem, client_context, server_context
from smtpprobe.fake.replying import Reply

__all__ = ["Fake", "Fakes", "Message", "fake_server"]

T = TypeVar("T")

_WELCOMING = "accepting"
_HERE = ("localhost", "127.0.0.1", "::1")


class Fake:
    """A fake server that runs. All of it may be used from any thread."""

    def __init__(self, server: FakeServer, ca_file: Path) -> None:
        self._server = server
        #: The name of a PEM file with the authority of its certificate. It lasts as long as the server.
        self.ca_file = str(ca_file)

    def __repr__(self) -> str:
        return f"<fake mail server at {self.target}>"

    @property
    def host(self) -> str:
        """The address that it listens on."""
        return self._server.host

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return self._server.port

    @property
    def address(self) -> str:
        """Both: ``127.0.0.1:2525``, ``[::1]:2525``."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def target(self) -> str:
        """The same as it is named on the command line, with its scheme where that is needed: ``smtps://127.0.0.1:465``."""
        it = self._server.personality
        return f"{'lmtp://' if it.lmtp else 'smtps://' if it.implicit_tls else ''}{self.address}"

    @property
    def connections(self) -> int:
        """How many connections it has taken so far."""
        return self._server.connections

    @property
    def log(self) -> tuple[tuple[int, bytes], ...]:
        """The lines that it heard, each with the number of its connection; the first 10,000 of them."""
        return tuple(self._server.log)

    @property
    def lines(self) -> tuple[str, ...]:
        """The same as text, without the numbers. What a message holds is not among them."""
        return tuple([line.decode("utf-8", "backslashreplace") for _, line in self.log])

    @property
    def messages(self) -> tuple[Message, ...]:
        """The messages that it took: the last 100 of them, or what 16 MiB hold."""
        return self._server.messages

    def client_context(self) -> ssl.SSLContext:
        """A client's context that trusts this server, and nobody else."""
        return client_context()

    def answer(self, replies: Mapping[str, Reply] | None = None, **spoken: Reply) -> None:
        """Set further replies, for the connections to come. What is set later wins. Raises PersonalityError."""
        self._server.personality = replying(self._server.personality, _named(replies, spoken))


class Starting(AbstractContextManager[Fake], AbstractAsyncContextManager[Fake]):
    """A fake server about to start: with ``async with`` in this loop, with ``with`` in a thread of its own."""

    def __init__(self, server: FakeServer) -> None:
        self._running = _running(server)
        self._thread = _in_a_thread(self._running)

    async def __aenter__(self) -> Fake:
        return await self._running.__aenter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._running.__aexit__(kind, error, traceback)

    def __enter__(self) -> Fake:
        return self._thread.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._thread.__exit__(kind, error, traceback)


def fake_server(
    personality: str | Path | Personality = _WELCOMING,
    *,
    replies: Mapping[str, Reply] | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
    implicit_tls: bool | None = None,
    users: Mapping[str, str] | None = None,
    **spoken: Reply,
) -> Starting:
    """A fake mail server: ``with fake_server("postfix", RCPT="504 5.5.4 no") as server:``, or the same ``async``.

    ``personality`` is a name, a TOML file or a value (docs/personalities.md); the usual one takes all mail.
    ``spoken`` sets single replies by their verb, ``replies`` also those whose key is no name of Python's
    (``{"RCPT TO:<ann@example.org>": "550 5.1.1 no"}``). ``users`` are those who can log in, with their passwords.
    ``implicit_tls`` begins with TLS, or does not, whatever the personality does. The certificate is for the
    personality's host name and for ``localhost``, 127.0.0.1 and ::1, if it is a good one. Raises PersonalityError here,
    and OSError at the start where it cannot listen.
    """
    chosen = personality if isinstance(personality, Personality) else load(str(personality))
    chosen = replying(chosen, _named(replies, spoken))
    if implicit_tls is not None:
        chosen = replace(chosen, implicit_tls=implicit_tls)
    if users is not None:
        chosen = replace(chosen, auth=replace(chosen.auth, users=dict(users)))
    also = _HERE if chosen.certificate != "other-name" else ()
    return Starting(FakeServer(chosen, host, port, server_context(chosen.hostname, chosen.certificate, also)))


class Fakes:
    """Starts fake servers, each in a thread of its own, and ends them together. Takes what ``fake_server`` takes."""

    def __init__(self) -> None:
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, traceback)

    def __call__(self, personality: str | Path | Personality = _WELCOMING, **given: Any) -> Fake:
        return self._stack.enter_context(fake_server(personality, **given))


def _named(replies: Mapping[str, Reply] | None, spoken: Mapping[str, Reply]) -> dict[str, Reply]:
    """All the replies by their keys. A name in small letters is a slip, not a verb."""
    for name in spoken:
        if name != name.upper():
            raise TypeError(f"{name} is no argument of a fake server: replies are named in upper case, as in RCPT=…")
    return {**(replies or {}), **spoken}


@contextmanager
def _authority() -> Iterator[Path]:
    with TemporaryDirectory(prefix="smtpprobe-") as folder:
        path = Path(folder, "ca.pem")
        path.write_text(authority_pem())
        yield path


@asynccontextmanager
async def _running(server: FakeServer) -> AsyncIterator[Fake]:
    with _authority() as ca_file:
        async with server:
            yield Fake(server, ca_file)


@contextmanager
def _in_a_thread(context: AbstractAsyncContextManager[T]) -> Iterator[T]:
    """Enter the context in a loop of its own, which runs in a thread until this one is left."""
    entered: Future[tuple[T, partial[Any]]] = Future()

    async def stay() -> None:
        async with context as value:
            left = asyncio.Event()
            entered.set_result((value, partial(asyncio.get_running_loop().call_soon_threadsafe, left.set)))
            await left.wait()

    with ThreadPoolExecutor(1, "smtpprobe-fake") as pool:
        whole = pool.submit(lambda: asyncio.run(stay()))
        either: list[Future[Any]] = [entered, whole]
        wait(either, return_when=FIRST_COMPLETED)
        if not entered.done():
            whole.result()
        value, leave = entered.result()
        try:
            yield value
        finally:
            leave()
            whole.result()
