"""What an SPF result is told as: cause and side first, and the exact record to publish."""

from __future__ import annotations

import pytest
from spf_suite import Zone, driven

from smtpprobe.journey import Ruling
from smtpprobe.outcome import Check, Standing, Who
from smtpprobe.verdicts.spf import check_host
from smtpprobe.verdicts.spf_ruling import spf_ruling

PUBLISH = "Publish as the one SPF record of a.test:  a.test.  TXT  "
OTHERWISE = "Or send this mail through a server that the record names already."


def ruled(*records: str, zone: Zone | None = None, confirmed: bool = True, address: str = "192.0.2.10") -> Ruling:
    full = {"a.test": {"TXT": list(records)}, **(zone or {})}
    result = driven(check_host(address, "a.test", "bob@a.test", "h.test"), full)
    return spf_ruling(result, address, "a.test", confirmed)


def test_pass() -> None:
    ruling = ruled("v=spf1 include:b.test -all", zone={"b.test": {"TXT": ["v=spf1 ip4:192.0.2.0/24"]}})

    assert (ruling.check, ruling.subject, ruling.standing) == (Check.SPF, "a.test", Standing.PASS)
    assert (ruling.result, ruling.who, ruling.steps) == ("pass", Who.NOBODY, ())
    assert ruling.summary == (
        'a.test\'s SPF record lets 192.0.2.10 send for it, by "ip4:192.0.2.0/24" in the record of b.test.'
    )
    assert ruling.detail == "1 of 10 DNS look-ups; include:b.test → b.test"
    assert ruling.record == "v=spf1 include:b.test -all"


def test_a_pass_for_everybody_is_noted() -> None:
    ruling = ruled("v=spf1 +all")

    assert ruling.standing == Standing.PASS
    assert ruling.steps == ('It lets everybody send by "+all": name the senders, and end in "~all" or "-all".',)


@pytest.mark.parametrize(
    ("record", "standing", "summary"),
    [
        (
            "v=spf1 mx -all",
            Standing.FAIL,
            '192.0.2.10 is not in a.test\'s SPF record, which tells receivers to refuse it by "-all": '
            "this is for the sender's side to fix.",
        ),
        (
            "v=spf1 mx ~all",
            Standing.WARN,
            '192.0.2.10 is not in a.test\'s SPF record, which calls it suspicious by "~all": '
            "this is for the sender's side to fix.",
        ),
        (
            "v=spf1 mx ?all",
            Standing.WARN,
            '192.0.2.10 is not in a.test\'s SPF record, which says nothing of it by "?all": '
            "this is for the sender's side to fix.",
        ),
        (
            "v=spf1 mx",
            Standing.WARN,
            "192.0.2.10 is not in a.test's SPF record, which ends without a verdict: "
            "this is for the sender's side to fix.",
        ),
        (
            "v=spf1 -ip4:192.0.2.10 mx",
            Standing.FAIL,
            'a.test\'s SPF record singles out 192.0.2.10, which tells receivers to refuse it by "-ip4:192.0.2.10": '
            "this is for the sender's side to fix.",
        ),
    ],
)
def test_an_address_that_is_not_named(record: str, standing: Standing, summary: str) -> None:
    ruling = ruled(record)

    assert (ruling.standing, ruling.summary, ruling.who) == (standing, summary, Who.SENDER)
    assert ruling.steps == (f'{PUBLISH}"v=spf1 ip4:192.0.2.10 {record[7:]}"', OTHERWISE)
    assert ruling.record == record


def test_no_address_is_suggested_that_nobody_confirmed() -> None:
    for record in (["v=spf1 mx -all"], ["v=spf1 a -all", "v=spf1 mx -all"], []):
        ruling = ruled(*record, confirmed=False)
        assert not [step for step in ruling.steps if "ip4:" in step]
    assert ruling.steps == (
        "Say which address the mail leaves from, with --from-ip ADDRESS: "
        "192.0.2.10 is not confirmed, and only a confirmed address belongs into an SPF record.",
    )


def test_a_suggested_record_passes() -> None:
    for record in ("v=spf1 mx -all", "v=spf1", "v=spf1 redirect=b.test", "V=SPF1  a   -all ", "v=spf1 -ip4:192.0.2.10"):
        for address in ("192.0.2.10", "2001:db8::1"):
            ruling = ruled(record, zone={"b.test": {"TXT": ["v=spf1 -all"]}}, address=address)
            new = ruling.steps[0].removeprefix(PUBLISH).strip('"')
            assert ruled(new, address=address).standing == Standing.PASS


