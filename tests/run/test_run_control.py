"""What the user decides: where a run stops, what it asks, how it gets there."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from held_runs import asked, but, by_connection, held, hold, lines, plain, proper, reasons, settings, target, told

from smtpprobe.fake import FakeServer, Personality, load
from smtpprobe.fake.personality import Ehlo, Limit, Rule
from smtpprobe.model import Exchange, Note, Report, Route, Target, TlsFacts
from smtpprobe.outcome import ClosedBy, FailureKind, Outcome, Profile, Stage, TlsMode, Verdict
from smtpprobe.run import probe
from smtpprobe.watch import Silence

STARTTLS = Ehlo(clear=("PIPELINING", "STARTTLS", "SIZE 1000000"), tls=("PIPELINING", "SIZE 1000000", "AUTH PLAIN"))


# -- the stop event ----------------------------------------------------------------------------------------


class StopAt(Silence):
    """Sets an event when a server has answered so many commands of probes."""

    def __init__(self, stop: asyncio.Event, answers: int) -> None:
        self.stop = stop
        self.answers = answers

    def exchanged(self, exchange: Exchange, note: Note | None) -> None:
        self.answers -= exchange.probe is not None
        if self.answers == 0:
            self.stop.set()


class Polite(FakeServer):
    """A server that knows when somebody said QUIT."""

    def __init__(self, personality: Personality) -> None:
        super().__init__(personality)
        self.said_goodbye = asyncio.Event()

    def heard(self, connection: int, line: bytes) -> None:
        super().heard(connection, line)
        if line == b"QUIT":
            self.said_goodbye.set()


async def _stopped(personality: Personality, answers: int) -> tuple[Report, FakeServer, float]:
    stop = asyncio.Event()
    async with Polite(personality) as server:
        watcher = StopAt(stop, answers)
        began = time.monotonic()
        where = Route(server.host, server.host, server.port)
        report = await probe(target(server), where, settings(lanes=2), watcher=watcher, stop=stop)
        took = time.monotonic() - began
        await server.said_goodbye.wait()
        return report, server, took


@pytest.mark.parametrize("answers", [1, 5, 30])
@pytest.mark.parametrize("keywords", [("PIPELINING", "SIZE 1000000"), ("SIZE 1000000",)], ids=len)
def test_a_run_that_the_user_stops(answers: int, keywords: tuple[str, ...]) -> None:
    report, _, took = asyncio.run(asyncio.wait_for(_stopped(plain(*keywords), answers), 10))
    run = report.transcript
    proper(run)
    assert took < 1
    assert (run.outcome, run.failure and run.failure.kind) == (Outcome.INCONCLUSIVE, FailureKind.INTERRUPTED)
    assert len([e for e in run.exchanges if e.probe and e.reply]) >= answers
    lost = {o.detail for o in asked(run) if not o.evidence}
    assert lost == {"interrupted"}
    wide, _ = held(plain(*keywords))
    missing = {(o.probe, o.subject) for o in asked(wide)} - {(o.probe, o.subject) for o in asked(run)}
    assert {name for name, _ in missing} <= {"help-topic"}
    assert {c.number for c in run.connections} == {e.connection for e in run.exchanges}


def test_a_stop_while_nothing_answers() -> None:
    async def run() -> tuple[Report, float]:
        stop = asyncio.Event()
        async with FakeServer(but("postfix", manners={"delay": 60.0})) as server:
            asyncio.get_running_loop().call_later(0.05, stop.set)
            began = time.monotonic()
            report = await probe(target(server), Route("x", server.host, server.port), settings(), stop=stop)
            return report, time.monotonic() - began

    report, took = asyncio.run(run())
    assert took < 1
    assert report.transcript.outcome is Outcome.INCONCLUSIVE
    assert report.transcript.failure is not None
    assert report.transcript.failure.kind is FailureKind.INTERRUPTED


# -- stop_after --------------------------------------------------------------------------------------------

SAID = {
    Stage.RESOLVE: [],
    Stage.CONNECT: [],
    Stage.GREETING: [],
    Stage.EHLO: ["EHLO"],
    Stage.CLEAR: ["EHLO", "MAIL", "RSET", "STARTTLS"],
    Stage.STARTTLS: ["EHLO", "MAIL", "RSET", "STARTTLS"],
    Stage.HANDSHAKE: ["EHLO", "MAIL", "RSET", "STARTTLS"],
    Stage.TLS: ["EHLO", "MAIL", "RSET", "STARTTLS", "EHLO"],
    Stage.QUIT: ["EHLO", "MAIL", "RSET", "STARTTLS", "EHLO"],
}


@pytest.mark.parametrize("stage", list(Stage), ids=str)
@pytest.mark.parametrize("drop", [False, True])
def test_a_run_that_goes_no_further_than_a_stage(stage: Stage, drop: bool) -> None:
    run, server = held(but(plain(), ehlo=STARTTLS), settings(stop_after=stage, drop=drop))
    proper(run)
    assert server.connections == len(run.connections) == (stage is not Stage.RESOLVE)
    said = [line.split()[0] for line in lines(run.exchanges)]
    wanted = [*SAID[stage]]
    if stage is Stage.CLEAR:
        # Everything is asked in clear, since no TLS is to come.
        assert "STARTTLS" not in said
        assert {e.stage for e in run.exchanges} <= {Stage.GREETING, Stage.EHLO, Stage.CLEAR, Stage.QUIT}
        wanted = said[: len(said) - (said[-1] == "QUIT")]
    assert said[: len(wanted)] == wanted
    if stage is not Stage.CONNECT and stage is not Stage.RESOLVE:
        assert ("QUIT" in said) is (not drop or stage is Stage.QUIT)
    assert run.outcome is Outcome.ANSWERED
    assert run.failure is None
    lost = [o for o in asked(run) if not o.evidence]
    assert {o.detail for o in lost} <= {f"stopped after {stage}, as asked"}
    assert lost or stage in (Stage.RESOLVE, Stage.CONNECT, Stage.GREETING)


def test_a_stage_that_is_not_reached_ends_with_the_first_connection() -> None:
    run, server = held(plain(), settings(stop_after=Stage.TLS))
    proper(run)
    assert server.connections == 1
    assert reasons(run) == {"stopped after tls, as asked"}


def test_dropped_connections_are_closed_by_us() -> None:
    run, server = held(plain(), settings(stop_after=Stage.EHLO, drop=True))
    (connection,) = run.connections
    assert connection.closed_by is ClosedBy.US
    assert [line for _, line in server.log] == [b"EHLO client.example.org"]


# -- what is asked -----------------------------------------------------------------------------------------


def test_only_and_skip() -> None:
    run, _ = held("postfix", settings(only=("noop", "helo")))
    proper(run)
    assert {o.probe for o in asked(run)} == {"mail", "noop", "helo"}
    run, _ = held("postfix", settings(skip=("vrfy-random", "auth-mechanism", "mail")))
    proper(run)
    assert not {"vrfy-random", "auth-mechanism", "mail"} & {o.probe for o in asked(run)}
    assert reasons(run) == {"a plain MAIL got no answer"}
    run, _ = held("postfix", settings(profile=Profile.CAPABILITIES, only=("helo",)))
    assert "helo" in {o.probe for o in asked(run)}, "a probe that is named is asked whatever the profile"


@pytest.mark.parametrize(
    "name", ["postfix", "opensmtpd", "exim", "strict", "answers-twice", "flushes-input", "exchange"]
)
@pytest.mark.parametrize("profile", list(Profile), ids=str)
def test_own_lines_are_sent_once_and_in_order(name: str, profile: Profile) -> None:
    own = ("NOOP", "MAIL FROM:<>", "VRFY x", "RCPT TO:<y>", "FOO", "FOO")
    run, server = held(name, settings(profile=profile, lines=own, timeout=0.4))
    sent = [e for e in run.exchanges if e.probe == "command" and e.command]
    assert [e.command.line.decode() for e in sent if e.command] in [[*own, "RSET"][:n] for n in range(1, 8)]
    assert len({e.connection for e in sent}) == 1
    assert len({e.flight for e in sent}) == len(sent), "one a round trip"
    learnt = told(run, "command")
    assert [o.subject for o in learnt] == list(own)
    told_of = [o for o in learnt if o.evidence]
    for one in told_of:
        (index,) = one.evidence
        assert run.exchanges[index].command == sent[learnt.index(one)].command
    # Where STARTTLS is offered they go inside TLS, and nobody speaks in between.
    if name == "postfix":
        assert {e.stage for e in sent} == {Stage.TLS}
        assert len(told_of) == len(own)
    mine = [n for n, line in server.log if line == b"VRFY x"]
    assert len(mine) <= 1


def test_own_lines_come_first_whatever_the_budget() -> None:
    run, _ = held("postfix", settings(lines=("NOOP",), connections=2))
    assert [o.verdict for o in told(run, "command")] == [Verdict.ANSWERED]


def test_more_own_lines_than_a_flight_holds() -> None:
    own = tuple([f"RCPT TO:<a{n}>" for n in range(60)])
    run, server = held("sendmail", settings(lines=own, profile=Profile.EHLO))
    assert [o.subject for o in told(run, "command")] == list(own)
    assert server.connections <= 2


def test_an_open_challenge_of_an_own_line_is_cancelled() -> None:
    run, server = held("demo", settings(lines=("AUTH PLAIN", "NOOP", "VRFY x"), profile=Profile.EHLO))
    said = [line for n, line in server.log]
    run_on = [e for e in run.exchanges if e.probe == "command"]
    if run_on[0].code == 334:
        assert said[said.index(b"AUTH PLAIN") + 1] == b"*"
    challenge = plain("AUTH PLAIN", "PIPELINING")
    run, server = held(challenge, settings(lines=("AUTH PLAIN", "NOOP", "VRFY x"), profile=Profile.EHLO))
    assert [line for _, line in server.log][1:] == [b"AUTH PLAIN", b"*", b"NOOP", b"VRFY x", b"RSET", b"QUIT"]
    assert [o.detail for o in told(run, "command")] == ["334", "250 2.0.0", "252 2.5.2"]


def test_an_own_star_is_left_to_the_user() -> None:
    own = ("AUTH PLAIN", "*", "NOOP")
    _, server = held(plain("AUTH PLAIN"), settings(lines=own, profile=Profile.EHLO))
    assert [line for _, line in server.log][1:] == [b"AUTH PLAIN", b"*", b"NOOP", b"RSET", b"QUIT"]


@pytest.mark.parametrize(("line", "reply"), [("STARTTLS", "220 go"), ("FOO", "354 go on"), ("starttls", "220 go")])
def test_after_an_own_line_that_waits_for_something_else_nothing_follows(line: str, reply: str) -> None:
    server = plain(rules=[Rule(command=line, reply=reply)])
    run, fake = held(server, settings(lines=("NOOP", line, "VRFY x"), profile=Profile.EHLO))
    said = [text for _, text in fake.log]
    assert said[1:3] == [b"NOOP", line.encode()]
    assert b"VRFY x" not in said
    assert b"QUIT" not in said
    assert [o.verdict for o in told(run, "command")] == [Verdict.ANSWERED, Verdict.ANSWERED, Verdict.UNTESTED]


def test_an_own_quit_is_no_hang_up() -> None:
    run, server = held(plain(), settings(lines=("NOOP", "QUIT", "NOOP"), profile=Profile.EHLO))
    assert not told(run, "hang-up")
    assert [o.detail for o in told(run, "command")][:2] == ["250 2.0.0", "221 2.0.0"]
    assert server.connections == 1


# -- time --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "manners", [{"delay": 0.2}, {"delay": 30.0}, {"greeting_delay": 30.0}, {"extra_reply_after": "NOOP"}], ids=str
)
def test_nothing_outlives_the_deadline(manners: dict[str, object]) -> None:
    began = time.monotonic()
    run, _ = held(but("opensmtpd", manners=manners), settings(deadline=1.0, timeout=20.0, greeting_timeout=20.0))
    assert time.monotonic() - began < 2.0
    proper(run)
    if "extra_reply_after" not in manners:
        assert run.outcome is Outcome.INCONCLUSIVE
        assert run.failure is not None
        assert run.failure.kind is FailureKind.DEADLINE
    unput = [o for o in asked(run) if not o.evidence]
    assert {o.detail for o in unput} <= {"the time for the whole run was over (--deadline)", "it did not answer EHLO"}
    assert unput or manners != {"delay": 0.2}


def test_no_time_at_all() -> None:
    run, server = held("postfix", settings(deadline=0.0))
    assert (run.outcome, server.connections) == (Outcome.INCONCLUSIVE, 0)


# -- the ways to a server ----------------------------------------------------------------------------------


def test_ipv6() -> None:
    async def run() -> Report:
        async with FakeServer(load("postfix"), host="::1") as server:
            return await probe(target(server), Route("::1", "::1", server.port), settings(ehlo_name=None))

    report = asyncio.run(run())
    proper(report.transcript)
    assert report.transcript.ehlo_name.startswith(("[IPv6:", "localhost")) or "." in report.transcript.ehlo_name
    assert not reasons(report.transcript)


def test_unix_socket(tmp_path: Path) -> None:
    async def run() -> Report:
        async with FakeServer(load("postfix"), path=str(tmp_path / "s")) as server:
            where = Target("fake", "", 0, path=server.path)
            return await probe(where, Route("", "", 0), settings(ehlo_name=None))

    run_ = asyncio.run(run()).transcript
    proper(run_)
    assert run_.ehlo_name == "localhost"
    assert not reasons(run_)


def test_lmtp() -> None:
    run, server = held(but(plain("PIPELINING", "SIZE 1000000"), lmtp=True), lmtp=True)
    proper(run)
    hellos = {line.split()[0] for _, line in server.log if line[1:4] in (b"HLO", b"ELO")}
    assert hellos == {b"LHLO"}
    assert "helo" not in {o.probe for o in asked(run)}
    assert not reasons(run)


def test_lmtp_where_lhlo_is_refused() -> None:
    run, server = held(plain(), lmtp=True)
    assert run.outcome is Outcome.REFUSED
    assert [line.split()[0] for _, line in server.log] == [b"LHLO", b"QUIT"]


def test_implicit_tls() -> None:
    server = but("postfix", implicit_tls=True, ehlo=Ehlo(clear=(), tls=load("postfix").ehlo.tls))
    run, _ = held(server, tls=TlsMode.IMPLICIT)
    proper(run)
    assert run.tls is not None
    assert run.clear is None
    assert run.encrypted is not None
    assert not any(e.stage is Stage.STARTTLS for e in run.exchanges)
    assert not reasons(run)
    assert {o.stage for o in told(run, "mail")} == {Stage.TLS}


def test_implicit_tls_where_ehlo_is_refused() -> None:
    refuses = plain(rules=[Rule(command="(EHLO|HELO).*", reply="550 5.7.1 go away")], implicit_tls=True)
    run, server = held(refuses, tls=TlsMode.IMPLICIT)
    assert (run.outcome, server.connections) == (Outcome.REFUSED, 1)


def test_clear_text_on_request() -> None:
    run, _ = held("postfix", tls=TlsMode.NONE)
    proper(run)
    assert run.tls is None
    assert not any(e.stage is Stage.STARTTLS for e in run.exchanges)
    assert not reasons(run)


@pytest.mark.parametrize("version", [1, 2])
def test_proxy_header(version: int) -> None:
    """The fake knows no PROXY: the header is its first line, and gets an answer, which nobody asked for."""
    run, server = held(plain(), settings(proxy=version, stop_after=Stage.EHLO))
    first = server.log[0][1]
    assert first.startswith(b"PROXY TCP4 127.0.0.1 127.0.0.1 ") if version == 1 else first.startswith(b"")
    assert run.outcome in Outcome


def test_a_port_that_waits_for_tls() -> None:
    run, _ = held(but(plain(), implicit_tls=True), settings(greeting_timeout=0.3))
    assert run.failure is not None
    assert run.failure.kind is FailureKind.NOT_SMTP_TLS
    assert run.outcome is Outcome.NOT_SMTP


def test_nothing_listens() -> None:
    run = asyncio.run(probe(Target("x", "127.0.0.1", 1), Route("x", "127.0.0.1", 1), settings())).transcript
    assert (run.outcome, run.failure and run.failure.kind) == (Outcome.UNREACHABLE, FailureKind.REFUSED)
    assert len(run.connections) == 1


def test_a_watcher_hears_of_everything() -> None:
    heard: list[str] = []

    class Loud(Silence):
        def exchanged(self, exchange: Exchange, note: Note | None) -> None:
            heard.append("exchanged")

        def secured(self, connection: int, tls: TlsFacts) -> None:
            heard.append("secured")

        def closed(self, connection: int, by: ClosedBy, failure: object) -> None:
            heard.append("closed")

        def connected(self, target: Target, connection: int, address: str, port: int, connect_ns: int) -> None:
            heard.append("connected")

    async def run() -> Report:
        async with FakeServer(but(plain(), ehlo=STARTTLS)) as server:
            where = Route(server.host, server.host, server.port)
            return await probe(target(server), where, settings(), watcher=Loud())

    transcript = asyncio.run(run()).transcript
    assert heard.count("exchanged") == len(transcript.exchanges)
    assert heard.count("connected") == heard.count("closed") == len(transcript.connections)
    assert heard.count("secured") == len([c for c in transcript.connections if c.tls])


def test_notes_stand_beside_the_exchanges() -> None:
    async def run() -> Report:
        async with FakeServer(load("exim")) as server:
            return await probe(target(server), Route("x", server.host, server.port), settings(lines=("VRFY x",)))

    report = asyncio.run(run())
    assert len(report.notes) == len(report.transcript.exchanges)
    for exchange, note in zip(report.transcript.exchanges, report.notes, strict=True):
        assert (note is not None) or exchange.reply is None or exchange.code is None


def test_two_runs_of_one_lane_say_the_same() -> None:
    first, second = held("exim", settings(lanes=1))[0], held("exim", settings(lanes=1))[0]
    for (_, one), (_, other) in zip(by_connection(first), by_connection(second), strict=True):
        assert [l.split()[0] for l in lines(one)] == [l.split()[0] for l in lines(other)]  # noqa: E741


def test_hold_is_awaited_by_tests_with_limits() -> None:
    """A limit on commands of any kind ends connections, and nothing is lost to it."""
    limit = Limit(counts="commands", at=9, reply="421 4.7.0 enough for one session", how="instead")
    run, _ = asyncio.run(hold(plain("SIZE 1000000", limits=(limit,))))
    proper(run)
    assert not reasons(run)
