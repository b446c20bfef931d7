"""The software: which it is, and whether its version is told."""

from __future__ import annotations

import pytest
from expect_reports import at, judged, judgement, run
from rules_run import asked

from smtpprobe.expect.file import Software
from smtpprobe.expect.mistakes import Mistake
from smtpprobe.expect.software import SoftwareHidden, SoftwareName, expectations
from smtpprobe.model import Observation, Transcript
from smtpprobe.outcome import Result, Verdict

MET, FAILED, UNDECIDED = Result.MET, Result.FAILED, Result.INCONCLUSIVE
HELP = asked("HELP", "214 2.0.0 see elsewhere", "help")
POSTFIX = "220 mail.example.org ESMTP Postfix"
EXIM = "220 mail.example.org ESMTP Exim 4.96"
UNHEARD = Observation("help", "", Verdict.UNTESTED, "no answer")


@pytest.mark.parametrize(
    ("transcript", "result", "got"),
    [
        (run(HELP), MET, "no version"),
        (run(HELP, greeting=POSTFIX), MET, "Postfix, and no version"),
        (run(HELP, greeting=EXIM), FAILED, "Exim 4.96"),
        (run(greeting=EXIM), FAILED, "Exim 4.96"),
        (run(), UNDECIDED, "HELP was not answered, and may tell it"),
        (run(observations=[UNHEARD]), UNDECIDED, "HELP was not answered, and may tell it"),
    ],
)
def test_hidden(transcript: Transcript, result: Result, got: str) -> None:
    assert judged(SoftwareHidden(), transcript) == (result, got)


def test_where_the_version_is_told() -> None:
    found = judgement(SoftwareHidden(), run(HELP, greeting=EXIM))
    assert found.evidence == (0,)
    assert found.advice.startswith("It saves an attacker one question.")


@pytest.mark.parametrize(
    ("transcript", "result"),
    [
        (run(HELP, greeting=POSTFIX), MET),
        (run(HELP, greeting=EXIM), FAILED),
        (run(HELP), FAILED),
        (run(), UNDECIDED),
    ],
)
def test_named(transcript: Transcript, result: Result) -> None:
    assert judged(SoftwareName(name="Postfix"), transcript)[0] is result


def test_the_table() -> None:
    found = expectations(Software(hidden=True, name="postfix"), at)
    assert [(one.id, one.probes) for one in found] == [("software-hidden", ("help",)), ("software-name", ("help",))]
    assert found[1].expected == "Postfix"
    with pytest.raises(Mistake, match="there is no software 'Postfiks': did you mean Postfix"):
        expectations(Software(name="Postfiks"), at)
    with pytest.raises(Mistake, match="hidden can only be true"):
        expectations(Software(hidden=False), at)
