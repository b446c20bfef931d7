"""What a Dialogue hands to the Engine: octets, and what to do once they are out."""

from __future__ import annotations

from enum import Enum, auto

from msgspec import Struct


class Then(Enum):
    """What the engine does once the reply is out."""

    STAY = auto()
    CLOSE = auto()
    RESET = auto()
    HANDSHAKE = auto()
    BREAK_HANDSHAKE = auto()
    MESSAGE = auto()


class Envelope(Struct, frozen=True):
    """Who sent a message and who was accepted for it, without angle brackets."""

    sender: str
    recipients: tuple[str, ...]


class Answer(Struct, frozen=True):
    """Octets to send, and what to do then. ``chunk`` is the number of octets to read before (BDAT).

    ``takes`` is the envelope of a message that is taken with this answer.
    """

    octets: bytes
    then: Then = Then.STAY
    chunk: int = 0
    takes: Envelope | None = None
