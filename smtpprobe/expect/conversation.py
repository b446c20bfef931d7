"""The expectation that every server has: a conversation can be held with it."""

from __future__ import annotations

from smtpprobe.expect.base import Expectation, Facts, Judgement, failed, inconclusive, met
from smtpprobe.expectation import CONVERSATION
from smtpprobe.outcome import Outcome


class Conversation(Expectation, frozen=True, kw_only=True):
    """EHLO is answered."""

    @property
    def id(self) -> str:
        return CONVERSATION

    @property
    def title(self) -> str:
        return "an SMTP conversation can be held"

    @property
    def expected(self) -> str:
        return "an answer to EHLO"

    def judge(self, facts: Facts) -> Judgement:
        run = facts.run
        if run.clear is not None or run.encrypted is not None or run.outcome is Outcome.ANSWERED:
            return met("EHLO was answered")
        words = facts.report.verdict
        return inconclusive(words) if run.outcome is Outcome.INCONCLUSIVE else failed(words)
