"""CRAM-MD5 (RFC 2195) and DIGEST-MD5 (RFC 2831): challenges answered with MD5, for servers that know no better."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable

from smtpprobe.sasl.base import Client, SaslError, plain_text

_CHALLENGE_LIMIT = 2048
_MOST_DIRECTIVES = 64
# A directive is a token, "=", and a token or a quoted string (RFC 2831 7.2).
_DIRECTIVE = re.compile(
    r'[\s,]*([\w-]{1,40})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))\s*(?=,|\Z)', re.ASCII | re.DOTALL
)
_ONCE = ("nonce", "algorithm")


def _md5(data: bytes = b"") -> hashlib._Hash:
    # Where the system forbids MD5, it forbids it for security; here it is what the server asks for.
    return hashlib.md5(data, usedforsecurity=False)


class CramMd5(Client):
    """CRAM-MD5: the user's name, and the challenge's MD5 keyed with the password (RFC 2195 2)."""

    def __init__(self, user: str, password: str) -> None:
        self._user = plain_text(user, "user name").encode()
        self._password = plain_text(password, "password").encode()
        self._done = False

    def respond(self, challenge: bytes) -> bytes:
        if self._done:
            raise SaslError("The server asks twice in CRAM-MD5, which knows one challenge.")
        if not challenge:
            raise SaslError("The server's CRAM-MD5 challenge is empty, so there is nothing to answer.")
        self._done = True
        digest: Callable[..., hashlib._Hash] = _md5
        return self._user + b" " + hmac.new(self._password, challenge, digest).hexdigest().encode()


class DigestMd5(Client):
    """DIGEST-MD5 without a security layer (qop "auth"): it proves the password, and the server proves it back.

    ``service`` is the protocol and the host (``smtp/mail.example``), ``cnonce`` the client's random part.
    """

    def __init__(self, user: str, password: str, service: str, identity: str = "", cnonce: str = "") -> None:
        self._user = plain_text(user, "user name")
        self._password = plain_text(password, "password")
        self._identity = plain_text(identity, "identity") if identity else ""
        self._service = service
        self._cnonce = cnonce or secrets.token_hex(16)
        self._proof: bytes | None = None
        self._proved = False

    def respond(self, challenge: bytes) -> bytes:
        if self._proof is None:
            return self._prove(_directives(challenge))
        self._check(_directives(challenge))
        return b""

    def accepted(self) -> None:
        if not self._proved:
            raise SaslError("The server took the login without the proof that DIGEST-MD5 asks of it (rspauth).")

    def _prove(self, asked: dict[str, list[str]]) -> bytes:
        for name in _ONCE:
            if len(asked.get(name, [])) != 1:
                raise SaslError(f"The DIGEST-MD5 challenge must say {name} once (RFC 2831 2.1.1), and does not.")
        if asked["algorithm"] != ["md5-sess"]:
            raise SaslError("The DIGEST-MD5 challenge asks for another algorithm than md5-sess (RFC 2831 2.1.1).")
        offered = {one.strip() for value in asked.get("qop", ["auth"]) for one in value.split(",")}
        if "auth" not in offered:
            raise SaslError("The server wants DIGEST-MD5 with a security layer, and only plain login (auth) is spoken.")
        utf8 = asked.get("charset") == ["utf-8"]
        realm, nonce = self._realm(asked.get("realm", [])), asked["nonce"][0]
        secret = b":".join([_hashed(part, utf8) for part in (self._user, realm, self._password)])
        session = _md5(secret).digest() + f":{nonce}:{self._cnonce}".encode()
        if self._identity:
            session += b":" + self._identity.encode()

        def response(method: str) -> str:
            a2 = _md5(f"{method}:{self._service}".encode()).hexdigest()
            a1 = _md5(session).hexdigest()
            return _md5(f"{a1}:{nonce}:00000001:{self._cnonce}:auth:{a2}".encode()).hexdigest()

        self._proof = response("").encode()
        said = [f"username={_quoted(self._user)}", f"realm={_quoted(realm)}" if realm else ""]
        said += [f"nonce={_quoted(nonce)}", f"cnonce={_quoted(self._cnonce)}", "nc=00000001", "qop=auth"]
        said += [f"digest-uri={_quoted(self._service)}", f"response={response('AUTHENTICATE')}"]
        said += ["charset=utf-8" if utf8 else "", f"authzid={_quoted(self._identity)}" if self._identity else ""]
        return _encoded(",".join(filter(None, said)), utf8)

    def _realm(self, offered: list[str]) -> str:
        """The realm that is the domain of the user's name, else the first that the server offers."""
        domain = self._user.rpartition("@")[2].lower()
        return next((one for one in offered if one.lower() == domain), offered[0] if offered else "")

    def _check(self, told: dict[str, list[str]]) -> None:
        proof = told.get("rspauth", [""])[0].encode()
        if self._proved or not hmac.compare_digest(proof, self._proof or b""):
            raise SaslError("The server could not prove that it knows the password, so it may be an impostor.")
        self._proved = True


def _hashed(text: str, utf8: bool) -> bytes:
    """As it goes into the hash: in ISO 8859-1 where that is possible, even under charset=utf-8 (RFC 2831 2.1.2.1)."""
    return _encoded(text, utf8=any(ord(one) > 255 for one in text) and utf8)


def _encoded(text: str, utf8: bool) -> bytes:
    try:
        return text.encode("utf-8" if utf8 else "latin-1")
    except UnicodeEncodeError:
        raise SaslError(
            "The server's DIGEST-MD5 knows no UTF-8, and the user name or the password is beyond ISO 8859-1."
        ) from None


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _directives(challenge: bytes) -> dict[str, list[str]]:
    """The directives of a challenge; those that may come again keep their order."""
    if len(challenge) >= _CHALLENGE_LIMIT:
        raise SaslError(f"The DIGEST-MD5 challenge is not below {_CHALLENGE_LIMIT} octets, as RFC 2831 2.1.1 asks.")
    try:
        text = challenge.decode("utf-8")
    except UnicodeDecodeError:
        text = challenge.decode("latin-1")
    if "\0" in text:
        raise SaslError("The DIGEST-MD5 challenge holds a NUL character.")
    found: dict[str, list[str]] = {}
    position = 0
    for _ in range(_MOST_DIRECTIVES):
        directive = _DIRECTIVE.match(text, position)
        if directive is None:
            break
        name, quoted, token = directive.groups()
        value = re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL) if quoted is not None else token
        found.setdefault(name.lower(), []).append(value)
        position = directive.end()
    if not found or text[position:].strip(" \t\r\n,"):
        raise SaslError("The DIGEST-MD5 challenge is no list of directives (RFC 2831 2.1.1).")
    return found
