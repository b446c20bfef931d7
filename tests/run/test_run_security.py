"""Profile security against fake servers: each fault that is built in is found, and where there is none, none is."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from held_runs import NAME, but, held, lines, plain, proper, settings, target, told

from smtpprobe.fake import FakeServer, Personality, load, names
from smtpprobe.fake.personality import Mailboxes, Rule
from smtpprobe.model import Finding, Known, Report, Route, Transcript
from smtpprobe.outcome import Profile, Severity, Stage, TlsMode, Verdict
from smtpprobe.probes import BY_NAME
from smtpprobe.run import Settings, probe
from smtpprobe.run.settings import CONNECTIONS

OWN = {probe.name for probe in BY_NAME.values() if probe.profile is Profile.SECURITY}
ALARMS = {
    "starttls-command-injection",
    "relay-accepted",
    "auth-in-clear-unannounced",
    "ntlm-names-revealed",
    "requiretls-in-clear",
    "bare-cr-accepted",
    "bare-lf-accepted",
    "early-talker-served",
    "auth-mechanism-weak",
    "rcpt-tells-users",
    "users-revealed",
}


def thorough(**changes: Any) -> Settings:
    """Within the profile's own budget, and with little patience for what may have no answer."""
    usual: dict[str, Any] = {"profile": Profile.SECURITY, "connections": None, "timeout": 1.0}
    return settings(**{**usual, "domain": "mail.example.net", **changes})


def reported(personality: str | Personality, how: Settings) -> tuple[Report, FakeServer]:
    async def work() -> tuple[Report, FakeServer]:
        kind = load(personality) if isinstance(personality, str) else personality
        async with FakeServer(kind) as server:
            # As seen from elsewhere: what is asked from the server's own machine proves less.
            seen = Route("mail.example.net", server.host, server.port)
            return await probe(target(server), seen, how), server

    return asyncio.run(work())


def found(report: Report) -> dict[str, Finding]:
    return {finding.rule: finding for finding in report.findings}


@pytest.fixture(scope="module")
def insecure() -> Report:
    report, _ = reported("insecure", thorough(relay_forms=16))
    return report


def test_each_fault_of_the_insecure_server_is_found(insecure: Report) -> None:
    assert set(found(insecure)) >= ALARMS


def test_every_finding_names_what_else_it_could_be(insecure: Report) -> None:
    doubt = (
        "may",
        "was not tried",
        "looks the same",
        "as it should be",
        "were asked",
        "that was asked",
        "Some servers",
    )
    assert [rule for rule in ALARMS if not any(word in found(insecure)[rule].advice for word in doubt)] == []


def test_all_sixteen_forms_are_asked_and_each_in_its_own_transaction(insecure: Report) -> None:
    run = insecure.transcript
    proper(run)
    assert {one.subject for one in told(run, "relay")} == set(BY_NAME["relay"].subjects(known_of(run)))
    assert len(told(run, "relay")) == 16
    assert "accepted at RCPT" in found(insecure)["relay-accepted"].summary


def known_of(run: Transcript) -> Any:
    assert run.route is not None
    facts: dict[str, Any] = {"clear": run.clear, "address": run.route.address, "relay_forms": 16}
    return Known(run.target, run.profile, NAME, "n", "mail.example.net", **facts)


def test_four_forms_are_tried_unless_more_are_asked_for() -> None:
    run, _ = held("postfix", thorough())
    assert [one.subject for one in told(run, "relay")] != []
    assert len(told(run, "relay")) == 4


def test_who_talks_first_does_so_on_the_last_connection(insecure: Report) -> None:
    run = insecure.transcript
    (one,) = told(run, "talk-first")
    number = run.exchanges[one.evidence[0]].connection
    assert number == max(connection.number for connection in run.connections)
    last = [e for e in run.exchanges if e.connection == number]
    assert lines(last) == ["NOOP", "QUIT"]
    others = [one for one in run.connections if one.number != number]
    (own,) = [one for one in run.connections if one.number == number]
    assert all(one.opened_ns < own.opened_ns for one in others)


