"""Blocklists: listings, lists that did not answer, and what to do."""

from __future__ import annotations

import pytest

from smtpprobe.journey import Listing
from smtpprobe.model import Failure
from smtpprobe.outcome import Check, FailureKind, Stage, Standing, Who
from smtpprobe.verdicts.blocklists import blocklist_ruling

ADDRESS = "192.0.2.10"


def says(zone: str, *codes: str, subject: str = ADDRESS, reason: str = "", failure: Failure | None = None) -> Listing:
    return Listing(zone, subject, codes, reason, failure)


def failed(kind: FailureKind, detail: str = "") -> Failure:
    return Failure(Stage.RESOLVE, kind, detail)


def test_clear() -> None:
    ruling = blocklist_ruling(
        ADDRESS, (says("zen.spamhaus.org"), says("bl.spamcop.net"), says("x.test", subject="b.test"))
    )

    assert (ruling.check, ruling.subject, ruling.standing) == (Check.BLOCKLIST, ADDRESS, Standing.PASS)
    assert (ruling.result, ruling.who, ruling.steps) == ("clear", Who.NOBODY, ())
    assert ruling.summary == "None of 2 blocklists names 192.0.2.10."
    assert ruling.detail == "not on zen.spamhaus.org and bl.spamcop.net"


def test_nobody_was_asked() -> None:
    assert blocklist_ruling(ADDRESS, ()).standing == Standing.NONE


def test_listed() -> None:
    ruling = blocklist_ruling(
        ADDRESS,
        (
            says("zen.spamhaus.org", "127.0.0.2", "127.0.0.4"),
            says("bl.spamcop.net", "127.0.0.2", reason="Blocked - see https://www.spamcop.net/bl.shtml?192.0.2.10"),
            says("list.test", "127.0.0.3"),
            says("late.test", failure=failed(FailureKind.TIMEOUT)),
        ),
    )
    assert (ruling.standing, ruling.result, ruling.who) == (Standing.FAIL, "listed", Who.SENDER)
    assert ruling.summary == (
        "The sender's address 192.0.2.10 is on the blocklists zen.spamhaus.org, bl.spamcop.net and list.test."
    )
    assert ruling.detail == (
        "zen.spamhaus.org answers 127.0.0.2 and 127.0.0.4 (SBL: spam was seen from it; "
        "XBL: a machine there is infected or open); "
        "bl.spamcop.net answers 127.0.0.2 (Blocked - see https://www.spamcop.net/bl.shtml?192.0.2.10); "
        "list.test answers 127.0.0.3; without an answer: late.test (it did not answer in time)"
    )
    assert ruling.steps == (
        "End what got it listed, then ask zen.spamhaus.org for its removal: https://check.spamhaus.org/.",
        "End what got it listed, then ask bl.spamcop.net for its removal: https://www.spamcop.net/bl.shtml.",
        "End what got it listed, then ask list.test for its removal: the site of list.test.",
    )


def test_a_listing_by_policy_is_no_accusation() -> None:
    ruling = blocklist_ruling(ADDRESS, (says("key.zen.dq.spamhaus.net", "127.0.0.11"),))

    assert ruling.summary == "The sender's address 192.0.2.10 is on the blocklist key.zen.dq.spamhaus.net."
    assert ruling.steps == (
        "Send through your provider's mail server (a relay host) instead of directly.",
        "Or, if this is a mail server's own address, take it off the PBL at https://check.spamhaus.org/.",
    )


def test_a_domain_is_listed() -> None:
    ruling = blocklist_ruling("b.test", (says("dbl.spamhaus.org", "127.0.1.2", subject="b.test"),))

    assert ruling.summary == "The sender's domain b.test is on the blocklist dbl.spamhaus.org."
    assert ruling.detail == "dbl.spamhaus.org answers 127.0.1.2"


@pytest.mark.parametrize(
    ("listing", "why"),
    [
        (says("zen.spamhaus.org", "127.255.255.252"), "the name of the list is misspelt"),
        (says("zen.spamhaus.org", "127.255.255.254"), "it refuses public resolvers"),
        (says("zen.spamhaus.org", "127.255.255.255"), "it refuses this resolver for asking too much"),
        (says("list.test", "127.255.255.1"), "it refuses to answer (127.255.255.1)"),
        (says("multi.uribl.com", "127.0.0.1"), "it refuses to answer (127.0.0.1)"),
        (says("dead.test", "198.51.100.7"), "it answers 198.51.100.7, which no blocklist does"),
        (says("dead.test", "2001:db8::1"), "it answers 2001:db8::1, which no blocklist does"),
        (says("dead.test", "nonsense"), "it answers nonsense, which no blocklist does"),
        (says("late.test", failure=failed(FailureKind.TIMEOUT)), "it did not answer in time"),
        (says("gone.test", failure=failed(FailureKind.DNS)), "its name server failed"),
        (says("odd.test", failure=failed(FailureKind.DNS, "rate limit")), "rate limit"),
    ],
)
def test_a_list_that_does_not_answer_is_no_listing(listing: Listing, why: str) -> None:
    ruling = blocklist_ruling(ADDRESS, (listing, says("bl.spamcop.net")))

    assert (ruling.standing, ruling.result, ruling.who) == (Standing.UNKNOWN, "unknown", Who.NOBODY)
    assert ruling.summary == (
        f"Whether a blocklist names the sender's address {ADDRESS} cannot be told: {listing.zone} ({why})."
    )
    assert ruling.detail == "not on bl.spamcop.net"
    assert ruling.steps == ("Ask through a resolver of your own: --resolver ADDRESS.",)
