"""What a script reads: the structs of the JSON document and the one place that builds them from a Report.

The published schema comes from these structs. No encoding, no text for people.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from smtpprobe import __version__, model
from smtpprobe.outcome import (
    CertificateFault,
    ClosedBy,
    Defect,
    FailureKind,
    Outcome,
    Retry,
    Severity,
    Stage,
    TlsMode,
    Verdict,
    Who,
)
from smtpprobe.render.promises import Promise, promises
from smtpprobe.render.timings import elapsed, milliseconds, stage_ticks


class Tool(Struct, frozen=True):
    """The program that wrote the document."""

    name: str
    version: str


class Target(Struct, frozen=True):
    """What the user named, and the name asked for in the TLS handshake."""

    text: str
    host: str
    port: int
    tls: TlsMode
    sni: str | None


class Failure(Struct, frozen=True):
    """Why there was no reply."""

    stage: Stage
    kind: FailureKind
    detail: str


class Software(Struct, frozen=True):
    """The server software as recognised, and by what."""

    name: str
    version: str | None
    evidence: str


class Capability(Struct, frozen=True):
    """One EHLO keyword: what was promised and what a test of it showed."""

    keyword: str
    arguments: tuple[str, ...]
    known: bool
    verdict: Verdict
    detail: str
    reference: str | None
    summary: str | None


class Capabilities(Struct, frozen=True):
    """What EHLO said in clear and inside TLS; ``tls`` is null where no EHLO was answered inside TLS."""

    clear: tuple[Capability, ...]
    tls: tuple[Capability, ...] | None


class Certificate(Struct, frozen=True):
    """The server's certificate; ``error`` says why a client that checks it would not accept it."""

    subject: str
    issuer: str
    names: tuple[str, ...]
    not_before: str
    not_after: str
    days_left: int
    trusted: bool
    error: CertificateFault | None
    detail: str


class Tls(Struct, frozen=True):
    """What the TLS handshake agreed on."""

    version: str
    cipher: str
    certificate: Certificate | None
    injected: bytes


class Connection(Struct, frozen=True):
    """One connection of the run."""

    number: int
    address: str
    port: int
    connect_ms: float
    handshake_ms: float
    round_trips: int
    refusals: int
    closed_by: ClosedBy
    failure: Failure | None


class Reply(Struct, frozen=True):
    """What the server said: its lines as text, its octets in base64."""

    code: int | None
    enhanced: str | None
    lines: tuple[str, ...]
    raw: bytes
    octets: int
    defects: tuple[Defect, ...]


class Enhanced(Struct, frozen=True):
    """What the enhanced status code adds, and what its vendor means by it where that differs."""

    code: str
    name: str
    meaning: str
    reference: str
    vendor: str | None = None
    vendor_meaning: str | None = None


class Dialect(Struct, frozen=True):
    """What this vendor means by this wording."""

    vendor: str
    meaning: str
    fix: str
    category: str


class Note(Struct, frozen=True, rename={"class_": "class"}):
    """What the reply means here and what to do about it."""

    code: str
    name: str
    class_: str
    meaning: str
    when: str
    fix: str
    advice: tuple[str, ...]
    retry: Retry
    who: Who
    enhanced: Enhanced | None
    dialect: Dialect | None
    references: tuple[str, ...]


class Exchange(Struct, frozen=True):
    """One command and what came of it; no command for the greeting and for a reply nobody asked for."""

    connection: int
    flight: int
    stage: Stage
    probe: str | None
    subject: str
    command: str | None
    elapsed_ms: float | None
    reply: Reply | None
    failure: Failure | None
    note: Note | None


class Observation(Struct, frozen=True):
    """What a probe learnt; evidence counts exchanges from 0."""

    probe: str
    subject: str
    verdict: Verdict
    detail: str
    evidence: tuple[int, ...]
    stage: Stage | None


class Finding(Struct, frozen=True):
    """What deserves attention; evidence counts exchanges from 0."""

    rule: str
    severity: Severity
    summary: str
    advice: str
    evidence: tuple[int, ...]
    references: tuple[str, ...]


class Timing(Struct, frozen=True):
    """Where the time went, in milliseconds, by stage."""

    total_ms: float
    round_trips: int
    stages: dict[Stage, float]


class Document(Struct, frozen=True):
    """One run against one server."""

    schema_version: Literal[1]
    tool: Tool
    started: str
    profile: str
    lang: str
    ehlo_name: str
    source: str | None
    target: Target
    outcome: Outcome
    verdict: str
    failure: Failure | None
    software: Software | None
    capabilities: Capabilities
    tls: Tls | None
    connections: tuple[Connection, ...]
    exchanges: tuple[Exchange, ...]
    observations: tuple[Observation, ...]
    findings: tuple[Finding, ...]
    timing: Timing


