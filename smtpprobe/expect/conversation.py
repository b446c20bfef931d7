"""The expectation that every server has: that a conversation can be held with it. All others rest on it."""

from __future__ import annotations

from smtpprobe.catalogue.failures import FAILURES, NEXT_AT, SOCKET_FILE
from smtpprobe.expect.base import Expectation, Facts, Judgement, failed, inconclusive, met, said
from smtpprobe.expect.spine import answered, hellos, quoted
from smtpprobe.expectation import CONVERSATION
from smtpprobe.model import Exchange, Report, Transcript
from smtpprobe.outcome import Outcome, Result, Stage

_LONGEST = 400


class Conversation(Expectation, frozen=True, kw_only=True):
    """Met where EHLO is answered: what breaks off after that is for those to judge who miss something."""

    @property
    def id(self) -> str:
        return CONVERSATION

    @property
    def title(self) -> str:
        return "an SMTP conversation can be held"

    @property
    def expected(self) -> str:
        return "a greeting, and an answer to EHLO"

    def judge(self, facts: Facts) -> Judgement:
        run = facts.run
        for index, exchange, _ in hellos(run):
            if answered(exchange) and exchange.command is not None:
                return met(f"{exchange.code} to {exchange.command.verb}", index)
        refused = _refusal(run)
        if run.outcome is Outcome.INCONCLUSIVE:
            got = _words(*refused) if refused else _why(facts.report)
            return inconclusive(got, *_places(refused))
        if refused:
            advice = "Have this address let in, or ask from another one. The server's log says what it had against it."
            return failed(_words(*refused), *_places(refused), advice=advice)
        return failed(_why(facts.report), advice=_next_step(run))


def held(report: Report) -> Result:
    """What becomes of this expectation at one address."""
    return Conversation().judge(Facts(report, (report,))).result


def _refusal(run: Transcript) -> tuple[int, Exchange] | None:
    """What turned us away: the last 4yz or 5yz before there was a conversation."""
    heard = [
        (i, e)
        for i, e in enumerate(run.exchanges)
        if e.stage in (Stage.GREETING, Stage.EHLO) and e.reply is not None and e.reply.refusal
    ]
    return heard[-1] if heard else None


def _places(refused: tuple[int, Exchange] | None) -> tuple[int, ...]:
    return (refused[0],) if refused else ()


def _words(index: int, exchange: Exchange) -> str:
    """The server's own words, whole, and what they answered."""
    words = quoted(said(exchange), _LONGEST)
    return f"{words} to {exchange.command.verb}" if exchange.command else f"{words}, in place of a greeting"


def _why(report: Report) -> str:
    """Why there was none, in one sentence without its full stop."""
    failure = report.transcript.failure
    told = report.verdict or (failure.kind.meaning if failure is not None else "EHLO was not answered")
    return quoted(told, _LONGEST).removesuffix(".")


def _next_step(run: Transcript) -> str:
    failure = run.failure
    if failure is None:
        return ""
    of_a_file = SOCKET_FILE.get(failure.kind) if run.target.path is not None else None
    return NEXT_AT.get((failure.kind, failure.stage), (of_a_file or FAILURES[failure.kind]).next_step)
