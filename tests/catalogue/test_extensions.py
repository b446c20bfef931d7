"""The EHLO keywords: complete, worded once, found by every spelling."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.catalogue import extensions
from smtpprobe.catalogue.entries import ExtensionEntry
from smtpprobe.catalogue.extensions import EXTENSIONS, lookup, search

KNOWN: list[str] = re.findall(
    r"\S+",
    """
8BITMIME ATRN AUTH BINARYMIME BURL CHECKPOINT CHUNKING CONNEG CONPERM DELIVERBY DSN ENHANCEDSTATUSCODES ETRN EXPN
FUTURERELEASE HELP LIMITS MT-PRIORITY MTRK NO-SOLICITING ONEX PIPELINING REQUIRETLS RRVS SAML SEND SIZE SMTPUTF8 SOML
STARTTLS SUBMITTER TURN UTF8SMTP VERB VRFY AUTH= TLS PRDR PIPECONNECT CLIENTID XCLIENT XFORWARD XVERP VERP XRCPTFORWARD
IGNOREQUOTA X-EXPS X-ANONYMOUSTLS X-LINK2STATE XEXCH50 XRDST XSHADOW XSHADOWREQUEST XOORG XORAR XLONGADDR XPROXY
XPROXYFROM XPROXYTO XRSETPROXYTO X-MESSAGECONTEXT XSYSPROBE XMSGID XORIGFROM XATTR XSESSIONTYPE X-RCPTLIMIT X-TURNME
XREMOTEQUEUE XQUE XTRN XUSR XONE XVRB XDSN XAUD XADR XSTA XCIR XGEN XLOOP TIME XACK MAILCOMPRESS COREMAIL XXXXXXXA
""",
)

STATUSES = {"registered", "historic", "unregistered", "local", "artefact"}

entries = pytest.mark.parametrize("entry", EXTENSIONS.values(), ids=EXTENSIONS)


def sentences(entry: ExtensionEntry) -> list[str]:
    return re.split(r"(?<=\.) ", f"{entry.meaning} {entry.advice}")


def test_every_known_keyword_has_one_entry() -> None:
    assert sorted(EXTENSIONS) == sorted(KNOWN)


def test_every_file_of_the_package_is_listed_and_no_keyword_stands_in_two() -> None:
    files = {path.stem for path in Path(extensions.__file__).parent.glob("*.py")} - {"__init__"}
    rooms = [getattr(extensions, name) for name in files]
    assert sum(len(room.ENTRIES) for room in rooms) == len(EXTENSIONS)


@entries
def test_an_entry_is_filled_in(entry: ExtensionEntry) -> None:
    assert entry.status in STATUSES
    assert entry.keyword == entry.keyword.upper()
    assert entry.name
    assert 0 < len(entry.purpose) <= 34
    assert not entry.purpose.endswith(".")
    assert entry.meaning.endswith(".")
    assert entry.advice.endswith(".")
    assert entry.references
    assert all(entry.references)
    assert "please" not in f"{entry.meaning} {entry.advice}".lower()


@entries
def test_verbs_and_parameters_are_spelled_as_syntax(entry: ExtensionEntry) -> None:
    for verb in entry.verbs:
        assert re.match(r"[A-Z][A-Z0-9-]*( |$)", verb)
    for parameter in entry.mail_parameters + entry.rcpt_parameters:
        assert re.match(r"[A-Z][A-Z0-9-]*(\[?=|$)", parameter)


def test_no_sentence_is_used_twice() -> None:
    counted = Counter(sentence for entry in EXTENSIONS.values() for sentence in sentences(entry))
    assert [sentence for sentence, times in counted.items() if times > 1] == []


def test_no_purpose_is_used_twice() -> None:
    assert len({entry.purpose for entry in EXTENSIONS.values()}) == len(EXTENSIONS)


@given(st.sampled_from(KNOWN), st.randoms(use_true_random=False))
def test_case_does_not_matter(keyword: str, random) -> None:  # type: ignore[no-untyped-def]
    spelled = "".join(random.choice((letter.lower(), letter.upper())) for letter in keyword)
    assert lookup(spelled) is EXTENSIONS[keyword]


@given(st.from_regex(r"X{4,}[A-Z]?", fullmatch=True))
def test_a_row_of_x_is_the_work_of_a_firewall(keyword: str) -> None:
    entry = lookup(keyword)
    assert entry is not None
    assert entry.status == "artefact"


@pytest.mark.parametrize("keyword", ["XXX", "XXXXAB", "YXXXXA", "XXXXA\n"])
def test_other_words_with_x_are_not(keyword: str) -> None:
    assert lookup(keyword) is None


@pytest.mark.parametrize(
    ("keyword", "found"),
    [("AUTH=LOGIN", "AUTH="), ("auth=", "AUTH="), ("X-EXPS=LOGIN", "X-EXPS"), ("AUTH", "AUTH"), ("size=1", "SIZE")],
)
def test_an_equals_sign_is_seen_through(keyword: str, found: str) -> None:
    assert lookup(keyword) is EXTENSIONS[found]


@given(st.text())
def test_any_text_brings_an_entry_or_none(text: str) -> None:
    entry = lookup(text)
    assert entry is None or text.isascii()


def test_look_alikes_are_not_taken_for_ascii() -> None:
    assert lookup("ſize") is None


@given(st.text())
def test_any_query_is_answered_from_the_list(text: str) -> None:
    assert all(EXTENSIONS[entry.keyword] is entry for entry in search(text))


@pytest.mark.parametrize(
    ("query", "first"),
    [("size", "SIZE"), ("BDAT", "CHUNKING"), ("holdfor", "FUTURERELEASE"), ("notify", "DSN"), ("pipel", "PIPELINING")],
)
def test_the_best_hit_comes_first(query: str, first: str) -> None:
    assert search(query)[0].keyword == first


def test_words_must_all_be_there() -> None:
    assert [entry.keyword for entry in search("firewall asterisks")] == ["XXXXXXXA"]
    assert search("firewall marmalade") == ()


def test_an_empty_query_brings_all() -> None:
    assert len(search(" ")) == len(EXTENSIONS)


def test_the_package_loads_nothing_heavy() -> None:
    code = "import sys, smtpprobe.catalogue.extensions; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"aiosmtplib", "dns", "rich", "click"} & set(done.stdout.split())
