"""What must not be kept of what was said: the secrets of a login, in a command, alone or in their echo.

Pure, and below everything that records: what is recorded is redacted already. No judgement of what a reply means.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

REDACTED = "[redacted]"

_SECRET = re.compile(r"\b(AUTH\s+[A-Z0-9_-]+\s+)\S.*", re.IGNORECASE | re.DOTALL)
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4}){0,2048}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")

# Where none of these stands, no secret is looked for, but in a URL: most of what is said is about mail.
_HINTS = ("auth", "pass", "pwd", "token", "secret", "login", "bearer", "decod", "syntax", "recogni")
_ABOUT_A_COMMAND = ("unknown command", "bad command", 'command "', "command:", "command from")
# What _NAMED and _SAID cannot do without.
_NAMES = ("pass", "pwd", "token", "secret", "bearer", "apikey", "api_key")
# Replies that complain of a command or of a login, and may quote it whatever their words (RFC 5321 4.2.2, RFC 4954 6).
_COMPLAINTS = frozenset({432, 454, *range(500, 505), *range(530, 539)})

# In a server's words a secret is an echo of the command; names of mechanisms are no secrets.
_ECHO = re.compile(
    r"\b((?i:AUTH)[\s_]{1,9}[\w-]{1,40}?[\s_:]{1,9})(?=\S{0,9000}[a-z])(?=\S{0,9000}[A-Z0-9=])[A-Za-z0-9+/]{8,9000}={0,2}"
)
_NAME = r"(?:password|passwd|passphrase|secret|token|api_?key|\bpass|\bpwd|\bbearer)"
# password=…, "password": "…", --auth-password …; behind a colon prose may go on, as in "wrong password: try again".
_NAMED = re.compile(
    rf"(?P<before>{_NAME}[\"'\\\]]{{0,3}}\s{{0,3}}(?:=>?|:(?!//)(?!\s[A-Za-z]{{1,30}}[.,]?(?:\s[a-z]|\Z)))\s{{0,3}}|"
    rf"--[\w-]{{0,30}}{_NAME}\s)"
    r"(?:\\?(?P<quote>[\"'`])(?:(?!(?P=quote))[^\n]){1,400}|[^\s\"'`)\]}]\S{0,400}?(?=[,;)}>\]\"'.]{0,4}(?:\s|\Z)))",
    re.IGNORECASE,
)
# wrong password 'hunter2', token 1a2b3c4d5e6f expired.
_SAID = re.compile(
    r"(?P<before>\b(?:password|passphrase|secret|token|bearer)\s{1,3}(?:(?:was|is)\s)?)"
    r"(?:(?P<quote>[\"'`])(?:(?!(?P=quote))[^\n]){1,400}|(?!\w{2,12}://)(?=\S{0,400}[0-9])(?=\S{0,400}[A-Za-z])\S{12,400})",
    re.IGNORECASE,
)
# login("ann", "hunter2"), as a frame of a traceback has it.
_CALLED = re.compile(
    r"\b(\w{0,40}(?:auth|login|authenticate|auth_plain|auth_cram_?md5))\([^()\n]{0,200},[^()\n]{1,400}\)", re.IGNORECASE
)
# smtp://user:password@host, also where it is cut before the @: what follows the colon is no port then.
_URL = re.compile(
    r"(?P<before>://[^\s/:\"'<>\[\]]{1,200}:)(?!PORT\b|[0-9]{1,5}(?:[/?.,:;)\"'\s]|\Z))"
    r"(?:[^\s\"'<>]{1,400}(?P<at>@)|[^\s\"'<>/]{1,400})"
)
# An encoded word (RFC 2047) is meant to be read.
_TOKEN = re.compile(r"(?<![A-Za-z0-9+/])(?<!\?[BbQq]\?)(?:[A-Za-z0-9+/]{16,}={0,2}|[A-Za-z0-9+/]{6,15}={1,2}(?![\w=]))")
_JWT = re.compile(r"\beyJ[\w-]{10,9000}(?:\.[\w-]{2,9000}){0,3}")
_HEX = re.compile(r"(?<![0-9A-Za-z])(?:[0-9a-fA-F]{2}){12,4096}(?![0-9A-Za-z])")
_READABLE = re.compile(rb"[\x00\x01\x20-\x7e]{11,}")
_PROMPTS = frozenset({"username", "password", "user name"})

_GRAM = 8
_MOST_SECRETS = 32
_MOST_OCTETS = 12 * 1024


def command(line: str) -> str:
    """A command without what follows an AUTH mechanism, be it on the same line or on the next."""
    return REDACTED if _is_encoded(line) else _SECRET.sub(rf"\g<1>{REDACTED}", line)


def spoken(text: str, code: int | None = None) -> str:
    """The words of a server or a program without the secrets that they may tell. ``code``: they are a reply's."""
    if code == 334:
        # The server's own challenge; base64 is how it is written (RFC 4954 4).
        return text
    lowered = text.lower()
    suspect = code in _COMPLAINTS or _holds(lowered, _HINTS)
    suspect = suspect or ("command" in lowered and _holds(lowered, _ABOUT_A_COMMAND))
    if suspect:
        text = _ECHO.sub(rf"\g<1>{REDACTED}", text)
    if "://" in text:
        text = _URL.sub(rf"\g<before>{REDACTED}\g<at>", text)
    if not suspect:
        return text
    if _holds(lowered, _NAMES):
        text = _SAID.sub(_named, _NAMED.sub(_named, text))
    if "(" in text:
        text = _CALLED.sub(rf"\g<1>({REDACTED})", text)
    text = _JWT.sub(REDACTED, text)
    return _HEX.sub(_decoded_hex, _TOKEN.sub(_decoded, text))


