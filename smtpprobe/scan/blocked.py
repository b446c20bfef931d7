"""Whom a scan leaves alone: addresses, ranges of addresses, and domains with all below them."""

from __future__ import annotations

import stat
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from ipaddress import IPv6Address, ip_network
from pathlib import Path
from socket import AF_INET, inet_pton
from typing import BinaryIO, Self

from smtpprobe.scan.reading import IPV4, RANGE, lines, text_of
from smtpprobe.target import TargetError, host_name
from smtpprobe.userfile import UserFileError

#: How long a blocklist may be. A range is one line.
MOST_LINES = 5_000_000

_WIDTH = {4: 32, 6: 128}


class _Ranges:
    """Ranges of numbers, merged. Each comes as one number, so that millions are sorted in little memory: the first of
    it, and in the lower ``width`` bits the last.
    """

    def __init__(self, ranges: Iterable[int], width: int) -> None:
        self._first: array[int] | list[int] = array("Q") if width <= 64 else []
        self._last: array[int] | list[int] = array("Q") if width <= 64 else []
        for both in sorted(ranges):
            first, last = both >> width, both & ((1 << width) - 1)
            if self._last and first <= self._last[-1] + 1:
                self._last[-1] = max(self._last[-1], last)
            else:
                self._first.append(first)
                self._last.append(last)

    def __contains__(self, number: int) -> bool:
        place = bisect_right(self._first, number)
        return place > 0 and number <= self._last[place - 1]


class Blocklist:
    """A file of addresses, ranges (192.0.2.0/24) and domains (example.com, which stands for all below it as well)."""

    def __init__(self, entries: Iterable[str]) -> None:
        """``entries`` are as in a file, without comments. Raises TargetError for the first that is none of these."""
        ranges: dict[int, array[int] | list[int]] = {4: array("Q"), 6: []}
        domains = set()
        for text in entries:
            if ":" in text or RANGE.fullmatch(text) or IPV4.fullmatch(text):
                version, first, last = _range(text)
                ranges[version].append(first << _WIDTH[version] | last)
            else:
                domains.add(host_name(text.removeprefix("*").removeprefix(".")))
        self._ipv4, self._ipv6 = (_Ranges(ranges[version], width) for version, width in _WIDTH.items())
        self._domains = frozenset(domains)

    @classmethod
    def read(cls, path: Path) -> Self:
        """One entry a line, comments after #. Raises UserFileError, one sentence with file and line, for a mistake."""
        number = 0

        def entries(file: BinaryIO) -> Iterator[str]:
            nonlocal number
            for number, line in enumerate(lines(file), 1):
                if number > MOST_LINES:
                    raise TargetError(f"A blocklist has {MOST_LINES:,} lines at most: write ranges of addresses.")
                if text := text_of(line, number):
                    yield text

        try:
            # A pipe may never open, and a device never end.
            if not stat.S_ISREG(path.stat().st_mode):
                raise OSError(0, "it is no regular file")
            with open(path, "rb") as file:
                return cls(entries(file))
        except (OSError, ValueError) as error:
            if isinstance(error, TargetError):
                raise UserFileError(f"{path}, line {number}: {error}") from None
            reason = error.strerror if isinstance(error, OSError) else error
            raise UserFileError(f"{path}: it cannot be read: {reason}.") from None

    def blocks(self, address: str, host: str = "") -> bool:
        """Is this address, or this host or a domain above it, on the list? Either may be empty.

        The address is literal and valid. An IPv4 address inside an IPv6 one (::ffff:192.0.2.1) counts as such.
        """
        while host:
            if host in self._domains:
                return True
            host = host.partition(".")[2]
        if ":" not in address:
            return bool(address) and int.from_bytes(inet_pton(AF_INET, address)) in self._ipv4
        number = int(IPv6Address(address.partition("%")[0]))
        if number >> 32 == 0xFFFF:
            return number & 0xFFFFFFFF in self._ipv4
        return number in self._ipv6


def _range(text: str) -> tuple[int, int, int]:
    """The version, the first and the last address of what is an address or a range."""
    if IPV4.fullmatch(text):
        number = int.from_bytes(inet_pton(AF_INET, text))
        return 4, number, number
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        raise TargetError(f"'{text[:60]}' is no address and no range: write 192.0.2.0/24 or 2001:db8::/32.") from None
    first, last = int(network.network_address), int(network.broadcast_address)
    if network.version == 6 and first >> 32 == last >> 32 == 0xFFFF:
        return 4, first & 0xFFFFFFFF, last & 0xFFFFFFFF
    return network.version, first, last
