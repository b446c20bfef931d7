"""Postfix's values read: lists, transports, next hops, TLS levels, as postconf(5) and transport(5) have them. Pure."""

from __future__ import annotations

import re
from ipaddress import ip_address

from msgspec import Struct
from msgspec.structs import replace

from smtpprobe.journey import Mailbox
from smtpprobe.model import Target
from smtpprobe.outcome import TlsMode
from smtpprobe.target import TargetError, parse

#: What postmap can be asked on any machine; other types need a server or an account of their own.
ASKABLE = frozenset(
    {"btree", "cdb", "cidr", "dbm", "hash", "inline", "lmdb", "pcre", "regexp", "sdbm", "static", "texthash"}
)
#: Tables of patterns see the whole address only (transport(5), "REGULAR EXPRESSION TABLES").
_OF_PATTERNS = frozenset({"regexp", "pcre", "cidr"})
_LEVELS = {
    "none": "none",
    "may": "may",
    "encrypt": "encrypt",
    "verify": "verify",
    "secure": "verify",
    "dane": "dane",
    "dane-only": "dane-only",
    "fingerprint": "fingerprint",
}
_SERVICES = {"smtp": 25, "submission": 587, "submissions": 465, "smtps": 465}
_NEXT_HOP = re.compile(r"(?:inet:)?(?:\[([^\[\]]*)\]|([^\[\]:]*))(?::([^:]*))?", re.IGNORECASE)


class NextHop(Struct, frozen=True):
    """Where mail goes: the transport's name in master.cf, and the next hop as written ("": the recipient's domain)."""

    transport: str
    destination: str = ""


def settings(text: str) -> dict[str, str]:
    """The ``name = value`` lines of postconf."""
    lines = [line.partition("=") for line in text.splitlines()]
    return {name.strip(): value.strip() for name, equals, value in lines if equals and name.strip()}


def items(value: str) -> list[str]:
    """The items of a list, which white space and commas part, but for those in braces."""
    found, item, depth = [], "", 0
    for character in value:
        depth += (character == "{") - (character == "}" and depth > 0)
        if depth == 0 and character in ", \t\r\n":
            found.append(item)
            item = ""
        else:
            item += character
    return [each for each in [*found, item] if each]


def plain(table: str) -> str:
    """The table without the proxy in front of it, which only its daemons may ask (proxymap(8))."""
    return table.removeprefix("proxy:")


def table_type(table: str) -> str:
    """The word in front of the colon."""
    return plain(table).partition(":")[0]


def takes_parts(table: str) -> bool:
    """Is a table asked for parts of an address too?"""
    return table_type(table) not in _OF_PATTERNS


def transport_keys(recipient: Mailbox, delimiter: str) -> list[str]:
    """What a transport table is asked for, in this order (transport(5), "TABLE SEARCH ORDER").

    ``delimiter`` are the characters of recipient_delimiter, any of which parts an extension from the user.
    """
    bare = re.split(f"[{re.escape(delimiter)}]", recipient.local, maxsplit=1)[0] if delimiter else recipient.local
    names = recipient.domain.split(".")
    parents = ["." + ".".join(names[at:]) for at in range(1, len(names))]
    return list(dict.fromkeys([recipient.path, f"{bare}@{recipient.domain}", recipient.domain, *parents, "*"]))


def sender_keys(sender: Mailbox | None) -> list[str]:
    """What a table by the sender is asked for; the null sender is looked up as ``<>``."""
    return ["<>"] if sender is None else [sender.path, f"@{sender.domain}"]


def policy_keys(destination: str) -> list[str]:
    """What the TLS policy table is asked for: the next hop as written, then, for a bare name, its parents."""
    if not re.fullmatch(r"[A-Za-z0-9_.-]{1,255}", destination):
        return [destination]
    names = destination.split(".")
    return [destination, *("." + ".".join(names[at:]) for at in range(1, len(names)))]


def next_hop(value: str) -> NextHop:
    """``transport:nexthop``, either of which may be missing."""
    transport, _, destination = value.strip().partition(":")
    return NextHop(transport.strip(), destination.strip())


def relay(destination: str, tls: TlsMode) -> tuple[Target, bool]:
    """A next hop as a target, and whether its MX are looked up; raises ValueError with a sentence."""
    first = (items(destination) or [""])[0]
    parts = _NEXT_HOP.fullmatch(first)
    port = 25 if parts is None or parts[3] is None else _port(parts[3])
    if parts is None or port is None:
        raise ValueError(f"The next hop {first[:100]} cannot be read: see relayhost in postconf(5).")
    host = re.sub("^ipv6:", "", parts[2] if parts[1] is None else parts[1], flags=re.IGNORECASE)
    try:
        found = parse(f"[{host}]" if ":" in host else host, port=port, tls=tls)
    except TargetError as error:
        raise ValueError(f"The next hop {first[:100]} cannot be read: {error}") from None
    return replace(found, text=first), parts[1] is None


def _port(text: str) -> int | None:
    if text in _SERVICES:
        return _SERVICES[text]
    number = int(text) if re.fullmatch("[0-9]{1,5}", text) else 0
    return number if 1 <= number <= 65535 else None


def level(value: str) -> str | None:
    """The word of LocalSender.tls for a level; the attributes behind it are passed over. None: no level."""
    return _LEVELS.get((value.split() or [""])[0].lower())


def default_level(found: dict[str, str]) -> str | None:
    """The level of smtp_tls_security_level, or of the settings that it replaced (postconf(5))."""
    if found.get("smtp_tls_security_level"):
        return level(found["smtp_tls_security_level"])
    if found.get("smtp_enforce_tls") == "yes":
        return "encrypt" if found.get("smtp_tls_enforce_peername") == "no" else "verify"
    return "may" if found.get("smtp_use_tls") == "yes" else "none"


def families(protocols: str) -> str:
    """The address families of inet_protocols: "ipv4", "ipv6" or "any"."""
    named = set(items(protocols.lower()))
    return named.pop() if len(named) == 1 and named <= {"ipv4", "ipv6"} else "any"


def bound(address: str, interfaces: str, version: int) -> str | None:
    """The source address of one family: as set, else the only address of inet_interfaces that is no loopback one."""
    if address:
        return address if _version(address) == version else None
    listed = [each.strip("[]") for each in items(interfaces)]
    own = [each for each in listed if _version(each) == version]
    return own[0] if len(own) == 1 and not ip_address(own[0]).is_loopback else None


def _version(text: str) -> int | None:
    try:
        return ip_address(text).version
    except ValueError:
        return None
