"""What stands for what: the table of a run, and a text with examples in place of all that is in it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from ipaddress import ip_address

from msgspec import Struct

from smtpprobe.model import Transcript
from smtpprobe.outcome import Stage

HOST = "mx.example.org"
DOMAIN = "example.org"
_DATE = "Thu, 01 Jan 2026 00:00:00 +0000"
STAMP = "2026-01-01T00:00:00Z"
_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_CLOCK = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?"
_LABEL = r"\w(?:[\w-]{0,61}\w)?"
_TOP = r"(?:(?i:xn--)[A-Za-z0-9-]{1,59}|[^\W\d_]{2,24})"
_NAME = rf"(?:{_LABEL}\.){{1,40}}{_TOP}(?![\w-])"
_DAY_FIRST = rf"[0-9]{{1,2}}[ -]{_MONTH}[ -][0-9]{{4}}"
_MONTH_FIRST = rf"{_MONTH} {{1,2}}[0-9]{{1,2}},? [0-9]{{4}}"
_CTIME = rf"{_DAY} {_MONTH} {{1,2}}[0-9]{{1,2}} {_CLOCK}(?: [A-Z]{{3,5}})? [0-9]{{4}}"
#: A word begins here: after the code of a continued reply too, whose hyphen is none of a name.
_BEGINS = r"(?:(?<![\w.-])|(?<=\b[2-5][0-9][0-9]-))"
FOUND = re.compile(
    r"(?P<code>(?<![\w.-])[2-5][0-9]{2}-(?=\S))"
    rf"|(?P<date>(?:{_DAY},? {{1,2}})?(?:{_DAY_FIRST}|{_MONTH_FIRST}) {_CLOCK}(?: ?(?:[AP]M|[+-][0-9]{{4}}|GMT|UTC|Z))?"
    rf"|{_CTIME})"
    rf"|(?P<stamp>\b[0-9]{{4}}[-/][0-9]{{2}}[-/][0-9]{{2}}(?:[T ]{_CLOCK}(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})?)?)"
    rf"|{_BEGINS}(?P<local>[\w.!#$&'*+/?^`|~-]{{1,64}})@(?P<at>{_NAME}|(?=\[))"
    r"|(?<![\w.:])(?P<v6>(?=[0-9A-Fa-f]*:[0-9A-Fa-f]*:)[0-9A-Fa-f:]{2,39}(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3})?)(?![\w:])"
    r"|(?<![\w.])(?P<v4>[0-9]{1,3}(?:\.[0-9]{1,3}){3})(?![\w]|\.[0-9])"
    rf"|{_BEGINS}(?P<name>{_NAME})"
    rf"|{_BEGINS}(?P<word>[\w-]{{3,200}})"
)
_QUEUE_ID = re.compile(r"[0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4}")
_CHANGES = re.compile(r"[A-Za-z](?=[0-9])|[0-9](?=[A-Za-z])")
_WORD = re.compile(r"[\w.:/+-]+")
_RESERVED = re.compile(r"(?:.*\.)?example\.(?:org|com|net)|localhost(?:\.localdomain)?", re.IGNORECASE)
#: Who everybody may know: the names that the probe itself asks for.
_KNOWN_USERS = frozenset({"postmaster", "probe", "abuse", "hostmaster", "root", "mailer-daemon"})
_HELLOS = ("EHLO", "HELO", "LHLO")
_LONGEST_ID = 200
_MOST_MARKS = 2_000
_SHORTEST_LABEL = 3
#: Labels of many hosts, and words of mail servers, that tell nothing.
_COMMON = frozenset(
    {
        *("mail", "mailer", "mta", "smtp", "smtpd", "esmtp", "lmtp", "mx1", "mx2", "inbound", "outbound", "relay"),
        *("gateway", "server", "host", "www", "com", "org", "net", "local", "test", "example"),
    }
)


class Masks(Struct, frozen=True):
    """What stands for what, in lower case; ``kept`` are words that stay as they are."""

    names: Mapping[str, str]
    addresses: Mapping[str, str]
    users: Mapping[str, str]
    ids: Mapping[str, str]
    kept: frozenset[str]

    def text(self, text: str) -> str:
        """The text with examples in place of names, addresses, users, ids and dates, those unheard-of included."""
        return FOUND.sub(self._masked, text)

    def octets(self, octets: bytes) -> bytes:
        """The same for what came over the wire."""
        return self.text(octets.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")

    def name(self, name: str) -> str:
        """The example for a host name or domain; a reserved name, or one that belongs to the software, stays."""
        lowered = name.lower()
        if lowered in self.kept or _RESERVED.fullmatch(name):
            return name
        return self.names.get(lowered, "host.example.net" if is_name(name) else name)

    def address(self, address: str) -> str:
        """The example for an address; what is none stays."""
        key = canonical(address)
        if key is None or address in self.kept:
            return address
        return self.addresses.get(key, "2001:db8::ffff" if ":" in key else "192.0.2.255")

    def user(self, user: str) -> str:
        return user if user.lower() in _KNOWN_USERS | self.kept else self.users.get(user.lower(), "user")

    def _masked(self, match: re.Match[str]) -> str:
        found: str = match[0]
        if match["code"]:
            return found
        if match["date"] or match["stamp"]:
            return found if found.lower() in self.kept else _DATE if match["date"] else STAMP
        if match["local"]:
            return f"{self.user(match['local'])}@{self.name(match['at']) if match['at'] else ''}"
        if match["v6"] or match["v4"]:
            return self.address(found)
        if match["name"]:
            return self.name(found)
        return self._word(found)

    def _word(self, word: str) -> str:
        lowered = word.lower()
        if lowered in self.kept:
            return word
        return self.names.get(lowered) or self.ids.get(lowered) or ("id" if is_id(word) else word)


def is_name(text: str) -> bool:
    """Is this a host name, and no word with dots in it? The last label tells: it is written in one case."""
    top = text.rpartition(".")[2]
    return top.islower() or top.isupper() or not (top.isascii() or top.istitle())


def is_id(word: str) -> bool:
    """Does this look made up by a machine: letters and digits by turns, hexadecimal, or a long number?"""
    if len(word) < 8 or not any(character.isdigit() for character in word):
        return False
    if _QUEUE_ID.fullmatch(word) or (word.isdigit() and len(word) >= 10):
        return True
    return any(
        len(piece) >= 8 and (len(_CHANGES.findall(piece)) >= 2 or _hexadecimal(piece))
        for piece in re.split("[-_]", word)
    ) or (len(_CHANGES.findall(word)) >= 4 and len(word) >= 12)


def _hexadecimal(piece: str) -> bool:
    return re.fullmatch("[0-9a-f]++", piece) is not None and not piece.isdigit()


def masks(run: Transcript, kept: Iterable[str] = ()) -> Masks:
    """The table for everything that was said in this run. ``kept`` are names that have to stay."""
    told = run.software.version if run.software is not None else None
    # A version of four numbers looks like an address.
    table = _Table(frozenset(word.lower() for word in (*kept, *([told] if told is not None else []))))
    texts = list(_said(run))
    table.own(_own_names(run), run.software.name.lower() if run.software is not None else "")
    for address in (run.route.address if run.route else "", run.source or "", *[c.address for c in run.connections]):
        table.address(address)
    for text in texts:
        for match in FOUND.finditer(text):
            table.add(match)
    stays = {word.lower() for word in _vocabulary(run)}
    ids = {word.lower(): f"id{number}" for number, word in enumerate(_ids(run, texts, stays), 1)}
    kept_words = frozenset((stays - table.names.keys() - table.addresses.keys()) | table.certain)
    return Masks(table.names, table.addresses, table.users, ids, kept_words)


class _Table:
    """The examples given out so far. ``certain`` are words that are no names, whatever they look like."""

    def __init__(self, certain: frozenset[str]) -> None:
        self.certain = certain
        self.names: dict[str, str] = {}
        self.addresses: dict[str, str] = {}
        self.users: dict[str, str] = {}
        self._domain = ""
        self._hosts = self._v4 = self._v6 = 0

    def own(self, names: Iterable[str], software: str) -> None:
        """The server's own names, the first one the best; also the labels that tell whose it is."""
        for name in names:
            lowered = name.lower()
            if _RESERVED.fullmatch(name) or canonical(name) is not None or lowered in self.certain:
                continue
            if not self.names:
                self._domain = lowered.partition(".")[2] if lowered.count(".") > 1 else ""
            self.names.setdefault(lowered, HOST if not self.names else f"mx{len(self.names) + 1}.{DOMAIN}")
        host, *domain = next(iter(self.names), "").split(".")
        telling = [(host, "mx")] if domain else []
        telling += [(domain[-2], "example")] if len(domain) > 1 else []
        for label, example in telling:
            if len(label) >= _SHORTEST_LABEL and label not in _COMMON and label not in software:
                self.names.setdefault(label, example)

    def add(self, match: re.Match[str]) -> None:
        """What was found in a text."""
        if match[0].lower() not in self.certain:
            self.address(match["v4"] or match["v6"])
        user, name = match["local"], match["name"] or match["at"]
        if user and user.lower() not in _KNOWN_USERS and len(self.users) < _MOST_MARKS:
            self.users.setdefault(user.lower(), f"user{len(self.users) + 1}" if self.users else "user")
        if name and is_name(name) and not _RESERVED.fullmatch(name):
            self._name(name.lower())

    def address(self, text: str | None) -> None:
        address = canonical(text)
        if address is None or address in self.addresses:
            return
        if ":" in address:
            self._v6 += 1
            self.addresses[address] = f"2001:db8::{min(self._v6, 0xFFFE):x}"
        else:
            self._v4 += 1
            self.addresses[address] = f"192.0.2.{min(self._v4, 254)}"

    def _name(self, name: str) -> None:
        """A number for every host but the server itself, below its domain where it is below the server's."""
        if name in self.names or name in self.certain or self._hosts >= _MOST_MARKS:
            return
        if name == self._domain:
            self.names[name] = DOMAIN
            return
        self._hosts += 1
        below = self._domain and name.endswith(f".{self._domain}")
        self.names[name] = f"host{self._hosts}.{DOMAIN if below else 'example.net'}"


