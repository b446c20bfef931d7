"""Runs against fake servers, and what a test wants to know of them."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from smtpprobe.fake import FakeServer, Personality, load
from smtpprobe.fake.personality import Ehlo, Manners, Rule
from smtpprobe.model import Exchange, Observation, Report, Route, Target, Transcript
from smtpprobe.outcome import Profile, Stage, Verdict
from smtpprobe.probes import BY_NAME
from smtpprobe.probes.base import Where
from smtpprobe.run import Settings, probe

NAME = "client.example.org"


def settings(**changes: Any) -> Settings:
    """Profile full, and room for everything, so that only the rules are seen.

    The lines may also be those that Settings refuse: a run has to bear them all the same.
    """
    wide: dict[str, Any] = {"profile": Profile.FULL, "connections": 500, "deadline": 300.0, "timeout": 2.0}
    lines = changes.pop("lines", ())
    made = Settings(**{**wide, "greeting_timeout": 2.0, "ehlo_name": NAME, **changes})
    msgspec.structs.force_setattr(made, "lines", lines)
    return made


def target(server: FakeServer, **changes: Any) -> Target:
    return Target("fake", "" if server.path else server.host, server.port, path=server.path, **changes)


def route(server: FakeServer) -> Route:
    return Route(server.host, "" if server.path else server.host, server.port)


async def hold(
    personality: Personality | str, how: Settings | None = None, **changes: Any
) -> tuple[Transcript, FakeServer]:
    """One run against one fake server; ``changes`` are the target's."""
    async with FakeServer(load(personality) if isinstance(personality, str) else personality) as server:
        report = await probe(target(server, **changes), route(server), how or settings())
        return report.transcript, server


def held(personality: Personality | str, how: Settings | None = None, **changes: Any) -> tuple[Transcript, FakeServer]:
    return asyncio.run(hold(personality, how, **changes))


async def report_of(server: FakeServer, how: Settings, **changes: Any) -> Report:
    return await probe(target(server), route(server), how, **changes)


def but(personality: Personality | str, **changes: Any) -> Personality:
    """This personality, changed; ``manners`` are changed one by one."""
    one = load(personality) if isinstance(personality, str) else personality
    manners = msgspec.structs.replace(one.manners, **changes.pop("manners", {}))
    return msgspec.structs.replace(one, manners=manners, **changes)


def plain(*keywords: str, rules: Sequence[Rule] = (), **changes: Any) -> Personality:
    """A server that promises these keywords and otherwise keeps to RFC 5321."""
    clear = keywords or ("PIPELINING", "SIZE 1000000", "8BITMIME")
    manners = Manners(**changes.pop("manners", {}))
    return Personality("one of a test", ehlo=Ehlo(clear=clear), rules=tuple(rules), manners=manners, **changes)


# -- what came of the questions ----------------------------------------------------------------------------


def asked(transcript: Transcript) -> list[Observation]:
    """What the probes learnt, without what the spine taught."""
    return [one for one in transcript.observations if one.probe in BY_NAME]


def told(transcript: Transcript, name: str) -> list[Observation]:
    return [one for one in transcript.observations if one.probe == name]


def place(one: Observation) -> str:
    """The TLS state, where a probe is asked in each."""
    return str(one.stage) if BY_NAME[one.probe].where is Where.BOTH and one.stage else ""


def verdicts(transcript: Transcript) -> dict[tuple[str, str, str], list[tuple[str, str]]]:
    found = defaultdict(list)
    for one in asked(transcript):
        found[one.probe, one.subject, place(one)].append((str(one.verdict), one.detail))
    return {key: sorted(pairs) for key, pairs in found.items()}


def answers(transcript: Transcript) -> dict[tuple[str, str, str, bytes], set[tuple[int | None, str | None, str]]]:
    """The replies on which the observations stand. The run's random name is made the same everywhere."""
    found = defaultdict(set)
    nonce = next((e.command.argument for e in transcript.exchanges if e.probe == "vrfy-random" and e.command), "-")
    for one in asked(transcript):
        for index in one.evidence:
            exchange = transcript.exchanges[index]
            assert exchange.command is not None
            assert exchange.reply is not None
            line = exchange.command.line.replace(nonce.encode(), b"NONCE")
            text = exchange.reply.text.replace(nonce, "NONCE")
            found[one.probe, one.subject, place(one), line].add((exchange.code, exchange.reply.enhanced, text))
    return dict(found)


