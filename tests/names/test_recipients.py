"""Where mail goes, with all that is wrong with it as values."""

from __future__ import annotations

import asyncio
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import pytest
from scripted_dns import Answer as Scripted
from scripted_dns import Zone, answering, failing, question, serve, zone

from smtpprobe.names import Resolver
from smtpprobe.names.recipients import MailHost, MailServers, mail_servers
from smtpprobe.outcome import FailureKind

ZONE: Zone = {
    "example.test": {"MX": ["20 mx2.test.", "10 mx1.test."]},
    "mx1.test": {"A": ["9.9.9.9", "8.8.8.8"], "AAAA": ["2606:4700::1"]},
    "mx2.test": {"A": ["10.0.0.1", "1.1.1.1"]},
    "inside.test": {"A": ["10.0.0.1", "127.0.0.1"], "AAAA": ["::1"]},
    "empty.test": {},
    "null.test": {"MX": ["0 ."], "A": ["8.8.8.8"]},
    "odd.test": {
        "MX": ["5 .", "10 192.0.2.1.", "20 gone.test.", "30 empty.test.", "40 inside.test.", "50 a\\032b.test."]
    },
    "twice.test": {"MX": ["10 mx1.test.", "20 mx1.test."]},
    "plain.test": {"A": ["8.8.8.8"]},
    "many.test": {"MX": [f"{n} mx1.test." for n in range(25)]},
}


def servers(domain: str, asked: list[str] | None = None, **options: Any) -> MailServers:
    async def held() -> MailServers:
        async with serve(zone(ZONE, asked)) as nameserver:
            return await mail_servers(Resolver([nameserver]), domain, **options)

    return asyncio.run(held())


def kind(host: MailHost) -> FailureKind | None:
    return host.failure.kind if host.failure is not None else None


def test_every_host_with_every_address_in_order_of_preference() -> None:
    found = servers("Example.test")
    assert found.domain == "example.test"
    assert [(host.preference, host.name, host.addresses, host.refused) for host in found.hosts] == [
        (10, "mx1.test", ("2606:4700::1", "8.8.8.8", "9.9.9.9"), ()),
        (20, "mx2.test", ("1.1.1.1",), ("10.0.0.1",)),
    ]
    assert {(host.failure, host.alias, host.authentic, host.mx_authentic) for host in found.hosts} == {
        (None, None, False, False)
    }
    assert (found.null, found.implicit, found.literal, found.left_out, found.failure) == (False, False, False, 0, None)
    assert [(answer.name, answer.type) for answer in found.answers] == [
        ("example.test", "MX"),
        *((name, record) for name in ("mx1.test", "mx2.test") for record in ("AAAA", "A")),
    ]


def test_one_family_and_private_addresses_on_request() -> None:
    asked: list[str] = []
    found = servers("example.test", asked, family="4", allow_private=True)
    assert [host.addresses for host in found.hosts] == [("8.8.8.8", "9.9.9.9"), ("1.1.1.1", "10.0.0.1")]
    assert not any("AAAA" in question for question in asked)


def test_a_null_mx_leads_nowhere() -> None:
    found = servers("null.test")
    assert (found.null, found.hosts, found.failure) == (True, (), None)


def test_whatever_is_wrong_with_an_mx_is_kept() -> None:
    asked: list[str] = []
    found = servers("odd.test", asked)
    assert [(host.name, kind(host)) for host in found.hosts] == [
        (".", FailureKind.NO_ADDRESS),
        ("192.0.2.1", FailureKind.NO_ADDRESS),
        ("gone.test", FailureKind.NO_SUCH_NAME),
        ("empty.test", FailureKind.NO_ADDRESS),
        ("inside.test", FailureKind.NOT_ROUTABLE),
        ("a\\032b.test", FailureKind.NO_ADDRESS),
    ]
    assert found.hosts[4].refused == ("::1", "10.0.0.1", "127.0.0.1")
    assert all(host.addresses == () and host.failure and host.failure.detail.isprintable() for host in found.hosts)
    assert {question.split()[0] for question in asked} == {"odd.test", "gone.test", "empty.test", "inside.test"}


def test_a_host_that_is_named_twice_stays_named_twice_and_is_asked_for_once() -> None:
    asked: list[str] = []
    found = servers("twice.test", asked, family="4")
    assert [(host.preference, host.name) for host in found.hosts] == [(10, "mx1.test"), (20, "mx1.test")]
    assert asked == ["twice.test MX", "mx1.test A"]


