"""DANE on a signed zone and real Postfixes: our verdict on every name, and posttls-finger's on the same one."""

import asyncio
import datetime
import hashlib
import itertools
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import finger
import pytest
import servers.dns
import servers.postfix
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from servers.base import Certificates
from servers.dns import Zone

from smtpprobe.journey import Question, Ruling
from smtpprobe.model import Route
from smtpprobe.names import Resolver
from smtpprobe.verdicts.dane import judge_dane
from smtpprobe.verdicts.encounter import Encounter
from smtpprobe.wire.arrival import into_tls
from smtpprobe.wire.dial import Dial
from smtpprobe.wire.record import Record
from smtpprobe.wire.session import Session

NOW = datetime.datetime.now(datetime.UTC)
SIGNED, UNSIGNED = "dane.example", "plain.example"
SECONDS = 20.0

#: What posttls-finger says where Postfix would deliver, and where it would not.
VERIFIED, UNTRUSTED = "Verified TLS connection established", "Untrusted TLS connection established"
#: Where the MX records are not signed, it holds the certificate against the records too, and calls the server trusted
#: at best: so does our detail.
TRUSTED = "log verified as trusted(?s:.*)Matched DANE EE certificate(?s:.*)Trusted TLS connection established"
#: It ends without a word at a server that has no TLS.
SILENT = r"\A\Z"


@dataclass(frozen=True)
class Material:
    """The certificates of one Postfix, in DER: its own, the one in between, the authority's."""

    files: Certificates
    leaf: bytes
    below: bytes
    top: bytes


@dataclass(frozen=True)
class Case:
    """One domain with one MX: which Postfix that is, its TLSA records, our result and posttls-finger's words.

    ``records`` name what they hold: usage, selector, matching type, and whose certificate ("good.leaf").
    """

    name: str
    result: str
    words: str
    records: tuple[tuple[int, int, int, str], ...] = ()
    server: str = "good"
    host_zone: str = SIGNED
    domain_zone: str = SIGNED
    below: Zone = field(default_factory=Zone)

    @property
    def domain(self) -> str:
        return f"{self.name}.{self.domain_zone}"

    @property
    def host(self) -> str:
        return f"mx-{self.name}.{self.host_zone}"


def kinds() -> Iterator[Case]:
    """Every kind of record, for the right certificate and for another one."""
    for usage, selector, matching in itertools.product((2, 3), (0, 1), (0, 1, 2)):
        whose = "top" if usage == 2 else "leaf"
        for good in (True, False):
            record = (usage, selector, matching, f"{'good' if good else 'stranger'}.{whose}")
            name = f"{usage}{selector}{matching}-{'fits' if good else 'not'}"
            yield Case(name, *(("verified", VERIFIED) if good else ("tlsa-invalid", UNTRUSTED)), (record,))


FITS, STALE = (3, 1, 1, "good.leaf"), (3, 1, 1, "stranger.leaf")
CASES = (
    *kinds(),
    Case("none", "none", UNTRUSTED),
    Case("pkix-ta", "unusable", "unsupported TLSA certificate usage", ((0, 1, 1, "good.top"),)),
    Case("pkix-ee", "unusable", "unsupported TLSA certificate usage", ((1, 1, 1, "good.leaf"),)),
    Case("pkix-beside", "verified", VERIFIED, ((1, 1, 1, "stranger.leaf"), FITS)),
    Case("rollover", "verified", VERIFIED, (STALE, FITS)),
    Case("agility", "tlsa-invalid", UNTRUSTED, (FITS, (3, 1, 2, "stranger.leaf"))),
    Case("between", "verified", VERIFIED, ((2, 0, 1, "good.below"),)),
    Case("leaf-as-anchor", "tlsa-invalid", UNTRUSTED, ((2, 1, 1, "good.leaf"),)),
    Case("anchor-as-leaf", "tlsa-invalid", UNTRUSTED, ((3, 1, 1, "good.top"),)),
    Case("expired-ee", "verified", VERIFIED, ((3, 1, 1, "expired.leaf"),), "expired"),
    Case("expired-ta", "certificate-expired", "certificate has expired", ((2, 1, 1, "expired.top"),), "expired"),
    Case("elsewhere-ee", "verified", VERIFIED, ((3, 1, 1, "elsewhere.leaf"),), "elsewhere"),
    Case("elsewhere-ta", "certificate-host-mismatch", "hostname mismatch", ((2, 1, 1, "elsewhere.top"),), "elsewhere"),
    Case("no-starttls", "starttls-not-supported", SILENT, (FITS,), "clear"),
    Case("unsigned", "insecure", UNTRUSTED, (STALE,), host_zone=UNSIGNED, domain_zone=UNSIGNED),
    Case("unsigned-mx", "verified", TRUSTED, (FITS,), domain_zone=UNSIGNED),
    Case("bogus", "dnssec-invalid", "TLSA lookup error", below=Zone(bogus=True)),
    Case("broken", "lookup-failed", "TLSA lookup error", below=Zone(broken=True)),
)  # fmt: skip


def der(pem: trustme.Blob) -> bytes:
    return x509.load_pem_x509_certificate(pem.bytes()).public_bytes(Encoding.DER)


