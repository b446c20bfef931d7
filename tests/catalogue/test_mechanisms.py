"""The SASL mechanisms: the ones a server may list, each with a strength and its own words."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.catalogue.mechanisms import MECHANISMS, Mechanism, Strength, lookup

KNOWN: list[str] = re.findall(
    r"\S+",
    """
PLAIN LOGIN CRAM-MD5 DIGEST-MD5 NTLM GSSAPI GSS-SPNEGO GS2-KRB5 GS2-KRB5-PLUS SCRAM-SHA-1 SCRAM-SHA-1-PLUS SCRAM-SHA-256
SCRAM-SHA-256-PLUS SCRAM-SHA-512 SCRAM-SHA-512-PLUS XOAUTH XOAUTH2 OAUTHBEARER OAUTH10A EXTERNAL ANONYMOUS
PLAIN-CLIENTTOKEN XYMCOOKIE SKEY OTP SECURID SRP KERBEROS_V4
""",
)

entries = pytest.mark.parametrize("entry", MECHANISMS.values(), ids=MECHANISMS)


def test_every_known_mechanism_has_one_entry() -> None:
    assert sorted(MECHANISMS) == sorted(KNOWN)


@entries
def test_an_entry_is_filled_in(entry: Mechanism) -> None:
    # RFC 4422 3.1: up to 20 upper-case letters, digits, hyphens and underscores.
    assert re.fullmatch(r"[A-Z0-9_-]{1,20}", entry.name)
    assert entry.strength in get_args(Strength)
    assert entry.meaning.endswith(".")
    assert entry.advice.endswith(".")
    assert entry.references


def test_no_sentence_is_used_twice() -> None:
    texts = " ".join(f"{entry.meaning} {entry.advice}" for entry in MECHANISMS.values())
    counted = Counter(re.split(r"(?<=\.) ", texts))
    assert [sentence for sentence, times in counted.items() if times > 1] == []


@pytest.mark.parametrize(
    ("name", "strength"),
    [
        ("PLAIN", "plaintext"),
        ("LOGIN", "plaintext"),
        ("CRAM-MD5", "weak"),
        ("SCRAM-SHA-1", "fair"),
        ("SCRAM-SHA-256", "strong"),
        ("XOAUTH2", "token"),
        ("EXTERNAL", "certificate"),
    ],
)
def test_strengths_that_rules_rely_on(name: str, strength: str) -> None:
    assert MECHANISMS[name].strength == strength


@given(st.sampled_from(KNOWN), st.booleans())
def test_case_does_not_matter(name: str, lower: bool) -> None:
    assert lookup(name.lower() if lower else name) is MECHANISMS[name]


@given(st.text())
def test_any_text_brings_an_entry_or_none(text: str) -> None:
    entry = lookup(text)
    assert entry is None or entry.name == text.upper()


def test_look_alikes_are_not_taken_for_ascii() -> None:
    assert lookup("plaın") is None


def test_the_module_loads_nothing_heavy() -> None:
    code = "import sys, smtpprobe.catalogue.mechanisms; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"aiosmtplib", "dns", "rich", "click"} & set(done.stdout.split())
