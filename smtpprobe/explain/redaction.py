"""What must not be shown of a pasted text: what follows an AUTH mechanism, in a command or in its echo."""

from __future__ import annotations

import re

REDACTED = "[redacted]"

_SECRET = re.compile(r"\b(AUTH\s+[A-Z0-9_-]+\s+)\S.*", re.IGNORECASE)
# In a server's words a secret is an echo of the command; names of mechanisms are no secrets.
_ECHO = re.compile(r"\b((?i:AUTH)\s+[\w-]+\s+)(?=\S*[a-z])(?=\S*[A-Z0-9=])[A-Za-z0-9+/]{8,}={0,2}")


def command(line: str) -> str:
    """A command without what follows an AUTH mechanism."""
    return _SECRET.sub(rf"\g<1>{REDACTED}", line)


def spoken(text: str) -> str:
    """A server's words without the initial response that they may echo."""
    return _ECHO.sub(rf"\g<1>{REDACTED}", text)
