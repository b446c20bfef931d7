"""Findings: none graver than a bound, none of a rule. What could not be seen is not said to be absent."""

from __future__ import annotations

import re

import pytest
from expect_reports import at, judged, judgement, run, unreached
from rules_cases import FOUND
from rules_run import MAIL, RCPT, Turn, asked, failed

from smtpprobe.expect.file import Findings
from smtpprobe.expect.findings import Forbidden, NoGraver, default, expectations
from smtpprobe.expect.mistakes import Mistake
from smtpprobe.expect.rule_probes import RESTS_ON, SECURITY, SPINE
from smtpprobe.model import Observation, Transcript
from smtpprobe.outcome import FailureKind, Outcome, Profile, Result, Safety, TlsMode, Verdict
from smtpprobe.probes import BY_NAME
from smtpprobe.rules import RULES, judge

MET, FAILED, UNDECIDED, NOWHERE = Result.MET, Result.FAILED, Result.INCONCLUSIVE, Result.NOT_APPLICABLE
AUTH_IN_CLEAR = run(hello="SIZE 1000\nSTARTTLS\nAUTH PLAIN")
NO_STARTTLS = run(hello="SIZE 1000")
LATER = run(starttls="454 4.7.0 later")
BROKEN_OFF = run(outcome=Outcome.INCONCLUSIVE, failure=failed(FailureKind.SERVER_CLOSING))


@pytest.mark.parametrize(
    ("transcript", "at_most", "tolerated", "result"),
    [
        (run(), "none", (), MET),
        (AUTH_IN_CLEAR, "warning", (), FAILED),
        (AUTH_IN_CLEAR, "error", (), MET),
        (AUTH_IN_CLEAR, "none", ("auth-in-clear",), MET),
        (AUTH_IN_CLEAR, "warning", ("auth-in-clear",), MET),
        (NO_STARTTLS, "info", (), FAILED),
        (NO_STARTTLS, "warning", (), MET),
        (LATER, "info", (), UNDECIDED),
        (BROKEN_OFF, "none", (), UNDECIDED),
        (unreached(FailureKind.REFUSED, Outcome.UNREACHABLE), "none", (), UNDECIDED),
    ],
)
def test_none_graver(transcript: Transcript, at_most: str, tolerated: tuple[str, ...], result: Result) -> None:
    assert judged(NoGraver(at_most=at_most, tolerated=tolerated), transcript)[0] is result


def test_what_is_found_is_named_with_what_to_do() -> None:
    found = judgement(NoGraver(at_most="info"), AUTH_IN_CLEAR)
    assert found.got.startswith("auth-in-clear")
    assert "AUTH PLAIN is offered before TLS" in found.got
    assert "Offer it inside TLS only" in found.advice
    assert found.evidence == (1,)


def test_a_server_that_hangs_up_after_errors_does_so_for_good() -> None:
    turns = [Turn("SMTPPROBE", "500 5.5.2 what?")] * 3
    seen = [Observation("hang-up", "3", Verdict.ANSWERED, "", (5,))]
    strict = run(*turns, Turn("SMTPPROBE", "421 4.7.0 too many errors"), observations=seen)
    assert "hang-up-after-errors" in judged(NoGraver(at_most="info"), strict)[1]
    assert judged(NoGraver(at_most="info"), strict)[0] is FAILED
    assert judged(Forbidden(rule="hang-up-after-errors"), strict)[0] is FAILED


GREYLISTED = run(MAIL, asked("RCPT TO:<postmaster>", "451 4.7.1 come again", "rcpt-postmaster"))
UNTESTED = run(MAIL, RCPT, observations=[Observation("vrfy-random", "", Verdict.UNTESTED, "budget")])
NO_MAIL = run(
    asked("MAIL FROM:<>", "530 5.7.0 Authentication required", "mail"),
    observations=[Observation("mail-twice", "", Verdict.UNTESTED, "a plain MAIL got 530")],
)


