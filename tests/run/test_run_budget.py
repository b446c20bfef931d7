"""What no connection and no run exceeds, counted from what was said."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest
from held_runs import asked, but, by_connection, held, plain, proper, reasons, report_of, settings, told

from smtpprobe.catalogue import software
from smtpprobe.catalogue.entries import Allowance
from smtpprobe.fake import FakeServer, load, names
from smtpprobe.fake.personality import Limit
from smtpprobe.model import Exchange, Failure, Target, Transcript
from smtpprobe.outcome import ClosedBy, FailureKind, Profile, Stage
from smtpprobe.run import Settings
from smtpprobe.watch import Silence

#: What tells these servers apart is told before the first question, so their own allowance holds from the start.
RECOGNISED = {"exim": "exim", "postfix": "postfix", "sendmail": "sendmail", "opensmtpd": "opensmtpd"}
PATIENT = sorted(set(names()) - {"slow", "flushes-input"})


def borne(exchanges: list[Exchange]) -> Counter[str]:
    """One connection's counts, by our own reading of the conventions."""
    found: Counter[str] = Counter()
    free: set[tuple[str, bool] | None] = set()
    for one in exchanges:
        if one.command is None or one.command.verb in ("QUIT", "*"):
            continue
        verb, code = one.command.verb, one.code or 0
        found["refusals"] += code >= 400
        found["unknown"] += code in (500, 502)
        found["syntax"] += code in (500, 501, 503, 504)
        once = (verb, inside(one, exchanges)) if verb in ("EHLO", "HELO", "STARTTLS") else None
        found["nonmail"] += verb not in ("MAIL", "RCPT", "DATA") and (once is None or once in free)
        free.add(once)
        found["lookups"] += verb in ("VRFY", "EXPN")
        found["noops"] += verb == "NOOP"
        found["auths"] += verb == "AUTH" and code == 334
        found["ehlos, clear"] += verb in ("EHLO", "HELO") and not inside(one, exchanges)
        found["ehlos, tls"] += verb in ("EHLO", "HELO") and inside(one, exchanges)
    return found


def inside(one: Exchange, exchanges: list[Exchange]) -> bool:
    upgrades = [e.flight for e in exchanges if e.stage is Stage.STARTTLS and e.code == 220 and e.failure is None]
    return bool(upgrades) and one.flight > upgrades[0]


def kept(run: Transcript, bears: Allowance) -> None:
    for number, exchanges in by_connection(run):
        for name, value in borne(exchanges).items():
            most = getattr(bears, name.split(",")[0])
            assert value <= most, (number, name, value, most)


@pytest.mark.parametrize("name", sorted(RECOGNISED))
@pytest.mark.parametrize("profile", [Profile.CAPABILITIES, Profile.FULL], ids=str)
@pytest.mark.parametrize("lanes", [1, 2])
def test_no_connection_exceeds_what_its_server_bears(name: str, profile: Profile, lanes: int) -> None:
    run, _ = held(name, settings(profile=profile, lanes=lanes))
    proper(run)
    assert run.software is not None
    bears = software.allowance(run.software.name)
    assert bears != Allowance() or name not in RECOGNISED
    kept(run, bears)


@pytest.mark.parametrize("profile", [Profile.CAPABILITIES, Profile.FULL], ids=str)
@pytest.mark.parametrize("pipelining", [True, False])
def test_a_server_that_is_not_recognised_gets_the_careful_budget(profile: Profile, pipelining: bool) -> None:
    keywords = ("SIZE 1000000", "DSN", "8BITMIME", "AUTH PLAIN LOGIN CRAM-MD5", "HELP")
    server = plain(*keywords, *(["PIPELINING"] if pipelining else []), mail_parameters={"SIZE": "limit 1000000"})
    run, _ = held(server, settings(profile=profile))
    proper(run)
    if run.software is None:
        kept(run, Allowance())
    assert not reasons(run)


def test_a_server_that_bears_two_is_not_struck() -> None:
    """Chasquid's farewell is its third refusal."""
    run, _ = held(but("strict", greeting="220 {hostname} ESMTP chasquid"))
    proper(run)
    kept(run, Allowance())
    assert not told(run, "hang-up")


