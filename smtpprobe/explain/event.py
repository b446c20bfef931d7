"""What every reader gives: one thing that happened to a mail, as a program told it, not yet explained. No I/O."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from smtpprobe.model import Exchange
from smtpprobe.outcome import Reason, State

GIVEN_LIMIT = 2_000
TEXT_LIMIT = 8 * 1024


class Event(Struct, frozen=True):
    """One reply, log event, or recipient of a bounce.

    ``source`` names the reader. ``text`` is what is to be explained: a reply's text (lines joined by newlines, the
    enhanced code still in front, the reply code not), or the words of a failure where there is no reply; at most
    TEXT_LIMIT characters. ``enhanced`` is the code as told beside or in it. ``command`` is the command line or the
    verb that was answered, "greeting" for the first reply of a connection, None where it is not known. ``host`` is the
    server that spoke, by name where the name is known, and "" where it is not. ``time`` is the time stamp as written.
    ``reason`` is set only by a reader that knows it from more than the text (a vacation reply is one by its headers).
    ``line`` counts from 1; ``given`` is what a user would recognise it by, at most GIVEN_LIMIT characters.
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


class Reader(Protocol):
    """Reads one format, line by line, and keeps no more than a bounded number of things between lines."""

    def read(self, line: str, number: int) -> Sequence[Event] | None:
        """The events that this line completes; () for a line of this format that tells nothing; None: not ours.

        ``line`` comes without its line end and is at most 64 KiB long; ``number`` counts from 1.
        """

    def end(self) -> Sequence[Event]:
        """The events that were still waiting for more lines."""
