"""Fetches a domain's MTA-STS policy over HTTPS (RFC 8461 3.3). What the policy means is judged elsewhere."""

from __future__ import annotations

import asyncio
import ssl
import time
from typing import TYPE_CHECKING

from msgspec.structs import replace

from smtpprobe.journey import Policy
from smtpprobe.model import Failure
from smtpprobe.names.errors import failed
from smtpprobe.names.families import version
from smtpprobe.names.hosts import host_addresses
from smtpprobe.names.resolver import Resolver
from smtpprobe.names.routable import globally_routable
from smtpprobe.names.web import body, cause, new_client, request
from smtpprobe.outcome import FailureKind

if TYPE_CHECKING:
    import httpx

PATH = "/.well-known/mta-sts.txt"
BODY_LIMIT = 64 * 1024  # RFC 8461 3.3 suggests it
_TRIED_OF_EACH_FAMILY = 2
_SECONDS_EACH = 5.0
# After these another address may do; what a server says by itself is an answer.
_ELSEWHERE = (FailureKind.REFUSED, FailureKind.UNREACHABLE)


async def mta_sts_policy(
    domain: str,
    resolver: Resolver,
    *,
    ca_file: str | None = None,
    port: int = 443,
    lifetime: float = 15.0,
    allow_private: bool = False,
) -> Policy:
    """The policy of ``domain``, or why there is none; never raises for anything that DNS, TLS or HTTP does.

    The certificate has to be for mta-sts.DOMAIN, by an authority of ``ca_file``, else the system's. No redirect is
    followed, and no proxy used. ``lifetime`` bounds all of it in seconds.
    """
    started = time.monotonic_ns()
    host = f"mta-sts.{domain}"
    try:
        async with asyncio.timeout(lifetime):
            policy = await _looked_up(domain, host, resolver, ca_file, port, allow_private)
    except TimeoutError:
        detail = f"https://{host}{PATH} was not there within {lifetime:g} s"
        policy = Policy(domain, failure=failed(FailureKind.TIMEOUT, detail))
    return replace(policy, elapsed_ns=time.monotonic_ns() - started)


async def _looked_up(
    domain: str, host: str, resolver: Resolver, ca_file: str | None, port: int, allow_private: bool
) -> Policy:
    found = await host_addresses(resolver.ask, host)
    if found.failure is not None:
        return Policy(domain, failure=found.failure)
    kept = [address for address in found.addresses if allow_private or globally_routable(address)]
    if not kept:
        detail = f"{host} has no globally routable address ({', '.join(found.addresses)})"
        return Policy(domain, failure=failed(FailureKind.NOT_ROUTABLE, detail))
    try:
        client = new_client(ca_file)
    except OSError as error:
        detail = f"the CA file {ca_file!a} cannot be used ({error.strerror}): give one in PEM"
        return Policy(domain, failure=failed(FailureKind.CERTIFICATE, detail))
    async with client:
        return await _from_any(client, domain, host, _tried(kept), port)


def _tried(addresses: list[str]) -> list[str]:
    """A few of each family: either may be out of order, here or there."""
    families = ([a for a in addresses if version(a) == number] for number in (6, 4))
    return [address for family in families for address in family[:_TRIED_OF_EACH_FAMILY]]


async def _from_any(client: httpx.AsyncClient, domain: str, host: str, addresses: list[str], port: int) -> Policy:
    """From the first address that can be connected to; the last one's failure where there is none."""
    import httpx

    failure = None
    for address in addresses:
        try:
            async with asyncio.timeout(_SECONDS_EACH):
                response = await client.send(request(client, "GET", host, address, port, PATH), stream=True)
        except TimeoutError:
            failure = failed(FailureKind.TIMEOUT, f"{host} [{address}] did not answer within {_SECONDS_EACH:g} s")
            continue
        except httpx.HTTPError as error:
            failure = _failure(error, host, address)
            if failure.kind not in _ELSEWHERE:
                break
            continue
        try:
            return await _read(response, domain, host)
        except httpx.HTTPError:
            detail = f"https://{host}{PATH} broke off before its end"
            return Policy(domain, failure=failed(FailureKind.TRUNCATED, detail))
        finally:
            await response.aclose()
    return Policy(domain, failure=failure)


async def _read(response: httpx.Response, domain: str, host: str) -> Policy:
    """RFC 8461 3.3: 200 and nothing else, no redirect among it."""
    url = f"https://{host}{PATH}"
    if response.is_redirect:
        detail = f"{url} redirects (HTTP {response.status_code}), which no sender follows: put the file there itself"
        return Policy(domain, failure=failed(FailureKind.MALFORMED, detail))
    if response.status_code != 200:
        detail = f"{url} answers HTTP {response.status_code} instead of 200"
        return Policy(domain, failure=failed(FailureKind.MALFORMED, detail))
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        detail = f"{url} is sent compressed, which was not asked for"
        return Policy(domain, failure=failed(FailureKind.MALFORMED, detail))
    found = await body(response, BODY_LIMIT)
    if found is None:
        detail = f"{url} is longer than {BODY_LIMIT // 1024} KiB"
        return Policy(domain, failure=failed(FailureKind.REPLY_TOO_LONG, detail))
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()[:100]
    return Policy(domain, found.decode("utf-8", "backslashreplace"), media_type=media_type)


def _failure(error: httpx.HTTPError, host: str, address: str) -> Failure:
    """Why there was no answer to read, in plain words; those of others are OpenSSL's and the system's."""
    at = f"{host} [{address}]"
    found = cause(error)
    if isinstance(found, ssl.SSLCertVerificationError):
        detail = f"the certificate of {at} does not verify: {found.verify_message.rstrip('.')}"
        return failed(FailureKind.TLS_HANDSHAKE, detail)
    if isinstance(found, ssl.SSLError):
        detail = f"the TLS handshake with {at} fails ({found.reason or 'no reason given'})"
        return failed(FailureKind.TLS_HANDSHAKE, detail)
    if isinstance(found, ConnectionRefusedError):
        return failed(FailureKind.REFUSED, f"no web server listens at {at}")
    if isinstance(found, ConnectionResetError):
        return failed(FailureKind.RESET, f"{at} broke the connection off")
    if isinstance(found, OSError):
        return failed(FailureKind.UNREACHABLE, f"{at} cannot be reached ({found.strerror or found})")
    return failed(FailureKind.MALFORMED, f"{at} does not answer in HTTP ({type(error).__name__})")
