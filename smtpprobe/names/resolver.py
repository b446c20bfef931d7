"""Names to addresses and domains to mail servers, as routes. Asks the DNS; never opens a connection to a mail server.

What the DNS says is hostile until proven otherwise: answers are bounded, odd bytes escaped, private addresses refused.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from ipaddress import ip_address
from typing import Any, Literal, TypeVar

import dns.asyncresolver
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.nameserver
import dns.rcode
import dns.rdata
import dns.resolver
from dns.rdtypes.ANY.MX import MX
from msgspec import Struct

from smtpprobe.model import Failure, Route, Target
from smtpprobe.names.routable import globally_routable
from smtpprobe.outcome import FailureKind, Stage
from smtpprobe.target import TargetError, host_name, parse

T = TypeVar("T")
Family = Literal["any", "4", "6"]

MX_LIMIT = 20
ADDRESS_LIMIT = 20
_FAMILIES = {"any": socket.AF_UNSPEC, "4": socket.AF_INET, "6": socket.AF_INET6}
_RECORDS = {"any": ("AAAA", "A"), "4": ("A",), "6": ("AAAA",)}
_WORDS = {"any": "address", "4": "IPv4 address", "6": "IPv6 address"}


class ResolveError(Exception):
    """A name led nowhere; ``failure`` is the value to report."""

    def __init__(self, kind: FailureKind, detail: str) -> None:
        super().__init__(detail)
        self.failure = Failure(Stage.RESOLVE, kind, detail)


class MxHost(Struct, frozen=True, order=True):
    """One mail server of a domain. ``name`` is lower case, odd bytes escaped as in a zone file (``\\032``)."""

    preference: int
    name: str


class MxAnswer(Struct, frozen=True):
    """The mail servers of a domain, best first.

    ``null``: it takes no mail (RFC 7505), and ``hosts`` is empty. ``implicit``: it has no MX record and stands for
    itself (RFC 5321 5.1). ``left_out`` counts the records beyond the limit.
    """

    domain: str
    hosts: tuple[MxHost, ...]
    null: bool = False
    implicit: bool = False
    left_out: int = 0


class Resolver:
    """Asks the given nameservers (``address[:port]``), or the system's where none are given, and remembers answers.

    Without nameservers a host that the user named goes through the system's own lookup (getaddrinfo), so that
    /etc/hosts and search domains count. With nameservers, and for every name out of an MX record, only the DNS is
    asked, for the full name. ``lifetime`` bounds one lookup in seconds.
    """

    def __init__(self, nameservers: Sequence[str] | None = None, *, lifetime: float = 5.0) -> None:
        self._nameservers = [_nameserver(text) for text in nameservers or ()]
        self._lifetime = lifetime

    async def addresses(self, host: str, port: int, family: Family = "any") -> tuple[str, ...]:
        """The addresses of a host: by family, within a family by number, so that two runs meet the same one first."""
        if version := _version(host):
            if family not in ("any", str(version)):
                raise ResolveError(FailureKind.NO_ADDRESS, f"{host} is no {_WORDS[family]}, the family asked for")
            return (host,)
        name = _name(host)
        return await (self._ask_dns(name, family) if self._nameservers else self._ask_system(name, port, family))

    async def mx(self, domain: str) -> MxAnswer:
        """The mail servers of a domain (RFC 5321 5.1)."""
        name = _name(domain)
        text = name.to_text(omit_final_dot=True)
        records = [r for r in await self._query(name, "MX") if isinstance(r, MX)]
        if not records:
            return MxAnswer(text, (MxHost(0, text),), implicit=True)
        found = sorted({MxHost(r.preference, r.exchange.canonicalize().to_text(omit_final_dot=True)) for r in records})
        if found == [MxHost(0, ".")]:
            return MxAnswer(text, (), null=True)
        hosts = tuple(host for host in found if host.name != ".")
        if not hosts:
            raise ResolveError(FailureKind.NO_ADDRESS, f"the MX records of {text} name no host")
        return MxAnswer(text, hosts[:MX_LIMIT], left_out=len(hosts[MX_LIMIT:]))

    async def has_mx(self, domain: str) -> bool:
        """Is ``--mx`` worth a hint for this name? Never raises; a null MX is no MX."""
        if _version(domain):
            return False
        try:
            answer = await self.mx(domain)
        except ResolveError:
            return False
        return not (answer.null or answer.implicit)

    async def routes(
        self, target: Target, *, every: bool = False, family: Family = "any", allow_private: bool = False
    ) -> tuple[Route, ...]:
        """The ways to reach a target, best first. A UNIX socket is one route, its path the address.

        With ``target.mx``: all addresses of the first usable MX, or of all of them with ``every``. An implicit MX
        counts as somebody else's record too: the user named a domain, not a host.
        """
        if target.path is not None:
            return (Route("", target.path, target.port),)
        if not target.mx:
            found = await self.addresses(target.host, target.port, family)
            return tuple(Route(target.host, address, target.port) for address in found)
        answer = await self.mx(target.host)
        if answer.null:
            raise ResolveError(FailureKind.NULL_MX, f"{answer.domain} publishes a null MX: it takes no mail (RFC 7505)")
        return await self._through(answer.hosts, target.port, every, family, allow_private)

    async def _through(
        self, hosts: Sequence[MxHost], port: int, every: bool, family: Family, allow_private: bool
    ) -> tuple[Route, ...]:
        routes: list[Route] = []
        failed: list[ResolveError] = []
        step = len(hosts) if every else 1
        for start in range(0, len(hosts), step):
            asked = (self._mx_routes(host, port, family, allow_private) for host in hosts[start : start + step])
            for result in await asyncio.gather(*asked):
                if isinstance(result, ResolveError):
                    failed.append(result)
                else:
                    routes += result
            if routes:
                return tuple(routes)
        # A DNS failure leaves the question open, so it counts for more than any clear no.
        raise next((error for error in failed if error.failure.kind is FailureKind.DNS), failed[0])

    async def _mx_routes(
        self, host: MxHost, port: int, family: Family, allow_private: bool
    ) -> tuple[Route, ...] | ResolveError:
        try:
            host_name(host.name)
            found = await self._ask_dns(_name(host.name), family)
        except TargetError:
            return ResolveError(FailureKind.NO_ADDRESS, f"the MX record names {host.name}, which is no host name")
        except ResolveError as error:
            return error
        kept = [address for address in found if allow_private or globally_routable(address)]
        if not kept:
            detail = f"the MX host {host.name} has no globally routable address ({', '.join(found)})"
            return ResolveError(FailureKind.NOT_ROUTABLE, detail)
        return tuple(Route(host.name, address, port, host.preference, "mx") for address in kept)

    async def _ask_dns(self, name: dns.name.Name, family: Family) -> tuple[str, ...]:
        asked = (self._query(name, record) for record in _RECORDS[family])
        found: list[str] = []
        failed: list[ResolveError] = []
        for result in await asyncio.gather(*asked, return_exceptions=True):
            if isinstance(result, ResolveError):
                failed.append(result)
            elif isinstance(result, BaseException):
                raise result
            else:
                found += (record.to_text() for record in result)
        # One family's failure does not matter while the other has an address; a DNS failure beats a clear no.
        failed.sort(key=lambda error: error.failure.kind is not FailureKind.DNS)
        if failed and not found:
            raise failed[0]
        return _ordered(found, name, family)

    async def _ask_system(self, name: dns.name.Name, port: int, family: Family) -> tuple[str, ...]:
        text = name.to_text(omit_final_dot=True)
        lookup = _in_a_daemon_thread(
            partial(socket.getaddrinfo, text, port, _FAMILIES[family], socket.SOCK_STREAM, socket.IPPROTO_TCP)
        )
        try:
            async with asyncio.timeout(self._lifetime):
                found = await lookup
        except socket.gaierror as error:
            raise _gai_failure(error, text, family) from None
        except TimeoutError:
            detail = f"the system's lookup of {text} took longer than {self._lifetime:g} s"
            raise ResolveError(FailureKind.DNS, detail) from None
        except (OSError, ValueError) as error:
            raise ResolveError(FailureKind.DNS, f"the system could not look up {text}: {error}") from None
        return _ordered((str(entry[4][0]) for entry in found), name, family)

    async def _query(self, name: dns.name.Name, record: str) -> list[dns.rdata.Rdata]:
        """The records of one type; none where the name exists without them."""
        text = name.to_text(omit_final_dot=True)
        try:
            answer = await self._stub.resolve(
                name, record, search=False, raise_on_no_answer=False, lifetime=self._lifetime
            )
        except dns.resolver.NXDOMAIN:
            raise ResolveError(FailureKind.NO_SUCH_NAME, f"{text} does not exist in the DNS") from None
        except dns.exception.Timeout:
            detail = f"no DNS server answered for {text} within {self._lifetime:g} s"
            raise ResolveError(FailureKind.DNS, detail) from None
        except dns.resolver.NoNameservers as error:
            raise ResolveError(FailureKind.DNS, f"looking up {text}: {_complaint(error)}") from None
        except dns.resolver.NoResolverConfiguration:
            raise ResolveError(FailureKind.DNS, "the system names no DNS server: give one") from None
        except dns.exception.DNSException as error:
            detail = f"the DNS answer for {text} is unusable ({type(error).__name__})"
            raise ResolveError(FailureKind.DNS, detail) from None
        if answer.response.flags & dns.flags.TC:  # over TCP too: dnspython has tried it
            raise ResolveError(FailureKind.DNS, f"the DNS server has cut its answer for {text} short")
        return list(answer.rrset or ())

    @cached_property
    def _stub(self) -> dns.asyncresolver.Resolver:
        stub = dns.asyncresolver.Resolver(configure=not self._nameservers)
        if self._nameservers:
            stub.nameservers = self._nameservers
        stub.cache = dns.resolver.LRUCache()
        return stub


async def _in_a_daemon_thread(work: Callable[[], T]) -> T:
    """A lookup that hangs in the C library cannot be ended, and an executor's thread would outlast the program."""
    loop = asyncio.get_running_loop()
    given: asyncio.Future[T] = loop.create_future()

    def settle(set_it: Callable[[Any], None], value: Any) -> None:
        if not given.done():
            set_it(value)

    def do() -> None:
        try:
            outcome: tuple[Any, Any] = given.set_result, work()
        except Exception as error:
            outcome = given.set_exception, error
        with contextlib.suppress(RuntimeError):  # The loop is closed: nobody waits any more.
            loop.call_soon_threadsafe(settle, *outcome)

    threading.Thread(target=do, daemon=True).start()
    return await given


