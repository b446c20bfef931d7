"""Profile security on the command line: it asks first, and says what the server will log."""

from __future__ import annotations

import os
import pty
import select
import subprocess

import pytest
from cli_calls import CONSOLE, invoke, refused
from cli_servers import at, fake, said

GUARD = 30


def test_nobody_to_ask_means_nothing_is_sent() -> None:
    with fake("insecure") as server:
        assert "--yes" in refused("probe", "--profile", "security", at(server))
        assert "--yes" in refused("probe", "--only", "relay", at(server))
        assert server.connections == 0


def test_one_polite_question_of_the_profile_needs_no_consent() -> None:
    with fake("insecure") as server:
        assert invoke("probe", "--only", "rcpt-random", at(server)).status == 0


def test_consent_given_beforehand() -> None:
    with fake("insecure") as server:
        ended = invoke("probe", "--yes", "--profile", "security", "--format", "json", at(server))
        assert (ended.status, ended.stderr) == (0, "")
        rules = {finding["rule"] for finding in ended.document["findings"]}
        assert rules >= {"relay-accepted", "starttls-command-injection", "bare-cr-accepted", "ntlm-names-revealed"}
        assert not {line.split()[0].upper() for line in said(server) if line} & {"DATA", "BDAT", "BURL"}


@pytest.mark.parametrize(("asked", "tried"), [("0", 0), ("2", 2), ("16", 16)])
def test_as_many_forms_of_relaying_as_were_asked_for(asked: str, tried: int) -> None:
    words = ("--yes", "--only", "relay", "--relay-forms", asked, "--domain", "mail.example.net", "--format", "json")
    with fake("insecure") as server:
        document = invoke("probe", *words, at(server)).document
    assert len([one for one in document["observations"] if one["probe"] == "relay"]) == tried


def test_a_command_with_an_odd_line_end_is_shown_as_it_was_sent() -> None:
    with fake("insecure") as server:
        words = ("--yes", "--only", "line-end-cr", at(server))
        text, document = invoke("probe", *words).stdout, invoke("probe", *words, "--format", "json").document
    assert "→ RSET\\x0d\n" in text
    assert "RSET\r" in [exchange["command"] for exchange in document["exchanges"]]


@pytest.mark.parametrize(("answer", "status"), [("y", 0), ("n", 2), ("", 2)])
def test_at_the_terminal_it_asks_and_tells_what_will_be_logged(answer: str, status: int) -> None:
    with fake("insecure") as server:
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [*CONSOLE, "probe", "--profile", "security", "--brief", at(server)],
            stdin=theirs,
            stdout=subprocess.DEVNULL,
            stderr=theirs,
            env={**os.environ, "COLUMNS": "80"},
        )
        os.close(theirs)
        shown = read_until(ours, b"[y/N]: ")
        assert server.connections == 0
        os.write(ours, answer.encode() + b"\n")
        shown += read_until(ours, b"")
        assert process.wait(GUARD) == status
        assert (server.connections > 0) == (status == 0)
        os.close(ours)
    text = shown.decode().replace("\r\n", "\n")
    assert "lock this address out" in " ".join(text.split())
    assert all(name in text for name in ("relay", "talk-first", "PREGREET"))
    assert max(len(line) for line in text.splitlines()) <= 80
    assert ("Nothing was sent" in text) == (status == 2)


def read_until(terminal: int, words: bytes) -> bytes:
    """What it shows up to these words; all of it where there are none."""
    shown = b""
    while (not words or words not in shown) and select.select([terminal], [], [], GUARD)[0]:
        try:
            piece = os.read(terminal, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    return shown
