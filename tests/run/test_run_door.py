"""Being turned away: at the greeting, at EHLO, by a limit on connections or on their rate."""

from __future__ import annotations

from typing import Any

import pytest
from held_runs import (
    Moody,
    asked,
    but,
    held,
    held_with,
    lines,
    plain,
    proper,
    reasons,
    settings,
    told,
    verdicts,
)

from smtpprobe.fake import FakeServer
from smtpprobe.fake.personality import Limit, Rule
from smtpprobe.outcome import ClosedBy, FailureKind, Outcome, Profile, Stage, Verdict
from smtpprobe.run import Settings, visit

ALONE = settings(each_alone=True, pipelining=False, lanes=1)


@pytest.mark.parametrize(
    ("greeting", "outcome", "kind"),
    [
        ("554 5.7.1 no", Outcome.REFUSED, None),
        ("521 no mail here", Outcome.REFUSED, None),
        ("421 4.3.2 later", Outcome.INCONCLUSIVE, FailureKind.SERVER_CLOSING),
        ("450 later", Outcome.INCONCLUSIVE, None),
    ],
)
def test_turned_away_at_the_door(greeting: str, outcome: Outcome, kind: FailureKind | None) -> None:
    run, server = held(plain(greeting=greeting))
    proper(run)
    assert (run.outcome, run.failure and run.failure.kind) == (outcome, kind)
    assert server.connections == 1
    assert asked(run) == []
    said = [line for _, line in server.log]
    assert said == ([] if greeting.startswith("421") else [b"QUIT"])


@pytest.mark.parametrize("reply", ["334 Z28gb24=", "354 send it"])
def test_an_ehlo_that_gets_a_3yz_is_no_conversation_and_no_quit_follows(reply: str) -> None:
    run, server = held(plain(rules=[Rule(command="EHLO.*", reply=reply)]))
    proper(run)
    assert run.failure is not None
    assert (run.outcome, run.failure.kind, run.failure.stage) == (Outcome.NOT_SMTP, FailureKind.NOT_SMTP, Stage.EHLO)
    assert [line.partition(b" ")[0] for _, line in server.log] == [b"EHLO"]


def test_nothing_is_said_before_the_last_line_of_the_greeting() -> None:
    run, _ = held(
        plain(greeting=("220-mx", "220-no pregreeting", "220 mx ESMTP"), manners={"synchronization": "unannounced"})
    )
    proper(run)
    assert run.outcome is Outcome.ANSWERED


def test_a_421_to_the_first_ehlo_ends_the_host() -> None:
    run, server = held(plain(rules=[Rule(command="EHLO.*", reply="421 4.3.2 later", then="close")]))
    assert (run.outcome, server.connections) == (Outcome.INCONCLUSIVE, 1)
    assert run.failure is not None
    assert run.failure.kind is FailureKind.SERVER_CLOSING
    assert [line.split()[0] for _, line in server.log] == [b"EHLO"]


def test_ehlo_and_helo_refused() -> None:
    run, server = held(plain(rules=[Rule(command="(EHLO|HELO).*", reply="550 5.7.1 go away")]))
    assert (run.outcome, server.connections) == (Outcome.REFUSED, 1)
    assert lines(run.exchanges) == ["EHLO client.example.org", "HELO client.example.org", "QUIT"]


def test_helo_where_ehlo_is_refused() -> None:
    run, _ = held("no-ehlo")
    proper(run)
    assert run.clear is not None
    assert run.clear.keywords == ()
    assert "untested" not in {str(o.verdict) for o in asked(run)}
    spine = [e.command.verb for e in run.exchanges if e.stage is Stage.EHLO and e.command]
    assert spine.count("EHLO") == 1, "later connections know"


def test_one_connection_at_a_time() -> None:
    run, _ = held("one-connection")
    proper(run)
    assert any(e.stage is Stage.GREETING and e.code == 421 for e in run.exchanges), "it was tried"
    assert "untested" not in {str(o.verdict) for o in asked(run)}, "and nothing was lost"
    assert run.outcome is Outcome.ANSWERED
    assert run.failure is None


