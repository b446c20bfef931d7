"""Exim's values read: its lists, routes and TLS options, as its specification has them, and Debian's file. Pure."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from smtpprobe.journey import Mailbox
from smtpprobe.model import Target
from smtpprobe.outcome import TlsMode
from smtpprobe.target import TargetError, parse

# What only Exim itself can work out: expansions, named lists, look-ups in files and databases, patterns.
_WORKED_OUT = re.compile(r"[$;^/]")
_RULE = re.compile(r'(?:"(?:[^"\\]|\\.)*"|[^;"])+')
_ROUTE_ITEM = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_ASSIGNMENT = re.compile(r"""\s{0,20}(dc_[a-z_]{1,40})=(?:'([^'\n]*)'|"([^"\n]*)"|([^\s#]*))""")
_PORTS = {"smtp": 25, "submission": 587, "submissions": 465, "smtps": 465, "ssmtp": 465}


class Route(Struct, frozen=True):
    """One rule of a manualroute router: which domains, which hosts, and the options behind."""

    pattern: str
    hosts: str
    options: tuple[str, ...]


def options(text: str) -> dict[str, str]:
    """What ``exim -bP`` prints: ``name = value``, or ``name`` and ``no_name`` for a yes and a no."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        name, equals, value = line.partition("=")
        name = name.strip()
        if equals:
            found[name] = value.strip()
        elif name.startswith("no_"):
            found[name.removeprefix("no_")] = "no"
        elif name:
            found[name] = "yes"
    return found


def items(value: str) -> list[str]:
    """The items of a list: colons part them, or what follows ``<``; doubled, the separator stands for itself."""
    value = value.strip()
    separator = ":"
    if value[:1] == "<" and len(value) > 1 and not value[1].isalnum() and not value[1].isspace():
        separator, value = value[1], value[2:]
    double = separator * 2
    parts = value.replace(double, "\0").split(separator)
    return [each for part in parts if (each := part.replace("\0", separator).strip())]


def fits(value: str, subject: str) -> bool | None:
    """Does a list of domains, hosts or addresses have this one? None: only Exim itself can tell.

    Exim takes the first item that fits; where none does, the list fits if its last item is a negative one. A named list
    counts as one that does not fit: what is traced is no mail for this machine itself.
    """
    negative = False
    for item in items(value):
        negative = item.startswith("!")
        name = item.lstrip("! ").lower()
        if name.startswith("+"):
            continue
        if _WORKED_OUT.search(name):
            return None
        if _has(name, subject.lower()):
            return not negative
    return negative


def _has(item: str, subject: str) -> bool:
    """One item: all of it, ``*`` and the end of a name, ``*@domain``, or the domain of an address."""
    if item.startswith("*"):
        return subject.endswith(item[1:])
    return subject == item or ("@" not in item and subject.rpartition("@")[2] == item)


def routes(value: str) -> list[Route]:
    """The rules of route_list."""
    found = []
    for rule in items(value) if value.startswith("<") else _RULE.findall(value):
        words = [quoted or bare for quoted, bare in _ROUTE_ITEM.findall(rule)]
        if words:
            found.append(Route(words[0], words[1] if len(words) > 1 else "", tuple(words[2:])))
    return found


def route_data(value: str) -> Route:
    """The hosts of route_data, which hold for every domain that its router takes."""
    words = [quoted or bare for quoted, bare in _ROUTE_ITEM.findall(value)]
    return Route("*", words[0] if words else "", tuple(words[1:]))


def relay(host: str, port: str, tls: TlsMode) -> tuple[Target, bool]:
    """A host of a route as a target, and whether its MX are looked up; raises ValueError with a sentence.

    ``port`` is the transport's, for a host that names none.
    """
    name, slash, how = host.partition("/")
    lookup_mx = how.lower() == "mx"
    if not re.fullmatch("[0-9]{1,5}", port):
        port = str(_PORTS.get(port, 25))
    try:
        if "$" in host or (slash and not lookup_mx):
            raise TargetError("it is worked out for every mail.")
        target = parse(name, port=int(port), tls=tls)
    except TargetError as error:
        raise ValueError(f"The host {host[:100]} of a route cannot be followed: {error}") from None
    return replace(target, text=host), lookup_mx


def level(transport: dict[str, str], host: str) -> tuple[str, str]:
    """The word of LocalSender.tls for this host ("": any), and the option that only Exim itself can work out, or ""."""
    if "hosts_require_tls" not in transport:
        return "none", ""
    unclear = [
        name
        for name in ("hosts_avoid_tls", "hosts_require_dane", "hosts_require_tls", "tls_verify_hosts")
        if fits(transport.get(name, ""), host) is None
    ]

    def on(name: str) -> bool:
        return fits(transport.get(name, ""), host) is True

    if on("hosts_avoid_tls"):
        found = "none"
    elif on("hosts_require_dane"):
        found = "dane-only"
    elif on("hosts_require_tls"):
        found = "verify" if on("tls_verify_hosts") else "encrypt"
    else:
        found = "dane" if on("hosts_try_dane") else "may"
    return found, (unclear or [""])[0]


def bound(interface: str) -> tuple[str | None, str | None]:
    """The first IPv4 and the first IPv6 address of ``interface``."""
    listed = [each.strip("[]") for each in items(interface) if "$" not in each]
    four = next((each for each in listed if re.fullmatch("[0-9]{1,3}(?:[.][0-9]{1,3}){3}", each)), None)
    six = next((each for each in listed if re.fullmatch("[0-9A-Fa-f:.]{2,45}", each) and ":" in each), None)
    return four, six


def debian(text: str) -> dict[str, str]:
    """The answers that Debian keeps in update-exim4.conf.conf."""
    found = {}
    for line in text.splitlines():
        assigned = _ASSIGNMENT.match(line)
        if assigned:
            found[assigned[1]] = assigned[2] or assigned[3] or assigned[4] or ""
    return found


def of_sender(sender: Mailbox | None) -> str:
    """The sender as Exim's address lists see it: empty for the null sender."""
    return "" if sender is None else sender.path
