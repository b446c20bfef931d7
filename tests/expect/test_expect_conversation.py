"""Was there a conversation at all: EHLO decides, and who turned us away keeps his words."""

from __future__ import annotations

import pytest
from expect_reports import facts, judgement, report, run, unreached
from msgspec.structs import replace
from rules_run import Turn, failed

from smtpprobe.expect.base import Facts
from smtpprobe.expect.conversation import Conversation, held
from smtpprobe.model import Transcript
from smtpprobe.outcome import FailureKind, Outcome, Result, Stage

TALK = Conversation()
HELO = Turn("HELO probe.example", "250 hello", stage=Stage.EHLO)


@pytest.mark.parametrize(
    ("transcript", "result", "got"),
    [
        (run(), Result.MET, "250 to EHLO"),
        (run(HELO, hello_code="502"), Result.MET, "250 to HELO"),
        (run(lmtp=True), Result.MET, "250 to LHLO"),
        (run(outcome=Outcome.INCONCLUSIVE, failure=failed(FailureKind.SERVER_CLOSING)), Result.MET, "250 to EHLO"),
        (
            run(greeting="554 5.7.1 your address is listed", outcome=Outcome.REFUSED),
            Result.FAILED,
            "554 5.7.1 your address is listed, in place of a greeting",
        ),
        (run(hello_code="550", outcome=Outcome.REFUSED), Result.FAILED, "550 no to EHLO"),
        (
            run(greeting="421 4.7.0 too many connections", outcome=Outcome.INCONCLUSIVE),
            Result.INCONCLUSIVE,
            "421 4.7.0 too many connections, in place of a greeting",
        ),
        (run(hello_code="451", outcome=Outcome.INCONCLUSIVE), Result.INCONCLUSIVE, "451 no to EHLO"),
        (
            unreached(FailureKind.REFUSED, Outcome.UNREACHABLE),
            Result.FAILED,
            "the connection was refused: nothing listens there",
        ),
        (
            unreached(FailureKind.NO_SUCH_NAME, Outcome.UNREACHABLE, Stage.RESOLVE),
            Result.FAILED,
            "the name does not exist in the DNS",
        ),
        (
            unreached(FailureKind.DNS, Outcome.INCONCLUSIVE, Stage.RESOLVE),
            Result.INCONCLUSIVE,
            "the DNS server failed or did not answer; the name may well exist",
        ),
        (
            unreached(FailureKind.NULL_MX, Outcome.ANSWERED, Stage.RESOLVE),
            Result.FAILED,
            "the domain publishes a null MX: it takes no mail (RFC 7505)",
        ),
        (unreached(FailureKind.NOT_SMTP_SSH, Outcome.NOT_SMTP), Result.FAILED, "the port speaks SSH"),
    ],
)
def test_what_becomes_of_a_conversation(transcript: Transcript, result: Result, got: str) -> None:
    found = judgement(TALK, transcript)
    assert (found.result, found.got) == (result, got)
    assert bool(found.advice) is (result is Result.FAILED)


def test_the_reports_own_sentence_says_why() -> None:
    whole = report(unreached(FailureKind.REFUSED, Outcome.UNREACHABLE), "mx:25: nothing listens there.")
    assert TALK.judge(Facts(whole, (whole,))).got == "mx:25: nothing listens there"


def test_an_ehlo_that_breaks_off_is_no_answer() -> None:
    broken = run()
    first = replace(broken.exchanges[1], failure=failed(FailureKind.REPLY_TOO_LONG))
    others = [one for one in broken.exchanges if one.stage not in (Stage.EHLO, Stage.GREETING)]
    transcript = replace(
        broken,
        exchanges=(broken.exchanges[0], first, *others),
        clear=None,
        outcome=Outcome.NOT_SMTP,
        failure=failed(FailureKind.REPLY_TOO_LONG),
    )
    assert held(report(transcript)) is Result.FAILED


def test_a_long_farewell_is_cut() -> None:
    got = judgement(TALK, run(greeting=f"421 {'x ' * 600}", outcome=Outcome.INCONCLUSIVE)).got
    assert len(got) < 450
    assert got.endswith("…, in place of a greeting")


def test_facts_of_a_good_server_meet_it() -> None:
    assert TALK.judge(facts()).result is Result.MET
