"""Checks of made-up servers, built by hand: one for each way to meet, to fail or to escape what is expected."""

from __future__ import annotations

from collections.abc import Callable

import exim_report
import failed_reports
import msgspec

from smtpprobe.expectation import CONVERSATION, Checked, Checking, Held, Measure, Place
from smtpprobe.model import Exchange, Failure, Finding, Reply, Report, Route, Target
from smtpprobe.outcome import FailureKind, Outcome, Result, Severity, Stage

FILE = "smtpprobe.toml"
STARTED = "2026-11-21T20:22:18Z"
MS = exim_report.MS


def target(name: str) -> Target:
    """A target as it is read."""
    host, _, port = name.rpartition(":")
    return Target(name, host.strip("[]"), int(port))


def answered(address: str = "192.0.2.25") -> Report:
    """A report of a server that answers, at this address."""
    report = exim_report.report()
    return _at(report, address)


def refused_421() -> Report:
    """A greeting that says 421, and the connection closed."""
    report = failed_reports.broken_off()
    text = b"4.7.0 mx1.example.org too many connections | try later"
    raw = b"421 " + text + b"\r\n"
    reply = Reply(421, "4.7.0", (text,), raw, len(raw), (), 40 * MS, 41 * MS)
    failure = Failure(Stage.GREETING, FailureKind.SERVER_CLOSING, "421 4.7.0")
    run = msgspec.structs.replace(
        report.transcript,
        exchanges=(Exchange(1, 1, Stage.GREETING, None, 12 * MS, reply),),
        failure=failure,
        ended_ns=42 * MS,
    )
    return Report(run, (exim_report.LATER,), (), "Inconclusive: 421.")


def failing(outcome: Outcome, failure: Failure) -> Report:
    """A report of a server with which no conversation was possible."""
    report = failed_reports.unreachable()
    run = msgspec.structs.replace(report.transcript, outcome=outcome, failure=failure)
    return _at(msgspec.structs.replace(report, transcript=run), "192.0.2.25")


def _at(report: Report, address: str) -> Report:
    route = Route("mx1.example.org", address, 25)
    return msgspec.structs.replace(report, transcript=msgspec.structs.replace(report.transcript, route=route))


def held(
    name: str, result: Result = Result.MET, got: str = "", *, line: int = 0, because: str = "", address: str = ""
) -> Held:
    """An expectation of the ones below, with this result."""
    known = _EXPECTED[name]
    measured = known.measure if result in (Result.MET, Result.FAILED) else None
    if measured is not None and result is Result.FAILED:
        measured = msgspec.structs.replace(measured, value=_TOO_FAR[name])
    return msgspec.structs.replace(
        known,
        result=result,
        got=got if got or result is not Result.MET else known.got,
        place=Place(FILE, line) if line else None,
        evidence=() if because or result is Result.MET else known.evidence,
        advice=known.advice if result is Result.FAILED else "",
        measure=measured,
        because=because,
        address=address,
    )


