"""Measures a scan of 10,000 servers that never say a word: its end, its memory, and how long its loop stands still.

Run by ``make bench``: needs root. The servers are one process at as many addresses of 127.0.0.0/8.
"""

import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import alone
import commands
import figures
import heartbeat
import page
import slow_servers
from figures import Row

from smtpprobe import __version__

ROUNDS = 3
SERVERS = 10_000
TIMEOUT = 10.0
#: Seconds beyond the timeout; octets resident; seconds that the loop may stand still.
LATE, MEMORY, STALL = 3.0, 150e6, 0.2
SECTION = """### Silent servers

{servers:,} servers take the connection and say nothing, all of them at once:
`smtpprobe scan LIST -o OUT.jsonl --at-once {servers} --timeout {timeout:g}`. A heart that beats every
{beat:.0f} ms in the loop of the scan tells how long that stood still.

| | median | at most | asked for |
|---|--:|--:|--:|
| time of the whole command | {seconds:.2f} s | {seconds_most:.2f} s | at most {limit:g} s |
| memory | {memory:.0f} MB | {memory_most:.0f} MB | at most {memory_limit:.0f} MB |
| conversations at once, as the servers count them | {held:,.0f} | {held_most:,.0f} | {servers:,} |
| the loop stood still at most | {stall:.0f} ms | {stall_most:.0f} ms | at most {stall_limit:.0f} ms |

{measured}"""


@dataclass(frozen=True)
class Silence:
    """One scan of them all."""

    took: commands.Took
    held: int
    stall: float


def measure(folder: Path, servers: slow_servers.Running, count: int) -> Silence:
    """Every server must have been asked, and none has answered."""
    targets = commands.write_list(folder / "silent", slow_servers.SILENT + "0.0", count)
    output, stall = folder / "out.jsonl", folder / "stall"
    command = (sys.executable, heartbeat.__file__, str(stall), "scan", str(targets), "-o", str(output))
    took = commands.run(*command, "--at-once", str(count), "--timeout", str(TIMEOUT))
    told = servers.told()
    with output.open("rb") as documents:
        lines = sum(1 for _ in documents)
    if (lines, told["connections"]) != (count, count):
        sys.exit(f"{count:,} servers wait: {told['connections']:,} were connected to, and {lines:,} lines are written.")
    silence = Silence(took, told["most"], float(stall.read_text()))
    for path in folder.glob("*"):
        path.unlink()
    return silence


def main() -> None:
    given = figures.options(__doc__, ROUNDS)
    alone.enter()
    count = given.of(SERVERS)
    silences = []
    with tempfile.TemporaryDirectory(prefix="smtpprobe-bench") as folder, slow_servers.running() as servers:
        for number in range(given.rounds):
            silences.append(measure(Path(folder), servers, count))
            took, stall = silences[-1].took, silences[-1].stall
            print(
                f"round {number + 1} of {given.rounds}: {took.seconds:.2f} s, {took.memory / 1e6:.0f} MB, "
                f"{silences[-1].held:,} at once, the loop stood still for {stall * 1000:.0f} ms",
                flush=True,
            )
    seconds = [silence.took.seconds for silence in silences]
    memory = [silence.took.memory for silence in silences]
    stalls = [silence.stall for silence in silences]
    held = [silence.held for silence in silences]
    section = SECTION.format(
        servers=count,
        timeout=TIMEOUT,
        beat=heartbeat.BEAT * 1000,
        limit=TIMEOUT + LATE,
        seconds=statistics.median(seconds),
        seconds_most=max(seconds),
        memory=statistics.median(memory) / 1e6,
        memory_most=max(memory) / 1e6,
        memory_limit=MEMORY / 1e6,
        stall=statistics.median(stalls) * 1000,
        stall_most=max(stalls) * 1000,
        stall_limit=STALL * 1000,
        held=statistics.median(held),
        held_most=max(held),
        measured=page.measured_on(f"Of {given.rounds} rounds", __version__),
    )
    against = f"{count:,} silent servers"
    rows = [
        Row(
            "end of the scan",
            f"{against}, timeout {TIMEOUT:g} s",
            f"{statistics.median(seconds):.1f} s",
            f"at most {TIMEOUT + LATE:g} s",
            statistics.median(seconds) <= TIMEOUT + LATE,
        ),
        Row(
            "memory",
            against,
            f"{statistics.median(memory) / 1e6:.0f} MB",
            f"at most {MEMORY / 1e6:.0f} MB",
            statistics.median(memory) <= MEMORY,
        ),
        Row(
            "longest pause of the loop",
            against,
            f"{statistics.median(stalls) * 1000:.0f} ms",
            f"at most {STALL * 1000:.0f} ms",
            statistics.median(stalls) <= STALL,
        ),
        Row("conversations at once", against, f"{min(held):,}", "all", min(held) == count),
    ]
    figures.write("scan_silent", given, rows, section, {"memory_a_server": statistics.median(memory) / count})


if __name__ == "__main__":
    main()
