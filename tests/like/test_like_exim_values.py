"""Exim's values: options, lists, routes and TLS, as its specification has them; and Debian's answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.like import LikeError
from smtpprobe.like import exim_values as values
from smtpprobe.like.exim import read_debian
from smtpprobe.outcome import TlsMode

STARTTLS = TlsMode.STARTTLS


def test_options() -> None:
    told = values.options("driver = smtp\nno_hosts_override\nkeepalive\ninterface = \nhelo_data = a = b\n\n")
    assert told == {"driver": "smtp", "hosts_override": "no", "keepalive": "yes", "interface": "", "helo_data": "a = b"}


@pytest.mark.parametrize(
    ("value", "items"),
    [
        ("", []),
        ("a : b:c", ["a", "b", "c"]),
        ("smtp.example.com::587", ["smtp.example.com:587"]),
        ("<; 192.0.2.10 ; 2001:db8::10", ["192.0.2.10", "2001:db8::10"]),
        ("<, a,b ,, c", ["a", "b , c"]),
        ("<", ["<"]),
        (": : a", ["a"]),
    ],
)
def test_items(value: str, items: list[str]) -> None:
    assert values.items(value) == items


@pytest.mark.parametrize(
    ("value", "subject", "fitting"),
    [
        ("", "example.net", False),
        ("*", "example.net", True),
        ("*", "", True),
        ("example.net : other.example", "EXAMPLE.net", True),
        ("*.example.net", "mail.example.net", True),
        ("*.example.net", "example.net", False),
        ("! +local_domains", "example.net", True),
        ("+local_domains", "example.net", False),
        ("! +local_domains : +relay_domains", "example.net", False),
        ("!example.net : *", "example.net", False),
        ("!example.net : *", "example.com", True),
        ("example.net : lsearch;/etc/hubbed", "example.net", True),
        ("lsearch;/etc/hubbed", "example.net", None),
        ("${if def:x{*}}", "example.net", None),
        ("^.*net$", "example.net", None),
        ("*@example.org", "bob@example.org", True),
        ("example.org", "bob@example.org", True),
        ("bob@example.org", "bob@example.com", False),
    ],
)
def test_lists(value: str, subject: str, fitting: bool | None) -> None:
    assert values.fits(value, subject) is fitting


def test_routes() -> None:
    assert values.routes("example.net mx.example.com randomize ; * smtp.example.com::587 byname") == [
        values.Route("example.net", "mx.example.com", ("randomize",)),
        values.Route("*", "smtp.example.com::587", ("byname",)),
    ]
    assert values.routes('* "<; a.example ; b.example"')[0].hosts == "<; a.example ; b.example"
    assert [route.hosts for route in values.routes("<+ a x:y + b z")] == ["x:y", "z"]
    assert values.routes('* "a.example : b.example" byname')[0].hosts == "a.example : b.example"
    assert values.routes("") == []
    assert values.route_data("a.example::26 byname") == values.Route("*", "a.example::26", ("byname",))


@pytest.mark.parametrize(
    ("host", "port", "read", "number", "lookup_mx"),
    [
        ("smtp.example.com", "smtp", "smtp.example.com", 25, False),
        ("smtp.example.com:587", "smtp", "smtp.example.com", 587, False),
        ("smtp.example.com", "587", "smtp.example.com", 587, False),
        ("smtp.example.com", "smtps", "smtp.example.com", 465, False),
        ("example.com/MX", "smtp", "example.com", 25, True),
        ("[2001:db8::1]:26", "smtp", "2001:db8::1", 26, False),
    ],
)
def test_hosts_of_a_route(host: str, port: str, read: str, number: int, lookup_mx: bool) -> None:
    relay, through_mx = values.relay(host, port, STARTTLS)
    assert (relay.host, relay.port, relay.text, through_mx) == (read, number, host, lookup_mx)


@pytest.mark.parametrize("host", ["", "$domain", "${lookup{x}}", "a..b", "host:0", "host/nosuch"])
def test_hosts_that_cannot_be_followed(host: str) -> None:
    with pytest.raises(ValueError, match="cannot be followed"):
        values.relay(host, "smtp", STARTTLS)


@pytest.mark.parametrize(
    ("options", "host", "level"),
    [
        ({}, "a.example", ("none", "")),
        ({"hosts_require_tls": ""}, "a.example", ("may", "")),
        ({"hosts_require_tls": "", "hosts_try_dane": "*"}, "", ("dane", "")),
        ({"hosts_require_tls": "*", "hosts_try_dane": "*"}, "", ("encrypt", "")),
        ({"hosts_require_tls": "a.example"}, "a.example", ("encrypt", "")),
        ({"hosts_require_tls": "a.example"}, "", ("may", "")),
        ({"hosts_require_tls": "*", "tls_verify_hosts": "*"}, "", ("verify", "")),
        ({"hosts_require_tls": "*", "hosts_require_dane": "*"}, "", ("dane-only", "")),
        ({"hosts_require_tls": "*", "hosts_avoid_tls": "*"}, "", ("none", "")),
        ({"hosts_require_tls": "${lookup{$host}{*}}"}, "", ("may", "hosts_require_tls")),
    ],
)
def test_levels(options: dict[str, str], host: str, level: tuple[str, str]) -> None:
    assert values.level(options, host) == level


def test_the_source_addresses() -> None:
    assert values.bound("<; 192.0.2.10 ; 2001:db8::10") == ("192.0.2.10", "2001:db8::10")
    assert values.bound("192.0.2.10") == ("192.0.2.10", None)
    assert values.bound("$address") == (None, None)
    assert values.bound("") == (None, None)


DEBIAN = """\
# /etc/exim4/update-exim4.conf.conf
dc_eximconfig_configtype='smarthost'
dc_other_hostnames=''
dc_smarthost='smtp.example.com::587'
CFILEMODE='644'
"""


def test_debians_answers(tmp_path: Path) -> None:
    file = tmp_path / "update-exim4.conf.conf"
    file.write_text(DEBIAN)
    sender = read_debian(file)
    assert sender.relay is not None
    assert (sender.relay.host, sender.relay.port, sender.lookup_mx) == ("smtp.example.com", 587, False)
    assert sender.evidence == ("dc_eximconfig_configtype = smarthost", "dc_smarthost = smtp.example.com::587")


@pytest.mark.parametrize(("kind", "told"), [("internet", 0), ("local", 1), ("", 1), ("smarthost", 1)])
def test_debians_answers_without_a_smarthost(tmp_path: Path, kind: str, told: int) -> None:
    file = tmp_path / "update-exim4.conf.conf"
    file.write_text(f'dc_eximconfig_configtype="{kind}"\n')
    sender = read_debian(file)
    assert sender.relay is None
    assert len(sender.notes) == 1 + told


def test_debians_answers_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(LikeError, match="cannot be read"):
        read_debian(tmp_path)


@given(st.text(alphabet="ab.:;<,*!+ \"'=$/[]\n0", max_size=60))
def test_any_value_is_read_or_refused(value: str) -> None:
    values.options(value)
    values.debian(f"dc_smarthost={value}")
    values.fits(value, "a.b")
    values.bound(value)
    for route in [*values.routes(value), values.route_data(value)]:
        for host in values.items(route.hosts):
            try:
                relay, _ = values.relay(host, value, STARTTLS)
            except ValueError:
                continue
            assert 1 <= relay.port <= 65535
