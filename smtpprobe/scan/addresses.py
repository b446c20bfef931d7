"""What of a server's address and name says whose it is: its network, its operator, whether it is this machine."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import ip_address, ip_network

from smtpprobe.verdicts.organisation import organisational_domain


@lru_cache(maxsize=65536)
def network_of(address: str) -> str:
    """The network that an address is counted in: its /24, or its /48 for IPv6."""
    return str(ip_network(f"{address.partition('%')[0]}/{48 if ':' in address else 24}", strict=False))


@lru_cache(maxsize=65536)
def operator_of(host: str) -> str:
    """The registrable part of a host's name, "" where there is none."""
    return organisational_domain(host)


def loopback(address: str) -> bool:
    """Whether the address is this machine's own: 127.0.0.0/8 or ::1."""
    return address.startswith("127.") or address == "::1" or (":" in address and ip_address(address).is_loopback)
