"""HTTPS to an address that was looked up beforehand: no redirect, no proxy, no cookie, a bounded answer.

Holds what MTA-STS and DNS over HTTPS have in common. httpx is loaded by the first client that is made.
"""

from __future__ import annotations

import ssl
from functools import lru_cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from ipaddress import ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx


@lru_cache(maxsize=4)
def verifying(ca_file: str | None) -> ssl.SSLContext:
    """A context that takes only a certificate for the right name, by an authority of ``ca_file``, else the system's.

    Shared: building one costs milliseconds. Raises OSError (ssl.SSLError is one) where the file is of no use.
    """
    return ssl.create_default_context(cafile=ca_file)


def new_client(ca_file: str | None) -> httpx.AsyncClient:
    """A client for one event loop. It waits as long as its caller lets it."""
    import httpx

    return httpx.AsyncClient(
        verify=verifying(ca_file),
        http2=True,
        trust_env=False,
        follow_redirects=False,
        timeout=None,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        # What is compressed may unfold to any size.
        headers={"Accept-Encoding": "identity", "User-Agent": "smtpprobe"},
    )


def request(
    client: httpx.AsyncClient, method: str, host: str, address: str, port: int, path: str, content: bytes | None = None
) -> httpx.Request:
    """A request to ``address`` for what ``host`` serves: the certificate has to be for ``host``."""
    literal = f"[{address}]" if ip_address(address).version == 6 else address
    name = f"[{host}]" if ":" in host else host
    return client.build_request(
        method,
        f"https://{literal}:{port}{path}",
        headers={"Host": name if port == 443 else f"{name}:{port}"},
        extensions={"sni_hostname": host},
        content=content,
    )


async def body(response: httpx.Response, limit: int) -> bytes | None:
    """The octets of an answer as sent; None where there are more than ``limit``."""
    found = bytearray()
    async for piece in response.aiter_raw(limit):
        found += piece
        if len(found) > limit:
            return None
    return bytes(found)


def cause(error: BaseException) -> BaseException:
    """What is behind an error of httpx: TLS or the operating system where they say so, else what it began with."""
    found, deepest = error, error
    while (below := found.__cause__ or found.__context__) is not None:
        found = below
        if isinstance(found, OSError):
            deepest = found
    return deepest
