"""What must not be shown of a pasted text: what follows an AUTH mechanism, in a command, alone or in its echo."""

from __future__ import annotations

import re

REDACTED = "[redacted]"

_SECRET = re.compile(r"\b(AUTH\s+[A-Z0-9_-]+\s+)\S.*", re.IGNORECASE)
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4}){0,2048}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
# In a server's words a secret is an echo of the command; names of mechanisms are no secrets.
_ECHO = re.compile(r"\b((?i:AUTH)\s+[\w-]+\s+)(?=\S*[a-z])(?=\S*[A-Z0-9=])[A-Za-z0-9+/]{8,}={0,2}")


def command(line: str) -> str:
    """A command without what follows an AUTH mechanism, be it on the same line or on the next."""
    return REDACTED if _is_encoded(line) else _SECRET.sub(rf"\g<1>{REDACTED}", line)


def spoken(text: str) -> str:
    """A server's words without the initial response that they may echo."""
    return _ECHO.sub(rf"\g<1>{REDACTED}", text)


def _is_encoded(line: str) -> bool:
    """Is it base64 and no verb? A client whose AUTH is refused may go on, and its secrets arrive as commands."""
    verb = line.isalpha() and (line.isupper() or line.islower() or line.istitle())
    return not verb and line != "" and _BASE64.fullmatch(line) is not None