def test_each_attack_has_a_connection_of_its_own(insecure: Report) -> None:
    run = insecure.transcript
    for name in ("line-end-lf", "line-end-cr", "starttls-smuggled-command", "talk-first"):
        (number,) = {e.connection for e in run.exchanges if e.probe == name}
        asked = {e.probe for e in run.exchanges if e.connection == number and e.probe}
        assert asked == {name}


@pytest.mark.parametrize("name", sorted(set(names()) - {"slow", "flushes-input", "rate-limited", "hangs-up-at-once"}))
def test_the_budget_of_every_server_is_kept(name: str) -> None:
    run, server = held(name, thorough(timeout=0.5))
    proper(run)
    assert server.connections <= CONNECTIONS[Profile.SECURITY]
    unput = {o.detail for o in run.observations if o.probe in OWN and not o.evidence}
    assert all(why.startswith(("budget: ", "a plain MAIL got")) for why in unput)


@pytest.mark.parametrize("name", ["postfix", "exim", "sendmail", "opensmtpd", "everything", "strict"])
def test_a_server_without_these_faults_gets_no_alarm(name: str) -> None:
    report, _ = reported(name, thorough())
    grave = {f.rule for f in report.findings if f.severity is not Severity.INFO and f.rule in ALARMS}
    assert grave - {"users-revealed", "auth-in-clear"} == set()
    for one in report.transcript.observations:
        if one.probe in ("starttls-smuggled-command", "line-end-cr", "auth-unannounced", "requiretls-in-clear"):
            assert one.verdict is not Verdict.BROKEN, one


def test_a_server_that_minds_early_input() -> None:
    # It takes a moment to greet, as servers do that watch out for such clients.
    report, _ = reported(but("synchronization", manners={"greeting_delay": 0.1}), thorough())
    run = report.transcript
    (first,) = told(run, "talk-first")
    (smuggled,) = told(run, "starttls-smuggled-command") or (None,)
    assert first.verdict is Verdict.KEPT
    assert smuggled is None or smuggled.verdict is Verdict.KEPT
    assert "hang-up-after-errors" not in found(report)
    assert "early-talker-served" not in found(report)


def test_an_attack_that_is_met_with_a_hang_up_says_nothing_about_patience() -> None:
    rude = but("postfix", manners={"synchronization": "always", "greeting_delay": 0.1})
    report, _ = reported(rude, thorough(only=("talk-first",), skip=()))
    assert not [one for one in report.transcript.observations if one.probe == "hang-up"]


@pytest.mark.parametrize("fault", ["starttls_keeps_input", "bare_cr_ends_line"])
def test_a_fault_is_found_where_it_is_and_nowhere_else(fault: str) -> None:
    rule = {"starttls_keeps_input": "starttls-command-injection", "bare_cr_ends_line": "bare-cr-accepted"}[fault]
    sound, _ = reported("postfix", thorough())
    faulty, _ = reported(but("postfix", manners={fault: True}), thorough())
    assert rule not in found(sound)
    assert set(found(faulty)) == set(found(sound)) | {rule}


def test_a_catch_all_is_no_relay() -> None:
    taking = Rule(command=r'RCPT TO:<(.*@mail\.example\.net|[^@]*|".*")>', reply="250 2.1.5 OK", state="after-mail")
    kind = but("postfix", rules=(taking,), mailboxes=Mailboxes(domains=("mail.example.net",)))
    report, _ = reported(kind, thorough(relay_forms=16))
    assert any(report.transcript.exchanges[i].code == 250 for o in told(report.transcript, "relay") for i in o.evidence)
    assert "relay-accepted" not in found(report)


def test_nothing_out_of_turn_over_implicit_tls() -> None:
    run, _ = held(plain(implicit_tls=True), thorough(), tls=TlsMode.IMPLICIT)
    assert told(run, "line-end-lf")
    assert not told(run, "talk-first")
    assert not told(run, "starttls-smuggled-command")
    assert all(e.stage is not Stage.CLEAR for e in run.exchanges)
