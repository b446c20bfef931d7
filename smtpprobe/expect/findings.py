"""Expectations about what smtpprobe itself finds: none graver than this, and none of these rules."""

from __future__ import annotations

from smtpprobe.expect.base import (
    Expectation,
    Facts,
    Judgement,
    failed,
    inconclusive,
    met,
    not_applicable,
    observed,
    passing,
)
from smtpprobe.expect.file import Findings
from smtpprobe.expect.given import At, unknown
from smtpprobe.expect.mistakes import Mistake
from smtpprobe.expect.mistakes import quoted as shown
from smtpprobe.expect.rule_probes import EHLO, GREETING, RESTS_ON, SECURITY, SPINE, TLS
from smtpprobe.expect.spine import answered, greeting, hellos, quoted
from smtpprobe.expect.tls import without_tls
from smtpprobe.expectation import Place
from smtpprobe.model import Exchange, Finding, Transcript
from smtpprobe.outcome import Outcome, Result, Severity, Verdict

LEVELS = ("none", *Severity)
_SHOWN = 4
_LONGEST = 300
#: What these are about is itself for now only, so a 4yz that bears them out is no reason to wait.
_ABOUT_NOW = frozenset({"greylisted", "rate-limited", "hang-up-after-errors"})
_INSTEAD = {
    "relay-accepted": 'expect 5xx of the command send = ["MAIL FROM:<>", "RCPT TO:<a@example.org>"] instead.',
    "requiretls-in-clear": 'write absent_in_clear = ["REQUIRETLS"] under extensions instead.',
    "auth-mechanism-weak": "name the mechanism in forbidden under auth instead.",
}


class NoGraver(Expectation, frozen=True, kw_only=True):
    """No finding is graver than ``at_most``, but for those of the rules that are tolerated."""

    at_most: str
    tolerated: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return "findings"

    @property
    def title(self) -> str:
        return "there is no finding" if self.at_most == "none" else f"no finding is graver than {self.at_most}"

    @property
    def expected(self) -> str:
        but = f", {', '.join(self.tolerated)} aside" if self.tolerated else ""
        return f"{'no finding' if self.at_most == 'none' else f'{self.at_most} at most'}{but}"

    def judge(self, facts: Facts) -> Judgement:
        level = LEVELS.index(self.at_most)
        grave = [
            one
            for one in facts.report.findings
            if LEVELS.index(one.severity) > level and one.rule not in self.tolerated
        ]
        lasting = [one for one in grave if not _for_now(one, facts.run) or one.rule == "hang-up-after-errors"]
        if lasting:
            return failed(_named(lasting), *lasting[0].evidence, advice=lasting[0].advice)
        if grave:
            return inconclusive(_named(grave), *grave[0].evidence)
        if facts.run.outcome is not Outcome.ANSWERED:
            failure = facts.run.failure
            why = f": {failure.kind.meaning}" if failure is not None else ""
            return inconclusive(f"none so far; broken off before all was asked{why}")
        return met(_lesser(facts.report.findings))


class Forbidden(Expectation, frozen=True, kw_only=True):
    """There is no finding of this rule, and whoever would have found it was asked."""

    rule: str

    @property
    def id(self) -> str:
        return f"finding-{self.rule}"

    @property
    def title(self) -> str:
        return f"there is no finding {self.rule}"

    @property
    def expected(self) -> str:
        return f"no {self.rule}"

    @property
    def probes(self) -> tuple[str, ...]:
        return tuple([name for name in RESTS_ON[self.rule] if name not in SPINE])

    def judge(self, facts: Facts) -> Judgement:
        found = [one for one in facts.report.findings if one.rule == self.rule]
        if found:
            first = found[0]
            got = quoted(first.summary, _LONGEST)
            if _for_now(first, facts.run) and self.rule not in _ABOUT_NOW:
                return inconclusive(got, *first.evidence)
            return failed(got, *first.evidence, advice=first.advice)
        return _unseen(self.rule, facts) or met("none was found")


