"""How a DNS server is named on the command line, and what the package loads for it."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest

from smtpprobe.journey import Answer, Question
from smtpprobe.names import Resolver
from smtpprobe.names.nameservers import nameserver
from smtpprobe.outcome import FailureKind
from smtpprobe.target import TargetError


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("192.0.2.53", "Do53:192.0.2.53@53"),
        ("[2001:db8::53]:5353", "Do53:2001:db8::53@5353"),
        ("tls://192.0.2.53", "DoT:192.0.2.53@853"),
        ("TLS://[2001:db8::53]:8853#dns.example.com", "DoT:2001:db8::53@8853"),
        ("https://192.0.2.53/dns-query", "https://192.0.2.53:443/dns-query"),
        ("https://dns.example.com:8443/q?x=1", "https://dns.example.com:8443/q?x=1"),
        ("https://dns.example.com", "https://dns.example.com:443/dns-query"),
    ],
)
def test_the_ways_to_name_one(text: str, told: str) -> None:
    assert str(nameserver(text)) == told


@pytest.mark.parametrize(
    "text",
    [
        "dns.example.com",
        "tls://dns.example.com",
        "tls://192.0.2.53#a b",
        "tls://192.0.2.53#",
        "https://",
        "https:///dns-query",
        "https://[::1/dns-query",
        "https://user:secret@192.0.2.53/dns-query",
        "https://192.0.2.53:99999/dns-query",
        "udp://192.0.2.53",
        "\x1b[2J",
        "",
    ],
)
def test_what_names_none_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(TargetError) as caught:
        Resolver([text])
    assert str(caught.value).isprintable()
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("text", ["tls://192.0.2.53", "https://192.0.2.53/dns-query"])
def test_a_ca_file_that_is_none_is_refused_in_one_line(text: str) -> None:
    for file in (__file__, "/nonexistent"):
        with pytest.raises(TargetError, match="CA file"):
            Resolver([text], ca_file=file)


@pytest.mark.parametrize("scheme", ["tls", "https"])
def test_a_dns_server_that_speaks_no_tls_is_a_failure(scheme: str) -> None:
    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.test ESMTP\r\n")
        await reader.read()
        writer.close()

    async def held() -> Answer:
        async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
            address = "{}:{}".format(*server.sockets[0].getsockname())
            async with Resolver([f"{scheme}://{address}"]) as resolver:
                return await resolver.ask(Question("example.test", "A"))

    failure = asyncio.run(held()).failure
    assert failure is not None
    assert failure.kind is FailureKind.DNS
    assert failure.detail.isprintable()


def test_http_is_loaded_only_where_it_is_wanted() -> None:
    modules = "smtpprobe.names, smtpprobe.names.policy, smtpprobe.names.recipients, smtpprobe.names.blocklists"
    code = f"import {modules}, sys; print('httpx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
