"""Servers that go wrong before or with their first words."""

from __future__ import annotations

import itertools
import random

from behaviour import ANSWERED, INCONCLUSIVE, NOT_SMTP, REFUSED, UNREACHABLE, Behaviour, Check, Hostile, Peer
from courtesy import courteous, hang_up, reset, silence, then
from holding import Held

from smtpprobe.outcome import FailureKind

GARBAGE = bytes(random.Random(4).choices([octet for octet in range(256) if octet != 10], k=600)) + b"\n"
GZIP = bytes.fromhex("1f8b0800000000000003 3332 3252 c8ad 0a00") + b"\n" + bytes(40)
MYSQL = b"\x4a\0\0\0\x0a8.0.36\0\x08\0\0\0" + b"x" * 54
UTF16 = "220 mx.example ESMTP\r\n".encode("utf-16")


def late(share: float) -> Hostile:
    """Greet after this share of the time that the client waits."""

    async def script(peer: Peer) -> None:
        await then(share * peer.step)(peer)
        peer.send(b"220 late answers=GREETING\r\n")
        await peer.rest()

    return script


async def drip_without_end(peer: Peer) -> None:
    """An octet at a time, ten in the time that the client waits, never a line end."""
    for octet in itertools.cycle(b"220 "):
        await then(bytes([octet]), peer.step / 10)(peer)


def heard(*lines: bytes) -> Check:
    def check(held: Held) -> list[str]:
        return [] if held.heard == (lines,) else [f"the server heard {held.heard}"]

    return check


#: How a handshake begins (RFC 8446 5.1). Whether its random octets hold a line end, and so count as heard, is chance.
_CLIENT_HELLO = b"\x16\x03"


def nothing_said(held: Held) -> list[str]:
    """Not in clear; whether the port speaks TLS from the first byte is tried once, on a connection of its own."""
    in_clear = [lines for lines in held.heard if lines and not lines[0].startswith(_CLIENT_HELLO)]
    return [f"the server heard {in_clear}"] if in_clear else []


def said(*text: bytes) -> Hostile:
    """Say this and listen."""
    return then(b"".join(text), silence)