def _nameserver(text: str) -> dns.nameserver.Nameserver:
    server = parse(text, port=53)
    if not _version(server.host):
        raise TargetError(f"A nameserver is given by its address, not by name: look up {server.host} first.")
    return dns.nameserver.Do53Nameserver(server.host, server.port)


def _name(text: str) -> dns.name.Name:
    try:
        return dns.name.from_text(text)
    except (dns.exception.DNSException, UnicodeError):
        raise ResolveError(FailureKind.NO_SUCH_NAME, f"{ascii(text)[:80]} cannot be a name in the DNS") from None


def _version(text: str) -> int | None:
    """4 or 6 for a literal address, else None."""
    try:
        return ip_address(text).version
    except ValueError:
        return None


def _ordered(found: Iterable[str], name: dns.name.Name, family: Family) -> tuple[str, ...]:
    """Duplicates out, families in the order in which they came, the addresses of each by number; bounded."""
    unique = dict.fromkeys(found)
    if not unique:
        text = name.to_text(omit_final_dot=True)
        raise ResolveError(FailureKind.NO_ADDRESS, f"{text} exists but has no {_WORDS[family]}")
    families = list(dict.fromkeys(map(_version, unique)))
    by_number = sorted(unique, key=lambda text: (families.index(_version(text)), int(ip_address(text)), text))
    return tuple(by_number[:ADDRESS_LIMIT])


