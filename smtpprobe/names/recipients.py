"""Where mail for a domain goes: every mail server with every address, and what is wrong with each, as values.

Nothing is left out because it is wrong, and no address is connected to here.
"""

from __future__ import annotations

import asyncio
from ipaddress import IPv4Address, IPv6Address

from msgspec import Struct

from smtpprobe.journey import Answer, Question
from smtpprobe.model import Failure
from smtpprobe.names.errors import ResolveError, failed
from smtpprobe.names.families import WORDS, Family, version
from smtpprobe.names.hosts import host_addresses
from smtpprobe.names.lookups import dns_name
from smtpprobe.names.records import plain
from smtpprobe.names.resolver import MxHost, Resolver, mx_hosts
from smtpprobe.names.routable import globally_routable
from smtpprobe.outcome import FailureKind
from smtpprobe.target import TargetError, host_name


class MailHost(Struct, frozen=True):
    """What one MX record leads to. ``addresses`` may be connected to; ``failure`` says why there are none.

    ``refused`` are addresses that are not globally routable, ``alias`` the name at the end of a chain of CNAME records.
    ``mx_authentic`` is what the resolver said of the MX record, ``authentic`` of that and of the addresses (None: it
    said nothing).
    """

    name: str
    preference: int
    addresses: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    alias: str | None = None
    failure: Failure | None = None
    authentic: bool | None = None
    mx_authentic: bool | None = None


class MailServers(Struct, frozen=True):
    """The mail servers of a domain, best first, one for each MX record (RFC 5321 5.1).

    ``null``: it takes no mail (RFC 7505). ``implicit``: it has no MX record and stands for itself. ``literal``: the
    domain is an address in brackets. ``left_out`` counts the MX records beyond the limit. ``failure`` is why no host is
    known. ``answers`` is all that was asked.
    """

    domain: str
    hosts: tuple[MailHost, ...] = ()
    null: bool = False
    implicit: bool = False
    literal: bool = False
    left_out: int = 0
    failure: Failure | None = None
    answers: tuple[Answer, ...] = ()


async def mail_servers(
    resolver: Resolver, domain: str, *, allow_private: bool = False, family: Family = "any"
) -> MailServers:
    """All there is to know; never raises for anything that the DNS says.

    Addresses out of records are refused where they are not globally routable, unless ``allow_private``. That of an
    address literal, which the user wrote, is not.
    """
    if domain.startswith("["):
        return _literal(domain, family)
    try:
        text = plain(dns_name(domain))
    except ResolveError as error:
        return MailServers(domain, failure=error.failure)
    mx = await resolver.ask(Question(domain, "MX"))
    if mx.failure is not None:
        return MailServers(text, failure=mx.failure, answers=(mx,))
    named = mx_hosts(mx)
    if named == (MxHost(0, "."),):
        return MailServers(text, null=True, answers=(mx,))
    explored = [_explore(resolver, host, mx.authentic, allow_private, family) for host in named or (MxHost(0, text),)]
    found = await asyncio.gather(*explored)
    asked = dict.fromkeys(answer for _, answers in found for answer in answers)
    return MailServers(
        text,
        tuple(host for host, _ in found),
        implicit=not named,
        left_out=mx.left_out,
        answers=(mx, *asked),
    )


async def _explore(
    resolver: Resolver, host: MxHost, mx_authentic: bool | None, allow_private: bool, family: Family
) -> tuple[MailHost, tuple[Answer, ...]]:
    if (fault := _fault(host.name)) is not None:
        return MailHost(host.name, host.preference, failure=fault, mx_authentic=mx_authentic), ()
    found = await host_addresses(resolver.ask, host.name, family)
    kept = tuple(address for address in found.addresses if allow_private or globally_routable(address))
    refused = tuple(address for address in found.addresses if address not in kept)
    failure = found.failure
    if refused and not kept:
        detail = f"the MX host {host.name} has no globally routable address ({', '.join(refused)})"
        failure = failed(FailureKind.NOT_ROUTABLE, detail)
    known = None not in (mx_authentic, found.authentic)
    made = MailHost(
        host.name,
        host.preference,
        kept,
        refused,
        found.alias,
        failure,
        bool(mx_authentic and found.authentic) if known else None,
        mx_authentic,
    )
    return made, found.answers


def _fault(name: str) -> Failure | None:
    """Why what an MX record names can be no host."""
    if name == ".":
        return failed(FailureKind.NO_ADDRESS, "an MX record names no host ('.'), which only stands alone (RFC 7505 3)")
    if version(name):
        return failed(FailureKind.NO_ADDRESS, f"the MX record names the address {name} where a host has to stand")
    try:
        host_name(name)
    except TargetError:
        return failed(FailureKind.NO_ADDRESS, f"the MX record names {name}, which is no host name")
    return None


def _literal(domain: str, family: Family) -> MailServers:
    """RFC 5321 4.1.3: [192.0.2.1] or [IPv6:2001:db8::1]."""
    inside = domain[1:].removesuffix("]")
    try:
        address = IPv6Address(inside[5:]) if inside[:5].lower() == "ipv6:" else IPv4Address(inside)
    except ValueError:
        detail = f"{ascii(domain)[:80]} is no address literal: write [192.0.2.1] or [IPv6:2001:db8::1]"
        return MailServers(domain, literal=True, failure=failed(FailureKind.NO_ADDRESS, detail))
    if family not in ("any", str(address.version)):
        detail = f"{domain} is no {WORDS[family]}, the family asked for"
        return MailServers(domain, literal=True, failure=failed(FailureKind.NO_ADDRESS, detail))
    return MailServers(domain, (MailHost(domain, 0, (str(address),)),), literal=True)