@pytest.mark.parametrize(
    "door",
    [
        {"greeting": "421 4.3.2 later"},
        {"greeting": "554 5.7.1 enough"},
        {"rules": (Rule(command="EHLO.*", reply="421 4.3.2 later"),)},
        {"rules": (Rule(command="EHLO.*", reply="451 4.3.0 not now"),)},
        {"rules": (Rule(command="(EHLO|HELO).*", reply="550 5.7.1 no"),)},
        {"rules": (Rule(command="EHLO.*", reply=(), then="reset"),)},
    ],
    ids=str,
)
@pytest.mark.parametrize("how", [{}, {"each_alone": True}], ids=str)
def test_turned_away_on_further_connections(
    door: dict[str, Any], how: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every question says why it was not put, that for which the connection was opened too."""
    monkeypatch.setattr(visit, "_PAUSE", 0.0)
    first = plain("SIZE 1000000", limits=(Limit(counts="errors", at=1, reply="421 4.5.0 bye", how="instead"),))
    run, server = held_with(Moody(first, but(first, **door)), settings(**how))
    proper(run)
    assert server.connections <= 4
    wide, _ = held(but(first, limits=()))
    missing = {key[:2] for key in verdicts(wide)} - {key[:2] for key in verdicts(run)}
    assert {name for name, _ in missing} <= {"help-topic"}
    assert all(o.detail for o in asked(run))


class Mortal(FakeServer):
    """A server that listens no more after its third connection."""

    def count(self) -> int:
        number = super().count()
        if number == 3 and self._listener is not None:
            self._listener.close()
        return number


def test_a_server_that_goes_away_in_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visit, "_PAUSE", 0.0)
    run, server = held_with(Mortal(plain("SIZE 1000000")))
    proper(run)
    assert server.connections == 3
    assert run.failure is not None
    assert (run.failure.stage, run.failure.kind) == (Stage.CONNECT, FailureKind.REFUSED)
    wide, _ = held(plain("SIZE 1000000"))
    assert {key[0] for key in verdicts(wide)} - {key[0] for key in verdicts(run)} <= {"help-topic"}


# -- rate limits -------------------------------------------------------------------------------------------


def test_a_rate_limit_ends_the_host() -> None:
    run, server = held("rate-limited")
    proper(run)
    assert run.outcome is Outcome.INCONCLUSIVE
    assert run.failure is not None
    assert run.failure.kind is FailureKind.SERVER_CLOSING
    assert server.connections <= 2
    assert not told(run, "pipelining")
    put = [o for o in asked(run) if o.evidence]
    assert all("rate limit" in o.detail for o in asked(run) if o not in put)
    alone, _ = held("rate-limited", ALONE)
    assert (alone.outcome, alone.failure and alone.failure.kind) == (run.outcome, run.failure.kind)


@pytest.mark.parametrize("text", ["Error: timeout exceeded", "Too many errors", "not separately moderated", "closing"])
def test_a_421_that_names_no_rate_limit_ends_its_connection_only(text: str) -> None:
    run, server = held(plain(rules=[Rule(command="VRFY postmaster", reply=f"421 4.4.2 {text}", then="close")]))
    proper(run)
    assert server.connections > 3
    assert {o.probe for o in asked(run) if o.verdict is Verdict.UNTESTED} <= {"vrfy-postmaster"}
    assert run.outcome is Outcome.ANSWERED


def test_connections_are_closed_by_whom() -> None:
    run, _ = held("strict")
    by = {c.closed_by for c in run.connections}
    assert by <= {ClosedBy.US, ClosedBy.SERVER}
    assert reasons(run) == set()


def test_settings_of_a_scan() -> None:
    """Profile ehlo asks nothing, in one connection."""
    run, server = held("postfix", Settings(profile=Profile.EHLO, ehlo_name="client.example.org"))
    proper(run)
    assert asked(run) == []
    assert server.connections == 1
    assert [line.split()[0] for line in lines(run.exchanges)] == ["EHLO", "STARTTLS", "EHLO", "QUIT"]
