"""swaks, posttls-finger and checkdmarc beside a trace: on the same names, with the same DNS and the same authorities.

They ask the system's DNS at port 53, so each runs in a mount namespace of its own, where that is ours.
"""

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from servers.base import isolated, may_isolate
from small_servers import NAMESERVER
from staging import SENDER, Scene

CHECKDMARC = Path(__file__).parents[2] / ".venv" / "peers" / "bin" / "checkdmarc"
#: glibc hides from programs what the DNS server says of signatures, unless it is told to trust it.
_RESOLVER = f"nameserver {NAMESERVER}\noptions trust-ad edns0 timeout:2 attempts:1\n"
_SECONDS = 60


@dataclass(frozen=True)
class Said:
    """What a program printed, and its exit status."""

    command: tuple[str, ...]
    status: int
    output: str


def available() -> bool:
    """Are they installed (``make interop``), and may they be given a DNS?"""
    return CHECKDMARC.exists() and may_isolate("mount")


def run(scene: Scene, *command: str) -> Said:
    """Run this with the DNS and the authorities of the scene."""
    folder = Path(scene.ca_file).parent
    (folder / "resolv.conf").write_text(_RESOLVER)
    line = isolated("mount", f"mount --bind {folder}/resolv.conf /etc/resolv.conf", command)
    trusted = dict.fromkeys(("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"), scene.ca_file)
    done = subprocess.run(
        line,
        env={**os.environ, **trusted, "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    return Said(tuple(command), done.returncode, done.stdout)


def swaks(scene: Scene, recipient: str, sender: str, *options: str) -> Said:
    """The envelope, to the mail server that it finds itself."""
    name = ("--helo", "mail.example.org", "--local-interface", SENDER)
    return run(scene, "swaks", "--to", recipient, "--from", sender, *name, "--quit-after", "RCPT", *options)


def posttls_finger(scene: Scene, destination: str, level: str = "dane", *, trusting: bool = True) -> Said:
    """How Postfix sees the TLS of a destination at one of its security levels, by the scene's authorities or none."""
    trust = ("-F", scene.ca_file) if trusting else ()
    return run(scene, "posttls-finger", "-c", "-l", level, "-o", "inet_protocols=ipv4", *trust, destination)


def checkdmarc(scene: Scene, domain: str, *options: str) -> Said:
    """What it reads in the DNS of a domain, as JSON."""
    return run(scene, str(CHECKDMARC), domain, "-n", NAMESERVER, "-t", "5", *options)


def document(said: Said) -> dict[str, Any]:
    """The JSON of checkdmarc, from behind what it logs."""
    found: dict[str, Any] = json.loads(said.output[said.output.index("{") :])
    return found


def shown(command: Sequence[str]) -> str:
    """A command as a person types it."""
    import shlex

    return shlex.join([Path(command[0]).name, *command[1:]])
