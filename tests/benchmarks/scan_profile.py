"""Takes a profile of ``scan`` with py-spy, and tells what dominates: which code holds the CPU, and which functions.

Run by ``make bench``: needs root, postfix from Debian, and py-spy (requirements/bench.txt). The servers are those of
scan_speed.py. py-spy looks at the stack of the process many times a second; a look counts for the innermost frame of
Python, so that what a library in C does counts for the line that called it.
"""

import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import alone
import commands
import figures
import page
import sink
from scan_speed import AT_ONCE, FIRST

from smtpprobe import __version__

SERVERS = 65_536
#: Looks a second.
RATE = 250
#: How many functions, and how many groups of them, are named.
FUNCTIONS, GROUPS = 12, 10
SPY = Path(sys.prefix) / "bench" / "bin" / "py-spy"
_FRAME = re.compile(r"(?P<function>.*) \((?P<file>.*?)(:\d+)?\)$")
SECTION = """### What dominates

`py-spy record --rate {rate}` on `smtpprobe scan LIST -o OUT.jsonl --at-once {at_once}`, {servers:,} addresses of one
`smtp-sink`, {looks:,} looks. A look counts for the innermost function of Python: the work of uvloop, of OpenSSL and of
the kernel counts for the line that called them.

| where | share |
|---|--:|
{groups}

| function | of | share |
|---|---|--:|
{functions}

{measured} {versions}."""


def profile(folder: Path, count: int) -> Counter[tuple[str, str]]:
    """How often each function, with its file, was at work."""
    targets = commands.write_list(folder / "targets", FIRST, count)
    stacks = folder / "stacks"
    command = (*commands.SCAN, str(targets), "-o", str(folder / "out.jsonl"), "--at-once", str(AT_ONCE))
    spy = (str(SPY), "record", "--format", "raw", "--function", "--full-filenames", "--rate", str(RATE))
    asked = (*spy, "--output", str(stacks), "--", *command)
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if done.returncode or not stacks.exists():
        sys.exit(f"py-spy ended with status {done.returncode}: {done.stderr.strip()[-2000:]}")
    found: Counter[tuple[str, str]] = Counter()
    for line in stacks.read_text("utf-8").splitlines():
        stack, _, looks = line.rpartition(" ")
        match = _FRAME.match(stack.rpartition(";")[2])
        if match:
            found[match["function"], match["file"]] += int(looks)
    return found


def place(file: str) -> str:
    """Our room, or the library, that a file belongs to."""
    parts = Path(file).parts
    if "smtpprobe" in parts:
        inside = parts[len(parts) - parts[::-1].index("smtpprobe") :]
        return f"smtpprobe/{inside[0]}"
    for mark in ("site-packages", "python3.11", f"python{sys.version_info.major}.{sys.version_info.minor}"):
        if mark in parts[:-1]:
            return parts[parts.index(mark) + 1].removesuffix(".py")
    return "loading modules" if "importlib" in file else file


def shares(counted: Counter[str], most: int, looks: int) -> list[tuple[str, float]]:
    return [(name, number / looks) for name, number in counted.most_common(most)]


def main() -> None:
    given = figures.options(__doc__, 1)
    alone.enter()
    if not SPY.exists():
        sys.exit("The profile needs py-spy: make bench installs it.")
    count = given.of(SERVERS)
    with tempfile.TemporaryDirectory(prefix="smtpprobe-bench") as folder, sink.running():
        found = profile(Path(folder), count)
    looks = found.total()
    groups: Counter[str] = Counter()
    for (_, file), number in found.items():
        groups[place(file)] += number
    functions = [(function, place(file), number / looks) for (function, file), number in found.most_common(FUNCTIONS)]
    section = SECTION.format(
        rate=RATE,
        at_once=AT_ONCE,
        servers=count,
        looks=looks,
        groups="\n".join([f"| {name} | {share:.0%} |" for name, share in shares(groups, GROUPS, looks)]),
        functions="\n".join([f"| `{name}` | {where} | {share:.1%} |" for name, where, share in functions]),
        measured=page.measured_on("One run", __version__),
        versions=subprocess.run([str(SPY), "--version"], capture_output=True, text=True, check=True).stdout.strip(),
    )
    figures.write("scan_profile", given, [], section, {})


if __name__ == "__main__":
    main()