_EXPECTED = {
    one.id: one
    for one in (
        Held(CONVERSATION, "an SMTP conversation can be held", Result.MET, "a conversation", "220 and 250"),
        Held("present-SIZE", "SIZE >= 50MB is offered", Result.MET, "SIZE >= 50MB", "SIZE 52428800"),
        Held(
            *("command-vrfy", "VRFY must not reveal users", Result.MET, "a code other than 250", "252 2.0.0 try it"),
            evidence=("C: VRFY postmaster", "S: 250 2.1.5 postmaster #1 <root@mx1.example.org>"),
            advice="In Postfix: disable_vrfy_command = yes",
        ),
        Held(
            *("command-mail", "MAIL without AUTH must be refused", Result.MET, "530", "530 5.7.57 not authenticated"),
            evidence=("C: MAIL FROM:<a@example.org>", "S: 530 5.7.57 Client not authenticated"),
        ),
        Held(
            *("tls-offered", "STARTTLS is offered and works", Result.MET, "220 to STARTTLS", "220 2.0.0 ready"),
            evidence=("C: STARTTLS", "S: 454 4.7.0 TLS not available due to local problem"),
        ),
        Held(
            *("certificate-days", "the certificate has at least 14 days left", Result.MET, "14 days", "21 days"),
            measure=Measure("certificate_days", 21, "d", least=14),
            advice="Renew it now, then reload the server.",
        ),
        Held(
            *("time-connect", "connecting takes at most 1 s", Result.MET, "at most 1 s", "0.012 s"),
            measure=Measure("connect", 0.012, "s", most=1),
        ),
        Held("findings", "no finding at or above error", Result.MET, "none", "none"),
        Held("finding-version-leaked", "version-leaked is not found", Result.MET, "not found", "not found"),
        Held("baseline", "nothing changed since baseline.json", Result.MET, "no change", "no change"),
    )
}
_TOO_FAR = {"certificate-days": 9.0, "time-connect": 1.25}
_ALL = tuple(_EXPECTED)


def server(
    name: str, outcome: Outcome, expected: tuple[Held, ...], *reports: Report, connections: int = 1, attempts: int = 1
) -> Checked:
    """A server with what was held against it."""
    return Checked(
        *(name, target(name), outcome, expected, reports),
        groups=("mx",),
        place=Place(FILE, 3),
        attempts=attempts,
        connections=connections,
        elapsed_ns=612 * MS,
    )


def checking(*servers: Checked, inconclusive: str | None = None, stopped: bool = False) -> Checking:
    """A check of these servers."""
    return Checking(FILE, servers, STARTED, 2_100 * MS, inconclusive, stopped)


def _all_met(name: str = "mx1.example.org:25") -> Checked:
    return server(name, Outcome.ANSWERED, tuple([held(one) for one in _ALL]), answered(), connections=2)


def met() -> Checking:
    """One server that does all that is expected of it."""
    return checking(_all_met())


def failed() -> Checking:
    """One server that does two things wrong."""
    leak = held("command-vrfy", Result.FAILED, "250 2.1.5 postmaster #1 <root@mx1.example.org>", line=14)
    short = held("certificate-days", Result.FAILED, "9 days", line=17)
    rest = [held(one) for one in _ALL if one not in (leak.id, short.id)]
    return checking(server("mx1.example.org:25", Outcome.ANSWERED, (*rest, leak, short), answered()))


def undecided() -> Checking:
    """454 to STARTTLS: whether TLS works could not be told, and so nothing of the certificate."""
    later = held("tls-offered", Result.INCONCLUSIVE, "454 4.7.0 TLS not available due to local problem", line=9)
    days = held("certificate-days", Result.INCONCLUSIVE, because="tls-offered", line=10)
    found = held("baseline", Result.NOT_APPLICABLE, "the baseline has no such server")
    rest = [held(one) for one in _ALL if one not in (later.id, days.id, found.id)]
    return checking(server("mx1.example.org:25", Outcome.ANSWERED, (*rest, later, days, found), answered()))


def mail_530() -> Checking:
    """530 to MAIL: what an MX must not say."""
    said = held("command-mail", Result.FAILED, "530 5.7.57 Client not authenticated", line=5)
    wanted = msgspec.structs.replace(said, title="MAIL must be accepted", expected="250")
    return checking(server("mx1.example.org:25", Outcome.ANSWERED, (held(CONVERSATION), wanted), answered()))


def greeting_421() -> Checking:
    """A greeting of 421, three times."""
    text = "421 4.7.0 mx1.example.org too many connections | try later"
    talk = msgspec.structs.replace(held(CONVERSATION, Result.INCONCLUSIVE, text), evidence=(f"S: {text}",))
    rest = [held(one, Result.INCONCLUSIVE, because=CONVERSATION) for one in _ALL[1:]]
    return checking(
        server("mx1.example.org:25", Outcome.INCONCLUSIVE, (talk, *rest), refused_421(), connections=3, attempts=3)
    )