def build(report: model.Report, lang: str = "en") -> Document:
    """The document of one report whose notes are in ``lang``."""
    run = report.transcript
    return Document(
        schema_version=1,
        tool=Tool(name="smtpprobe", version=__version__),
        started=run.started,
        profile=run.profile,
        lang=lang,
        ehlo_name=run.ehlo_name,
        source=run.source,
        target=Target(
            text=run.target.text,
            host=run.target.host,
            port=run.target.port,
            tls=run.target.tls,
            sni=run.sni,
        ),
        outcome=run.outcome,
        verdict=report.verdict,
        failure=build_failure(run.failure),
        software=None
        if run.software is None
        else Software(
            name=run.software.name,
            version=run.software.version,
            evidence=run.software.evidence,
        ),
        capabilities=Capabilities(
            clear=tuple(_capability(promise) for promise in promises(run, inside_tls=False)),
            tls=None if run.encrypted is None else tuple(_capability(p) for p in promises(run, inside_tls=True)),
        ),
        tls=_tls(run.tls),
        connections=tuple(build_connection(connection) for connection in run.connections),
        exchanges=tuple(_exchange(e, note) for e, note in zip(run.exchanges, report.notes, strict=True)),
        observations=tuple(
            Observation(o.probe, o.subject, o.verdict, o.detail, o.evidence, o.stage) for o in run.observations
        ),
        findings=tuple(
            Finding(f.rule, f.severity, f.summary, f.advice, f.evidence, f.references) for f in report.findings
        ),
        timing=build_timing(run),
    )


def build_timing(run: model.Transcript) -> Timing:
    """Where the time went, as scripts read it."""
    stages = {stage: milliseconds(ticks) for stage, ticks in stage_ticks(run).items()}
    return Timing(milliseconds(run.ended_ns - run.started_ns), run.round_trips, stages)


def build_failure(failure: model.Failure | None) -> Failure | None:
    """A failure as scripts read it."""
    return None if failure is None else Failure(failure.stage, failure.kind, failure.detail)


def _capability(promise: Promise) -> Capability:
    entry = promise.entry
    return Capability(
        keyword=promise.keyword.keyword,
        arguments=promise.keyword.arguments,
        known=entry is not None,
        verdict=promise.verdict,
        detail=promise.detail,
        reference=entry.references[0] if entry and entry.references else None,
        summary=entry.purpose if entry else None,
    )


def _tls(facts: model.TlsFacts | None) -> Tls | None:
    if facts is None:
        return None
    certificate = facts.certificate
    return Tls(
        version=facts.version,
        cipher=facts.cipher,
        certificate=None
        if certificate is None
        else Certificate(
            subject=certificate.subject,
            issuer=certificate.issuer,
            names=certificate.names,
            not_before=certificate.not_before,
            not_after=certificate.not_after,
            days_left=certificate.days_left,
            trusted=certificate.trusted,
            error=certificate.fault,
            detail=certificate.detail,
        ),
        injected=facts.injected,
    )


def build_connection(connection: model.Connection) -> Connection:
    """A connection as scripts read it."""
    return Connection(
        number=connection.number,
        address=connection.address,
        port=connection.port,
        connect_ms=milliseconds(connection.connect_ns),
        handshake_ms=milliseconds(connection.handshake_ns),
        round_trips=connection.round_trips,
        refusals=connection.refusals,
        closed_by=connection.closed_by,
        failure=build_failure(connection.failure),
    )


def _exchange(exchange: model.Exchange, note: model.Note | None) -> Exchange:
    ticks = elapsed(exchange)
    return Exchange(
        connection=exchange.connection,
        flight=exchange.flight,
        stage=exchange.stage,
        probe=exchange.probe,
        subject=exchange.subject,
        command=None if exchange.command is None else exchange.command.text,
        elapsed_ms=None if ticks is None else milliseconds(ticks),
        reply=None if exchange.reply is None else _reply(exchange.reply),
        failure=build_failure(exchange.failure),
        note=None if note is None else build_note(note),
    )


def _reply(reply: model.Reply) -> Reply:
    return Reply(
        code=reply.code,
        enhanced=reply.enhanced,
        lines=tuple(_text(line) for line in reply.texts),
        raw=reply.raw,
        octets=reply.octets,
        defects=reply.defects,
    )


def build_note(note: model.Note) -> Note:
    """A note as scripts read it."""
    return Note(
        code=note.code,
        name=note.name,
        class_=note.class_,
        meaning=note.meaning,
        when=note.when,
        fix=note.fix,
        advice=note.advice,
        retry=note.retry,
        who=note.who,
        enhanced=None if note.enhanced is None else _enhanced(note.enhanced),
        dialect=build_dialect(note.dialect),
        references=note.references,
    )


def build_dialect(dialect: model.DialectNote | None) -> Dialect | None:
    """A vendor's wording as scripts read it."""
    return None if dialect is None else Dialect(dialect.vendor, dialect.meaning, dialect.fix, dialect.category)


def _enhanced(enhanced: model.EnhancedNote) -> Enhanced:
    own = enhanced.vendor or None, enhanced.vendor_meaning or None
    return Enhanced(enhanced.code, enhanced.name, enhanced.meaning, enhanced.reference, *own)


def _text(octets: bytes) -> str:
    return octets.decode("utf-8", "backslashreplace")
