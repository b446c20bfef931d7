"""Octets of a server made into the lines of a personality: what echoes the client becomes a placeholder. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from smtpprobe.fake.heard import Heard
from smtpprobe.fake.words import CUT, PLACEHOLDER
from smtpprobe.model import Transcript
from smtpprobe.render import escape
from smtpprobe.target import TargetError, host_name

Word = tuple[str, str]
"""A text, and the placeholder that stands for it."""

DATE = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), {1,2}[0-9]{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
    r"[0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} (?:[+-][0-9]{4}|GMT|UTC)"
)
PATHS = re.compile(r"(?:FROM|TO):\s*(<[^>]*>|[^\s<>]+)(?:\s+(.*\S))?\s*", re.IGNORECASE | re.DOTALL)
#: What only the probe says: its own words, its random names and the one user it knows.
_OURS = re.compile(r"smtpprobe|\b[0-9a-f]{10}\b|postmaster|\bprobe\b|\bFOO\b|\+ZZ", re.IGNORECASE)
_HELLO = re.compile(r"(250[ -])(\S+)(.*)", re.DOTALL)
#: What a personality takes for a host name.
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}")
_SHORTEST = 3
#: How much of an overlong line a transcript keeps.
LINE_KEPT = 8 * 1024


class Client(Struct, frozen=True):
    """What a server may know of its client, and its own name: ``hostname`` is "" where it has told none."""

    peer: str
    domain: str
    hostname: str


def client(run: Transcript) -> Client:
    """The two sides of this run."""
    return Client(run.source or "", run.ehlo_name, _own_name(run))


def _own_name(run: Transcript) -> str:
    """The server's name in EHLO, else in its greeting: a name with a dot, or one that both of them have."""
    offer, greeting = run.clear or run.encrypted, run.exchanges[0].reply if run.exchanges else None
    greeted = greeting.text.partition(" ")[0] if greeting is not None else ""
    said = offer.domain if offer is not None else ""
    names = [name for name in (said, greeted) if _is_host(name)]
    return next((name for name in names if "." in name or said == greeted), "")


def _is_host(name: str) -> bool:
    """A name, that is, and no address or enhanced status code."""
    try:
        return (
            _HOST.fullmatch(name) is not None
            and host_name(name) == name.lower()
            and not name.replace(".", "").isdigit()
        )
    except TargetError:
        return False


def lines(raw: bytes, octets: int = 0, line_end: bytes = b"\r\n") -> tuple[str, ...]:
    """The reply's lines as a personality has them, still without placeholders; what is no UTF-8 as surrogates.

    ``octets`` is how many there were: of a line over the limit the rest was dropped, and one octet stands for it.
    """
    if not raw:
        return ()
    if octets > len(raw):
        raw = _refilled(raw)
    whole = raw.endswith(line_end)
    pieces = (raw.removesuffix(line_end) if whole else raw).split(line_end)
    text = [piece.decode("utf-8", "surrogateescape") for piece in pieces]
    return tuple(text) if whole else (*text[:-1], text[-1] + CUT)


def _refilled(raw: bytes) -> bytes:
    """With a line end, and one octet too many, wherever one was dropped."""
    found = bytearray()
    while raw:
        end = raw.find(b"\n", 0, LINE_KEPT) + 1
        piece, raw = raw[: end or LINE_KEPT], raw[end or LINE_KEPT :]
        found += piece if end or len(piece) < LINE_KEPT else piece + b"x\r\n"
    return bytes(found)


def plain(text: str) -> str:
    """Text that stands for itself: no placeholder in it, and nothing that a terminal would not show."""
    text = PLACEHOLDER.sub(lambda match: "{octet 7b}" + match[0][1:], text)
    return text if text.isascii() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character == CUT:
        return "{cut}"
    if character.isascii() or escape.terminal(character) == character:
        return character
    return "".join(f"{{octet {octet:02x}}}" for octet in character.encode("utf-8", "surrogateescape"))


