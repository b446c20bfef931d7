"""What a script reads of a scan: the structs of a line of JSON and the one place that builds them from a Scanned.

The published schema comes from these structs. A line is a probe's document about one server, with the names that led
there. What the catalogue says of a reply is told by its ids; the prose, which is the same for every server that says
so, is there on demand only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from smtpprobe import scanning
from smtpprobe.outcome import CertificateFault, Outcome, Retry, Severity, Stage, TlsMode, Verdict, Who
from smtpprobe.render import check_document, document, json
from smtpprobe.render.check_document import Expectation
from smtpprobe.render.document import Connection, Failure, Observation, Reply, Software, Target, Timing, Tls, Tool


class Unit(Struct, frozen=True):
    """The server that was asked: a literal address and a port."""

    address: str
    port: int
    tls: TlsMode
    lmtp: bool


class Covered(Struct, frozen=True):
    """Would the certificate that the server showed do for this host? It would where ``fault`` is null."""

    fault: CertificateFault | None
    detail: str


class Named(Struct, frozen=True):
    """A name of the list that leads to the server.

    ``host`` is null where an address was written, ``preference`` where no MX was asked, ``covered`` where there is no
    host or no certificate.
    """

    text: str
    host: str | None
    preference: int | None
    covered: Covered | None


class Enhanced(Struct, frozen=True):
    """The enhanced status code; all but the code is prose."""

    code: str
    name: str | UnsetType = UNSET
    meaning: str | UnsetType = UNSET
    reference: str | UnsetType = UNSET
    vendor: str | UnsetType | None = UNSET
    vendor_meaning: str | UnsetType | None = UNSET


class Dialect(Struct, frozen=True):
    """Whose wording this is, and what it is about; the rest is prose."""

    vendor: str
    category: str
    meaning: str | UnsetType = UNSET
    fix: str | UnsetType = UNSET


class Note(Struct, frozen=True, rename={"class_": "class"}):
    """What the reply means here: the ids of the catalogue's entries; the rest is prose."""

    code: str
    retry: Retry
    who: Who
    enhanced: Enhanced | None
    dialect: Dialect | None
    name: str | UnsetType = UNSET
    class_: str | UnsetType = UNSET
    meaning: str | UnsetType = UNSET
    when: str | UnsetType = UNSET
    fix: str | UnsetType = UNSET
    advice: tuple[str, ...] | UnsetType = UNSET
    references: tuple[str, ...] | UnsetType = UNSET


class Exchange(Struct, frozen=True):
    """One command and what came of it, as in the report."""

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


class Finding(Struct, frozen=True):
    """What deserves attention; evidence counts exchanges from 0. The advice and its references are prose."""

    rule: str
    severity: Severity
    summary: str
    evidence: tuple[int, ...]
    advice: str | UnsetType = UNSET
    references: tuple[str, ...] | UnsetType = UNSET


class Capability(Struct, frozen=True):
    """One EHLO keyword, as in the report; what it is for is prose."""

    keyword: str
    arguments: tuple[str, ...]
    known: bool
    verdict: Verdict
    detail: str
    reference: str | UnsetType | None = UNSET
    summary: str | UnsetType | None = UNSET


class Capabilities(Struct, frozen=True):
    """What EHLO said in clear and inside TLS; ``tls`` is null where no EHLO was answered inside TLS."""

    clear: tuple[Capability, ...]
    tls: tuple[Capability, ...] | None


class ScanDocument(Struct, frozen=True):
    """One server of a scan, or, where ``unit`` is null, a name that leads to none."""

    schema_version: Literal[1]
    tool: Tool
    started: str
    source: str | None
    unit: Unit | None
    names: tuple[Named, ...]
    names_left_out: int
    attempts: int
    target: Target
    outcome: Outcome
    verdict: str
    failure: Failure | None
    connections: tuple[Connection, ...]
    timing: Timing
    profile: str
    lang: str
    ehlo_name: str
    software: Software | None
    capabilities: Capabilities
    tls: Tls | None
    exchanges: tuple[Exchange, ...]
    observations: tuple[Observation, ...]
    findings: tuple[Finding, ...]
    expectations: tuple[Expectation, ...]


