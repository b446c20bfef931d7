"""What holds of a probe of any server: all is asked, all is explained, and the log has little to complain of."""

from dataclasses import dataclass

import pytest
from probing import ONE_AT_A_TIME, Report, probe
from servers.base import MailServer

from smtpprobe.catalogue import software

PROFILES = ("capabilities", "full")
# A line with * is no command, but ends an AUTH exchange.
NOT_COUNTED = ("MAIL", "RCPT", "DATA", "*")


@dataclass(frozen=True)
class Run:
    """A report, and what the server wrote about us meanwhile."""

    server: MailServer
    report: Report
    complaints: list[str]

    @property
    def failed_handshakes(self) -> int:
        return sum(one["failure"] is not None for one in self.report.connections)


@pytest.fixture(scope="module", params=PROFILES)
def run(request: pytest.FixtureRequest, mail_server: MailServer) -> Run:
    before = len(mail_server.errors())
    report = probe(mail_server, "--profile", request.param)
    return Run(mail_server, report, mail_server.errors()[before:])


def test_it_ends_with_an_answer(run: Run) -> None:
    assert run.report.document["outcome"] == "answered"
    assert run.report.document["failure"] is None


def test_no_question_is_left_unasked(run: Run) -> None:
    assert run.report.unasked() == []


def test_every_reply_has_an_explanation(run: Run) -> None:
    bare = [exchange["command"] for exchange in run.report.exchanges if exchange["reply"] and not exchange["note"]]
    assert bare == []
    assert all(e["note"]["name"] and e["note"]["meaning"] for e in run.report.exchanges if e["note"])


def test_every_refusal_is_explained_where_it_stands(run: Run) -> None:
    """By what it means here, and not by its code alone."""
    refused = [e for e in run.report.exchanges if e["reply"] and e["reply"]["code"] >= 400]
    assert refused
    assert [(e["command"], e["reply"]["lines"]) for e in refused if not e["note"]["advice"]] == []


def test_only_a_handshake_fails(run: Run) -> None:
    failures = {e["failure"]["stage"] for e in run.report.exchanges if e["failure"]}
    assert failures <= {"handshake"}
    assert {one["closed_by"] for one in run.report.connections} == {"us"}


def test_each_connection_keeps_to_what_its_server_bears(run: Run) -> None:
    allowance = software.allowance(run.report.document["software"]["name"])
    assert [one["refusals"] for one in run.report.connections if one["refusals"] > allowance.refusals] == []
    for connection in run.report.connections:
        asked = [e for e in run.report.exchanges if e["connection"] == connection["number"] and e["probe"]]
        verbs = [e["command"].split()[0] for e in asked if e["command"]]
        assert sum(verb not in NOT_COUNTED for verb in verbs) <= allowance.nonmail
        assert sum(verb in ("VRFY", "EXPN") for verb in verbs) <= allowance.lookups
        assert sum(verb == "NOOP" for verb in verbs) <= allowance.noops
        assert verbs.count("EHLO") + verbs.count("HELO") <= allowance.ehlos


def test_the_log_has_no_more_errors_than_the_report_has_refusals(run: Run) -> None:
    refusals = sum(one["refusals"] for one in run.report.connections)
    assert len(run.complaints) <= refusals + run.failed_handshakes


def test_the_server_never_loses_its_patience(run: Run) -> None:
    drops = (
        "too many",
        "pipelining",
        "synchronization",
        "dropped",
        "lost connection",
        "timeout",
        "unexpected disconnection",
    )
    assert [line for line in run.complaints if any(words in line.lower() for words in drops)] == []


def test_one_command_at_a_time_brings_the_same_replies(run: Run) -> None:
    profile = run.report.document["profile"]
    patient = probe(run.server, "--profile", profile, *ONE_AT_A_TIME)
    assert patient.replies == run.report.replies
    assert patient.keywords("clear").keys() == run.report.keywords("clear").keys()
    assert max(one["number"] for one in patient.connections) == len(patient.connections)
