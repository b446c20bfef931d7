"""What politeness looks at in an address and a name: whose network it is in, whose mail server it is. Pure."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv6Address

from smtpprobe.verdicts.organisation import organisational_domain


def network_of(address: str) -> str:
    """The /24 of an IPv4 address, the /48 of an IPv6 one, as text. An IPv4 address inside an IPv6 one counts as such.

    The address is literal and valid; a zone (%eth0) is left out.
    """
    if ":" not in address:
        return f"{address.rpartition('.')[0]}.0/24"
    return _network_of_ipv6(address)


def loopback(address: str) -> bool:
    """Is this address in 127.0.0.0/8, or ::1?"""
    return address.startswith("127.") or address == "::1" or (address.startswith("::ffff:") and _mapped(address))


@lru_cache(maxsize=65_536)
def operator_of(host: str) -> str:
    """The registrable part of a host's name (mx1.mail.example.co.uk: example.co.uk); "" for no name."""
    return organisational_domain(host) if host else ""


def _network_of_ipv6(address: str) -> str:
    parsed = IPv6Address(address.partition("%")[0])
    if (inner := parsed.ipv4_mapped) is not None:
        return network_of(str(inner))
    return f"{IPv6Address(int(parsed) >> 80 << 80)}/48"


def _mapped(address: str) -> bool:
    inner = IPv6Address(address.partition("%")[0]).ipv4_mapped
    return inner is not None and inner.is_loopback
