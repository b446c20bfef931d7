"""Records transcripts: holds a run of profile full with a server and writes down what both said.

`python tests/segmentation/record.py` makes those of the real servers (Debian, root, after `make interop`) and of the
fake personalities anew; with HOST:PORT it prints the one of that server.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import msgspec
from seg_levels import SETTINGS, run
from seg_transcript import CLOSE, FOLDER, RESET, TLS, Transcript, Turn, written

from smtpprobe.fake import FakeServer, load
from smtpprobe.model import Connection, Exchange, Report, Route
from smtpprobe.outcome import ClosedBy, FailureKind, Stage
from smtpprobe.run import Settings

PERSONALITIES = ("gmail", "exchange", "no-ehlo", "answers-twice", "hangs-up-at-once")
#: What tells of the machine and the day that recorded it, and what stands in its place.
_NEUTRAL = (
    (rb"mail\.test\.example", b"mx.example.org"),
    (rb"localhost", b"probe.example.org"),
    (rb"test\.example", b"example.org"),
    (rb"127\.0\.0\.1", b"192.0.2.1"),
    (rb"\[?\b::1\b", b"2001:db8::1"),
    (
        rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), ?\d+ \w{3} \d{4} [\d:]{8} (?:[+-]\d{4}|GMT)",
        b"Tue, 3 Mar 2026 10:00:00 +0000",
    ),
    (rb"(?m)^(334 )(?=\S{16})\S+", rb"\1PDEyMzQ1QG14LmV4YW1wbGUub3JnPg=="),
)


def transcript_of(report: Report, about: tuple[str, ...]) -> Transcript:
    """What was said in a run, a connection after the other."""
    held = report.transcript
    said = [[one for one in held.exchanges if one.connection == number.number] for number in held.connections]
    return Transcript(about, tuple([tuple(_turns(*pair)) for pair in zip(said, held.connections, strict=True)]))


def _turns(exchanges: list[Exchange], connection: Connection) -> Iterator[Turn]:
    """A flight's commands are one turn; a reply that nobody asked for belongs to the turn before it."""
    turns: list[Turn] = []
    for (_, asked), flight in groupby(exchanges, key=lambda one: (one.flight, one.command is not None)):
        group = list(flight)
        sent = tuple([one.command.line for one in group if one.command is not None])
        said = b"".join([one.reply.raw for one in group if one.reply is not None])
        if not asked and turns:
            turns[-1] = msgspec.structs.replace(turns[-1], said=turns[-1].said + said)
            continue
        then = ""
        if group[-1].stage is Stage.STARTTLS and group[-1].code == 220:
            said += connection.tls.injected if connection.tls else b""
            then = TLS if connection.tls is not None else CLOSE
        turns.append(Turn(sent, said, then))
    if connection.closed_by is ClosedBy.SERVER or (turns and turns[-1].sent == (b"QUIT",)):
        reset = connection.failure is not None and connection.failure.kind is FailureKind.RESET
        turns[-1] = msgspec.structs.replace(turns[-1], then=turns[-1].then or (RESET if reset else CLOSE))
    for turn in turns:
        yield msgspec.structs.replace(turn, said=_neutral(turn.said), sent=tuple(map(_neutral, turn.sent)))


def _neutral(octets: bytes) -> bytes:
    for pattern, instead in _NEUTRAL:
        octets = re.sub(pattern, instead, octets)
    return octets


async def _fake(name: str) -> Report:
    async with FakeServer(load(name)) as server:
        return await run(Route("mx.example.org", server.host, server.port))


def _real() -> Iterator[tuple[str, Report]]:
    sys.path.append(str(Path(__file__).parents[1] / "interop"))
    import servers.exim
    import servers.opensmtpd
    import servers.postfix
    import servers.sendmail
    from servers.base import DOMAIN, HOSTNAME, make_certificates, workplace

    with workplace("smtpprobe-record") as folder:
        certificates = make_certificates(folder)
        how = msgspec.structs.replace(SETTINGS, domain=DOMAIN, sni=HOSTNAME, ca_file=str(certificates.ca_file))
        for kind in (servers.postfix, servers.exim, servers.opensmtpd, servers.sendmail):
            with kind.running(folder, certificates) as server:
                yield server.name, _run(server.host, server.port, how)


def _run(host: str, port: int, how: Settings) -> Report:
    return asyncio.run(run(Route("mx.example.org", host, port), how))


def _write(name: str, report: Report) -> None:
    software = report.transcript.software
    who = f"{software.name} {software.version or ''}".strip() if software else "A server"
    about = (f"{who}, profile full, recorded by tests/segmentation/record.py ({name}).",)
    (FOLDER / f"{name}.txt").write_text(written(transcript_of(report, about)), "ascii")
    print(f"{name}: {len(report.transcript.exchanges)} exchanges, outcome {report.transcript.outcome}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server", nargs="?", help="HOST:PORT")
    given = parser.parse_args()
    if given.server:
        host, _, port = given.server.rpartition(":")
        print(written(transcript_of(_run(host, int(port), SETTINGS), (f"Recorded from {given.server}.",))), end="")
        return
    for name in PERSONALITIES:
        _write(f"fake-{name}", asyncio.run(_fake(name)))
    for name, report in _real():
        _write(name.lower(), report)


if __name__ == "__main__":
    main()
