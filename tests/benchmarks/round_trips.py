"""Times profile full against real mail servers that a relay makes 100 ms distant, and writes docs/benchmarks.md.

Run by ``make bench``: needs root and the servers of tests/interop/install.sh. Judged by the limits in ``LIMITS``.
"""

import importlib
import os
import statistics
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field

import page
from page import REPOSITORY

sys.path.insert(0, str(REPOSITORY / "tests" / "interop"))

from probing import ONE_AT_A_TIME, Report, probe
from relay import ONE_WAY, relaying
from servers.base import UNPACKED, MailServer, make_certificates, run, workplace

ROUNDS = 3
NAMES = ("postfix", "sendmail", "exim", "opensmtpd")
#: The part of the patient run's wall time that the default run may take; OpenSMTPD has no PIPELINING.
LIMITS = {"postfix": 0.35, "sendmail": 0.35, "exim": 0.6}
PACKAGES = {"postfix": "postfix", "sendmail": "sendmail-bin", "exim": "exim4-daemon-light", "opensmtpd": "opensmtpd"}


@dataclass
class Measured:
    """Several runs of one kind against one server."""

    seconds: list[float] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    def typical(self, number: str) -> float:
        return float(statistics.median(getattr(report, number) for report in self.reports))


def measure(server: MailServer, measured: Measured, *options: str) -> None:
    with relaying(server.host, server.port) as relay:
        begun = time.perf_counter()
        report = probe(server, "--profile", "full", *options, port=relay.port)
        measured.seconds.append(time.perf_counter() - begun)
    measured.reports.append(report)


def rounds(servers: dict[str, MailServer]) -> dict[str, tuple[Measured, Measured]]:
    """The default run and the patient one in turn, so that a busy machine slows both."""
    results = {name: (Measured(), Measured()) for name in servers}
    for number in range(ROUNDS):
        for name, server in servers.items():
            fast, patient = results[name]
            measure(server, fast)
            measure(server, patient, *ONE_AT_A_TIME)
            print(f"round {number + 1} of {ROUNDS}: {name} {fast.seconds[-1]:.2f} s, {patient.seconds[-1]:.2f} s")
    return results


def table(results: dict[str, tuple[Measured, Measured]]) -> str:
    """One line a server, medians of all rounds."""
    lines = [
        "| server | commands | connections | round trips | a command | time | patiently | time | ratio | limit |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for name, (fast, patient) in results.items():
        commands, trips = fast.typical("commands"), fast.typical("round_trips")
        connections = statistics.median(len(report.connections) for report in fast.reports)
        limit = f"{LIMITS[name]:.2f}" if name in LIMITS else "–"
        lines.append(
            f"| {name} {version(name)} | {commands:.0f} | {connections:.0f} | {trips:.0f} | {trips / commands:.2f} "
            f"| {fast.median:.2f} s | {patient.typical('round_trips'):.0f} | {patient.median:.2f} s "
            f"| {fast.median / patient.median:.2f} | {limit} |"
        )
    return "\n".join(lines)


def version(name: str) -> str:
    """Of the package: most servers do not tell theirs."""
    if name == "postfix":
        return run(["dpkg-query", "--show", "--showformat=${Version}", PACKAGES[name]])
    packages = sorted((UNPACKED.parent / "debs").glob(f"{PACKAGES[name]}_*.deb"))
    return run(["dpkg-deb", "--field", str(packages[-1]), "Version"]).strip() if packages else ""


def section(results: dict[str, tuple[Measured, Measured]]) -> str:
    tool = results["postfix"][0].reports[0].document["tool"]["version"]
    return f"{table(results)}\n\n{page.measured_on(f'Medians of {ROUNDS} rounds', str(tool))}"


def main() -> None:
    if os.geteuid() != 0 or not UNPACKED.is_dir():
        sys.exit("The benchmark needs root, and the mail servers of tests/interop/install.sh: run that first.")
    print(f"Four servers, each {ONE_WAY * 2000:.0f} ms away and back.")
    with ExitStack() as stack:
        folder = stack.enter_context(workplace("smtpprobe-bench"))
        certificates = make_certificates(folder)
        running = {
            name: stack.enter_context(importlib.import_module(f"servers.{name}").running(folder, certificates))
            for name in NAMES
        }
        results = rounds(running)
    print(f"\n{table(results)}")
    page.write("round trips", section(results))
    slow = [name for name, limit in LIMITS.items() if results[name][0].median > limit * results[name][1].median]
    if slow:
        sys.exit(f"Over the limit: {', '.join(slow)}.")


if __name__ == "__main__":
    main()