def make(folder: Path, kind: str) -> Material:
    """A certificate of this kind, and the files for a Postfix that sends the whole chain."""
    top = trustme.CA()
    below = top.create_child_ca()
    name = "mail.elsewhere.example" if kind == "elsewhere" else f"*.{SIGNED}"
    until = NOW + datetime.timedelta(days=-1 if kind == "expired" else 30)
    cert = below.issue_cert(name, not_before=NOW - datetime.timedelta(days=60), not_after=until)
    files = Certificates(*(folder / f"{kind}-{part}.pem" for part in ("ca", "chain", "key")))
    top.cert_pem.write_to_path(files.ca_file)
    chain = (cert.cert_chain_pems[0], below.cert_pem, top.cert_pem)
    files.chain_file.write_bytes(b"".join(blob.bytes() for blob in chain))
    cert.private_key_pem.write_to_path(files.key_file)
    files.key_file.chmod(0o600)
    return Material(files, *map(der, chain))


def presented(record: tuple[int, int, int, str], materials: Mapping[str, Material]) -> str:
    """The record by the book (RFC 6698 2.1)."""
    usage, selector, matching, whose = record
    kind, part = whose.split(".")
    held: bytes = getattr(materials[kind], part)
    if selector:
        key = x509.load_der_x509_certificate(held).public_key()
        held = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    data = (held, hashlib.sha256(held).digest(), hashlib.sha512(held).digest())[matching]
    return f"{usage} {selector} {matching} {data.hex()}"


@dataclass(frozen=True)
class World:
    """What the cases run in."""

    resolver: str
    ports: Mapping[str, int]
    finger: finger.Finger | None


@pytest.fixture(scope="module")
def world(server_folder: Path) -> Iterator[World]:
    with ExitStack() as stack:
        materials = {kind: make(server_folder, kind) for kind in ("good", "expired", "elsewhere", "stranger")}
        postfixes = {
            kind: stack.enter_context(servers.postfix.running(server_folder, materials[kind].files))
            for kind in ("good", "expired", "elsewhere")
        }
        clear = servers.postfix.running(server_folder, materials["good"].files, tls=False)
        postfixes["clear"] = stack.enter_context(clear)
        ports = {kind: server.port for kind, server in postfixes.items()}
        dns = stack.enter_context(servers.dns.running(server_folder, zones(ports, materials)))
        other = finger.fingers(server_folder, dns.port, postfixes["good"]) if finger.available() else None
        yield World(dns.resolver, ports, stack.enter_context(other) if other else None)


def zones(ports: Mapping[str, int], materials: Mapping[str, Material]) -> dict[str, Zone]:
    lines: dict[str, list[str]] = {SIGNED: [], UNSIGNED: []}
    made: dict[str, Zone] = {}
    for case in CASES:
        lines[case.domain_zone].append(f"{case.domain}. MX 0 {case.host}.")
        lines[case.host_zone].append(f"{case.host}. A 127.0.0.1")
        owner = f"_{ports[case.server]}._tcp.{case.host}."
        lines[case.host_zone] += [f"{owner} TLSA {presented(one, materials)}" for one in case.records]
        if case.below.bogus or case.below.broken:
            made[f"_tcp.{case.host}"] = case.below
    return {SIGNED: Zone("\n".join(lines[SIGNED]), signed=True), UNSIGNED: Zone("\n".join(lines[UNSIGNED])), **made}


async def judged(case: Case, world: World) -> Ruling:
    """Ask, connect, and judge, as a trace does."""
    port = world.ports[case.server]
    async with Resolver([world.resolver]) as resolver:
        mx = await resolver.ask(Question(case.domain, "MX"))
        assert mx.records == (f"0 {case.host}",)
        address = await resolver.ask(Question(case.host, "A"))
        tlsa = await resolver.ask(Question(f"_{port}._tcp.{case.host}", "TLSA"))
    route, dial = Route(case.host, address.records[0], port), Dial("client.example", sni=case.host)
    record = Record(lambda _: None)
    session = Session(1, route, dial, record, asyncio.get_running_loop().time() + SECONDS)
    try:
        why = await into_tls(session, record, implicit_tls=False)
        await session.quit()
    finally:
        session.close()
    met = Encounter(case.host, route.address, why != "STARTTLS is not offered", session.facts, session.failure)
    return judge_dane(case.domain, met, tlsa, addresses_authentic=address.authentic, mx_authentic=mx.authentic, now=NOW)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_becomes_of_the_mail(case: Case, world: World) -> None:
    ruling = asyncio.run(judged(case, world))
    assert ruling.result == case.result, ruling
    assert ("not signed" in ruling.detail) is (case.name == "unsigned-mx")
    if world.finger is not None:
        said = world.finger.said(f"{case.domain}:{world.ports[case.server]}")
        assert re.search(case.words, said), said
        good = VERIFIED in said or re.search(TRUSTED, said) is not None
        assert good is (ruling.result == "verified"), said


def test_the_record_that_we_offer_is_one_that_postfix_takes(world: World) -> None:
    """The step of a stale record, as text, is the record of the case that fits."""
    stale, fits = [next(case for case in CASES if case.name == name) for name in ("311-not", "311-fits")]
    (step,) = [one for one in asyncio.run(judged(stale, world)).steps if one.startswith("Publish the record")]
    record = step.rpartition(" IN TLSA ")[2]
    assert asyncio.run(judged(fits, world)).record.endswith(f" IN TLSA {record}")
