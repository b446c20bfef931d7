"""STARTTLS in its wrong forms, and the verbs that only a trusted peer should have. Never with an argument that acts."""

from __future__ import annotations

from collections.abc import Callable

from smtpprobe.model import Known, Observation
from smtpprobe.outcome import Profile, TlsMode, Verdict
from smtpprobe.probes.base import Ask, Conversation, Cost, Place, Probe, Where, answered, command


def _verb(name: str, line: str) -> Callable[[Known, str], Conversation]:
    def conversation(known: Known, subject: str) -> Conversation:
        (answer,) = yield Ask((command(line),))
        return answered(name, answer, answer.said)

    return conversation


def _starttls_parameter(known: Known, subject: str) -> Conversation:
    """RFC 3207 4: a parameter gets 501. After a 220 the server waits for a handshake, and nothing more is said."""
    (answer,) = yield Ask((command("STARTTLS SMTPPROBE"),))
    verdict = Verdict.ACCEPTED_UNREAD if answer.ok else Verdict.KEPT
    return (Observation("starttls-parameter", "", verdict, answer.said, (answer.index,), answer.exchange.stage),)


def _can_offer_tls(known: Known) -> bool:
    return known.target.tls is not TlsMode.IMPLICIT and not known.encrypted_now


def _one_refusal(known: Known, subject: str) -> Cost:
    return Cost(refusals=1, unknown=1, syntax=1, nonmail=1)


def _if(condition: Callable[[Known], bool]) -> Callable[[Known], tuple[str, ...]]:
    return lambda known: ("",) if condition(known) else ()


PROBES = (
    Probe(
        "starttls-again",
        "STARTTLS inside TLS",
        "one wrong order",
        _verb("starttls-again", "STARTTLS"),
        _one_refusal,
        profile=Profile.FULL,
        where=Where.TLS,
        subjects=_if(lambda known: known.encrypted_now),
    ),
    Probe(
        "starttls-parameter",
        "STARTTLS with a parameter",
        "one syntax error",
        _starttls_parameter,
        _one_refusal,
        profile=Profile.FULL,
        where=Where.CLEAR,
        place=Place.ALONE,
        subjects=_if(lambda known: _can_offer_tls(known) and known.offers("STARTTLS")),
    ),
    Probe(
        "starttls-unannounced",
        "STARTTLS where EHLO does not offer it",
        "one unknown or refused command",
        _verb("starttls-unannounced", "STARTTLS"),
        _one_refusal,
        profile=Profile.FULL,
        where=Where.CLEAR,
        place=Place.ALONE,
        subjects=_if(lambda known: _can_offer_tls(known) and not known.encrypted_now and not known.offers("STARTTLS")),
    ),
    Probe(
        "etrn",
        "ETRN without argument",
        "one syntax error or unknown command",
        _verb("etrn", "ETRN"),
        _one_refusal,
        profile=Profile.FULL,
    ),
    Probe(
        "xclient",
        "XCLIENT without argument",
        "one refused or unknown command",
        _verb("xclient", "XCLIENT"),
        _one_refusal,
        profile=Profile.FULL,
    ),
    Probe(
        "xforward",
        "XFORWARD without argument",
        "one refused or unknown command",
        _verb("xforward", "XFORWARD"),
        _one_refusal,
        profile=Profile.FULL,
    ),
)
