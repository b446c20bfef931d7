"""The messages that a fake server took: the last ones, within limits. Nothing is ever written to disk."""

from __future__ import annotations

from collections import deque
from email import message_from_bytes, policy
from email.message import EmailMessage

from msgspec import Struct

LONGEST = 1 << 20
MOST = 100
LARGEST = 16 << 20


class Message(Struct, frozen=True):
    """One message with its envelope.

    ``connection`` counts from 1, as in the log. ``sender`` and ``recipients`` are addresses without their angle
    brackets. ``content`` is what came, CRLF between its lines and no dot doubled, at most 1 MiB of it; ``size`` is how
    many octets came. ``encrypted``: it came inside TLS.
    """

    connection: int
    sender: str
    recipients: tuple[str, ...]
    content: bytes
    size: int
    encrypted: bool = False

    @property
    def email(self) -> EmailMessage:
        """Headers and body, as the standard library reads them."""
        return message_from_bytes(self.content, policy=policy.default)


class Mailbag:
    """Keeps the last 100 messages, 16 MiB of them at most."""

    def __init__(self) -> None:
        self._messages: deque[Message] = deque()
        self._octets = 0

    def put(self, message: Message) -> None:
        """Keep this one, and let the oldest go where that is too much."""
        self._messages.append(message)
        self._octets += len(message.content)
        while len(self._messages) > MOST or self._octets > LARGEST:
            self._octets -= len(self._messages.popleft().content)

    @property
    def messages(self) -> tuple[Message, ...]:
        """What is kept, the oldest first."""
        return tuple(self._messages)
