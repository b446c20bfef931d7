"""The table of parameters: which values no server should take, and how they are read off a command."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.explain import parameters
from smtpprobe.model import Capabilities, Keyword

INVALID = (
    "RET=FOO",
    "RET",
    "BODY=FOO",
    "SIZE=many",
    "SIZE=-1",
    "SIZE=" + "9" * 21,
    "ENVID=a=b",
    "MT-PRIORITY=99",
    "MT-PRIORITY=-10",
    "HOLDFOR=0",
    "HOLDUNTIL=tomorrow",
    "BY=0;R",
    "BY=-5;R",
    "BY=600",
    "SMTPUTF8=1",
    "REQUIRETLS=yes",
    "SMTPPROBE=1",
    "AUTH",
)
VALID = (
    "RET=hdrs",
    "BODY=8BITMIME",
    "BODY=BINARYMIME",
    "SIZE=0",
    "ENVID=QQ+2B314159",
    "MT-PRIORITY=-9",
    "MT-PRIORITY=0",
    "HOLDFOR=60",
    "HOLDUNTIL=2030-01-31T12:00:00Z",
    "BY=600;R",
    "BY=-600;NT",
    "SMTPUTF8",
    "REQUIRETLS",
    "AUTH=<>",
)


@pytest.mark.parametrize("text", INVALID)
def test_a_value_that_no_server_should_take(text: str) -> None:
    (asked,) = parameters.read("MAIL", f"FROM:<> {text}")
    assert asked.invalid()


@pytest.mark.parametrize("text", VALID)
def test_a_value_that_the_rfc_allows(text: str) -> None:
    (asked,) = parameters.read("MAIL", f"FROM:<> {text}")
    assert not asked.invalid()


@pytest.mark.parametrize(
    ("text", "invalid"),
    [
        ("NOTIFY=NEVER", False),
        ("NOTIFY=success,FAILURE", False),
        ("NOTIFY=NEVER,SUCCESS", True),
        ("NOTIFY=FOO", True),
        ("ORCPT=rfc822;ann@example.org", False),
        ("ORCPT=ann@example.org", True),
        ("RET=FULL", True),
    ],
)
def test_parameters_of_rcpt(text: str, invalid: bool) -> None:
    (asked,) = parameters.read("RCPT", f"TO:<postmaster> {text}")
    assert asked.invalid() is invalid


def test_a_path_may_hold_what_looks_like_parameters() -> None:
    read = parameters.read("MAIL", 'FROM:<"a> SIZE=1"@b.c> SIZE=2 AUTH=<>')
    assert [asked.text for asked in read] == ["SIZE=2", "AUTH=<>"]


def test_a_path_without_brackets() -> None:
    assert [asked.text for asked in parameters.read("MAIL", "FROM:a@b.c SIZE=2")] == ["SIZE=2"]


def test_a_size_over_the_announced_limit() -> None:
    promised = Capabilities("x", (Keyword("SIZE", ("1000",)),))
    unlimited = Capabilities("x", (Keyword("SIZE", ("0",)),))
    (over,) = parameters.read("MAIL", "FROM:<> SIZE=1001")
    (under,) = parameters.read("MAIL", "FROM:<> SIZE=1000")

    assert over.over_limit(promised)
    assert not under.over_limit(promised)
    assert not over.over_limit(unlimited)
    assert not over.over_limit(None)


def test_binarymime_is_its_own_extension() -> None:
    (asked,) = parameters.read("MAIL", "FROM:<> BODY=BINARYMIME")
    assert asked.keyword == "BINARYMIME"


@given(st.sampled_from(["MAIL", "RCPT"]), st.text())
def test_reading_never_raises(verb: str, argument: str) -> None:
    for asked in parameters.read(verb, f"FROM:<> {argument}"):
        asked.invalid()
        asked.over_limit(Capabilities("x", (Keyword("SIZE", ("1000",)),)))
