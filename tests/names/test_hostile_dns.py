"""The resolver against a DNS server that lies, stalls and breaks off: always a Failure, always bounded."""

from __future__ import annotations

import asyncio
import socket
from itertools import pairwise

import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset
import pytest
from dns.rdtypes.ANY.MX import MX
from scripted_dns import Answer, Script, answering, failing, question, serve, truncated, zone

from smtpprobe.model import Failure, Route
from smtpprobe.names import ResolveError, Resolver
from smtpprobe.names.families import ADDRESS_LIMIT
from smtpprobe.names.lookups import MX_LIMIT
from smtpprobe.outcome import FailureKind
from smtpprobe.target import parse

PATIENCE = 0.3


def routes(script: Script, *, mx: bool = False) -> tuple[Route, ...] | Failure:
    """The routes to victim.test as this server tells them, or the failure."""

    async def held() -> tuple[Route, ...] | Failure:
        async with serve(script) as nameserver:
            resolver = Resolver([nameserver], lifetime=PATIENCE)
            assert await resolver.has_mx("victim.test") in (True, False)
            try:
                return await resolver.routes(parse("victim.test", mx=mx), every=True)
            except ResolveError as error:
                return error.failure

    return asyncio.run(held())


def mx_to(*exchanges: bytes) -> Script:
    """A server whose victim.test has MX records with these raw labels in front of .test; each has an address."""

    def script(query: dns.message.Message, tcp: bool) -> Answer:
        if question(query)[1] != "MX":
            return answering(query, ["8.8.8.8"] if question(query)[1] == "A" else [])
        reply = answering(query, [])
        names = [dns.name.Name([label, b"test", b""]) for label in exchanges]
        records = [MX(dns.rdataclass.IN, dns.rdatatype.MX, 10, name) for name in names]  # type: ignore[no-untyped-call]
        reply.answer = [dns.rrset.from_rdata_list(query.question[0].name, 60, records)]
        return reply

    return script


@pytest.mark.parametrize("rcode", [dns.rcode.SERVFAIL, dns.rcode.REFUSED, dns.rcode.FORMERR, dns.rcode.NOTIMP])
def test_a_dns_server_that_fails_leaves_the_question_open(rcode: dns.rcode.Rcode) -> None:
    failure = routes(lambda query, tcp: failing(query, rcode), mx=True)
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.DNS
    assert dns.rcode.to_text(rcode) in failure.detail
    assert "127.0.0.1" in failure.detail


def test_silence_ends_with_the_lifetime() -> None:
    failure = routes(lambda query, tcp: None)
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.DNS
    assert "within 0.3 s" in failure.detail


def test_nobody_listening_is_a_dns_failure() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        resolver = Resolver([f"127.0.0.1:{taken.getsockname()[1]}"], lifetime=PATIENCE)
        with pytest.raises(ResolveError) as caught:
            asyncio.run(resolver.mx("victim.test"))
    assert caught.value.failure.kind is FailureKind.DNS


@pytest.mark.parametrize(
    "garbage",
    [b"", b"\0", b"\xff" * 12, b"SSH-2.0-OpenSSH_9.2\r\n", b"\0" * 600],
    ids=["empty", "one-byte", "ones", "ssh", "zeros"],
)
@pytest.mark.parametrize("over", ["udp", "tcp"])
def test_garbage_is_a_dns_failure(garbage: bytes, over: str) -> None:
    failure = routes(lambda query, tcp: garbage if tcp or over == "udp" else truncated(query))
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.DNS


@pytest.mark.parametrize("length", [11, 12, 20, 40, -1])
def test_a_packet_cut_short_is_a_dns_failure(length: int) -> None:
    def script(query: dns.message.Message, tcp: bool) -> Answer:
        return answering(query, ["8.8.8.8"] if question(query)[1] == "A" else []).to_wire()[:length]

    failure = routes(script)
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.DNS


def test_a_reply_to_another_question_is_no_answer() -> None:
    def script(query: dns.message.Message, tcp: bool) -> Answer:
        other = dns.message.make_query("elsewhere.test", query.question[0].rdtype, id=query.id)
        return answering(other, ["8.8.8.8"] if question(query)[1] == "A" else [])

    failure = routes(script)
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.DNS


