"""Domains and their mail servers: ``--mx``, what it follows, and the hint for who left it out."""

from __future__ import annotations

import dns.rcode
import pytest
from cli_calls import invoke
from cli_servers import at, blunt, closed_port, fake, said, scripted_dns
from cli_servers import dns as nameserver

from smtpprobe.names import Resolver

ZONE: scripted_dns.Zone = {
    "both.test": {"MX": ["10 mx1.both.test.", "20 mx2.both.test."], "A": ["127.0.0.1"]},
    "mx1.both.test": {"A": ["127.0.0.1"]},
    "mx2.both.test": {"A": ["127.0.0.2"]},
    "mailonly.test": {"MX": ["10 mx1.both.test."]},
    "plain.test": {"A": ["127.0.0.1"]},
    "null.test": {"MX": ["0 ."], "A": ["127.0.0.1"]},
    "gone.test": {"MX": ["10 nowhere.test."]},
}


def test_mx_asks_the_best_mail_server_and_knows_the_domain() -> None:
    with fake() as server, nameserver(ZONE) as dns_at:
        words = ["--mx", "--resolver", dns_at, "--allow-private", "--port", str(server.port)]
        ended = invoke("probe", *words, "--format", "json", "both.test")
        heard = said(server)
    assert ended.document["outcome"] == "answered"
    assert ended.document["target"]["sni"] == "mx1.both.test"
    assert {one["address"] for one in ended.document["connections"]} == {"127.0.0.1"}
    assert any("postmaster@both.test" in line for line in heard)


def test_all_asks_every_mail_server() -> None:
    with fake() as server, nameserver(ZONE) as dns_at:
        words = ["--mx", "--all", "--resolver", dns_at, "--allow-private", "--port", str(server.port)]
        ended = invoke("probe", *words, "--profile", "ehlo", "--format", "json", "both.test")
    assert [one["outcome"] for one in ended.documents] == ["answered", "unreachable"]
    assert ended.status == 3


def test_private_addresses_out_of_an_mx_record_are_left_alone() -> None:
    with fake() as server, nameserver(ZONE) as dns_at:
        ended = invoke("probe", "--mx", "--resolver", dns_at, "--port", str(server.port), "mailonly.test")
        assert server.connections == 0
    assert ended.status == 3
    assert "mx1.both.test" in ended.stdout
    assert "--allow-private" in ended.stdout


def test_a_null_mx_is_an_answer() -> None:
    with nameserver(ZONE) as dns_at:
        words = ["probe", "--mx", "--resolver", dns_at, "null.test"]
        text, quiet, json = invoke(*words), invoke(*words, "-q"), invoke(*words, "--format", "json")
    assert (text.status, quiet.status, json.status) == (0, 0, 0)
    assert text.stdout.count("takes no mail") == quiet.stdout.count("takes no mail") == 1
    assert json.document["outcome"] == "answered"
    assert json.document["failure"]["kind"] == "null-mx"
    assert "takes no mail" in json.document["verdict"]


def test_an_mx_that_does_not_exist_is_named() -> None:
    with nameserver(ZONE) as dns_at:
        ended = invoke("probe", "--mx", "--resolver", dns_at, "gone.test")
    assert ended.status == 3
    assert "nowhere.test does not exist" in ended.stdout


def test_a_failing_dns_server_decides_nothing() -> None:
    with nameserver(lambda query, tcp: scripted_dns.failing(query, dns.rcode.SERVFAIL)) as dns_at:
        ended = invoke("probe", "--mx", "--resolver", dns_at, "--format", "json", "example.test")
        plain = invoke("probe", "--resolver", dns_at, "example.test")
    assert (ended.status, plain.status) == (4, 4)
    assert ended.document["outcome"] == "inconclusive"
    assert ended.document["failure"]["kind"] == "dns"
    assert "SERVFAIL" in ended.document["verdict"]


HINT = "`smtpprobe probe --mx {0}` asks its mail servers."


@pytest.mark.parametrize("form", ["text", "quiet", "json"])
def test_a_domain_without_an_address_gets_the_hint_everywhere(form: str) -> None:
    how = {"text": [], "quiet": ["-q"], "json": ["--format", "json"]}[form]
    with nameserver(ZONE) as dns_at:
        ended = invoke("probe", "--resolver", dns_at, *how, "mailonly.test")
    assert ended.status == 3
    told = ended.document["verdict"] if form == "json" else " ".join(ended.stdout.split())
    assert HINT.format("mailonly.test") in told
    assert told.count("has MX records") == 1


def test_a_name_that_does_not_exist_for_the_system_gets_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    async def has_mx(self: Resolver, domain: str) -> bool:
        return domain == "domain.invalid"

    monkeypatch.setattr(Resolver, "has_mx", has_mx)
    assert HINT.format("domain.invalid") in " ".join(invoke("probe", "domain.invalid").stdout.split())
    assert "--mx" not in invoke("probe", "other.invalid").stdout


def test_closed_silent_and_rude_hosts_get_it() -> None:
    with (
        nameserver(ZONE) as dns_at,
        closed_port() as nobody,
        blunt() as silent,
        blunt(hang_up=True) as rude,
        fake() as server,
    ):
        for port in (nobody.rpartition(":")[2], silent.port, rude.port):
            words = ["--resolver", dns_at, "--timeout", "0.2", "--port", str(port)]
            assert HINT.format("both.test") in " ".join(invoke("probe", *words, "both.test").stdout.split())
            assert "--mx" not in invoke("probe", *words, "plain.test").stdout
            assert "--mx" not in invoke("probe", *words, "null.test").stdout
        answered = invoke("probe", "--resolver", dns_at, "--port", str(server.port), "-q", "both.test")
        literal = invoke("probe", "--resolver", dns_at, nobody)
    assert "--mx" not in answered.stdout
    assert "--mx" not in literal.stdout
    assert at(server)
