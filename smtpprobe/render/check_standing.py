"""How an expectation stands, for the forms of a check that tools of other people read. No form is written here."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from smtpprobe.expectation import CONVERSATION, Checked, Checking, Held
from smtpprobe.model import Report
from smtpprobe.outcome import Result

LONGEST = 2_000
MOST_LINES = 40


class Mark(Enum):
    """What a test run calls it."""

    MET = "met"
    FAILED = "failed"
    ERROR = "error"
    UNDECIDED = "undecided"
    SKIPPED = "skipped"


def mark(held: Held, checking: Checking) -> Mark:
    """What this expectation counts as, after the user's word on what could not be decided.

    One cause counts once: what another expectation kept from being decided is skipped. A conversation that failed is an
    error, since nothing was held against the server.
    """
    if held.result is Result.MET:
        return Mark.MET
    if held.result is Result.FAILED:
        return Mark.ERROR if held.id == CONVERSATION else Mark.FAILED
    if held.result is Result.NOT_APPLICABLE or held.because or checking.inconclusive == "pass":
        return Mark.SKIPPED
    return Mark.FAILED if checking.inconclusive == "fail" else Mark.UNDECIDED


def kind(held: Held, checked: Checked) -> str:
    """A closed word for what went wrong: the result, but for a conversation that failed the server's outcome."""
    return str(checked.outcome if held.id == CONVERSATION and held.result is Result.FAILED else held.result)


def subject(checked: Checked, held: Held) -> str:
    """The server as it was written, with the address where it has several."""
    return f"{checked.name} [{held.address}]" if held.address and len(_addresses(checked)) > 1 else checked.name


def several(checked: Checked) -> bool:
    """Was more than one address of it asked?"""
    return len(_addresses(checked)) > 1


def _addresses(checked: Checked) -> set[str]:
    return {held.address for held in checked.held if held.address} | {address(report) for report in checked.reports}


def address(report: Report) -> str:
    """The address that a report is about; "" where there was none."""
    route = report.transcript.route
    return route.address if route is not None else ""


def told(held: Held) -> str:
    """What came of it, in a few words: what the server did, else why it could not be told."""
    if held.got:
        return short(held.got)
    return f"{held.because} was not met" if held.because else held.result.meaning


def words(held: Held) -> str:
    """The expectation and what came of it. What is said of a conversation needs no more words."""
    if held.id == CONVERSATION:
        return told(held)
    # A whole sentence speaks for itself.
    quoted = held.result is Result.FAILED and held.got and not held.got.endswith(".")
    return f"{held.title}: {'got ' if quoted else ''}{told(held)}"


def reason(held: Held) -> str:
    """Why it was neither met nor failed, with the word for it in front."""
    return f"{held.result}: {told(held)}"


def evidence(held: Held) -> Iterator[str]:
    """The lines that decided, not too many and not too long."""
    yield from map(short, held.evidence[:MOST_LINES])
    if len(held.evidence) > MOST_LINES:
        yield f"… {len(held.evidence) - MOST_LINES} more"


def short(text: str) -> str:
    """The text, cut where no reply that anybody reads is so long."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
