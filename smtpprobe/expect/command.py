"""Expectations about the answer to command lines of the user's own."""

from __future__ import annotations

import re

from smtpprobe import target as targets
from smtpprobe.expect.base import (
    Expectation,
    Facts,
    Judgement,
    failed,
    inconclusive,
    met,
    not_applicable,
    observed,
    said,
)
from smtpprobe.expect.bounds import codes, within
from smtpprobe.expect.file import Command
from smtpprobe.expect.given import At
from smtpprobe.expect.mistakes import Mistake, quoted
from smtpprobe.expect.patterns import compiled, found
from smtpprobe.expect.states import no_tls
from smtpprobe.expectation import Place
from smtpprobe.model import Dialogue, Exchange
from smtpprobe.outcome import Result, TlsMode, Verdict

_MOST_LINES = 20
_NEVER_DECIDED = "the reply was temporary, so what the server decides in the end is not known"


class Answered(Expectation, frozen=True, kw_only=True):
    """The reply to the last line, or the first refusal, has these codes and this text, and not those.

    A 4yz reply that is not asked for decides nothing: the server may answer otherwise the next time.
    """

    name: str
    lines: tuple[str, ...]
    state: str
    codes: tuple[str, ...]
    never: tuple[str, ...]
    enhanced: str
    text: str
    never_text: str

    @property
    def id(self) -> str:
        return f"command-{self.name}"

    @property
    def title(self) -> str:
        where = {"clear": " in clear", "tls": " inside TLS"}.get(self.state, "")
        never = f"never gets {self._never}" if self._never else ""
        gets = f"gets {self._wanted}" if self._wanted else ""
        return f"{'; '.join(self.lines)}{where} {', '.join(filter(None, (gets, never)))}"

    @property
    def expected(self) -> str:
        return ", ".join(filter(None, (self._wanted, f"never {self._never}" if self._never else "")))

    @property
    def _wanted(self) -> str:
        text = f"text like {self.text!r}" if self.text else ""
        return ", ".join(filter(None, (" or ".join(self.codes), self.enhanced, text)))

    @property
    def _never(self) -> str:
        text = f"text like {self.never_text!r}" if self.never_text else ""
        return " or ".join(filter(None, (*self.never, text)))

    @property
    def dialogue(self) -> Dialogue:
        encrypted = {"clear": False, "tls": True}.get(self.state)
        return Dialogue(self.name, self.lines, encrypted)

    def judge(self, facts: Facts) -> Judgement:
        run = facts.run
        heard = observed(run, "dialogue", self.name)
        answers = [one for one in heard if one.verdict is Verdict.ANSWERED and one.evidence]
        if not answers:
            return self._unheard(facts)
        index = answers[-1].evidence[-1]
        exchange = run.exchanges[index]
        if exchange.reply is None or exchange.reply.code is None:
            return inconclusive(said(exchange), index)
        code = exchange.reply.code
        refused = code >= 400
        if len(answers) < len(self.lines) and not refused:
            return inconclusive(f"the conversation ended after {said(exchange)}", index)
        if 400 <= code < 500 and not within(code, self.codes) and not within(code, self.never):
            return inconclusive(f"{said(exchange)}: {_NEVER_DECIDED}", index)
        line = self.lines[len(answers) - 1]
        shown = said(exchange) if len(self.lines) == 1 else f"{said(exchange)} to {line}"
        return met(shown, index) if self._fits(exchange) else failed(shown, index)

    def _unheard(self, facts: Facts) -> Judgement:
        run = facts.run
        if self.state == "clear" and run.target.tls is TlsMode.IMPLICIT:
            return not_applicable("TLS begins with the first byte here, so nothing is asked in clear")
        if self.state == "tls" and run.encrypted is None:
            trouble = no_tls(run)
            return trouble if trouble.result is not Result.FAILED else not_applicable(trouble.got)
        lost = next((o.detail for o in observed(run, "dialogue", self.name)), "")
        why = run.failure.kind.meaning if run.failure is not None else lost or "it was not asked"
        return inconclusive(f"no answer: {why}")

    def _fits(self, exchange: Exchange) -> bool:
        reply = exchange.reply
        assert reply is not None
        assert reply.code is not None
        return (
            (not self.codes or within(reply.code, self.codes))
            and not within(reply.code, self.never)
            and (not self.enhanced or reply.enhanced == self.enhanced)
            and (not self.text or found(re.compile(self.text), reply.texts))
            and not (self.never_text and found(re.compile(self.never_text), reply.texts))
        )


def expectations(tables: tuple[Command, ...], at: At) -> tuple[Expectation, ...]:
    """Everything that these tables expect. Raises Mistake."""
    made = [_expectation(table, at, number) for number, table in enumerate(tables)]
    seen: set[str] = set()
    for one in made:
        if one.name in seen:
            raise Mistake(f"two commands are called {quoted(one.name)}: give one of them another name.", one.place)
        seen.add(one.name)
    return tuple(made)


def _expectation(table: Command, at: At, number: int) -> Answered:
    place = at(number)
    lines = (table.send,) if isinstance(table.send, str) else table.send
    if not 0 < len(lines) <= _MOST_LINES:
        raise Mistake(f"send has no line, or more than {_MOST_LINES}: write the lines to send.", at(number, "send"))
    for line in lines:
        try:
            targets.check_line(line)
        except targets.TargetError as error:
            raise Mistake(f"it cannot be sent: {error}", at(number, "send")) from None
    one = Answered(
        name=_name(table, lines, place),
        lines=lines,
        state=table.state,
        codes=codes(table.code, at(number, "code")) if table.code != () else (),
        never=codes(table.never, at(number, "never")) if table.never != () else (),
        enhanced=table.enhanced,
        text=compiled(table.text, at(number, "text")).pattern,
        never_text=compiled(table.never_text, at(number, "never_text")).pattern,
        place=place,
    )
    if not re.fullmatch(r"(?:[245]\.[0-9]{1,3}\.[0-9]{1,3})?", table.enhanced):
        raise Mistake(
            f"{quoted(table.enhanced)} is no enhanced status code: write 5.7.1, for example.", at(number, "enhanced")
        )
    if not one.expected:
        raise Mistake("nothing is expected of the reply: add code, never, enhanced, text or never_text.", place)
    return one


def _name(table: Command, lines: tuple[str, ...], place: Place | None) -> str:
    if table.name:
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}", table.name):
            raise Mistake(f"{quoted(table.name)} is no name: use small letters, digits and hyphens.", place)
        return table.name
    words = "-".join(re.findall(r"[a-z0-9]+", lines[-1].lower()))
    return "-".join(filter(None, (words[:50].rstrip("-"), {"clear": "in-clear", "tls": "in-tls"}.get(table.state, ""))))
