"""Commands that touch no envelope: HELO, EHLO again, HELP, NOOP, RSET, VRFY, EXPN, a verb that does not exist."""

from __future__ import annotations

import re
from collections.abc import Callable

from smtpprobe.model import Capabilities, Known, Observation
from smtpprobe.outcome import Profile, Verdict
from smtpprobe.probes.base import Ask, Conversation, Cost, Place, Probe, answered, command, flat
from smtpprobe.wire import ehlo

TOPICS = 8
_WORD = re.compile(r"\b[A-Z][A-Z0-9]{2,9}\b")
_VERBS = frozenset(
    {"EHLO", "HELO", "LHLO", "MAIL", "RCPT", "DATA", "BDAT", "RSET", "NOOP", "QUIT", "VRFY", "EXPN", "AUTH", "STARTTLS"}
    | {"ETRN", "ATRN", "TURN", "VERB", "DSN", "BURL"}
)


def _one(name: str, line: Callable[[Known, str], str]) -> Callable[[Known, str], Conversation]:
    """A conversation of one command, whose answer is reported as it is."""

    def conversation(known: Known, subject: str) -> Conversation:
        (answer,) = yield Ask((command(line(known, subject)),))
        return answered(name, answer, answer.said, subject)

    return conversation


def _lookup(known: Known, subject: str) -> Cost:
    """Exim calls an unqualified address in VRFY a syntax error; servers without the verb call it unknown."""
    return Cost(refusals=1, unknown=1, syntax=1, nonmail=1, lookups=1)


def topics(known: Known) -> tuple[str, ...]:
    """The verbs that the answer to HELP names, then those among EHLO's keywords; none where HELP was refused."""
    if known.help is None or not known.help.positive:
        return ()
    offers = [offer for offer in (known.clear, known.encrypted) if offer is not None]
    offered = " ".join([k.keyword for offer in offers for k in offer.keywords])
    words = _WORD.findall(known.help.text.upper()) + _WORD.findall(offered)
    named = [word for word in dict.fromkeys(words) if word in _VERBS]
    if known.thorough:
        return tuple(named[:TOPICS])
    return ("MAIL",) if "MAIL" in named else tuple(named[:1])


def compare(
    probe: str, first: Capabilities, second: Capabilities, evidence: tuple[int, ...], one: str, other: str
) -> Observation:
    """Do two EHLO replies promise the same? The detail lists what only ``one`` or the ``other`` of them has."""
    before = {" ".join((k.keyword, *k.arguments)) for k in first.keywords}
    after = {" ".join((k.keyword, *k.arguments)) for k in second.keywords}
    gone, new = sorted(before - after), sorted(after - before)
    if not gone and not new:
        return Observation(probe, "", Verdict.KEPT, "the same keywords", evidence)
    parts = [f"only {one}: {', '.join(gone)}"] if gone else []
    parts += [f"only {other}: {', '.join(new)}"] if new else []
    return Observation(probe, "", Verdict.BROKEN, "; ".join(parts), evidence)


def _ehlo_repeated(known: Known, subject: str) -> Conversation:
    hello = "LHLO" if known.target.lmtp else "EHLO"
    (answer,) = yield Ask((command(f"{hello} {known.ehlo_name}"),))
    if not answer.ok or known.capabilities is None:
        return answered("ehlo-repeated", answer, answer.said)
    again = ehlo.read(answer.reply)
    return (compare("ehlo-repeated", known.capabilities, again, (answer.index,), "the first time", "the second time"),)


def _again(known: Known, subject: str) -> Cost:
    """RFC 5321 4.1.4 lets a client repeat EHLO; OpenSMTPD does not."""
    refused = int(known.software is None or known.software.name == "OpenSMTPD")
    return Cost(refusals=refused, syntax=refused, nonmail=1, ehlos=1)


PROBES = (
    Probe(
        "help",
        "HELP",
        "nothing, or one unknown command",
        _one("help", lambda known, subject: "HELP"),
        flat(Cost(refusals=1, unknown=1, syntax=1, nonmail=1)),
    ),
    Probe(
        "noop",
        "NOOP",
        "nothing",
        _one("noop", lambda known, subject: "NOOP"),
        flat(Cost(nonmail=1, noops=1)),
    ),
    Probe(
        "vrfy-postmaster",
        "VRFY of the one user that every server has",
        "one VRFY; counted by some ban tools where it is refused",
        _one("vrfy-postmaster", lambda known, subject: f"VRFY {known.at('postmaster')}"),
        _lookup,
    ),
    Probe(
        "help-topic",
        "HELP with topics that the server names",
        "nothing, or one refused command for each",
        _one("help-topic", lambda known, subject: f"HELP {subject}"),
        flat(Cost(refusals=1, syntax=1, nonmail=1)),
        subjects=topics,
    ),
    Probe(
        "unknown-verb",
        "a verb that does not exist",
        "one unknown command",
        _one("unknown-verb", lambda known, subject: "SMTPPROBE"),
        flat(Cost(refusals=1, unknown=1, syntax=1, nonmail=1)),
    ),
    Probe(
        "help-unknown",
        "HELP with a topic that does not exist",
        "nothing, or one refused command",
        _one("help-unknown", lambda known, subject: "HELP SMTPPROBE"),
        flat(Cost(refusals=1, unknown=1, syntax=1, nonmail=1)),
        profile=Profile.FULL,
    ),
    Probe(
        "noop-argument",
        "NOOP with an argument, which RFC 5321 4.1.1.9 allows",
        "nothing, or one refused command",
        _one("noop-argument", lambda known, subject: "NOOP smtpprobe"),
        flat(Cost(refusals=1, syntax=1, nonmail=1, noops=1)),
        profile=Profile.FULL,
    ),
    Probe(
        "rset",
        "RSET with no transaction open",
        "nothing",
        _one("rset", lambda known, subject: "RSET"),
        flat(Cost(nonmail=1)),
        profile=Profile.FULL,
    ),
    Probe(
        "vrfy-random",
        "VRFY of a user that does not exist",
        "one VRFY of an unknown user",
        _one("vrfy-random", lambda known, subject: f"VRFY {known.at(known.nonce)}"),
        _lookup,
        profile=Profile.FULL,
    ),
    Probe(
        "vrfy-empty",
        "VRFY without argument",
        "one syntax error",
        _one("vrfy-empty", lambda known, subject: "VRFY"),
        _lookup,
        profile=Profile.FULL,
    ),
    Probe(
        "expn-postmaster",
        "EXPN of the one user that every server has",
        "one EXPN; counted by some ban tools where it is refused",
        _one("expn-postmaster", lambda known, subject: f"EXPN {known.at('postmaster')}"),
        _lookup,
        profile=Profile.FULL,
    ),
    Probe(
        "expn-random",
        "EXPN of a list that does not exist",
        "one EXPN of an unknown list",
        _one("expn-random", lambda known, subject: f"EXPN {known.at(known.nonce)}"),
        _lookup,
        profile=Profile.FULL,
    ),
    Probe(
        "ehlo-repeated",
        "EHLO a second time on the same connection",
        "nothing",
        _ehlo_repeated,
        _again,
        profile=Profile.FULL,
    ),
    Probe(
        "helo",
        "HELO instead of EHLO",
        "one connection without mail",
        _one("helo", lambda known, subject: f"HELO {known.ehlo_name}"),
        flat(Cost(refusals=1, ehlos=1)),
        profile=Profile.FULL,
        place=Place.BEFORE_EHLO,
        subjects=lambda known: () if known.target.lmtp else ("",),
    ),
)
