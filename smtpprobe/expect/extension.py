"""Expectations about what EHLO promises, and whether the server keeps it."""

from __future__ import annotations

from smtpprobe.expect.base import Expectation, Facts, Judgement, failed, inconclusive, met
from smtpprobe.expect.bounds import Promise, promise
from smtpprobe.expect.file import Extensions
from smtpprobe.expect.given import At
from smtpprobe.expect.states import WORDS, State, evidence, no_tls, promised
from smtpprobe.model import Keyword
from smtpprobe.outcome import Result, Verdict

#: What must be asked before it can be said that a keyword is kept.
_ASKED = {
    "HELP": ("help",),
    "VRFY": ("vrfy-postmaster",),
    "EXPN": ("expn-postmaster",),
    "AUTH": ("auth-unknown", "auth-mechanism"),
    "STARTTLS": (),
    "PIPELINING": ("mail", "rcpt-postmaster", "rcpt-unknown-parameter"),
    "ENHANCEDSTATUSCODES": ("mail", "rcpt-postmaster", "vrfy-postmaster"),
}
_PARAMETERS = ("mail", "mail-parameter", "rcpt-postmaster", "rcpt-parameter")


class Present(Expectation, frozen=True, kw_only=True):
    """EHLO promises a keyword, perhaps with an argument or a number within a bound."""

    promise: Promise
    state: State

    @property
    def id(self) -> str:
        where = "" if self.state == "best" else f"-in-{self.state}"
        return f"present{where}-{self.promise.subject}"

    @property
    def title(self) -> str:
        return " ".join(filter(None, ("EHLO", WORDS[self.state], "offers", self.promise.text)))

    @property
    def expected(self) -> str:
        return self.promise.text

    def judge(self, facts: Facts) -> Judgement:
        there = promised(facts.run, self.state)
        if isinstance(there, Judgement):
            return there
        where = evidence(facts.run, there)
        wanted = self.promise
        lines = [one for one in there.keywords if one.keyword == wanted.keyword]
        if not lines:
            return failed(f"{wanted.keyword} is not offered", *where)
        shown = "; ".join(" ".join((one.keyword, *one.arguments)) for one in lines)
        right = any(_bounded(one, wanted) if wanted.sign else _has(one, wanted.argument) for one in lines)
        return met(shown, *where) if right else failed(shown, *where)


class Absent(Expectation, frozen=True, kw_only=True):
    """EHLO does not promise a keyword, or not with this argument."""

    promise: Promise
    state: State

    @property
    def id(self) -> str:
        where = "" if self.state == "best" else f"-in-{self.state}"
        return f"absent{where}-{self.promise.subject}"

    @property
    def title(self) -> str:
        return " ".join(filter(None, ("EHLO", WORDS[self.state], "does not offer", self.promise.text)))

    @property
    def expected(self) -> str:
        return f"no {self.promise.text}"

    def judge(self, facts: Facts) -> Judgement:
        there = promised(facts.run, self.state)
        if isinstance(there, Judgement):
            # Where there is no TLS nothing is offered inside it.
            return met(there.got, *there.evidence) if there.result is Result.FAILED else there
        where = evidence(facts.run, there)
        wanted = self.promise
        for one in there.keywords:
            same = one.keyword == wanted.keyword
            if same and (_bounded(one, wanted) if wanted.sign else _has(one, wanted.argument)):
                return failed(" ".join((one.keyword, *one.arguments)), *where)
        return met(f"{wanted.text} is not offered", *where)


class Kept(Expectation, frozen=True, kw_only=True):
    """The server does what a keyword promises."""

    keyword: str

    @property
    def id(self) -> str:
        return f"kept-{self.keyword}"

    @property
    def title(self) -> str:
        return f"what {self.keyword} promises is kept"

    @property
    def expected(self) -> str:
        return f"{self.keyword} offered and kept"

    @property
    def probes(self) -> tuple[str, ...]:
        return _ASKED.get(self.keyword, _PARAMETERS)

    def judge(self, facts: Facts) -> Judgement:
        run = facts.run
        there = promised(run, "best")
        if isinstance(there, Judgement):
            return there
        if self.keyword == "STARTTLS":
            return met(f"STARTTLS led to {run.tls.version}") if run.tls else no_tls(run)
        if self.keyword not in there:
            return failed(f"{self.keyword} is not offered", *evidence(run, there))
        learnt = next((o for o in run.observations if o.probe == "keyword" and o.subject == self.keyword), None)
        if learnt is None or learnt.verdict is Verdict.UNTESTED:
            return inconclusive(f"it could not be tested: {learnt.detail}" if learnt else "it was not tested")
        words = f"{learnt.verdict}: {learnt.detail}".rstrip(": ")
        kept = learnt.verdict is Verdict.KEPT
        return met(words, *learnt.evidence) if kept else failed(words, *learnt.evidence)


def promised_tls(facts: Facts) -> Judgement:
    """What follows for STARTTLS where no handshake succeeded."""
    there = promised(facts.run, "tls")
    return there if isinstance(there, Judgement) else met("TLS", *evidence(facts.run, there))


def _has(line: Keyword, argument: str) -> bool:
    return not argument or argument in [one.upper() for one in line.arguments]


def _bounded(line: Keyword, wanted: Promise) -> bool:
    """Is the number of this line within the bound? SIZE 0 is no limit at all (RFC 1870 3)."""
    if wanted.argument:
        named = [one.partition("=") for one in line.arguments]
        texts = [value for name, _, value in named if name.upper() == wanted.argument]
    else:
        texts = list(line.arguments[:1])
    for text in texts:
        if text.isascii() and text.isdigit() and len(text) <= 20:
            limitless = line.keyword == "SIZE" and int(text) == 0 and wanted.sign.startswith(">")
            return limitless or wanted.holds(int(text))
    return False


def expectations(table: Extensions, at: At) -> tuple[Expectation, ...]:
    """Everything that this table expects. Raises Mistake."""
    found: list[Expectation] = []
    states: tuple[tuple[str, State], ...] = (("", "best"), ("_in_clear", "clear"), ("_in_tls", "tls"))
    for suffix, state in states:
        for key, kind in (("present", Present), ("absent", Absent)):
            for number, text in enumerate(getattr(table, key + suffix)):
                place = at(key + suffix, number)
                wanted = promise(text, place)
                # Inside TLS it is never offered (RFC 3207 4.2), so wherever it is asked for, that is in clear.
                where: State = "clear" if state == "best" and wanted.keyword == "STARTTLS" else state
                found.append(kind(promise=wanted, state=where, place=place))
    for number, text in enumerate(table.kept):
        found.append(Kept(keyword=promise(text, at("kept", number)).keyword, place=at("kept", number)))
    return tuple(found)
