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
        len(piece) >= 8 and (len(_CHANGES.findall(piece)) >= 2 or re.fullmatch("[0-9a-f]+[a-f][0-9a-f]*", piece))
        for piece in re.split("[-_]", word)
    ) or (len(_CHANGES.findall(word)) >= 4 and len(word) >= 12)


def masks(run: Transcript, kept: Iterable[str] = ()) -> Masks:
    """The table for everything that was said in this run. ``kept`` are names that have to stay."""
    texts = list(_said(run))
    told = run.software.version if run.software is not None else None
    # A version of four numbers looks like an address.
    certain = {word.lower() for word in (*kept, *([told] if told is not None else []))}
    stays = {word.lower() for word in _vocabulary(run)}
    own = _own_names(run)
    names: dict[str, str] = {}
    for name in own:
        if not _RESERVED.fullmatch(name) and canonical(name.strip("[]")) is None:
            names.setdefault(name.lower(), HOST if not names else f"mx{len(names) + 1}.{DOMAIN}")
    domain = own[0].partition(".")[2].lower() if own else ""
    addresses: dict[str, str] = {}
    users: dict[str, str] = {}
    for one in (run.route.address if run.route else "", run.source or "", *[c.address for c in run.connections]):
        _number(addresses, canonical(one))
    for text in texts:
        for match in FOUND.finditer(text):
            if match[0].lower() not in certain:
                _number(addresses, canonical(match["v4"] or match["v6"]))
            if match["local"] and match["local"].lower() not in _KNOWN_USERS:
                users.setdefault(match["local"].lower(), f"user{len(users) + 1}" if users else "user")
            name = (match["name"] or match["at"] or "").lower()
            if (
                name
                and is_name(match["name"] or match["at"])
                and name not in names
                and name not in certain
                and not _RESERVED.fullmatch(name)
            ):
                names[name] = _example_name(name, domain, len(names))
    ids = {word.lower(): f"id{number}" for number, word in enumerate(_ids(run, texts, stays), 1)}
    return Masks(names, addresses, users, ids, frozenset((stays - names.keys() - addresses.keys()) | certain))


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


def _number(addresses: dict[str, str], address: str | None) -> None:
    if address is not None and address not in addresses:
        count = sum(":" in known for known in addresses) if ":" in address else sum("." in one for one in addresses)
        addresses[address] = f"2001:db8::{count + 1:x}" if ":" in address else f"192.0.2.{min(count + 1, 255)}"


def _example_name(name: str, domain: str, number: int) -> str:
    if domain.count(".") and name == domain:
        return DOMAIN
    return f"host{number}.{DOMAIN if domain.count('.') and name.endswith(f'.{domain}') else 'example.net'}"


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
