"""`trace` on fake servers and a scripted DNS: where the way ends, whose side that is, and the exit status."""

from __future__ import annotations

import dns.message
import dns.rcode
import pytest
from cli_calls import invoke, refused
from cli_servers import beside, blunt, closed_port, fake, said, scripted_dns
from cli_servers import dns as nameserver
from trace_zone import ADDRESS, GOOD, call, changed, traced

PLAIN = """summary = "an MX"
hostname = "mx1.example.net"
[ehlo]
clear = ["PIPELINING", "SIZE 10485760", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"]
[mail_parameters]
SIZE = "limit 10485760"
BODY = "accept"
SMTPUTF8 = "accept"
"""


def answering(command: str, reply: str, state: str = "") -> str:
    """The server, with a reply of its own to one command."""
    where = f'state = "{state}"\n' if state else ""
    return f"{PLAIN}\n[[rules]]\ncommand = '{command}'\n{where}reply = \"{reply}\"\n"


def test_nothing_in_the_way() -> None:
    with fake(PLAIN) as server, nameserver(GOOD) as dns_at:
        status, document = traced(server, dns_at)
        heard = said(server)
    assert status == 0
    assert document["diagnosis"]["cause"] == "none"
    assert document["diagnosis"]["who"] == "nobody"
    assert "ann@example.net" in document["diagnosis"]["summary"]
    assert [step["name"] for step in document["map"]] == ["you", "DNS", "MX mx1.example.net", "no TLS", "MAIL", "RCPT"]
    assert any(one.startswith("MAIL FROM:<bob@example.org>") for one in heard)
    assert not any(one.upper().startswith(("DATA", "BDAT", "AUTH")) for one in heard)


@pytest.mark.parametrize(
    ("reply", "cause", "who", "status"),
    [
        ("550 5.1.1 {path}: Recipient address rejected: User unknown", "no-such-user", "sender", 1),
        ("552 5.2.2 Mailbox full", "mailbox-full", "recipient", 1),
        ("452 4.2.2 The email account that you tried to reach is over quota", "mailbox-full", "recipient", 4),
        ("550 5.2.1 Mailbox disabled", "mailbox-disabled", "recipient", 1),
        ("554 5.7.1 {path}: Relay access denied", "relay-denied", "recipient", 1),
        ("530 5.7.0 Authentication required", "auth-required", "sender", 1),
        ("530 5.7.0 Must issue a STARTTLS command first", "tls-required", "sender", 1),
        ("550 5.7.23 SPF validation failed", "spf", "sender", 1),
        ("550 5.7.26 Unauthenticated email from example.org is not accepted (DMARC policy)", "dmarc", "sender", 1),
        ("550 5.7.25 The IP address sending this message does not have a PTR record", "ptr", "sender", 1),
        ("554 5.7.1 Client host [192.0.2.10] blocked using zen.spamhaus.org", "blocklist", "sender", 1),
        ("550 5.1.8 Sender address rejected: Domain not found", "sender-domain", "sender", 1),
        ("552 5.3.4 Message size exceeds fixed limit", "size", "sender", 1),
        ("451 4.7.1 Greylisted, please try again in 300 seconds", "greylisted", "nobody", 4),
        ("451 4.3.0 Temporary lookup failure", "server-trouble", "server", 4),
        ("550 5.7.1 No", "policy", "sender", 1),
    ],
)
def test_the_reply_to_rcpt_names_the_cause(reply: str, cause: str, who: str, status: int) -> None:
    with fake(answering("RCPT TO:.*", reply, "after-mail")) as server, nameserver(GOOD) as dns_at:
        ended, document = traced(server, dns_at)
    diagnosis = document["diagnosis"]
    assert (diagnosis["cause"], diagnosis["who"], ended) == (cause, who, status)
    assert reply[:3] in " ".join(diagnosis["evidence"])
    assert diagnosis["steps"]


