"""Starts what a broken sender of fixtures/senders needs: its DNS, its mail servers, its policy server."""

import asyncio
import hashlib
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

import msgspec
import servers.dns
import servers.dovecot
import servers.exim
import servers.https
import servers.opensmtpd
import servers.postfix
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from senders import Ended, Fixture, Server, filled, traced, words
from servers.base import Certificates
from servers.postfix import Door
from small_servers import NAMESERVER, NameServer, alone, greylister, name_server, silent

from smtpprobe.fake import FakeServer
from smtpprobe.fake.library import parse

NETWORK = "127.0.25"
DOMAIN = "example.net"
#: The sender's address.
SENDER = "127.0.2.10"
HOSTS = ("mx.example.net", "mx1.example.net", "mx2.example.net", "smtp.example.org")
_DOORS = ("postfix", "postscreen")
#: A mail server of example.net that knows Ann.
_USUAL = {
    "myhostname": "mx.example.net",
    "local_recipient_maps": "inline:{ ann=ann }",
    "smtpd_sasl_auth_enable": "no",
}


@dataclass(frozen=True)
class Scene:
    """A fixture whose servers are up. ``places`` are their addresses, ``line`` is the command line."""

    fixture: Fixture
    places: Mapping[str, str]
    resolver: str
    ca_file: str

    @property
    def line(self) -> list[str]:
        return words(self.fixture, self.places, self.resolver, self.ca_file)

    def traced(self) -> Ended:
        return traced(self.line, self.fixture.environment)


@dataclass
class Stage:
    """Where these fixtures are played, one after the other. All their Postfixes are one, with a door for each."""

    folder: Path
    fixtures: Mapping[str, Fixture]
    places: dict[str, dict[str, str]] = field(default_factory=dict)
    _held: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        self._held.enter_context(alone(servers.base.WORKPLACES / "smtpprobe-senders.lock"))
        authority = trustme.CA()
        self.certificates = {kind: _certificates(authority, self.folder, kind) for kind in ("good", "expired")}
        self.authority = self.certificates["good"].ca_file.read_bytes()
        self.nameserver: NameServer = self._held.enter_context(name_server())
        taken: dict[bytes, str] = {}
        for name, fixture in self.fixtures.items():
            self.places[name] = {server: _address(one, taken) for server, one in fixture.servers.items()}
        self.postfix = self._held.enter_context(
            servers.postfix.running(
                self.folder, self.certificates["good"], doors=self._doors(), domains=[DOMAIN], nameserver=NAMESERVER
            )
        )
        return self

    def __exit__(self, *error: object) -> None:
        self._held.close()

    @contextmanager
    def scene(self, name: str) -> Iterator[Scene]:
        """All that this fixture needs, until the block ends."""
        fixture, places = self.fixtures[name], dict(self.places[name])
        authorities = self.authority
        with ExitStack() as stack:
            folder = stack.enter_context(servers.base.workplace("sender", self.folder))
            places |= {"folder": str(folder), "tlsa": tlsa(self.certificates["good"])}
            for server, one in fixture.servers.items():
                if one.kind not in _DOORS:
                    stack.enter_context(self._started(one, places[server], folder))
            if fixture.policy:
                page = servers.https.Page(filled(fixture.policy, places).replace("\n", "\r\n").encode())
                host = places["policy"] = f"{NETWORK}.250"
                policy = servers.https.running(folder, f"mta-sts.{DOMAIN}", page, host=host, port=443)
                authorities += stack.enter_context(policy).ca_file.read_bytes()
            (folder / "authorities.pem").write_bytes(authorities)
            for file, text in fixture.files.items():
                (folder / file).write_text(filled(text, places))
            zones = {
                zone: servers.dns.Zone(filled(one.records, places), one.signed, one.bogus, one.broken)
                for zone, one in fixture.zones.items()
            }
            dns = stack.enter_context(servers.dns.running(folder, zones))
            self.nameserver.resolver = dns.resolver
            for _ in range(fixture.visits):
                visit(places["mx"], SENDER)
            yield Scene(fixture, places, dns.resolver, str(folder / "authorities.pem"))

    def _doors(self) -> list[Door]:
        doors = {
            place: self._door(server, place, self.places[name])
            for name, fixture in self.fixtures.items()
            for server, place in zip(fixture.servers.values(), self.places[name].values(), strict=True)
            if server.kind in _DOORS
        }
        return list(doors.values())

    def _door(self, server: Server, host: str, places: Mapping[str, str]) -> Door:
        settings = _USUAL | {name: filled(value, places) for name, value in server.settings.items()}
        chain = None
        if server.certificate == "none":
            settings["smtpd_tls_security_level"] = "none"
        elif server.certificate == "expired":
            chain = self.certificates["expired"].chain_file
        return Door(host, server.port, settings, chain, server.resolves, server.kind == "postscreen")

    @contextmanager
    def _started(self, server: Server, host: str, folder: Path) -> Iterator[None]:
        good, port = self.certificates["good"], server.port
        with ExitStack() as stack:
            if server.kind == "exim":
                stack.enter_context(
                    servers.exim.running(folder, good, host=host, port=port, domains=[DOMAIN], settings=server.lines)
                )
            elif server.kind == "opensmtpd":
                stack.enter_context(servers.opensmtpd.running(folder, good, host=host, port=port))
            elif server.kind == "dovecot":
                stack.enter_context(servers.dovecot.running(folder, good, self.postfix, host=host, port=port))
            elif server.kind == "fake":
                stack.enter_context(_fake(server, host))
            elif server.kind == "silent":
                stack.enter_context(silent(host, port))
            elif server.kind == "greylister":
                stack.enter_context(greylister(host, port, server.seconds))
            yield


