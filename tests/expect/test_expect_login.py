"""The login: that it succeeds, or that it is refused; what was not tried decides nothing."""

from __future__ import annotations

import pytest
from expect_reports import at, judged, judgement

from smtpprobe.expect.base import Want
from smtpprobe.expect.login import LoggedIn, expectations
from smtpprobe.journey import Ruling
from smtpprobe.outcome import Check, Result, Standing

MET, FAILED, UNDECIDED = Result.MET, Result.FAILED, Result.INCONCLUSIVE


def ruling(standing: Standing, word: str) -> Ruling:
    return Ruling(
        Check.LOGIN, "mx.example.org", standing, word, f"It went so: {word}.", steps=("Do this.", "And that.")
    )


@pytest.mark.parametrize(
    ("standing", "word", "succeeds", "refused"),
    [
        (Standing.PASS, "235", MET, FAILED),
        (Standing.FAIL, "535 5.7.8", FAILED, MET),
        (Standing.UNKNOWN, "454 4.7.0", UNDECIDED, UNDECIDED),
        (Standing.FAIL, "auth-mechanism", FAILED, UNDECIDED),
        (Standing.FAIL, "auth-insecure", FAILED, UNDECIDED),
    ],
)
def test_what_follows(standing: Standing, word: str, succeeds: Result, refused: Result) -> None:
    one = ruling(standing, word)
    assert judged(LoggedIn(succeeds=True), login=one) == (succeeds, f"It went so: {word}")
    assert judged(LoggedIn(succeeds=False), login=one)[0] is refused


def test_what_to_do() -> None:
    assert judgement(LoggedIn(succeeds=True), login=ruling(Standing.FAIL, "535")).advice == "Do this. And that."


def test_not_tried() -> None:
    assert judged(LoggedIn(succeeds=True)) == (UNDECIDED, "no login was tried")


def test_the_key() -> None:
    (one,) = expectations(True, at)
    assert (one.id, one.title, one.wants, one.place) == ("login", "the login succeeds", frozenset({Want.LOGIN}), at())
    assert expectations(False, at)[0].title == "the login is refused"
    assert expectations(None, at) == ()
