"""Expectations about the server software: which it is, and that it does not tell its version."""

from __future__ import annotations

from smtpprobe.catalogue.software import SOFTWARE
from smtpprobe.expect.base import Expectation, Facts, Judgement, failed, inconclusive, met, observed
from smtpprobe.expect.file import Software
from smtpprobe.expect.given import At, only_true, unknown
from smtpprobe.expect.spine import advice, greeting, hello, quoted
from smtpprobe.model import Transcript
from smtpprobe.outcome import Verdict

_NAMES = {entry.name.lower(): entry.name for entry in SOFTWARE}


class SoftwareHidden(Expectation, frozen=True, kw_only=True):
    """Neither the greeting nor HELP, nor anything else that was heard, names the version."""

    @property
    def id(self) -> str:
        return "software-hidden"

    @property
    def title(self) -> str:
        return "the server does not tell its version"

    @property
    def expected(self) -> str:
        return "no version in any reply"

    @property
    def probes(self) -> tuple[str, ...]:
        return ("help",)

    def judge(self, facts: Facts) -> Judgement:
        run = facts.run
        software = run.software
        if software is not None and software.version:
            told = [i for i, e in enumerate(run.exchanges) if e.reply is not None and software.version in e.reply.text]
            remedy = advice(facts.report, "version-leaked")
            return failed(f"{software.name} {quoted(software.version, 40)}", *told[:2], advice=remedy)
        if not _all_heard(run):
            return inconclusive("HELP was not answered, and may tell it")
        return met(f"{software.name}, and no version" if software else "no version", *_signs(run))


class SoftwareName(Expectation, frozen=True, kw_only=True):
    """The server is recognised as this software."""

    name: str

    @property
    def id(self) -> str:
        return "software-name"

    @property
    def title(self) -> str:
        return f"the server is {self.name}"

    @property
    def expected(self) -> str:
        return self.name

    @property
    def probes(self) -> tuple[str, ...]:
        return ("help",)

    def judge(self, facts: Facts) -> Judgement:
        run = facts.run
        if run.software is None:
            if not _all_heard(run):
                return inconclusive("not recognised; HELP, which might have told, was not answered")
            return failed("the software was not recognised", *_signs(run))
        same = run.software.name == self.name
        return (met if same else failed)(f"{run.software.name} ({quoted(run.software.evidence, 100)})", *_signs(run))


def _all_heard(run: Transcript) -> bool:
    """Was everything heard that may name the software?"""
    asked = [one for one in observed(run, "help") if one.verdict is not Verdict.UNTESTED]
    return greeting(run) is not None and bool(asked)


def _signs(run: Transcript) -> tuple[int, ...]:
    first = greeting(run)
    return (*([first[0]] if first else []), *(hello(run, encrypted=False) or hello(run, encrypted=True)))


def expectations(table: Software, at: At) -> tuple[Expectation, ...]:
    """What the table ``software`` expects. Raises Mistake."""
    found: list[Expectation] = []
    if only_true(table.hidden, "hidden", "software-hidden", at("hidden")):
        found.append(SoftwareHidden(place=at("hidden")))
    if table.name:
        name = _NAMES.get(table.name.lower())
        if name is None:
            raise unknown("software", table.name, _NAMES.values(), at("name"))
        found.append(SoftwareName(name=name, place=at("name")))
    return tuple(found)
