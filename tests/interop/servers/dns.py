"""A DNS of our own: knot holds and signs zones, unbound validates in front of it, and neither asks anybody else."""

import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import dns.flags
import dns.message
import dns.query
import dns.rcode
import dns.rrset
import trustme

from . import base

HOST = "127.0.0.1"
TTL = 60

KNOT = """\
server:
    rundir: "{folder}"
    user: root:root
    listen: 127.0.0.1@{port}
control:
    listen: "{folder}/knot.sock"
log:
  - target: stderr
    any: notice
database:
    storage: "{folder}/knot"
policy:
  - id: signing
    algorithm: ecdsap256sha256
    single-type-signing: on
    ksk-lifetime: 0
template:
  - id: default
    storage: "{folder}/zones"
    zonefile-sync: -1
    zonefile-load: whole
    journal-content: none
zone:
"""
KNOT_ZONE = """\
  - domain: "{name}."
    file: "{file}"
"""
KNOT_SIGNED = """\
    dnssec-signing: on
    dnssec-policy: signing
"""

ZONE = """\
$ORIGIN {origin}
$TTL {ttl}
@ SOA ns.nameserver.invalid. hostmaster.nameserver.invalid. 1 3600 600 86400 {ttl}
@ NS ns.nameserver.invalid.
"""

UNBOUND = """\
server:
    directory: "{folder}"
    chroot: ""
    username: ""
    pidfile: ""
    use-syslog: no
    verbosity: 1
    num-threads: 1
    interface: 127.0.0.1@{port}
    interface: 127.0.0.1@{dot}
    interface: 127.0.0.1@{doh}
    tls-port: {dot}
    https-port: {doh}
    tls-service-key: "{key}"
    tls-service-pem: "{chain}"
    access-control: 127.0.0.0/8 allow
    do-ip6: no
    do-not-query-localhost: no
    module-config: "validator iterator"
    qname-minimisation: no
    aggressive-nsec: no
    ede: {ede}
    unblock-lan-zones: yes
"""
# What unbound would answer by itself, besides the reverse zones of private networks.
BUILT_IN = (
    "localhost.",
    "127.in-addr.arpa.",
    "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa.",
    "home.arpa.",
    "onion.",
    "test.",
    "invalid.",
)
# A delegation that unbound has cached would lead to port 53, so every zone is a stub of its own.
STUB = """\
stub-zone:
    name: "{name}."
    stub-addr: 127.0.0.1@{port}
    stub-no-cache: yes
"""
# A digest that no key has, as a parent holds after a key was lost.
STALE_ANCHOR = "1 13 2 " + "00" * 32


@dataclass(frozen=True, slots=True)
class Zone:
    """Lines of a zone file, without SOA and NS: names are relative to the zone, or end in a dot.

    A ``bogus`` zone is signed by a key that nobody vouches for. A ``broken`` one is served, and every answer of it is
    SERVFAIL. A zone inside another of the same DNS is delegated by that one, without DS.
    """

    records: str = ""
    signed: bool = False
    bogus: bool = False
    broken: bool = False

    @property
    def has_keys(self) -> bool:
        return self.signed or self.bogus


@dataclass(frozen=True, slots=True)
class DnsServer:
    """``address:port`` of unbound, plain (``resolver``), over TLS and over HTTPS, and of knot (``authority``)."""

    resolver: str
    dot: str
    doh: str
    authority: str
    ca_file: Path
    folder: Path

    @property
    def port(self) -> int:
        """unbound's, for UDP and TCP."""
        return int(self.resolver.rpartition(":")[2])

    def log(self) -> str:
        return "".join((self.folder / name).read_text("utf-8", "replace") for name in ("knot.log", "unbound.log"))


