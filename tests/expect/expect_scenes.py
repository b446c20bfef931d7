"""A scene of expect_cases.py, brought up: fake servers, a DNS and the web around them, and the file for it."""

from __future__ import annotations

import contextlib
import ssl
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import dns.flags
import dns.message
import dns.rcode
import trustme
from msgspec import Struct

from smtpprobe.check import facts
from smtpprobe.fake import FakeServer
from smtpprobe.fake.certificates import authority_pem, server_context
from smtpprobe.journey import Policy
from smtpprobe.verdicts.tlsa import record_for

sys.path.append(str(Path(__file__).parents[1] / "names"))
import scripted_dns
from expect_cases import DOMAIN, FIRST, HOST, SERVFAIL, VARIABLE, Case, Records, Scene


class Stage(Struct, frozen=True):
    """A scene that is up. ``text`` is the file of expectations; ``environment`` what it takes secrets from."""

    text: str
    resolver: str
    environment: dict[str, str]
    servers: tuple[FakeServer, ...]


@contextlib.asynccontextmanager
async def stage(case: Case, scene: Scene, folder: Path) -> AsyncIterator[Stage]:
    """Bring it up. ``folder`` gets the certificate of the authority that the fakes are trusted by."""
    authority = folder / "authority.pem"
    authority.write_text(authority_pem())
    context = _old_tls() if scene.old_tls else server_context(scene.personality.hostname, scene.personality.certificate)
    async with contextlib.AsyncExitStack() as stack:
        servers: list[FakeServer] = []
        for address in scene.addresses:
            port = servers[0].port if servers else 0
            servers.append(await stack.enter_async_context(FakeServer(scene.personality, address, port, tls=context)))
        script = _script(scene, servers[0].port, _tlsa(context))
        resolver = await stack.enter_async_context(scripted_dns.serve(script))
        if scene.policy:
            stack.enter_context(patch.object(facts, "mta_sts_policy", _web(scene.policy)))
        text = _text(case, scene, servers[0].port, authority)
        yield Stage(text, resolver, {VARIABLE: scene.password}, tuple(servers))


def _text(case: Case, scene: Scene, port: int, authority: Path) -> str:
    name = DOMAIN if "mx = true" in case.server else HOST
    lines = (
        *("[defaults]", 'ehlo_name = "probe.example.net"', "allow_private = true", f'ca_file = "{authority}"'),
        *("[[server]]", f'target = "{name}:{port}"', case.server, scene.toml or case.toml),
    )
    return "\n".join(filter(None, lines)) + "\n"


def _script(scene: Scene, port: int, tlsa: str) -> scripted_dns.Script:
    """Every answer is signed, as far as the resolver can tell."""
    whole = {HOST: {"A": [FIRST]}, DOMAIN: {"MX": [f"10 {HOST}."]}, **scene.zone}
    zone = {_filled(name, port, tlsa): records for name, records in whole.items()}

    def answer(query: dns.message.Message, tcp: bool) -> scripted_dns.Answer:
        name, kind = scripted_dns.question(query)
        records: Records | str | None = zone.get(name)
        if records == SERVFAIL:
            return scripted_dns.failing(query, dns.rcode.SERVFAIL)
        if records is None or isinstance(records, str):
            reply = scripted_dns.failing(query, dns.rcode.NXDOMAIN)
        else:
            reply = scripted_dns.answering(query, [_filled(one, port, tlsa) for one in records.get(kind, [])])
        reply.flags |= dns.flags.AD
        return reply

    return answer


def _filled(text: str, port: int, tlsa: str) -> str:
    return text.replace("{port}", str(port)).replace("{tlsa}", tlsa)


def _tlsa(context: ssl.SSLContext) -> str:
    """The digest of the key that this context shows, as a TLSA record holds it."""
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    ours, theirs = client.wrap_bio(back, there), context.wrap_bio(there, back, server_side=True)
    for _ in range(3):
        for side in (ours, theirs):
            with contextlib.suppress(ssl.SSLWantReadError):
                side.do_handshake()
    leaf = ours.getpeercert(binary_form=True)
    assert leaf is not None
    return record_for("", leaf).split()[-1]


def _old_tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert(HOST).configure_cert(context)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    return context


def _web(policy: str) -> Any:
    async def fetched(domain: str, *_: Any, **__: Any) -> Policy:
        return Policy(domain, policy, media_type="text/plain")

    return fetched
