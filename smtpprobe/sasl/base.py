"""What every mechanism is: an initial response or none, an answer to each challenge, and one kind of error. Pure."""

from __future__ import annotations

import re
from base64 import b64decode

#: The longest line of an exchange, its CRLF counted (RFC 4954 4).
LONGEST_LINE = 12_288

# Python's own decoder puts up with padding too much.
_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")


class SaslError(Exception):
    """Why an exchange cannot go on: one sentence, which holds no secret."""


class Client:
    """The client's side of one exchange. Nothing secret is public, and nothing of it shows in a repr.

    ``initial`` is what the client may say before it is asked (RFC 4422 3), None where the server speaks first.
    """

    initial: bytes | None = None

    def respond(self, challenge: bytes) -> bytes:
        """The answer to a challenge, both without their base64. Raises SaslError for one that cannot be answered."""
        raise SaslError("The server asks for more than this mechanism has to say.")

    def accepted(self) -> None:
        """Hear that the server lets us in. Raises SaslError where it still owes a proof of its own."""


def decoded(text: bytes) -> bytes:
    """What a challenge says, out of its base64 (RFC 4954 4). Raises SaslError for anything else."""
    if len(text) > LONGEST_LINE:
        raise SaslError(f"The server's challenge is longer than the {LONGEST_LINE:,} octets that RFC 4954 4 allows.")
    if not _BASE64.fullmatch(encoded := text.strip(b" ")):
        raise SaslError("The server's challenge is no base64, which RFC 4954 4 asks for.")
    return b64decode(encoded)


def plain_text(value: str, what: str) -> str:
    """This text, where a mechanism can carry it: not empty, no NUL, and nothing that is not Unicode."""
    if not value:
        raise SaslError(f"There is no {what}, and this mechanism needs one.")
    if "\0" in value:
        raise SaslError(f"The {what} holds a NUL character, which no mechanism can carry: look where it comes from.")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise SaslError(f"The {what} holds octets that are no UTF-8: look where it comes from.") from None
    return value
