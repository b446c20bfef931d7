"""The real command line, explaining a file that a mail server wrote. Knows no server but for what syslog adds."""

import json
import subprocess
from pathlib import Path
from typing import Any

from probing import COMMAND
from servers.base import MailServer

Item = dict[str, Any]

# OpenSMTPD may look for a folder before it has made it.
OF_ITSELF = "warn: purge_task: "
TAGS = {"opensmtpd": "smtpd[4711]", "sendmail": "sm-mta[4711]"}


def explained(path: Path, *options: str) -> str:
    """What ``smtpprobe explain --file`` prints: it must succeed, and have nothing else to say."""
    done = subprocess.run(
        [str(COMMAND), "explain", "--file", str(path), *options], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def items_of(path: Path) -> list[Item]:
    """Everything in it, explained."""
    return [json.loads(line) for line in explained(path, "--each", "--format", "json").splitlines()]


def unread(path: Path) -> int:
    """How many lines were not recognised."""
    number: int = json.loads(explained(path, "--format", "json"))["summary"]["unread"]
    return number


def unexplained(path: Path) -> list[str]:
    """The lines that have no reason."""
    return [item["input"] for item in items_of(path) if item["reason"] == "none" and OF_ITSELF not in item["input"]]


def verb(item: Item) -> str:
    """The verb that was answered; "" where it is not known."""
    return (item["command"] or "").partition(" ")[0]


def as_syslog(server: MailServer) -> str:
    """The log as an admin has it: two of the servers leave to syslog what stands in front of each line."""
    before = f"Nov 21 10:11:12 mail {TAGS[server.name]}: " if server.name in TAGS else ""
    return "".join(f"{before}{line}\n" for line in server.log().splitlines())
