"""Measures whether servers that drip hold up the rest: 900 that answer late, alone and with 100 tarpits among them.

Run by ``make bench``: needs root. The servers are one process at as many addresses of 127.0.0.0/8, and tell themselves
how long it took from the first connection until the last of the 900 had said goodbye.
"""

import statistics
import sys
import tempfile
from pathlib import Path

import alone
import commands
import figures
import page
import slow_servers
from figures import Row

from smtpprobe import __version__

ROUNDS = 5
PROMPT, TARPITS = 900, 100
SLOTS = 200
TIMEOUT = 10.0
LIMIT = 1.3
SECTION = """### Tarpits

{prompt:,} servers answer, each reply {delay:.0f} ms late; {tarpits:,} more send an octet a second until the time of the
step ends. `smtpprobe scan LIST -o OUT.jsonl --at-once {slots} --timeout {timeout:g}` on the {prompt:,} alone, and on
all. The servers measure, from the first connection to the end of the last conversation with one of the {prompt:,}.

| servers | the {prompt:,} have finished after | the whole command |
|---|--:|--:|
| the {prompt:,} alone | {without:.2f} s | {without_whole:.2f} s |
| with {tarpits:,} tarpits | {among:.2f} s | {among_whole:.2f} s |

The tarpits make it {ratio:.2f} times (at most {limit:g} times is asked for).

{measured}"""


def measure(folder: Path, servers: slow_servers.Running, prompt: int, tarpits: int) -> tuple[float, float]:
    """How long the prompt ones took, and the whole command."""
    lines = commands.addresses(slow_servers.PROMPT + "0.0", prompt)
    # Among the others, not behind them.
    for number, address in enumerate(commands.addresses(slow_servers.TARPIT + "0.0", tarpits)):
        lines.insert(number * len(lines) // max(tarpits, 1), address)
    targets, output = folder / "targets", folder / "out.jsonl"
    targets.write_text("\n".join(lines) + "\n", "ascii")
    options = ("-o", str(output), "--at-once", str(SLOTS), "--timeout", str(TIMEOUT))
    took = commands.run(*commands.SCAN, str(targets), *options)
    told = servers.told()
    if told["prompt"] != prompt:
        sys.exit(f"{prompt:,} servers answer: only {told['prompt']:,} conversations with them came to their end.")
    for path in folder.glob("*"):
        path.unlink()
    return told["seconds"], took.seconds


def main() -> None:
    given = figures.options(__doc__, ROUNDS)
    alone.enter()
    prompt, tarpits = (given.of(PROMPT), given.of(TARPITS))
    without, among = [], []
    with tempfile.TemporaryDirectory(prefix="smtpprobe-bench") as folder, slow_servers.running() as servers:
        for number in range(given.rounds):
            without.append(measure(Path(folder), servers, prompt, 0))
            among.append(measure(Path(folder), servers, prompt, tarpits))
            told = f"{without[-1][0]:.2f} s alone, {among[-1][0]:.2f} s among tarpits"
            print(f"round {number + 1} of {given.rounds}: {told}", flush=True)
    ratio = statistics.median(late / early for (late, _), (early, _) in zip(among, without, strict=True))
    section = SECTION.format(
        prompt=prompt,
        tarpits=tarpits,
        delay=slow_servers.DELAY * 1000,
        slots=SLOTS,
        timeout=TIMEOUT,
        without=statistics.median(seconds for seconds, _ in without),
        without_whole=statistics.median(seconds for _, seconds in without),
        among=statistics.median(seconds for seconds, _ in among),
        among_whole=statistics.median(seconds for _, seconds in among),
        ratio=ratio,
        limit=LIMIT,
        measured=page.measured_on(f"Medians of {given.rounds} rounds", __version__),
    )
    row = Row(
        f"until {prompt:,} servers have finished, {tarpits:,} tarpits among them",
        "the same without the tarpits",
        f"{ratio:.2f} times",
        f"at most {LIMIT:g} times",
        ratio <= LIMIT,
    )
    figures.write("scan_tarpits", given, [row], section, {"ratio": ratio})


if __name__ == "__main__":
    main()