def test_spf_that_does_not_name_the_address_gives_the_record_to_publish() -> None:
    zone = changed(example__org={"MX": ["10 out.example.org."], "TXT": ['"v=spf1 mx:nowhere.example -all"']})
    with fake(answering("RCPT TO:.*", "550 5.7.23 SPF fail", "after-mail")) as server, nameserver(zone) as dns_at:
        status, document = traced(server, dns_at)
        text = call(server, dns_at)
    assert status == 1
    assert document["diagnosis"]["cause"] == "spf"
    assert ADDRESS in document["diagnosis"]["summary"]
    assert any(f"ip4:{ADDRESS}" in step for step in document["diagnosis"]["steps"])
    assert f"ip4:{ADDRESS}" in text.stdout


@pytest.mark.parametrize(
    ("zone", "cause", "status"),
    [
        (changed(example__net={"MX": ["0 ."]}), "null-mx", 1),
        (changed(example__net=None), "no-domain", 3),
        (changed(mx1__example__net=None), "no-mail-server", 3),
        (changed(example__org={"MX": ["10 out.example.org."], "TXT": ['"v=spf1 -all"']}), "spf", 1),
        (changed(example__org={"MX": ["10 out.example.org."], "TXT": ['"v=spf1 mxx -all"']}), "spf-broken", 1),
        ({**changed(), "10.2.0.192.in-addr.arpa": {}}, "ptr", 1),
        (changed(example__org={"TXT": ['"v=spf1 ip4:192.0.2.10 -all"']}), "sender-domain", 1),
    ],
)
def test_what_the_dns_alone_tells(zone: scripted_dns.Zone, cause: str, status: int) -> None:
    with fake(PLAIN) as server, nameserver(zone) as dns_at:
        ended, document = traced(server, dns_at)
    assert (document["diagnosis"]["cause"], ended) == (cause, status)


def test_a_dns_server_that_fails_is_inconclusive() -> None:
    def failing(query: dns.message.Message, tcp: bool) -> scripted_dns.Answer:
        return scripted_dns.failing(query, dns.rcode.SERVFAIL)

    with beside(scripted_dns.serve(failing)) as dns_at:
        status, document = traced(None, dns_at)
        assert call(None, dns_at, "--inconclusive", "fail", "-q").status == 1
    assert (status, document["diagnosis"]["cause"]) == (4, "dns-failure")


def test_a_private_mail_server_is_not_connected_to_unless_allowed() -> None:
    with fake(PLAIN) as server, nameserver(GOOD) as dns_at:
        ended = invoke("trace", "ann@example.net", "--from", "<>", "--resolver", dns_at, "--port", str(server.port))
        assert server.connections == 0
    assert ended.status == 3
    assert "no public address" in ended.stdout


def test_a_dead_first_server_delays_and_is_named() -> None:
    zone = changed(
        example__net={"MX": ["10 mx0.example.net.", "20 mx1.example.net."]}, mx0__example__net={"A": ["127.0.0.77"]}
    )
    with fake(PLAIN) as server, nameserver(zone) as dns_at:
        status, document = traced(server, dns_at)
        strict = call(server, dns_at, "--fail-on", "warning", "-q")
    assert (status, document["diagnosis"]["cause"]) == (0, "unreachable")
    assert "mx0.example.net" in document["diagnosis"]["summary"]
    assert [route["outcome"] for route in document["routes"]] == ["unreachable", "answered"]
    assert strict.status == 1


def test_nothing_listens_and_what_listens_is_no_mail_server() -> None:
    with nameserver(GOOD) as dns_at, closed_port() as where:
        ended = call(None, dns_at, "--port", where.rpartition(":")[2])
    assert ended.status == 3
    assert "refused" in ended.stdout
    with blunt(b"HTTP/1.1 400 Bad Request\r\n\r\n") as server, nameserver(GOOD) as dns_at:
        ended = call(None, dns_at, "--port", str(server.port))
    assert ended.status == 3
    assert "HTTP" in ended.stdout


