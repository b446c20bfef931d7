"""The mail servers themselves: that each runs and says what the interop tests build on. Never uses smtpprobe."""

import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
import servers.exim
import servers.opensmtpd
import servers.postfix
import servers.sendmail
from servers.base import HOSTNAME, PASSWORD, USER, Certificates, MailServer, converse, may_isolate

KEYWORDS = {
    "postfix": {"pipelining", "size", "vrfy", "etrn", "starttls", "enhancedstatuscodes", "8bitmime", "dsn", "smtputf8"},
    "exim": {"size", "8bitmime", "pipelining", "auth", "chunking", "starttls", "help"},
    "opensmtpd": {"8bitmime", "enhancedstatuscodes", "size", "dsn", "starttls", "help"},
    "sendmail": {"enhancedstatuscodes", "pipelining", "expn", "verb", "size", "dsn", "etrn", "auth", "deliverby"},
}

OUT_OF_TURN = "EHLO probe.example\r\nNOOP\r\nNOSUCHVERB"
# Sendmail hears commands out of turn without a word.
BREACHES = {"postfix": OUT_OF_TURN, "exim": OUT_OF_TURN, "opensmtpd": OUT_OF_TURN, "sendmail": "GET / HTTP/1.0"}


@pytest.fixture
def client(mail_server: MailServer) -> Iterator[smtplib.SMTP]:
    with smtplib.SMTP(mail_server.host, mail_server.port, local_hostname="probe.example", timeout=30) as client:
        client.ehlo()
        yield client


def trusting(server: MailServer) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(server.ca_file))
    context.check_hostname = False
    return context


def test_every_server_greets_with_its_name(mail_server: MailServer) -> None:
    with socket.create_connection((mail_server.host, mail_server.port), timeout=30) as plain:
        assert plain.recv(512).startswith(f"220 {HOSTNAME} ESMTP".encode())


def test_ehlo_offers_what_the_probe_tests_rely_on(mail_server: MailServer, client: smtplib.SMTP) -> None:
    assert set(client.esmtp_features) >= KEYWORDS[mail_server.name]


def test_postmaster_is_local_and_nobody_may_relay(client: smtplib.SMTP) -> None:
    assert client.mail("")[0] == 250
    assert client.rcpt("postmaster@test.example")[0] == 250
    assert client.docmd("RCPT", "TO:<postmaster>")[0] == 250
    assert client.rcpt("nobody9@test.example")[0] == 550
    assert client.rcpt("someone@elsewhere.example")[0] in {550, 554}


def test_starttls_leads_to_a_certificate_that_the_authority_vouches_for(
    mail_server: MailServer, client: smtplib.SMTP
) -> None:
    if mail_server.name == "opensmtpd":
        # OpenSMTPD 6.8 cannot sign with OpenSSL 3: RSA and ECDSA keys alike end in alert 80.
        with pytest.raises(ssl.SSLError, match="internal error"):
            client.starttls(context=trusting(mail_server))
        client.close()
        return
    assert client.starttls(context=trusting(mail_server))[0] == 220
    assert isinstance(client.sock, ssl.SSLSocket)
    certificate = client.sock.getpeercert()
    assert certificate is not None
    assert certificate["subjectAltName"] == (("DNS", HOSTNAME),)
    assert client.ehlo()[0] == 250


@pytest.mark.parametrize("name", ["exim", "sendmail"])
def test_auth_is_offered_in_clear(name: str, request: pytest.FixtureRequest) -> None:
    server: MailServer = request.getfixturevalue(name)
    with smtplib.SMTP(server.host, server.port, local_hostname="probe.example", timeout=30) as client:
        client.ehlo()
        assert client.has_extn("auth")
        assert client.docmd("AUTH", "NOSUCHMECH")[0] == 504


@pytest.mark.parametrize("name", ["exim", "postfix"])
def test_a_user_can_log_in_after_starttls(name: str, request: pytest.FixtureRequest) -> None:
    server: MailServer = request.getfixturevalue(name)
    with smtplib.SMTP(server.host, server.port, local_hostname="probe.example", timeout=30) as client:
        client.starttls(context=trusting(server))
        assert client.login(USER, PASSWORD)[0] == 235


def test_postfix_keeps_auth_for_tls(postfix: MailServer) -> None:
    with smtplib.SMTP(postfix.host, postfix.port, local_hostname="probe.example", timeout=30) as client:
        client.ehlo()
        assert not client.has_extn("auth")
        client.starttls(context=trusting(postfix))
        client.ehlo()
        assert client.esmtp_features["auth"].split() == ["PLAIN", "LOGIN", "CRAM-MD5"]


def test_sendmail_has_its_help_file(sendmail: MailServer) -> None:
    with smtplib.SMTP(sendmail.host, sendmail.port, timeout=30) as client:
        code, text = client.docmd("HELP")
        assert code == 214
        assert b"Topics:" in text
        assert client.docmd("HELP", "MAIL")[0] == 214
        assert client.docmd("HELP", "NOSUCHTOPIC")[0] == 504


@pytest.mark.parametrize("module", [servers.postfix, servers.exim, servers.opensmtpd, servers.sendmail])
def test_without_tls_there_is_no_starttls(module: ModuleType, server_folder: Path, certificates: Certificates) -> None:
    if module is servers.opensmtpd and not may_isolate("mount"):
        pytest.skip("two OpenSMTPDs on one machine need a mount namespace each")
    with (
        module.running(server_folder, certificates, tls=False) as server,
        smtplib.SMTP(server.host, server.port, local_hostname="probe.example", timeout=30) as client,
    ):
        client.ehlo()
        assert not client.has_extn("starttls")


def test_postfix_may_insist_on_tls(postfix_with: Callable[..., MailServer]) -> None:
    server = postfix_with(require_tls=True)
    with smtplib.SMTP(server.host, server.port, local_hostname="probe.example", timeout=30) as client:
        client.ehlo()
        assert client.mail("")[0] == 530
    assert server.errors() == []


def test_postfix_may_insist_on_a_full_name(postfix_with: Callable[..., MailServer]) -> None:
    server = postfix_with(strict_helo=True)
    with smtplib.SMTP(server.host, server.port, local_hostname="x", timeout=30) as client:
        client.ehlo()
        assert client.mail("")[0] == 250
        assert client.rcpt("postmaster@test.example")[0] == 504


def test_postfix_may_lose_its_patience(postfix_with: Callable[..., MailServer]) -> None:
    server = postfix_with(error_limit=2)
    with smtplib.SMTP(server.host, server.port, local_hostname="probe.example", timeout=30) as client:
        assert [client.docmd("NOSUCHVERB")[0] for _ in range(3)] == [500, 500, 421]
        client.close()
    assert any("too many errors" in line for line in server.errors())


def test_a_clean_conversation_leaves_no_complaint(mail_server: MailServer) -> None:
    before = len(mail_server.errors())
    assert converse(mail_server.host, mail_server.port, "EHLO probe.example", "NOOP")
    assert len(mail_server.errors()) == before


def test_a_breach_of_the_protocol_leaves_one(mail_server: MailServer) -> None:
    before = len(mail_server.errors())
    converse(mail_server.host, mail_server.port, BREACHES[mail_server.name])
    assert len(mail_server.errors()) > before
