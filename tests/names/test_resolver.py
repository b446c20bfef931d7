"""The resolver against a real DNS server on loopback that answers well."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest
from scripted_dns import Zone, serve, zone

from smtpprobe.model import Failure, Route, Target
from smtpprobe.names import Family, MxAnswer, MxHost, ResolveError, Resolver
from smtpprobe.outcome import FailureKind, Stage
from smtpprobe.target import TargetError, parse

ZONE: Zone = {
    "example.test": {"MX": ["20 mx2.example.test.", "10 MXB.example.test.", "10 mxa.example.test."]},
    "mxa.example.test": {"A": ["8.8.8.8", "1.1.1.1"], "AAAA": ["2606:4700::2", "2606:4700::1"]},
    "mxb.example.test": {"A": ["9.9.9.9"]},
    "mx2.example.test": {"A": ["8.8.4.4"]},
    "null.test": {"MX": ["0 ."], "A": ["8.8.8.8"]},
    "dots.test": {"MX": ["10 ."]},
    "dotted.test": {"MX": ["0 .", "10 mx2.example.test."]},
    "bare.test": {"A": ["8.8.8.8"]},
    "empty.test": {},
    "inside.test": {"MX": ["10 private.test.", "20 mx2.example.test."]},
    "wholly-inside.test": {"MX": ["10 private.test."]},
    "private.test": {"A": ["10.0.0.1", "127.0.0.1"], "AAAA": ["::ffff:127.0.0.1", "fe80::1"]},
    "half.test": {"MX": ["10 half-mx.test."]},
    "half-mx.test": {"A": ["192.168.0.1", "8.8.8.8"]},
    "gone.test": {"MX": ["10 nowhere.test.", "20 mx2.example.test."]},
    "all-gone.test": {"MX": ["10 nowhere.test.", "20 empty.test."]},
    "six.test": {"AAAA": ["2606:4700::1"]},
    "xn--bcher-kva.test": {"MX": ["10 mx2.example.test."]},
}


T = TypeVar("T")


def ask(question: Callable[[Resolver], Awaitable[T]], asked: list[str] | None = None) -> T:
    """Put one question to a resolver that knows ZONE."""

    async def held() -> T:
        async with serve(zone(ZONE, asked)) as nameserver:
            return await question(Resolver([nameserver]))

    return asyncio.run(held())


def failure_of(question: Callable[[Resolver], Awaitable[object]]) -> Failure:
    with pytest.raises(ResolveError) as caught:
        ask(question)
    assert caught.value.failure.stage is Stage.RESOLVE
    assert str(caught.value) == caught.value.failure.detail
    return caught.value.failure


def addresses_of(routes: tuple[Route, ...]) -> list[str]:
    return [route.address for route in routes]


def test_mx_hosts_come_by_preference_then_by_name() -> None:
    answer = ask(lambda r: r.mx("Example.TEST"))
    assert answer == MxAnswer(
        "Example.TEST",
        (MxHost(10, "mxa.example.test"), MxHost(10, "mxb.example.test"), MxHost(20, "mx2.example.test")),
    )


def test_a_single_dot_with_preference_0_is_a_null_mx() -> None:
    assert ask(lambda r: r.mx("null.test")) == MxAnswer("null.test", (), null=True)
    failure = failure_of(lambda r: r.routes(parse("null.test", mx=True)))
    assert failure.kind is FailureKind.NULL_MX
    assert "RFC 7505" in failure.detail


def test_a_dot_with_another_preference_is_no_null_mx_and_no_host() -> None:
    assert failure_of(lambda r: r.mx("dots.test")).kind is FailureKind.NO_ADDRESS


def test_a_dot_beside_real_hosts_is_ignored() -> None:
    answer = ask(lambda r: r.mx("dotted.test"))
    assert (answer.null, answer.hosts) == (False, (MxHost(10, "mx2.example.test"),))


def test_without_mx_records_the_domain_stands_for_itself() -> None:
    assert ask(lambda r: r.mx("bare.test")) == MxAnswer("bare.test", (MxHost(0, "bare.test"),), implicit=True)
    assert ask(lambda r: r.routes(parse("bare.test", mx=True))) == (Route("bare.test", "8.8.8.8", 25, 0, "mx"),)


def test_an_internationalised_domain_is_asked_for_by_its_a_label() -> None:
    assert ask(lambda r: r.mx("bücher.test")).hosts == (MxHost(10, "mx2.example.test"),)


@pytest.mark.parametrize(
    ("family", "expected"),
    [
        ("any", ("2606:4700::1", "2606:4700::2", "1.1.1.1", "8.8.8.8")),
        ("4", ("1.1.1.1", "8.8.8.8")),
        ("6", ("2606:4700::1", "2606:4700::2")),
    ],
)
def test_addresses_come_in_an_order_that_does_not_change(family: Family, expected: tuple[str, ...]) -> None:
    assert ask(lambda r: r.addresses("mxa.example.test", 25, family)) == expected


def test_only_the_family_that_counts_is_asked_for() -> None:
    asked: list[str] = []
    ask(lambda r: r.addresses("six.test", 25, "6"), asked)
    assert asked == ["six.test AAAA"]


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1", "fe80::1%eth0"])
def test_a_literal_address_needs_no_dns(address: str) -> None:
    asked: list[str] = []
    routes = ask(lambda r: r.routes(parse(address, port=2525)), asked)
    assert routes == (Route(address, address, 2525),)
    assert asked == []


def test_a_literal_address_of_the_other_family_is_refused() -> None:
    failure = failure_of(lambda r: r.routes(parse("192.0.2.1"), family="6"))
    assert failure == Failure(
        Stage.RESOLVE, FailureKind.NO_ADDRESS, "192.0.2.1 is no IPv6 address, the family asked for"
    )


def test_a_unix_socket_is_one_route() -> None:
    assert ask(lambda r: r.routes(parse("lmtp+unix:/run/lmtp"))) == (Route("", "/run/lmtp", 0),)


def test_a_named_host_gives_all_its_addresses_private_or_not() -> None:
    routes = ask(lambda r: r.routes(parse("private.test:587")))
    assert addresses_of(routes) == ["::ffff:127.0.0.1", "fe80::1", "10.0.0.1", "127.0.0.1"]
    assert {(route.origin, route.port, route.preference) for route in routes} == {("user", 587, None)}


def test_the_first_mx_gives_its_addresses_and_the_others_are_not_looked_up() -> None:
    asked: list[str] = []
    routes = ask(lambda r: r.routes(parse("example.test", mx=True)), asked)
    assert addresses_of(routes) == ["2606:4700::1", "2606:4700::2", "1.1.1.1", "8.8.8.8"]
    assert {(route.host, route.preference, route.origin) for route in routes} == {("mxa.example.test", 10, "mx")}
    assert sorted(asked) == ["example.test MX", "mxa.example.test A", "mxa.example.test AAAA"]


def test_every_mx_is_looked_up_on_demand_in_order() -> None:
    routes = ask(lambda r: r.routes(parse("example.test", mx=True), every=True, family="4"))
    assert addresses_of(routes) == ["1.1.1.1", "8.8.8.8", "9.9.9.9", "8.8.4.4"]


@pytest.mark.parametrize("every", [False, True])
def test_an_mx_that_points_inside_is_passed_over(every: bool) -> None:
    assert addresses_of(ask(lambda r: r.routes(parse("inside.test", mx=True), every=every))) == ["8.8.4.4"]
    assert addresses_of(ask(lambda r: r.routes(parse("half.test", mx=True), every=every))) == ["8.8.8.8"]


def test_a_domain_whose_every_mx_points_inside_is_refused_and_says_where() -> None:
    failure = failure_of(lambda r: r.routes(parse("wholly-inside.test", mx=True)))
    assert failure.kind is FailureKind.NOT_ROUTABLE
    assert "10.0.0.1" in failure.detail


def test_allow_private_lets_them_through() -> None:
    routes = ask(lambda r: r.routes(parse("inside.test", mx=True), family="4", allow_private=True))
    assert addresses_of(routes) == ["10.0.0.1", "127.0.0.1"]


def test_an_mx_host_that_does_not_exist_is_passed_over() -> None:
    assert addresses_of(ask(lambda r: r.routes(parse("gone.test", mx=True)))) == ["8.8.4.4"]


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        (parse("nowhere.test"), FailureKind.NO_SUCH_NAME),
        (parse("nowhere.test", mx=True), FailureKind.NO_SUCH_NAME),
        (parse("empty.test"), FailureKind.NO_ADDRESS),
        (parse("empty.test", mx=True), FailureKind.NO_ADDRESS),
        (parse("all-gone.test", mx=True), FailureKind.NO_SUCH_NAME),
    ],
)
def test_a_name_that_leads_nowhere(target: Target, kind: FailureKind) -> None:
    failure = failure_of(lambda r: r.routes(target))
    assert failure.kind is kind
    assert failure.detail


def test_the_family_that_is_missing_is_named() -> None:
    assert "IPv4 address" in failure_of(lambda r: r.addresses("six.test", 25, "4")).detail


@pytest.mark.parametrize(
    ("domain", "expected"),
    [("example.test", True), ("bare.test", False), ("null.test", False), ("nowhere.test", False), ("192.0.2.1", False)],
)
def test_whether_mx_is_worth_a_hint(domain: str, expected: bool) -> None:
    assert ask(lambda r: r.has_mx(domain)) is expected


def test_an_answer_is_asked_for_once() -> None:
    asked: list[str] = []

    async def twice(resolver: Resolver) -> None:
        for _ in range(2):
            await resolver.routes(parse("example.test", mx=True))
            await resolver.has_mx("bare.test")

    ask(twice, asked)
    assert len(asked) == len(set(asked)) == 4


def test_a_nameserver_is_an_address() -> None:
    with pytest.raises(TargetError, match="by its address"):
        Resolver(["dns.example.com"])
    Resolver(["192.0.2.53", "[2001:db8::53]:5353", "2001:db8::53"])
