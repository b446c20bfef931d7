"""The same server asked by Debian's check_smtp and by us: where its verdict is wrong, ours is right and quotes it.

check_smtp of monitoring-plugins 2.3.3. What it says is asserted too: should it be mended, these tests tell.
"""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from probing import COMMAND
from servers.base import UNPACKED

sys.path.extend(str(Path(__file__).parents[1] / name) for name in ("cli", "render"))
import nagios_readers
from cli_servers import fake

from smtpprobe.fake import FakeServer

CHECK_SMTP = UNPACKED / "usr" / "lib" / "nagios" / "plugins" / "check_smtp"
SECONDS = 60
_OFFERS = 'summary = "offers STARTTLS"\n[ehlo]\nclear = ["STARTTLS", "8BITMIME"]\n[replies]\n'
GOOD = f'{_OFFERS}NOOP = "250 2.0.0 Ok"\n'
WANTS_LOGIN = f'{_OFFERS}MAIL = "530 5.7.57 Client not authenticated"\n'
BUSY = 'summary = "busy"\ngreeting = "421 4.7.0 too many connections"\n'
NO_TLS_NOW = f'{_OFFERS}STARTTLS = "454 4.7.0 TLS not available due to local problem"\n'
#: What a monitor wants to know of the server, in the words of each of the two.
MAIL = ("--from", "a@example.org"), '[[server.expect.command]]\nsend = "MAIL FROM:<a@example.org>"\ncode = 250\n'
STARTTLS = ("--starttls",), "[server.expect.tls]\noffered = true\n"


@dataclass(frozen=True)
class Answer:
    """How a plugin ended, and all that it printed."""

    status: int
    output: str


@dataclass(frozen=True)
class Both:
    """The answers of the two about one server."""

    theirs: Answer
    ours: Answer


@pytest.fixture
def asked(tmp_path: Path) -> Callable[[FakeServer, tuple[tuple[str, ...], str]], Both]:
    """Has the two ask a server for the same."""
    if not CHECK_SMTP.exists():
        pytest.skip("needs check_smtp of tests/interop/install.sh")

    def ask(server: FakeServer, wanted: tuple[tuple[str, ...], str]) -> Both:
        options, expected = wanted
        (tmp_path / "smtpprobe.toml").write_text(f'[[server]]\ntarget = "127.0.0.1:{server.port}"\n{expected}')
        theirs = _run(tmp_path, CHECK_SMTP, "-H", "127.0.0.1", "-p", str(server.port), *options)
        ours = _run(tmp_path, COMMAND, "check", "--format", "nagios", "--fail-on", "never")
        return Both(theirs, ours)

    return ask


def _run(folder: Path, *words: object) -> Answer:
    done = subprocess.run(
        [str(word) for word in words], cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert done.stderr == ""
    return Answer(done.returncode, done.stdout)


def _first(answer: Answer) -> str:
    """The text of the first line of ours, which must be what the guidelines want."""
    said = nagios_readers.read(answer.output)
    assert ("OK", "WARNING", "CRITICAL", "UNKNOWN")[answer.status] == said.state
    return said.text


@pytest.mark.parametrize("wanted", [MAIL, STARTTLS], ids=["mail", "starttls"])
def test_of_a_server_that_does_all_both_say_ok(asked: Callable[..., Both], wanted: tuple[tuple[str, ...], str]) -> None:
    with fake(GOOD) as server:
        both = asked(server, wanted)
    assert both.theirs.output.startswith("SMTP OK")
    assert (both.theirs.status, both.ours.status) == (0, 0)


def test_530_to_mail_is_no_ok(asked: Callable[..., Both]) -> None:
    with fake(WANTS_LOGIN) as server:
        both = asked(server, MAIL)
        assert b"MAIL FROM:<a@example.org>" in [line for connection, line in server.log if connection == 1]
    assert both.theirs.output.startswith("SMTP OK")
    assert both.theirs.status == 0
    assert both.ours.status == 2
    assert "530 5.7.57 Client not authenticated" in _first(both.ours)


def test_a_421_for_a_greeting_keeps_its_text(asked: Callable[..., Both]) -> None:
    with fake(BUSY) as server:
        both = asked(server, MAIL)
    assert both.theirs == Answer(1, "recv() failed\n")
    assert both.ours.status == 1
    assert "inconclusive: 421 4.7.0 too many connections" in _first(both.ours)


def test_454_to_starttls_is_not_called_unsupported(asked: Callable[..., Both]) -> None:
    with fake(NO_TLS_NOW) as server:
        both = asked(server, STARTTLS)
    assert both.theirs == Answer(3, "Server does not support STARTTLS\n")
    assert both.ours.status == 1
    assert "could not tell: STARTTLS got 454 4.7.0 TLS not available due to local problem" in _first(both.ours)
    assert "support" not in both.ours.output
