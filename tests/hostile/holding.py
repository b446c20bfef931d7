"""Runs the probe against one row and looks at everything: the report, the clocks, the pairing, what was left open."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from behaviour import Behaviour, Clock, Peer, Script, Server
from courtesy import TAG

from smtpprobe.cli.exit_status import exit_status
from smtpprobe.model import Exchange, Failure, Note, Report, Route, Target, TlsFacts
from smtpprobe.outcome import ClosedBy, FailureKind, Stage
from smtpprobe.run import Settings, probe
from smtpprobe.wire.replies import SESSION_LIMIT
from smtpprobe.wire.session import QUIT_WAIT

NAME = "client.example.org"
HOST = "mx.example"
#: What may be kept of one connection: its limit of 256 KiB, raw and as lines.
MOST_KEPT = 2 * SESSION_LIMIT


class Held(NamedTuple):
    """One run. Times in seconds; ``heard`` is what the server read, connection by connection.

    ``step_overrun`` is how much longer than its time a step took, at worst; ``run_overrun`` the whole run. ``gone``:
    the client has closed every connection. ``mispaired`` are the replies beside a command that they do not answer.
    """

    report: Report
    elapsed: float
    step_overrun: float
    run_overrun: float
    heard: tuple[tuple[bytes, ...], ...]
    gone: bool
    mispaired: tuple[str, ...]
    kept: int

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        return self.report.transcript.exchanges


class StopWatch:
    """Looks at the clock whenever the run tells that something is over."""

    def __init__(self, settings: Settings) -> None:
        self.worst = -1e9
        self._settings = settings
        self._settled: dict[int, int] = {}

    def connected(self, target: Target, connection: int, address: str, port: int, connect_ns: int) -> None:
        self.worst = max(self.worst, connect_ns / 1e9 - self._settings.timeout)

    def exchanged(self, exchange: Exchange, note: Note | None) -> None:
        now = time.monotonic_ns()
        begun = max(exchange.sent_ns, self._settled.get(exchange.connection, 0))
        if exchange.stage is Stage.STARTTLS and exchange.reply is not None:
            # The reply was in time if anything was; the handshake has a clock of its own.
            begun = max(begun, exchange.reply.last_ns)
        self._settled[exchange.connection] = now
        self.worst = max(self.worst, (now - begun) / 1e9 - self._allowed(exchange.stage))

    def _allowed(self, stage: Stage) -> float:
        if stage is Stage.GREETING:
            return self._settings.greeting_timeout
        # QUIT waits a second, and as much longer as the slowest reply took.
        return min(self._settings.timeout, QUIT_WAIT) if stage is Stage.QUIT else self._settings.timeout

    def secured(self, connection: int, tls: TlsFacts) -> None:
        pass

    def closed(self, connection: int, by: ClosedBy, failure: Failure | None) -> None:
        pass


def settings_for(behaviour: Behaviour, clock: Clock) -> Settings:
    """Short and to the point, unless the row wants another run: EHLO, NOOP, MAIL, QUIT, one connection at a time."""
    given = {
        "timeout": clock.step,
        "greeting_timeout": clock.step,
        "deadline": clock.run,
        "ehlo_name": NAME,
        "lanes": 1,
        "only": ("command",),
        "lines": ("NOOP",),
    }
    return Settings(**{**given, **behaviour.settings, **behaviour.lazily()})


async def converse(behaviour: Behaviour, address: str, port: int, clock: Clock) -> tuple[Report, StopWatch, float]:
    """Probe a server that plays this row already. Gives the seconds that it took as well."""
    settings = settings_for(behaviour, clock)
    watch = StopWatch(settings)
    target = Target("hostile", HOST, port, behaviour.tls, behaviour.lmtp)
    begun = time.monotonic()
    report = await probe(target, Route(HOST, address, port), settings, watcher=watch)
    return report, watch, time.monotonic() - begun


async def hold(behaviour: Behaviour, clock: Clock) -> Held:
    """Serve the row, probe it, and wait until the server has seen the client go."""
    async with behaviour.serve(watched(behaviour.script, clock)) as server:
        report, watch, elapsed = await converse(behaviour, server.address, server.port, clock)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(server.over(), 5)
        return _held(report, watch, elapsed, server, settings_for(behaviour, clock).deadline)


def watched(script: Script, clock: Clock) -> Script:
    """The script, and after it a wait for the client to go."""

    async def play(peer: Peer) -> None:
        peer.step = clock.step
        try:
            # The client has hung up, in the middle of TLS perhaps.
            with contextlib.suppress(OSError, EOFError):
                await script(peer)
        finally:
            await peer.until_gone()

    return play


def _held(report: Report, watch: StopWatch, elapsed: float, server: Server, deadline: float) -> Held:
    return Held(
        report=report,
        elapsed=elapsed,
        step_overrun=watch.worst,
        run_overrun=elapsed - deadline,
        heard=tuple([tuple([line for line in peer.heard if line]) for peer in server.peers]),
        gone=all(peer.gone for peer in server.peers),
        mispaired=tuple(mispaired(report)),
        kept=kept(report),
    )


# -- what must hold ----------------------------------------------------------------------------------------


def mispaired(report: Report) -> Iterator[str]:
    """Replies that the report puts beside a command which they do not answer.

    Where a server sends a reply too many among pipelined ones, nobody can tell at once which one that is; the report
    then says so and voids the answers of that connection. There, a wrong pair counts where something is learnt from it.
    """
    run = report.transcript
    voided = {e.connection for e in run.exchanges if e.failure and e.failure.kind is FailureKind.UNSOLICITED}
    used = {index for one in run.observations if one.probe not in ("unsolicited", "hang-up") for index in one.evidence}
    for index, exchange in enumerate(run.exchanges):
        if exchange.reply is None or (exchange.connection in voided and index not in used):
            continue
        expected = exchange.command.verb if exchange.command else "GREETING"
        if exchange.command is None and exchange.failure is not None:
            continue  # Nobody asked for it, and the report says so.
        for answered in TAG.findall(exchange.reply.raw):
            if answered.decode() != expected:
                yield f"{expected} beside the reply to {answered.decode()}"


def kept(report: Report) -> int:
    """The octets of the server's that the report holds of one connection, at most: raw, and as lines."""
    total: Counter[int] = Counter()
    for exchange in report.transcript.exchanges:
        if exchange.reply is not None:
            total[exchange.connection] += len(exchange.reply.raw) + sum(map(len, exchange.reply.texts))
    return max(total.values(), default=0)


