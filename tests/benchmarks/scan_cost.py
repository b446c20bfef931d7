"""Measures the CPU time of conversations against bare aiosmtplib: a scan's with its line, twenty commands, STARTTLS.

Run by ``make bench``. The server is a program of its own, so that what is counted is the client's work alone.
"""

import asyncio
import gc
import itertools
import ssl
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

import aiosmtplib
import figures
import page
import uvloop
from figures import Row

from smtpprobe import __version__
from smtpprobe.explain import annotate_all
from smtpprobe.fake.certificates import server_context
from smtpprobe.model import Command, Known, Route, Target
from smtpprobe.outcome import Profile, Stage
from smtpprobe.scan.covering import covered
from smtpprobe.scan.lines import Encoder
from smtpprobe.scan.visit import USUAL, visit
from smtpprobe.scanning import Named, Scanned, Unit
from smtpprobe.wire import ehlo
from smtpprobe.wire.dial import Dial
from smtpprobe.wire.record import Record
from smtpprobe.wire.scripted import Script, Scripted, Step

ROUNDS = 7
CONVERSATIONS = 4_000
SESSIONS = 2_000
AT_ONCE = 300
NAME = "bench.example"
HOST = "127.0.0.1"
#: CPU time, at most so many times that of aiosmtplib.
WHOLE, EXCHANGE, TLS = 1.25, 1.2, 1.2
#: What the server answers, by verb.
ANSWERS = {
    b"EHLO": b"250-mx.example\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250-ENHANCEDSTATUSCODES\r\n250 8BITMIME\r\n",
    b"HELP": b"502 5.5.1 Error: command not implemented\r\n",
    b"VRFY": b"252 2.0.0 postmaster\r\n",
    b"RCPT": b"550 5.1.1 <nobody@mx.example>: Recipient address rejected: User unknown\r\n",
    b"QUIT": b"221 2.0.0 Bye\r\n",
}
_MAIL = ["MAIL FROM:<>", "RCPT TO:<postmaster@mx.example>", "RCPT TO:<nobody@mx.example>", "RSET"]
TWENTY = [f"EHLO {NAME}", "NOOP", "VRFY postmaster", *_MAIL * 4, "QUIT"]
SECTION = """### What a conversation costs

CPU time of a client that holds {at_once} conversations at a time with a server of another process, as
`tests/benchmarks/scan_cost.py` measures it. A scan's conversation is a connection, EHLO, HELP and QUIT, recorded,
explained, judged and written as a line of JSON; twenty commands are recorded and explained; a session with STARTTLS has
EHLO, STARTTLS, EHLO, HELP, QUIT, and its certificate is read and judged.

| | loop | smtpprobe | aiosmtplib | ratio |
|---|---|--:|--:|--:|
{rows}

What many servers say alike is worked out once for them. Where every server says something of its own, a scan's
conversation costs {new:.0f} µs and the twenty commands {new_twenty:.0f} µs with uvloop.

{measured}"""


# -- the server ---------------------------------------------------------------------------------------------


class Server(asyncio.Protocol):
    """Answers; ``greeting`` is called for each connection, with ``context`` STARTTLS is offered."""

    def __init__(self, greeting: Callable[[], bytes], context: ssl.SSLContext | None) -> None:
        self._greeting, self._context = greeting, context
        self._secure = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: asyncio.Transport = transport  # type: ignore[assignment]
        if not self._secure:
            self._transport.write(self._greeting())

    def data_received(self, data: bytes) -> None:
        verb = data[:4].upper()
        if verb == b"STAR":
            self._transport.write(b"220 2.0.0 Ready\r\n")
            asyncio.get_running_loop().create_task(self._upgrade())
            return
        if verb == b"RCPT" and b"<postmaster" in data:
            verb = b"NOOP"
        answer = ANSWERS.get(verb, b"250 2.0.0 Ok\r\n")
        if verb == b"EHLO" and self._context is not None and not self._secure:
            answer = answer.replace(b"250 8", b"250-STARTTLS\r\n250 8")
        self._transport.write(answer)
        if verb == b"QUIT":
            self._transport.close()

    async def _upgrade(self) -> None:
        loop = asyncio.get_running_loop()
        self._secure = True
        assert self._context is not None
        upgraded = await loop.start_tls(self._transport, self, self._context, server_side=True)
        if upgraded is not None:
            self._transport = upgraded


