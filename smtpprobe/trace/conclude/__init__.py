"""Where the way ends and why: the facts of a trace in, one conclusion out. Pure.

Each suspicion looks for one kind of trouble. They stand in the order in which a mail meets them; the first that has
something to say is the conclusion.
"""

from __future__ import annotations

from collections.abc import Callable

from smtpprobe.journey import Conclusion
from smtpprobe.trace.case import Case
from smtpprobe.trace.conclude import answers, directory, doors, foreseen, logins

Suspicion = Callable[[Case], Conclusion | None]

SUSPICIONS: tuple[Suspicion, ...] = (
    *directory.SUSPICIONS,
    *doors.SUSPICIONS,
    *logins.SUSPICIONS,
    *answers.SUSPICIONS,
    *foreseen.SUSPICIONS,
)


def conclude(case: Case) -> Conclusion:
    """The diagnosis."""
    return next((found for suspicion in SUSPICIONS if (found := suspicion(case)) is not None), foreseen.well(case))
