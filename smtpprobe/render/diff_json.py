"""What changed, as JSON: the structs that scripts read, and the one place that builds them from the differences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from smtpprobe import __version__
from smtpprobe.expectation import Change, Difference
from smtpprobe.render.document import Tool
from smtpprobe.render.json import pretty


class ChangeDocument(Struct, frozen=True):
    """One change; ``before`` and ``after`` are null where there was nothing."""

    what: str
    subject: str
    where: Literal["clear", "tls"] | None
    before: str | None
    after: str | None
    words: str


class ServerDocument(Struct, frozen=True):
    """One server; ``undecided`` says why nothing can be said of it."""

    name: str
    undecided: str | None
    changes: tuple[ChangeDocument, ...]


class DiffDocument(Struct, frozen=True):
    """Two sides, as the user called them, and each server that one of them tells of."""

    schema_version: Literal[1]
    tool: Tool
    before: str
    after: str
    servers: tuple[ServerDocument, ...]


def render(differences: Sequence[Difference]) -> str:
    """One document, indented, with a line end."""
    return pretty(build(differences))


def build(differences: Sequence[Difference]) -> DiffDocument:
    """The document. All differences are between the same two sides."""
    sides = (differences[0].before, differences[0].after) if differences else ("", "")
    servers = [ServerDocument(d.name, d.undecided or None, tuple(map(_change, d.changes))) for d in differences]
    return DiffDocument(1, Tool("smtpprobe", __version__), *sides, tuple(servers))


def _change(change: Change) -> ChangeDocument:
    return ChangeDocument(
        what=str(change.what),
        subject=change.subject,
        where=change.where or None,  # type: ignore[arg-type]
        before=change.before,
        after=change.after,
        words=change.words,
    )