def unreachable() -> Checking:
    """Nothing listens there."""
    name = "mx1.example.org:25"
    return checking(_dead(name, Outcome.UNREACHABLE, FailureKind.REFUSED, f"{name}: nobody listens"))


def not_smtp() -> Checking:
    """A web server."""
    return checking(_dead("mx1.example.org:80", Outcome.NOT_SMTP, FailureKind.NOT_SMTP_HTTP, "HTTP/1.1 400"))


def refused() -> Checking:
    """554 for a greeting."""
    return checking(_dead("mx1.example.org:25", Outcome.REFUSED, FailureKind.CLOSED, "554 5.7.1 no service"))


def _dead(name: str, outcome: Outcome, kind: FailureKind, said: str) -> Checked:
    talk = held(CONVERSATION, Result.FAILED, said)
    talk = msgspec.structs.replace(talk, advice="Look whether the server runs and listens there.")
    rest = [held(one, Result.NOT_APPLICABLE, because=CONVERSATION) for one in _ALL[1:]]
    return server(name, outcome, (talk, *rest), failing(outcome, Failure(Stage.CONNECT, kind, said)))


def addresses() -> Checking:
    """Three servers; the first has two addresses, one of which nobody reaches."""
    four, six = "192.0.2.25", "2001:db8::25"
    good = [held(one, address=four) for one in _ALL]
    gone = [held(CONVERSATION, Result.FAILED, "no route to host", address=six)]
    rest = [held(one, Result.NOT_APPLICABLE, because=CONVERSATION, address=six) for one in _ALL[1:]]
    down = _at(failed_reports.unreachable(), six)
    first = server("mx1.example.org:25", Outcome.UNREACHABLE, (*good, *gone, *rest), answered(four), down)
    return checking(first, _all_met("mx2.example.org:25"), greeting_421().servers[0])


def changed() -> Checking:
    """A baseline that no longer holds, and a finding that is only a warning."""
    said = "SIZE is 10485760 now, it was 52428800; CHUNKING is gone"
    baseline = held("baseline", Result.FAILED, said, line=2)
    rest = [held(one) for one in _ALL[:-1]]
    return checking(server("mx1.example.org:25", Outcome.ANSWERED, (*rest, baseline), answered()))


def warned() -> Checking:
    """Only things that leave the server serving: a certificate that runs out, a finding of severity warning."""
    days = held("certificate-days", Result.FAILED, "9 days")
    found = held("findings", Result.FAILED, "certificate-expiring: 12 days left (3 Dec 2026)")
    report = answered()
    mild = tuple([one for one in report.findings if one.severity is not Severity.ERROR])
    report = msgspec.structs.replace(report, findings=(*mild, Finding("x", Severity.INFO, "x", "")))
    return checking(server("mx1.example.org:25", Outcome.ANSWERED, (held(CONVERSATION), days, found), report))


def stopped() -> Checking:
    """Ctrl-C after the first of several servers."""
    return checking(_all_met(), stopped=True)


def nobody() -> Checking:
    """No server was asked: the user stopped it before."""
    return checking(stopped=True)


CHECKINGS: dict[str, Callable[[], Checking]] = {
    "met": met,
    "failed": failed,
    "undecided": undecided,
    "mail-530": mail_530,
    "greeting-421": greeting_421,
    "unreachable": unreachable,
    "not-smtp": not_smtp,
    "refused": refused,
    "addresses": addresses,
    "changed": changed,
    "warned": warned,
    "stopped": stopped,
    "nobody": nobody,
}


def decided(made: Checking, inconclusive: str) -> Checking:
    """The same check, under the user's word on what could not be decided."""
    return msgspec.structs.replace(made, inconclusive=inconclusive)
