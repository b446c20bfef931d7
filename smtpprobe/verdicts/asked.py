"""What every verdict asks of names and answers: can this be asked for, is it there, did the DNS fail. Pure.

Nothing here knows what a record means.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address

from smtpprobe.journey import Answer
from smtpprobe.outcome import FailureKind

IpAddress = IPv4Address | IPv6Address

#: The longest name that the DNS carries, as text without its final dot (RFC 1035 2.3.4).
NAME_LIMIT = 253
_LABEL_LIMIT = 63
#: Printable ASCII but for the backslash, which begins an escape wherever names are written.
_LABEL = re.compile(r"[ -\[\]-~]{1,63}")
#: Octets that are no text stand in an answer as ``\xNN``.
_ESCAPED_OCTET = re.compile(r"\\x[89a-fA-F][0-9a-fA-F]")
_WHY = {
    FailureKind.TIMEOUT: "the DNS did not answer in time",
    FailureKind.DNSSEC: "the DNS answer failed its DNSSEC check",
}


def queryable(name: str) -> bool:
    """Can the DNS be asked for this name, which is written without a final dot?"""
    return len(name) <= NAME_LIMIT and all(_LABEL.fullmatch(label) for label in name.split("."))


def is_domain(name: str) -> bool:
    """Is it a name of two labels or more, and no address literal?"""
    return "." in name and not name.startswith("[") and queryable(name)


def absent(answer: Answer) -> bool:
    """Does the name not exist at all (RFC 2308 2.1)?"""
    return answer.failure is not None and answer.failure.kind == FailureKind.NO_SUCH_NAME


def broken(answer: Answer) -> str:
    """Why nothing is known, as half a sentence; empty where the DNS answered, be it with nothing."""
    if answer.failure is None or absent(answer):
        return ""
    return _WHY.get(answer.failure.kind, "the DNS server failed")


def plain(text: str) -> bool:
    """Is a TXT record ASCII to its last octet?"""
    return text.isascii() and not _ESCAPED_OCTET.search(text)


def address_of(text: str) -> IpAddress:
    """An address, an IPv4 one also where IPv6 only carries it (``::ffff:192.0.2.1``). Raises ValueError."""
    address = ip_address(text)
    return getattr(address, "ipv4_mapped", None) or address


def addresses(answer: Answer) -> tuple[IpAddress, ...]:
    """The addresses of an A or AAAA answer; what is none is passed over."""
    found = []
    for record in answer.records:
        try:
            found.append(ip_address(record))
        except ValueError:
            continue
    return tuple(found)


def family(address: IpAddress) -> str:
    """The record type that holds addresses of this kind."""
    return "A" if address.version == 4 else "AAAA"


def mx_hosts(answer: Answer) -> tuple[tuple[int, str], ...]:
    """Preference and host of each MX record, best first; a null MX has the host "" (RFC 7505 3)."""
    found = []
    for record in answer.records:
        preference, _, host = record.strip().partition(" ")
        if preference.isascii() and preference.isdigit() and len(preference) <= 5:
            found.append((int(preference), host.strip().rstrip(".").lower()))
    return tuple(sorted(found))


def under(name: str, domain: str) -> bool:
    """Is a name this domain, or below it?"""
    return name == domain or name.endswith("." + domain)


def listed(words: tuple[str, ...] | list[str]) -> str:
    """Words as a list in a sentence: "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def clipped(text: str, limit: int = 80) -> str:
    """Others' words as they may stand in a sentence."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def published(text: str) -> str:
    """A TXT record as it is written into a zone: in strings of up to 255 octets (RFC 7208 3.3)."""
    return " ".join([f'"{text[start : start + 255]}"' for start in range(0, max(len(text), 1), 255)])
