"""XOAUTH2 and OAUTHBEARER (RFC 7628): a bearer token, and what the server has against it."""

from __future__ import annotations

import re

import msgspec
from msgspec import Struct, field

from smtpprobe.sasl.base import Client, SaslError, plain_text

_SHOWN = 300
# RFC 6750 2.1 (b64token); providers use no other characters.
_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")


class OAuthRefusal(Struct, frozen=True):
    """What a server says of a token that it does not take: untrusted text, each field at most 300 characters.

    ``status`` is an error of RFC 6750 3.1 or an HTTP status, ``schemes`` what it would take, ``scope`` the scope that
    the token needs, ``configuration`` where the authority that issues tokens is described (RFC 7628 3.2.2).
    """

    status: str = ""
    schemes: str = ""
    scope: str = ""
    configuration: str = ""


class _Told(Struct):
    status: str | int = ""
    schemes: str = ""
    scope: str = ""
    configuration: str = field(default="", name="openid-configuration")


class _Bearer(Client):
    """A token in one message; a challenge after it is the server's error, and has one fixed answer."""

    _acknowledgement = b""

    def __init__(self, initial: str) -> None:
        self.initial = initial.encode()
        self.refusal: OAuthRefusal | None = None

    def respond(self, challenge: bytes) -> bytes:
        if self.refusal is not None:
            raise SaslError("The server goes on asking after it has refused the token.")
        self.refusal = refusal_of(challenge)
        return self._acknowledgement


class XOAuth2(_Bearer):
    """XOAUTH2, as Google and Microsoft describe it; an empty line acknowledges an error."""

    def __init__(self, user: str, token: str) -> None:
        super().__init__(f"user={_value(user)}\x01auth=Bearer {_token(token)}\x01\x01")


class OAuthBearer(_Bearer):
    """OAUTHBEARER (RFC 7628 3.1); ``host`` and ``port`` are the server's, as the client named them."""

    # RFC 7628 3.2.3: a client that heard an error sends one octet, and the server then fails the exchange.
    _acknowledgement = b"\x01"

    def __init__(self, user: str, token: str, host: str, port: int) -> None:
        name = _value(user).replace("=", "=3D").replace(",", "=2C")
        super().__init__(f"n,a={name},\x01host={host}\x01port={port}\x01auth=Bearer {_token(token)}\x01\x01")


def refusal_of(challenge: bytes) -> OAuthRefusal:
    """The error in a challenge; without a field where it says none of them, or is not JSON."""
    try:
        told = msgspec.json.decode(challenge, type=_Told)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return OAuthRefusal()
    fields = (told.status, told.schemes, told.scope, told.configuration)
    return OAuthRefusal(*[str(one)[:_SHOWN] for one in fields])


def _value(user: str) -> str:
    if "\x01" in user:
        raise SaslError("The user name holds a control character, which cannot stand in it.")
    return plain_text(user, "user name")


def _token(token: str) -> str:
    if token[:7].lower() == "bearer ":
        raise SaslError("The token begins with the word Bearer: give what follows it alone.")
    if not _TOKEN.fullmatch(plain_text(token, "token")):
        raise SaslError(
            "The token holds characters that an access token cannot have (RFC 6750 2.1): look what was pasted."
        )
    return token