def test_an_address_in_place_of_a_domain_has_no_records() -> None:
    relay = answering("RCPT TO:.*", "554 5.7.1 Relay access denied", "after-mail")
    with fake(relay) as server, nameserver(GOOD) as dns_at:
        status, document = traced(server, dns_at, recipient="ann@[127.0.0.1]")
    assert (status, document["diagnosis"]["cause"]) == (1, "relay-denied")
    told = [document["diagnosis"]["summary"], *document["diagnosis"]["steps"]]
    assert not [words for words in told if "MX records" in words or "its MX" in words]
    assert not [one for one in document["dns"] if one["type"] == "MX" and one["name"].startswith("[")]


def test_an_address_beyond_ascii_needs_smtputf8() -> None:
    old = PLAIN.replace('"SMTPUTF8", ', "")
    with fake(old) as server, nameserver(GOOD) as dns_at:
        status, document = traced(server, dns_at, recipient="jörg@example.net")
        assert not any(line.startswith("MAIL") for line in said(server))
    assert (status, document["diagnosis"]["cause"]) == (1, "smtputf8")


def test_the_address_is_taken_from_an_echo_and_said_to_be() -> None:
    echo = PLAIN + '\n[[rules]]\ncommand = "EHLO .*"\nreply = ["250-mx1.example.net Hello [192.0.2.10]", "250 SIZE"]\n'
    words = ["--from", "bob@example.org", "--ehlo-name", "out.example.org", "--allow-private", "--format", "json"]
    with fake(echo) as server, nameserver(GOOD) as dns_at:
        at = ["--resolver", dns_at, "--port", str(server.port)]
        ended = invoke("trace", "ann@example.net", *words, *at)
    assert '"origin": "server"' in ended.stdout
    assert '"address": "192.0.2.10"' in ended.stdout


def test_further_questions_and_keys_and_lists() -> None:
    listing = {"10.2.0.192.list.test": {"A": ["127.0.0.2"], "TXT": ['"seen sending spam"']}}
    extra = ["--extra", "catch-all,null-sender,postmaster", "--selector", "key,none", "--blocklist", "list.test"]
    with fake(PLAIN) as server, nameserver({**GOOD, **listing}) as dns_at:
        status, document = traced(server, dns_at, *extra, "--size", "2000")
        heard = said(server)
    found = {(one["check"], one["subject"]): one["standing"] for one in document["verdicts"]}
    assert found["dkim", "key._domainkey.example.org"] == "pass"
    assert found["dkim", "none._domainkey.example.org"] == "fail"
    assert found["extra", "null-sender"] == "pass"
    assert document["diagnosis"]["cause"] == "blocklist"
    assert status == 1
    assert any("SIZE=2000" in line for line in heard)
    assert "MAIL FROM:<>" in heard


def test_a_silent_port_on_two_operators_is_this_network() -> None:
    # What is not listened on refuses here, so this network is not to blame.
    with nameserver(GOOD) as dns_at, closed_port() as where:
        status, document = traced(None, dns_at, "--port", where.rpartition(":")[2], "--control", "example.org")
    assert (status, document["diagnosis"]["cause"]) == (3, "unreachable")


def test_a_greylisting_server_is_waited_for() -> None:
    grey = answering("RCPT TO:.*", "451 4.7.1 Greylisted, try again in 0 seconds", "after-mail")
    with fake(grey) as server, nameserver(GOOD) as dns_at:
        status, document = traced(server, dns_at, "--wait-for", "0.2")
        assert server.connections > 1
        assert call(server, dns_at, "--wait", "--wait-for", "0.1", "-q").status == 4
    assert (status, document["diagnosis"]["cause"]) == (4, "greylisted")


