"""The one sentence: what the server is good for, and how much there is to do."""

from __future__ import annotations

import pytest
from rules_run import MAIL, RCPT, Turn, asked, failed, run

from smtpprobe.model import Transcript
from smtpprobe.outcome import FailureKind, Outcome, Stage, TlsMode
from smtpprobe.rules import judge, verdict

LOGIN = asked("MAIL FROM:<>", "530 5.7.0 Authentication required", "mail")
TLS_FIRST = asked("MAIL FROM:<>", "530 5.7.0 Must issue a STARTTLS command first", "mail")
LATER = asked("RCPT TO:<postmaster>", "450 4.2.0 Greylisted", "rcpt-postmaster")
NO_USER = asked("RCPT TO:<postmaster>", "550 5.1.1 no such user", "rcpt-postmaster")


@pytest.mark.parametrize(
    ("transcript", "sentence"),
    [
        (run(MAIL, RCPT), "Works as an MX and speaks TLS; nothing to fix."),
        (run(MAIL, RCPT, hello="SIZE 1"), "Works as an MX, but without TLS; one thing to look at."),
        (
            run(MAIL, RCPT, hello="STARTTLS\nAUTH PLAIN"),
            "Works as an MX and speaks TLS; one thing to fix before anyone logs in here.",
        ),
        (
            run(MAIL, NO_USER, hello="AUTH PLAIN"),
            "Refuses mail to postmaster, and without TLS; two things to fix, one to look at.",
        ),
        (run(), "Answers EHLO and speaks TLS; nothing to fix."),
        (run(MAIL), "Takes MAIL and speaks TLS; nothing to fix."),
        (run(MAIL, LATER), "Puts recipients off until later and speaks TLS; nothing to fix."),
        (run(LOGIN, port=587), "Wants a login before mail and speaks TLS; nothing to fix."),
        (
            run(TLS_FIRST, inside_turns=[MAIL, RCPT]),
            "Works as an MX inside TLS only; one thing to look at.",
        ),
        (
            run(MAIL, RCPT, starttls="454 4.7.0 no TLS"),
            "Works as an MX, but its TLS is broken; one thing to fix.",
        ),
        (
            run(MAIL, RCPT, hello="SIZE 1\nXXXXXXXA"),
            "Works as an MX, but something on the path hides its TLS; one thing to fix.",
        ),
        (run(MAIL, RCPT, lmtp=True, path="/run/lmtp", hello="SIZE 1"), "Takes mail over LMTP; nothing to fix."),
        (
            run(MAIL, RCPT, tls=TlsMode.IMPLICIT, port=465, hello="SIZE 1"),
            "Takes mail without a login and speaks TLS; nothing to fix.",
        ),
        (
            run(greeting="554 5.7.1 No service for you", outcome=Outcome.REFUSED),
            "Refused us at the greeting: 554 5.7.1 No service for you; have this address let in, or try from another.",
        ),
        (
            run(hello_code="550", outcome=Outcome.REFUSED),
            "Refused us at EHLO: 550 no; have this address let in, or try from another.",
        ),
        (
            run(greeting="421 4.3.2 come back tomorrow", outcome=Outcome.INCONCLUSIVE),
            "Says 421 4.3.2 come back tomorrow at the greeting; try again later.",
        ),
        (
            run(MAIL, outcome=Outcome.INCONCLUSIVE, failure=failed(FailureKind.TIMEOUT)),
            "Broken off before all was asked; so far nothing to fix.",
        ),
        (
            run(Turn(None, "421 too many", connection=2, stage=Stage.GREETING), outcome=Outcome.INCONCLUSIVE),
            "Broken off before all was asked; so far nothing to fix.",
        ),
    ],
)
def test_verdict(transcript: Transcript, sentence: str) -> None:
    assert verdict(transcript, judge(transcript)) == sentence


@pytest.mark.parametrize("outcome", [Outcome.UNREACHABLE, Outcome.NOT_SMTP])
def test_where_nothing_was_reached_the_failure_speaks_alone(outcome: Outcome) -> None:
    transcript = run(outcome=outcome, failure=failed(FailureKind.REFUSED, stage=Stage.CONNECT))
    assert verdict(transcript, ()) == ""


def test_many_findings_are_counted_in_digits() -> None:
    transcript = run(MAIL, RCPT, hello="STARTTLS\nAUTH PLAIN")
    assert verdict(transcript, judge(transcript) * 13).endswith("; 13 things to fix before anyone logs in here.")