@contextmanager
def running(parent: Path, zones: Mapping[str, Zone], *, ede: bool = True) -> Iterator[DnsServer]:
    """Both servers with these zones (by name, without the final dot); every other name does not exist.

    ``ede``: SERVFAIL says why (RFC 8914).
    """
    with base.workplace("dns", parent) as folder:
        ca_file = _make_certificate(folder)
        authority, port, dot, doh = (_free_port() for _ in range(4))
        _configure_knot(folder, authority, zones)
        with _daemon(["knotd", "-c", str(folder / "knot.conf")], folder / "knot.log", _serves(authority, zones)):
            anchors = {
                name: _anchor(authority, name, zone) for name, zone in zones.items() if zone.signed or zone.bogus
            }
            configuration = [
                UNBOUND.format(
                    folder=folder,
                    port=port,
                    dot=dot,
                    doh=doh,
                    key=folder / "key.pem",
                    chain=folder / "chain.pem",
                    ede="yes" if ede else "no",
                ),
                *(f'    local-zone: "{name}" nodefault\n' for name in BUILT_IN),
                *(f'    trust-anchor: "{name}. {anchor}"\n' for name, anchor in anchors.items()),
                *(STUB.format(name=name, port=authority) for name in ("", *zones)),
            ]
            (folder / "unbound.conf").write_text("".join(configuration))
            command = ["unbound", "-d", "-c", str(folder / "unbound.conf")]
            with _daemon(command, folder / "unbound.log", lambda: _rcode(port, ".") == dns.rcode.NOERROR):
                yield DnsServer(
                    f"{HOST}:{port}", f"{HOST}:{dot}", f"{HOST}:{doh}", f"{HOST}:{authority}", ca_file, folder
                )


def _configure_knot(folder: Path, port: int, zones: Mapping[str, Zone]) -> None:
    for place in ("zones", "knot"):
        (folder / place).mkdir()
    parts = [KNOT.format(folder=folder, port=port)]
    for number, (name, zone) in enumerate({"": Zone(), **zones}.items()):
        file = f"{number}.zone"
        if not zone.broken:
            text = ZONE.format(origin=f"{name}.", ttl=TTL) + zone.records + _delegations(name, zones)
            (folder / "zones" / file).write_text(text + "\n")
        parts.append(KNOT_ZONE.format(name=name, file=file))
        if zone.has_keys:
            parts.append(KNOT_SIGNED)
    (folder / "knot.conf").write_text("".join(parts))


def _delegations(parent: str, zones: Mapping[str, Zone]) -> str:
    """Without them a signed parent proves that the names of the zones below do not exist."""
    children = [name for name in zones if name != parent and _closest_parent(name, zones) == parent]
    return "".join(f"\n{child}. NS ns.nameserver.invalid." for child in children)


def _closest_parent(name: str, zones: Mapping[str, Zone]) -> str:
    while name:
        name = name.partition(".")[2]
        if name in zones:
            return name
    return ""


def _anchor(port: int, name: str, zone: Zone) -> str:
    """What unbound has to trust: the zone's key, as knot has made it."""
    if zone.bogus:
        return f"DS {STALE_ANCHOR}"
    reply = dns.query.tcp(dns.message.make_query(f"{name}.", "DNSKEY"), HOST, timeout=5, port=port)
    return f"DNSKEY {reply.answer[0][0]}"


def _serves(port: int, zones: Mapping[str, Zone]) -> Callable[[], bool]:
    """Knot listens before its zones are loaded and signed."""
    expected = [name for name, zone in zones.items() if not zone.broken]

    def ready() -> bool:
        return all(_rcode(port, f"{name}.") == dns.rcode.NOERROR for name in ("", *expected))

    return ready


def _rcode(port: int, name: str) -> dns.rcode.Rcode | None:
    try:
        return dns.query.tcp(dns.message.make_query(name, "SOA"), HOST, timeout=2, port=port).rcode()
    except (OSError, EOFError, dns.exception.DNSException):
        return None


def _make_certificate(folder: Path) -> Path:
    authority = trustme.CA()
    leaf = authority.issue_cert("resolver.test", HOST)
    authority.cert_pem.write_to_path(folder / "ca.pem")
    (folder / "chain.pem").write_bytes(b"".join(blob.bytes() for blob in leaf.cert_chain_pems))
    leaf.private_key_pem.write_to_path(folder / "key.pem")
    return folder / "ca.pem"


def _free_port() -> int:
    """A port that is free for UDP and for TCP."""
    while True:
        with socket.socket() as stream, socket.socket(type=socket.SOCK_DGRAM) as datagram:
            stream.bind((HOST, 0))
            port: int = stream.getsockname()[1]
            try:
                datagram.bind((HOST, port))
            except OSError:
                continue
            return port


@contextmanager
def _daemon(command: list[str], log: Path, ready: Callable[[], bool]) -> Iterator[None]:
    """The server in the foreground, from when it is ready until the block ends."""
    with log.open("ab") as sink:
        daemon = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, start_new_session=True)
    try:
        deadline = time.monotonic() + base.START_SECONDS
        while not ready():
            if daemon.poll() is not None or time.monotonic() > deadline:
                raise base.ServerError(f"{command[0]} did not start: {log.read_text('utf-8', 'replace')}")
            time.sleep(0.02)
        yield
    finally:
        base.stop(daemon)