def test_a_question_that_no_connection_bears_is_put_all_the_same() -> None:
    """Bears nothing: DSN, which may cost two refusals, goes on a connection of its own after the others."""
    run, server = held(plain("DSN"))
    proper(run)
    assert not reasons(run)
    assert server.connections < 30


@pytest.mark.parametrize("name", PATIENT)
@pytest.mark.parametrize(("profile", "most"), [(Profile.EHLO, 2), (Profile.CAPABILITIES, 8), (Profile.FULL, 20)])
def test_a_run_opens_no_more_connections_than_its_profile_allows(name: str, profile: Profile, most: int) -> None:
    run, server = held(name, Settings(profile=profile, ehlo_name="client.example.org", timeout=2.0))
    assert server.connections == len(run.connections) <= most
    proper(run)


class Counting(Silence):
    """Counts how many connections are open at a time."""

    now = most = 0

    def connected(self, target: Target, connection: int, address: str, port: int, connect_ns: int) -> None:
        self.now += 1
        self.most = max(self.most, self.now)

    def closed(self, connection: int, by: ClosedBy, failure: Failure | None) -> None:
        self.now -= 1


@pytest.mark.parametrize("name", ["postfix", "exim", "opensmtpd", "everything", "no-ehlo", "greylisting"])
@pytest.mark.parametrize("lanes", [1, 2])
def test_no_more_connections_at_a_time_than_lanes(name: str, lanes: int) -> None:
    async def run() -> int:
        async with FakeServer(load(name)) as server:
            watcher = Counting()
            await report_of(server, settings(lanes=lanes), watcher=watcher)
            return watcher.most

    assert asyncio.run(run()) == lanes


def test_a_refused_ehlo_is_one_of_the_refusals() -> None:
    """The third refusal is the last one, and EHLO had the first."""
    server = but("no-ehlo", limits=(Limit(counts="errors", at=3, reply="421 4.5.0 bye", how="instead"),))
    run, _ = held(server, settings(lanes=1))
    proper(run)
    assert not told(run, "hang-up")


@pytest.mark.parametrize("name", PATIENT)
def test_who_is_named_in_an_envelope(name: str) -> None:
    """Only postmaster and one random name; with a domain, at that domain."""
    for domain, at in ((None, ""), ("example.org", "@example.org")):
        run, _ = held(name, settings(domain=domain))
        named = set()
        for one in run.exchanges:
            if one.command is None:
                continue
            argument = one.command.argument
            if one.command.verb == "RCPT":
                named.add(argument.partition("<")[2].partition(">")[0])
            elif one.command.verb in ("VRFY", "EXPN") and argument:
                named.add(argument)
        assert len(named - {f"postmaster{at}"}) <= 1
        assert all(name.endswith(at) for name in named)


def test_budget_is_said_plainly() -> None:
    run, _ = held("everything", Settings(ehlo_name="client.example.org", connections=2))
    assert reasons(run) == {"budget: 2 connections were not enough for all questions"}
    put = [o.probe for o in asked(run) if o.evidence]
    assert {"mail", "mail-parameter"} <= set(put), "the most telling first"


def test_so_much_time_passes_between_two_connections() -> None:
    how = settings(profile=Profile.CAPABILITIES, lanes=1, gap=0.2)

    run, _ = held("strict", how)

    talks = [exchanges for _, exchanges in by_connection(run)]
    ends = [max(one.reply.last_ns for one in talk if one.reply is not None) for talk in talks]
    begins = [min(one.sent_ns or (one.reply.first_ns if one.reply else 0) for one in talk) for talk in talks]
    assert len(talks) > 1
    assert all(begin - end >= 0.2e9 for end, begin in zip(ends, begins[1:], strict=False))


def test_where_one_connection_is_all_a_silent_server_gets_no_other() -> None:
    run, server = held(but("postfix", manners={"greeting_delay": 60.0}), settings(connections=1, greeting_timeout=0.1))

    assert run.failure is not None
    assert run.failure.kind is FailureKind.TIMEOUT
    assert server.connections == 1
