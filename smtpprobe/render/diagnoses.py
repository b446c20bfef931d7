"""What `explain` writes as JSON: the structs, and how they are built from a Diagnosis or a Digest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from smtpprobe.diagnosis import Diagnosis, Digest
from smtpprobe.outcome import Reason, Retry, State, Who
from smtpprobe.render.document import Dialect, build_dialect


class Entry(Struct, frozen=True):
    """A code that the item carries, in the catalogue's words."""

    code: str
    name: str
    meaning: str


class Item(Struct, frozen=True):
    """One reply, log event or bounced recipient, explained."""

    input: str
    line: int | None
    code: int | None
    enhanced: str | None
    command: str | None
    reason: Reason
    who: Who
    retry: Retry
    summary: str
    meaning: str
    fix: str
    dialect: Dialect | None
    entries: tuple[Entry, ...]
    references: tuple[str, ...]
    source: str
    state: State
    actor: str
    steps: tuple[str, ...]
    host: str | None
    recipient: str | None
    sender: str | None
    time: str | None


class Counts(Struct, frozen=True):
    """How many events have each reason, reply code and host, the most frequent first; how many lines were read."""

    reason: dict[str, int]
    code: dict[str, int]
    host: dict[str, int]
    events: int
    lines: int
    unread: int
    ungrouped: int


class ItemGroup(Struct, frozen=True):
    """Events with the same reason, codes and wording. ``example`` is the first of them."""

    count: int
    code: int | None
    enhanced: str | None
    reason: Reason
    hosts: dict[str, int]
    example: str


class Explained(Struct, frozen=True):
    """What `explain --format json` writes."""

    schema_version: Literal[1]
    lang: str
    summary: Counts
    groups: tuple[ItemGroup, ...]
    items: tuple[Item, ...]


def build_item(diagnosis: Diagnosis) -> Item:
    """One item."""
    event, meaning = diagnosis.event, diagnosis.meaning
    return Item(
        input=event.given,
        line=event.line or None,
        code=event.code,
        enhanced=event.enhanced,
        command=event.command,
        reason=meaning.reason,
        who=meaning.who,
        retry=meaning.retry,
        summary=meaning.summary,
        meaning=meaning.meaning,
        fix=meaning.steps[-1] if meaning.steps else "",
        dialect=build_dialect(meaning.note.dialect) if meaning.note else None,
        entries=tuple([Entry(named.code, named.name, named.meaning) for named in meaning.named]),
        references=meaning.references,
        source=event.source,
        state=event.state,
        actor=meaning.actor,
        steps=meaning.steps,
        host=event.host or None,
        recipient=event.recipient or None,
        sender=event.sender or None,
        time=event.time or None,
    )


def build_explained(digest: Digest, diagnoses: Sequence[Diagnosis], lang: str = "en") -> Explained:
    """The document: all counted, the groups, and ``diagnoses`` as items."""
    return Explained(
        schema_version=1,
        lang=lang,
        summary=Counts(
            reason={str(reason): number for reason, number in digest.reasons},
            code=dict(digest.codes),
            host=dict(digest.hosts),
            events=digest.events,
            lines=digest.lines,
            unread=digest.unread,
            ungrouped=digest.ungrouped,
        ),
        groups=tuple(
            [
                ItemGroup(
                    count=group.count,
                    code=group.example.event.code,
                    enhanced=group.example.event.enhanced,
                    reason=group.example.meaning.reason,
                    hosts=dict(group.hosts),
                    example=group.example.event.given,
                )
                for group in digest.groups
            ]
        ),
        items=tuple([build_item(one) for one in diagnoses]),
    )