ROWS = (
    Behaviour(
        "banner_silent",
        "accepts, says nothing",
        silence,
        *UNREACHABLE,
        FailureKind.TIMEOUT,
        waits=True,
        check=nothing_said,
        reference="banner_silent",
    ),
    Behaviour(
        "banner_drip_no_newline",
        "an octet every tenth of the step, never LF",
        drip_without_end,
        *UNREACHABLE,
        FailureKind.TIMEOUT,
        evidence=(b"220 2",),
        waits=True,
        reference="banner_drip_no_newline",
    ),
    Behaviour(
        "greeting_after_the_time",
        "220 half a step too late",
        late(1.5),
        *UNREACHABLE,
        FailureKind.TIMEOUT,
        waits=True,
        check=nothing_said,
    ),
    Behaviour(
        "close_at_once",
        "FIN at accept",
        hang_up,
        *UNREACHABLE,
        FailureKind.CLOSED,
        reference="close_at_once",
    ),
    Behaviour(
        "rst_at_once",
        "RST at accept",
        reset,
        *UNREACHABLE,
        FailureKind.RESET,
        reference="rst_at_once",
    ),
    Behaviour(
        "fin_in_mid_greeting",
        "`220 mx.exam` and FIN",
        then(b"220 mx.exam", hang_up),
        *UNREACHABLE,
        FailureKind.TRUNCATED,
        evidence=(b"220 mx.exam",),
    ),
    Behaviour(
        "554_banner",
        "554 for a greeting, and stays open",
        courteous(greeting=b"554 5.7.1 go away answers=GREETING\r\n"),
        *REFUSED,
        evidence=(b"554 5.7.1 go away",),
        check=heard(b"QUIT"),
        reference="554_banner",
    ),
    Behaviour(
        "554_banner_with_format_directives",
        "554 with `%n {0.__class__} {detail} [bold]` for a greeting",
        courteous(greeting=b"554 %n {0.__class__} {detail} [bold red] answers=GREETING\r\n"),
        *REFUSED,
        evidence=(b"{0.__class__} {detail}",),
    ),
    Behaviour(
        "421_banner",
        "421 for a greeting, and stays open",
        courteous(greeting=b"421 4.3.2 later answers=GREETING\r\n"),
        *INCONCLUSIVE,
        FailureKind.SERVER_CLOSING,
        evidence=(b"421 4.3.2 later",),
        check=heard(),
    ),
    Behaviour(
        "450_banner",
        "450 for a greeting",
        courteous(greeting=b"450 4.3.2 busy answers=GREETING\r\n"),
        *INCONCLUSIVE,
        evidence=(b"450 4.3.2",),
        check=heard(b"QUIT"),
    ),
    Behaviour(
        "354_banner",
        "354 for a greeting",
        courteous(greeting=b"354 send it answers=GREETING\r\n"),
        *NOT_SMTP,
        FailureKind.NOT_SMTP,
        evidence=(b"354 send it",),
    ),
    Behaviour(
        "proxy_error_banner",
        "421 that claims a PROXY header is missing, FIN",
        then(b"421 4.3.0 PROXY protocol: header missing answers=GREETING\r\n", hang_up),
        *INCONCLUSIVE,
        FailureKind.SERVER_CLOSING,
        evidence=(b"PROXY protocol",),
    ),
    Behaviour(
        "banner_900_lines",
        "a greeting of 900 valid lines",
        courteous(greeting=b"220-a line of many answers=GREETING\r\n" * 899 + b"220 the last one\r\n"),
        *ANSWERED,
        evidence=(b"220 the last one",),
    ),
    Behaviour(
        "http_banner",
        "HTTP/1.1 400, a page, FIN",
        then(b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n<html>no</html>\r\n", hang_up),
        *NOT_SMTP,
        FailureKind.NOT_SMTP_HTTP,
        evidence=(b"HTTP/1.1 400",),
        reference="http_banner",
    ),
    Behaviour(
        "ssh_banner",
        "SSH-2.0-",
        said(b"SSH-2.0-OpenSSH_9.6\r\n"),
        *NOT_SMTP,
        FailureKind.NOT_SMTP_SSH,
        evidence=(b"SSH-2.0-OpenSSH_9.6",),
        reference="ssh_banner",
    ),
    Behaviour(
        "imap_banner",
        "`* OK IMAP4rev1`",
        said(b"* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n"),
        *NOT_SMTP,
        FailureKind.NOT_SMTP,
        evidence=(b"IMAP4rev1",),
    ),
    Behaviour(
        "pop3_banner",
        "`+OK POP3`",
        said(b"+OK POP3 ready <1.2@mx.example>\r\n"),
        *NOT_SMTP,
        FailureKind.NOT_SMTP,
        evidence=(b"+OK POP3",),
    ),
    Behaviour(
        "ftp_server",
        "`220 FTP`, then 530 to everything",
        courteous({b"any": b"530 Please login with USER and PASS.\r\n"}, greeting=b"220 (vsFTPd 3.0.5)\r\n"),
        *REFUSED,
        evidence=(b"220 (vsFTPd 3.0.5)", b"530 Please login"),
    ),
    Behaviour(
        "mysql_banner",
        "MySQL's handshake packet",
        said(MYSQL),
        *NOT_SMTP,
        FailureKind.NOT_SMTP,
        evidence=(MYSQL[:5],),
    ),
    Behaviour(
        "tls_alert_banner",
        "a TLS alert and FIN",
        then(b"\x15\x03\x03\x00\x02\x02\x28", hang_up),
        *NOT_SMTP,
        FailureKind.NOT_SMTP_TLS,
        evidence=(b"\x15\x03\x03",),
    ),
    Behaviour(
        "octets_without_a_line",
        "binary octets, and no line end ever",
        said(b"\0\1\2\3\xff"),
        *NOT_SMTP,
        FailureKind.NOT_SMTP,
        evidence=(b"\0\1\2\3\xff",),
        waits=True,
    ),
    Behaviour(
        "gzip_banner",
        "a gzip stream",
        said(GZIP),
        *NOT_SMTP,
        FailureKind.NOT_SMTP,
        evidence=(b"\x1f\x8b",),
    ),
    Behaviour(
        "utf16_greeting",
        "`220 mx` in UTF-16 with a byte order mark",
        said(UTF16),
        *NOT_SMTP,
        FailureKind.NOT_SMTP,
        evidence=(UTF16[:20],),
    ),
    Behaviour(
        "bom_before_code",
        "a UTF-8 byte order mark before 220",
        courteous(greeting=b"\xef\xbb\xbf220 mx.example\r\n"),
        *NOT_SMTP,
        FailureKind.NOT_SMTP,
        evidence=(b"\xef\xbb\xbf220",),
    ),
    Behaviour(
        "spaces_before_code",
        "two spaces before 220",
        courteous(greeting=b"  220 mx.example\r\n"),
        *NOT_SMTP,
        FailureKind.NOT_SMTP,
        evidence=(b"  220 mx",),
    ),
    Behaviour(
        "empty_line_first",
        "CR LF before 220",
        courteous(greeting=b"\r\n220 mx.example\r\n"),
        *NOT_SMTP,
        FailureKind.NOT_SMTP,
        evidence=(b"\r\n",),
    ),
    Behaviour(
        "telnet_negotiation",
        "telnet's IAC WILL ECHO before 220",
        courteous(greeting=b"\xff\xfb\x01220 mx.example\r\n"),
        *NOT_SMTP,
        FailureKind.NOT_SMTP,
        evidence=(b"\xff\xfb\x01",),
    ),
    Behaviour(
        "binary_garbage",
        "600 random octets and LF",
        said(GARBAGE),
        *NOT_SMTP,
        FailureKind.NOT_SMTP,
        evidence=(GARBAGE,),
    ),
)
