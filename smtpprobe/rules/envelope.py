"""Findings about MAIL and RCPT: who is refused that must not be, and what is taken that should not be."""

from __future__ import annotations

from smtpprobe.model import Exchange, Finding
from smtpprobe.outcome import Severity
from smtpprobe.rules.evidence import Evidence, Rule, listed, said
from smtpprobe.rules.wording import denies_relaying, puts_off, turns_us_away

_UNKNOWN_PARAMETER = (("mail-unknown-parameter", "MAIL"), ("rcpt-unknown-parameter", "RCPT"))
_MISREAD = (500, 501, 502, 503, 504)
# Refusals of the whole dialogue rather than of its sender.
_NO_MAIL_AT_ALL = (500, 502, 503)


def _null_sender(evidence: Evidence) -> tuple[Finding, ...]:
    if evidence.submission:
        return ()
    asked = evidence.answers("mail", "MAIL")
    refused = [(i, reply) for i, reply in asked if reply.code not in _NO_MAIL_AT_ALL and not turns_us_away(reply)]
    if not refused or any(reply.positive for _, reply in asked):
        return ()
    return (
        Finding(
            "null-sender-refused",
            Severity.ERROR,
            f"MAIL FROM:<> is refused: {said(refused[0][1])}",
            "Bounces and delivery reports come from <> and have to be taken: without them nobody learns that mail "
            "was lost, and other servers may list yours for it. Take <> in every sender check.",
            tuple([i for i, _ in refused]),
        ),
    )


def _postmaster(evidence: Evidence) -> tuple[Finding, ...]:
    if evidence.submission:
        return ()
    for index, reply in evidence.answers("rcpt-postmaster", "RCPT"):
        if turns_us_away(reply):
            continue
        if denies_relaying(reply) and "@" in _argument(evidence.exchanges[index]):
            # The domain that we were told is not one of this server's.
            continue
        return (
            Finding(
                "postmaster-refused",
                Severity.ERROR,
                f"RCPT of postmaster is refused: {said(reply)}",
                "Every server that takes mail has to take it for postmaster, with its domains and without any: it is "
                "how others tell you that something is wrong. Make it an alias for somebody who reads it.",
                (index,),
            ),
        )
    return ()


def _argument(exchange: Exchange) -> str:
    return exchange.command.argument if exchange.command else ""


def _greylisted(evidence: Evidence) -> tuple[Finding, ...]:
    put_off = [(i, reply) for i, reply in evidence.answers("rcpt-postmaster", "RCPT") if puts_off(reply)]
    if not put_off:
        return ()
    return (
        Finding(
            "greylisted",
            Severity.INFO,
            f"RCPT of postmaster is put off: {said(put_off[0][1])}",
            "Greylisting, most likely: a real sender comes again after some minutes and gets through. So does this "
            "question; ask it again then.",
            tuple([i for i, _ in put_off]),
        ),
    )


def _swallowed(evidence: Evidence) -> tuple[Finding, ...]:
    taken = [
        (verb, i) for probe, verb in _UNKNOWN_PARAMETER for i, reply in evidence.answers(probe, verb) if reply.positive
    ]
    if not taken:
        return ()
    return (
        Finding(
            "unknown-parameter-swallowed",
            Severity.WARNING,
            f"a parameter that does not exist is accepted at {listed(dict(taken))}",
            "A sender that asks for something the server cannot do must hear 555, or it believes it was done. It also "
            "makes every other yes to a parameter worth less.",
            tuple([i for _, i in taken]),
        ),
    )


def _misread(evidence: Evidence) -> tuple[Finding, ...]:
    plain = [reply.code for _, reply in evidence.answers("rcpt-postmaster", "RCPT")]
    wrong = [
        (verb, i, reply)
        for probe, verb in _UNKNOWN_PARAMETER
        for i, reply in evidence.answers(probe, verb)
        if reply.code in _MISREAD and not (verb == "RCPT" and reply.code in plain)
    ]
    if not wrong:
        return ()
    verbs = listed(dict.fromkeys([verb for verb, _, _ in wrong]))
    codes = listed(dict.fromkeys([str(reply.code) for _, _, reply in wrong]))
    return (
        Finding(
            "unknown-parameter-misread",
            Severity.INFO,
            f"a parameter that does not exist gets {codes} instead of 555 at {verbs}",
            "It is refused, and that is what counts. Only a sender's log is less clear: a wrong command, or a "
            "parameter that is not known?",
            tuple([i for _, i, _ in wrong]),
        ),
    )


def _twice(evidence: Evidence) -> tuple[Finding, ...]:
    taken = []
    for index, reply in evidence.answers("mail-twice", "MAIL"):
        first = evidence.before(index)[-1:]
        if reply.positive and first and _opened(first[0][1]):
            taken += [first[0][0], index]
    if not taken:
        return ()
    return (
        Finding(
            "mail-twice-accepted",
            Severity.INFO,
            "a second MAIL inside a transaction is accepted",
            "RFC 5321 has 503 for it. A sender that lost count is not told, and its mail may go out under the other "
            "sender; no ordinary sender does so.",
            tuple(taken),
        ),
    )


def _opened(exchange: Exchange) -> bool:
    verb = exchange.command.verb if exchange.command else ""
    return verb == "MAIL" and exchange.reply is not None and exchange.reply.positive


NULL_SENDER = Rule("null-sender-refused", "mail from <> is refused", _null_sender, ("RFC 5321 4.5.5", "RFC 5321 6.1"))
POSTMASTER = Rule("postmaster-refused", "mail to postmaster is refused", _postmaster, ("RFC 5321 4.5.1",))
GREYLISTED = Rule("greylisted", "the recipient is put off until later", _greylisted, ("RFC 6647",))
SWALLOWED = Rule(
    "unknown-parameter-swallowed", "a parameter that does not exist is accepted", _swallowed, ("RFC 5321 4.1.1.11",)
)
MISREAD = Rule(
    "unknown-parameter-misread", "an unknown parameter gets the wrong code", _misread, ("RFC 5321 4.1.1.11",)
)
TWICE = Rule("mail-twice-accepted", "MAIL inside a transaction is accepted", _twice, ("RFC 5321 3.3", "RFC 5321 4.1.4"))
