"""What is told of mails, and what it means: the values between the readers of logs and bounces and the renderers.

Frozen structs without behaviour, as in model.py; nothing here reads or explains.
"""

from __future__ import annotations

from msgspec import Struct

from smtpprobe.model import Exchange, Note
from smtpprobe.outcome import Reason, Retry, State, Who


class Event(Struct, frozen=True):
    """One reply, log event, or recipient of a bounce: a thing that happened to a mail, as a program told it.

    ``source`` names the reader. ``text`` is what is to be explained: a reply's text (lines joined by newlines, the
    enhanced code still in front, the reply code not), or the words of a failure where there is no reply; at most
    8 KiB. ``enhanced`` is the code as told beside or in it. ``command`` is the command line or the verb that was
    answered, "greeting" for the first reply of a connection, None where it is not known. ``host`` is the server that
    spoke, by name where the name is known, and "" where it is not. ``time`` is the time stamp as written.
    ``reason`` is set only by a reader that knows it from more than the text (a vacation reply is one by its headers).
    ``line`` counts from 1; ``given`` is what a user would recognise it by, at most 2,000 characters.
    ``context`` are the exchanges of the same dialogue up to and including this reply.
    """

    source: str
    text: str
    code: int | None = None
    enhanced: str | None = None
    command: str | None = None
    host: str = ""
    recipient: str = ""
    sender: str = ""
    time: str = ""
    state: State = State.UNKNOWN
    reason: Reason | None = None
    line: int = 0
    given: str = ""
    context: tuple[Exchange, ...] = ()


class Named(Struct, frozen=True):
    """A code that was told, in the catalogue's words."""

    code: str
    name: str
    meaning: str
    reference: str


class Meaning(Struct, frozen=True):
    """What an event means, whomever it happened to.

    ``summary`` says in one sentence what happened; ``steps`` what to do, in their order. ``actor`` says in words who
    must act, ``who`` in the closed list. ``shape`` is the text without what differs from mail to mail; events of one
    shape, reason and code are of one group.
    """

    reason: Reason
    summary: str
    meaning: str
    steps: tuple[str, ...]
    retry: Retry
    who: Who
    actor: str
    named: tuple[Named, ...]
    note: Note | None
    references: tuple[str, ...]
    shape: str


class Diagnosis(Struct, frozen=True):
    """One event, and what it means."""

    event: Event
    meaning: Meaning


class Group(Struct, frozen=True):
    """Events of one kind: how many, on which hosts (the most frequent first), and the first of them."""

    count: int
    hosts: tuple[tuple[str, int], ...]
    example: Diagnosis


class Digest(Struct, frozen=True):
    """Many events, counted. The counts and the groups stand with the most frequent first.

    ``unread`` is how many lines were not recognised, out of ``lines``; ``ungrouped`` how many events came after there
    was no room left for another group.
    """

    events: int
    lines: int
    unread: int
    reasons: tuple[tuple[Reason, int], ...]
    codes: tuple[tuple[str, int], ...]
    hosts: tuple[tuple[str, int], ...]
    groups: tuple[Group, ...]
    ungrouped: int
    first: str
    last: str