def template(text: Sequence[str], words: Sequence[Word], them: Client) -> tuple[str, ...]:
    """These lines with placeholders for the words, for the client's address and name, for ours and for dates."""
    return tuple([_filled(line, [*words, *_everywhere(them)]) for line in text])


def hello(text: Sequence[str], them: Client) -> tuple[str, ...]:
    """A reply to EHLO or HELO: its first word is the server's, and what else is named on that line is the client."""
    first = _HELLO.fullmatch(text[0]) if text else None
    if first is None or first[2] != them.hostname:
        words = [(them.domain, "{domain}")]
        return template(text, words, them)
    rest = _filled(first[3], [*_introduced(them, first[3]), *_everywhere(them)])
    return (f"{first[1]}{{hostname}}{rest}", *template(text[1:], (), them))


def _introduced(them: Client, text: str) -> list[Word]:
    """The name that the client gave. Where that is its address, the name comes first and the address behind it."""
    if them.domain == f"[{them.peer}]" and text.count(them.domain) > 1:
        both = text[text.index(them.domain) : text.rindex(them.domain) + len(them.domain)]
        between = both[len(them.domain) : -len(them.domain)]
        return [(both, f"{{domain}}{plain(between)}[{{peer}}]")]
    return [(them.domain, "{domain}")]


def _everywhere(them: Client) -> list[Word]:
    words = [(them.hostname, "{hostname}"), (them.peer, "{peer}")]
    telling = "." in them.domain and not them.domain.startswith("[")
    return [*words, *([(them.domain, "{domain}")] if telling else [])]


def _filled(text: str, words: Sequence[Word]) -> str:
    meant: dict[str, str] = {}
    for word, placeholder in words:
        if word:
            meant.setdefault(word, placeholder)
    ordered = sorted(meant, key=len, reverse=True)
    known = "|".join([rf"(?<![\w.-]){re.escape(word)}(?![\w-])(?!\.\w)" for word in ordered])
    pattern = re.compile(rf"({DATE.pattern})|({known})" if known else rf"({DATE.pattern})|((?!))")
    pieces, position = [], 0
    for match in pattern.finditer(text):
        pieces.append(plain(text[position : match.start()]))
        pieces.append("{date}" if match[1] else meant[match[2]])
        position = match.end()
    return "".join([*pieces, plain(text[position:])])


def words(one: Heard) -> list[Word]:
    """What of this command its answer may repeat, where a rule gives that answer."""
    argument = one.argument
    if one.verb in ("MAIL", "RCPT") and (match := PATHS.fullmatch(argument)):
        path, rest = match.groups()
        address = path.removeprefix("<").removesuffix(">")
        found = [(argument.partition(":")[2].strip(), "{operand}")] if rest else []
        found += [(path, "{path}"), (address, "{address}")] if path.startswith("<") else [(address, "{address}")]
        return [*found, *([(rest, "{parameter}")] if rest else [])]
    if not argument:
        return [(one.line, "{line}")] if _OURS.search(one.line) else []
    if not _OURS.search(argument):
        return []
    subject = [(argument, "{address}")] if one.verb in ("VRFY", "EXPN") else [(argument, "{argument}")]
    return [(one.line, "{line}"), *subject, *([(argument.lower(), "{topic}")] if argument != argument.lower() else [])]


def parameter_words(parameter: str, limit: str, *, named: bool) -> list[Word]:
    """What the answer to one parameter of MAIL or RCPT may repeat of it; ``named``: also its keyword."""
    keyword, _, value = parameter.partition("=")
    found = [(keyword, "{keyword}")] if named or _OURS.search(keyword) else []
    found += [(parameter, "{parameter}")]
    found += [(value, "{value}")] if len(value) >= _SHORTEST else []
    return [*found, *([(limit, "{limit}")] if len(limit) > _SHORTEST else [])]