def build(scanned: scanning.Scanned, *, prose: bool = False, lang: str = "en") -> ScanDocument:
    """The document of one server whose notes are in ``lang``; with ``prose`` it has the catalogue's words as well."""
    whole = document.build(scanned.report, lang)
    target = whole.target.text
    return ScanDocument(
        schema_version=1,
        tool=whole.tool,
        started=whole.started,
        profile=whole.profile,
        lang=lang,
        ehlo_name=whole.ehlo_name,
        source=whole.source,
        unit=build_unit(scanned.unit),
        names=build_names(scanned),
        names_left_out=0 if scanned.unit is None else scanned.unit.left_out,
        attempts=scanned.attempts,
        target=whole.target,
        outcome=whole.outcome,
        verdict=whole.verdict,
        failure=whole.failure,
        software=whole.software,
        capabilities=Capabilities(
            _capabilities(whole.capabilities.clear, prose),
            None if whole.capabilities.tls is None else _capabilities(whole.capabilities.tls, prose),
        ),
        tls=whole.tls,
        connections=whole.connections,
        exchanges=tuple([_exchange(one, prose) for one in whole.exchanges]),
        observations=whole.observations,
        findings=tuple([_finding(one, prose) for one in whole.findings]),
        expectations=tuple([check_document.build_expectation(held, target) for held in scanned.held]),
        timing=whole.timing,
    )


def build_unit(unit: scanning.Unit | None) -> Unit | None:
    """The server, as scripts read it."""
    return None if unit is None else Unit(unit.address, unit.port, unit.tls, unit.lmtp)


def build_names(scanned: scanning.Scanned) -> tuple[Named, ...]:
    """The names that lead to the server, each with what the certificate is worth to it."""
    if scanned.unit is None:
        lost = scanned.unresolved
        return () if lost is None else (Named(lost.text, lost.host or None, None, None),)
    judged = {one.host: Covered(one.fault, one.detail) for one in scanned.covered}
    return tuple(
        [Named(one.text, one.host or None, one.preference, judged.get(one.host)) for one in scanned.unit.names]
    )


def name_line(named: scanning.Named, unit: scanning.Unit) -> str:
    """A line of JSON about one name: which server it leads to, by which host."""
    told = {"text": named.text, "host": named.host or None, "preference": named.preference}
    return json.compact({**told, "address": unit.address, "port": unit.port, "tls": unit.tls, "lmtp": unit.lmtp})


def _capabilities(promised: Sequence[document.Capability], prose: bool) -> tuple[Capability, ...]:
    if not prose:
        return tuple([Capability(o.keyword, o.arguments, o.known, o.verdict, o.detail) for o in promised])
    return tuple(
        [Capability(o.keyword, o.arguments, o.known, o.verdict, o.detail, o.reference, o.summary) for o in promised]
    )


def _exchange(one: document.Exchange, prose: bool) -> Exchange:
    return Exchange(
        one.connection,
        one.flight,
        one.stage,
        one.probe,
        one.subject,
        one.command,
        one.elapsed_ms,
        one.reply,
        one.failure,
        None if one.note is None else _note(one.note, prose),
    )


def _note(note: document.Note, prose: bool) -> Note:
    enhanced, dialect = note.enhanced, note.dialect
    if not prose:
        return Note(
            note.code,
            note.retry,
            note.who,
            None if enhanced is None else Enhanced(enhanced.code),
            None if dialect is None else Dialect(dialect.vendor, dialect.category),
        )
    return Note(
        note.code,
        note.retry,
        note.who,
        None
        if enhanced is None
        else Enhanced(
            enhanced.code,
            enhanced.name,
            enhanced.meaning,
            enhanced.reference,
            enhanced.vendor,
            enhanced.vendor_meaning,
        ),
        None if dialect is None else Dialect(dialect.vendor, dialect.category, dialect.meaning, dialect.fix),
        note.name,
        note.class_,
        note.meaning,
        note.when,
        note.fix,
        note.advice,
        note.references,
    )


def _finding(one: document.Finding, prose: bool) -> Finding:
    if not prose:
        return Finding(one.rule, one.severity, one.summary, one.evidence)
    return Finding(one.rule, one.severity, one.summary, one.evidence, one.advice, one.references)
