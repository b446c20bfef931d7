"""How an expectation stands, for the forms of a check that tools of other people read. No form is written here."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from smtpprobe.expectation import CONVERSATION, Checked, Checking, Held
from smtpprobe.outcome import Result
from smtpprobe.render import check_parts
from smtpprobe.render.prose import short

MOST_LINES = 40


class Mark(Enum):
    """What a test run calls it."""

    MET = "met"
    FAILED = "failed"
    ERROR = "error"
    UNDECIDED = "undecided"
    SKIPPED = "skipped"


def mark(held: Held, checked: Checked, checking: Checking) -> Mark:
    """What this expectation counts as, after the user's word on what could not be decided.

    One cause counts once: what another expectation kept from being decided is skipped. A conversation that failed is an
    error, since nothing was held against the server.
    """
    if held.result is Result.MET:
        return Mark.MET
    if held.result is Result.FAILED:
        return Mark.ERROR if held.id == CONVERSATION else Mark.FAILED
    if held.result is Result.NOT_APPLICABLE or check_parts.follows(held, checked) or checking.inconclusive == "pass":
        return Mark.SKIPPED
    return Mark.FAILED if checking.inconclusive == "fail" else Mark.UNDECIDED


def kind(held: Held, checked: Checked) -> str:
    """A closed word for what went wrong: the result, but for a conversation that failed its outcome."""
    failed = held.id == CONVERSATION and held.result is Result.FAILED
    return str(check_parts.ended(held, checked) if failed else held.result)


def subject(checked: Checked, held: Held) -> str:
    """The server as it was written, with the address where it has several."""
    if not held.address or not several(checked):
        return checked.name
    return f"{checked.name} {check_parts.spot(held) if held.host else f'[{held.address}]'}"


def several(checked: Checked) -> bool:
    """Was more than one address of it asked?"""
    return max(len({check_parts.spot(held) for held in checked.held if held.address}), len(checked.reports)) > 1


def reason(held: Held, checked: Checked) -> str:
    """What came of it, behind a word that says already that it is skipped."""
    return check_parts.outcome(held, checked).removeprefix("skipped ")


def evidence(held: Held) -> Iterator[str]:
    """The lines that decided, not too many and not too long."""
    yield from map(short, held.evidence[:MOST_LINES])
    if len(held.evidence) > MOST_LINES:
        yield f"… {len(held.evidence) - MOST_LINES} more"
