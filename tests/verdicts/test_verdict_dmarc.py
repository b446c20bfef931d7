"""DMARC: the tree walk, the policy that applies, alignment, and what it is told as."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spf_suite import Zone, driven

from smtpprobe.journey import Question, Ruling
from smtpprobe.outcome import Check, Standing, Who
from smtpprobe.verdicts.dmarc import DmarcResult, check_dmarc, walk_names
from smtpprobe.verdicts.dmarc_record import read_dmarc
from smtpprobe.verdicts.dmarc_ruling import dmarc_ruling
from smtpprobe.verdicts.organisation import organisational_domain
from smtpprobe.verdicts.spf_values import SpfResult

PASS, FAIL = SpfResult("pass"), SpfResult("fail")


def zone(**records: str) -> Zone:
    """A zone of DMARC records; ``example_com`` stands for ``_dmarc.example.com``."""
    return {f"_dmarc.{name.replace('_', '.')}": {"TXT": [text]} for name, text in records.items()}


def checked(
    table: Zone,
    author: str = "example.com",
    spf: SpfResult | None = PASS,
    envelope: str = "example.com",
    signers: tuple[str, ...] = (),
) -> DmarcResult:
    return driven(check_dmarc(author, spf, envelope, signers), table)


def ruled(
    table: Zone,
    author: str = "example.com",
    spf: SpfResult | None = PASS,
    envelope: str = "example.com",
    signers: tuple[str, ...] = (),
) -> Ruling:
    return dmarc_ruling(checked(table, author, spf, envelope, signers))


def test_a_walk_asks_for_eight_names_at_most() -> None:
    # The example of RFC 9989 4.10.
    assert walk_names("a.b.c.d.e.f.g.h.i.j.mail.example.com") == (
        "a.b.c.d.e.f.g.h.i.j.mail.example.com",
        "g.h.i.j.mail.example.com",
        "h.i.j.mail.example.com",
        "i.j.mail.example.com",
        "j.mail.example.com",
        "mail.example.com",
        "example.com",
        "com",
    )
    assert walk_names("a.example.com") == ("a.example.com", "example.com", "com")
    assert len(walk_names("a.b.c.d.e.f.g.h")) == 8


def test_all_is_asked_at_once() -> None:
    asked: list[tuple[Question, ...]] = []
    driven(check_dmarc("a.example.com", PASS, "b.example.com", ("example.com",)), {}, asked)

    assert asked == [
        tuple([Question(f"_dmarc.{name}", "TXT") for name in ("a.example.com", "example.com", "com", "b.example.com")])
    ]


@pytest.mark.parametrize(
    ("table", "author", "organisation", "policy", "tag"),
    [
        # RFC 9989 4.10.2: its three examples, and the rules that they are for.
        (zone(mail_example_com="v=DMARC1; p=none", example_com="v=DMARC1; p=reject"), "a.mail.example.com",
         "example.com", "reject", "p"),
        (zone(mail_example_com="v=DMARC1; p=quarantine; psd=n", example_com="v=DMARC1; p=reject"), "a.mail.example.com",
         "mail.example.com", "quarantine", "p"),
        (zone(com="v=DMARC1; p=reject; psd=y"), "a.mail.example.com", "example.com", "reject", "p"),
        (zone(com="v=DMARC1; p=reject; psd=y; sp=none"), "a.mail.example.com", "example.com", "none", "sp"),
        (zone(com="v=DMARC1; p=none; psd=y", example_com="v=DMARC1; p=reject"), "example.com", "example.com",
         "reject", "p"),
        (zone(example_com="v=DMARC1; p=quarantine; psd=y"), "example.com", "example.com", "quarantine", "p"),
        (zone(example_com="v=DMARC1; p=reject; sp=quarantine"), "a.example.com", "example.com", "quarantine", "sp"),
        (zone(example_com="v=DMARC1; p=reject; sp=none", a_example_com="v=DMARC1; p=quarantine; sp=none"),
         "a.example.com", "example.com", "quarantine", "p"),
        (zone(example_com="v=DMARC1; p=reject; t=y"), "example.com", "example.com", "quarantine", "p"),
        (zone(example_com="v=DMARC1; p=quarantine; t=y"), "example.com", "example.com", "none", "p"),
        (zone(example_com="v=DMARC1; p=none; t=y"), "example.com", "example.com", "none", "p"),
        (zone(example_com="v=DMARC1"), "example.com", "example.com", "none", "p"),
        (zone(example_com="v=DMARC1; p=maybe; rua=mailto:d@example.com"), "example.com", "example.com", "none", "p"),
    ],
)  # fmt: skip
def test_policy_and_organisational_domain(table: Zone, author: str, organisation: str, policy: str, tag: str) -> None:
    result = checked(table, author)

    assert (result.organisation, result.policy, result.tag) == (organisation, policy, tag)


def test_np_is_for_names_that_do_not_exist() -> None:
    table = dict(zone(example_com="v=DMARC1; p=none; np=reject"))
    assert (checked(table, "a.example.com").policy, checked(table, "a.example.com").tag) == ("reject", "np")

    table["a.example.com"] = {"TXT": ["no address here"]}
    assert checked(table, "a.example.com").tag == "np"

    table["a.example.com"] = {"MX": ["1 mx.example.com"]}
    assert (checked(table, "a.example.com").policy, checked(table, "a.example.com").tag) == ("none", "p")

    table["a.example.com"] = {"FAIL": []}
    assert checked(table, "a.example.com").tag == "p"


@pytest.mark.parametrize(
    ("record", "author", "envelope", "signers", "spf_aligned", "dkim_aligned"),
    [
        ("p=reject", "example.com", "example.com", (), True, ()),
        ("p=reject", "example.com", "bounce.example.com", (), True, ()),
        ("p=reject", "news.example.com", "bounce.example.com", (), True, ()),
        ("p=reject; aspf=s", "example.com", "bounce.example.com", (), False, ()),
        ("p=reject; aspf=s", "example.com", "example.com", (), True, ()),
        ("p=reject", "example.com", "example.org", ("example.com", "example.org"), False, ("example.com",)),
        ("p=reject", "example.com", "example.org", ("k.example.com", "K.example.com."), False, ("k.example.com",)),
        ("p=reject; adkim=s", "example.com", "example.org", ("k.example.com",), False, ()),
        ("p=reject", "example.com", "", (), False, ()),
    ],
)
def test_alignment(
    record: str,
    author: str,
    envelope: str,
    signers: tuple[str, ...],
    spf_aligned: bool,
    dkim_aligned: tuple[str, ...],
) -> None:
    result = checked(zone(example_com=f"v=DMARC1; {record}"), author, PASS, envelope, signers)

    assert (result.spf_aligned, result.dkim_aligned, result.disputed) == (spf_aligned, dkim_aligned, False)
    assert result.result == ("pass" if spf_aligned or dkim_aligned else "fail")


def test_the_public_suffix_list_may_see_it_otherwise() -> None:
    assert organisational_domain("a.b.example.co.uk") == "example.co.uk"
    assert organisational_domain("co.uk") == "co.uk"

    ours = checked(zone(mail_example_com="v=DMARC1; p=reject"), "mail.example.com", PASS, "bounce.example.com")
    assert (ours.spf_aligned, ours.disputed) == (False, True)

    table = zone(com="v=DMARC1; p=reject; psd=y", example_com="v=DMARC1; p=reject", github_io="v=DMARC1; p=reject")
    theirs = checked(table, "github.io", PASS, "someone.github.io")
    assert (theirs.result, theirs.spf_aligned, theirs.disputed) == ("pass", True, True)


@pytest.mark.parametrize(
    ("text", "problems", "mended"),
    [
        ("v=DMARC1; p=reject; rua=mailto:d@example.com", (), "v=DMARC1; p=reject; rua=mailto:d@example.com"),
        ("v=DMARC1;p=Reject;fo=1;", (), "v=DMARC1; p=reject; fo=1"),
        ("v=DMARC1; p=reject; p=none", ("p= stands in it twice",), "v=DMARC1; p=reject"),
        ("v=DMARC1; p=reject; nonsense", ('"nonsense" in it is no tag',), "v=DMARC1; p=reject"),
        ("v=DMARC1; p=reject; aspf=x", ("aspf=x in it is none of r, s",), "v=DMARC1; p=reject"),
        ("v=DMARC1; p=reject; pct=150", ("pct=150 in it is no number from 0 to 100",), "v=DMARC1; p=reject"),
        ("v=DMARC1; rua=mailto:d@example.com",
         ("it has no p=, which counts as p=none, and makes older receivers pass it over",),
         "v=DMARC1; p=none; rua=mailto:d@example.com"),
    ],
)  # fmt: skip
def test_errors_in_a_record(text: str, problems: tuple[str, ...], mended: str) -> None:
    record = read_dmarc("example.com", text)

    assert (record.problems, record.usable) == (problems, True)
    assert record.mended == mended
    assert read_dmarc("example.com", record.mended).problems == ()


def test_spf_that_passes_and_is_aligned_is_enough() -> None:
    ruling = ruled(zone(example_com="v=DMARC1; p=reject; aspf=s; pct=20"))

    assert (ruling.check, ruling.subject, ruling.standing) == (Check.DMARC, "example.com", Standing.PASS)
    assert (ruling.result, ruling.who, ruling.steps) == ("pass", Who.NOBODY, ())
    assert ruling.summary == "DMARC passes: SPF does, for example.com, which is aligned with example.com."
    assert ruling.detail == (
        "the policy is reject (p= at _dmarc.example.com); alignment of SPF is strict, of DKIM relaxed; "
        "pct=20 counts for older receivers only: RFC 9989 has no such tag"
    )
    assert ruling.record == "v=DMARC1; p=reject; aspf=s; pct=20"


@pytest.mark.parametrize(
    ("policy", "standing", "wish"),
    [
        ("reject", Standing.FAIL, "asks receivers to refuse it"),
        ("quarantine", Standing.WARN, "asks receivers to put it aside as spam"),
        ("none", Standing.WARN, "asks receivers for no consequence"),
    ],
)
def test_without_spf_all_hangs_on_a_signature(policy: str, standing: Standing, wish: str) -> None:
    ruling = ruled(zone(example_com=f"v=DMARC1; p={policy}"), spf=FAIL)

    assert (ruling.standing, ruling.result, ruling.who) == (standing, "fail", Who.SENDER)
    assert ruling.summary == (
        f"example.com's DMARC policy {wish} unless the sender's mail is vouched for: SPF gives fail for example.com, "
        "so it passes only with an aligned DKIM signature, which is unseen here."
    )
    assert ruling.steps == (
        "Make SPF pass for example.com: the ruling on SPF says how.",
        "Sign the mail with DKIM as d=example.com, and publish the signer's key at SELECTOR._domainkey.example.com.",
    )


def test_spf_that_passes_for_another_domain() -> None:
    ruling = ruled(zone(example_com="v=DMARC1; p=reject"), envelope="bounces.example.org")

    assert ruling.standing == Standing.FAIL
    assert "SPF passes for bounces.example.org, which is not aligned with it, so it passes only with" in ruling.summary
    assert ruling.steps[1] == (
        "Or make the envelope sender's domain example.com or a name below it, with an SPF record that lets this server "
        "send."
    )
    strict = ruled(zone(example_com="v=DMARC1; p=reject; aspf=s"), envelope="b.example.com")
    assert "domain example.com itself (aspf=s)" in strict.steps[1]

    neither = ruled(zone(example_com="v=DMARC1; p=reject"), spf=FAIL, envelope="example.org")
    assert neither.steps[1] == "Or send with an envelope sender at example.com, and make SPF pass for it."


def test_signatures_of_a_message_that_is_given() -> None:
    table = zone(example_com="v=DMARC1; p=reject")

    aligned = ruled(table, spf=FAIL, signers=("example.com",))
    assert (aligned.standing, aligned.result) == (Standing.PASS, "pass")
    assert aligned.summary == ("DMARC passes where the DKIM signature of example.com holds; SPF does not vouch for it.")
    other = ruled(table, spf=FAIL, signers=("example.org",))
    assert other.standing == Standing.FAIL
    assert other.summary.endswith("SPF gives fail for example.com, and no aligned domain signs the message.")


def test_alignment_that_receivers_see_differently() -> None:
    table = zone(github_io="v=DMARC1; p=reject")
    ruling = ruled(table, "github.io", PASS, "someone.github.io")

    assert (ruling.standing, ruling.result) == (Standing.WARN, "pass")
    assert ruling.summary.endswith(
        "Receivers that go by the Public Suffix List do not take someone.github.io for aligned."
    )
    assert ruling.steps[1] == "Or make the envelope sender's domain github.io itself."


def test_an_address_that_is_not_known() -> None:
    ruling = ruled(zone(example_com="v=DMARC1; p=reject"), spf=None)

    assert (ruling.standing, ruling.result) == (Standing.UNKNOWN, "fail")
    assert ruling.summary.startswith("Whether mail from example.com passes DMARC depends on the sending address")
    assert ruling.steps == ("Name the address that the mail leaves from: --from-ip ADDRESS.",)


def test_no_record() -> None:
    ruling = ruled({"_dmarc.example.com": {"TXT": ["v=DMARC2; p=none", "v=dmarc1; p=none", "v=spf1 -all"]}})

    assert (ruling.standing, ruling.result, ruling.record) == (Standing.NONE, "none", "")
    assert ruling.summary == "The sender's domain example.com publishes no DMARC policy."
    assert ruling.steps == (
        "To begin with, publish a record that only collects reports:  "
        '_dmarc.example.com.  TXT  "v=DMARC1; p=none; rua=mailto:postmaster@example.com"',
    )


def test_several_records_count_for_nothing() -> None:
    ruling = ruled({"_dmarc.example.com": {"TXT": ["v=DMARC1; p=none", "v=DMARC1; p=reject"]}})

    assert (ruling.standing, ruling.result) == (Standing.WARN, "permerror")
    assert ruling.summary == (
        "The sender's DMARC record at _dmarc.example.com counts for nothing: "
        "there are 2 DMARC records, so none of them counts."
    )
    assert ruling.steps == ("Keep one of the TXT records at _dmarc.example.com and delete the others.",)
    assert ruling.record == "v=DMARC1; p=none / v=DMARC1; p=reject"


def test_a_record_without_a_policy_that_makes_sense() -> None:
    ruling = ruled(zone(example_com="v=DMARC1; p=rejected; ruf=mailto:d@example.com"))

    assert (ruling.standing, ruling.result) == (Standing.WARN, "permerror")
    assert ruling.summary.endswith("counts for nothing: p=rejected in it is none of none, quarantine, reject.")
    assert ruling.steps == ('Correct it:  _dmarc.example.com.  TXT  "v=DMARC1; p=none; ruf=mailto:d@example.com"',)


def test_a_record_that_is_to_be_mended() -> None:
    ruling = ruled(zone(example_com="v=DMARC1; p=reject; aspf=strict"))

    assert ruling.steps == ('Mend the record:  _dmarc.example.com.  TXT  "v=DMARC1; p=reject"',)
    assert "aspf=strict in it is none of r, s" in ruling.detail


def test_the_dns_fails() -> None:
    ruling = ruled({"_dmarc.example.com": {"FAIL": []}})
    assert (ruling.standing, ruling.result) == (Standing.UNKNOWN, "temperror")
    assert ruling.summary == (
        "What DMARC asks for at the sender's domain example.com cannot be told: "
        "the DNS did not answer in time when asked for the DMARC record of example.com."
    )
    # The registry's silence is no news of this domain.
    assert ruled({**zone(example_com="v=DMARC1; p=reject"), "_dmarc.com": {"FAIL": []}}).result == "pass"

    unseen = {**zone(example_com="v=DMARC1; p=reject"), "_dmarc.b.example.org": {"FAIL": []}}
    assert ruled(unseen, envelope="b.example.org").result == "temperror"
    assert ruled(unseen, envelope="b.example.org", spf=FAIL).result == "fail"


@given(st.text(max_size=80), st.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_no_record_is_too_odd(tags: str, domain: str) -> None:
    table = zone(example_com=f"v=DMARC1; {tags}")
    assert isinstance(ruled(table, envelope=domain), Ruling)
    assert isinstance(ruled(table, author=domain or "x", envelope=domain, signers=(domain,)), Ruling)
