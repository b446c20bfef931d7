"""What a script reads of a check: the structs of the JSON document and the one place that builds them from a Checking.

The published schema comes from these structs. A document is about one server.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from smtpprobe import __version__, expectation
from smtpprobe.outcome import Outcome, Result
from smtpprobe.render import check_parts
from smtpprobe.render.document import Document, Target, Tool
from smtpprobe.render.document import build as build_report
from smtpprobe.render.timings import milliseconds


class Place(Struct, frozen=True):
    """Where something was written: the file as the user named it, and the line from 1."""

    file: str
    line: int


class Measure(Struct, frozen=True):
    """A number that was measured and what it was held to: ``least`` and ``most`` are null where there is no bound."""

    name: str
    value: float
    unit: str
    least: float | None
    most: float | None


class Expectation(Struct, frozen=True):
    """One expectation at one address; ``because`` names the expectation that kept this one from being decided."""

    id: str
    place: Place | None
    target: str
    address: str | None
    host: str | None
    result: Result
    title: str
    expected: str
    got: str
    evidence: tuple[str, ...]
    advice: str
    because: str | None
    measure: Measure | None


class Counts(Struct, frozen=True):
    """How many expectations came out so. ``skipped`` were decided by another one, and are in no other number."""

    met: int
    failed: int
    inconclusive: int
    skipped: int
    not_applicable: int


class Queries(Struct, frozen=True):
    """What was asked of the DNS, and the milliseconds that it took."""

    queries: int
    ms: float


class CheckTiming(Struct, frozen=True):
    """What the server took, all attempts together, in milliseconds."""

    total_ms: float


class CheckDocument(Struct, frozen=True):
    """One server and what it is held to. ``stopped``: the check ended early, with servers left to ask."""

    schema_version: Literal[1]
    tool: Tool
    started: str
    lang: str
    file: str
    name: str
    groups: tuple[str, ...]
    place: Place | None
    target: Target
    outcome: Outcome
    attempts: int
    connections: int
    expectations: tuple[Expectation, ...]
    counts: Counts
    routes: tuple[Document, ...]
    dns: Queries
    timing: CheckTiming
    stopped: bool


def build(checking: expectation.Checking, server: expectation.Checked) -> CheckDocument:
    """The document of one server of a check."""
    sni = next((report.transcript.sni for report in server.reports), None)
    return CheckDocument(
        schema_version=1,
        tool=Tool(name="smtpprobe", version=__version__),
        started=checking.started,
        lang="en",
        file=checking.file,
        name=server.name,
        groups=server.groups,
        place=_place(server.place),
        target=Target(server.target.text, server.target.host, server.target.port, server.target.tls, sni),
        outcome=server.outcome,
        attempts=server.attempts,
        connections=server.connections,
        expectations=tuple([build_expectation(held, server.name) for held in server.held]),
        counts=_counts(server),
        routes=tuple([build_report(report) for report in server.reports]),
        dns=Queries(server.dns_queries, milliseconds(server.dns_ns)),
        timing=CheckTiming(milliseconds(server.elapsed_ns)),
        stopped=checking.stopped,
    )


def _counts(server: expectation.Checked) -> Counts:
    count = check_parts.tally(server)
    return Counts(
        met=count.met,
        failed=count.failed,
        inconclusive=count.inconclusive,
        skipped=count.skipped,
        not_applicable=count.not_applicable,
    )


def _place(place: expectation.Place | None) -> Place | None:
    return None if place is None else Place(place.file, place.line)


def build_expectation(held: expectation.Held, target: str) -> Expectation:
    """One expectation of the server that was named so, as scripts read it."""
    measure = held.measure
    return Expectation(
        id=held.id,
        place=_place(held.place),
        target=target,
        address=held.address or None,
        host=held.host or None,
        result=held.result,
        title=held.title,
        expected=held.expected,
        got=held.got,
        evidence=held.evidence,
        advice=held.advice,
        because=held.because or None,
        measure=None
        if measure is None
        else Measure(measure.name, measure.value, measure.unit, measure.least, measure.most),
    )
