"""IPv4, IPv6 or either: the words, the record types and the order of addresses. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from typing import Literal

from smtpprobe.names.errors import ResolveError
from smtpprobe.outcome import FailureKind

Family = Literal["any", "4", "6"]

ADDRESS_LIMIT = 20
RECORDS = {"any": ("AAAA", "A"), "4": ("A",), "6": ("AAAA",)}
WORDS = {"any": "address", "4": "IPv4 address", "6": "IPv6 address"}


def version(text: str) -> int | None:
    """4 or 6 for a literal address, else None."""
    try:
        return ip_address(text).version
    except ValueError:
        return None


def ordered(found: Iterable[str]) -> tuple[str, ...]:
    """Duplicates out, families in the order in which they came, the addresses of each by number; bounded."""
    unique = dict.fromkeys(found)
    families = list(dict.fromkeys(map(version, unique)))
    by_number = sorted(unique, key=lambda text: (families.index(version(text)), int(ip_address(text)), text))
    return tuple(by_number[:ADDRESS_LIMIT])


def no_address(name: str, family: Family) -> ResolveError:
    """The name is there and leads nowhere."""
    return ResolveError(FailureKind.NO_ADDRESS, f"{name} exists but has no {WORDS[family]}")
