"""DANE and MTA-STS: what follows from a ruling, by its standing and its word."""

from __future__ import annotations

import pytest
from expect_reports import at, judged, judgement, run

from smtpprobe.expect.base import Want
from smtpprobe.expect.file import Policy
from smtpprobe.expect.mistakes import Mistake
from smtpprobe.expect.policy import Dane, MtaSts, expectations
from smtpprobe.journey import Ruling
from smtpprobe.model import Transcript
from smtpprobe.outcome import Check, Result, Standing

MET, FAILED, UNDECIDED = Result.MET, Result.FAILED, Result.INCONCLUSIVE


def ruling(standing: Standing, word: str, *steps: str) -> Ruling:
    return Ruling(Check.DANE, "mx.example.org", standing, word, f"So it stands: {word}.", steps=steps)


@pytest.mark.parametrize(
    ("standing", "word", "transcript", "result"),
    [
        (Standing.PASS, "verified", run(), MET),
        (Standing.NONE, "none", run(), FAILED),
        (Standing.WARN, "insecure", run(), FAILED),
        (Standing.FAIL, "tlsa-invalid", run(), FAILED),
        (Standing.FAIL, "dnssec-invalid", run(), FAILED),
        (Standing.FAIL, "lookup-failed", run(), UNDECIDED),
        (Standing.UNKNOWN, "not-met", run(), UNDECIDED),
        (Standing.FAIL, "validation-failure", run(starttls="454 4.7.0 later"), UNDECIDED),
        (Standing.FAIL, "starttls-not-supported", run(hello="SIZE 1000"), FAILED),
    ],
)
def test_a_ruling_and_what_follows(standing: Standing, word: str, transcript: Transcript, result: Result) -> None:
    one = ruling(standing, word)
    assert judged(Dane(), transcript, dane=one)[0] is result
    assert judged(MtaSts(), transcript, mta_sts=one)[0] is result
    assert judged(Dane(), transcript, dane=one)[1].startswith(f"So it stands: {word}")


def test_the_first_steps_are_the_advice() -> None:
    found = judgement(Dane(), run(), dane=ruling(Standing.FAIL, "tlsa-invalid", "Publish.", "Look first.", "Then."))
    assert found.advice == "Publish. Look first."


def test_what_was_not_looked_up() -> None:
    assert judged(Dane()) == (UNDECIDED, "it was not looked up")
    assert judged(MtaSts(), dane=ruling(Standing.PASS, "verified")) == (UNDECIDED, "it was not looked up")


def test_the_table() -> None:
    found = expectations(Policy(dane=True, mta_sts=True), at)
    assert [(one.id, one.wants, one.place) for one in found] == [
        ("dane", frozenset({Want.DANE}), at("dane")),
        ("mta-sts", frozenset({Want.MTA_STS}), at("mta_sts")),
    ]
    with pytest.raises(Mistake, match=r"dane can only be true: leave the key out .* put 'dane' into leave_out"):
        expectations(Policy(dane=False), at)
