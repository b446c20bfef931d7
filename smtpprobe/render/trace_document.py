"""What a script reads of a trace: the structs of the JSON document and the one place that builds them from a Trace.

The published schema comes from these structs. A password, a token and the text of a message have no field here.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from smtpprobe import __version__, journey, model
from smtpprobe.outcome import Cause, Check, Outcome, Retry, Standing, TlsMode, Who
from smtpprobe.render.document import Document, Failure, Tool, build_failure
from smtpprobe.render.document import build as build_report
from smtpprobe.render.timings import milliseconds


class SendingAddress(Struct, frozen=True):
    """The public address that the mail leaves from, and how it is known: ``option``, ``configuration``, ``server``."""

    address: str
    origin: str


class Server(Struct, frozen=True):
    """A server that was named: a smarthost or a submission server."""

    text: str
    host: str
    port: int
    tls: TlsMode


class LocalServer(Struct, frozen=True):
    """How this machine's own mail server would send, as its configuration says."""

    software: str
    ehlo_name: str | None
    relay: Server | None
    lookup_mx: bool
    bind4: str | None
    bind6: str | None
    tls: str
    families: str
    login: bool
    notes: tuple[str, ...]
    evidence: tuple[str, ...]


class User(Struct, frozen=True):
    """Who logged in, and by which mechanism where one was asked for."""

    user: str
    mechanism: str | None


class Message(Struct, frozen=True):
    """The message that was sent: its identifier and its size in octets."""

    message_id: str
    octets: int


class Bounce(Struct, frozen=True):
    """What the bounce told from which the trace began."""

    sender: str | None
    recipient: str | None
    host: str
    reply: str
    summary: str


class DnsAnswer(Struct, frozen=True):
    """One question to the DNS and what it said; ``authentic`` is null where DNSSEC was not asked for."""

    name: str
    type: str
    records: tuple[str, ...]
    authentic: bool | None
    failure: Failure | None
    aliases: tuple[str, ...]
    ttl: int
    elapsed_ms: float


class StsPolicy(Struct, frozen=True):
    """The MTA-STS policy as it was fetched, or why there is none."""

    domain: str
    text: str
    failure: Failure | None
    elapsed_ms: float


class CheckVerdict(Struct, frozen=True):
    """What follows from records and facts; ``result`` is the standard's own word, ``record`` what is published now."""

    check: Check
    subject: str
    standing: Standing
    result: str
    summary: str
    detail: str
    steps: tuple[str, ...]
    who: Who
    record: str
    references: tuple[str, ...]


class Diagnosis(Struct, frozen=True):
    """Why the mail does not arrive, who must do what, and what proves it."""

    summary: str
    who: Who
    steps: tuple[str, ...]
    evidence: tuple[str, ...]
    cause: Cause
    retry: Retry
    where: str
    references: tuple[str, ...]


class Stop(Struct, frozen=True):
    """One stop of the way; ``elapsed_ms`` is 0 where it took no time of its own."""

    name: str
    standing: Standing
    text: str
    elapsed_ms: float


class TraceTiming(Struct, frozen=True):
    """What the walk took; ``slowest_ms`` is its slowest path through what depended on each other."""

    total_ms: float
    slowest_ms: float
    round_trips: int
    dns_queries: int


class TraceDocument(Struct, frozen=True):
    """One walk. ``sender`` is null for the null sender."""

    schema_version: Literal[1]
    tool: Tool
    started: str
    lang: str
    ehlo_name: str
    outcome: Outcome
    recipient: str | None
    sender: str | None
    from_ip: SendingAddress | None
    via: Server | None
    like: LocalServer | None
    login: User | None
    delivery: Message | None
    bounce: Bounce | None
    routes: tuple[Document, ...]
    dns: tuple[DnsAnswer, ...]
    mta_sts_policy: StsPolicy | None
    verdicts: tuple[CheckVerdict, ...]
    diagnosis: Diagnosis
    map: tuple[Stop, ...]
    unseen: tuple[str, ...]
    timing: TraceTiming


def build(trace: journey.Trace) -> TraceDocument:
    """The document of one trace."""
    walk = trace.journey
    return TraceDocument(
        schema_version=1,
        tool=Tool(name="smtpprobe", version=__version__),
        started=trace.started,
        lang="en",
        ehlo_name=trace.ehlo_name,
        outcome=trace.conclusion.outcome,
        recipient=None if walk.recipient is None else walk.recipient.path,
        sender=None if walk.sender is None else walk.sender.path,
        from_ip=None if walk.from_ip is None else SendingAddress(walk.from_ip, trace.origin),
        via=_server(walk.via),
        like=None if walk.like is None else _local(walk.like),
        login=None if walk.login is None else User(walk.login.user, walk.login.mechanism),
        delivery=None
        if walk.delivery is None
        else Message(message_id=walk.delivery.message_id, octets=len(walk.delivery.message)),
        bounce=None
        if walk.hint is None
        else Bounce(walk.hint.sender, walk.hint.recipient, walk.hint.host, walk.hint.reply, walk.hint.summary),
        routes=tuple([build_report(report) for report in trace.routes]),
        dns=tuple([_answer(answer) for answer in trace.answers]),
        mta_sts_policy=None if trace.policy is None else _policy(trace.policy),
        verdicts=tuple([_verdict(ruling) for ruling in trace.rulings]),
        diagnosis=_diagnosis(trace.conclusion),
        map=tuple([Stop(s.name, s.standing, s.text, milliseconds(s.elapsed_ns)) for s in trace.steps]),
        unseen=trace.unseen,
        timing=TraceTiming(
            total_ms=milliseconds(trace.total_ns),
            slowest_ms=milliseconds(trace.slowest_ns),
            round_trips=trace.round_trips,
            dns_queries=trace.dns_queries,
        ),
    )


def _server(target: model.Target | None) -> Server | None:
    return None if target is None else Server(target.text, target.host, target.port, target.tls)


def _local(like: journey.LocalSender) -> LocalServer:
    return LocalServer(
        software=like.software,
        ehlo_name=like.ehlo_name,
        relay=_server(like.relay),
        lookup_mx=like.lookup_mx,
        bind4=like.bind4,
        bind6=like.bind6,
        tls=like.tls,
        families=like.families,
        login=like.login,
        notes=like.notes,
        evidence=like.evidence,
    )


def _answer(answer: journey.Answer) -> DnsAnswer:
    return DnsAnswer(
        name=answer.name,
        type=answer.type,
        records=answer.records,
        authentic=answer.authentic,
        failure=build_failure(answer.failure),
        aliases=answer.aliases,
        ttl=answer.ttl,
        elapsed_ms=milliseconds(answer.elapsed_ns),
    )


def _policy(policy: journey.Policy) -> StsPolicy:
    return StsPolicy(policy.domain, policy.text, build_failure(policy.failure), milliseconds(policy.elapsed_ns))


def _verdict(ruling: journey.Ruling) -> CheckVerdict:
    return CheckVerdict(
        check=ruling.check,
        subject=ruling.subject,
        standing=ruling.standing,
        result=ruling.result,
        summary=ruling.summary,
        detail=ruling.detail,
        steps=ruling.steps,
        who=ruling.who,
        record=ruling.record,
        references=ruling.references,
    )


def _diagnosis(conclusion: journey.Conclusion) -> Diagnosis:
    return Diagnosis(
        summary=conclusion.summary,
        who=conclusion.who,
        steps=conclusion.steps,
        evidence=conclusion.evidence,
        cause=conclusion.cause,
        retry=conclusion.retry,
        where=conclusion.where,
        references=conclusion.references,
    )
