"""Runs a command and tells what it took; the commands that the benchmarks of ``scan`` run."""

import ipaddress
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SMTPPROBE = str(Path(sys.executable).with_name("smtpprobe"))
SCAN = (SMTPPROBE, "scan")
#: The same on asyncio's own loop, as if uvloop were not installed.
WITHOUT_UVLOOP = "import sys; sys.modules['uvloop'] = None; from smtpprobe.cli.start import main; main()"
SCAN_ON_ASYNCIO = (sys.executable, "-c", WITHOUT_UVLOOP, "scan")


@dataclass(frozen=True)
class Took:
    """What a command took, with all the processes that it started: seconds, CPU seconds; its memory at most, octets."""

    seconds: float
    cpu: float
    memory: int


def run(*command: str, source: Path | None = None, output: Path | None = None, more: Mapping[str, str] = {}) -> Took:
    """Run a command from this file to that one, with ``more`` in its environment; it must end with status 0."""
    begun = time.perf_counter()
    with (
        open(source or os.devnull, "rb") as given,
        open(output or os.devnull, "wb") as taken,
        tempfile.TemporaryFile() as complaints,
    ):
        process = subprocess.Popen(command, stdin=given, stdout=taken, stderr=complaints, env={**os.environ, **more})
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            complaints.seek(0)
            words = complaints.read().decode(errors="replace").strip()[-2000:]
            sys.exit(f"{' '.join(command)} ended with status {process.returncode}: {words}")
    return Took(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def addresses(first: str, count: int) -> list[str]:
    """So many addresses in a row."""
    begin = int(ipaddress.IPv4Address(first))
    return [str(ipaddress.IPv4Address(begin + number)) for number in range(count)]


def write_list(path: Path, first: str, count: int) -> Path:
    """A list of so many addresses in a row, one a line."""
    begin = int(ipaddress.IPv4Address(first))
    with path.open("w", encoding="ascii") as lines:
        lines.writelines(f"{ipaddress.IPv4Address(begin + number)}\n" for number in range(count))
    return path


def octets_sent() -> int:
    """How many octets have gone over loopback so far, with the headers of IP and TCP; each counts once."""
    lines = Path("/proc/net/dev").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.lstrip().startswith("lo:"))


def check_answers(output: Path, expected: int) -> None:
    """That many servers were asked, and all of them answered: else what was measured means nothing."""
    lines = answered = 0
    with output.open("rb") as documents:
        for line in documents:
            lines += 1
            answered += b'"outcome":"answered"' in line
    if (lines, answered) != (expected, expected):
        sys.exit(f"{expected:,} servers were to answer: there are {lines:,} lines, and {answered:,} answered.")
