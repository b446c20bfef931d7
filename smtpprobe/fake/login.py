"""One AUTH exchange: challenges out, responses in, a verdict at the end (RFC 4954 4). Pure."""

from __future__ import annotations

import binascii
from base64 import b64decode

from smtpprobe.fake.personality import Auth, Lines

CHALLENGES: dict[str, tuple[str, ...]] = {
    "LOGIN": ("334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6"),
    "CRAM-MD5": ("334 PDE5MTguNDJAbXguZXhhbXBsZS5vcmc+",),
}


class Login:
    """The exchange of one mechanism. ``challenge`` is the line to send next, None when ``verdict`` is due."""

    def __init__(self, auth: Auth, mechanism: str, initial: str | None) -> None:
        self._auth = auth
        self._mechanism = mechanism
        self._challenges = auth.challenges.get(mechanism) or CHALLENGES.get(mechanism, ("334 ",))
        self._responses: list[str] = []
        if initial is not None:
            self._responses.append("" if initial == "=" else initial)

    @property
    def challenge(self) -> str | None:
        """What the client has to answer next."""
        given = len(self._responses)
        return self._challenges[given] if given < len(self._challenges) else None

    def respond(self, line: str) -> None:
        """Take the client's answer to the last challenge."""
        self._responses.append(line)

    @property
    def verdict(self) -> tuple[Lines, bool]:
        """The reply that ends the exchange, and whether the client is logged in now."""
        try:
            fields = [b64decode(response, validate=True).decode() for response in self._responses]
        except (binascii.Error, ValueError):
            return self._auth.undecodable, False
        if self._mechanism == "PLAIN":
            fields = fields[0].split("\0")[1:]
        welcome = (
            self._mechanism in ("PLAIN", "LOGIN") and len(fields) == 2 and self._auth.users.get(fields[0]) == fields[1]
        )
        return (self._auth.accepted, True) if welcome else (self._auth.failed, False)
