"""Times trace on a domain with three MX of two addresses each, against its slowest path and that path alone.

Run by ``make bench``: needs root, and the DNS servers of tests/interop/install.sh. Every reply of a mail server takes a
fixed time, another one at each address, and every answer of the DNS too. Fails beyond ``LIMIT``.
"""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import page
from page import REPOSITORY

sys.path.insert(0, str(REPOSITORY / "tests" / "interop"))

from senders import Expected, Fixture, Server, Zone
from servers.base import UNPACKED, workplace
from small_servers import NAMESERVER
from staging import Stage

ROUNDS = 5
LIMIT = 1.5
#: Seconds for each reply, at each of the six addresses; the last is the slowest path.
DELAYS = (0.05, 0.06, 0.07, 0.08, 0.09, 0.10)
DNS_DELAY = 0.02
TRACE = (sys.executable, "-c", "from smtpprobe.cli.start import main; main()", "trace")
OPTIONS = "--from bob@example.org --from-ip 127.0.2.10 --ehlo-name mail.example.org --allow-private --format json"

PERSONALITY = """\
summary = "a mail server some way off"
hostname = "mx.example.net"
[ehlo]
clear = ["PIPELINING", "SIZE 10485760", "8BITMIME", "STARTTLS", "ENHANCEDSTATUSCODES"]
[mail_parameters]
SIZE = "limit 10485760"
[manners]
delay = {delay}
greeting_delay = {delay}
"""
SENDER = """
@       MX   10 mail
@       TXT  "v=spf1 a:mail.example.org -all"
_dmarc  TXT  "v=DMARC1; p=none"
mail    A    127.0.2.10
"""
MANY = """
@    MX  10 mx1
@    MX  20 mx2
@    MX  30 mx3
mx1  A   $s1
mx1  A   $s2
mx2  A   $s3
mx2  A   $s4
mx3  A   $s5
mx3  A   $s6
"""
ALONE = """
@    MX  10 mx3
mx3  A   $s6
"""


@dataclass
class Measured:
    """Several traces to one domain, as their documents tell it."""

    timings: list[dict[str, Any]] = field(default_factory=list)
    routes: list[list[int]] = field(default_factory=list)

    def add(self, document: dict[str, Any]) -> None:
        self.timings.append(document["timing"])
        self.routes.append([route["timing"]["round_trips"] for route in document["routes"]])

    def typical(self, figure: str) -> float:
        return statistics.median(float(timing[figure]) for timing in self.timings)


def fixture() -> Fixture:
    """Both domains, and the six servers of them."""
    servers = {
        f"s{number}": Server("fake", personality=PERSONALITY.format(delay=delay))
        for number, delay in enumerate(DELAYS, 1)
    }
    zones = {
        "example.org": Zone(SENDER),
        "2.0.127.in-addr.arpa": Zone("10 PTR mail.example.org."),
        "example.net": Zone(MANY, signed=True),
        "example.com": Zone(ALONE, signed=True),
    }
    return Fixture("nothing is broken", "", Expected(0, "none", "nobody", ()), zones, servers)


def trace(domain: str) -> dict[str, Any]:
    """One run, in a process of its own as from a shell."""
    words = [*TRACE, f"ann@{domain}", *OPTIONS.split(), "--resolver", NAMESERVER]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def measure() -> tuple[Measured, Measured]:
    """The whole and the slowest path alone in turn, so that a busy machine slows both."""
    many, alone = Measured(), Measured()
    with workplace("smtpprobe-trace") as folder, Stage(folder, {"speed": fixture()}) as stage, stage.scene("speed"):
        stage.nameserver.delay = DNS_DELAY
        for number in range(ROUNDS):
            many.add(trace("example.net"))
            alone.add(trace("example.com"))
            both = [measured.timings[-1]["total_ms"] for measured in (many, alone)]
            print(f"round {number + 1} of {ROUNDS}: {both[0]:.0f} ms, the slowest path alone {both[1]:.0f} ms")
    return many, alone


def ratios(many: Measured, alone: Measured) -> tuple[float, float]:
    """To the slowest path inside the same run, and to that path in a run of its own."""
    total = many.typical("total_ms")
    return total / many.typical("slowest_ms"), total / alone.typical("total_ms")


def table(many: Measured, alone: Measured) -> str:
    inside, apart = ratios(many, alone)
    rows: Sequence[tuple[str, Measured, str]] = (
        ("three MX, six addresses", many, f"{inside:.2f}, {apart:.2f}"),
        ("its slowest address alone", alone, "–"),
    )
    lines = [
        "| domain | time | slowest path | round trips | of one address | DNS queries | ratios | limit |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for name, measured, ratio in rows:
        lines.append(
            f"| {name} | {measured.typical('total_ms'):.0f} ms | {measured.typical('slowest_ms'):.0f} ms "
            f"| {measured.typical('round_trips'):.0f} | {max(measured.routes[0])} "
            f"| {measured.typical('dns_queries'):.0f} | {ratio} | {LIMIT if measured is many else '–'} |"
        )
    return "\n".join(lines)


def main() -> None:
    if os.geteuid() != 0 or not UNPACKED.is_dir():
        sys.exit("The benchmark needs root, and the servers of tests/interop/install.sh: run that first.")
    from smtpprobe import __version__

    many, alone = measure()
    print(f"\n{table(many, alone)}")
    page.write("trace", f"{table(many, alone)}\n\n{page.measured_on(f'Medians of {ROUNDS} rounds', __version__)}")
    if max(ratios(many, alone)) > LIMIT:
        sys.exit(f"Over the limit: {LIMIT} times the slowest path.")


if __name__ == "__main__":
    main()
