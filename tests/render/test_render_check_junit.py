"""A check as JUnit XML: valid by the schema of Jenkins, read by junitparser; what is what, and that it counts right."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import check_golden
import msgspec
import pytest
import xmlschema
from checkings import CHECKINGS, addresses, decided, failed, greeting_421, undecided, unreachable
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from smtpprobe.expectation import Checking
from smtpprobe.render import CHECK_RENDERERS

# Jenkins' schema is not part of this project: `make test` fetches it, JUNIT_SCHEMA may name another copy.
_SCHEMA = Path(os.environ.get("JUNIT_SCHEMA") or Path(__file__).parents[2] / ".venv" / "suites" / "junit-10.xsd")


def _render(checking: Checking) -> str:
    return CHECK_RENDERERS["junit"](checking)


def _suites(checking: Checking) -> list[TestSuite]:
    return list(JUnitXml.fromstring(_render(checking).encode()))


def _what(case: TestCase) -> str:
    results = {type(one) for one in case.result}
    assert len(results) <= 1
    return {Failure: "failure", Error: "error", Skipped: "skipped"}[results.pop()] if results else "passed"


def _counted(checking: Checking) -> Counter[str]:
    return Counter(_what(case) for suite in _suites(checking) for case in suite)


@pytest.mark.parametrize("word", ["", "fail", "pass"])
@pytest.mark.parametrize("name", CHECKINGS)
def test_every_document_is_valid_and_counts_right(name: str, word: str) -> None:
    """Given any check, then Jenkins' schema allows the document, and all its numbers are those that it holds."""
    checking = decided(CHECKINGS[name](), word) if word else CHECKINGS[name]()
    text = _render(checking)
    xmlschema.XMLSchema(str(_SCHEMA)).validate(text)
    whole = JUnitXml.fromstring(text.encode())
    found = [(suite, Counter(_what(case) for case in suite)) for suite in whole]
    for suite, counted in found:
        assert (suite.tests, suite.failures) == (counted.total(), counted["failure"])
        assert (suite.errors, suite.skipped) == (counted["error"], counted["skipped"])
    assert whole.tests == sum(suite.tests for suite, _ in found)
    assert whole.failures == sum(suite.failures for suite, _ in found)
    assert whole.errors == sum(suite.errors for suite, _ in found)


@pytest.mark.parametrize("name", ["failed", "greeting-421", "addresses"])
def test_golden_junit(name: str) -> None:
    check_golden.compare(f"{name}.junit.xml", _render(CHECKINGS[name]()))


@pytest.mark.parametrize("name", ["unreachable", "not-smtp", "refused"])
def test_a_server_without_a_conversation_is_one_error(name: str) -> None:
    """Given no conversation, then there is one error of that kind, and the rest is skipped."""
    (suite,) = _suites(CHECKINGS[name]())
    first, *rest = suite
    assert [(type(one), one.type) for one in first.result] == [(Error, name)]
    assert {_what(case) for case in rest} == {"skipped"}


def test_met_failed_and_inconclusive_are_three_things() -> None:
    assert _counted(CHECKINGS["met"]()) == {"passed": 10}
    assert _counted(failed()) == {"passed": 8, "failure": 2}
    assert _counted(undecided()) == {"passed": 7, "error": 1, "skipped": 2}


@pytest.mark.parametrize(("word", "counted"), [("fail", "failure"), ("pass", "skipped")])
def test_the_user_has_the_word_on_what_is_undecided(word: str, counted: str) -> None:
    """Given a 421 and --inconclusive, then the one cause counts as that, and what depends on it stays skipped."""
    (suite,) = _suites(decided(greeting_421(), word))
    first, *rest = suite
    assert _what(first) == counted
    assert {_what(case) for case in rest} == {"skipped"}
    assert [one.type for one in first.result] == ["conversation" if word == "fail" else "inconclusive"]


def test_a_421_keeps_its_text() -> None:
    (suite,) = _suites(greeting_421())
    (error,) = next(iter(suite)).result
    assert (error.type, error.message) == (
        "inconclusive",
        "inconclusive: 421 4.7.0 mx1.example.org too many connections | try later",
    )


def test_a_failure_says_where_it_was_written_and_what_was_said() -> None:
    (suite,) = _suites(failed())
    case = next(case for case in suite if case.name.startswith("command-vrfy"))
    assert "\nat smtpprobe.toml:14\n" in case.result[0].text
    assert case.system_out == "C: VRFY postmaster\nS: 250 2.1.5 postmaster #1 <root@mx1.example.org>"


def test_cases_of_several_addresses_are_told_apart() -> None:
    named = [(case.classname, case.name) for suite in _suites(addresses())[:2] for case in suite]
    assert len(set(named)) == len(named) == 30
    assert {classname for classname, _ in named} == {
        "mx1.example.org:25 [192.0.2.25]",
        "mx1.example.org:25 [2001:db8::25]",
        "mx2.example.org:25",
    }


def test_times_are_those_that_were_spent() -> None:
    whole = JUnitXml.fromstring(_render(addresses()).encode())
    assert (whole.time, [suite.time for suite in whole]) == (2.1, [0.612] * 3)
    assert [case.time for case in next(iter(whole)) if case.time] == [0.313, 0.003]


@pytest.mark.parametrize(("word", "what"), [(None, "error"), ("fail", "failure"), ("pass", "skipped")])
def test_a_check_that_was_stopped_is_not_green(word: str | None, what: str) -> None:
    checking = msgspec.structs.replace(CHECKINGS["stopped"](), inconclusive=word)
    *_, last = _suites(checking)
    assert [_what(case) for case in last] == [what]


def test_whatever_a_server_sends_is_legal_xml() -> None:
    """Given what XML 1.0 has no way to say, then it stands there as its escape, and everything is ASCII."""
    checking = unreachable()
    hostile = "a\x00\x1b\ufffe\ud800]]><x/>&\n日"
    held = tuple([msgspec.structs.replace(one, got=hostile, evidence=(hostile,)) for one in checking.servers[0].held])
    text = _render(
        msgspec.structs.replace(checking, servers=(msgspec.structs.replace(checking.servers[0], held=held),))
    )
    assert text.isascii()
    (suite,) = JUnitXml.fromstring(text.encode())
    assert next(iter(suite)).result[0].message == "unreachable: a\\x00\\x1b\\ufffe\\ud800]]><x/>&\\x0a日"
