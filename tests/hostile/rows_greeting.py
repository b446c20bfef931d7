"""Servers that go wrong before or with their first words."""

from __future__ import annotations

from behaviour import Behaviour
from courtesy import courteous, hang_up, reset, silence, then

from smtpprobe.outcome import ExitCode, FailureKind, Outcome

ROWS = (
    Behaviour(
        "banner_silent",
        "accepts, says nothing",
        silence,
        Outcome.UNREACHABLE,
        ExitCode.NO_CONVERSATION,
        FailureKind.TIMEOUT,
        waits=True,
        reference="banner_silent",
    ),
    Behaviour(
        "close_at_once",
        "FIN at accept",
        hang_up,
        Outcome.UNREACHABLE,
        ExitCode.NO_CONVERSATION,
        FailureKind.CLOSED,
        reference="close_at_once",
    ),
    Behaviour(
        "rst_at_once",
        "RST at accept",
        reset,
        Outcome.UNREACHABLE,
        ExitCode.NO_CONVERSATION,
        FailureKind.RESET,
        reference="rst_at_once",
    ),
    Behaviour(
        "554_banner",
        "554 for a greeting, and stays open",
        courteous(greeting=b"554 5.7.1 go away answers=GREETING\r\n"),
        Outcome.REFUSED,
        ExitCode.NO_CONVERSATION,
        evidence=(b"554 5.7.1 go away",),
        check=lambda held: [] if held.heard == ((b"QUIT",),) else [f"it heard {held.heard}"],
        reference="554_banner",
    ),
    Behaviour(
        "http_banner",
        "HTTP/1.1 400, a page, FIN",
        then(b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n<html>no</html>\r\n", hang_up),
        Outcome.NOT_SMTP,
        ExitCode.NO_CONVERSATION,
        FailureKind.NOT_SMTP_HTTP,
        evidence=(b"HTTP/1.1 400",),
        reference="http_banner",
    ),
)
