"""SPF beyond the public suite: what a result tells, how it asks, and that no record gets it out of its bounds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spf_suite import Zone, driven

from smtpprobe.journey import Mailbox, Question
from smtpprobe.verdicts.asked import address_of
from smtpprobe.verdicts.spf import check_host, spf_identity
from smtpprobe.verdicts.spf_macros import MacroError, Values, check_domain, expand
from smtpprobe.verdicts.spf_record import RECORD_LIMIT, SpfSyntaxError, read_record
from smtpprobe.verdicts.spf_values import SpfCost, SpfResult, SpfVisit

RESULTS = {"none", "neutral", "pass", "fail", "softfail", "temperror", "permerror"}
WORDS = [
    "a", "mx", "ptr", "all", "-all", "~all", "?all", "include:a.test", "include:b.test", "include:%{d}",
    "redirect=a.test", "redirect=b.test", "exists:%{i}.%{l}.a.test", "exists:%{p}.a.test", "exp=a.test", "ptr:a.test",
    "mx:b.test", "a:%{h}", "ip4:192.0.2.0/25", "ip6:2001:db8::/32", "x=%{d99r-}", "a/24//64", "-include:a.test", "moo",
]  # fmt: skip
NAMES = ["a.test", "b.test", "sub.a.test", "10.2.0.192.in-addr.arpa"]


def checked(zone: Zone, address: str = "192.0.2.10", domain: str = "a.test", helo: str = "mx.a.test") -> SpfResult:
    return driven(check_host(address, domain, f"bob@{domain}", helo), zone)


def test_a_pass_is_told_by_the_mechanism_that_matched_and_the_way_to_it() -> None:
    zone = {
        "a.test": {"TXT": ["v=spf1 mx include:b.test -all", "something else"]},
        "b.test": {"TXT": ["v=spf1 ip4:192.0.2.0/24 ~all"]},
    }
    result = checked(zone)

    assert (result.result, result.mechanism, result.domain) == ("pass", "ip4:192.0.2.0/24", "b.test")
    assert (result.lookups, result.void_lookups) == (2, 1)
    assert result.record == "v=spf1 mx include:b.test -all"
    assert result.trail == (
        SpfVisit("a.test", "v=spf1 mx include:b.test -all"),
        SpfVisit("b.test", "v=spf1 ip4:192.0.2.0/24 ~all", "include:b.test", 1),
    )


def test_an_include_with_another_qualifier_is_told_by_the_include() -> None:
    zone = {"a.test": {"TXT": ["v=spf1 -include:b.test +all"]}, "b.test": {"TXT": ["v=spf1 +all"]}}

    result = checked(zone)

    assert (result.result, result.mechanism, result.domain) == ("fail", "-include:b.test", "a.test")


def test_what_is_independent_is_asked_at_once() -> None:
    zone = {
        "a.test": {"TXT": ["v=spf1 a mx include:b.test exists:%{i}.x.test -all"], "MX": ["1 m.test", "2 n.test"]},
        "b.test": {"TXT": ["v=spf1 -all"]},
        "m.test": {"A": ["192.0.2.7"]},
    }
    asked: list[tuple[Question, ...]] = []
    result = driven(check_host("192.0.2.10", "a.test", "bob@a.test", "h.test"), zone, asked)

    assert result.result == "fail"
    assert asked == [
        (Question("a.test", "TXT"),),
        (
            Question("a.test", "A"),
            Question("a.test", "MX"),
            Question("b.test", "TXT"),
            Question("192.0.2.10.x.test", "A"),
        ),
        (Question("m.test", "A"), Question("n.test", "A")),
    ]


def test_nothing_is_asked_ahead_beyond_a_network_that_matches() -> None:
    asked: list[tuple[Question, ...]] = []
    zone = {"a.test": {"TXT": ["v=spf1 ip4:192.0.2.10 a mx include:b.test -all"]}}

    driven(check_host("192.0.2.10", "a.test", "bob@a.test", "h.test"), zone, asked)

    assert asked == [(Question("a.test", "TXT"),)]


def test_the_count_goes_on_beyond_the_limit() -> None:
    zone: Zone = {
        "a.test": {"TXT": ["v=spf1 a mx include:b.test include:c.test -all"], "A": ["192.0.2.1"], "MX": ["1 a.test"]},
        "b.test": {"TXT": ["v=spf1 a a a a a ?all"], "A": ["192.0.2.1"]},
        "c.test": {"TXT": ["v=spf1 a a redirect=d.test"], "A": ["192.0.2.1"]},
        "d.test": {"TXT": ["v=spf1 mx include:a.test"], "MX": ["1 a.test"]},
    }
    result = checked(zone)

    assert result.result == "permerror"
    assert result.costs == (
        SpfCost("a", 1),
        SpfCost("mx", 1),
        SpfCost("include:b.test", 6),
        SpfCost("include:c.test", 6),
    )
    assert result.lookups == 14


def test_what_cannot_be_read_counts_for_no_more() -> None:
    zone: Zone = {
        "a.test": {"TXT": ["v=spf1 " + "ptr " * 11 + "include:b.test include:gone.test -all"]},
        "b.test": {"TXT": ["v=spf1 moo"]},
        "10.2.0.192.in-addr.arpa": {"PTR": ["x.test"]},
    }
    result = checked(zone)

    assert result.costs[-2:] == (SpfCost("include:b.test", 1), SpfCost("include:gone.test", 1))
    assert result.lookups == 13


def test_void_lookups_are_named() -> None:
    result = checked({"a.test": {"TXT": ["v=spf1 a:x.test mx exists:y.test -all"]}})

    assert (result.result, result.void_lookups, result.broken) == ("permerror", 3, "exists:y.test")
    assert result.problem == "more than 2 of its terms lead to names without a record: a:x.test, mx and exists:y.test"


def test_a_redirect_has_to_lead_to_a_domain() -> None:
    result = checked({"a.test": {"TXT": ["v=spf1 redirect=%{o1}"]}})

    assert (result.result, result.problem) == ("permerror", "the name it leads to is no domain name")


def test_an_explanation_that_no_name_leads_to() -> None:
    result = checked({"a.test": {"TXT": ["v=spf1 -all exp=..b.test"]}})

    assert (result.result, result.explanation) == ("fail", "")


def test_a_circle_is_counted_once() -> None:
    result = checked({"a.test": {"TXT": ["v=spf1 include:b.test"]}, "b.test": {"TXT": ["v=spf1 include:a.test"]}})

    assert (result.result, result.lookups, result.costs) == ("permerror", 11, (SpfCost("include:b.test", 2),))


def test_a_costly_record_is_counted_to_an_end() -> None:
    names = [f"n{number}.test" for number in range(8)]
    zone: Zone = {name: {"TXT": ["v=spf1 " + " ".join([f"include:{other}" for other in names])]} for name in names}

    asked: list[tuple[Question, ...]] = []
    result = driven(check_host("192.0.2.10", names[0], f"bob@{names[0]}", "h.test"), zone, asked)

    assert result.result == "permerror"
    assert 10 < result.lookups <= 41
    assert sum(map(len, asked)) == len(names)


@pytest.mark.parametrize(
    ("record", "term", "why"),
    [
        (
            "v=spf1 a:192.0.2.1 -all",
            "a:192.0.2.1",
            "an address stands where a: wants a name; ip4: or ip6: takes addresses",
        ),
        ("v=spf1 ipv4:192.0.2.1 -all", "ipv4:192.0.2.1", "the mechanism is spelled ip4:"),
        ("v=spf1 ip4:2001:db8::1 -all", "ip4:2001:db8::1", '"2001:db8::1" is no IPv4 address; use ip6:'),
        ("v=spf1 ip4:192.0.2.300", "ip4:192.0.2.300", '"192.0.2.300" is no IPv4 address'),
        ("v=spf1 redirect:b.test", "redirect:b.test", "redirect is followed by =, not by :"),
        ("v=spf1 exp=a.test exp=b.test", "exp=b.test", "exp= may stand there only once (RFC 7208 6)"),
        ("v=spf1 -all,", "-all,", "nothing may follow all"),
        ("v=spf1 include:b", "include:b", 'it ends in "b", which is no domain name of two labels or more'),
        ("v=spf1 a:b.-c", "a:b.-c", 'it ends in "-c", which no domain name can end in'),
        ("v=spf1 include", "include", "include is followed by : and a domain"),
        ("v=spf1 exists:%{d0}.b.test", "exists:%{d0}.b.test", "it asks for no part at all in %{d0}"),
        ("v=spf1 exists:%{c}.b.test", "exists:%{c}.b.test", "it uses %{c}, which only an explanation may"),
        ("v=spf1 a:\\x80b.test", "a:\\x80b.test", "it is not ASCII"),
        ("v=spf1 a:ä.test", "a:ä.test", "it is not ASCII"),
        ("v=spf1 !", "!", "it is neither a mechanism nor a modifier"),
        ("v=spf1 spf", "spf", 'there is no mechanism "spf"'),
        ("v=spf1 " + "a " * RECORD_LIMIT, "", "it is 32,775 characters long"),
    ],
)
def test_a_syntax_error_names_its_term(record: str, term: str, why: str) -> None:
    with pytest.raises(SpfSyntaxError) as caught:
        read_record(record)
    assert (caught.value.term, str(caught.value)) == (term, why)

    result = checked({"a.test": {"TXT": [record]}})
    assert (result.result, result.broken, result.problem) == ("permerror", term, why)


def test_the_dns_that_fails_is_named() -> None:
    zone: Zone = {"a.test": {"TXT": ["v=spf1 mx -all"], "MX": ["1 m.test"]}, "m.test": {"FAIL": []}}

    result = checked(zone)

    assert result.result == "temperror"
    assert result.problem == "the DNS did not answer in time when asked for the address of the mail server m.test"


def test_a_host_that_matches_counts_although_another_is_silent() -> None:
    zone: Zone = {
        "a.test": {"TXT": ["v=spf1 mx -all"], "MX": ["1 m.test", "2 n.test"]},
        "m.test": {"FAIL": []},
        "n.test": {"A": ["192.0.2.10"]},
    }
    assert checked(zone).result == "pass"


def test_several_records_are_all_told() -> None:
    result = checked({"a.test": {"TXT": ["v=spf1 a -all", "v=spf1 mx -all"]}})

    assert result.records == ("v=spf1 a -all", "v=spf1 mx -all")
    assert result.problem == "a.test publishes 2 SPF records, and one is allowed"


def test_an_include_without_a_record_is_the_fault_of_the_record_that_names_it() -> None:
    result = checked({"a.test": {"TXT": ["v=spf1 include:gone.test -all"]}})

    assert (result.result, result.broken, result.domain) == ("permerror", "include:gone.test", "a.test")
    assert result.problem == "gone.test does not exist"


def test_a_local_part_that_no_name_can_hold_matches_nothing() -> None:
    zone = {"a.test": {"TXT": ["v=spf1 exists:%{l}.b.test -all"]}}
    for local in ("ä", "back\\slash", "x" * 64):
        asked: list[tuple[Question, ...]] = []
        result = driven(check_host("192.0.2.10", "a.test", f"{local}@a.test", "h.test"), zone, asked)
        assert (result.result, len(asked)) == ("fail", 1)


def test_an_explanation_is_bounded() -> None:
    zone = {"a.test": {"TXT": ["v=spf1 -all exp=e.test"]}, "e.test": {"TXT": ["%{d}" * 200]}}
    assert checked(zone).explanation == ("a.test" * 200)[:1_000]

    zone["e.test"] = {"TXT": ["x" * 1_001]}
    assert checked(zone).explanation == ""


def test_receiver_and_time_serve_an_explanation() -> None:
    zone = {"a.test": {"TXT": ["v=spf1 -all exp=e.test"]}, "e.test": {"TXT": ["%{r} %{t} %{S}"]}}
    asking = check_host("192.0.2.10", "a.test", "bob@a.test", "h.test", receiver="mx.test", now=1_700_000_000)
    assert driven(asking, zone).explanation == "mx.test 1700000000 bob%40a.test"


def test_the_null_sender_is_the_postmaster_of_the_ehlo_name() -> None:
    assert spf_identity(None, "MX.A.test.") == ("mx.a.test", "postmaster@MX.A.test")
    assert spf_identity(Mailbox("bob", "a.test", "bob@a.test"), "h.test") == ("a.test", "bob@a.test")


def test_what_is_no_address_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="does not appear to be"):
        driven(check_host("mail.test", "a.test", "bob@a.test", "h.test"), {})


@given(
    st.dictionaries(
        st.sampled_from(NAMES),
        st.fixed_dictionaries(
            {},
            optional={
                "TXT": st.lists(
                    st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join).map("v=spf1 ".__add__), max_size=2
                ),
                "MX": st.lists(st.sampled_from(["1 a.test", "1 b.test", "0 ", "x", "9"]), max_size=12),
                "A": st.lists(st.sampled_from(["192.0.2.10", "192.0.2.200", "nonsense"]), max_size=3),
                "PTR": st.lists(st.sampled_from(NAMES), max_size=12),
                "FAIL": st.just([]),
            },
        ),
    ),
    st.sampled_from(["192.0.2.10", "2001:db8::1", "::ffff:192.0.2.10"]),
)
@settings(max_examples=300, deadline=None)
def test_every_evaluation_ends_within_its_bounds(zone: Zone, address: str) -> None:
    asked: list[tuple[Question, ...]] = []
    result = driven(check_host(address, "a.test", "bob@a.test", "h.test"), zone, asked)

    assert result.result in RESULTS
    assert bool(result.problem) == (result.result not in ("pass", "fail", "softfail") and not result.mechanism)
    assert len([q for group in asked for q in group]) == len({q for group in asked for q in group})
    assert len(result.trail) <= 11
    assert len(asked) <= 60


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_no_text_is_too_odd_for_a_record(text: str) -> None:
    for record in (f"v=spf1 {text}", f"v=spf1 exists:{text}", f"v=spf1 x={text}", f"v=spf1 -all exp={text}.b.test"):
        assert checked({"a.test": {"TXT": [record]}}).result in RESULTS
    assert checked({"a.test": {"TXT": ["v=spf1 -all exp=e.test"]}, "e.test": {"TXT": [text]}}).result == "fail"


@given(st.text(st.sampled_from("%{}sldiophcrtvr0129.-+_=/ abc"), max_size=40))
@settings(max_examples=500, deadline=None)
def test_what_is_well_formed_expands(text: str) -> None:
    values = Values("bob@a.test", "bob", "a.test", "a.test", address_of("192.0.2.10"), "h.test")
    try:
        check_domain(text)
    except MacroError:
        return
    assert "%{" not in expand(text, values)