def complaints(behaviour: Behaviour, held: Held) -> list[str]:
    """What is not as the row says. The clocks are judged elsewhere, but for a guard."""
    run = held.report.transcript
    kind = run.failure.kind if run.failure else None
    status = exit_status([held.report], "never", None)
    failed = {one.kind for one in [*[e.failure for e in run.exchanges], *[c.failure for c in run.connections]] if one}
    raw = [e.reply.raw for e in run.exchanges if e.reply] + [c.tls.injected for c in run.connections if c.tls]
    found = [
        *_unlike("outcome", run.outcome, behaviour.outcome),
        *_unlike("failure", kind, behaviour.failure),
        *_unlike("exit status", status, behaviour.status),
        *[f"no step failed with {wanted}" for wanted in behaviour.kinds if wanted not in failed],
        *[f"no {defect} was noted" for defect in behaviour.defects if defect not in defects(held.report)],
        *[f"{name} was not observed" for name in behaviour.observed if name not in {o.probe for o in run.observations}],
        *[f"{octets[:40]!r} was not kept" for octets in behaviour.evidence if not any(octets in one for one in raw)],
        *held.mispaired,
        *behaviour.check(held),
    ]
    if not held.gone:
        found.append("a connection was left open")
    if held.kept > MOST_KEPT:
        found.append(f"{held.kept} octets were kept")
    return found


def defects(report: Report) -> set[str]:
    """Every irregularity that was noted, of replies and of keywords."""
    run = report.transcript
    noted = {defect for e in run.exchanges if e.reply for defect in e.reply.defects}
    said = [keyword for one in (run.clear, run.encrypted) if one for keyword in one.keywords]
    return noted | {defect for keyword in said for defect in keyword.defects}


def _unlike(what: str, is_: object, should: object) -> list[str]:
    return [] if is_ == should else [f"{what} is {is_}, should be {should}"]
