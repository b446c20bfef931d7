"""The list of those whom a scan leaves alone."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.scan.blocked import Blocklist
from smtpprobe.userfile import UserFileError

LIST = """\
# asked us to stay away
192.0.2.1
198.51.100.0/24   # all of it
198.51.101.0/25
2001:db8:1::/48
2001:db8:2::25
::ffff:203.0.113.0/120
example.com
*.example.net
.Example.org.
bücher.example
"""


@pytest.fixture(scope="module")
def blocklist(tmp_path_factory: pytest.TempPathFactory) -> Blocklist:
    path = tmp_path_factory.mktemp("blocked") / "blocklist"
    path.write_text(LIST)
    return Blocklist.read(path)


@pytest.mark.parametrize(
    "address",
    [
        "192.0.2.1",
        "198.51.100.0",
        "198.51.100.255",
        "198.51.101.127",
        "2001:db8:1:ffff::1",
        "2001:db8:2::25",
        "203.0.113.9",
        "::ffff:192.0.2.1",
        "::ffff:c000:201",
        "2001:db8:2::25%eth0",
    ],
)
def test_blocked_addresses(blocklist: Blocklist, address: str) -> None:
    assert blocklist.blocks(address)
    assert blocklist.blocks(address, "mail.example.edu")


@pytest.mark.parametrize(
    "address", ["192.0.2.0", "192.0.2.2", "198.51.99.255", "198.51.101.128", "2001:db8:2::24", "2001:db8:3::", ""]
)
def test_other_addresses(blocklist: Blocklist, address: str) -> None:
    assert not blocklist.blocks(address)


@pytest.mark.parametrize(
    "host", ["example.com", "mx.example.com", "a.b.example.net", "example.net", "example.org", "xn--bcher-kva.example"]
)
def test_blocked_domains_and_all_below_them(blocklist: Blocklist, host: str) -> None:
    assert blocklist.blocks("", host)
    assert blocklist.blocks("192.0.2.200", host)


@pytest.mark.parametrize("host", ["", "com", "notexample.com", "example.com.example", "localhost"])
def test_other_domains(blocklist: Blocklist, host: str) -> None:
    assert not blocklist.blocks("", host)


def test_an_empty_list_blocks_nobody() -> None:
    assert not Blocklist([]).blocks("192.0.2.1", "example.com")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"192.0.2.0/33\n", "line 1: "),
        (b"\n# fine\n192.0.2.300\n", "line 3: "),
        (b"example.com\nuser@example.com\n", "line 2: "),
        (b"a" * 5000, "longer than"),
        (b"\xff\xff", "UTF-8"),
        (b"192.0.2.1 192.0.2.2", "more than one word"),
        (b"2001:db8::/129", "2001:db8::/32"),
    ],
)
def test_a_mistake_is_one_sentence_with_its_place(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "blocklist"
    path.write_bytes(content)
    with pytest.raises(UserFileError) as caught:
        Blocklist.read(path)
    assert str(caught.value).startswith(str(path))
    assert told in str(caught.value)


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path, Path("/dev/zero")):
        with pytest.raises(UserFileError, match="it cannot be read: "):
            Blocklist.read(path)


NETWORKS = st.one_of(
    st.tuples(st.ip_addresses(v=4, network="10.0.0.0/26"), st.integers(24, 32)),
    st.tuples(st.ip_addresses(v=6, network="2001:db8::/122"), st.integers(118, 128)),
).map(lambda pair: ip_network(f"{pair[0]}/{pair[1]}", strict=False))


@given(
    st.lists(NETWORKS, max_size=12),
    st.ip_addresses(v=4, network="10.0.0.0/25") | st.ip_addresses(v=6, network="2001:db8::/121"),
)
def test_ranges_that_touch_and_overlap_are_told_apart_from_what_is_between(
    networks: list[object], address: IPv4Address | IPv6Address
) -> None:
    blocked = Blocklist([str(network) for network in networks])
    assert blocked.blocks(str(address)) == any(address in ip_network(str(network)) for network in networks)
    assert ip_address(str(address)) == address
