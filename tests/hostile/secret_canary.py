"""A password and a token that must never be shown, in every form that they travel in, and the eye that finds them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from urllib.parse import quote

USER = "canary.user@example.org"
PASSWORD = "Zq7!Kestrel-0wl_Canary%42"
TOKEN = "ya29.CANARYtokenWx8Qd3hV5sLq0ZrEoNp"
CHALLENGE = base64.b64encode(b"<1896.697170952@mx.example.org>").decode()

DIGEST = hmac.new(PASSWORD.encode(), base64.b64decode(CHALLENGE), hashlib.md5).hexdigest()


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


PLAIN = b64(f"\0{USER}\0{PASSWORD}")
LOGIN_USER = b64(USER)
LOGIN_PASSWORD = b64(PASSWORD)
CRAM = b64(f"{USER} {DIGEST}")
XOAUTH2 = b64(f"user={USER}\1auth=Bearer {TOKEN}\1\1")
OAUTHBEARER = b64(f"n,a={USER},\1host=mx.example.org\1port=587\1auth=Bearer {TOKEN}\1\1")
SCRAM = b64(f"n,,n={USER},r=rOprNGfwEbeRWgbNEkqO{DIGEST}")

#: What a text about a login writes in its braces.
FORMS = {
    "password": PASSWORD,
    "token": TOKEN,
    "plain": PLAIN,
    "login_user": LOGIN_USER,
    "login_password": LOGIN_PASSWORD,
    "cram": CRAM,
    "xoauth2": XOAUTH2,
    "oauthbearer": OAUTHBEARER,
    "scram": SCRAM,
    "challenge": CHALLENGE,
    "user": USER,
    "space": " ",
    "url_password": quote(PASSWORD, safe=""),
    "half": PLAIN[:30],
    "other_half": PLAIN[30:],
}

#: So many characters of a secret in a row are a leak: the parts of one that was split over lines are longer.
_WINDOW = 9


def _encodings(text: str) -> list[str]:
    """The text, and how it looks in base64 (wherever it begins in a group of three), hex and a URL."""
    octets = text.encode()
    encoded = [base64.b64encode(b"\0" * n + octets).decode()[(0, 2, 3)[n] :].rstrip("=")[:-1] for n in range(3)]
    return [text, text[::-1], octets.hex(), octets.hex(" "), octets.hex(":"), quote(text, safe=""), *encoded]


def _windows(text: str) -> set[str]:
    return {text[i : i + _WINDOW] for i in range(len(text) - _WINDOW + 1)}


_SECRETS: dict[str, set[str]] = {
    "the password": {w for form in _encodings(PASSWORD) for w in _windows(form.casefold())},
    "the token": {w for form in _encodings(TOKEN) for w in _windows(form.casefold())},
    "the CRAM digest": {w for form in _encodings(DIGEST) for w in _windows(form.casefold())},
}
#: How many forms of secrets are looked for.
KINDS = sum(len(_encodings(secret)) for secret in (PASSWORD, TOKEN, DIGEST))

_BASE64 = re.compile(r"[A-Za-z0-9+/]{16,}={0,2}")
_FOLDS = re.compile(r"(?:\\r|\\n|\s|\x1b\[[0-9;]*m|=3D|[│|▸>])+")


def leaks(text: str) -> list[str]:
    """Which secrets show in a text: in clear or encoded, whole or as a part of nine characters, folded or not.

    What is base64 in it (a document's ``raw``) is looked into as well.
    """
    found = []
    for shown in _readings(text):
        windows = _windows(shown.casefold())
        found += [f"{name}: {sorted(windows & parts)[0]!r}" for name, parts in _SECRETS.items() if windows & parts]
    return found


def _readings(text: str) -> list[str]:
    readings = [text, _FOLDS.sub("", text)]
    for match in _BASE64.finditer(text):
        body = match[0].rstrip("=")
        readings.append(
            base64.b64decode(body + "=" * (-len(body) % 4) if len(body) % 4 != 1 else body[:-1]).decode("latin-1")
        )
    return readings
