"""Names to addresses and domains to mail servers, as routes. Asks the DNS; never opens a connection to a mail server.

What the DNS says is hostile until proven otherwise: answers are bounded, odd bytes escaped, private addresses refused.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self

from msgspec import Struct

from smtpprobe.journey import Answer, Question
from smtpprobe.model import Route, Target
from smtpprobe.names.errors import ResolveError
from smtpprobe.names.families import WORDS, Family, no_address, ordered, version
from smtpprobe.names.hosts import OPEN, host_addresses
from smtpprobe.names.routable import globally_routable
from smtpprobe.names.system import system_addresses
from smtpprobe.outcome import FailureKind
from smtpprobe.target import TargetError, host_name

if TYPE_CHECKING:
    from dns.nameserver import Nameserver

    from smtpprobe.names.lookups import Lookups


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
    """Asks the given nameservers, or the system's where none are given, and remembers answers.

    A nameserver is ``ADDRESS[:PORT]``, ``tls://ADDRESS[:PORT][#NAME]`` or ``https://HOST/PATH``; raises TargetError for
    anything else. ``ca_file`` holds the authorities for the last two, in place of the system's. Without nameservers a
    host that the user named goes through the system's own lookup (getaddrinfo), so that /etc/hosts and search domains
    count. With nameservers, and for every name out of a record, only the DNS is asked, for the full name.
    ``lifetime`` bounds one lookup in seconds. A resolver belongs to one event loop; over HTTPS it keeps a connection
    open until ``aclose``.
    """

    def __init__(
        self, nameservers: Sequence[str] | None = None, *, lifetime: float = 5.0, ca_file: str | None = None
    ) -> None:
        self._nameservers = _nameservers(nameservers, ca_file) if nameservers else []
        self._lifetime = lifetime

    @cached_property
    def _lookups(self) -> Lookups:
        """Loads dnspython, which takes longer than all else, and which nobody needs for literal addresses."""
        from smtpprobe.names.lookups import Lookups

        return Lookups(self._nameservers, self._lifetime)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """End the connections that are kept open; the resolver may be used again."""
        if self._nameservers:
            from smtpprobe.names.nameservers import close

            await close(self._nameservers)

    @property
    def queries(self) -> int:
        """How many questions went to the DNS; an answer out of the cache counts for nothing."""
        return self._lookups.queries if "_lookups" in self.__dict__ else 0

    def limit(self, *, at_once: int, rate: float | None) -> None:
        """From now on at most so many look-ups under way at once, and so many queries a second (None: no bound).

        What dnspython repeats by itself, since a DNS server is silent, is not counted.
        """
        self._lookups.limit(at_once, rate)

    def forget_failures(self) -> None:
        """Ask anew what no DNS server answered, the next time. That a name does not exist is an answer, and stays."""
        self._lookups.forget_failures()

    async def ask(self, question: Question) -> Answer:
        """What the DNS says to one question; its failures are values. Equal questions are asked once."""
        return await self._lookups.ask(question)

    async def addresses(self, host: str, port: int, family: Family = "any") -> tuple[str, ...]:
        """The addresses of a host: by family, within a family by number, so that two runs meet the same one first."""
        if literal := version(host):
            if family not in ("any", str(literal)):
                raise ResolveError(FailureKind.NO_ADDRESS, f"{host} is no {WORDS[family]}, the family asked for")
            return (host,)
        if self._nameservers:
            return await self._dns_addresses(host, family)
        text = _full(host)
        async with self._lookups.turn():
            self._lookups.book()
            found = ordered(await system_addresses(text, port, family, self._lifetime))
        if not found:
            raise no_address(text, family)
        return found

    async def mx(self, domain: str) -> MxAnswer:
        """The mail servers of a domain (RFC 5321 5.1)."""
        text = _full(domain)
        answer = await self.ask(Question(domain, "MX"))
        if answer.failure is not None:
            raise ResolveError(answer.failure.kind, answer.failure.detail)
        if not answer.records:
            return MxAnswer(text, (MxHost(0, text),), implicit=True)
        found = mx_hosts(answer)
        if found == (MxHost(0, "."),):
            return MxAnswer(text, (), null=True)
        hosts = tuple(host for host in found if host.name != ".")
        if not hosts:
            raise ResolveError(FailureKind.NO_ADDRESS, f"the MX records of {text} name no host")
        return MxAnswer(text, hosts, left_out=answer.left_out)

    async def has_mx(self, domain: str) -> bool:
        """Is ``--mx`` worth a hint for this name? Never raises; a null MX is no MX."""
        if version(domain):
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
        raise next((error for error in failed if error.failure.kind in OPEN), failed[0])

    async def _mx_routes(
        self, host: MxHost, port: int, family: Family, allow_private: bool
    ) -> tuple[Route, ...] | ResolveError:
        try:
            host_name(host.name)
            found = await self._dns_addresses(host.name, family)
        except TargetError:
            return ResolveError(FailureKind.NO_ADDRESS, f"the MX record names {host.name}, which is no host name")
        except ResolveError as error:
            return error
        kept = [address for address in found if allow_private or globally_routable(address)]
        if not kept:
            detail = f"the MX host {host.name} has no globally routable address ({', '.join(found)})"
            return ResolveError(FailureKind.NOT_ROUTABLE, detail)
        return tuple(Route(host.name, address, port, host.preference, "mx") for address in kept)

    async def _dns_addresses(self, host: str, family: Family) -> tuple[str, ...]:
        found = await host_addresses(self.ask, host, family)
        if found.failure is not None:
            raise ResolveError(found.failure.kind, found.failure.detail)
        return found.addresses


def _nameservers(texts: Sequence[str], ca_file: str | None) -> list[Nameserver]:
    from smtpprobe.names.nameservers import nameserver

    return [nameserver(text, ca_file) for text in texts]


def _full(name: str) -> str:
    """The name as the DNS writes it. Raises ResolveError for what cannot be a name there."""
    from smtpprobe.names.lookups import dns_name

    return dns_name(name).to_text(omit_final_dot=True)


def mx_hosts(answer: Answer) -> tuple[MxHost, ...]:
    """The hosts that an answer to MX names, best first."""
    pairs = (record.partition(" ") for record in answer.records)
    return tuple(MxHost(int(preference), name) for preference, _, name in pairs)
