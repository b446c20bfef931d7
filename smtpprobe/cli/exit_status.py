"""The one place that decides an exit status."""

from __future__ import annotations

from collections.abc import Iterable

from smtpprobe.expectation import CONVERSATION, Checking
from smtpprobe.journey import Trace
from smtpprobe.model import Report
from smtpprobe.outcome import Cause, ExitCode, Outcome, Result, Severity
from smtpprobe.render import nagios_states
from smtpprobe.scanning import Summary

#: What counts for more comes first: 2 (click's own), then 1, 3, 4, 0.
_FIRST = (ExitCode.FAILED, ExitCode.NO_CONVERSATION, ExitCode.INCONCLUSIVE, ExitCode.OK)
_BY_OUTCOME = {
    Outcome.ANSWERED: ExitCode.OK,
    Outcome.REFUSED: ExitCode.NO_CONVERSATION,
    Outcome.UNREACHABLE: ExitCode.NO_CONVERSATION,
    Outcome.NOT_SMTP: ExitCode.NO_CONVERSATION,
    Outcome.INCONCLUSIVE: ExitCode.INCONCLUSIVE,
}


def exit_status(
    reports: Iterable[Report], fail_on: str, inconclusive: str | None, *, stopped: bool = False
) -> ExitCode:
    """The status for these reports together. ``fail_on``: a severity or "never"; ``inconclusive``: "fail" or "pass".

    ``stopped``: there would have been more of them.
    """
    found = {_status(report, fail_on, inconclusive) for report in reports}
    if stopped:
        found.add(_undecided(inconclusive))
    return next((status for status in _FIRST if status in found), ExitCode.OK)


def trace_status(trace: Trace, fail_on: str, inconclusive: str | None) -> ExitCode:
    """The status of a trace: that of its conclusion."""
    conclusion = trace.conclusion
    status = _BY_OUTCOME[conclusion.outcome]
    severities = list(Severity)
    if status is ExitCode.OK and fail_on != "never":
        failed = severities.index(conclusion.severity) >= severities.index(Severity(fail_on))  # type: ignore[call-arg]
        status = ExitCode.FAILED if failed and conclusion.cause is not Cause.NONE else status
    return _undecided(inconclusive) if status is ExitCode.INCONCLUSIVE else status


def check_status(checking: Checking) -> ExitCode:
    """The status of a check: an expectation that failed comes first, then a conversation that could not be held."""
    held = [one for server in checking.servers for one in server.held]
    if any(one.result is Result.FAILED and one.id != CONVERSATION for one in held):
        return ExitCode.FAILED
    if any(one.result is Result.FAILED for one in held):
        return ExitCode.NO_CONVERSATION
    if checking.stopped or any(one.result is Result.INCONCLUSIVE for one in held):
        return _undecided(checking.inconclusive)
    return ExitCode.OK


def diff_status(changed: bool, outcomes: Iterable[Outcome], inconclusive: str | None, *, stopped: bool) -> ExitCode:
    """The status of a difference: that something changed counts first, then how the two sides ended."""
    found = {_BY_OUTCOME[outcome] for outcome in outcomes}
    if stopped:
        found.add(ExitCode.INCONCLUSIVE)
    if ExitCode.INCONCLUSIVE in found:
        found = found - {ExitCode.INCONCLUSIVE} | {_undecided(inconclusive)}
    if changed:
        return ExitCode.FAILED
    return next((status for status in _FIRST if status in found), ExitCode.OK)


def scan_status(summary: Summary, fail_on: str) -> ExitCode:
    """The status of a scan: one that finished is well, but for what failed that was to be held."""
    severities = list(Severity)
    least = len(severities) if fail_on == "never" else severities.index(Severity(fail_on))  # type: ignore[call-arg]
    graver = {f"{severity} " for severity in severities[least:]}
    failed = any(one.name == Result.FAILED for one in summary.results)
    if failed or any(one.name.startswith(tuple(graver)) for one in summary.findings):
        return ExitCode.FAILED
    return ExitCode.INCONCLUSIVE if summary.stopped else ExitCode.OK


def _status(report: Report, fail_on: str, inconclusive: str | None) -> ExitCode:
    severities = list(Severity)
    if fail_on != "never":
        least = severities.index(Severity(fail_on))  # type: ignore[call-arg]
        if any(severities.index(finding.severity) >= least for finding in report.findings):
            return ExitCode.FAILED
    status = _BY_OUTCOME[report.transcript.outcome]
    return _undecided(inconclusive) if status is ExitCode.INCONCLUSIVE else status


def _undecided(inconclusive: str | None) -> ExitCode:
    if inconclusive is None:
        return ExitCode.INCONCLUSIVE
    return ExitCode.FAILED if inconclusive == "fail" else ExitCode.OK


def nagios_status(checking: Checking) -> int:
    """The status of a check that is shown as a plugin of Nagios: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN."""
    return int(nagios_states.of_checking(checking))
