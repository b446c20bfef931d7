"""Whose network an address is in, and whose mail server a name stands for."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.scan.addresses import loopback, network_of, operator_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.25", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("::1", "::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        (str(IPv6Address("::ffff:192.0.2.25")), "192.0.2.0/24"),
        ("::ffff:192.0.2.25", "192.0.2.0/24"),
    ],
)
def test_a_network_is_a_24_or_a_48(address: str, network: str) -> None:
    assert network_of(address) == network


@given(st.ip_addresses())
def test_every_address_is_in_its_network(address: IPv4Address | IPv6Address) -> None:
    network = ip_network(network_of(str(address)))
    assert network.prefixlen == (24 if network.version == 4 else 48)
    inner = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    assert (inner or address) in network


@given(st.ip_addresses())
def test_loopback_is_what_python_calls_so(address: IPv4Address | IPv6Address) -> None:
    assert loopback(str(address)) == ip_address(str(address)).is_loopback


@pytest.mark.parametrize("address", ["127.0.0.1", "127.255.1.2", "::1", "::ffff:127.0.0.1", "::ffff:7f00:1"])
def test_loopback(address: str) -> None:
    assert loopback(address)


@pytest.mark.parametrize("address", ["128.0.0.1", "12.7.0.0", "::2", "::ffff:128.0.0.1", "2001:db8::127"])
def test_not_loopback(address: str) -> None:
    assert not loopback(address)


@pytest.mark.parametrize(
    ("host", "operator"),
    [
        ("aspmx.l.google.com", "google.com"),
        ("alt1.aspmx.l.google.com", "google.com"),
        ("mx.example.co.uk", "example.co.uk"),
        ("example.com", "example.com"),
        ("com", "com"),
        ("localhost", "localhost"),
        ("", ""),
    ],
)
def test_an_operator_is_the_registrable_part(host: str, operator: str) -> None:
    assert operator_of(host) == operator
