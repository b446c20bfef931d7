"""Lines of a scan to test with: what the fake servers said, under the names that led to them."""

from __future__ import annotations

import asyncio
import functools
import socket

from smtpprobe.expectation import Held
from smtpprobe.fake import FakeServer, load
from smtpprobe.model import Failure, Report, Target, Transcript
from smtpprobe.outcome import CertificateFault, FailureKind, Outcome, Profile, Result, Stage
from smtpprobe.scan.lines import Encoder
from smtpprobe.scan.visit import USUAL, visit
from smtpprobe.scanning import Covered, Named, Scanned, Unit, Unresolved

PERSONALITIES = ("postfix", "exim", "insecure", "rate-limited", "no-ehlo", "everything")
NAMES = (Named("example.org", "mx1.example.org", 10), Named("example.net", "mx2.example.net", 20))
COVERED = (Covered("mx1.example.org"), Covered("mx2.example.net", CertificateFault.NAME, "only mx1.example.org"))


async def _reports() -> list[Report]:
    found = []
    for name in PERSONALITIES:
        async with FakeServer(load(name)) as server:
            found.append(await visit(Unit(1, server.host, server.port), USUAL, "probe.example.org"))
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        found.append(await visit(Unit(1, "127.0.0.1", closed.getsockname()[1]), USUAL, "probe.example.org"))
    return found


@functools.cache
def scanned() -> tuple[Scanned, ...]:
    """One for each personality, one that refuses the connection, and a name that leads nowhere."""
    met, failed = (
        Held("present-in-clear-STARTTLS", "EHLO offers STARTTLS", result, "STARTTLS", "nothing")
        for result in (Result.MET, Result.FAILED)
    )
    found = [
        Scanned(
            Unit(number, report.transcript.route.address, report.transcript.route.port, names=NAMES),
            report,
            COVERED if report.transcript.tls else (),
            attempts=2 if number == 4 else 1,
            held=(failed if number == 5 else met,),
        )
        for number, report in enumerate(asyncio.run(_reports()), 1)
        if report.transcript.route is not None
    ]
    return (*found, Scanned(None, _lost(), unresolved=_UNRESOLVED))


@functools.cache
def lines() -> tuple[bytes, ...]:
    """The same as lines."""
    encoder = Encoder()
    return tuple([encoder.line(one) for one in scanned()])


_UNRESOLVED = Unresolved(1, "gone.example.org", "", 25, True, Failure(Stage.RESOLVE, FailureKind.NO_SUCH_NAME, "gone"))


def _lost() -> Report:
    target = Target("gone.example.org", "gone.example.org", 25, mx=True)
    run = Transcript(
        target=target,
        route=None,
        exchanges=(),
        observations=(),
        connections=(),
        clear=None,
        encrypted=None,
        tls=None,
        software=None,
        failure=_UNRESOLVED.failure,
        outcome=Outcome.UNREACHABLE,
        started="2026-11-29T07:00:00Z",
        started_ns=0,
        ended_ns=0,
        profile=Profile.EHLO,
        ehlo_name="probe.example.org",
        source=None,
        sni=None,
        round_trips=0,
    )
    return Report(run, (), (), "gone.example.org: the name does not exist")
