"""Measures what looking up a name costs: a scan of 50,000 domains that lead to a hundred servers.

Run by ``make bench``: needs root, and postfix and unbound from Debian. unbound has all the answers itself, so that what
is measured is the client and the way to it; the servers are one smtp-sink.
"""

import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import alone
import commands
import figures
import page
import sink

from smtpprobe import __version__

ROUNDS = 3
DOMAINS, HOSTS = 50_000, 100
AT_ONCE = 300
#: More than there can be: it is the speed that is measured.
RATE = 1_000_000
_PATIENCE = 10.0
CONFIGURATION = """\
server:
    interface: 127.0.0.1
    port: 53
    access-control: 127.0.0.0/8 allow
    do-daemonize: no
    username: ""
    chroot: ""
    pidfile: ""
    use-syslog: no
    module-config: "iterator"
    local-zone: "provider.example." static
"""
#: Whatever stands before the name of the zone, the answer is that of the zone.
ZONE = """\
    local-zone: "d{host}.example." redirect
    local-data: "d{host}.example. 3600 IN MX 10 mx{host}.provider.example."
    local-data: "mx{host}.provider.example. 3600 IN A 127.1.0.{host}"
"""
SECTION = """### Names

`smtpprobe scan LIST --mx` on {domains:,} domains, each with an MX record that names one of {hosts} hosts: {domains:,}
lookups, {more:,} more for the addresses, {hosts} conversations. unbound has all answers itself.

| time | names a second | CPU a lookup | memory |
|--:|--:|--:|--:|
| {seconds:.1f} s | {speed:,.0f} | {cost:.0f} µs | {memory:.0f} MB |

{measured} {versions}."""


@contextmanager
def nameserver(folder: Path) -> Iterator[None]:
    """Started, and ended behind you."""
    configuration = folder / "unbound.conf"
    zones = [ZONE.format(host=host) for host in range(1, HOSTS + 1)]
    configuration.write_text(CONFIGURATION + "".join(zones), "ascii")
    process = subprocess.Popen(["unbound", "-d", "-c", str(configuration)], stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + _PATIENCE
        while not _listens():
            if time.monotonic() > until or process.poll() is not None:
                sys.exit("unbound does not answer: is it installed (apt-get install unbound)?")
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait()


def _listens() -> bool:
    try:
        with socket.create_connection(("127.0.0.1", 53), timeout=1):
            return True
    except OSError:
        return False


def measure(folder: Path, targets: Path) -> commands.Took:
    output = folder / "out.jsonl"
    asked = ("--mx", "--allow-private", "--resolver", "127.0.0.1", "--dns-rate", str(RATE))
    took = commands.run(*commands.SCAN, str(targets), "-o", str(output), "--at-once", str(AT_ONCE), *asked)
    commands.check_answers(output, HOSTS)
    for path in folder.glob(f"{output.name}*"):
        path.unlink()
    return took


def main() -> None:
    given = figures.options(__doc__, ROUNDS)
    alone.enter()
    domains = given.of(DOMAINS)
    with tempfile.TemporaryDirectory(prefix="smtpprobe-bench") as name:
        folder = Path(name)
        targets = folder / "targets"
        lines = [f"n{number}.d{number % HOSTS + 1}.example\n" for number in range(domains)]
        targets.write_text("".join(lines), "ascii")
        took = []
        with sink.running(), nameserver(folder):
            for number in range(given.rounds):
                took.append(measure(folder, targets))
                print(f"round {number + 1} of {given.rounds}: {took[-1].seconds:.2f} s", flush=True)
    seconds = statistics.median(one.seconds for one in took)
    cost = statistics.median(one.cpu for one in took) / (domains + 2 * HOSTS)
    section = SECTION.format(
        domains=domains,
        hosts=HOSTS,
        more=2 * HOSTS,
        seconds=seconds,
        speed=domains / seconds,
        cost=cost * 1e6,
        memory=statistics.median(one.memory for one in took) / 1e6,
        measured=page.measured_on(f"Medians of {given.rounds} rounds", __version__),
        versions=f"{figures.python('dnspython', 'uvloop')}, {figures.debian('unbound')}",
    )
    figures.write("scan_names", given, [], section, {"cpu_a_lookup": cost})


if __name__ == "__main__":
    main()