def test_a_login_ends_with_settings_to_paste() -> None:
    with fake("demo") as server:
        at = f"{server.host}:{server.port}"
        secret = {"SMTPPROBE_PASSWORD": "fake"}
        insecure = invoke("trace", "--via", at, "--user", "fake", env=secret)
        wrong = invoke("trace", "--via", at, "--user", "x", "--auth", "plain", "--insecure-auth", env=secret)
    assert insecure.status == 1
    assert "nothing secret was sent" in " ".join(insecure.stdout.split())
    assert "AUTH" in wrong.stdout


def test_a_bounce_says_who_to_trace_to(tmp_path: object) -> None:
    from pathlib import Path

    place = Path(str(tmp_path)) / "bounce.eml"
    place.write_text(
        "From: MAILER-DAEMON@out.example.org\nTo: bob@example.org\nSubject: Undelivered Mail\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n--b\n'
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; out.example.org\n\n"
        "Final-Recipient: rfc822; ann@example.net\nAction: failed\nStatus: 5.7.1\n"
        "Remote-MTA: dns; mx1.example.net\nDiagnostic-Code: smtp; 554 5.7.1 Message rejected as spam\n\n--b--\n"
    )
    words = ["--bounce", str(place), "--allow-private", "--format", "json", "--from-ip", ADDRESS]
    with fake(PLAIN) as server, nameserver(GOOD) as dns_at:
        at = ["--resolver", dns_at, "--port", str(server.port), "--ehlo-name", "out.example.org"]
        ended = invoke("trace", *words, *at)
    assert ended.status == 1
    assert "came back" in ended.stdout


def test_a_trace_that_is_over_too_early_blames_nobody() -> None:
    slow = PLAIN + "\n[manners]\ndelay = 30.0\n"
    with fake(slow) as server, nameserver(changed(example__org=None)) as dns_at:
        status, document = traced(server, dns_at, "--deadline", "1")
    assert (status, document["diagnosis"]["cause"]) == (4, "none")
    assert "ended before" in document["diagnosis"]["summary"]
    assert document["unseen"]


@pytest.mark.parametrize("form", ["text", "json", "html", "markdown"])
def test_every_form_has_the_diagnosis(form: str) -> None:
    with fake(answering("RCPT TO:.*", "550 5.1.1 no", "after-mail")) as server, nameserver(GOOD) as dns_at:
        ended = call(server, dns_at, "--format", form, "--no-color", "-v")
    assert ended.status == 1
    assert "no mailbox" in " ".join(ended.stdout.split())


def test_the_versions_of_tls_and_the_ciphers_are_looked_at() -> None:
    with fake("demo") as server, nameserver(GOOD) as dns_at:
        _, document = traced(server, dns_at, "--tls-versions", "--ciphers", "--timeout", "5", "--deadline", "60")
    found = {one["check"]: one for one in document["verdicts"]}
    assert "TLSv1.3" in found["tls-versions"]["result"]
    assert found["ciphers"]["standing"] in ("unknown", "pass", "warn")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "name a RECIPIENT"),
        (["ann@example.net"], "--from"),
        (["ann"], "has no @"),
        (["ann@example.net", "--from", "bob@"], "bob@"),
        (["ann@example.net", "--from", "<>", "--user", "ann"], "--via"),
        (["ann@example.net", "--from", "<>", "--from-ip", "here"], "address"),
        (["ann@example.net", "--from", "<>", "--like-config", "/etc"], "--like"),
        (["ann@example.net", "--from", "<>", "--extra", "nonsense"], "question"),
        (["ann@example.net", "--from", "<>", "--blocklist", "no list"], "name"),
        (["ann@example.net", "--from", "<>", "--resolver", "dns.example"], "address"),
        (["--via", "unix:/run/x"], "--via"),
        (["--via", "mail.example.net", "--user", "u", "--auth", "NOPE"], "mechanism"),
        (["--bounce", "/nonexistent"], "cannot be read"),
    ],
)
def test_mistakes_are_one_sentence(words: list[str], sentence: str) -> None:
    assert sentence in refused("trace", *words, env={"SMTPPROBE_PASSWORD": "x"})
