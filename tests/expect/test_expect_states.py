"""Why there is no TLS, where a server does what no retry will mend."""

from __future__ import annotations

import asyncio

from smtpprobe.check.main import hold
from smtpprobe.expect.servers import parse
from smtpprobe.names import Resolver
from smtpprobe.outcome import Result

INJECTS = b"220 go ahead\r\n250 injected\r\n"


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 mx.example.org ESMTP\r\n")
    while line := await reader.readline():
        writer.write(INJECTS if line.startswith(b"STARTTLS") else b"250-mx.example.org\r\n250 STARTTLS\r\n")
    writer.close()


def test_plaintext_behind_the_go_ahead_is_a_failure_and_not_asked_again() -> None:
    async def whole() -> tuple[Result, int]:
        server = await asyncio.start_server(_answer, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        how = 'retries = 1\nretry_after = "10ms"\n[server.expect.tls]\noffered = true\n'
        text = f'[[server]]\ntarget = "127.0.0.1:{port}"\n{how}'
        (one,) = parse(text.encode(), "f.toml", fail_on="never").servers
        async with server, Resolver() as resolver:
            checked = await hold(one, resolver)
        return checked.held[1].result, checked.attempts

    assert asyncio.run(asyncio.wait_for(whole(), 60)) == (Result.FAILED, 1)