def _address(server: Server, taken: dict[bytes, str]) -> str:
    """An address of its own; equal Postfixes share theirs, unless another address is part of their settings."""
    told = msgspec.json.encode(server)
    shared = server.kind in _DOORS and b"$" not in told
    return taken.setdefault(told if shared else b"%d" % len(taken), f"{NETWORK}.{len(taken) + 1}")


def _certificates(authority: trustme.CA, folder: Path, kind: str) -> Certificates:
    """For every host of the fixtures. The chain file of the expired one begins with its key, as Postfix takes it."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    leaf = authority.issue_cert(*HOSTS, not_after=yesterday if kind == "expired" else None)
    made = Certificates(folder / f"{kind}-ca.pem", folder / f"{kind}-chain.pem", folder / f"{kind}-key.pem")
    authority.cert_pem.write_to_path(made.ca_file)
    leaf.private_key_pem.write_to_path(made.key_file)
    key = leaf.private_key_pem.bytes() if kind == "expired" else b""
    made.chain_file.write_bytes(key + b"".join(blob.bytes() for blob in leaf.cert_chain_pems))
    made.key_file.chmod(0o600)
    return made


def visit(host: str, source: str) -> None:
    """Come by from this address, and leave."""
    with socket.create_connection((host, 25), 5, (source, 0)) as client:
        client.recv(512)
        client.sendall(b"QUIT\r\n")
        client.recv(512)


def tlsa(certificates: Certificates) -> str:
    """The record that names this certificate's key (RFC 6698 2.1): DANE-EE, its public key, SHA-256."""
    leaf = x509.load_pem_x509_certificate(certificates.chain_file.read_bytes())
    key = leaf.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"3 1 1 {hashlib.sha256(key).hexdigest()}"


@contextmanager
def _fake(server: Server, host: str) -> Iterator[FakeServer]:
    """Our fake server in a thread of its own."""
    fake = FakeServer(parse(server.personality.encode(), "the fixture"), host, server.port)
    started, loop = threading.Event(), asyncio.new_event_loop()
    over = asyncio.Event()

    async def serve() -> None:
        async with fake:
            started.set()
            await over.wait()

    def run() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(serve())

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        assert started.wait(10)
        yield fake
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
