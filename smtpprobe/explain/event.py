"""What every reader of logs, bounces and pasted text is, and gives. No I/O."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec.structs import replace

from smtpprobe import redaction
from smtpprobe.diagnosis import Event

__all__ = ["GIVEN_LIMIT", "LINE_LIMIT", "MESSAGE_LIMIT", "TEXT_LIMIT", "Event", "Reader", "discreet"]

GIVEN_LIMIT = 2_000
TEXT_LIMIT = 8 * 1024
LINE_LIMIT = 64 * 1024
MESSAGE_LIMIT = 1024 * 1024


class Reader(Protocol):
    """Reads one format, line by line, and keeps no more than a bounded number of things between lines."""

    def read(self, line: str, number: int) -> Sequence[Event] | None:
        """The events that this line completes; () for a line of this format that tells nothing; None: not ours.

        ``line`` comes without its line end and is at most 64 KiB long; ``number`` counts from 1.
        """

    def end(self) -> Sequence[Event]:
        """The events that were still waiting for more lines."""


def discreet(event: Event) -> Event:
    """The event without the secrets that its program told. No event leaves the readers otherwise."""
    given = redaction.spoken(event.given, event.code)
    # Most texts are part of what is given, and then clean where that is.
    clean = given is event.given and event.text in given
    text = event.text if clean else redaction.spoken(event.text, event.code)
    command = event.command
    if command is not None and " " in command:
        command = redaction.command(command)
    if text is event.text and given is event.given and command == event.command:
        return event
    return replace(event, text=text[:TEXT_LIMIT], given=given[:GIVEN_LIMIT], command=command)
