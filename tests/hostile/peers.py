"""Python's smtplib or aiosmtplib's own client at a hostile server, in a process with limits of its own.

Run by comparing.py: ``peers.py CLIENT HOST PORT SECONDS [login]``. Tells each step in a line of JSON when
it begins and when it is over, so that whoever reads knows where it hung.
"""

from __future__ import annotations

import asyncio
import json
import resource
import smtplib
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

import aiosmtplib

MOST_MEMORY = 400 * 1024 * 1024
NAME = "client.example.org"
#: Whose certificate is asked for.
HOST = "mx.example"
USER, SECRET = "canary", "canary-secret-of-the-tests"

Reply = tuple[int, str]


def tell(**facts: Any) -> None:
    print(json.dumps(facts), flush=True)


class Diary:
    """What each step brought. ``documented`` are the exceptions that the client announces."""

    def __init__(self, documented: tuple[type[BaseException], ...]) -> None:
        self.documented = documented
        self.over = False

    def begin(self, verb: str) -> float:
        tell(begin=verb)
        return time.monotonic()

    def end(self, verb: str, begun: float, reply: Reply | None) -> None:
        code, text = reply if reply is not None else (None, "")
        tell(end=verb, seconds=time.monotonic() - begun, code=code, text=text[:100_000])

    def fail(self, verb: str, begun: float, error: BaseException) -> None:
        self.over = True
        code = getattr(error, "smtp_code", getattr(error, "code", None))
        tell(
            end=verb,
            seconds=time.monotonic() - begun,
            code=code if isinstance(code, int) else None,
            text=str(getattr(error, "smtp_error", error))[:1000],
            error=type(error).__name__,
            documented=isinstance(error, self.documented),
        )


def with_smtplib(host: str, port: int, seconds: float, login: bool) -> None:
    diary = Diary((smtplib.SMTPException, OSError))
    client = smtplib.SMTP(local_hostname=NAME, timeout=seconds)
    client._host = HOST  # type: ignore[attr-defined]  # What the constructor sets where it connects by itself.

    def step(verb: str, work: Callable[[], Any]) -> None:
        if diary.over:
            return
        begun = diary.begin(verb)
        try:
            reply = work()
        except Exception as error:  # Whatever it raises is what is looked for.
            diary.fail(verb, begun, error)
        else:
            diary.end(verb, begun, _clean(reply))

    step("GREETING", lambda: client.connect(host, port))
    step("EHLO", client.ehlo)
    tell(features=sorted(client.esmtp_features))
    if "starttls" in client.esmtp_features:
        step("STARTTLS", client.starttls)
        step("EHLO", client.ehlo)
    if login:
        step("AUTH", lambda: client.login(USER, SECRET))
    for verb in ("NOOP", "HELP", "VRFY", "QUIT"):
        work: dict[str, Callable[[], Any]] = {
            "NOOP": client.noop,
            "HELP": lambda: client.docmd("HELP"),
            "VRFY": lambda: client.verify("postmaster"),
            "QUIT": client.quit,
        }
        step(verb, work[verb])


async def with_aiosmtplib(host: str, port: int, seconds: float, login: bool) -> None:
    diary = Diary((aiosmtplib.SMTPException, OSError))
    client = aiosmtplib.SMTP(hostname=host, port=port, local_hostname=NAME, timeout=seconds, start_tls=False)

    async def step(verb: str, work: Callable[[], Awaitable[Any]]) -> None:
        if diary.over:
            return
        begun = diary.begin(verb)
        try:
            reply = await work()
        except Exception as error:  # Whatever it raises is what is looked for.
            diary.fail(verb, begun, error)
        else:
            diary.end(verb, begun, _clean(reply))

    await step("GREETING", client.connect)
    await step("EHLO", client.ehlo)
    tell(features=sorted(client.esmtp_extensions))
    if "starttls" in client.esmtp_extensions:
        await step("STARTTLS", lambda: client.starttls(server_hostname=HOST))
        await step("EHLO", client.ehlo)
    if login:
        await step("AUTH", lambda: client.login(USER, SECRET))
    await step("NOOP", client.noop)
    await step("HELP", lambda: client.execute_command(b"HELP"))
    await step("VRFY", lambda: client.vrfy("postmaster"))
    await step("QUIT", client.quit)


def _clean(reply: Any) -> Reply:
    code, text = reply[0], reply[1]
    return int(code), text.decode("latin-1") if isinstance(text, bytes) else str(text)


def main() -> None:
    client, host, port, seconds, *more = sys.argv[1:]
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, hard))
    if client == "smtplib":
        with_smtplib(host, int(port), float(seconds), "login" in more)
    else:
        asyncio.run(with_aiosmtplib(host, int(port), float(seconds), "login" in more))


if __name__ == "__main__":
    main()