def test_a_long_record_is_written_in_strings_and_a_very_long_one_is_not_written() -> None:
    terms = " ".join([f"ip4:198.51.100.{number}" for number in range(20)])
    ruling = ruled(f"v=spf1 {terms} -all")
    strings = ruling.steps[0].removeprefix(PUBLISH).strip('"').split('" "')
    assert "".join(strings) == f"v=spf1 ip4:192.0.2.10 {terms} -all"
    assert [len(text) for text in strings[:-1]] == [255]

    ruling = ruled(f"v=spf1 {terms} {terms} {terms} -all")
    assert ruling.steps[0] == 'Put ip4:192.0.2.10 right after "v=spf1" into the TXT record of a.test.'


def test_no_record() -> None:
    ruling = ruled("some text")

    assert (ruling.standing, ruling.result) == (Standing.WARN, "none")
    assert ruling.summary == "The sender's domain a.test publishes no SPF record, so nothing vouches for 192.0.2.10."
    assert ruling.steps == (
        f'{PUBLISH}"v=spf1 ip4:192.0.2.10 ~all"',
        'Name your other senders in it too; when all are in, change "~all" to "-all".',
    )


def test_a_sender_without_a_domain() -> None:
    result = driven(check_host("192.0.2.10", "[192.0.2.10]", "postmaster@[192.0.2.10]", "[192.0.2.10]"), {})
    ruling = spf_ruling(result, "192.0.2.10", "[192.0.2.10]", True)

    assert (ruling.standing, ruling.steps) == (Standing.WARN, ())
    assert ruling.summary == (
        'The sender\'s domain "[192.0.2.10]" is no domain name that could have an SPF record, '
        "so nothing vouches for 192.0.2.10."
    )


def test_what_the_domain_says_of_it() -> None:
    ruling = ruled("v=spf1 a:gone.test -all exp=e.test", zone={"e.test": {"TXT": ["%{i} is not ours"]}})

    assert ruling.detail == (
        '1 of 10 DNS look-ups, 1 of them for nothing; the domain explains: "192.0.2.10 is not ours"'
    )


def test_the_dns_fails() -> None:
    result = driven(check_host("192.0.2.10", "a.test", "bob@a.test", "h.test"), {"a.test": {"FAIL": []}})
    ruling = spf_ruling(result, "192.0.2.10", "a.test", True)

    assert ruling.standing == Standing.UNKNOWN
    assert ruling.summary == (
        "The sender's SPF record could not be evaluated: "
        "the DNS did not answer in time when asked for the SPF record of a.test."
    )


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("v=spf1 a:192.0.2.1 -all", "v=spf1 ip4:192.0.2.1 -all"),
        ("v=spf1 mx:2001:db8::1 -all", "v=spf1 ip6:2001:db8::1 -all"),
        ("v=spf1 ipv4:192.0.2.0/24 -all", "v=spf1 ip4:192.0.2.0/24 -all"),
        ("v=spf1 ip6:192.0.2.1 -all", "v=spf1 ip4:192.0.2.1 -all"),
        ("v=spf1 ip4:2001:db8::1 -all", "v=spf1 ip6:2001:db8::1 -all"),
        ("v=spf1 redirect:b.test", "v=spf1 redirect=b.test"),
        ("v=spf1 includes:b.test -all", "v=spf1 include:b.test -all"),
        ("v=spf1 ip4:192.0.2.1, -all", "v=spf1 ip4:192.0.2.1 -all"),
        ("v=spf1 mx -all.", "v=spf1 mx -all"),
    ],
)
def test_a_common_slip_is_mended(broken: str, mended: str) -> None:
    ruling = ruled(broken)

    assert (ruling.standing, ruling.result) == (Standing.FAIL, "permerror")
    assert ruling.steps == (f'{PUBLISH}"{mended}"',)


def test_a_term_that_cannot_be_guessed() -> None:
    ruling = ruled("v=spf1 moo -all")

    assert ruling.summary == (
        "a.test's SPF record is broken at \"moo\", so receivers take it for an error on the sender's side: "
        'there is no mechanism "moo".'
    )
    assert ruling.steps == ('Correct "moo" or take it out of the TXT record of a.test, then ask again.',)