@pytest.mark.parametrize(
    ("rule", "transcript", "result"),
    [
        ("auth-in-clear", run(), MET),
        ("auth-in-clear", AUTH_IN_CLEAR, FAILED),
        ("auth-in-clear", run(hello_code="451"), UNDECIDED),
        ("slow-greeting", unreached(FailureKind.TIMEOUT, Outcome.UNREACHABLE), UNDECIDED),
        ("certificate-expired", run(), MET),
        ("certificate-expired", LATER, UNDECIDED),
        ("certificate-expired", NO_STARTTLS, NOWHERE),
        ("certificate-expired", run(tls=TlsMode.NONE), NOWHERE),
        ("starttls-broken", LATER, UNDECIDED),
        ("starttls-broken", run(starttls="554 5.7.0 no"), FAILED),
        ("greylisted", GREYLISTED, FAILED),
        ("users-revealed", UNTESTED, UNDECIDED),
        ("users-revealed", BROKEN_OFF, UNDECIDED),
        ("mail-twice-accepted", NO_MAIL, NOWHERE),
        ("auth-mechanism-refused", run(), MET),
    ],
)
def test_forbidden(rule: str, transcript: Transcript, result: Result) -> None:
    assert judged(Forbidden(rule=rule), transcript)[0] is result


# -- the table of what rules rest on --------------------------------------------------------------------------


def test_every_rule_is_in_the_table_and_nothing_else() -> None:
    assert list(RESTS_ON) == [rule.name for rule in RULES]
    assert {name for names in RESTS_ON.values() for name in names} <= {*BY_NAME, *SPINE}


def test_what_a_check_never_asks() -> None:
    asks = {
        rule
        for rule, names in RESTS_ON.items()
        if any(
            BY_NAME[name].profile is Profile.SECURITY or BY_NAME[name].safety is Safety.INTRUSIVE
            for name in names
            if name in BY_NAME
        )
    }
    # This one is kept for those who ask after security, whatever was asked.
    assert asks | {"auth-mechanism-weak"} == SECURITY


@pytest.mark.parametrize("rule", RESTS_ON)
def test_what_bears_a_finding_out_is_asked_for(rule: str) -> None:
    for transcript in FOUND[rule]:
        for finding in judge(transcript):
            if finding.rule == rule and rule not in ("wire-defect", "enhanced-class-differs", "rate-limited"):
                asked_by = {transcript.exchanges[i].probe for i in finding.evidence} - {None, "starttls-unannounced"}
                assert asked_by <= {*RESTS_ON[rule]}, transcript


@pytest.mark.parametrize("rule", [rule for rule in RESTS_ON if rule not in SECURITY])
def test_a_rule_is_forbidden_where_its_own_cases_are(rule: str) -> None:
    for transcript in FOUND[rule]:
        found = judged(Forbidden(rule=rule), transcript)[0]
        assert found is FAILED or (found is UNDECIDED and "454" in str(transcript)) or "tls-timeout" in str(transcript)


# -- what the file says ---------------------------------------------------------------------------------------


def test_the_table() -> None:
    found = expectations(
        Findings(at_most="info", tolerated=("certificate-name",), forbidden=("users-revealed", "users-revealed")), at
    )
    assert [(one.id, one.place) for one in found] == [
        ("findings", at("at_most")),
        ("finding-users-revealed", at("forbidden", 0)),
    ]
    assert found[0].expected == "info at most, certificate-name aside"
    assert found[1].probes == ("vrfy-postmaster", "vrfy-random", "expn-postmaster", "expn-random")


@pytest.mark.parametrize(
    ("table", "words", "place"),
    [
        (Findings(forbidden=("auth-in-cleer",)), "there is no rule 'auth-in-cleer': did you mean auth-in-clear", 0),
        (Findings(tolerated=("version-leaked", "nonsense")), "there is no rule 'nonsense'", 1),
        (Findings(forbidden=("relay-accepted",)), "that a check does not put: expect 5xx of the command", 0),
        (Findings(forbidden=("ntlm-names-revealed",)), "--profile security asks them", 0),
        (Findings(forbidden=("version-leaked",), tolerated=("version-leaked",)), "is tolerated and forbidden", 0),
    ],
)
def test_mistakes(table: Findings, words: str, place: int) -> None:
    with pytest.raises(Mistake, match=re.escape(words)) as told:
        expectations(table, at)
    assert told.value.place == at("forbidden" if table.forbidden else "tolerated", place)


@pytest.mark.parametrize(("severity", "most"), [("info", "none"), ("warning", "info"), ("error", "warning")])
def test_what_fail_on_expects(severity: str, most: str) -> None:
    assert default(severity) == NoGraver(at_most=most)


@pytest.mark.parametrize("severity", ["none", "never", "fatal"])
def test_what_fail_on_cannot_be(severity: str) -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        default(severity)
