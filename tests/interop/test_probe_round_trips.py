"""How many round trips a probe takes, seen from a relay in the middle; how long they take is for the benchmarks."""

from collections.abc import Callable

import pytest
from probing import ONE_AT_A_TIME, Report, probe
from relay import relaying
from servers.base import MailServer

MailServers = Callable[[str], MailServer]


@pytest.fixture
def named(request: pytest.FixtureRequest) -> MailServers:
    def server(name: str) -> MailServer:
        found: MailServer = request.getfixturevalue(name)
        return found

    return server


def far_away(server: MailServer, *options: str) -> tuple[Report, int]:
    """A run of profile full through the relay: its report, and how often the client spoke and had to wait.

    The report counts the wait for each greeting too, which answers no command; it must not count less than the relay.
    """
    with relaying(server.host, server.port) as relay:
        report = probe(server, "--profile", "full", *options, port=relay.port)
    assert relay.connections == len(report.connections)
    assert relay.turns <= report.round_trips <= relay.turns + relay.connections
    return report, relay.turns


@pytest.mark.parametrize("name", ["postfix", "sendmail"])
def test_two_commands_share_a_round_trip(name: str, named: MailServers) -> None:
    report, turns = far_away(named(name))
    assert report.unasked() == []
    assert turns <= 0.5 * report.commands


def test_exim_allows_fewer_questions_a_connection_and_still_spares_some(exim: MailServer) -> None:
    report, turns = far_away(exim)
    assert report.unasked() == []
    assert turns < report.commands


def test_a_distant_server_gives_the_replies_of_a_near_one(postfix: MailServer) -> None:
    report, _ = far_away(postfix)
    assert report.replies == probe(postfix, "--profile", "full").replies


def test_without_pipelining_every_command_waits_for_its_reply(postfix: MailServer) -> None:
    with relaying(postfix.host, postfix.port, one_way=0) as relay:
        report = probe(postfix, *ONE_AT_A_TIME, port=relay.port)
    assert relay.turns >= report.commands
    assert report.round_trips >= report.commands
