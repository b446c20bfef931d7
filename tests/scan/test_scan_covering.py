"""One certificate, judged for every host that leads to the server."""

from __future__ import annotations

import asyncio
import datetime

import msgspec
import pytest
import trustme

from smtpprobe.fake import FakeServer, load
from smtpprobe.fake.certificates import server_context
from smtpprobe.model import Report
from smtpprobe.outcome import CertificateFault
from smtpprobe.run import Settings
from smtpprobe.scan.covering import covered
from smtpprobe.scan.visit import USUAL, visit
from smtpprobe.scanning import Covered, Named, Unit
from smtpprobe.wire import tls


def unit(*hosts: str) -> Unit:
    return Unit(
        1, "127.0.0.1", 25, host=min(hosts, default=""), names=tuple([Named("x.example", host) for host in hosts])
    )


def visited(one: Unit, context: object, ca_file: str | None = None) -> Report:
    async def talk() -> Report:
        async with FakeServer(load("postfix"), tls=context) as server:  # type: ignore[arg-type]
            settings: Settings = msgspec.structs.replace(USUAL, ca_file=ca_file)
            return await visit(msgspec.structs.replace(one, port=server.port), settings, "scan.example")

    return asyncio.run(talk())


@pytest.fixture
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[trustme.CA, str]:
    ca = trustme.CA()
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    ca.cert_pem.write_to_path(str(path))
    return ca, str(path)


def serving(ca: trustme.CA, *names: str, until: datetime.datetime | None = None) -> object:
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(*names, not_after=until).configure_cert(context)
    return context


def test_each_host_is_held_against_the_names_of_one_certificate(authority: tuple[trustme.CA, str]) -> None:
    ca, path = authority
    one = unit("mx1.example.org", "mx9.example.org", "mx.example.net", "mx1.example.org")
    report = visited(one, serving(ca, "mx1.example.org", "*.example.net"), path)
    assert covered(one, report) == (
        Covered("mx.example.net"),
        Covered("mx1.example.org"),
        Covered(
            "mx9.example.org",
            CertificateFault.NAME,
            "it is for mx1.example.org, *.example.net, not for mx9.example.org",
        ),
    )


def test_each_host_gets_what_a_handshake_of_its_own_would(authority: tuple[trustme.CA, str]) -> None:
    ca, path = authority
    hosts = ("mx1.example.org", "a.mx1.example.org", "MX1.Example.Org.", "10.example.net", "192.0.2.1")
    one = unit(*hosts)
    report = visited(one, serving(ca, "mx1.example.org", "*.example.net", "192.0.2.1"), path)
    facts = report.transcript.tls
    assert facts is not None
    for judged in covered(one, report):
        own = tls.judge(facts.chain, judged.host, path)
        assert (judged.fault, judged.detail) == (own.fault, own.detail)


def test_more_names_than_a_report_keeps_are_looked_at(authority: tuple[trustme.CA, str]) -> None:
    ca, path = authority
    names = [f"mx{number}.example.org" for number in range(tls.NAMES_KEPT + 20)]
    one = unit(names[0], names[-1], "mx.example.net")
    report = visited(one, serving(ca, *names), path)
    assert {judged.host: judged.fault for judged in covered(one, report)} == {
        names[0]: None,
        names[-1]: None,
        "mx.example.net": CertificateFault.NAME,
    }


def test_a_fault_that_is_not_about_names_is_every_hosts(authority: tuple[trustme.CA, str]) -> None:
    ca, path = authority
    over = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=3)
    one = unit("mx1.example.org", "mx2.example.org")
    for context, ca_file, fault in (
        (serving(ca, "mx1.example.org", until=over), path, CertificateFault.EXPIRED),
        (serving(ca, "mx1.example.org"), None, CertificateFault.UNTRUSTED),
        (server_context("mx1.example.org", "self-signed"), path, CertificateFault.SELF_SIGNED),
    ):
        report = visited(one, context, ca_file)
        assert [judged.fault for judged in covered(one, report)] == [fault, fault]


def test_a_name_for_the_handshake_that_the_user_gave_is_nobodys_host(authority: tuple[trustme.CA, str]) -> None:
    ca, path = authority
    one = unit("mx1.example.org")

    async def talk() -> Report:
        async with FakeServer(load("postfix"), tls=serving(ca, "mx1.example.org")) as server:  # type: ignore[arg-type]
            settings = msgspec.structs.replace(USUAL, ca_file=path, sni="other.example")
            return await visit(msgspec.structs.replace(one, port=server.port), settings, "scan.example")

    report = asyncio.run(talk())
    facts = report.transcript.tls
    assert facts is not None
    assert facts.certificate is not None
    assert facts.certificate.fault is CertificateFault.NAME
    assert covered(one, report) == (Covered("mx1.example.org"),)


def test_without_a_certificate_or_a_host_nothing_is_judged(authority: tuple[trustme.CA, str]) -> None:
    ca, path = authority
    clear = Unit(1, "127.0.0.1", 1, host="mx.example.org", names=(Named("x.example", "mx.example.org"),))
    assert covered(clear, visited_nowhere(clear)) == ()
    bare = unit()
    assert covered(bare, visited(bare, serving(ca, "mx1.example.org"), path)) == ()


def visited_nowhere(one: Unit) -> Report:
    return asyncio.run(visit(one, USUAL, "scan.example"))
