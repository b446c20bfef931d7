"""A server that puts hostile strings wherever a server can put words, and texts with them for ``explain`` to read."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Sequence
from itertools import cycle

from strings import octets

_KEYWORDS = 24
_LINE = 900
_PLACE = 120


class Talker:
    """Where it listens. ``strings`` may be changed between calls."""

    def __init__(self, port: int) -> None:
        self.address = f"127.0.0.1:{port}"
        self.strings: Sequence[str] = ("",)


@contextlib.asynccontextmanager
async def talking() -> AsyncIterator[Talker]:
    """The server: it greets, promises, refuses and says goodbye, each time in the next words."""
    talks: list[asyncio.Task[None]] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        said = cycle([octets(one) for one in it.strings])

        def words() -> bytes:
            return next(said)[:_LINE]

        with contextlib.suppress(ConnectionError):
            writer.write(b"220 " + words() + b"\r\n")
            while line := await reader.readline():
                verb = line[:4].upper()
                if verb == b"EHLO":
                    promised = [words() for _ in range(_KEYWORDS)]
                    lines = [words(), *promised, b"AUTH " + words(), b"SIZE " + words(), b"DSN"]
                    writer.write(b"".join([b"250-" + one + b"\r\n" for one in lines]) + b"250 HELP\r\n")
                elif verb == b"HELP":
                    writer.write(b"214-" + words() + b"\r\n214 " + words() + b"\r\n")
                elif verb == b"MAIL":
                    writer.write(b"250 2.1.0 " + words() + b"\r\n")
                elif verb == b"QUIT":
                    writer.write(b"221 " + words() + b"\r\n")
                    break
                else:
                    writer.write(b"550-5.7.1 " + words() + b"\r\n550 5.7.1 " + words() + b"\r\n")
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()

    def met(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talks.append(asyncio.get_running_loop().create_task(talk(reader, writer)))

    listener = await asyncio.start_server(met, "127.0.0.1", 0)
    it = Talker(listener.sockets[0].getsockname()[1])
    try:
        yield it
    finally:
        listener.close()
        for task in talks:
            task.cancel()
        await asyncio.gather(*talks, return_exceptions=True)


_STAMP = b"Nov 22 02:30:30 mx "
_LOGS = (
    _STAMP
    + b"postfix/smtp[1]: 4ABCDEF123: to=<%s>, relay=%s[192.0.2.2]:25, dsn=5.1.1, status=bounced (host %s said: 550 %s)",
    _STAMP + b"postfix/smtpd[1]: NOQUEUE: reject: RCPT from %s[192.0.2.1]: 554 5.7.1 <%s>: %s; from=<%s> to=<%s>",
    b"2026-11-22 02:30:30 1abcde-000001-AB ** a@example.org R=x T=y H=%s [192.0.2.2]: SMTP error from remote mail "
    b"server after RCPT TO:<%s>: 550 %s",
    _STAMP + b"sendmail[1]: 4AM1UU12345678: to=<%s>, relay=%s, dsn=5.1.1, stat=User unknown %s",
    _STAMP + b'smtpd[1]: 0123456789abcdef mta delivery to=<%s> rcpt=<-> relay="%s" result="PermFail" stat="550 %s"',
    b"@4000000065a1b2c3d4e5f607 delivery 1: failure: 192.0.2.2_does_not_like_recipient./Remote_host_said:_550_%s/",
    b"smtplib.SMTPRecipientsRefused: {'%s': (550, b'5.1.1 %s')}",
    b"Error: Invalid login: 535 %s",
)
_DIALOGUE = b"220 %s ESMTP\nEHLO %s\n250-%s\n250 AUTH %s\nMAIL FROM:<%s>\n<** 550 5.1.8 %s"
_BOUNCE = (
    b"From: MAILER-DAEMON@mx.example.org\nTo: %s\nSubject: Undelivered Mail %s\nMIME-Version: 1.0\n"
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\n"
    b"<%s>: host %s said: 550 5.1.1 %s\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; %s\n\n"
    b"Final-Recipient: rfc822; %s\nAction: failed\nStatus: 5.1.1\nRemote-MTA: dns; %s\n"
    b"Diagnostic-Code: smtp; 550 5.1.1 %s\n\n--b--\n"
)


def _filled(template: bytes, strings: Sequence[str], step: int = 1) -> bytes:
    """Copies of the template with each string in every place, or in one of ``step`` places."""
    short = [octets(one)[:_PLACE] for one in strings]
    holes = template.count(b"%s")
    return b"\n".join(
        template % tuple(short[(n + m) % len(short)] for m in range(holes)) for n in range(0, len(short), step)
    )


def log(strings: Sequence[str]) -> bytes:
    """Lines of all kinds."""
    objects = [
        json.dumps({"type": "Bounce", "recipient": one, "response": {"code": 550, "content": one[:_PLACE]}}).encode()
        for one in strings
    ]
    whole = [b"550 5.7.1 " + octets(one) for one in strings]
    logs = [_filled(template, strings) for template in _LOGS]
    return b"\n".join([*whole, *logs, *objects, _filled(_DIALOGUE, strings, 6)]) + b"\n"


def bounces(strings: Sequence[str]) -> list[bytes]:
    """A bounce for each string."""
    return [_filled(_BOUNCE, [one]) for one in strings]


def mailbox(strings: Sequence[str]) -> bytes:
    """The bounces in an mbox."""
    heads = b"From MAILER-DAEMON Sun Nov 22 02:30:30 2026\n"
    return b"".join(heads + one.replace(b"\nFrom ", b"\n>From ") + b"\n" for one in bounces(strings))
