"""MAIL and RCPT without parameters: the plain forms, and wrong ones. No DATA ever follows."""

from __future__ import annotations

from smtpprobe.model import Known, Observation
from smtpprobe.outcome import Profile, Verdict
from smtpprobe.probes.base import RSET, Ask, Conversation, Cost, Probe, Where, answered, command, mail


def _plain(known: Known, subject: str) -> Conversation:
    answer, _ = yield Ask((mail(), RSET))
    return answered("mail", answer, answer.said)


def _postmaster(known: Known, subject: str) -> Conversation:
    begun, answer, _ = yield Ask((mail(), command(f"RCPT TO:<{known.at('postmaster')}>"), RSET))
    return answered("rcpt-postmaster", answer if begun.ok else begun, answer.said)


def _rcpt_first(known: Known, subject: str) -> Conversation:
    answer, _ = yield Ask((command(f"RCPT TO:<{known.at('postmaster')}>"), RSET))
    return answered("rcpt-before-mail", answer, answer.said)


def _no_brackets(known: Known, subject: str) -> Conversation:
    answer, _ = yield Ask((command(f"MAIL FROM:{known.at('postmaster')}"), RSET))
    return answered("mail-no-brackets", answer, answer.said)


def _twice(known: Known, subject: str) -> Conversation:
    _, second, _ = yield Ask((mail(), mail(), RSET))
    verdict = Verdict.ACCEPTED_UNREAD if second.ok else Verdict.KEPT
    stage = second.exchange.stage
    return (Observation("mail-twice", "", verdict, f"{second.said} to the second MAIL", (second.index,), stage),)


def _one_refusal(known: Known, subject: str) -> Cost:
    return Cost(refusals=1, syntax=1, nonmail=1)


PROBES = (
    Probe(
        "mail",
        "MAIL with the null sender, in clear and inside TLS: is TLS or AUTH required first?",
        "nothing, or one refused MAIL",
        _plain,
        _one_refusal,
        where=Where.BOTH,
        control=True,
    ),
    Probe(
        "rcpt-postmaster",
        "RCPT of the one mailbox that every server must take",
        "nothing, or one refused RCPT",
        _postmaster,
        _one_refusal,
        needs_mail=True,
    ),
    Probe(
        "rcpt-before-mail",
        "RCPT with no MAIL before it",
        "one wrong order",
        _rcpt_first,
        _one_refusal,
        profile=Profile.FULL,
    ),
    Probe(
        "mail-no-brackets",
        "MAIL with an address that has no angle brackets",
        "one syntax error, or nothing",
        _no_brackets,
        _one_refusal,
        profile=Profile.FULL,
        needs_mail=True,
    ),
    Probe(
        "mail-twice",
        "a second MAIL inside a transaction",
        "one wrong order",
        _twice,
        _one_refusal,
        profile=Profile.FULL,
        where=Where.ANY,
        needs_mail=True,
    ),
)
