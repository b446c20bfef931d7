"""DNS servers as a user names them: plain, over TLS (RFC 7858) and over HTTPS (RFC 8484). Certificates are verified."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import dns.exception
import dns.message
import dns.nameserver

from smtpprobe.names.errors import ResolveError
from smtpprobe.names.families import version
from smtpprobe.names.system import system_addresses
from smtpprobe.names.web import body, cause, new_client, request, verifying
from smtpprobe.target import TargetError, host_name, parse

if TYPE_CHECKING:
    import httpx

MESSAGE_LIMIT = 65535  # RFC 1035 4.2.2
BOOTSTRAP_SECONDS = 5.0
_TYPE = "application/dns-message"


def nameserver(text: str, ca_file: str | None = None) -> dns.nameserver.Nameserver:
    """``ADDRESS[:PORT]``, ``tls://ADDRESS[:PORT][#NAME]`` or ``https://HOST[:PORT]/PATH``; raises TargetError.

    A server over TLS has to show a certificate for NAME, or for its address where none is given.
    """
    scheme, _, rest = text.partition("://")
    if scheme.lower() == "https":
        return _over_https(text, ca_file)
    if scheme.lower() == "tls":
        place, hash_sign, name = rest.partition("#")
        address, port = _place(place, 853)
        return DotNameserver(address, port, host_name(name) if hash_sign else address, _context(ca_file))
    return dns.nameserver.Do53Nameserver(*_place(text, 53))


def _place(text: str, port: int) -> tuple[str, int]:
    server = parse(text, port=port)
    if not version(server.host):
        raise TargetError(f"A nameserver is given by its address, not by name: look up {server.host} first.")
    return server.host, server.port


def _over_https(text: str, ca_file: str | None) -> DohNameserver:
    try:
        url = urlsplit(text)
        place = url.netloc
    except ValueError:
        place = ""
    if not place:
        raise TargetError("The URL of the nameserver is no URL: write https://HOST/dns-query.")
    server = parse(place, port=443)
    _context(ca_file)
    query = f"?{url.query}" if url.query else ""
    return DohNameserver(server.host, server.port, (url.path or "/dns-query") + query, ca_file)


def _context(ca_file: str | None) -> ssl.SSLContext:
    try:
        return verifying(ca_file)
    except OSError as error:
        raise TargetError(f"The CA file {ca_file!a} cannot be used ({error.strerror}): give one in PEM.") from None


class DotNameserver(dns.nameserver.DoTNameserver):
    """DNS over TLS with one context for all queries; dnspython would build one for each, and leave connections open."""

    def __init__(self, address: str, port: int, name: str, context: ssl.SSLContext) -> None:
        super().__init__(address, port, name)
        self._context = context

    async def async_query(
        self,
        request: dns.message.QueryMessage,
        timeout: float,
        source: str | None,
        source_port: int,
        max_size: bool,
        backend: Any,
        one_rr_per_rrset: bool = False,
        ignore_trailing: bool = False,
    ) -> dns.message.Message:
        """One query on a connection of its own, framed as over TCP (RFC 7858 3.3)."""
        query = request.to_wire()
        try:
            async with asyncio.timeout(timeout):
                reader, writer = await asyncio.open_connection(
                    self.address, self.port, ssl=self._context, server_hostname=self.hostname
                )
                try:
                    writer.write(len(query).to_bytes(2) + query)
                    reply = await reader.readexactly(int.from_bytes(await reader.readexactly(2)))
                finally:
                    writer.transport.abort()
                    with contextlib.suppress(OSError):
                        await writer.wait_closed()
        except TimeoutError:
            raise dns.exception.Timeout from None
        return _reply(request, reply)


class DohNameserver(dns.nameserver.Nameserver):
    """DNS over HTTPS, all queries on one connection; ``aclose`` ends it.

    The server's own name is looked up by the system, since no other DNS server was named.
    """

    def __init__(self, host: str, port: int, path: str, ca_file: str | None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._place = (host, port, path)
        self._ca_file = ca_file
        self._address: str | None = host if version(host) else None
        self._client: httpx.AsyncClient | None = None

    def __str__(self) -> str:
        return "https://{}:{}{}".format(*self._place)

    def kind(self) -> str:
        return "DoH"

    def is_always_max_size(self) -> bool:
        return True

    def answer_nameserver(self) -> str:
        return self._place[0]

    def answer_port(self) -> int:
        return self._place[1]

    async def async_query(
        self,
        request: dns.message.QueryMessage,
        timeout: float,
        source: str | None,
        source_port: int,
        max_size: bool,
        backend: Any,
        one_rr_per_rrset: bool = False,
        ignore_trailing: bool = False,
    ) -> dns.message.Message:
        """One query (RFC 8484 4.1). What HTTP does wrong is an OSError, so that dnspython asks this server no more."""
        import httpx

        try:
            async with asyncio.timeout(timeout):
                reply = await self._post(request.to_wire())
        except TimeoutError:
            raise dns.exception.Timeout from None
        except (httpx.HTTPError, ResolveError) as error:
            found = cause(error)
            raise found if isinstance(found, OSError) else OSError(str(found) or type(found).__name__) from None
        return _reply(request, reply)

    async def _post(self, query: bytes) -> bytes:
        host, port, path = self._place
        if self._address is None:
            self._address = (await system_addresses(host, port, "any", BOOTSTRAP_SECONDS))[0]
        if self._client is None:
            self._client = new_client(self._ca_file)
        asked = request(self._client, "POST", host, self._address, port, path, query)
        asked.headers.update({"Content-Type": _TYPE, "Accept": _TYPE})
        response = await self._client.send(asked, stream=True)
        try:
            found = await body(response, MESSAGE_LIMIT)
        finally:
            await response.aclose()
        if response.status_code != 200:
            raise OSError(f"HTTP status {response.status_code}")
        if found is None:
            raise OSError("more octets than a DNS message can have")
        return found

    async def aclose(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()


def _reply(request: dns.message.Message, octets: bytes) -> dns.message.Message:
    reply = dns.message.from_wire(octets)
    if not request.is_response(reply):
        raise OSError("the answer is for another question")
    return reply


async def close(nameservers: list[dns.nameserver.Nameserver]) -> None:
    """End the connections that are kept open."""
    with contextlib.suppress(OSError):
        for server in nameservers:
            if isinstance(server, DohNameserver):
                await server.aclose()
