"""AUTH without any credential: what is offered, what is refused, and how (RFC 4954)."""

from __future__ import annotations

import re

from smtpprobe.model import Known, Observation
from smtpprobe.outcome import Profile, Verdict
from smtpprobe.probes.base import CANCEL, Ask, Conversation, Cost, Probe, Where, answered, command

MECHANISMS = 12
# sasl-mech, RFC 4422 3.1.
_MECHANISM = re.compile(r"[A-Z0-9_-]{1,20}")


def mechanisms(known: Known) -> tuple[str, ...]:
    """The mechanisms that EHLO offers here, each once; what is no mechanism name is left out."""
    if known.capabilities is None:
        return ()
    return tuple([name for name in known.capabilities.mechanisms if _MECHANISM.fullmatch(name)][:MECHANISMS])


def _where_offered(known: Known) -> tuple[str, ...]:
    """In profile full AUTH is asked for also where it is not offered."""
    return ("",) if mechanisms(known) or known.thorough else ()


def _unknown_mechanism(known: Known, subject: str) -> Conversation:
    (answer,) = yield Ask((command("AUTH SMTPPROBE"),))
    if answer.reply.intermediate:
        yield Ask((CANCEL,))
    return answered("auth-unknown", answer, answer.said)


def _no_mechanism(known: Known, subject: str) -> Conversation:
    (answer,) = yield Ask((command("AUTH"),))
    if answer.reply.intermediate:
        yield Ask((CANCEL,))
    return answered("auth-none", answer, answer.said)


def _started_and_cancelled(known: Known, subject: str) -> Conversation:
    (answer,) = yield Ask((command(f"AUTH {subject}"),))
    stage, evidence = answer.exchange.stage, (answer.index,)
    if answer.reply.intermediate:
        (end,) = yield Ask((CANCEL,))
        detail = f"{answer.code} to AUTH {subject}, {end.said} to *"
        return (Observation("auth-mechanism", subject, Verdict.KEPT, detail, (answer.index, end.index), stage),)
    verdict = Verdict.UNTESTED if answer.code // 100 == 4 else Verdict.BROKEN
    return (Observation("auth-mechanism", subject, verdict, f"{answer.said} to AUTH {subject}", evidence, stage),)


def _refused(known: Known, subject: str) -> Cost:
    unknown = 0 if known.offers("AUTH") else 1
    return Cost(refusals=1, unknown=unknown, syntax=1, nonmail=1)


def _cancelled(known: Known, subject: str) -> Cost:
    return Cost(refusals=1, syntax=1, nonmail=1, auths=1)


PROBES = (
    Probe(
        "auth-unknown",
        "AUTH with a mechanism that does not exist",
        "one failed AUTH; counted by some ban tools",
        _unknown_mechanism,
        _refused,
        where=Where.BOTH,
        subjects=_where_offered,
    ),
    Probe(
        "auth-none",
        "AUTH without a mechanism",
        "one syntax error",
        _no_mechanism,
        _refused,
        profile=Profile.FULL,
        where=Where.BOTH,
        subjects=lambda known: ("",) if mechanisms(known) else (),
    ),
    Probe(
        "auth-mechanism",
        "each mechanism offered, started and cancelled",
        "one cancelled login for each mechanism; counted as a failed login by ban tools",
        _started_and_cancelled,
        _cancelled,
        profile=Profile.FULL,
        where=Where.BOTH,
        subjects=mechanisms,
    ),
)
