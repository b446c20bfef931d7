"""Times ``scan`` with two workers against one process, and against what the servers on the same two cores leave.

Run by ``make bench``: needs root, and postfix from Debian. All servers are the same smtp-sink, which takes its share of
the two cores: the ceiling is what is left.
"""

import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path

import alone
import commands
import figures
import page
import sink
from figures import Row

from smtpprobe import __version__

ROUNDS = 5
SERVERS = 32_768
AT_ONCE = 300
CORES = 2
#: CPU time a server, at most so many times that of one process; of the ceiling, at least this part.
DEARER, REACHED = 1.1, 0.85
SECTION = """### Two workers

`smtpprobe scan LIST -o OUT.jsonl --at-once {at_once}` on {servers:,} addresses, as it is and with `--workers 2`. The
servers run on the same two cores and use some of them: a conversation costs {scan_cpu:.0f} µs of CPU time here and
{sink_cpu:.0f} µs there, so that the ceiling, both cores at work all the time, is {ceiling:.2f} times the speed of one
process.

| | time | servers a second | CPU a server | of the servers |
|---|--:|--:|--:|--:|
| one process | {one} |
| two workers | {two} |

Two workers are {faster:.2f} times as fast, which is {reached:.0%} of the ceiling (at least {least:.0%} is asked for),
and a server costs {dearer:.2f} times the CPU time (at most {limit:g} times).

{measured}"""


@dataclass(frozen=True)
class Shared:
    """One scan, and the CPU seconds that the servers used meanwhile."""

    took: commands.Took
    sink: float

    @property
    def ceiling(self) -> float:
        """How many times as fast it could be at most, with all the cores at work all the time."""
        return CORES * self.took.seconds / (self.took.cpu + self.sink)


def measure(folder: Path, servers: sink.Sink, targets: Path, count: int, *options: str) -> Shared:
    output = folder / "out.jsonl"
    before = servers.cpu()
    took = commands.run(*commands.SCAN, str(targets), "-o", str(output), "--at-once", str(AT_ONCE), *options)
    shared = Shared(took, servers.cpu() - before)
    commands.check_answers(output, count)
    for path in folder.glob(f"{output.name}*"):
        path.unlink()
    return shared


def line(runs: list[Shared], count: int) -> str:
    seconds = statistics.median(run.took.seconds for run in runs)
    cpu, theirs = (statistics.median(costs) for costs in ([r.took.cpu for r in runs], [r.sink for r in runs]))
    return f"{seconds:.2f} s | {count / seconds:,.0f} | {cpu / count * 1e6:.0f} µs | {theirs / count * 1e6:.0f} µs"


def main() -> None:
    given = figures.options(__doc__, ROUNDS)
    alone.enter()
    count = given.of(SERVERS)
    ones, twos = [], []
    with tempfile.TemporaryDirectory(prefix="smtpprobe-bench") as name, sink.running() as servers:
        folder = Path(name)
        targets = commands.write_list(folder / "targets", "127.1.0.0", count)
        for number in range(given.rounds):
            ones.append(measure(folder, servers, targets, count))
            twos.append(measure(folder, servers, targets, count, "--workers", "2"))
            print(
                f"round {number + 1} of {given.rounds}: {ones[-1].took.seconds:.2f} s, two workers "
                f"{twos[-1].took.seconds:.2f} s, ceiling {ones[-1].ceiling:.2f}",
                flush=True,
            )
    rounds = list(zip(ones, twos, strict=True))
    faster = statistics.median(one.took.seconds / two.took.seconds for one, two in rounds)
    reached = statistics.median(one.took.seconds / two.took.seconds / one.ceiling for one, two in rounds)
    dearer = statistics.median(two.took.cpu / one.took.cpu for one, two in rounds)
    section = SECTION.format(
        servers=count,
        at_once=AT_ONCE,
        scan_cpu=statistics.median(one.took.cpu for one in ones) / count * 1e6,
        sink_cpu=statistics.median(one.sink for one in ones) / count * 1e6,
        ceiling=statistics.median(one.ceiling for one in ones),
        one=line(ones, count),
        two=line(twos, count),
        faster=faster,
        reached=reached,
        least=REACHED,
        dearer=dearer,
        limit=DEARER,
        measured=page.measured_on(f"Medians of {given.rounds} rounds", __version__),
    )
    rows = [
        Row(
            "CPU time a server, two workers",
            "one process",
            f"{dearer:.2f} times",
            f"at most {DEARER:g} times",
            dearer <= DEARER,
        ),
        Row(
            "speed of two workers",
            "the ceiling that the servers on the same cores leave",
            f"{reached:.0%} ({faster:.2f} times one)",
            f"at least {REACHED:.0%}",
            reached >= REACHED,
        ),
    ]
    figures.write("scan_workers", given, rows, section, {"dearer": dearer, "reached": reached})


if __name__ == "__main__":
    main()