def _for_now(finding: Finding, run: Transcript) -> bool:
    """Is all that bears it out temporary: 4yz replies, and what may pass? Another try may then not find it."""
    places = [run.exchanges[i] for i in finding.evidence if 0 <= i < len(run.exchanges)]
    return bool(places) and all(_temporary(one) for one in places)


def _temporary(exchange: Exchange) -> bool:
    if exchange.failure is not None:
        return passing(exchange.failure)
    return exchange.code is not None and 400 <= exchange.code < 500


def _unseen(rule: str, facts: Facts) -> Judgement | None:
    """Why nothing can be said, where what the rule rests on was not seen."""
    run = facts.run
    for basis in RESTS_ON[rule]:
        if basis == GREETING and greeting(run) is None:
            return inconclusive("there was no greeting")
        if basis == EHLO and not any(answered(exchange) for _, exchange, _ in hellos(run)):
            return inconclusive("EHLO was not answered")
        if basis == TLS and run.tls is None:
            tls = without_tls(facts)
            judge = inconclusive if tls.result is Result.INCONCLUSIVE else not_applicable
            return judge(tls.got)
        if basis not in SPINE and (untested := _untested(run, basis)):
            return untested
    return None


def _untested(run: Transcript, probe: str) -> Judgement | None:
    """Why this probe cannot tell. One that learnt nothing at all had nothing to ask about, unless all broke off."""
    learnt = observed(run, probe)
    missing = [one for one in learnt if one.verdict is Verdict.UNTESTED]
    if missing:
        got = f"{probe} was not answered: {quoted(missing[0].detail)}"
        return not_applicable(got) if _no_mail(run) else inconclusive(got)
    if not learnt and run.outcome is not Outcome.ANSWERED:
        return inconclusive(f"{probe} was not asked: the conversation broke off")
    return None


def _no_mail(run: Transcript) -> bool:
    """Is MAIL refused for good, so that what needs one can never be asked?"""
    codes = [e.code for e in run.exchanges if e.probe == "mail" and e.command is not None and e.command.verb == "MAIL"]
    return bool(codes) and all(code is not None and code >= 500 for code in codes)


def _named(findings: list[Finding]) -> str:
    names = list(dict.fromkeys([one.rule for one in findings]))
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{', '.join(names[:_SHOWN])}{more}: {quoted(findings[0].summary, _LONGEST)}"


def _lesser(findings: tuple[Finding, ...]) -> str:
    count = len(findings)
    return f"{count} finding{'' if count == 1 else 's'}, none of them graver" if count else "no finding"


def expectations(table: Findings, at: At) -> tuple[Expectation, ...]:
    """What the table ``findings`` expects. Raises Mistake."""
    for number, rule in enumerate(table.tolerated):
        _known(rule, at("tolerated", number))
    found: list[Expectation] = []
    if table.at_most is not None:
        found.append(NoGraver(at_most=table.at_most, tolerated=table.tolerated, place=at("at_most")))
    forbidden: dict[str, Place | None] = {}
    for number, rule in enumerate(table.forbidden):
        place = at("forbidden", number)
        _known(rule, place)
        if rule in SECURITY:
            instead = _INSTEAD.get(rule, "smtpprobe probe --profile security asks them, once you agree.")
            raise Mistake(f"{shown(rule)} rests on questions that a check does not put: {instead}", place)
        if rule in table.tolerated:
            raise Mistake(f"{shown(rule)} is tolerated and forbidden: take it out of one of the two.", place)
        forbidden.setdefault(rule, place)
    found += [Forbidden(rule=rule, place=place) for rule, place in forbidden.items()]
    return tuple(found)


def _known(rule: str, place: Place | None) -> None:
    if rule not in RESTS_ON:
        raise unknown("rule", rule, RESTS_ON, place)


def default(severity: str) -> Expectation:
    """What ``--fail-on`` expects: no finding of this severity or a graver one. ValueError for what is none."""
    return NoGraver(at_most=LEVELS[LEVELS.index(severity, 1) - 1])
