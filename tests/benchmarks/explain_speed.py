"""Times ``smtpprobe explain`` on a Postfix log against pflogsumm, and its cold start against swaks; writes the page.

Run by ``make bench``: needs pflogsumm and swaks, from Debian. Judged by the limits below.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import page
import postfix_log

from smtpprobe import __version__

ROUNDS = 3
STARTS = 15
FEW, MANY = 100_000, 1_000_000
#: Lines a second, at least so many times pflogsumm's; memory at MANY lines, at most so much more than at FEW.
LEAST_SPEED, MOST_MEMORY = 2.0, 1.10
#: Times of a cold start, at most so many times that of ``swaks --version``.
STARTED = {"504": 3.0, "550 5.7.1 text": 4.0}

SMTPPROBE = str(Path(sys.executable).with_name("smtpprobe"))


def timed(*command: str) -> tuple[float, int]:
    """How long a command takes, in seconds, and how much memory it had at most, in KiB."""
    begun = time.perf_counter()
    with open(os.devnull, "wb") as nowhere:
        process = subprocess.Popen(command, stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with status {process.returncode}.")
    return time.perf_counter() - begun, usage.ru_maxrss


def reading(folder: Path) -> tuple[str, list[str]]:
    """The table of the log, and what is over its limit."""
    few, many = folder / "few.log", folder / "many.log"
    postfix_log.write(few, FEW)
    postfix_log.write(many, MANY)
    ours, theirs = [], []
    for number in range(ROUNDS):
        ours.append(timed(SMTPPROBE, "explain", "--file", str(many)))
        theirs.append(timed("pflogsumm", str(many)))
        print(f"round {number + 1}: {MANY / ours[-1][0]:,.0f} and {MANY / theirs[-1][0]:,.0f} lines a second")
    small = statistics.median(timed(SMTPPROBE, "explain", "--file", str(few))[1] for _ in range(ROUNDS))
    rows = []
    for name, runs in (("smtpprobe explain", ours), ("pflogsumm", theirs)):
        seconds, memory = statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs)
        rows.append((name, seconds, memory))
    speed, memory = rows[1][1] / rows[0][1], rows[0][2] / small
    lines = ["| program | time | lines a second | memory |", "|---|--:|--:|--:|"]
    lines += [f"| {n} | {s:.2f} s | {MANY / s:,.0f} | {m / 1024:.0f} MiB |" for n, s, m in rows]
    lines += [
        "",
        f"`explain` reads {speed:.1f} times as many lines a second as pflogsumm (at least {LEAST_SPEED:.0f} times is "
        f"asked for). On {FEW:,} lines it has {small / 1024:.0f} MiB: ten times as many lines take {memory:.2f} times "
        f"the memory (at most {MOST_MEMORY:.2f}).",
    ]
    missed = ["lines a second"] if speed < LEAST_SPEED else []
    return "\n".join(lines), [*missed, *(["memory"] if memory > MOST_MEMORY else [])]


def starting() -> tuple[str, list[str]]:
    """The table of cold starts, and what is over its limit."""
    commands: dict[str, tuple[str, ...]] = {"swaks --version": ("swaks", "--version")}
    commands |= {f"smtpprobe explain '{text}'": (SMTPPROBE, "explain", text) for text in STARTED}
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(STARTS):
        for name, command in commands.items():
            taken[name].append(timed(*command)[0])
    medians = {name: statistics.median(times) for name, times in taken.items()}
    base = medians.pop("swaks --version")
    lines = [
        "| command | time | ratio | at most |",
        "|---|--:|--:|--:|",
        f"| swaks --version | {base * 1000:.0f} ms | 1 | – |",
    ]
    missed = []
    for (name, median), most in zip(medians.items(), STARTED.values(), strict=True):
        lines.append(f"| {name} | {median * 1000:.0f} ms | {median / base:.2f} | {most:.0f} |")
        if median > most * base:
            missed.append(name)
    return "\n".join(lines), missed


def main() -> None:
    if not shutil.which("pflogsumm") or not shutil.which("swaks"):
        sys.exit("The benchmark needs pflogsumm and swaks: apt-get install pflogsumm swaks.")
    # As an installation does it; an editable one leaves it to the first run.
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(page.REPOSITORY / "smtpprobe")], check=True)
    with tempfile.TemporaryDirectory(prefix="smtpprobe-bench") as folder:
        logs, slow = reading(Path(folder))
    starts, late = starting()
    print(f"\n{logs}\n\n{starts}")
    page.write("logs", f"{logs}\n\n{page.measured_on(f'Medians of {ROUNDS} rounds', __version__)}")
    page.write("starts", f"{starts}\n\n{page.measured_on(f'Medians of {STARTS} rounds', __version__)}")
    if slow or late:
        sys.exit(f"Over the limit: {', '.join([*slow, *late])}.")


if __name__ == "__main__":
    main()
