"""Which of a Nagios plugin's states an expectation, a server and a check are in. How they are printed is elsewhere."""

from __future__ import annotations

from enum import IntEnum

from smtpprobe.expectation import Checked, Checking, Held
from smtpprobe.outcome import Result, Severity
from smtpprobe.render import check_parts

#: The expectations that hold a server to what the rules found; one about a single rule is ``finding-RULE``.
_FINDINGS = "findings"
_OF_A_RULE = "finding-"
_CERTIFICATE_DAYS = "certificate-days"
_UNDECIDED = {"fail": 2, "pass": 0}


class NagiosState(IntEnum):
    """The exit status of a plugin. UNKNOWN is for usage and internal errors, and where nothing was asked."""

    OK = 0
    WARNING = 1
    CRITICAL = 2
    UNKNOWN = 3


def of_held(held: Held, checked: Checked, checking: Checking) -> NagiosState:
    """The state of one expectation. What fails is CRITICAL, unless the server serves for now all the same."""
    if held.result is Result.FAILED:
        return NagiosState.WARNING if _bearable(held, checked) else NagiosState.CRITICAL
    if held.result is Result.INCONCLUSIVE:
        return _undecided(checking)
    return NagiosState.OK


def of_checked(checked: Checked, checking: Checking) -> NagiosState:
    """The state of a server: the worst of its expectations."""
    return max((of_held(held, checked, checking) for held in checked.held), default=NagiosState.OK)


def of_checking(checking: Checking) -> NagiosState:
    """The state of them all. A check that was stopped has left something undecided; one of nothing says nothing."""
    if not checking.servers:
        return NagiosState.UNKNOWN
    states = [of_checked(checked, checking) for checked in checking.servers]
    return max([*states, _undecided(checking) if checking.stopped else NagiosState.OK])


def _undecided(checking: Checking) -> NagiosState:
    return NagiosState(_UNDECIDED.get(checking.inconclusive or "", NagiosState.WARNING))


def _bearable(held: Held, checked: Checked) -> bool:
    """A certificate that runs out but has not, and findings none of which is an error."""
    if held.id == _CERTIFICATE_DAYS:
        return held.measure is not None and held.measure.value >= 0
    if held.id == _FINDINGS or held.id.startswith(_OF_A_RULE):
        rule = held.id.removeprefix(_OF_A_RULE)
        about = check_parts.about(held, checked)
        found = [one for report in about for one in report.findings if rule in (_FINDINGS, one.rule)]
        return bool(found) and all(one.severity is not Severity.ERROR for one in found)
    return False
