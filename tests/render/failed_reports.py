"""Reports of runs that came to nothing, built by hand beside the one that went well."""

from __future__ import annotations

import exim_report

from smtpprobe.model import Command, Connection, Exchange, Failure, Reply, Report, Target, Transcript
from smtpprobe.outcome import ClosedBy, FailureKind, Outcome, Stage


def unreachable() -> Report:
    """A run that got no connection."""
    failure = Failure(Stage.CONNECT, FailureKind.REFUSED, "192.0.2.25")
    whole = exim_report.report().transcript
    transcript = Transcript(
        target=Target("mail.example.org:2525", "mail.example.org", 2525),
        route=whole.route,
        exchanges=(),
        observations=(),
        connections=(Connection(1, "192.0.2.25", 2525, 0, 0, ClosedBy.NOBODY, failure=failure),),
        clear=None,
        encrypted=None,
        tls=None,
        software=None,
        failure=failure,
        outcome=Outcome.UNREACHABLE,
        started=whole.started,
        started_ns=0,
        ended_ns=3 * exim_report.MS,
        profile="capabilities",
        ehlo_name="probe.example",
        source=None,
        sni=None,
        round_trips=0,
    )
    return Report(transcript, (), (), "")


def broken_off() -> Report:
    """A greeting, a reply that nobody asked for, and no answer to EHLO."""
    whole = exim_report.report().transcript
    failure = Failure(Stage.EHLO, FailureKind.TIMEOUT, "10 s")
    greeting = whole.exchanges[0]
    assert greeting.reply is not None
    stray = Reply(421, "4.7.0", (b"4.7.0 Too many connections",), b"421 4.7.0 Too many connections\r\n", 32)
    transcript = Transcript(
        target=whole.target,
        route=whole.route,
        exchanges=(
            greeting,
            Exchange(1, 1, Stage.EHLO, Command(b"EHLO probe.example"), 60 * exim_report.MS, failure=failure),
            Exchange(1, 1, Stage.EHLO, None, 60 * exim_report.MS, stray),
        ),
        observations=(),
        connections=(
            Connection(1, "192.0.2.25", 25, 0, 12 * exim_report.MS, ClosedBy.US, failure=failure, round_trips=2),
            Connection(2, "192.0.2.25", 25, 0, 0, ClosedBy.NOBODY, failure=failure),
        ),
        clear=None,
        encrypted=None,
        tls=None,
        software=None,
        failure=failure,
        outcome=Outcome.INCONCLUSIVE,
        started=whole.started,
        started_ns=0,
        ended_ns=10_060 * exim_report.MS,
        profile="capabilities",
        ehlo_name="probe.example",
        source=None,
        sni=None,
        round_trips=2,
    )
    return Report(
        transcript,
        (exim_report.READY, None, exim_report.LATER),
        (),
        "Inconclusive: it answered, then fell silent. Try again later.",
    )
