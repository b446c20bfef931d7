"""Whether an address belongs to the public Internet. Pure; looks through IPv6 addresses that carry an IPv4 one."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052 2.1
_GLOBAL_UNICAST = IPv6Network("2000::/3")  # RFC 4291 2.4 and IANA's registry


def globally_routable(address: str) -> bool:
    """False for loopback, private, link-local, multicast and reserved addresses, however they are wrapped."""
    parsed = ip_address(address)
    if isinstance(parsed, IPv6Address):
        inner = _carried(parsed)
        if inner is None:
            return parsed.is_global and parsed in _GLOBAL_UNICAST
        parsed = inner
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address inside a mapped, 6to4 or NAT64 address: that is where the packets end."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
