"""What the client must refuse by itself: line ends and NULs in what the user gives, before a connection is opened."""

from __future__ import annotations

import socket
from typing import NamedTuple

from click.testing import CliRunner

from smtpprobe.cli.main import cli
from smtpprobe.outcome import ExitCode


class Refused(NamedTuple):
    """One row: the words that stand before the target, which is a server that must not hear of it."""

    name: str
    gives: str
    words: tuple[str, ...]
    reference: str | None = None


ROWS = (
    Refused(
        "crlf_in_address",
        "(the client is given CR LF in an address)",
        ("--command", "MAIL FROM:<ann@example.org>\r\nRCPT TO:<bob@example.org>"),
        "crlf_in_address",
    ),
    Refused(
        "crlf_in_ehlo_name",
        "(the client is given CR LF in the EHLO name)",
        ("--ehlo-name", "client.example.org\r\nDATA"),
        "crlf_in_ehlo_name",
    ),
    Refused("lf_in_command", "(the client is given LF in a command)", ("--command", "NOOP\nDATA")),
    Refused("cr_in_command", "(the client is given CR in a command)", ("--command", "NOOP\rDATA")),
    Refused("nul_in_command", "(the client is given NUL in a command)", ("--command", "NOOP\0DATA")),
    Refused("crlf_in_domain", "(the client is given CR LF in a domain)", ("--domain", "example.org>\r\nDATA")),
    Refused("crlf_in_sni", "(the client is given CR LF in a TLS name)", ("--sni", "mx.example\r\nDATA")),
)


def complaints(row: Refused) -> list[str]:
    """What is not as it must be: exit 2, one sentence, no connection."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)
        host, port = listener.getsockname()
        ended = CliRunner().invoke(cli, ["probe", *row.words, f"{host}:{port}"])
        found = [] if ended.exit_code == ExitCode.USAGE else [f"exit status {ended.exit_code}"]
        try:
            listener.accept()[0].close()
        except BlockingIOError:
            pass
        else:
            found.append("a connection was opened")
    if ended.stdout or not ended.stderr.startswith("Error: "):
        found.append(f"it said {(ended.stdout + ended.stderr)[:200]!r}")
    return found