def _said(run: Transcript) -> Iterator[str]:
    for exchange in run.exchanges:
        if exchange.command is not None:
            yield exchange.command.line.decode("utf-8", "surrogateescape")
        if exchange.reply is not None:
            yield exchange.reply.raw.decode("utf-8", "surrogateescape")
    for facts in (run.tls, *[one.tls for one in run.connections]):
        if facts is not None and facts.certificate is not None:
            yield " ".join((facts.certificate.subject, facts.certificate.issuer, *facts.certificate.names))


def _own_names(run: Transcript) -> list[str]:
    """The names that the server goes by, the one in EHLO first."""
    greeting = run.exchanges[0].reply if run.exchanges else None
    first = greeting.text.split(" ")[0] if greeting is not None else ""
    offers = [offer.domain for offer in (run.clear, run.encrypted) if offer is not None]
    route = run.route.host if run.route is not None else ""
    names = [*offers, *([first] if "." in first or first in offers else []), run.target.host, route, run.sni or ""]
    return list(dict.fromkeys([name for name in names if re.fullmatch(r"[\w.-]{1,253}", name)]))


def _vocabulary(run: Transcript) -> set[str]:
    """Words that are no secret: what the probes say, and what EHLO announces."""
    found: set[str] = set()
    for exchange in run.exchanges:
        command = exchange.command
        if command is not None and exchange.probe not in (None, "command") and command.verb not in _HELLOS:
            line = command.line.decode("utf-8", "replace")
            found.update((*_WORD.findall(line), *re.findall(r"[\w-]+", line)))
    for offer in (run.clear, run.encrypted):
        for keyword in offer.keywords if offer is not None else ():
            found.update((keyword.keyword, *keyword.arguments))
    return found


def canonical(address: str | None) -> str | None:
    """An address in its one spelling; None for what is none, as for a time of day."""
    try:
        return str(ip_address(address.partition("%")[0])) if address else None
    except ValueError:
        return None


def _ids(run: Transcript, texts: Iterable[str], stays: set[str]) -> list[str]:
    """What looks like an id, and what differs between two answers to the same command."""
    found: dict[str, None] = {}
    for text in texts:
        for match in FOUND.finditer(text):
            if match["word"] and len(match["word"]) <= _LONGEST_ID and is_id(match["word"]):
                found[match["word"]] = None
    answers: dict[tuple[bytes, Stage], list[str]] = {}
    for one in run.exchanges:
        if one.reply is not None and one.reply.code != 334:
            words = _WORD.findall(one.reply.raw.decode("utf-8", "surrogateescape"))
            asked = (one.command.line if one.command is not None else b"", one.stage)
            before = answers.setdefault(asked, words)
            if len(words) == len(before):
                for pair in zip(before, words, strict=True):
                    if pair[0] != pair[1] and all(len(w) > 3 and any(c.isdigit() for c in w) for w in pair):
                        found.update(dict.fromkeys(pair))
    return [word for word in found if word.lower() not in stays][:_MOST_MARKS]
