"""Expectations in somebody's own test: how they are written, what is asked for them, and what a failure says."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest

from smtpprobe.expect.mistakes import Mistake
from smtpprobe.outcome import Result
from smtpprobe.testing import expect, expect_async, fake_server
from smtpprobe.userfile import UserFileError

TOML = """
[extensions]
present = ["SIZE"]
[[command]]
send = "NOOP"
code = "250"
"""
WRITTEN: list[tuple[dict[str, Any], list[str]]] = [
    ({"present": ["SIZE"], "code": {"NOOP": 250}}, ["present-SIZE", "command-noop"]),
    ({"expectations": TOML}, ["present-SIZE", "command-noop"]),
    (
        {"expectations": {"extensions": {"present": ["size"]}, "command": [{"send": "NOOP", "never": 550}]}},
        ["present-SIZE", "command-noop"],
    ),
    (
        {"expectations": TOML, "absent_in_clear": ("AUTH",), "code": {"RSET": ["2xx"]}},
        ["present-SIZE", "absent-in-clear-AUTH", "command-noop", "command-rset"],
    ),
    ({"code": {("MAIL FROM:<a@b.c>", "MAIL FROM:<>"): "503"}}, ["command-mail-from"]),
    ({"login": ("user", "password")}, ["login"]),
]


@pytest.mark.parametrize(("written", "ids"), WRITTEN)
def test_expectations_are_written_in_three_ways_and_mixed(written: dict[str, Any], ids: list[str]) -> None:
    with fake_server() as server:
        checked = expect(server, **written)
    assert [one.id for one in checked.held] == ["conversation", *ids]
    assert {one.result for one in checked.held} == {Result.MET}


def test_a_rcpt_alone_follows_a_mail_and_all_of_it_is_one_connection() -> None:
    with fake_server("postfix", RCPT="504 5.5.4 no") as server:
        expect(server, code={"RCPT TO:<x@example.org>": "504", "VRFY nobody": "5xx"}, present_in_tls=["AUTH PLAIN"])
        assert server.connections == 1
        assert server.lines.count("MAIL FROM:<>") == 1
        assert server.lines[0] == "EHLO [127.0.0.1]"


@pytest.mark.parametrize("options", [{}, {"implicit_tls": True}, {"host": "::1"}])
def test_the_certificate_of_a_fake_server_is_trusted(options: dict[str, Any]) -> None:
    with fake_server(**options) as server:
        expect(server, "certificate = { trusted = true, days_left = 30 }\ntls.version = '1.3'")


def test_a_failure_says_what_was_expected_what_came_and_what_it_means() -> None:
    with fake_server(RCPT="550 5.1.1 no \x80{octet 1b}[2J") as server, pytest.raises(AssertionError) as caught:
        expect(server, code={"RCPT TO:<x@example.org>": 250, "NOOP": "2xx"})
    heading, *rows = str(caught.value).splitlines()
    assert heading == f"{server.address} does not meet 1 of 3 expectations"
    assert rows[:5] == [
        "  MAIL FROM:<>; RCPT TO:<x@example.org> gets 250",
        "    expected: 250",
        "    got: 550 5.1.1 no \\x80\\x1b[2J to RCPT TO:<x@example.org>",
        "    C: RCPT TO:<x@example.org>",
        "    S: 550 5.1.1 no \\x80\\x1b[2J",
    ]
    assert rows[5].startswith("    A lasting no: there is no such mailbox")


def test_what_cannot_be_decided_is_not_met() -> None:
    with fake_server(GREETING="421 4.3.2 busy") as server, pytest.raises(AssertionError) as caught:
        expect(server, present=["SIZE"])
    said = str(caught.value)
    assert "does not meet 1 of 2 expectations\n  an SMTP conversation can be held\n" in said
    assert "421 4.3.2 busy, in place of a greeting (undecided: it may come out otherwise another time)\n" in said


def test_where_nobody_answers_that_alone_is_told() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        with pytest.raises(
            AssertionError, match="does not meet 1 of 2 expectations\n  an SMTP conversation can be held"
        ):
            expect(f"127.0.0.1:{holder.getsockname()[1]}", present=["SIZE"])


def test_a_server_is_asked_again_where_that_may_decide() -> None:
    with fake_server(MAIL="451 4.7.1 later") as server, pytest.raises(AssertionError):
        expect(server, code={"MAIL FROM:<>": "250"}, retries=1, retry_after=0.01)
    assert server.connections == 2


def test_a_finding_counts_only_where_it_is_expected_to_be_none() -> None:
    with fake_server(EHLO="SIZE 1000\nAUTH PLAIN") as server:
        expect(server, present=["AUTH PLAIN"])
        with pytest.raises(AssertionError, match="auth-in-clear"):
            expect(server, {"findings": {"at_most": "warning"}})


def test_a_server_in_the_same_loop_is_asked_from_there() -> None:
    async def main() -> None:
        async with fake_server(NOOP="250 2.0.0 hi") as server:
            await expect_async(server, code={"NOOP": "250"})
            with pytest.raises(AssertionError, match="NOOP gets 5xx"):
                await expect_async(server, code={"NOOP": "5xx"})

    asyncio.run(main())


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"prsent": ["SIZE"]}, "prsent is nothing that can be expected: did you mean present?"),
        ({"present": ["{}"]}, "'{}' is no expectation of a keyword: write STARTTLS, 'SIZE >= 50MB'"),
        ({"expectations": {"comand": []}}, "'comand' is no key of expect: did you mean command?"),
        ({"expectations": {"tls": {"version": 1.2}}}, "version cannot be '1.2': it takes a text."),
        ({"preset": "mxx"}, "there is no preset 'mxx': did you mean mx?"),
        ({"code": {"DATA": 354}}, "it cannot be sent: DATA would begin a message"),
        ({"code": {"NOOP": 999}}, "'999' is no reply code"),
        ({"retries": 99}, "retries is out of range"),
    ],
)
def test_a_mistake_is_one_sentence_and_nothing_is_sent(written: dict[str, Any], said: str) -> None:
    with fake_server() as server:
        with pytest.raises(Mistake) as caught:
            expect(server, **written)
        assert server.connections == 0
    assert said in str(caught.value)


def test_toml_that_is_none_is_a_mistake_too() -> None:
    with fake_server() as server, pytest.raises(UserFileError, match=r"^these expectations: it is not TOML: .*\.$"):
        expect(server, "[extensions")
