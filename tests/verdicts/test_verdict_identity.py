"""The sender's names: EHLO, PTR, and whether they lead back to the address."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spf_suite import Zone, driven

from smtpprobe.journey import Question, Ruling
from smtpprobe.outcome import Check, Standing, Who
from smtpprobe.verdicts.identity import check_identity, generic

ADDRESS = "192.0.2.10"
REVERSE = "10.2.0.192.in-addr.arpa"
NAME = "mail.example.org"
GOOD: Zone = {REVERSE: {"PTR": [NAME]}, NAME: {"A": [ADDRESS], "AAAA": ["2001:db8::10"]}}
OWNER = "Have the owner of the address, usually the hosting provider, set  "
SETTINGS = (
    f"Greet as {NAME}: in Postfix smtp_helo_name = {NAME} (or myhostname, for all that it says of itself), "
    f"in Exim helo_data = {NAME} in the smtp transport (or primary_hostname)."
)


def ruled(zone: Zone, ehlo: str = NAME, address: str = ADDRESS) -> tuple[Ruling, Ruling]:
    greeting, reverse = driven(check_identity(address, ehlo), zone)
    assert (greeting.check, reverse.check) == (Check.EHLO_NAME, Check.PTR)
    return greeting, reverse


def test_names_that_fit() -> None:
    asked: list[tuple[Question, ...]] = []
    greeting, reverse = driven(check_identity(ADDRESS, "Mail.Example.ORG."), GOOD, asked)

    assert (greeting.standing, greeting.subject, greeting.who) == (Standing.PASS, NAME, Who.NOBODY)
    assert (reverse.standing, reverse.subject, reverse.record) == (Standing.PASS, ADDRESS, NAME)
    assert reverse.summary == f"The sender's address {ADDRESS} is named {NAME}, which leads back to it."
    assert asked == [
        (Question(REVERSE, "PTR"), Question(NAME, "A"), Question(NAME, "AAAA")),
        (Question(NAME, "A"), Question(NAME, "AAAA")),
    ]


def test_ipv6_and_ipv4_inside_ipv6() -> None:
    reverse6 = f"{'0.1.0.0.' + '0.' * 20}8.b.d.0.1.0.0.2.ip6.arpa"
    zone: Zone = {**GOOD, reverse6: {"PTR": [NAME]}}
    assert [ruling.standing for ruling in ruled(zone, address="2001:db8::10")] == [Standing.PASS] * 2
    assert ruled(zone, address="::ffff:192.0.2.10")[1].subject == ADDRESS


@pytest.mark.parametrize(
    ("ehlo", "zone", "standing", "result", "summary"),
    [
        ("[192.0.2.10]", {}, Standing.WARN, "literal",
         "The sender greets with the address literal [192.0.2.10], which many receivers refuse."),
        ("localhost", {}, Standing.FAIL, "no-full-name",
         'The sender greets as "localhost", which is no full name in the public DNS, so many receivers refuse it.'),
        ("mail.office.local", {}, Standing.FAIL, "no-full-name",
         'The sender greets as "mail.office.local", which is no full name in the public DNS, '
         "so many receivers refuse it."),
        ("my_host.example.org", {}, Standing.FAIL, "no-full-name",
         'The sender greets as "my_host.example.org", which is no full name in the public DNS, '
         "so many receivers refuse it."),
        (NAME, {}, Standing.FAIL, "no-address",
         "The sender greets as mail.example.org, which has no address in the DNS, so many receivers refuse it."),
        (NAME, {NAME: {"A": ["198.51.100.1"], "AAAA": ["2001:db8::1"]}}, Standing.WARN, "other-address",
         "The sender greets as mail.example.org, which leads to 198.51.100.1 and 2001:db8::1 and not to 192.0.2.10."),
        (NAME, {NAME: {"FAIL": []}}, Standing.UNKNOWN, "temperror",
         "Whether the sender's EHLO name mail.example.org leads to 192.0.2.10 cannot be told: "
         "the DNS did not answer in time."),
    ],
)  # fmt: skip
def test_an_ehlo_name_that_does_not_fit(ehlo: str, zone: Zone, standing: Standing, result: str, summary: str) -> None:
    greeting, _ = ruled(zone, ehlo)

    assert (greeting.standing, greeting.result, greeting.summary, greeting.who) == (
        standing,
        result,
        summary,
        Who.SENDER,
    )
    assert greeting.steps


def test_how_to_greet_better() -> None:
    assert ruled(GOOD, "localhost")[0].steps == (SETTINGS,)
    assert ruled({}, NAME)[0].steps == (f"Publish {NAME}.  A  {ADDRESS}, or greet with a name that has this address.",)
    assert ruled({}, NAME, "2001:db8::10")[0].steps == (
        f"Publish {NAME}.  AAAA  2001:db8::10, or greet with a name that has this address.",
    )
    nothing = ruled({}, "localhost")[0].steps
    assert nothing[0].startswith("Greet as mail.YOUR-DOMAIN: in Postfix smtp_helo_name = mail.YOUR-DOMAIN")
    assert nothing[1] == f"Publish mail.YOUR-DOMAIN.  A  {ADDRESS}."

    pool: Zone = {REVERSE: {"PTR": ["pool-10.isp.example"]}, "pool-10.isp.example": {"A": [ADDRESS]}}
    assert "isp.example" not in "".join(ruled(pool, NAME)[0].steps)


def test_no_name() -> None:
    _, reverse = ruled({NAME: {"A": [ADDRESS]}})
    assert (reverse.standing, reverse.result) == (Standing.FAIL, "none")
    assert reverse.summary == (
        f"The sender's address {ADDRESS} has no name (no PTR record), so many receivers refuse its mail."
    )
    assert reverse.steps == (f"{OWNER}{REVERSE}.  PTR  {NAME}.",)

    assert ruled({})[1].steps == (f"Publish  {NAME}.  A  {ADDRESS}", f"{OWNER}{REVERSE}.  PTR  {NAME}.")
    assert ruled({}, "localhost")[1].steps[1] == f"{OWNER}{REVERSE}.  PTR  mail.YOUR-DOMAIN."


@pytest.mark.parametrize(
    ("name", "leads"),
    [({}, "has no address"), ({"A": ["198.51.100.1"]}, "leads to 198.51.100.1 instead")],
)
def test_a_name_that_does_not_lead_back(name: dict[str, list[str]], leads: str) -> None:
    _, reverse = ruled({REVERSE: {"PTR": ["old.example.org"]}, "old.example.org": name, NAME: {"A": [ADDRESS]}})

    assert (reverse.standing, reverse.result, reverse.record) == (Standing.FAIL, "unconfirmed", "old.example.org")
    assert reverse.summary == (
        f"The sender's address {ADDRESS} is named old.example.org, which {leads}, so many receivers refuse its mail."
    )
    assert reverse.steps == (
        f"Publish old.example.org.  A  {ADDRESS}, if old.example.org is your name.",
        f"{OWNER}{REVERSE}.  PTR  {NAME}.",
    )


def test_one_name_that_leads_back_is_enough() -> None:
    zone: Zone = {REVERSE: {"PTR": ["old.example.org", NAME]}, NAME: {"A": [ADDRESS]}}
    assert ruled(zone)[1].standing == Standing.PASS


def test_a_name_of_customers() -> None:
    rote = "ip-192-0-2-10.isp.example"
    _, reverse = ruled({REVERSE: {"PTR": [rote]}, rote: {"A": [ADDRESS]}, NAME: {"A": [ADDRESS]}})

    assert (reverse.standing, reverse.result) == (Standing.WARN, "generic")
    assert reverse.summary == (
        f"The sender's address {ADDRESS} is named {rote}, as addresses of customers are, not mail servers."
    )
    assert reverse.steps == (f"{OWNER}{REVERSE}.  PTR  {NAME}.",)


@pytest.mark.parametrize(
    ("name", "address", "rote"),
    [
        ("ip-192-0-2-10.isp.example", ADDRESS, True),
        ("10.2.0.192.isp.example", ADDRESS, True),
        ("h192.0.2.10.isp.example", ADDRESS, True),
        ("192000002010.isp.example", ADDRESS, True),
        ("c000020a.isp.example", ADDRESS, True),
        ("dhcp7.isp.example", ADDRESS, True),
        ("x.dyn.isp.example", ADDRESS, True),
        ("pool-2.isp.example", ADDRESS, True),
        ("mail.example.org", ADDRESS, False),
        ("mail-2-10.example.org", ADDRESS, False),
        ("mail.dynamic.example", ADDRESS, False),
        ("carpool.mail.example.org", ADDRESS, False),
        ("2001-db8-0-0-0000-0000-0000-0010.isp.example", "2001:db8::10", True),
        ("mail10.example.org", "2001:db8::10", False),
    ],
)
def test_generic_names(name: str, address: str, rote: bool) -> None:
    assert generic(name, address) is rote


def test_the_dns_fails() -> None:
    assert ruled({REVERSE: {"FAIL": []}})[1].summary == (
        f"Whether the sender's address {ADDRESS} has a name cannot be told: the DNS did not answer in time."
    )
    _, reverse = ruled({REVERSE: {"PTR": [NAME]}, NAME: {"FAIL": []}})
    assert (reverse.standing, reverse.result) == (Standing.UNKNOWN, "temperror")
    assert reverse.summary == (
        f"Whether {NAME} leads back to the sender's address cannot be told: the DNS did not answer in time."
    )


def test_many_names_are_bounded() -> None:
    asked: list[tuple[Question, ...]] = []
    names = [f"n{number}.example.org" for number in range(50)]
    driven(check_identity(ADDRESS, NAME), {REVERSE: {"PTR": names}}, asked)

    assert [len(group) for group in asked] == [3, 20]


@given(st.text(max_size=40), st.lists(st.text(max_size=20), max_size=4), st.lists(st.text(max_size=12), max_size=3))
@settings(max_examples=200, deadline=None)
def test_no_name_is_too_odd(ehlo: str, names: list[str], found: list[str]) -> None:
    zone = {REVERSE: {"PTR": names}, **{name.rstrip(".").lower(): {"A": [*found, ADDRESS]} for name in names}}
    assert all(isinstance(ruling, Ruling) for ruling in ruled(zone, ehlo))
