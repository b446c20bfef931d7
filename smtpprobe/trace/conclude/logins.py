"""The login, where one was asked for: no mechanism in common, refused, or not safe to try."""

from __future__ import annotations

from smtpprobe.journey import Conclusion
from smtpprobe.outcome import Check, Outcome, Retry, Standing, Who
from smtpprobe.trace.case import Case
from smtpprobe.trace.conclude.words import conclusion, evidence_of, joined, lost


def refused(case: Case) -> Conclusion | None:
    """The login did not succeed, and nothing goes on without it."""
    for walked in case.walked:
        login = walked.login
        if login is None or login.logged_in:
            continue
        ruling = case.ruling(Check.LOGIN, Standing.FAIL, Standing.UNKNOWN)
        if ruling is None:
            continue
        first, _, rest = ruling.summary.partition(". ")
        temporary = ruling.standing is Standing.UNKNOWN
        return conclusion(
            login.cause,
            joined(lost(case), first),
            ruling.who if ruling.who is not Who.NOBODY else Who.SENDER,
            where="AUTH",
            steps=(rest, *ruling.steps),
            evidence=evidence_of(login.last),
            references=ruling.references,
            retry=Retry.LATER if temporary else Retry.AFTER_FIX,
            outcome=Outcome.INCONCLUSIVE if temporary else Outcome.ANSWERED,
        )
    return None


SUSPICIONS = (refused,)
