"""The sentences of a conclusion, and the lines that prove it. Data and a little grammar."""

from __future__ import annotations

from functools import cache

from smtpprobe.catalogue.providers import PROVIDERS
from smtpprobe.catalogue.software import SOFTWARE
from smtpprobe.journey import Conclusion, Ruling
from smtpprobe.model import Exchange, Failure
from smtpprobe.outcome import Cause, Outcome, Retry, Severity, Stage, Who
from smtpprobe.trace.case import Case

_LINES = 4


def lost(case: Case) -> str:
    """Who does not get what, as the beginning of a sentence."""
    via = case.journey.via
    if case.recipient:
        through = f" through {via.host}" if via is not None else ""
        return f"{case.recipient} will not get this mail{through}"
    return f"Nothing can be sent through {via.host if via is not None else 'this server'}"


def late(case: Case) -> str:
    """The same where trying again may help."""
    return f"{case.recipient} has not got this mail yet" if case.recipient else lost(case)


def joined(beginning: str, end: str) -> str:
    """Two halves of a sentence; the second may be a sentence of its own."""
    return f"{beginning}: {lowered(end)}"


def lowered(sentence: str) -> str:
    """A sentence as the end of another. A name, a host or an acronym keeps its capitals."""
    word = sentence.partition(" ")[0]
    plain = word[:1].isupper() and word[1:].replace("'", "").islower() and word.replace("'", "").isalpha()
    return sentence if (len(word) > 1 and not plain) or word in _names() else sentence[:1].lower() + sentence[1:]


@cache
def _names() -> frozenset[str]:
    """First words of the names of providers and of mail servers' software."""
    named = [one.name for one in PROVIDERS] + [one.name for one in SOFTWARE]
    return frozenset(name.partition(" ")[0] for name in named) | {"Debian", "Cisco", "Sieve"}


def evidence_of(exchange: Exchange | None) -> tuple[str, ...]:
    """A command and its reply as lines of a dialogue."""
    if exchange is None:
        return ()
    lines = [f"→ {exchange.command.text}"] if exchange.command is not None else []
    if exchange.reply is not None:
        code = exchange.reply.code
        lines += [f"← {code} {text}" if code else f"← {text}" for text in exchange.reply.text.split("\n")[:_LINES]]
    elif exchange.failure is not None:
        lines.append(f"← {told(exchange.failure)}")
    return tuple(lines)


def told(failure: Failure) -> str:
    """A failure in the middle of a sentence. What failed in the DNS has its own words for it."""
    if failure.stage is Stage.RESOLVE and failure.detail:
        return failure.detail
    return f"{failure.kind.meaning} ({failure.detail})" if failure.detail else failure.kind.meaning


def records_of(*rulings: Ruling | None) -> tuple[str, ...]:
    """The records that rulings rest on."""
    return tuple(dict.fromkeys([one.record for one in rulings if one is not None and one.record]))


def conclusion(
    cause: Cause,
    summary: str,
    who: Who,
    *,
    where: str,
    steps: tuple[str, ...] = (),
    evidence: tuple[str, ...] = (),
    references: tuple[str, ...] = (),
    retry: Retry = Retry.AFTER_FIX,
    outcome: Outcome = Outcome.ANSWERED,
    severity: Severity = Severity.ERROR,
) -> Conclusion:
    """A conclusion whose sentence ends as one, its steps each once."""
    ended = summary if summary.endswith((".", "?", "!", ".)")) else f"{summary}."
    return Conclusion(
        cause=cause,
        summary=ended,
        who=who,
        retry=retry,
        outcome=outcome,
        where=where,
        steps=tuple(dict.fromkeys(step for step in steps if step)),
        evidence=evidence,
        references=tuple(dict.fromkeys(references)),
        severity=severity,
    )
