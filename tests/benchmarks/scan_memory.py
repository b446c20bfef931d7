"""Measures how much more memory a scan of a million servers takes than one of a tenth; all of them refuse at once.

Run by ``make bench``: needs root. Nobody listens on port 25 of any address of 127.0.0.0/8. Takes some minutes.
"""

import statistics
import tempfile
from pathlib import Path

import alone
import commands
import figures
import page
from figures import Row

from smtpprobe import __version__

ROUNDS = 3
FEW, MANY = 100_000, 1_000_000
AT_ONCE = 300
#: Octets a server more.
LIMIT = 100.0
SECTION = """### Memory

`smtpprobe scan LIST -o OUT.jsonl.zst --at-once {at_once}` on addresses that refuse the connection at once, so that
nothing takes memory but what a scan keeps of its servers.

| servers | memory at most | time | servers a second | output, packed | state on disk |
|--:|--:|--:|--:|--:|--:|
{few_line}
{many_line}

Each of {more:,} servers more takes {octets:.1f} octets of memory (at most {limit:.0f} are asked for).

{measured}"""


def measure(folder: Path, count: int) -> tuple[commands.Took, int, int]:
    """What it took, and how many octets output and state have."""
    targets = commands.write_list(folder / "targets", "127.1.0.0", count)
    output = folder / "out.jsonl.zst"
    took = commands.run(*commands.SCAN, str(targets), "-o", str(output), "--at-once", str(AT_ONCE))
    size = output.stat().st_size
    state = sum(path.stat().st_size for path in folder.glob(f"{output.name}.*"))
    for path in folder.glob("*"):
        path.unlink()
    return took, size, state


def line(count: int, runs: list[tuple[commands.Took, int, int]]) -> str:
    seconds = statistics.median(took.seconds for took, _, _ in runs)
    memory = statistics.median(took.memory for took, _, _ in runs) / 1e6
    _, size, state = runs[-1]
    return (
        f"| {count:,} | {memory:.1f} MB | {seconds:.0f} s | {count / seconds:,.0f} | {size / 1e6:.1f} MB "
        f"| {state / 1e6:.1f} MB |"
    )


def main() -> None:
    given = figures.options(__doc__, ROUNDS)
    alone.enter()
    counts = given.of(FEW), given.of(MANY)
    runs: dict[int, list[tuple[commands.Took, int, int]]] = {count: [] for count in counts}
    with tempfile.TemporaryDirectory(prefix="smtpprobe-bench") as folder:
        for number in range(given.rounds):
            for count in counts:
                runs[count].append(measure(Path(folder), count))
            told = ", ".join(f"{count:,}: {runs[count][-1][0].memory / 1e6:.1f} MB" for count in counts)
            print(f"round {number + 1} of {given.rounds}: {told}", flush=True)
    few, many = counts
    pairs = zip(runs[few], runs[many], strict=True)
    octets = statistics.median((much[0].memory - little[0].memory) / (many - few) for little, much in pairs)
    section = SECTION.format(
        at_once=AT_ONCE,
        few_line=line(few, runs[few]),
        many_line=line(many, runs[many]),
        more=many - few,
        octets=octets,
        limit=LIMIT,
        measured=page.measured_on(f"Medians of {given.rounds} rounds", __version__),
    )
    row = Row(
        "memory a server more",
        f"{many:,} servers to {few:,}",
        f"{octets:.1f} octets",
        f"at most {LIMIT:.0f} octets",
        octets <= LIMIT,
    )
    numbers = {"state_a_server": runs[many][-1][2] / many, "octets": octets}
    figures.write("scan_memory", given, [row], section, numbers)


if __name__ == "__main__":
    main()
