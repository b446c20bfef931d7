"""The greeting: its name against the PTR record, and its text."""

from __future__ import annotations

import pytest
from expect_reports import at, judged, judgement, run, unreached
from rules_run import failed

from smtpprobe.expect.base import Want
from smtpprobe.expect.file import Greeting
from smtpprobe.expect.greeting import GreetingPtr, expectations
from smtpprobe.expect.mistakes import Mistake
from smtpprobe.journey import Answer
from smtpprobe.outcome import FailureKind, Outcome, Result

MET, FAILED, UNDECIDED = Result.MET, Result.FAILED, Result.INCONCLUSIVE


def ptr(*names: str, kind: FailureKind | None = None) -> Answer:
    return Answer("25.2.0.192.in-addr.arpa", "PTR", names, failed(kind, "no answer") if kind else None)


@pytest.mark.parametrize(
    ("greeting", "answer", "result", "got"),
    [
        ("220 mail.example.org ESMTP", ptr("mail.example.org"), MET, "mail.example.org"),
        ("220 MAIL.example.org. ESMTP", ptr("other.example", "mail.EXAMPLE.org."), MET, "mail.example.org"),
        (
            "220 mail.example.org ESMTP",
            ptr("a.example", "b.example"),
            FAILED,
            "it greets as mail.example.org, and 192.0.2.25 is named a.example, b.example",
        ),
        ("220 mail.example.org", ptr(), FAILED, "192.0.2.25 has no name (no PTR record)"),
        ("220 mail.example.org", ptr(kind=FailureKind.NO_SUCH_NAME), FAILED, "192.0.2.25 has no name (no PTR record)"),
        (
            "220 mail.example.org",
            ptr(kind=FailureKind.TIMEOUT),
            UNDECIDED,
            "no PTR record could be had: no answer within the time allowed for the step (no answer)",
        ),
        ("220 mail.example.org", None, UNDECIDED, "the name of the address was not looked up"),
        ("220 ", ptr("a.example"), FAILED, "its greeting has no name, and 192.0.2.25 is named a.example"),
    ],
)
def test_the_name_and_the_ptr_record(greeting: str, answer: Answer | None, result: Result, got: str) -> None:
    found = judgement(GreetingPtr(), run(greeting=greeting), ptr=answer)
    assert (found.result, found.got, bool(found.advice)) == (result, got, result is FAILED)


def test_a_socket_has_no_name() -> None:
    assert judged(GreetingPtr(), run(path="/run/lmtp", lmtp=True), ptr=None)[0] is Result.NOT_APPLICABLE


def test_without_a_greeting_nothing_is_decided() -> None:
    silent = unreached(FailureKind.TIMEOUT, Outcome.UNREACHABLE)
    for one in expectations(Greeting(name_is_ptr=True, text="a", never_text="b"), at):
        assert judged(one, silent, ptr=ptr("a.example"))[0] is UNDECIDED


@pytest.mark.parametrize(
    ("greeting", "pattern", "found"),
    [
        ("220 mx1.example.org ESMTP Postfix", r"^mx\d\.", True),
        ("220 mx1.example.org ESMTP Postfix", "(?i)POSTFIX$", True),
        ("220 mx1.example.org ESMTP Postfix", "postfix", False),
        ("220 one|two|three", "^three$", True),
        ("220 one|two", "one.*two", False),
        ("220 caf\u00e9", "caf\u00e9", True),
    ],
)
def test_its_text(greeting: str, pattern: str, found: bool) -> None:
    text, never = expectations(Greeting(text=pattern, never_text=pattern), at)
    assert (text.id, never.id) == ("greeting-text", "greeting-never-text")
    assert judged(text, run(greeting=greeting))[0] is (MET if found else FAILED)
    assert judged(never, run(greeting=greeting))[0] is (FAILED if found else MET)


def test_a_server_that_is_busy_has_not_greeted() -> None:
    (never,) = expectations(Greeting(never_text="Exim"), at)
    busy = run(greeting="421 4.7.0 too many connections", outcome=Outcome.INCONCLUSIVE)
    assert judged(never, busy) == (UNDECIDED, "421 4.7.0 too many connections")


def test_the_table() -> None:
    (one,) = expectations(Greeting(name_is_ptr=True), at)
    assert (one.id, one.wants, one.place) == ("greeting-ptr", frozenset({Want.PTR}), at("name_is_ptr"))
    for table, key in ((Greeting(name_is_ptr=False), "name_is_ptr"), (Greeting(never_text="("), "never_text")):
        with pytest.raises(Mistake) as told:
            expectations(table, at)
        assert told.value.place == at(key)
