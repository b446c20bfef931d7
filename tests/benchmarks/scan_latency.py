"""Times the default profile against distant servers: as it is, one command at a time, and with swaks.

Run by ``make bench``: needs swaks from Debian. The servers are the fake ones that speak as Postfix and Exim do, behind
a relay that holds every octet back for 50 ms each way.
"""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import commands
import figures
import page
from figures import Row
from page import REPOSITORY

sys.path.insert(0, str(REPOSITORY / "tests" / "interop"))

from relay import ONE_WAY, relaying

from smtpprobe import __version__

ROUNDS = 3
#: The part of the patient run's wall time that the default run may take.
LIMITS = {"postfix": 0.35, "exim": 0.6}
PATIENTLY = ("--no-pipelining", "--connections", "1")
#: The conversation itself: swaks has it anyhow, with every question.
SPINE = ("EHLO", "STARTTLS", "QUIT", "RSET")
#: How far swaks goes for a question that begins so; what it cannot send it is not charged with.
SWAKS = {
    "MAIL": ("--from", "<>", "--quit-after", "MAIL"),
    "RCPT": ("--from", "<>", "--to", "postmaster", "--quit-after", "RCPT"),
}
SWAKS_ELSE = ("--quit-after", "EHLO")
SECTION = """### Distant servers

`smtpprobe probe` with its default profile, against fake servers that speak as Postfix and Exim do, each behind a relay
that holds every octet back for {one_way:.0f} ms each way: as it is, and with `{patiently}`. swaks puts one
question a run, so it is run once for each question that the probe put, one after another: `--quit-after MAIL` or
`RCPT` for these, with `--tls` where the probe asked in TLS, and `--quit-after EHLO` for what swaks cannot send (HELP,
NOOP, VRFY, an unknown verb), which is not counted against it.

| server | commands | questions | time | patiently | ratio | limit | swaks | ratio |
|---|--:|--:|--:|--:|--:|--:|--:|--:|
{lines}

{measured}
{versions}."""


@dataclass
class Measured:
    """The three ways to ask one server, in seconds, a round after another."""

    fast: list[float] = field(default_factory=list)
    patient: list[float] = field(default_factory=list)
    swaks: list[float] = field(default_factory=list)
    commands: int = 0
    questions: int = 0

    def ratio(self, others: list[float]) -> float:
        return statistics.median(fast / other for fast, other in zip(self.fast, others, strict=True))


@contextmanager
def fake(personality: str) -> Iterator[int]:
    """A fake server in a process of its own; its port."""
    command = (commands.SMTPPROBE, "fake", personality, "--quiet")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            listening = process.stdout.readline()
            yield int(listening.split()[2].rpartition(":")[2])
        finally:
            process.terminate()


def questions(exchanges: Sequence[dict[str, Any]]) -> list[tuple[str, bool]]:
    """What the probe asked, as the verb and whether inside TLS. A MAIL that only leads to a RCPT is none."""
    found = []
    for number in {exchange["connection"] for exchange in exchanges}:
        asked = [one for one in exchanges if one["connection"] == number and one["command"]]
        for one, after in zip(asked, [*asked[1:], None], strict=True):
            verb = one["command"].split()[0]
            leads_on = verb == "MAIL" and after is not None and after["command"].startswith("RCPT")
            if verb not in SPINE and not leads_on:
                found.append((verb, one["stage"] == "tls"))
    return found


def measure(port: int, folder: Path, measured: Measured) -> None:
    """All three ways in turn."""
    report = folder / "report.json"
    command = (commands.SMTPPROBE, "probe", f"127.0.0.1:{port}", "--format", "json")
    measured.fast.append(commands.run(*command, output=report).seconds)
    exchanges = json.loads(report.read_text())["exchanges"]
    asked = questions(exchanges)
    measured.commands = sum(exchange["command"] is not None for exchange in exchanges)
    measured.questions = len(asked)
    measured.patient.append(commands.run(*command, *PATIENTLY).seconds)
    swaks = ("swaks", "--server", "127.0.0.1", "--port", str(port), "--helo", "[127.0.0.1]")
    runs = [(*swaks, *SWAKS.get(verb, SWAKS_ELSE), *(["--tls"] if inside else [])) for verb, inside in asked]
    measured.swaks.append(sum(commands.run(*run).seconds for run in runs))


def line(name: str, measured: Measured) -> str:
    medians = [statistics.median(times) for times in (measured.fast, measured.patient, measured.swaks)]
    return (
        f"| {name} | {measured.commands} | {measured.questions} | {medians[0]:.2f} s | {medians[1]:.2f} s "
        f"| {measured.ratio(measured.patient):.2f} | {LIMITS[name]:.2f} | {medians[2]:.2f} s "
        f"| {measured.ratio(measured.swaks):.2f} |"
    )


def main() -> None:
    given = figures.options(__doc__, ROUNDS)
    if not shutil.which("swaks"):
        sys.exit("The benchmark needs swaks: apt-get install swaks.")
    results = {name: Measured() for name in LIMITS}
    with tempfile.TemporaryDirectory(prefix="smtpprobe-bench") as folder:
        for number in range(given.rounds):
            for name, measured in results.items():
                with fake(name) as port, relaying("127.0.0.1", port) as relay:
                    measure(relay.port, Path(folder), measured)
                    # What the last of them said is still on its way.
                    time.sleep(4 * ONE_WAY)
                times = (measured.fast[-1], measured.patient[-1], measured.swaks[-1])
                told = "{:.2f} s, patiently {:.2f} s, swaks {:.2f} s".format(*times)
                print(f"round {number + 1} of {given.rounds}: {name} {told}", flush=True)
    section = SECTION.format(
        one_way=ONE_WAY * 1000,
        patiently=" ".join(PATIENTLY),
        lines="\n".join([line(name, measured) for name, measured in results.items()]),
        measured=page.measured_on(f"Medians of {given.rounds} rounds", __version__),
        versions=figures.debian("swaks"),
    )
    rows = []
    for name, measured in results.items():
        ratio, swaks = measured.ratio(measured.patient), measured.ratio(measured.swaks)
        rows.append(
            Row(
                f"time of the default profile, {ONE_WAY * 1000:.0f} ms each way, {name}-like",
                f"`{' '.join(PATIENTLY)}`; swaks one by one",
                f"{ratio:.2f} times; {swaks:.2f} times",
                f"at most {LIMITS[name]:g} times",
                ratio <= LIMITS[name],
            )
        )
    figures.write("scan_latency", given, rows, section, {})


if __name__ == "__main__":
    main()