class Secrets:
    """What a client said in secret in one dialogue, so that its echo is known in whatever words it comes.

    Bounded: what is said beyond 32 secrets of 12 KiB is redacted by its form alone.
    """

    def __init__(self) -> None:
        self._grams: set[str] = set()
        self._short: set[str] = set()
        self._count = 0
        self._asks_for_user = False

    def command(self, line: str, *, challenged: bool = False) -> str:
        """The line as it may be recorded. ``challenged``: it answers a 334, so all of it is secret (RFC 4954 4)."""
        if line in ("", "*"):
            return line
        if challenged:
            self._learn(line, readable=not self._asks_for_user)
            self._asks_for_user = False
            return REDACTED
        redacted = command(line)
        if redacted == REDACTED:
            self._learn(line)
        elif redacted != line:
            self._learn(line.rpartition(" ")[2], readable=" LOGIN " not in line[:14].upper())
        self._asks_for_user = line.upper().split() == ["AUTH", "LOGIN"]
        return redacted

    def spoken(self, text: str, code: int | None = None) -> str:
        """A server's words without what was said in secret, whole or in parts."""
        return spoken(self._without(text) if self._count else text, code)

    def octets(self, data: bytes, code: int | None = None) -> bytes:
        """What a server sent without what was said in secret; every other octet stays."""
        return self.spoken(data.decode("latin-1"), code).encode("latin-1")

    def _learn(self, secret: str, *, readable: bool = True) -> None:
        if self._count >= _MOST_SECRETS:
            return
        self._count += 1
        secret = secret[:_MOST_OCTETS]
        for form in {secret, *(_inner(secret) if readable else ())}:
            folded = form.casefold()
            if len(folded) >= _GRAM:
                self._grams.update(folded[i : i + _GRAM] for i in range(len(folded) - _GRAM + 1))
            elif len(folded) >= 4:
                self._short.add(folded)

    def _without(self, text: str) -> str:
        folded = text.casefold() if text.isascii() else "".join(c.lower() if c.isascii() else c for c in text)
        hidden = bytearray(len(folded))
        for i in range(len(folded) - _GRAM + 1):
            if folded[i : i + _GRAM] in self._grams:
                hidden[i : i + _GRAM] = b"\1" * _GRAM
        for word in self._short:
            for found in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", folded):
                hidden[found.start() : found.end()] = b"\1" * len(word)
        if 1 not in hidden:
            return text
        return "".join(_pieces(text, hidden))


def _holds(lowered: str, words: tuple[str, ...]) -> bool:
    for word in words:  # noqa: SIM110  # asked of every event of a log, and twice as fast as any()
        if word in lowered:
            return True
    return False


def _pieces(text: str, hidden: bytearray) -> Iterator[str]:
    start = 0
    for found in re.finditer(rb"\x01+", hidden):
        yield text[start : found.start()]
        yield REDACTED
        start = found.end()
    yield text[start:]


def _inner(secret: str) -> Iterator[str]:
    """What is inside a response: the password, the token or the digest, not the name of the user."""
    try:
        octets = base64.b64decode(secret, validate=True)
    except (binascii.Error, ValueError):
        return
    text = octets.decode("utf-8", "replace")
    bearer = re.search(r"Bearer ([^\x00\x01]{4,})", text)
    digest = re.fullmatch(r".{0,400} ([0-9a-f]{32})", text, re.DOTALL)
    inside = bearer[1] if bearer else digest[1] if digest else text.rpartition("\0")[2]
    yield inside
    yield inside.encode("utf-8", "replace").hex()
    yield octets.hex()
    yield base64.b64encode(inside.encode()).decode().rstrip("=")


def _named(found: re.Match[str]) -> str:
    return f"{found['before']}{found['quote'] or ''}{REDACTED}"


def _decoded(found: re.Match[str]) -> str:
    """The token, unless it is text in base64: a random id is as good as never readable when it is decoded."""
    token = found[0]
    return REDACTED if token.startswith(("TlRMTVNTUAAB", "TlRMTVNTUAAD")) or _is_text(token) else token


def _is_text(token: str) -> bool:
    bare = token.rstrip("=")
    if len(bare) < 16:
        whole = _octets(token) if len(token) % 4 == 0 else b""
        return _is_readable(whole)
    # An echo may begin and end anywhere in a group of four.
    for skipped in range(4):
        cut = bare[skipped:]
        octets = _octets(cut[: len(cut) // 4 * 4])
        if any(re.search(rb"[A-Za-z]", run) for run in _READABLE.findall(octets)) and not _is_prompt(octets):
            return True
    return len(token) % 4 == 0 and _is_readable(_octets(token))


def _octets(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded)
    except binascii.Error:
        return b""


def _is_readable(octets: bytes) -> bool:
    try:
        text = octets.decode()
    except UnicodeDecodeError:
        return False
    return text != "" and all(c.isprintable() or c in "\0\1" for c in text) and not _is_prompt(octets)


def _is_prompt(octets: bytes) -> bool:
    """Is it what every server asks in a LOGIN exchange?"""
    return octets.decode("latin-1").strip(": \0").lower() in _PROMPTS


def _decoded_hex(found: re.Match[str]) -> str:
    octets = bytes.fromhex(found[0])
    return REDACTED if _READABLE.fullmatch(octets) and re.search(rb"[A-Za-z]", octets) else found[0]


def _is_encoded(line: str) -> bool:
    """Is it base64 and no verb? A client whose AUTH is refused may go on, and its secrets arrive as commands."""
    verb = line.isalpha() and (line.isupper() or line.islower() or line.istitle())
    return not verb and line != "" and _BASE64.fullmatch(line) is not None
