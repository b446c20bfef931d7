"""What is read of a JSON document: only the fields that matter, each with what an older document would have meant.

Fields that are not known are passed over; what does not fit is refused in one sentence.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from smtpprobe.changes.facts import DocumentError
from smtpprobe.outcome import Outcome, TlsMode, Verdict

T = TypeVar("T")

VERSION_READ = 1
LARGEST = 64 << 20


def check_size(document: bytes) -> None:
    """Raise DocumentError for more than any report holds."""
    if len(document) > LARGEST:
        raise DocumentError("the report is larger than 64 MiB: give fewer servers at a time.")


def check_version(document: bytes) -> None:
    """Raise DocumentError for what is no document of ours, or one that another version wrote."""

    class Head(Struct):
        schema_version: Any = None

    version = decode(document, Head).schema_version
    if version is None:
        raise DocumentError(
            "it has no schema_version, so it is no report: write one with smtpprobe probe --format json."
        )
    if version != VERSION_READ:
        shown = repr(version)[:40]
        raise DocumentError(
            f"its schema_version is {shown}, and this smtpprobe reads {VERSION_READ}: use the version that wrote it."
        )


def decode(document: bytes, type: type[T]) -> T:
    """JSON as this type, or a DocumentError that says where it does not fit."""
    try:
        return msgspec.json.decode(document, type=type)
    except msgspec.ValidationError as error:
        raise DocumentError(f"it does not have the shape of a report: {str(error)[:200]}.") from None
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"it is not JSON: {str(error)[:200]}.") from None


class Target(Struct):
    """What was probed."""

    text: str = ""
    host: str = ""
    port: int = 0
    tls: str = TlsMode.STARTTLS


class Failure(Struct):
    """Why there was no reply."""

    stage: str = ""
    kind: str = ""
    detail: str = ""


class Software(Struct):
    """What it was recognised as."""

    name: str = ""
    version: str | None = None


class Capability(Struct):
    """One keyword, and what came of its promise."""

    keyword: str
    arguments: tuple[str, ...] = ()
    verdict: str = Verdict.UNTESTED


class Capabilities(Struct):
    """The keywords in each TLS state."""

    clear: tuple[Capability, ...] = ()
    tls: tuple[Capability, ...] | None = None


class Certificate(Struct):
    """What a client sees of it."""

    subject: str = ""
    issuer: str = ""
    names: tuple[str, ...] = ()
    not_before: str = ""
    not_after: str = ""
    error: str | None = None


class Tls(Struct):
    """What the handshake agreed on."""

    version: str = ""
    cipher: str = ""
    certificate: Certificate | None = None


class Connection(Struct):
    """One connection."""

    address: str = ""


class Reply(Struct):
    """One reply."""

    code: int | None = None
    enhanced: str | None = None
    lines: tuple[str, ...] = ()


class Exchange(Struct):
    """One command and its reply."""

    stage: str = ""
    probe: str | None = None
    subject: str = ""
    command: str | None = None
    reply: Reply | None = None
    failure: Failure | None = None


class Observation(Struct):
    """What a probe learnt."""

    probe: str
    subject: str = ""
    verdict: str = Verdict.UNTESTED
    evidence: tuple[int, ...] = ()
    stage: str | None = None


class Finding(Struct):
    """One finding."""

    rule: str
    severity: str
    evidence: tuple[int, ...] = ()


class Timing(Struct):
    """Milliseconds by stage."""

    stages: dict[str, float] = {}


class Report(Struct):
    """One run against one server."""

    schema_version: int
    target: Target
    outcome: Outcome
    profile: str = ""
    ehlo_name: str = ""
    source: str | None = None
    verdict: str = ""
    failure: Failure | None = None
    software: Software | None = None
    capabilities: Capabilities = msgspec.field(default_factory=Capabilities)
    tls: Tls | None = None
    connections: tuple[Connection, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    observations: tuple[Observation, ...] = ()
    findings: tuple[Finding, ...] = ()
    timing: Timing = msgspec.field(default_factory=Timing)
