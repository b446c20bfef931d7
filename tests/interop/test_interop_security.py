"""Profile security on the four real servers, configured as they should be: no false alarm, and no patience lost."""

from collections.abc import Callable, Iterator
from pathlib import Path

import correct
import pytest
from probing import Report, probe
from servers.base import Certificates, MailServer, Routes

from smtpprobe.catalogue import software

PATIENCE_LOST = ("too many", "dropped", "lost connection", "timeout", "unexpected disconnection")
ATTACKS = ("line-end-cr", "line-end-lf", "starttls-smuggled-command", "talk-first")


@pytest.fixture(scope="module", params=sorted(correct.TRUE))
def server(
    request: pytest.FixtureRequest, server_folder: Path, certificates: Certificates
) -> Iterator[tuple[str, MailServer]]:
    with correct.running(request.param, server_folder, certificates) as running:
        yield request.param, running


@pytest.fixture(scope="module")
def report(server: tuple[str, MailServer]) -> Report:
    return probe(server[1], "--profile", "security", "--yes", "--relay-forms", "16")


def test_there_is_no_false_alarm(server: tuple[str, MailServer], report: Report) -> None:
    found = {(finding["severity"], finding["rule"]) for finding in report.document["findings"]}
    assert found == correct.TRUE[server[0]]


def test_all_sixteen_forms_of_relaying_are_refused(report: Report) -> None:
    told = {one["subject"]: one["evidence"] for one in report.document["observations"] if one["probe"] == "relay"}
    assert len(told) == 16
    replies = [report.exchanges[index]["reply"] for evidence in told.values() for index in evidence]
    assert all(reply["code"] >= 500 for reply in replies)


def test_every_attack_is_carried_out_and_answered(report: Report) -> None:
    told = {one["probe"]: one for one in report.document["observations"] if one["probe"] in ATTACKS}
    assert set(told) == set(ATTACKS)
    assert all(one["evidence"] for one in told.values())
    assert told["starttls-smuggled-command"]["verdict"] == "kept"
    assert told["line-end-cr"]["verdict"] == "kept"


def test_nothing_is_left_unasked_for_want_of_connections(report: Report) -> None:
    assert report.unasked() == []
    assert len(report.connections) <= 40


def test_each_connection_keeps_to_what_its_server_bears(report: Report) -> None:
    allowance = software.allowance(report.document["software"]["name"])
    assert [one["refusals"] for one in report.connections if one["refusals"] > allowance.refusals] == []


def test_no_patience_is_lost_but_over_the_attacks_themselves(server: tuple[str, MailServer], report: Report) -> None:
    """OpenSMTPD's handshakes fail whatever is asked, and it ends the connection over a smuggled command."""
    lines = [line for line in server[1].errors() if any(words in line.lower() for words in PATIENCE_LOST)]
    handshakes = sum(one["failure"] is not None for one in report.connections)
    assert len(lines) <= handshakes + len(ATTACKS)


def test_every_reply_is_explained(report: Report) -> None:
    bare = [one["command"] for one in report.exchanges if one["reply"] and not one["note"]]
    assert bare == []


def test_a_watch_at_the_door_is_noticed_and_is_no_fault(postfix_with: Callable[..., MailServer]) -> None:
    """postscreen breaks its greeting off for us, which is no defect of its replies."""
    only = "talk-first,line-end-cr,starttls-smuggled-command"
    report = probe(postfix_with(postscreen=True), "--yes", "--only", only)
    (first,) = [one for one in report.document["observations"] if one["probe"] == "talk-first"]
    assert (first["verdict"], first["detail"]) == ("kept", "the greeting breaks off, 250 follows")
    assert report.findings == set()


def test_a_server_that_relays_for_us_is_found_out(postfix_with: Callable[..., MailServer]) -> None:
    """It may, since we are in its mynetworks: a finding to know, and no alarm."""
    server = postfix_with(routes=Routes(1, {".example.org": "127.0.0.2"}))
    report = probe(server, "--yes", "--only", "relay,rcpt-random")
    (found,) = [one for one in report.document["findings"] if one["rule"] == "relay-accepted"]
    assert found["severity"] == "info"
    assert "ask from outside" in found["advice"]
    assert "mynetworks" in found["advice"]
