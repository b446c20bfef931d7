"""SPF macros: whether a text with macros is well formed, and what it expands to (RFC 7208 7). Pure.

Knows nothing of mechanisms. ``%{p}`` needs the DNS, so its value is handed in.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from msgspec import Struct

from smtpprobe.verdicts.asked import NAME_LIMIT, IpAddress

_TOKEN = re.compile(
    r"%\{(?P<letter>[slodiphcrtvSLODIPHCRTV])(?P<digits>[0-9]*)(?P<reverse>[rR]?)(?P<delimiters>[-.+,/_=]*)\}"
    r"|%(?P<escape>[%_-])|(?P<literal>[!-$&-~]+)|(?P<space> )"
)
_TOPLABEL = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9-]*[A-Za-z0-9])?")
_ESCAPES = {"%": "%", "_": " ", "-": "%20"}


class MacroError(Exception):
    """A text breaks the grammar of RFC 7208 7.1; its argument is half a sentence that says where."""


class Values(Struct, frozen=True):
    """What the macro letters stand for (RFC 7208 7.2). ``validated`` is ``%{p}``; ``now`` is in seconds."""

    sender: str
    local: str
    origin: str
    domain: str
    address: IpAddress
    helo: str
    validated: str = ""
    receiver: str = "unknown"
    now: int = 0

    def of(self, letter: str) -> str:
        """The value of one letter in lower case."""
        match letter:
            case "s":
                return self.sender
            case "l":
                return self.local
            case "o":
                return self.origin
            case "d":
                return self.domain
            case "i":
                return dotted(self.address)
            case "p":
                return self.validated
            case "v":
                return "in-addr" if self.address.version == 4 else "ip6"
            case "h":
                return self.helo
            case "c":
                return str(self.address)
            case "r":
                return self.receiver
        return str(self.now)


def dotted(address: IpAddress) -> str:
    """An address as ``%{i}`` writes it: an IPv6 one as 32 digits with dots between."""
    return str(address) if address.version == 4 else ".".join(f"{int(address):032X}")


def check_macros(text: str) -> None:
    """Is it a macro-string? Raises MacroError."""
    _tokens(text, spaces=False)


def check_domain(text: str) -> None:
    """Is it a domain-spec, which ends in a top label or a macro (RFC 7208 7.1)? Raises MacroError."""
    if not text:
        raise MacroError("names no domain")
    tokens = _tokens(text, spaces=False)
    for token in tokens:
        if (token["letter"] or "").lower() in ("c", "r", "t"):
            raise MacroError(f"uses {token[0]}, which only an explanation may")
    if tokens[-1]["literal"] is None:
        return
    before, dot, last = tokens[-1][0].removesuffix(".").rpartition(".")
    if not dot and not before:
        raise MacroError(f'ends in "{text[-40:]}", which is no domain name of two labels or more')
    if not _TOPLABEL.fullmatch(last) or last.isdigit():
        raise MacroError(f'ends in "{last[-40:]}", which no domain name can end in')


def uses_validated(text: str) -> bool:
    """Does it hold ``%{p}``? The text is well formed."""
    return any((token["letter"] or "").lower() == "p" for token in _tokens(text, spaces=True))


def expand(text: str, values: Values) -> str:
    """The text with its macros replaced; spaces are allowed, as an explanation has them. Raises MacroError."""
    return "".join([_expanded(token, values) for token in _tokens(text, spaces=True)])


def expand_domain(text: str, values: Values) -> str:
    """The name that a domain-spec stands for, in lower case, cut from the left to fit the DNS (RFC 7208 7.3)."""
    name = expand(text, values).removesuffix(".").lower()
    while len(name) > NAME_LIMIT and "." in name:
        name = name.partition(".")[2]
    return name


def _tokens(text: str, *, spaces: bool) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    position = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None or (token["space"] and not spaces):
            raise MacroError(f'cannot be read from "{text[position : position + 12]}" on')
        if token["digits"] and not token["digits"].strip("0"):
            raise MacroError(f"asks for no part at all in {token[0][:12]}")
        found.append(token)
        position = token.end()
    return found


def _expanded(token: re.Match[str], values: Values) -> str:
    if token["escape"]:
        return _ESCAPES[token["escape"]]
    letter = token["letter"]
    if letter is None:
        return token[0]
    value = values.of(letter.lower())
    if token["digits"] or token["reverse"] or token["delimiters"]:
        value = _transformed(value, token)
    return quote(value, safe="") if letter.isupper() else value


def _transformed(value: str, token: re.Match[str]) -> str:
    parts = re.split(f"[{re.escape(token['delimiters'] or '.')}]", value)
    if token["reverse"]:
        parts.reverse()
    if digits := token["digits"].lstrip("0"):
        # More than three digits are more parts than any name has.
        parts = parts[-int(digits[:4]) :]
    return ".".join(parts)
