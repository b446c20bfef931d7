"""Expectations about the first reply: the name that it gives, and its text."""

from __future__ import annotations

import re

from smtpprobe.expect import patterns
from smtpprobe.expect.base import Expectation, Facts, Judgement, Want, failed, inconclusive, met, not_applicable, said
from smtpprobe.expect.file import Greeting
from smtpprobe.expect.given import At, only_true
from smtpprobe.expect.mistakes import quoted as shown
from smtpprobe.expect.spine import greeting, quoted
from smtpprobe.model import Reply
from smtpprobe.outcome import FailureKind

_ABSENT = (FailureKind.NO_SUCH_NAME, FailureKind.NO_ADDRESS)
_NAMES_SHOWN = 3


class GreetingPtr(Expectation, frozen=True, kw_only=True):
    """The greeting begins with the name that the server's address leads back to (RFC 5321 4.2, RFC 1912 2.1)."""

    @property
    def id(self) -> str:
        return "greeting-ptr"

    @property
    def title(self) -> str:
        return "the server greets with the name of its address (PTR)"

    @property
    def expected(self) -> str:
        return "the same name in the greeting and in the PTR record"

    @property
    def wants(self) -> frozenset[Want]:
        return frozenset({Want.PTR})

    def judge(self, facts: Facts) -> Judgement:
        run = facts.run
        if run.target.path is not None:
            return not_applicable("a UNIX socket has no address")
        first = greeting(run)
        if first is None or first[1].reply is None:
            return inconclusive("there was no greeting")
        index, name = first[0], _name(first[1].reply)
        if facts.ptr is None:
            return inconclusive("the name of the address was not looked up", index)
        failure = facts.ptr.failure
        if failure is not None and failure.kind not in _ABSENT:
            detail = f" ({quoted(failure.detail, 80)})" if failure.detail else ""
            return inconclusive(f"no PTR record could be had: {failure.kind.meaning}{detail}", index)
        address = run.route.address if run.route is not None else "the address"
        if not facts.ptr.records:
            remedy = f"Have the owner of {address}, usually the hosting provider, set its PTR record to {name or 'it'}."
            return failed(f"{address} has no name (no PTR record)", index, advice=remedy)
        if name and name in [_plain(one) for one in facts.ptr.records]:
            return met(name, index)
        names = quoted(", ".join(facts.ptr.records[:_NAMES_SHOWN]))
        greets = f"it greets as {name}" if name else "its greeting has no name"
        remedy = (
            "Make the two one: change the name that the server gives itself (Postfix: myhostname; Exim: "
            "primary_hostname), or have the PTR record changed."
        )
        return failed(f"{greets}, and {address} is named {names}", index, advice=remedy)


def _name(reply: Reply) -> str:
    """The first word, which RFC 5321 4.2 wants to be the server's name."""
    words = reply.text.split(maxsplit=1)
    return quoted(_plain(words[0]), 255) if words else ""


def _plain(name: str) -> str:
    return name.lower().rstrip(".")


class GreetingText(Expectation, frozen=True, kw_only=True):
    """A line of the greeting matches the pattern, or none does."""

    pattern: re.Pattern[str]
    wanted: bool

    @property
    def id(self) -> str:
        return "greeting-text" if self.wanted else "greeting-never-text"

    @property
    def title(self) -> str:
        return f"the greeting {'says' if self.wanted else 'does not say'} {shown(self.pattern.pattern)}"

    @property
    def expected(self) -> str:
        return f"{'text' if self.wanted else 'no text'} that matches {shown(self.pattern.pattern)}"

    def judge(self, facts: Facts) -> Judgement:
        first = greeting(facts.run)
        if first is None or first[1].reply is None:
            return inconclusive("there was no greeting")
        index, exchange = first
        got = quoted(said(exchange))
        # A server that is too busy to talk says another thing than it does else.
        if exchange.reply is None or not exchange.reply.positive:
            return inconclusive(got, index)
        found = patterns.found(self.pattern, exchange.reply.texts)
        return met(got, index) if found is self.wanted else failed(got, index)


def expectations(table: Greeting, at: At) -> tuple[Expectation, ...]:
    """What the table ``greeting`` expects. Raises Mistake."""
    found: list[Expectation] = []
    if only_true(table.name_is_ptr, "name_is_ptr", "greeting-ptr", at("name_is_ptr")):
        found.append(GreetingPtr(place=at("name_is_ptr")))
    for key, text, wanted in (("text", table.text, True), ("never_text", table.never_text, False)):
        if text:
            pattern = patterns.compiled(text, at(key))
            found.append(GreetingText(pattern=pattern, wanted=wanted, place=at(key)))
    return tuple(found)
