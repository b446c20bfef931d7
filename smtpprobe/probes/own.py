"""The user's own lines: those sent in their order and once, and those that an expectation asks about."""

from __future__ import annotations

from smtpprobe.model import Dialogue, Known, Observation
from smtpprobe.outcome import Profile, Verdict
from smtpprobe.probes.base import MAIL_VERBS, RSET, Ask, Conversation, Cost, Probe, Where, command, flat

#: Verbs that every server knows, or knows to refuse.
_COMMON = frozenset({"MAIL", "RCPT", "RSET", "NOOP", "VRFY", "EXPN", "HELP", "EHLO", "HELO", "LHLO", "AUTH"})


def _lines(known: Known, subject: str) -> Conversation:
    """One group, so that nobody speaks in between; where the connection ends early, its last lines have no answer."""
    lines = tuple([command(line) for line in known.lines])
    answers = yield Ask((*lines, RSET))
    heard = [
        Observation("command", line, Verdict.ANSWERED, answer.said, (answer.index,), answer.exchange.stage)
        for line, answer in zip(known.lines, answers, strict=False)
    ]
    lost = [Observation("command", line, Verdict.UNTESTED, "no answer") for line in known.lines[len(heard) :]]
    return (*heard, *lost)


def _dialogue(known: Known, subject: str) -> Conversation:
    """One group too. What is said after a refusal means nothing, so nothing is learnt from it."""
    asked = _named(known, subject)
    answers = yield Ask((*[command(line) for line in asked.lines], RSET))
    heard = []
    for answer in answers[: len(asked.lines)]:
        detail, stage = answer.said, answer.exchange.stage
        heard.append(Observation("dialogue", subject, Verdict.ANSWERED, detail, (answer.index,), stage))
        if answer.reply.refusal:
            break
    return tuple(heard) or (Observation("dialogue", subject, Verdict.UNTESTED, "no answer"),)


def _named(known: Known, subject: str) -> Dialogue:
    return next(one for one in known.dialogues if one.name == subject)


def _dialogue_cost(known: Known, subject: str) -> Cost:
    verbs = [command(line).verb for line in _named(known, subject).lines]
    strange = sum(verb not in _COMMON for verb in verbs)
    return Cost(
        refusals=len(verbs),
        unknown=strange,
        syntax=strange,
        nonmail=1 + sum(verb not in MAIL_VERBS for verb in verbs),
        lookups=sum(verb in ("VRFY", "EXPN") for verb in verbs),
        noops=verbs.count("NOOP"),
        ehlos=sum(verb in ("EHLO", "HELO", "LHLO") for verb in verbs),
        auths=verbs.count("AUTH"),
    )


def _dialogues(name: str, encrypted: bool | None, where: Where, asks: str) -> Probe:
    def subjects(known: Known) -> tuple[str, ...]:
        return tuple([one.name for one in known.dialogues if one.encrypted is encrypted])

    return Probe(
        name,
        asks,
        "whatever those lines do",
        _dialogue,
        _dialogue_cost,
        profile=Profile.EHLO,
        where=where,
        subjects=subjects,
    )


def _any_lines(known: Known) -> tuple[str, ...]:
    return ("",) if known.lines else ()


PROBES = (
    Probe(
        "command",
        "the lines given with --command",
        "whatever those lines do",
        _lines,
        flat(Cost()),
        profile=Profile.EHLO,
        where=Where.BEST,
        sent_once=True,
        subjects=_any_lines,
    ),
    _dialogues("dialogue", None, Where.BEST, "the lines of an expectation, inside TLS where that can be had"),
    _dialogues("dialogue-in-clear", False, Where.CLEAR, "the lines of an expectation about what is said in clear"),
    _dialogues("dialogue-in-tls", True, Where.TLS, "the lines of an expectation about what is said inside TLS"),
)
