"""Which mechanism: the strongest that both sides know, or the sentence that says why there is none. Pure.

What is chosen is tried once. A refusal is never followed by a weaker mechanism: whoever could refuse on the server's
behalf would learn the password.
"""

from __future__ import annotations

from msgspec import Struct

from smtpprobe.journey import Login
from smtpprobe.outcome import Cause
from smtpprobe.sasl.base import Client, SaslError
from smtpprobe.sasl.md5 import CramMd5, DigestMd5
from smtpprobe.sasl.ntlm import Ntlm
from smtpprobe.sasl.oauth import OAuthBearer, XOAuth2
from smtpprobe.sasl.plain import AskedFor, External, Plain
from smtpprobe.sasl.scram import Scram

_TOKENS = ("OAUTHBEARER", "XOAUTH2")
_PROVED = ("SCRAM-SHA-256", "SCRAM-SHA-1")
_READABLE = ("PLAIN", "LOGIN")
_ON_REQUEST = ("DIGEST-MD5", "NTLM")
_PASSWORDS = (*_PROVED, *_READABLE, "CRAM-MD5", *_ON_REQUEST)

#: All that can be spoken, the best first.
MECHANISMS: tuple[str, ...] = (*_TOKENS, *_PASSWORDS, "EXTERNAL")

# Those whose answer can name another identity than the user's own.
_WITH_IDENTITY = frozenset({"PLAIN", "DIGEST-MD5", "EXTERNAL"})


class NoWay(Struct, frozen=True):
    """Why nothing is tried: the cause, and one sentence that says what to do."""

    cause: Cause
    sentence: str


def choose(offered: tuple[str, ...], login: Login, *, encrypted: bool, verified: bool) -> tuple[str, ...] | NoWay:
    """The mechanisms that would do, the best first; only the first may be tried without being asked for.

    ``offered`` are in upper case. With ``login.mechanism`` it is that one or none. DIGEST-MD5 and NTLM are chosen only
    so. In clear, PLAIN and LOGIN come after CRAM-MD5.
    """
    if not (encrypted and verified) and not login.insecure:
        return NoWay(Cause.AUTH_INSECURE, _insecure(encrypted))
    if login.mechanism is not None:
        return _named(offered, login, login.mechanism.upper())
    ours = _usable(login, encrypted)
    both = tuple([one for one in ours if one in offered])
    return both or NoWay(Cause.AUTH_MECHANISM, _nothing_in_common(offered, ours))


def begin(mechanism: str, login: Login, host: str, port: int) -> Client:
    """The client's side of this mechanism. Raises SaslError where the login has not what it needs."""
    if login.identity and mechanism not in _WITH_IDENTITY:
        raise SaslError(f"{mechanism} cannot carry an identity to act as: leave that out, or use PLAIN.")
    user, password, token = login.user, login.password or "", login.token or ""
    if mechanism in _PROVED:
        return Scram(mechanism, user, password)
    match mechanism:
        case "PLAIN":
            return Plain(user, password, login.identity)
        case "LOGIN":
            return AskedFor(user, password)
        case "CRAM-MD5":
            return CramMd5(user, password)
        case "DIGEST-MD5":
            return DigestMd5(user, password, f"smtp/{host}", login.identity)
        case "NTLM":
            return Ntlm(user, password)
        case "XOAUTH2":
            return XOAuth2(user, token)
        case "OAUTHBEARER":
            return OAuthBearer(user, token, host, port)
        case "EXTERNAL":
            return External(login.identity or user)
    raise SaslError(_unspoken(mechanism))


def _usable(login: Login, encrypted: bool) -> tuple[str, ...]:
    """What this login could use, the best first."""
    tokens = _TOKENS if login.token is not None else ()
    if login.password is not None:
        rest = (*_READABLE, "CRAM-MD5") if encrypted else ("CRAM-MD5", *_READABLE)
        return (*tokens, *_PROVED, *rest)
    return tokens or ("EXTERNAL",)


def _named(offered: tuple[str, ...], login: Login, mechanism: str) -> tuple[str, ...] | NoWay:
    if mechanism not in MECHANISMS:
        return NoWay(Cause.AUTH_MECHANISM, _unspoken(mechanism))
    if mechanism in _TOKENS and login.token is None:
        return NoWay(Cause.AUTH_MECHANISM, f"{mechanism} needs a token: set SMTPPROBE_TOKEN.")
    if mechanism in _PASSWORDS and login.password is None:
        return NoWay(
            Cause.AUTH_MECHANISM, f"{mechanism} needs a password: set SMTPPROBE_PASSWORD, or use --password-file."
        )
    if mechanism not in offered:
        offers = f"The server does not offer {mechanism} here; it offers {_listed(offered)}."
        return NoWay(Cause.AUTH_MECHANISM, f"{offers} Set the client to one of these.")
    return (mechanism,)


def _insecure(encrypted: bool) -> str:
    where = "the server's certificate was not verified" if encrypted else "the connection is not encrypted"
    return (
        f"Nothing secret was sent: {where}, so anyone on the path could read or take over the login. "
        "Mend that first; --insecure-auth logs in all the same."
    )


def _nothing_in_common(offered: tuple[str, ...], ours: tuple[str, ...]) -> str:
    if ours == ("EXTERNAL",):
        return (
            f"Without a password or a token only a client certificate (EXTERNAL) is left, and the server offers "
            f"{_listed(offered)}: give a password or a token."
        )
    on_request = [one for one in offered if one in _ON_REQUEST and "CRAM-MD5" in ours]
    hint = f" {on_request[0]} is used only when asked for: --auth {on_request[0]}." if on_request else ""
    return (
        f"The two sides have no mechanism in common: the server offers {_listed(offered)}, and this login could use "
        f"{_listed(ours)}.{hint}"
    )


def _unspoken(mechanism: str) -> str:
    plain = mechanism.removesuffix("-PLUS")
    if plain != mechanism and plain in MECHANISMS:
        return f"smtpprobe does not bind the login to the TLS channel, so it does not speak {mechanism}: use {plain}."
    return f"smtpprobe does not speak {mechanism[:40]}; it speaks {_listed(MECHANISMS)}."


def _listed(names: tuple[str, ...]) -> str:
    shown = [name[:40] for name in names[:20]]
    return ", ".join(shown) if shown else "none"