def test_without_mx_records_the_domain_stands_for_itself() -> None:
    found = servers("plain.test")
    assert found.implicit
    assert [(host.name, host.addresses) for host in found.hosts] == [("plain.test", ("8.8.8.8",))]
    found = servers("empty.test")
    assert (found.implicit, found.failure, kind(found.hosts[0])) == (True, None, FailureKind.NO_ADDRESS)


def test_what_is_beyond_the_limit_is_counted() -> None:
    found = servers("many.test")
    assert (len(found.hosts), found.left_out) == (20, 5)


def test_a_domain_that_does_not_exist_is_no_implicit_mx() -> None:
    asked: list[str] = []
    found = servers("gone.test", asked)
    assert found.failure is not None
    assert (found.failure.kind, found.hosts) == (FailureKind.NO_SUCH_NAME, ())
    assert asked == ["gone.test MX"]


@pytest.mark.parametrize("domain", ["a..b", "a" * 64, "\x1b[2J\\"])
def test_what_is_no_domain_is_a_failure(domain: str) -> None:
    failure = servers(domain).failure
    assert failure is not None
    assert failure.detail.isprintable()


@pytest.mark.parametrize(
    ("domain", "address"),
    [("[192.0.2.1]", "192.0.2.1"), ("[IPv6:2001:db8::1]", "2001:db8::1"), ("[127.0.0.1]", "127.0.0.1")],
)
def test_an_address_literal_is_its_own_server(domain: str, address: str) -> None:
    asked: list[str] = []
    found = servers(domain, asked)
    assert (found.literal, found.failure, asked) == (True, None, [])
    assert [(host.name, host.addresses) for host in found.hosts] == [(domain, (address,))]


@pytest.mark.parametrize("domain", ["[", "[]", "[2001:db8::1]", "[IPv6:192.0.2.1]", "[192.0.2.256]", "[\x1b[2J]"])
def test_what_is_no_address_literal_is_a_failure(domain: str) -> None:
    failure = servers(domain).failure
    assert failure is not None
    assert failure.kind is FailureKind.NO_ADDRESS
    assert failure.detail.isprintable()


def test_a_literal_of_the_other_family_is_a_failure() -> None:
    assert servers("[192.0.2.1]", family="6").failure is not None


@pytest.mark.parametrize(
    ("insecure", "expected"),
    [(set(), (True, True)), ({"MX"}, (False, False)), ({"A"}, (True, False)), ({"AAAA"}, (True, False))],
)
def test_a_host_is_as_secure_as_what_led_to_it(insecure: set[str], expected: tuple[bool, bool]) -> None:
    def script(query: dns.message.Message, tcp: bool) -> Scripted:
        record = question(query)[1]
        values = {"MX": ["10 mx.test."], "A": ["8.8.8.8"], "AAAA": ["2606:4700::1"]}
        reply = answering(query, values[record])
        reply.flags |= 0 if record in insecure else dns.flags.AD
        return reply

    async def held() -> MailServers:
        async with serve(script) as nameserver:
            return await mail_servers(Resolver([nameserver]), "example.test")

    (host,) = asyncio.run(held()).hosts
    assert (host.mx_authentic, host.authentic) == expected


def test_a_dns_failure_of_the_mx_question_or_of_one_host_is_kept() -> None:
    def script(query: dns.message.Message, tcp: bool) -> Scripted:
        name, record = question(query)
        if record == "MX" and name == "example.test":
            return answering(query, ["10 bad.test.", "20 mx1.test."])
        return answering(query, ["8.8.8.8"]) if (name, record) == ("mx1.test", "A") else failing(query, REFUSED)

    async def held() -> tuple[MailServers, MailServers]:
        async with serve(script) as nameserver:
            resolver = Resolver([nameserver])
            return await mail_servers(resolver, "example.test"), await mail_servers(resolver, "bad.test")

    found, failed = asyncio.run(held())
    assert [(kind(host), host.addresses) for host in found.hosts] == [(FailureKind.DNS, ()), (None, ("8.8.8.8",))]
    assert found.hosts[0].authentic is None
    assert failed.failure is not None
    assert failed.failure.kind is FailureKind.DNS


REFUSED = dns.rcode.REFUSED
