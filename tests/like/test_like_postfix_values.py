"""Postfix's values: lists, transports, next hops and levels, as its manual pages have them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.like import postfix_values as values
from smtpprobe.mailbox import mailbox
from smtpprobe.outcome import TlsMode

STARTTLS = TlsMode.STARTTLS


def test_settings() -> None:
    told = values.settings("relayhost = [smtp.example.com]:587\nmydestination =\nno line of it\n = x\na = b = c\n")
    assert told == {"relayhost": "[smtp.example.com]:587", "mydestination": "", "a": "b = c"}


@pytest.mark.parametrize(
    ("value", "items"),
    [
        ("", []),
        ("hash:/etc/postfix/transport", ["hash:/etc/postfix/transport"]),
        ("a, b\tc,, d", ["a", "b", "c", "d"]),
        ("inline:{ {a = b, c}, {d = e} }, static:x", ["inline:{ {a = b, c}, {d = e} }", "static:x"]),
        ("a } b", ["a", "}", "b"]),
        ("{ a b", ["{ a b"]),
    ],
)
def test_items(value: str, items: list[str]) -> None:
    assert values.items(value) == items


@pytest.mark.parametrize(
    ("destination", "host", "port", "lookup_mx"),
    [
        ("[smtp.example.com]:587", "smtp.example.com", 587, False),
        ("[smtp.example.com]", "smtp.example.com", 25, False),
        ("example.com", "example.com", 25, True),
        ("Example.COM:submission", "example.com", 587, True),
        ("inet:[smtp.example.com]:2525", "smtp.example.com", 2525, False),
        ("[192.0.2.1]", "192.0.2.1", 25, False),
        ("[2001:db8::1]:587", "2001:db8::1", 587, False),
        ("[ipv6:2001:db8::1]", "2001:db8::1", 25, False),
        ("[a.example], [b.example]", "a.example", 25, False),
    ],
)
def test_next_hops(destination: str, host: str, port: int, lookup_mx: bool) -> None:
    relay, through_mx = values.relay(destination, STARTTLS)
    assert (relay.host, relay.port, through_mx) == (host, port, lookup_mx)
    assert relay.text == destination.split(",")[0]


@pytest.mark.parametrize(
    "destination",
    ["", "[]", "[a", "a]", "a:", "a:0", "a:99999", "a:nosuch", "unix:/run/x", "$relay", "a..b", "[a/b]", "a@b"],
)
def test_next_hops_that_cannot_be_read(destination: str) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        values.relay(destination, STARTTLS)


@pytest.mark.parametrize(
    ("value", "hop"),
    [
        ("smtp:[a.example]:26", values.NextHop("smtp", "[a.example]:26")),
        ("smtp:", values.NextHop("smtp")),
        (":[a.example]", values.NextHop("", "[a.example]")),
        (":", values.NextHop("")),
        ("relay", values.NextHop("relay")),
        ("error:5.1.1 no such user", values.NextHop("error", "5.1.1 no such user")),
    ],
)
def test_transports(value: str, hop: values.NextHop) -> None:
    assert values.next_hop(value) == hop


def test_what_a_transport_table_is_asked_for() -> None:
    assert values.transport_keys(mailbox("ann+x@mail.example.net"), "+") == [
        "ann+x@mail.example.net",
        "ann@mail.example.net",
        "mail.example.net",
        ".example.net",
        ".net",
        "*",
    ]
    assert values.transport_keys(mailbox("ann+x@a.b"), "") == ["ann+x@a.b", "a.b", ".b", "*"]
    assert values.transport_keys(mailbox("ann-x@a.b"), "+-")[1] == "ann@a.b"


def test_what_a_table_by_sender_is_asked_for() -> None:
    assert values.sender_keys(mailbox("bob@example.org")) == ["bob@example.org", "@example.org"]
    assert values.sender_keys(None) == ["<>"]


def test_what_the_policy_table_is_asked_for() -> None:
    assert values.policy_keys("mail.example.net") == ["mail.example.net", ".example.net", ".net"]
    assert values.policy_keys("[smtp.example.com]:587") == ["[smtp.example.com]:587"]
    assert values.policy_keys("example.com:587") == ["example.com:587"]


@pytest.mark.parametrize(
    ("value", "level"),
    [
        ("none", "none"),
        ("encrypt ciphers=high", "encrypt"),
        ("secure match=.example.com", "verify"),
        ("DANE", "dane"),
        ("dane-only", "dane-only"),
        ("fingerprint match=aa:bb", "fingerprint"),
        ("", None),
        ("must", None),
    ],
)
def test_levels(value: str, level: str | None) -> None:
    assert values.level(value) == level


@pytest.mark.parametrize(
    ("found", "level"),
    [
        ({}, "none"),
        ({"smtp_use_tls": "yes"}, "may"),
        ({"smtp_enforce_tls": "yes", "smtp_use_tls": "yes"}, "verify"),
        ({"smtp_enforce_tls": "yes", "smtp_tls_enforce_peername": "no"}, "encrypt"),
        ({"smtp_tls_security_level": "may", "smtp_enforce_tls": "yes"}, "may"),
        ({"smtp_tls_security_level": "always"}, None),
    ],
)
def test_the_level_of_old_settings(found: dict[str, str], level: str | None) -> None:
    assert values.default_level(found) == level


def test_families() -> None:
    assert [values.families(each) for each in ("all", "ipv4", "IPv6", "ipv4, ipv6", "")] == [
        "any",
        "ipv4",
        "ipv6",
        "any",
        "any",
    ]


@pytest.mark.parametrize(
    ("address", "interfaces", "version", "bound"),
    [
        ("192.0.2.7", "all", 4, "192.0.2.7"),
        ("", "all", 4, None),
        ("", "192.0.2.7, 127.0.0.1", 4, None),
        ("", "192.0.2.7", 4, "192.0.2.7"),
        ("", "127.0.0.1", 4, None),
        ("", "192.0.2.7, [2001:db8::7]", 6, "2001:db8::7"),
        ("$myhostname", "all", 4, None),
        ("2001:db8::7", "all", 4, None),
    ],
)
def test_the_source_address(address: str, interfaces: str, version: int, bound: str | None) -> None:
    assert values.bound(address, interfaces, version) == bound


@given(st.text(alphabet="ab.:[]{},= \t$/@éx0:", max_size=60))
def test_any_value_is_read_or_refused(value: str) -> None:
    values.settings(value)
    values.level(value)
    values.families(value)
    values.bound(value, value, 6)
    assert all(each.strip() for each in values.items(value))
    values.policy_keys(values.next_hop(value).destination)
    try:
        relay, _ = values.relay(value, STARTTLS)
    except ValueError:
        return
    assert 1 <= relay.port <= 65535
    assert relay.host.isascii()
