"""The exit status: what each means, which one wins, and what turns one into another."""

from __future__ import annotations

import itertools

import pytest
from cli_calls import invoke
from cli_servers import at, blunt, closed_port, fake

from smtpprobe.cli.exit_status import exit_status
from smtpprobe.model import Failure, Finding, Report, Target, Transcript
from smtpprobe.outcome import ExitCode, FailureKind, Outcome, Severity, Stage

PUTS_OFF = b"421 4.7.0 mx.example try again later\r\n"


def report(outcome: Outcome, *severities: Severity) -> Report:
    failure = None if outcome is Outcome.ANSWERED else Failure(Stage.CONNECT, FailureKind.REFUSED)
    run = Transcript(
        target=Target("mx.example", "mx.example", 25),
        route=None,
        exchanges=(),
        observations=(),
        connections=(),
        clear=None,
        encrypted=None,
        tls=None,
        software=None,
        failure=failure,
        outcome=outcome,
        started="2026-11-21T00:00:00Z",
        started_ns=0,
        ended_ns=0,
        profile="ehlo",
        ehlo_name="client.example",
        source=None,
        sni=None,
        round_trips=0,
    )
    return Report(run, (), tuple(Finding("rule", severity, "", "") for severity in severities), "")


GOOD = report(Outcome.ANSWERED)
BAD = report(Outcome.ANSWERED, Severity.ERROR)
ABSENT = report(Outcome.UNREACHABLE)
LATER = report(Outcome.INCONCLUSIVE)


def test_every_outcome_has_its_status() -> None:
    found = {outcome: exit_status([report(outcome)], "never", None) for outcome in Outcome}
    assert found == {
        Outcome.ANSWERED: 0,
        Outcome.REFUSED: 3,
        Outcome.UNREACHABLE: 3,
        Outcome.NOT_SMTP: 3,
        Outcome.INCONCLUSIVE: 4,
    }


def test_one_goes_before_three_before_four_before_nought() -> None:
    order = [(BAD, 1), (ABSENT, 3), (LATER, 4), (GOOD, 0)]
    for size in range(1, 5):
        for some in itertools.permutations(order, size):
            expected = next(status for _, status in order if status in [status for _, status in some])
            assert exit_status([one for one, _ in some], "error", None) == expected


@pytest.mark.parametrize(("fail_on", "failing"), [("never", 0), ("error", 1), ("warning", 2), ("info", 3)])
def test_fail_on_counts_its_severity_and_those_above(fail_on: str, failing: int) -> None:
    gravest_first = list(reversed(Severity))
    found = [exit_status([report(Outcome.ANSWERED, one)], fail_on, None) for one in gravest_first]
    assert found == [ExitCode.FAILED] * failing + [ExitCode.OK] * (3 - failing)


@pytest.mark.parametrize(("turned", "status"), [(None, 4), ("fail", 1), ("pass", 0)])
def test_inconclusive_is_turned(turned: str | None, status: int) -> None:
    assert exit_status([LATER], "never", turned) == status
    assert exit_status([GOOD], "never", turned, stopped=True) == status
    assert exit_status([ABSENT], "never", turned) == 3


def test_several_targets_end_with_the_gravest() -> None:
    with fake() as server, closed_port() as nobody, blunt(PUTS_OFF) as busy:
        words = ["probe", "-q", "--profile", "ehlo"]
        good, later = at(server), busy.address
        assert invoke(*words, good).status == 0
        assert invoke(*words, later).status == 4
        assert invoke(*words, good, later).status == 4
        assert invoke(*words, later, nobody, good).status == 3
        assert invoke(*words, "--fail-on", "info", good, nobody, later).status == 1
        assert invoke(*words, "--fail-on", "error", later).status == 4
        assert invoke(*words, "--inconclusive", "pass", later, good).status == 0
        assert invoke(*words, "--inconclusive", "fail", later, nobody).status == 1
        assert invoke(*words, good, "bad target").status == 2


@pytest.mark.parametrize(
    ("says", "hang_up", "status", "outcome"),
    [
        (b"554 5.7.1 no\r\n", False, 3, "refused"),
        (PUTS_OFF, False, 4, "inconclusive"),
        (b"450 4.3.2 busy\r\n", False, 4, "inconclusive"),
        (b"354 go ahead\r\n", False, 3, "not-smtp"),
        (b"", True, 3, "unreachable"),
        (b"220 mx.example\r\n", True, 4, "inconclusive"),
        (b"220 mx.example\r\n", False, 4, "inconclusive"),
        (b"220 mx.example\r\nSSH\r\n", False, 4, "inconclusive"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", False, 3, "not-smtp"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", True, 3, "not-smtp"),
        (b"* OK IMAP4rev1\r\n", False, 3, "not-smtp"),
        (b"+OK POP3\r\n", False, 3, "not-smtp"),
        (b"220 " + b"x" * 70_000 + b"\r\n", False, 3, "not-smtp"),
        (b"\0\1\2\3\r\n", False, 3, "not-smtp"),
        (b"\x15\x03\x03\0\2\2\x28", True, 3, "not-smtp"),
        (b"22", True, 3, "unreachable"),
    ],
)
def test_one_document_for_every_way_to_say_no(says: bytes, hang_up: bool, status: int, outcome: str) -> None:
    with blunt(says, hang_up=hang_up) as server:
        ended = invoke("probe", "--timeout", "0.3", "--format", "json", server.address)
    assert (ended.status, ended.document["outcome"]) == (status, outcome)
    assert ended.stderr == ""
    assert ended.document["verdict"]


def test_greylisting_is_for_the_findings_and_a_conversation_is_a_conversation() -> None:
    with fake("greylisting") as server:
        assert invoke("probe", "-q", at(server)).status == 0


def test_an_own_line_that_gets_no_answer_is_inconclusive() -> None:
    deaf = 'summary = "says nothing to NOOP"\n[replies]\nNOOP = []\n'
    with fake(deaf) as server:
        ended = invoke(
            "probe", "--only", "command", "--command", "NOOP", "--timeout", "0.3", "--format", "json", at(server)
        )
    assert (ended.status, ended.document["outcome"]) == (4, "inconclusive")
    assert ended.document["failure"]["kind"] == "timeout"