def test_an_answer_too_long_for_udp_is_fetched_over_tcp() -> None:
    whole = zone({"victim.test": {"A": ["8.8.8.8"]}})
    assert routes(lambda query, tcp: whole(query, tcp) if tcp else truncated(query)) == (
        Route("victim.test", "8.8.8.8", 25),
    )


def test_an_answer_truncated_over_tcp_too_is_a_dns_failure() -> None:
    failure = routes(lambda query, tcp: truncated(query))
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.DNS


@pytest.mark.parametrize("aliases", [1, 2, 40])
def test_aliases_without_end_are_a_dns_failure(aliases: int) -> None:
    def script(query: dns.message.Message, tcp: bool) -> Answer:
        names = ["victim.test.", *(f"alias{n}.test." for n in range(1, aliases)), "victim.test."]
        reply = dns.message.make_response(query)
        reply.answer = [dns.rrset.from_text(a, 60, "IN", "CNAME", b) for a, b in pairwise(names)]
        return reply

    failure = routes(script)
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.DNS
    assert "CNAME" in failure.detail


def test_one_family_may_fail_while_the_other_answers() -> None:
    def script(query: dns.message.Message, tcp: bool) -> Answer:
        return answering(query, ["8.8.8.8"]) if question(query)[1] == "A" else failing(query, dns.rcode.SERVFAIL)

    assert routes(script) == (Route("victim.test", "8.8.8.8", 25),)


def test_a_dns_failure_beats_a_clear_no() -> None:
    def script(query: dns.message.Message, tcp: bool) -> Answer:
        return answering(query, []) if question(query)[1] == "A" else failing(query, dns.rcode.SERVFAIL)

    failure = routes(script)
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.DNS


def test_a_thousand_mx_records_are_cut_and_counted() -> None:
    script = mx_to(*(b"mx%04d" % n for n in range(1000)))
    found = routes(
        lambda query, tcp: script(query, tcp) if tcp or question(query)[1] != "MX" else truncated(query), mx=True
    )
    assert isinstance(found, tuple)
    assert [route.host for route in found] == [f"mx{n:04}.test" for n in range(MX_LIMIT)]

    async def counted() -> int:
        async with serve(script) as nameserver:
            return (await Resolver([nameserver]).mx("victim.test")).left_out

    assert asyncio.run(counted()) == 1000 - MX_LIMIT


def test_a_thousand_addresses_are_cut() -> None:
    script = zone({"victim.test": {"A": [f"8.8.{n // 250}.{n % 250}" for n in range(1000)]}})
    found = routes(lambda query, tcp: script(query, tcp))
    assert isinstance(found, tuple)
    assert len(found) == ADDRESS_LIMIT


@pytest.mark.parametrize(
    "label",
    [b"\x1b[2J", b"a b", b"a.b", b"\0", b"\r\nQUIT", b"\xff" * 63, b"\xc3\xa4", b"-x", b"a\\b", b"<script>", b"%s"],
)
def test_an_mx_host_with_odd_bytes_is_shown_escaped_and_never_connected_to(label: bytes) -> None:
    failure = routes(mx_to(label), mx=True)
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.NO_ADDRESS
    assert failure.detail.isprintable()
    assert failure.detail.isascii()


def test_an_mx_host_with_odd_bytes_does_not_hide_the_others() -> None:
    found = routes(mx_to(b"\x1b[2J", b"mx1"), mx=True)
    assert isinstance(found, tuple)
    assert [route.host for route in found] == ["mx1.test"]


@pytest.mark.parametrize("text", ["a" * 64, "a." * 130, "..", "\\", "\ud800", "\u0130" * 64, "a\0b", ""])
def test_a_name_that_cannot_be_asked_for_is_a_failure(text: str) -> None:
    async def held() -> None:
        async with serve(zone({})) as nameserver:
            resolver = Resolver([nameserver], lifetime=PATIENCE)
            assert not await resolver.has_mx(text)
            for question in (resolver.mx(text), resolver.addresses(text, 25)):
                with pytest.raises(ResolveError) as caught:
                    await question
                assert caught.value.failure.detail.isprintable()

    asyncio.run(held())
