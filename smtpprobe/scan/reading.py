"""The list of a scan, line by line: hosts, addresses, ranges of addresses, domains. Pure; asks nobody.

A list may hold millions of lines and come from anybody, so nothing is kept and no line is read further than its limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from ipaddress import IPv6Address, ip_network
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from smtpprobe.model import Target
from smtpprobe.outcome import TlsMode
from smtpprobe.target import TargetError, parse

#: Octets of a line. A name has 253 characters (RFC 1035 2.3.4), and what may be mapped to one takes few octets each.
LINE_LIMIT = 4096

_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
IPV4 = re.compile(rf"{_OCTET}(?:\.{_OCTET}){{3}}")
_IPV6 = re.compile("[0-9A-Fa-f:.]{2,45}")
RANGE = re.compile("[0-9A-Fa-f.:]+/[0-9]{1,3}")


class Entry(Struct, frozen=True):
    """One target of the list. ``text`` is how the list writes it, ``line`` counts from 1."""

    text: str
    target: Target
    line: int


class Span(Struct, frozen=True):
    """A range of addresses in CIDR notation, ``first`` and ``last`` as numbers and inclusive. ``version`` is 4 or 6."""

    text: str
    first: int
    last: int
    version: int
    port: int
    line: int


class Mistake(Struct, frozen=True):
    """A line that is no target. ``words`` is one sentence that begins with the file and the line."""

    line: int
    words: str


def lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a binary stream, of one beyond the limit its beginning and no more. The stream is not closed."""
    while line := stream.readline(LINE_LIMIT + 1):
        yield line
        while len(line) > LINE_LIMIT and not line.endswith(b"\n"):
            line = stream.readline(LINE_LIMIT + 1)


def read(lines: Iterable[bytes], file: str, *, mx: bool, port: int | None) -> Iterator[Entry | Span | Mistake]:
    """What the lines name, in their order; never raises for what is in them.

    A line is a host, an address, a range of addresses (192.0.2.0/24, 2001:db8::/120) or a URL (smtp://HOST:PORT), with
    a comment after # if anything. With ``mx`` a bare name is a domain, whose mail servers are meant; a URL stays a
    host, and an address an address. ``port`` is for what names none (None: that of the scheme, 25 for most). ``file``
    is the list's name for the sentence of a mistake.
    """
    at = port or 25
    mode = TlsMode.IMPLICIT if at == 465 else TlsMode.STARTTLS
    for number, line in enumerate(lines, 1):
        try:
            text = text_of(line, number)
            if not text:
                continue
            if IPV4.fullmatch(text):
                yield Entry(text, Target(text, text, at, mode), number)
            elif RANGE.fullmatch(text):
                yield _span(text, at, number)
            else:
                yield Entry(text, _target(text, mx, port, at, mode), number)
        except TargetError as error:
            yield Mistake(number, f"{file}, line {number}: {error}")


def text_of(line: bytes, number: int) -> str:
    """What a line says without its comment, "" for nothing; raises TargetError. A mark of UTF-8 may begin the first."""
    if len(line) > LINE_LIMIT:
        raise TargetError(f"It is longer than {LINE_LIMIT:,} octets: write one target a line.")
    if number == 1:
        line = line.removeprefix(b"\xef\xbb\xbf")
    try:
        text = line.partition(b"#")[0].strip().decode()
    except UnicodeDecodeError:
        raise TargetError("It is not in UTF-8: convert the list, or write the name in A-labels (xn--…).") from None
    if len(text.split(None, 1)) > 1:
        raise TargetError("It has more than one word: write one target a line, and comments after #.")
    return text


def _span(text: str, port: int, number: int) -> Span:
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        raise TargetError(f"'{text[:60]}' is no range of addresses: write 192.0.2.0/24 or 2001:db8::/120.") from None
    first = int(network.network_address)
    return Span(text, first, first + network.num_addresses - 1, network.version, port, number)


def _target(text: str, mx: bool, port: int | None, at: int, mode: TlsMode) -> Target:
    if text.lower().startswith(("unix:", "lmtp+unix:")):
        raise TargetError("A UNIX socket is no server for a scan: ask it with smtpprobe probe.")
    if text.count(":") > 1 and _IPV6.fullmatch(text):
        with suppress(ValueError):  # parse() has the sentence for it
            return Target(text, str(IPv6Address(text)), at, mode)
    target = parse(text, port=port)
    if mx and "://" not in text and not literal(target.host):
        return replace(target, mx=True)
    return target


def literal(host: str) -> bool:
    """Whether a target's host is an address. A name's last label is never a number (target.host_name)."""
    return ":" in host or host.rpartition(".")[2].isdigit()