def twice_learnt(transcript: Transcript) -> list[object]:
    """Questions with more than one set of answers: a group counts once, whatever it was."""
    groups = Counter((one.probe, one.subject, place(one), one.evidence) for one in asked(transcript) if one.evidence)
    return [key for key, number in groups.items() if number > 1]


# -- what was said -----------------------------------------------------------------------------------------


def by_connection(transcript: Transcript) -> Iterator[tuple[int, list[Exchange]]]:
    for number in sorted({one.connection for one in transcript.exchanges}):
        yield number, [one for one in transcript.exchanges if one.connection == number]


def lines(exchanges: Sequence[Exchange]) -> list[str]:
    return [one.command.line.decode() for one in exchanges if one.command is not None]


def proper(transcript: Transcript) -> None:
    """What holds for every run whatsoever."""
    for one in transcript.observations:
        for index in one.evidence:
            exchange = transcript.exchanges[index]
            if one.probe in BY_NAME:
                assert (exchange.probe, exchange.subject) in {(one.probe, one.subject), (one.probe, "")}, one
            else:
                assert 0 <= index < len(transcript.exchanges)
    for number, exchanges in by_connection(transcript):
        _decent(exchanges)
        trips = {one.flight for one in exchanges}
        (connection,) = [one for one in transcript.connections if one.number == number]
        handshakes = int(connection.tls is not None)
        assert connection.round_trips == len(trips) + handshakes, (number, exchanges)
    assert transcript.round_trips == sum(one.round_trips for one in transcript.connections)
    assert not twice_learnt(transcript)


def _decent(exchanges: Sequence[Exchange]) -> None:
    """One connection against the list of what is never done."""
    assert exchanges[0].command is None
    mail_open = False
    for one, following in zip(exchanges, [*exchanges[1:], None], strict=True):
        if one.command is None:
            continue
        verb, argument = one.command.verb, one.command.argument
        assert verb not in ("DATA", "BDAT", "BURL")
        assert verb not in ("ETRN", "XCLIENT", "XFORWARD") or not argument
        if verb == "MAIL":
            assert not mail_open or one.probe == "mail-twice"
            assert argument.startswith("FROM:<>") or one.probe in ("mail-no-brackets", "relay")
            mail_open = mail_open or one.code is None or one.code == 250
        mail_open = mail_open and verb not in ("RSET", "EHLO", "HELO", "LHLO", "STARTTLS")
        if one.code == 421:
            assert "QUIT" not in [e.command.verb for e in exchanges if e.command and e.flight > one.flight]
        if one.probe == "starttls-smuggled-command":
            assert lines(exchanges)[1:3] == ["STARTTLS", "NOOP"]
            assert lines(exchanges)[3:] in ([], ["QUIT"])
            return
        if verb == "STARTTLS" and one.code == 220 and one.probe is not None:
            assert following is None or following.command is None
        if verb == "STARTTLS" and one.code == 220 and following is not None and following.command is not None:
            assert following.stage in (Stage.EHLO, Stage.QUIT)


def reasons(transcript: Transcript) -> set[str]:
    return {one.detail for one in asked(transcript) if one.verdict is Verdict.UNTESTED}


class Moody(FakeServer):
    """A server that is another one from its second connection on."""

    def __init__(self, first: Personality, then: Personality, after: int = 1) -> None:
        super().__init__(first)
        self._then = then
        self._after = after

    def count(self) -> int:
        number = super().count()
        if number >= self._after:
            self.personality = self._then
        return number


def held_with(server: FakeServer, how: Settings | None = None) -> tuple[Transcript, FakeServer]:
    async def run() -> Transcript:
        async with server:
            return (await report_of(server, how or settings())).transcript

    return asyncio.run(run()), server
