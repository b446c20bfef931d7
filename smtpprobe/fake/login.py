"""One AUTH exchange: challenges out, responses in, a verdict at the end (RFC 4954 4). Pure."""

from __future__ import annotations

import binascii
import hashlib
import hmac
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
            welcome = self._knows([b64decode(response, validate=True).decode() for response in self._responses])
        except (binascii.Error, ValueError):
            return self._auth.undecodable, False
        return (self._auth.accepted, True) if welcome else (self._auth.failed, False)

    def _knows(self, fields: list[str]) -> bool:
        """Do these responses prove one of the users? The mechanisms without a check here are all refused."""
        if self._mechanism == "PLAIN":
            fields = fields[0].split("\0")[1:]
        elif self._mechanism == "CRAM-MD5":
            fields = list(fields[0].rpartition(" ")[::2])
        if self._mechanism not in ("PLAIN", "LOGIN", "CRAM-MD5") or len(fields) != 2:
            return False
        user, proof = fields
        password = self._auth.users.get(user)
        if self._mechanism == "CRAM-MD5" and password is not None:
            password = self._keyed(password)
        return password == proof

    def _keyed(self, password: str) -> str:
        """The challenge's MD5, keyed with the password (RFC 2195 2)."""
        challenge = b64decode(self._challenges[0][4:])
        return hmac.new(password.encode(), challenge, hashlib.md5).hexdigest()
