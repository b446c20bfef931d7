"""A thousand domains behind one provider: its two servers are asked once each, and judged for every name."""

from __future__ import annotations

import json
import ssl
import sys
from pathlib import Path

import dns.message
import trustme

sys.path.append(str(Path(__file__).parents[1] / "cli"))
from cli_calls import invoke
from cli_servers import beside
from cli_servers import dns as resolver
from cli_servers import scripted_dns as scripted

from smtpprobe.fake import FakeServer, load

DOMAINS = [f"customer{number}.example" for number in range(1000)]
#: Two customers have names of their own for the second server, which its certificate does not hold.
HOSTS = {
    "mx1.provider.example": "127.7.0.1",
    "mx2.provider.example": "127.7.0.2",
    "mail.customer1.example": "127.7.0.2",
    "mail.customer2.example": "127.7.0.2",
}


def answer(query: dns.message.Message, tcp: bool) -> dns.message.Message:
    name, kind = scripted.question(query)
    if kind == "A":
        return scripted.answering(query, [HOSTS[name]])
    if kind != "MX":
        return scripted.answering(query, [])
    own = f"mail.{name}"
    second = own if own in HOSTS else "mx2.provider.example"
    return scripted.answering(query, ["10 mx1.provider.example.", f"20 {second}."])


def test_a_thousand_domains_cost_as_many_conversations_as_there_are_servers(tmp_path: Path) -> None:
    authority = trustme.CA()
    trusted = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(trusted))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("mx1.provider.example", "mx2.provider.example").configure_cert(context)
    asked: list[str] = []

    def counted(query: dns.message.Message, tcp: bool) -> dns.message.Message:
        asked.append(" ".join(scripted.question(query)))
        return answer(query, tcp)

    file, output = tmp_path / "domains", tmp_path / "found.jsonl"
    file.write_text("\n".join(DOMAINS))
    with beside(FakeServer(load("postfix"), "0.0.0.0", tls=context)) as server, resolver(counted) as address:
        words = (
            "--mx",
            "--port",
            str(server.port),
            "--resolver",
            address,
            "--allow-private",
            "--ca-file",
            str(trusted),
        )
        ended = invoke("scan", str(file), "-o", str(output), "--ehlo-name", "a.example", *words)
        assert (ended.status, ended.stderr) == (0, "")
        assert server.connections == 2

    # One question a domain, and for each host two for its addresses and those that find them to be public.
    assert len([one for one in asked if one.endswith(" MX")]) == len(DOMAINS)
    assert len(asked) <= len(DOMAINS) + 4 * len(HOSTS)

    first, second = sorted((json.loads(line) for line in output.read_text().splitlines()), key=_address)
    assert (first["unit"]["address"], second["unit"]["address"]) == ("127.7.0.1", "127.7.0.2")
    assert [one["text"] for one in first["names"]] == sorted(DOMAINS)
    assert {one["host"] for one in first["names"]} == {"mx1.provider.example"}
    assert all(one["covered"] == {"fault": None, "detail": ""} for one in first["names"])
    assert len(second["names"]) == len(DOMAINS)
    judged = {one["host"]: one["covered"]["fault"] for one in second["names"]}
    assert judged == {
        "mx2.provider.example": None,
        "mail.customer1.example": "name",
        "mail.customer2.example": "name",
    }
    # The one name that was asked for stands beside it.
    assert second["target"]["sni"] == "mail.customer1.example"
    assert "Certificate for each name  of 2,000 names that it was judged for" in ended.stdout


def _address(document: dict[str, dict[str, str]]) -> str:
    return document["unit"]["address"]
