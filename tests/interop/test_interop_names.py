"""Names against real servers: signed zones of knot behind a validating unbound, and MTA-STS over real HTTPS."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from servers.dns import DnsServer, Zone
from servers.https import HttpsServer, Page

from smtpprobe.journey import Answer, Policy, Question
from smtpprobe.names import Resolver
from smtpprobe.names.blocklists import listed
from smtpprobe.names.policy import BODY_LIMIT, mta_sts_policy
from smtpprobe.names.recipients import MailServers, mail_servers
from smtpprobe.outcome import FailureKind

Dns = Callable[..., DnsServer]
Https = Callable[..., HttpsServer]

STS = b"version: STSv1\r\nmode: enforce\r\nmx: mx.example.net\r\nmax_age: 86400\r\n"
TLSA = "3 1 1 " + "ab" * 32
ZONES = {
    "example.net": Zone(
        f"""
@           MX    10 mx
@           MX    20 alias
@           TXT   "v=spf1 " "mx -all"
@           CAA   0 issue "ca.example"
mx          A     127.0.0.1
mx          AAAA  ::1
alias       CNAME mx
_25._tcp.mx TLSA  {TLSA}
_25._tcp.s  CNAME _25._tcp.mx
_submission._tcp SRV 0 1 587 mx
big         TXT   {" ".join(f'"{"x" * 250}"' for _ in range(40))}
mta-sts     A     127.0.0.1
mta-sts     A     127.0.0.9
""",
        signed=True,
    ),
    "sub.example.net": Zone("@ A 192.0.2.7"),
    "example.org": Zone("@ MX 10 mx.example.net.\nto-bogus CNAME www.bogus.example.\nnowhere CNAME gone.example.net."),
    "bogus.example": Zone("@ MX 10 mx\nmx A 192.0.2.1\nwww A 192.0.2.1", bogus=True),
    "_25._tcp.mx2.example.net": Zone(f"@ TLSA {TLSA}", bogus=True),
    "broken.example": Zone(broken=True),
    "0.0.127.in-addr.arpa": Zone("1 PTR mx.example.net."),
    "bl.test": Zone('1.2.0.192 A 127.0.0.2\n1.2.0.192 TXT "for spam"'),
    "invalid": Zone('www TXT "here"'),
}


def ask(server: DnsServer, *questions: tuple[str, str], nameserver: str | None = None) -> list[Answer]:
    async def held() -> list[Answer]:
        async with Resolver([nameserver or server.resolver], ca_file=str(server.ca_file)) as resolver:
            return await asyncio.gather(*(resolver.ask(Question(*question)) for question in questions))

    return asyncio.run(held())


@pytest.fixture
def names(dns_servers: Dns) -> DnsServer:
    return dns_servers(ZONES)


@pytest.mark.parametrize(
    ("name", "record", "records", "authentic"),
    [
        ("example.net", "MX", ("10 mx.example.net", "20 alias.example.net"), True),
        ("example.net", "TXT", ("v=spf1 mx -all",), True),
        ("example.net", "CAA", ('0 issue "ca.example"',), True),
        ("alias.example.net", "A", ("127.0.0.1",), True),
        ("_25._tcp.mx.example.net", "TLSA", (TLSA,), True),
        ("_25._tcp.s.example.net", "TLSA", (TLSA,), True),
        ("_submission._tcp.example.net", "SRV", ("0 1 587 mx.example.net",), True),
        ("mx.example.net", "TLSA", (), True),
        ("big.example.net", "TXT", ("x" * 10_000,), True),
        ("sub.example.net", "A", ("192.0.2.7",), False),
        ("example.org", "MX", ("10 mx.example.net",), False),
        ("1.0.0.127.in-addr.arpa", "PTR", ("mx.example.net",), False),
        ("www.invalid", "TXT", ("here",), False),
    ],
)
def test_what_is_published_is_told_with_its_dnssec(
    names: DnsServer, name: str, record: str, records: tuple[str, ...], authentic: bool
) -> None:
    (answer,) = ask(names, (name, record))
    assert (answer.records, answer.failure, answer.authentic) == (records, None, authentic)


@pytest.mark.parametrize("ede", [True, False], ids=["told-why", "not-told-why"])
def test_failures_are_told_apart(dns_servers: Dns, ede: bool) -> None:
    answers = ask(
        dns_servers(ZONES, ede=ede),
        ("bogus.example", "MX"),
        ("_25._tcp.mx2.example.net", "TLSA"),
        ("to-bogus.example.org", "A"),
        ("broken.example", "MX"),
        ("gone.example.net", "A"),
        ("nowhere.example.org", "A"),
        ("gone.example", "A"),
    )
    assert [answer.failure.kind if answer.failure else None for answer in answers] == [
        FailureKind.DNSSEC,
        FailureKind.DNSSEC,
        FailureKind.DNSSEC,
        FailureKind.DNS,
        FailureKind.NO_SUCH_NAME,
        FailureKind.NO_SUCH_NAME,
        FailureKind.NO_SUCH_NAME,
    ]
    assert answers[4].authentic is True
    assert answers[5].aliases == ("gone.example.net",)


@pytest.mark.parametrize("text", ["{resolver}", "tls://{dot}", "tls://{dot}#resolver.test", "https://{doh}/dns-query"])
def test_every_way_to_the_dns_gives_the_same_answers(names: DnsServer, text: str) -> None:
    nameserver = text.format(resolver=names.resolver, dot=names.dot, doh=names.doh)
    questions = ("example.net", "MX"), ("big.example.net", "TXT"), ("bogus.example", "A"), ("gone.example.net", "A")
    answers = ask(names, *questions, nameserver=nameserver)
    assert [(len(answer.records), answer.authentic, bool(answer.failure)) for answer in answers] == [
        (2, True, False),
        (1, True, False),
        (0, None, True),
        (0, True, True),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tls://{dot}#elsewhere.test", "certificate"),
        ("https://localhost:{doh_port}/dns-query", "certificate"),
        ("https://{doh}/elsewhere", "404"),
    ],
)
def test_a_resolver_that_is_not_the_one_meant_is_not_believed(names: DnsServer, text: str, words: str) -> None:
    nameserver = text.format(dot=names.dot, doh=names.doh, doh_port=names.doh.rpartition(":")[2])
    (answer,) = ask(names, ("example.net", "MX"), nameserver=nameserver)
    assert answer.failure is not None
    assert answer.failure.kind is FailureKind.DNS
    assert words in answer.failure.detail


def test_without_the_authority_no_certificate_is_believed(names: DnsServer) -> None:
    async def held(nameserver: str) -> Answer:
        async with Resolver([nameserver]) as resolver:
            return await resolver.ask(Question("example.net", "MX"))

    for nameserver in (f"tls://{names.dot}", f"https://{names.doh}/dns-query"):
        assert asyncio.run(held(nameserver)).failure is not None


def test_the_mail_servers_of_a_signed_domain(names: DnsServer) -> None:
    async def held(domain: str, **options: Any) -> MailServers:
        return await mail_servers(Resolver([names.resolver]), domain, **options)

    found = asyncio.run(held("example.net", allow_private=True))
    assert [(one.name, one.addresses, one.alias, one.authentic) for one in found.hosts] == [
        ("mx.example.net", ("::1", "127.0.0.1"), None, True),
        ("alias.example.net", ("::1", "127.0.0.1"), "mx.example.net", True),
    ]
    refused = asyncio.run(held("example.org"))
    assert [(one.refused, one.mx_authentic, one.authentic) for one in refused.hosts] == [
        (("::1", "127.0.0.1"), False, False)
    ]
    bogus = asyncio.run(held("bogus.example"))
    assert bogus.failure is not None
    assert bogus.failure.kind is FailureKind.DNSSEC


def test_a_blocklist_of_our_own(names: DnsServer) -> None:
    async def held() -> list[tuple[str, ...]]:
        found = await listed(Resolver([names.resolver]), ["bl.test"], "192.0.2.1", "example.net")
        return [(one.subject, one.reason, *one.codes) for one in found]

    assert asyncio.run(held()) == [("192.0.2.1", "for spam", "127.0.0.2"), ("example.net", "")]


def fetch(names: DnsServer, server: HttpsServer, **options: Any) -> Policy:
    async def held() -> Policy:
        options.setdefault("allow_private", True)
        options.setdefault("ca_file", str(server.ca_file))
        return await mta_sts_policy("example.net", Resolver([names.resolver]), port=server.port, **options)

    return asyncio.run(held())


def test_a_policy_is_fetched_from_where_our_resolver_says(names: DnsServer, https_server: Https) -> None:
    server = https_server("mta-sts.example.net", Page(STS, headers={"Content-Type": "Text/Plain; charset=utf-8"}))
    policy = fetch(names, server)
    assert (policy.domain, policy.text, policy.failure) == ("example.net", STS.decode(), None)
    assert policy.media_type == "text/plain"
    assert policy.elapsed_ns > 0
    assert server.requests == [f"GET mta-sts.example.net:{server.port} /.well-known/mta-sts.txt"]


def test_an_address_where_nobody_listens_is_passed_over(names: DnsServer, https_server: Https) -> None:
    assert fetch(names, https_server("mta-sts.example.net", Page(STS), host="127.0.0.9")).text == STS.decode()


def test_neither_proxy_nor_cookie_is_used(
    names: DnsServer, https_server: Https, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    monkeypatch.setenv("SSL_CERT_FILE", "/nonexistent")
    server = https_server("mta-sts.example.net", Page(STS, headers={"Set-Cookie": "a=b"}))
    assert fetch(names, server).failure is None
    assert "Cookie" not in server.headers[0]


@pytest.mark.parametrize(
    ("certificate", "words"),
    [("expired", "expired"), ("wrong-name", "mta-sts.example.net"), ("self-signed", "self-signed")],
)
def test_a_certificate_that_is_not_right_is_not_believed(
    names: DnsServer, https_server: Https, certificate: str, words: str
) -> None:
    server = https_server("mta-sts.example.net", Page(STS), certificate=certificate)
    failure = fetch(names, server).failure
    assert failure is not None
    assert failure.kind is FailureKind.TLS_HANDSHAKE
    assert words in failure.detail
    assert server.requests == []


def test_an_authority_that_nobody_named_is_not_believed(names: DnsServer, https_server: Https) -> None:
    failure = fetch(names, https_server("mta-sts.example.net", Page(STS)), ca_file=None).failure
    assert failure is not None
    assert failure.kind is FailureKind.TLS_HANDSHAKE


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (Page(STS, 301, {"Location": "https://www.example.net/.well-known/mta-sts.txt"}), FailureKind.MALFORMED),
        (Page(STS, 404), FailureKind.MALFORMED),
        (Page(STS, 204), FailureKind.MALFORMED),
        (Page(STS, 500), FailureKind.MALFORMED),
        (Page(STS, headers={"Content-Encoding": "gzip"}), FailureKind.MALFORMED),
        (Page(b"x" * (BODY_LIMIT + 1)), FailureKind.REPLY_TOO_LONG),
        (Page(STS, headers={"Content-Length": "9999"}), FailureKind.TRUNCATED),
        (Page(STS, headers={"X-Long": "x" * 200_000}), FailureKind.MALFORMED),
        (Page(STS, headers={"Content-Length": "-1"}), FailureKind.MALFORMED),
    ],
    ids=["redirect", "not-found", "no-content", "error", "compressed", "long", "cut", "header", "length"],
)
def test_an_answer_that_is_no_policy_is_a_failure(
    names: DnsServer, https_server: Https, page: Page, kind: FailureKind
) -> None:
    server = https_server("mta-sts.example.net", page)
    policy = fetch(names, server)
    assert policy.failure is not None
    assert (policy.failure.kind, policy.text) == (kind, "")
    assert policy.failure.detail.isprintable()
    assert len(set(server.requests)) == 1


def test_a_body_up_to_the_limit_and_of_any_octets_is_kept(names: DnsServer, https_server: Https) -> None:
    policy = fetch(names, https_server("mta-sts.example.net", Page(b"\xff\0\x1b" + b"x" * (BODY_LIMIT - 3))))
    assert policy.failure is None
    assert policy.text.startswith("\\xff\0\x1bx")


def test_a_web_server_that_does_not_answer_is_left(names: DnsServer, https_server: Https) -> None:
    failure = fetch(names, https_server("mta-sts.example.net", Page(STS, delay=60)), lifetime=0.5).failure
    assert failure is not None
    assert failure.kind is FailureKind.TIMEOUT


def test_private_addresses_are_not_connected_to_unless_allowed(names: DnsServer, https_server: Https) -> None:
    server = https_server("mta-sts.example.net", Page(STS))
    failure = fetch(names, server, allow_private=False).failure
    assert failure is not None
    assert failure.kind is FailureKind.NOT_ROUTABLE
    assert server.requests == []


def test_a_domain_without_the_name_has_no_policy(names: DnsServer) -> None:
    async def held() -> Policy:
        return await mta_sts_policy("example.org", Resolver([names.resolver]))

    failure = asyncio.run(held()).failure
    assert failure is not None
    assert failure.kind is FailureKind.NO_SUCH_NAME
