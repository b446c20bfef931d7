"""An SPF record, read from its text (RFC 7208 3, 4.5, 4.6.1, 5 and 6). Pure; asks nothing and evaluates nothing."""

from __future__ import annotations

import re
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from msgspec import Struct

from smtpprobe.verdicts.asked import plain
from smtpprobe.verdicts.spf_macros import MacroError, check_domain, check_macros

#: No limit of the RFC's, which asks for 450 octets or so (3.4): what is longer than this is no record but an attack.
RECORD_LIMIT = 16_384
#: Terms that are evaluated by asking the DNS, and count (RFC 7208 4.6.4).
COUNTED = frozenset({"include", "a", "mx", "ptr", "exists", "redirect"})
_MODIFIER = re.compile(r"([A-Za-z][A-Za-z0-9_.-]*)=(.*)", re.DOTALL)
_DIRECTIVE = re.compile(r"([-+?~]?)([A-Za-z][A-Za-z0-9_.-]*)(.*)", re.DOTALL)
_DUAL_CIDR = re.compile(r"(?:/([0-9]{1,4}))?(?://([0-9]{1,4}))?\Z")
_NETWORK = re.compile(r":([0-9A-Fa-f.:]{1,45})(?:/([0-9]{1,4}))?")
_RESULTS = {"+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}
_HINTS = {
    "ipv4": "the mechanism is spelled ip4:",
    "ipv6": "the mechanism is spelled ip6:",
    "ip": "the mechanism is spelled ip4: or ip6:",
    "redirect": "redirect is followed by =, not by :",
    "exp": "exp is followed by =, not by :",
    "includes": "the mechanism is spelled include:",
    "v": "the version stands at the beginning, once",
}


class SpfSyntaxError(Exception):
    """A record that cannot be read: ``term`` is what stands in the way, the argument a clause that says why."""

    def __init__(self, term: str, why: str) -> None:
        super().__init__(why)
        self.term = term


class Mechanism(Struct, frozen=True):
    """One directive. ``text`` is as written; ``result`` what a match gives; ``target`` the domain-spec, "" for none."""

    text: str
    name: str
    result: str
    target: str = ""
    prefix4: int = 32
    prefix6: int = 128
    network: IPv4Network | IPv6Network | None = None


class SpfRecord(Struct, frozen=True):
    """A record in its parts. ``redirect`` and ``exp`` are domain-specs, "" for none."""

    text: str
    mechanisms: tuple[Mechanism, ...]
    redirect: str = ""
    exp: str = ""


def spf_records(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Those TXT records that are SPF records (RFC 7208 4.5)."""
    return tuple([text for text in texts if text[:6].lower() == "v=spf1" and text[6:7] in ("", " ")])


def read_record(text: str) -> SpfRecord:
    """The record in its parts; an error anywhere in it counts, however far it is evaluated (RFC 7208 4.6).

    Raises SpfSyntaxError.
    """
    if len(text) > RECORD_LIMIT:
        raise SpfSyntaxError("", f"it is {len(text):,} characters long")
    mechanisms: list[Mechanism] = []
    modifiers: dict[str, str] = {}
    for term in filter(None, text[6:].split(" ")):
        if not plain(term):
            raise SpfSyntaxError(term, "it is not ASCII")
        try:
            if modifier := _MODIFIER.fullmatch(term):
                _add_modifier(modifiers, term, modifier[1].lower(), modifier[2])
            else:
                mechanisms.append(_mechanism(term))
        except MacroError as error:
            raise SpfSyntaxError(term, f"it {error}") from None
    return SpfRecord(text, tuple(mechanisms), modifiers.get("redirect", ""), modifiers.get("exp", ""))


def _add_modifier(modifiers: dict[str, str], term: str, name: str, value: str) -> None:
    if name not in ("redirect", "exp"):
        check_macros(value)
        return
    check_domain(value)
    if name in modifiers:
        raise SpfSyntaxError(term, f"{name}= may stand there only once (RFC 7208 6)")
    modifiers[name] = value


def _mechanism(term: str) -> Mechanism:
    directive = _DIRECTIVE.fullmatch(term)
    if directive is None:
        raise SpfSyntaxError(term, "it is neither a mechanism nor a modifier")
    name, rest = directive[2].lower(), directive[3]
    result = _RESULTS[directive[1] or "+"]
    match name:
        case "all":
            if rest:
                raise SpfSyntaxError(term, "nothing may follow all")
            return Mechanism(term, name, result)
        case "ip4" | "ip6":
            return Mechanism(term, name, result, network=_network(term, name, rest))
        case "a" | "mx":
            return _with_prefixes(term, name, result, rest)
        case "include" | "exists" | "ptr":
            if rest[:1] != ":" and (rest or name != "ptr"):
                raise SpfSyntaxError(term, f"{name} is followed by : and a domain")
            if rest:
                check_domain(rest[1:])
            return Mechanism(term, name, result, rest[1:])
    raise SpfSyntaxError(term, _HINTS.get(name, f'there is no mechanism "{name[:40]}"'))


def _with_prefixes(term: str, name: str, result: str, rest: str) -> Mechanism:
    suffix = _DUAL_CIDR.search(rest)
    assert suffix is not None  # it matches the empty end of any text
    domain = rest[: suffix.start()]
    if domain:
        if domain[0] != ":":
            raise SpfSyntaxError(term, f"{name} is followed by : and a domain, or by / and a prefix length")
        if _is_address(domain[1:]):
            raise SpfSyntaxError(term, f"an address stands where {name}: wants a name; ip4: or ip6: takes addresses")
        check_domain(domain[1:])
    return Mechanism(
        term, name, result, domain[1:], _prefix(term, suffix[1] or "32", 32), _prefix(term, suffix[2] or "128", 128)
    )


def _network(term: str, name: str, rest: str) -> IPv4Network | IPv6Network:
    version, longest = (4, 32) if name == "ip4" else (6, 128)
    parts = _NETWORK.fullmatch(rest)
    if parts is None:
        raise SpfSyntaxError(term, f"{name}: is followed by an IPv{version} address, with /LENGTH for a network")
    length = _prefix(term, parts[2] or str(longest), longest)
    try:
        network = ip_network(f"{parts[1]}/{length}", strict=False)
    except ValueError:
        raise SpfSyntaxError(term, f'"{parts[1]}" is no IPv{version} address') from None
    if network.version != version:
        raise SpfSyntaxError(term, f'"{parts[1]}" is no IPv{version} address; use ip{network.version}:')
    return network


def _prefix(term: str, digits: str, longest: int) -> int:
    if int(digits) > longest or str(int(digits)) != digits:
        raise SpfSyntaxError(term, f"a prefix length is a number from 0 to {longest} without leading zeros")
    return int(digits)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