async def serve() -> None:
    """Serve until nobody listens any more: the ports are told on the standard output."""
    loop = asyncio.get_running_loop()
    number = itertools.count()
    kinds: list[tuple[Callable[[], bytes], ssl.SSLContext | None]] = [
        (lambda: b"220 mx.example ESMTP Postfix\r\n", None),
        (lambda: b"220 mx%d.example ESMTP Postfix\r\n" % next(number), None),
        (lambda: b"220 mx.example ESMTP Postfix\r\n", server_context("mx.example")),
    ]
    ports = []
    for greeting, context in kinds:
        make = lambda greeting=greeting, context=context: Server(greeting, context)  # noqa: E731
        listener = await loop.create_server(make, HOST, 0, backlog=4_096)
        ports.append(listener.sockets[0].getsockname()[1])
    print(*ports, flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


class Ports(NamedTuple):
    """Where a server that says always the same listens, one that does not, and one with STARTTLS."""

    same: int
    new: int
    tls: int


@contextmanager
def serving() -> Iterator[Ports]:
    command = [sys.executable, __file__, "--serve"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Ports(*map(int, process.stdout.readline().split()))
        finally:
            assert process.stdin is not None
            process.stdin.close()


# -- the clients --------------------------------------------------------------------------------------------

Client = Callable[[int], Awaitable[None]]
_ENCODER = Encoder()
_SHARED = ssl.create_default_context()
_SHARED.check_hostname, _SHARED.verify_mode = False, ssl.CERT_NONE


async def scan(port: int) -> None:
    unit = Unit(1, HOST, port, names=(Named(HOST),))
    report = await visit(unit, USUAL, NAME)
    assert _ENCODER.line(Scanned(unit, report, covered(unit, report)))
    assert report.transcript.exchanges[-1].code == 221


async def bare(port: int) -> None:
    client = aiosmtplib.SMTP(hostname=HOST, port=port, local_hostname=NAME, start_tls=False, timeout=10)
    await client.connect()
    await client.ehlo()
    await client.execute_command(b"HELP")
    await client.quit()


_STEPS = [
    Step({"EHLO": Stage.EHLO, "QUIT": Stage.QUIT}.get(line[:4], Stage.CLEAR), Command(line.encode())) for line in TWENTY
]


def _script() -> Script:
    yield Step(Stage.GREETING, None)
    # It is sent each reply, which no list takes.
    for step in _STEPS:  # noqa: UP028
        yield step


async def twenty(port: int) -> None:
    target, record = Target(HOST, HOST, port), Record(lambda _: None)
    deadline = asyncio.get_running_loop().time() + 120
    session = Scripted(1, Route(HOST, HOST, port), Dial(NAME), record, deadline)
    assert await session.connect(implicit_tls=False) is None
    assert await session.follow(_script())
    session.close()
    greeting, hello = record.exchanges[0].reply, record.exchanges[1].reply
    assert hello is not None
    known = Known(target, Profile.EHLO, NAME, "", greeting=greeting, clear=ehlo.read(hello))
    assert len(annotate_all(record.exchanges, known, known)) == len(TWENTY) + 1


_COMMANDS = [line.encode() for line in TWENTY[1:-1]]


async def bare_twenty(port: int) -> None:
    client = aiosmtplib.SMTP(hostname=HOST, port=port, local_hostname=NAME, start_tls=False, timeout=10)
    await client.connect()
    await client.ehlo()
    for command in _COMMANDS:
        await client.execute_command(command)
    await client.quit()


async def secured(port: int) -> None:
    unit = Unit(1, HOST, port, host="mx.example", names=(Named("mx.example", "mx.example"),))
    report = await visit(unit, USUAL, NAME)
    facts = report.transcript.tls
    assert facts is not None
    assert facts.certificate is not None
    assert covered(unit, report)


async def bare_secured(port: int) -> None:
    client = aiosmtplib.SMTP(hostname=HOST, port=port, local_hostname=NAME, start_tls=False, timeout=10)
    await client.connect()
    await client.ehlo()
    await client.starttls(server_hostname="mx.example", tls_context=_SHARED)
    await client.ehlo()
    await client.execute_command(b"HELP")
    await client.quit()


# -- measuring ----------------------------------------------------------------------------------------------

LOOPS: dict[str, Callable[[], asyncio.AbstractEventLoop]] = {
    "uvloop": uvloop.new_event_loop,
    "asyncio": asyncio.new_event_loop,
}


def cpu(loop: str, client: Client, port: int, count: int) -> float:
    """The CPU seconds of one conversation, of so many."""

    async def visitor(turns: Iterator[int]) -> None:
        for _ in turns:
            await client(port)

    async def all_of_them() -> None:
        turns = iter(range(count))
        await asyncio.gather(*[visitor(turns) for _ in range(AT_ONCE)])

    gc.collect()
    with asyncio.Runner(loop_factory=LOOPS[loop]) as runner:
        before = time.process_time()
        runner.run(all_of_them())
        return (time.process_time() - before) / count


@dataclass
class Pair:
    """Ours and theirs, measured in turn."""

    figure: str
    loop: str
    ours: Client
    theirs: Client
    port: int
    count: int
    most: float
    costs: list[tuple[float, float]] = field(default_factory=list)

    def measure(self) -> None:
        self.costs.append((self.one(self.ours), self.one(self.theirs)))

    def one(self, client: Client) -> float:
        return cpu(self.loop, client, self.port, self.count)

    @property
    def ratio(self) -> float:
        return statistics.median(ours / theirs for ours, theirs in self.costs)

    @property
    def medians(self) -> tuple[float, float]:
        ours, theirs = zip(*self.costs, strict=True)
        return statistics.median(ours), statistics.median(theirs)

    def line(self) -> str:
        ours, theirs = self.medians
        return f"| {self.figure} | {self.loop} | {ours * 1e6:,.0f} µs | {theirs * 1e6:,.0f} µs | {self.ratio:.2f} |"

    def row(self) -> Row:
        what = f"CPU time of {self.figure} ({self.loop})"
        return Row(what, "bare aiosmtplib", f"{self.ratio:.2f}", f"at most {self.most:g}", self.ratio <= self.most)


def main() -> None:
    given = figures.options(__doc__, ROUNDS)
    count, sessions = given.of(CONVERSATIONS), given.of(SESSIONS)
    # As a scan does it: what is loaded lives as long as the process.
    gc.collect()
    gc.freeze()
    new: list[float] = []
    new_twenty: list[float] = []
    with serving() as ports:
        pairs = [
            pair
            for loop in LOOPS
            for pair in (
                Pair("a scan's conversation with its line", loop, scan, bare, ports.same, count, WHOLE),
                Pair("twenty commands", loop, twenty, bare_twenty, ports.same, count // 4, EXCHANGE),
                Pair("a session with STARTTLS", loop, secured, bare_secured, ports.tls, sessions, TLS),
            )
        ]
        for pair in pairs:
            # What is loaded and built on first use is no part of it.
            pair.measure()
            pair.costs.clear()
        for number in range(given.rounds):
            for pair in pairs:
                pair.measure()
            new.append(cpu("uvloop", scan, ports.new, count))
            new_twenty.append(cpu("uvloop", twenty, ports.new, count // 4))
            print(f"round {number + 1}: " + ", ".join(f"{pair.costs[-1][0] / pair.costs[-1][1]:.2f}" for pair in pairs))
    versions = figures.python("aiosmtplib", "uvloop", "msgspec")
    section = SECTION.format(
        at_once=AT_ONCE,
        rows="\n".join(pair.line() for pair in pairs),
        new=statistics.median(new) * 1e6,
        new_twenty=statistics.median(new_twenty) * 1e6,
        measured=page.measured_on(f"Medians of {given.rounds} rounds in turn", f"{__version__}, {versions}"),
    )
    plain, _, tls, *_ = pairs
    handshake = tls.medians[0] - plain.medians[0]
    figures.write("scan_cost", given, [pair.row() for pair in pairs], section, {"cpu_a_handshake": handshake})


if __name__ == "__main__":
    if "--serve" in sys.argv:
        uvloop.run(serve())
    else:
        main()
