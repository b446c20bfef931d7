"""Counts, for the scorecard, what profile security says wrongly of real servers, and what it finds in the fake one."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import correct
from probing import probe
from servers.base import make_certificates, workplace

from smtpprobe import run as runs
from smtpprobe.fake import FakeServer, load
from smtpprobe.model import Route, Target
from smtpprobe.outcome import Profile

sys.path.append(str(Path(__file__).parents[1] / "hostile"))
import scoring

FAULTS = (
    *("starttls-command-injection", "relay-accepted", "auth-in-clear-unannounced", "ntlm-names-revealed"),
    *("requiretls-in-clear", "bare-cr-accepted", "bare-lf-accepted", "early-talker-served", "auth-mechanism-weak"),
    *("rcpt-tells-users", "users-revealed"),
)


def main() -> None:
    """Probe the servers and write the part of the scorecard."""
    told, false, table = 0, [], []
    with workplace("smtpprobe-reliability") as folder:
        certificates = make_certificates(folder)
        for name, true in correct.TRUE.items():
            with correct.running(name, folder, certificates) as server:
                report = probe(server, "--profile", "security", "--yes", "--relay-forms", "16")
            said = [(finding["severity"], finding["rule"]) for finding in report.document["findings"]]
            told += len(said)
            false += [f"{name}: {rule}" for severity, rule in said if (severity, rule) not in true]
            grave = [f"{severity} {rule}" for severity, rule in said if severity != "info"]
            table.append(
                f"| {name} | {len(said)} | {', '.join(grave) or 'none'} | {len(report.connections)} | "
                f"{sum(one['refusals'] for one in report.connections)} |"
            )
    found = asyncio.run(faults())
    rows = [
        scoring.row(
            f"false findings on {len(correct.TRUE)} correctly configured real servers, profile security",
            f"{len(false)} of {told}",
            "0",
            not false,
        ),
        scoring.row(
            "faults that profile security finds in the fake server that has them all",
            f"{len(found)} of {len(FAULTS)}",
            "all",
            len(found) == len(FAULTS),
        ),
    ]
    section = "\n".join(
        [
            "## False alarms",
            "",
            "Profile `security` with all sixteen forms of relaying, on the servers of Debian's packages. Which of its",
            "findings are true of which server, and why, is in `tests/interop/correct.py`.",
            "",
            "| server | findings | errors and warnings among them | connections | refusals |",
            "|---|---|---|---|---|",
            *table,
        ]
    )
    scoring.write("security", rows, [section])
    for one in (*false, *[fault for fault in FAULTS if fault not in found]):
        print("wrong:", one, file=sys.stderr)
    sys.exit(bool(false) or len(found) < len(FAULTS))


async def faults() -> set[str]:
    """Which of the faults are found."""
    how = runs.Settings(profile=Profile.SECURITY, domain="mail.example.net", relay_forms=16)
    async with FakeServer(load("insecure")) as server:
        target = Target("insecure", server.host, server.port)
        report = await runs.probe(target, Route("mail.example.net", server.host, server.port), how)
    return {finding.rule for finding in report.findings} & set(FAULTS)


if __name__ == "__main__":
    main()
