"""What is asked of blocklists, and what of their answers is a listing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import dns.rcode
import pytest
from scripted_dns import Script, Zone, failing, serve, zone

from smtpprobe.journey import Listing
from smtpprobe.names import Resolver
from smtpprobe.names.blocklists import DEFAULT_BLOCKLISTS, RHSBLS, listed
from smtpprobe.outcome import FailureKind

NIBBLES = "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2"


def ask(
    script: Script, zones: Sequence[str], address: str | None = "192.0.2.1", domain: str | None = "example.test"
) -> tuple[Listing, ...]:
    async def held() -> tuple[Listing, ...]:
        async with serve(script) as nameserver:
            return await listed(Resolver([nameserver], lifetime=0.5), zones, address, domain)

    return asyncio.run(held())


def test_lists_of_addresses_get_the_address_and_lists_of_domains_the_domain() -> None:
    asked: list[str] = []
    found = ask(zone({}, asked), (*DEFAULT_BLOCKLISTS, *RHSBLS))
    assert sorted(asked) == sorted(
        [*(f"1.2.0.192.{name} A" for name in DEFAULT_BLOCKLISTS), *(f"example.test.{name} A" for name in RHSBLS)]
    )
    assert [(one.zone, one.subject) for one in found] == [
        *((name, "192.0.2.1") for name in DEFAULT_BLOCKLISTS),
        *((name, "example.test") for name in RHSBLS),
    ]
    assert {(one.codes, one.reason, one.failure) for one in found} == {((), "", None)}


def test_a_list_that_nobody_knows_gets_both() -> None:
    found = ask(zone({}), ["Own.test."])
    assert [(one.zone, one.subject) for one in found] == [("own.test", "192.0.2.1"), ("own.test", "example.test")]


@pytest.mark.parametrize(("address", "domain"), [(None, None), (None, "[192.0.2.1]")])
def test_without_a_subject_nothing_is_asked(address: str | None, domain: str | None) -> None:
    asked: list[str] = []
    assert ask(zone({}, asked), ("own.test", *RHSBLS), address, domain) == ()
    assert asked == []


def test_an_ipv6_address_is_asked_for_by_nibbles() -> None:
    asked: list[str] = []
    ask(zone({}, asked), ["own.test"], "2001:db8::1", None)
    assert asked == [f"{NIBBLES}.own.test A"]


def test_a_listing_comes_with_its_reason() -> None:
    records: Zone = {"1.2.0.192.own.test": {"A": ["127.0.0.4", "127.0.0.2"], "TXT": ['"seen in " "spam"']}}
    found = ask(zone(records), ["own.test"], domain=None)
    assert found == (Listing("own.test", "192.0.2.1", ("127.0.0.2", "127.0.0.4"), "seen in spam"),)


def test_a_reason_is_cut() -> None:
    strings = " ".join([f'"{"x" * 255}"'] * 4)
    found = ask(zone({"1.2.0.192.own.test": {"A": ["127.0.0.2"], "TXT": [strings]}}), ["own.test"], domain=None)
    assert len(found[0].reason) == 300


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("dbl.spamhaus.org", "127.0.1.4", ["phishing"]),
        ("dbl.spamhaus.org", "127.0.1.102", ["abuse"]),
        ("multi.surbl.org", "127.0.0.80", ["malware", "spam"]),
        ("multi.uribl.com", "127.0.0.2", ["black"]),
    ],
)
def test_the_codes_of_the_usual_lists_of_domains_are_put_into_words(name: str, code: str, words: list[str]) -> None:
    found = ask(zone({f"example.test.{name}": {"A": [code], "TXT": ['"see there"']}}), [name])
    assert all(word in found[0].reason for word in [*words, "see there"])


@pytest.mark.parametrize("code", ["127.255.255.254", "127.0.0.1", "203.0.113.7"])
def test_an_answer_that_is_no_listing_is_kept_as_it_is(code: str) -> None:
    """The verdict tells them apart; a list that refuses to answer does so for every name."""
    records: Zone = {"1.2.0.192.own.test": {"A": [code]}, "1.0.0.127.own.test": {"A": [code]}}
    (found,) = ask(zone(records), ["own.test"], domain=None)
    assert (found.codes, found.failure) == ((code,), None)


@pytest.mark.parametrize(
    ("address", "domain", "names"),
    [
        ("192.0.2.1", None, ["1.2.0.192.own.test", "1.0.0.127.own.test"]),
        ("2001:db8::1", None, [f"{NIBBLES}.own.test", f"1.0.0.0.0.0.f.7.f.f.f.f.{'0.' * 20}own.test"]),
        (None, "example.test", ["example.test.own.test", "invalid.own.test"]),
    ],
)
def test_a_list_that_names_everything_is_not_believed(
    address: str | None, domain: str | None, names: list[str]
) -> None:
    (found,) = ask(zone({name: {"A": ["127.0.0.2"]} for name in names}), ["own.test"], address, domain)
    assert found.failure is not None
    assert "own.test" in found.failure.detail


def test_a_list_that_fails_is_a_failure() -> None:
    (found,) = ask(lambda query, tcp: failing(query, dns.rcode.REFUSED), ["own.test"], domain=None)
    assert found.failure is not None
    assert found.failure.kind is FailureKind.DNS
    assert found.codes == ()