def test_the_record_of_somebody_else_is_broken() -> None:
    ruling = ruled("v=spf1 include:b.test -all", zone={"b.test": {"TXT": ["v=spf1 moo"]}})

    assert ruling.summary.startswith('a.test\'s SPF record leads to that of b.test, which is broken at "moo"')
    assert ruling.steps[0] == ("Tell the owner of b.test, or take the term that leads there out of a.test's record.")


def test_several_records_are_merged() -> None:
    ruling = ruled("v=spf1 mx include:b.test ~all", "v=spf1 include:b.test +mx ip4:198.51.100.1 -all")

    assert (ruling.standing, ruling.result) == (Standing.FAIL, "permerror")
    assert ruling.summary == (
        "a.test publishes 2 SPF records where one is allowed, so none counts: this is for the sender's side to fix."
    )
    assert ruling.steps == (
        'Merge them into one TXT record: "v=spf1 mx include:b.test ~all" and '
        '"v=spf1 include:b.test +mx ip4:198.51.100.1 -all".',
        f'{PUBLISH}"v=spf1 ip4:192.0.2.10 mx include:b.test ip4:198.51.100.1 ~all"',
        "Delete the others.",
    )
    assert ruling.record == "v=spf1 mx include:b.test ~all / v=spf1 include:b.test +mx ip4:198.51.100.1 -all"


@pytest.mark.parametrize(
    "second", ["v=spf1 redirect=c.test", "v=spf1 moo", "v=spf1 " + " ".join([f"a:n{n}.test" for n in range(11)])]
)
def test_what_cannot_be_merged_is_left_to_a_person(second: str) -> None:
    assert len(ruled("v=spf1 mx -all", second).steps) == 1


def test_several_records_of_somebody_else() -> None:
    ruling = ruled("v=spf1 include:b.test -all", zone={"b.test": {"TXT": ["v=spf1 a", "v=spf1 mx"]}})

    assert ruling.summary.startswith("b.test publishes 2 SPF records")
    assert ruling.steps[1] == "That is for the owner of b.test to do; until then take the term that leads there out."


def test_what_others_write_is_cut_to_fit() -> None:
    label = "b" * 60
    for record in (
        "v=spf1 " + "x" * 9_000,
        "v=spf1 exists:" + f"{label}." * 90 + "test ?all",
        "v=spf1 " + " ".join([f"a:{label}.{label}.{label}.n{number}.test" for number in range(3)]),
        "v=spf1 mx -all " + "x" * 2_000,
    ):
        ruling = ruled(record)
        assert len(ruling.summary) < 600
        assert all(len(step) < 2_500 for step in (*ruling.steps, ruling.detail))


def test_eleven_lookups() -> None:
    hosts = {"A": ["198.51.100.1"], "MX": ["1 s1.test"]}
    zone: Zone = {f"s{number}.test": {"TXT": ["v=spf1 a mx -all"], **hosts} for number in (1, 2, 3)}
    record = "v=spf1 a mx include:s1.test include:s2.test include:s3.test -all"
    ruling = ruled(zone={**zone, "a.test": {"TXT": [record], **hosts}})

    assert (ruling.standing, ruling.result) == (Standing.FAIL, "permerror")
    assert ruling.summary == (
        "a.test's SPF record takes 11 DNS look-ups where 10 are allowed, "
        "so receivers take it for an error on the sender's side."
    )
    assert ruling.steps == (
        "Bring it to 10 or less; of its terms a costs 1, mx costs 1, include:s1.test costs 3, include:s2.test costs 3 "
        "and include:s3.test costs 3.",
        "Take out what no longer sends for a.test; include:s1.test is the dearest.",
        "Replace a and mx by ip4: and ip6: with the addresses of those hosts, which cost nothing.",
        "Give a service that sends much a subdomain of its own, with its own record.",
    )


def test_a_record_beyond_counting_is_not_rewritten() -> None:
    record = "v=spf1 " + "ptr " * 60 + "-all"
    ruling = ruled(zone={"a.test": {"TXT": [record]}, "10.2.0.192.in-addr.arpa": {"PTR": ["x.test"]}})

    assert "takes 40 DNS look-ups" in ruling.summary
    assert len(ruling.steps) == 4


def test_repeats_and_ptr_are_what_is_too_much() -> None:
    record = "v=spf1 a mx ptr a mx a mx a mx a mx exp=e.test -all"
    ruling = ruled(zone={"a.test": {"TXT": [record], "A": ["198.51.100.1"], "MX": ["1 a.test"]}})

    assert ruling.steps[1] == f'{PUBLISH}"v=spf1 a mx -all exp=e.test"'
