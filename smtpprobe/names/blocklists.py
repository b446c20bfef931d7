"""Questions to blocklists of addresses and of domains (RFC 5782). What a listing means for a mail is told elsewhere.

No list is asked unless it is named: their operators see every question.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from ipaddress import ip_address, ip_network

from smtpprobe.journey import Answer, Listing, Question
from smtpprobe.names.errors import failed
from smtpprobe.names.families import version
from smtpprobe.names.resolver import Resolver
from smtpprobe.outcome import FailureKind

#: Lists of addresses that many receivers ask.
DEFAULT_BLOCKLISTS = ("zen.spamhaus.org", "bl.spamcop.net", "b.barracudacentral.org")
#: Lists of domains.
RHSBLS = ("dbl.spamhaus.org", "multi.surbl.org", "multi.uribl.com")

_REASON_LIMIT = 300
_CODES = ip_network("127.0.0.0/8")
_ERRORS = ip_network("127.255.255.0/24")
_NEVER_LISTED = {4: "127.0.0.1", 6: "::ffff:7f00:1"}  # RFC 5782 5

_DBL = {
    "127.0.1.2": "spam domain",
    "127.0.1.4": "phishing",
    "127.0.1.5": "malware",
    "127.0.1.6": "controls a botnet",
    "127.0.1.102": "an honest domain that spammers abuse",
    "127.0.1.103": "a redirector that spammers abuse",
    "127.0.1.104": "an honest domain that phishers abuse",
    "127.0.1.105": "an honest domain that spreads malware",
    "127.0.1.106": "an honest domain that controls a botnet",
}
_DBL_TAKES_DOMAINS = "127.0.1.255"
# The last octet of an answer is the sum of these.
_BITS = {
    "multi.surbl.org": {8: "phishing", 16: "malware", 64: "seen in spam", 128: "a cracked site"},
    "multi.uribl.com": {2: "seen in spam (black)", 4: "bulk mail (grey)", 8: "in the making (red)"},
}


async def listed(
    resolver: Resolver, zones: Sequence[str], address: str | None, domain: str | None
) -> tuple[Listing, ...]:
    """What these lists say of an address and a domain; all are asked at once. Never raises for what the DNS says.

    The usual lists are asked about what they hold, any other about both. ``failure`` is set where a list did not
    answer, or names everything, as one does that was given up. Codes that are errors stay as they are.
    """
    asked = [(zone.lower().rstrip("."), subject) for zone in zones for subject in (address, domain) if subject]
    wanted = dict.fromkeys(pair for pair in asked if _holds(*pair))
    return tuple(await asyncio.gather(*(_ask(resolver, zone, subject) for zone, subject in wanted)))


def _holds(zone: str, subject: str) -> bool:
    if version(subject):
        return zone not in RHSBLS
    return zone not in DEFAULT_BLOCKLISTS and not subject.startswith("[")


async def _ask(resolver: Resolver, zone: str, subject: str) -> Listing:
    name = f"{_label(subject)}.{zone}"
    answer = await resolver.ask(Question(name, "A"))
    if answer.failure is not None and answer.failure.kind is not FailureKind.NO_SUCH_NAME:
        return Listing(zone, subject, failure=answer.failure)
    if not answer.records:
        return Listing(zone, subject)
    number = version(subject)
    control = f"{_label(_NEVER_LISTED[number]) if number else 'invalid'}.{zone}"
    told, controlled = await asyncio.gather(resolver.ask(Question(name, "TXT")), resolver.ask(Question(control, "A")))
    failure = None
    if _listings(answer) and _listings(controlled):
        detail = f"{zone} lists even what no list may name, as one does that was given up"
        failure = failed(FailureKind.DNS, detail)
    elif _DBL_TAKES_DOMAINS in answer.records:
        failure = failed(FailureKind.DNS, f"{zone} takes no addresses")
    words = [*_meanings(zone, _listings(answer)), "; ".join(told.records)[:_REASON_LIMIT]]
    return Listing(zone, subject, answer.records, "; ".join(filter(None, words)), failure)


def _label(subject: str) -> str:
    """An address turned around, by octets or by nibbles (RFC 5782 2.1, 2.4); a domain as it is."""
    if not version(subject):
        return subject.lower().rstrip(".")
    reverse = ip_address(subject).reverse_pointer
    return reverse.removesuffix(".in-addr.arpa").removesuffix(".ip6.arpa")


def _listings(answer: Answer) -> list[str]:
    """The codes that are listings, and no errors or anything else."""
    codes = [(code, ip_address(code)) for code in answer.records]
    return [code for code, at in codes if at in _CODES and at not in _ERRORS and code != "127.0.0.1"]


def _meanings(zone: str, codes: Sequence[str]) -> list[str]:
    """What the codes of the usual lists of domains stand for."""
    if zone == "dbl.spamhaus.org":
        return [_DBL[code] for code in codes if code in _DBL]
    octets = [int(code.rpartition(".")[2]) for code in codes]
    return [words for bit, words in _BITS.get(zone, {}).items() if any(octet & bit for octet in octets)]
