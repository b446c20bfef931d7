"""The mechanisms that hand over what they have: PLAIN, LOGIN, and EXTERNAL, which has nothing to hand over."""

from __future__ import annotations

from smtpprobe.sasl.base import Client, SaslError, plain_text


class Plain(Client):
    """PLAIN: the identity to act as (empty: the user's own), the user and the password in one message (RFC 4616 2)."""

    def __init__(self, user: str, password: str, identity: str = "") -> None:
        fields = [plain_text(user, "user name"), plain_text(password, "password")]
        acting = plain_text(identity, "identity") if identity else ""
        self.initial = "\0".join([acting, *fields]).encode()


class AskedFor(Client):
    """LOGIN: the user, then the password, as they are asked for (draft-murchison-sasl-login).

    The wording of the questions differs from server to server and is not looked at, only their number.
    """

    def __init__(self, user: str, password: str) -> None:
        self._left = [plain_text(user, "user name").encode(), plain_text(password, "password").encode()]

    def respond(self, challenge: bytes) -> bytes:
        if not self._left:
            raise SaslError("The server asks a third question in LOGIN, which knows two: the user and the password.")
        return self._left.pop(0)


class External(Client):
    """EXTERNAL: who the client is was proved by its certificate; ``identity`` whom to act as (RFC 4422 A)."""

    def __init__(self, identity: str = "") -> None:
        self.initial = plain_text(identity, "identity").encode() if identity else b""