def _gai_failure(error: socket.gaierror, text: str, family: Family) -> ResolveError:
    """The system tells "no such name" from "no such record" on some platforms only."""
    if error.errno in {getattr(socket, name, None) for name in ("EAI_NODATA", "EAI_ADDRFAMILY")}:
        return ResolveError(FailureKind.NO_ADDRESS, f"{text} exists but has no {_WORDS[family]}")
    if error.errno == socket.EAI_NONAME:
        return ResolveError(FailureKind.NO_SUCH_NAME, f"the system knows no {_WORDS[family]} for {text}")
    return ResolveError(FailureKind.DNS, f"the system could not look up {text}: {error.strerror}")


def _complaint(error: dns.resolver.NoNameservers) -> str:
    """What the last DNS server asked did wrong. dnspython lists (server, tcp, port, exception, response)."""
    errors = error.kwargs.get("errors")
    if not errors:
        return "the system names no DNS server: give one"
    label, _, _, exception, response = errors[-1]  # the label is "Do53:192.0.2.1@53"
    server = f"the DNS server {label.partition(':')[2].rpartition('@')[0]}"
    if response is not None and response.rcode() != dns.rcode.NOERROR:
        return f"{server} answered {dns.rcode.to_text(response.rcode())}"
    if isinstance(exception, dns.message.ChainTooLong):
        return f"{server} answered with a chain of aliases (CNAME) that does not end"
    if isinstance(exception, OSError):
        return f"{server} cannot be reached ({exception.strerror or exception})"
    return f"{server} answered with what is no DNS message for this question"
