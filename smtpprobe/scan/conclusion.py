"""What follows from what a server said, for conversations that went as they should: who it is, notes, findings.

It is the same for all servers that say the same, so it is worked out once for them. What is kept is bounded.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from smtpprobe import explain, rules
from smtpprobe.catalogue import providers, software
from smtpprobe.model import (
    Capabilities,
    Exchange,
    Failure,
    Finding,
    Known,
    Note,
    Observation,
    Route,
    Software,
    Target,
    TlsFacts,
    Transcript,
)
from smtpprobe.outcome import Outcome, Profile, Stage, TlsMode, Verdict
from smtpprobe.probes import BY_NAME
from smtpprobe.probes.base import Answer
from smtpprobe.probes.promises import joined
from smtpprobe.probes.session import compare
from smtpprobe.rules.conduct import SLOW_NS
from smtpprobe.run.closing import outcome_of
from smtpprobe.wire import ehlo

#: So many conclusions are kept, of conversations in which a server said so much at most.
KEPT = 512
OCTETS = 4 * 1024
_HELP = BY_NAME["help"]


class Conclusion(Struct, frozen=True):
    """What follows from a conversation. ``verdict`` is "" where the failure tells all."""

    clear: Capabilities | None
    encrypted: Capabilities | None
    software: Software | None
    observations: tuple[Observation, ...]
    outcome: Outcome
    notes: tuple[Note | None, ...]
    findings: tuple[Finding, ...]
    verdict: str


class Talk(Struct, frozen=True):
    """A conversation on one connection: the greeting, EHLO, perhaps STARTTLS and EHLO again, HELP, and QUIT.

    It may end with a greeting that is no welcome, or before it; ``failure`` says why there was no conversation.
    """

    target: Target
    route: Route
    name: str
    exchanges: tuple[Exchange, ...]
    tls: TlsFacts | None
    failure: Failure | None


_concluded: OrderedDict[object, Conclusion] = OrderedDict()


def conclude(talk: Talk) -> Conclusion:
    """What follows from it."""
    key = _key(talk)
    if key is None:
        return _conclude(talk)
    known = _concluded.get(key)
    if known is not None:
        _concluded.move_to_end(key)
        return known
    known = _concluded[key] = _conclude(talk)
    if len(_concluded) > KEPT:
        _concluded.popitem(last=False)
    return known


def forget() -> None:
    """Conclude everything anew."""
    _concluded.clear()


def _key(talk: Talk) -> object | None:
    """All that a conclusion looks at; None where that is much, or is a matter of time.

    Of the server's name and address it looks at whose they are, and whether this machine is meant.
    """
    said: list[object] = []
    octets = 0
    for exchange in talk.exchanges:
        reply = exchange.reply
        if reply is None:
            said.append(exchange.failure)
            continue
        octets += reply.octets
        said.append((reply.raw, reply.octets, reply.defects, exchange.failure) if reply.defects else reply.raw)
    if octets > OCTETS or _slow(talk.exchanges):
        return None
    target, tls = talk.target, talk.tls
    return (
        providers.by_host(target.host) if target.host != talk.route.address else None,
        talk.route.address.startswith(("127.", "::1")),
        (target.port, target.tls, target.lmtp, target.mx),
        talk.name,
        talk.failure,
        tls and (tls.version, tls.cipher, tls.certificate, tls.injected),
        *said,
    )


def _slow(exchanges: Sequence[Exchange]) -> bool:
    """Does a finding tell how long the greeting took?"""
    reply = exchanges[0].reply if exchanges else None
    return reply is not None and reply.last_ns - exchanges[0].sent_ns > SLOW_NS


def _conclude(talk: Talk) -> Conclusion:
    target, exchanges = talk.target, talk.exchanges
    hellos = [(i, e) for i, e in enumerate(exchanges) if e.stage is Stage.EHLO]
    offers = [ehlo.read(e.reply) for _, e in hellos if e.reply is not None]
    inside = target.tls is TlsMode.IMPLICIT
    clear = None if inside or not offers else offers[0]
    encrypted = offers[-1] if offers and (inside or len(offers) > 1) else None
    observations: tuple[Observation, ...] = ()
    if clear is not None and encrypted is not None:
        between = compare("ehlo-tls", clear, encrypted, (hellos[-1][0],), "in clear", "inside TLS")
        # TLS may change what is offered (RFC 3207 4.2), so a difference is an answer and no fault.
        observations = (msgspec.structs.replace(between, verdict=Verdict.ANSWERED),)
    known = Known(
        target,
        Profile.EHLO,
        talk.name,
        "",
        greeting=exchanges[0].reply if exchanges else None,
        clear=clear,
        encrypted=encrypted,
        help=next((e.reply for e in exchanges if e.probe == _HELP.name), None),
        software=_recognised(exchanges),
        address=talk.route.address,
    )
    observations += _told_by_help(exchanges, known)
    observations += joined(exchanges, observations, clear, encrypted)
    run = Transcript(
        target=target,
        route=talk.route,
        exchanges=exchanges,
        observations=observations,
        connections=(),
        clear=clear,
        encrypted=encrypted,
        tls=talk.tls,
        software=known.software,
        failure=talk.failure,
        outcome=outcome_of(exchanges[0] if exchanges else None, talk.failure, exchanges),
        started="",
        started_ns=0,
        ended_ns=0,
        profile=Profile.EHLO,
        ehlo_name=talk.name,
        source=None,
        sni=None,
        round_trips=0,
    )
    inside_tls = msgspec.structs.replace(known, encrypted_now=True)
    notes = tuple(
        [explain.annotate(exchanges, i, inside_tls if e.stage is Stage.TLS else known) for i, e in enumerate(exchanges)]
    )
    findings = rules.judge(run)
    verdict = rules.verdict(run, findings)
    return Conclusion(clear, encrypted, known.software, observations, run.outcome, notes, findings, verdict)


def _recognised(exchanges: Sequence[Exchange]) -> Software | None:
    """The software, looked for each time that more is known, until it is found with its version."""
    found: Software | None = None
    greeting = hello = told = ""
    refusals: list[str] = []
    for exchange in exchanges:
        reply = exchange.reply
        if (
            reply is None
            or exchange.stage in (Stage.STARTTLS, Stage.QUIT)
            or (found is not None and found.version is not None)
        ):
            continue
        if exchange.stage is Stage.GREETING:
            greeting = reply.text
        elif exchange.stage is Stage.EHLO:
            if hello:
                continue
            hello = reply.text
        elif reply.refusal:
            refusals.append(f"{reply.code} {reply.text}"[:1000])
            found = software.recognise(greeting, hello, told, refusals) or found
            if found is not None and found.version is not None:
                break
            told = reply.text
        else:
            told = reply.text
        found = software.recognise(greeting, hello, told, refusals) or found
    return found


def _told_by_help(exchanges: Sequence[Exchange], known: Known) -> tuple[Observation, ...]:
    """What the probe learns of its answer."""
    for index, exchange in enumerate(exchanges):
        if exchange.probe == _HELP.name:
            conversation = _HELP.ask(known, "")
            next(conversation)
            try:
                conversation.send((Answer(index, exchange),))
            except StopIteration as stop:
                learnt: tuple[Observation, ...] = stop.value
                return learnt
    return ()
