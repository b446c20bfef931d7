"""trace beside posttls-finger and checkdmarc: the same verdicts on DANE, MX and SPF, or a difference with a reason."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import trace_peers as peers
from senders import Fixture, Zone, load
from staging import Stage

STALE = f"3 1 1 {'5a' * 32}"
#: Names as DANE knows them: the TLSA records of mx.example.net, and how its zone is.
DANE: dict[str, tuple[tuple[str, ...], str]] = {
    "matching": (("$tlsa",), "signed"),
    "stale": ((STALE,), "signed"),
    "rollover": ((STALE, "$tlsa"), "signed"),
    "authority-not-sent": ((f"2 1 1 {'5a' * 32}",), "signed"),
    "web-usage-alone": ((f"1 1 1 {'5a' * 32}",), "signed"),
    "none": ((), "signed"),
    "unsigned": ((STALE,), "unsigned"),
    "bogus": ((STALE,), "bogus"),
    "failing": ((), "failing"),
}
#: What posttls-finger prints at the level dane-only, and the results of trace that mean the same.
FINGER = (
    ("TLSA lookup error", {"dnssec-invalid", "lookup-failed"}),
    ("no usable TLSA records found", {"unusable"}),
    ("no TLSA records found", {"none", "insecure"}),
    ("no matching DANE TLSA records", {"tlsa-invalid"}),
    ("Verified TLS connection", {"verified"}),
)
#: What checkdmarc prints of a domain's MX, in words of trace.
CHECKDMARC = (
    ("null-mx", re.compile(r"null MX")),
    ("alias", re.compile(r"CNAME alias")),
    ("dangling", re.compile(r"The domain mx\.example\.net does not exist")),
    ("no-such-domain", re.compile(r"The domain exampel\.net does not exist")),
    ("no-answer", re.compile(r"answered SERVFAIL")),
)
#: Results of trace that are one to checkdmarc, which hears SERVFAIL and asks no further.
ALIKE = {"bogus": "no-answer", "dns-failure": "no-answer"}
#: trace draws the sum of its findings as a finding of its own.
SUMS = {"found", "no-server"}
MX = (
    "01-spf-without-address",
    "05-null-mx",
    "06-mx-alias",
    "07-mx-alias-to-nothing",
    "08-mx-dangling",
    "09-no-such-domain",
    "10-dnssec-bogus",
    "11-dns-fails",
    "12-first-mx-dead",
    "14-mx-private",
    "16-mta-sts-other-mx",
)
#: Where they differ: what only checkdmarc says, what only trace says, and why that is right.
DIFFERENCES: dict[str, tuple[set[str], set[str], str]] = {
    "07-mx-alias-to-nothing": ({"alias"}, set(), "trace says both in one sentence, under the graver word"),
    "14-mx-private": (set(), {"private"}, "checkdmarc takes any address; no sender on the Internet reaches this one"),
}


def with_tlsa(records: tuple[str, ...], how: str) -> Fixture:
    """A sender to a domain whose mail server has these records."""
    usual = load("17-tlsa-stale")
    lines = "".join(f"_25._tcp.mx TLSA {record}\n" for record in records)
    net = Zone(f"@ MX 10 mx\nmx A $mx\n{lines if how in ('signed', 'unsigned') else ''}", signed=how != "unsigned")
    below = {"bogus": Zone(f"_25 TLSA {STALE}", bogus=True), "failing": Zone(broken=True)}
    inner = {"_tcp.mx.example.net": below[how]} if how in below else {}
    return msgspec.structs.replace(usual, zones={**usual.zones, "example.net": net, **inner})


@pytest.fixture(scope="module")
def stage(server_folder: Path) -> Iterator[Stage]:
    if not peers.available():
        pytest.skip("needs the programs of `make interop`, and mount namespaces")
    dane = {name: with_tlsa(*given) for name, given in DANE.items()}
    others = {name: load(name) for name in (*MX, "02-spf-eleven-lookups", "03-spf-two-records")}
    with Stage(server_folder, {**dane, **others}) as stage:
        yield stage


def results(document: dict[str, Any], check: str) -> set[str]:
    return {one["result"] for one in document["verdicts"] if one["check"] == check}


@pytest.mark.parametrize("name", DANE)
def test_posttls_finger_says_the_same_of_dane(stage: Stage, name: str) -> None:
    with stage.scene(name) as scene:
        # Without authorities: what passes then, passes by its TLSA records alone.
        told = peers.posttls_finger(scene, "example.net", "dane-only", trusting=False)
        document = scene.traced().document
    meant = next(words for pattern, words in FINGER if pattern in told.output)
    (result,) = results(document, "dane")
    assert result in meant, told.output


@pytest.mark.parametrize("name", MX)
def test_checkdmarc_says_the_same_of_the_mail_servers(stage: Stage, name: str) -> None:
    domain = "exampel.net" if name == "09-no-such-domain" else "example.net"
    with stage.scene(name) as scene:
        theirs = peers.document(peers.checkdmarc(scene, domain))["mx"]
        document = scene.traced().document
    told = " ".join([theirs.get("error", ""), *theirs.get("warnings", [])])
    said = {word for word, pattern in CHECKDMARC if pattern.search(told)}
    ours = {ALIKE.get(word, word) for word in results(document, "mx") - SUMS}
    only_theirs, only_ours, _ = DIFFERENCES.get(name, (set(), set(), ""))
    assert (said - ours, ours - said) == (only_theirs, only_ours), told
    assert {host["hostname"]: set(host["addresses"]) for host in theirs["hosts"]} == hosts(document, domain)


def hosts(document: dict[str, Any], domain: str) -> dict[str, set[str]]:
    """The mail servers and their addresses, as trace heard them from the DNS."""
    heard = {(one["name"], one["type"]): one["records"] for one in document["dns"]}
    named = [record.split(" ")[1] for record in heard.get((domain, "MX"), [])]
    return {name: {*heard.get((name, "A"), []), *heard.get((name, "AAAA"), [])} for name in named if name != "."}


@pytest.mark.parametrize("name", ["01-spf-without-address", "02-spf-eleven-lookups", "03-spf-two-records"])
def test_checkdmarc_says_the_same_of_spf(stage: Stage, name: str) -> None:
    """It knows no address that sends, so only whether the record can be evaluated is to be compared."""
    with stage.scene(name) as scene:
        theirs = peers.document(peers.checkdmarc(scene, "example.org"))["spf"]
        document = scene.traced().document
    assert theirs["valid"] is ("permerror" not in results(document, "spf"))


def test_both_count_eleven_lookups(stage: Stage) -> None:
    with stage.scene("02-spf-eleven-lookups") as scene:
        theirs = peers.document(peers.checkdmarc(scene, "example.org"))["spf"]
        ours = next(one for one in scene.traced().document["verdicts"] if one["check"] == "spf")
    assert theirs["dns_lookups"] == 11
    assert "11 DNS look-ups" in ours["summary"]
