"""Logins at real servers: Postfix with Cyrus SASL, and Dovecot, each with every mechanism that it knows."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import servers.dovecot
import servers.postfix
import trustme
from servers.base import HOSTNAME, PASSWORD, USER, Certificates, MailServer, run

from smtpprobe.catalogue.clients import settings
from smtpprobe.journey import Login
from smtpprobe.model import Capabilities, Command, Route
from smtpprobe.outcome import Cause, Stage, Standing
from smtpprobe.trace.login import LoginResult, log_in, login_ruling
from smtpprobe.wire import ehlo
from smtpprobe.wire.dial import Dial, Line
from smtpprobe.wire.record import Record
from smtpprobe.wire.session import Session

CYRUS = "PLAIN LOGIN CRAM-MD5 DIGEST-MD5 NTLM SCRAM-SHA-1 SCRAM-SHA-256"
PASSWORDS = CYRUS.split()
# Dovecot has had no NTLM since 2.3.13.
AT_DOVECOT = [mechanism for mechanism in PASSWORDS if mechanism != "NTLM"]


def logged_in(server: MailServer, login: Login, *, tls: bool = True, trust: bool = True, **dial: Any) -> LoginResult:
    """Connect, start TLS, log in; every secret must be gone from what was recorded."""

    async def work() -> tuple[LoginResult, Record]:
        record = Record(lambda _: None)
        ca_file = str(server.ca_file) if trust else None
        due = asyncio.get_running_loop().time() + 30
        route = Route(HOSTNAME, server.host, server.port)
        session = Session(1, route, Dial("client.example", sni=HOSTNAME, ca_file=ca_file, **dial), record, due)
        assert await session.connect(implicit_tls=False) is None
        await session.greeting()
        stage, offered = Stage.CLEAR, await _introduced(session, record, Stage.EHLO)
        if tls:
            assert (await session.starttls()).code == 220
            stage, offered = Stage.TLS, await _introduced(session, record, Stage.TLS)
        certificate = session.facts.certificate if session.facts else None
        verified = certificate is not None and certificate.trusted
        result = await log_in(session, stage, offered, login, record=record, verified=verified)
        if session.usable:
            await session.quit()
        session.close()
        return result, record

    result, record = asyncio.run(work())
    for secret in (login.password, login.token):
        assert secret is None or secret not in repr(record.exchanges)
    return result


async def _introduced(session: Session, record: Record, stage: Stage) -> Capabilities:
    (index,) = await session.flight([Line(Command(b"EHLO client.example"))], stage)
    reply = record.exchanges[index].reply
    assert reply is not None
    return ehlo.read(reply)


def words(result: LoginResult) -> str:
    return f"{result.trouble} {result.last.reply.text if result.last and result.last.reply else ''}"


# -- Postfix with Cyrus SASL -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cyrus(server_folder: Path, certificates: Certificates) -> Iterator[MailServer]:
    with servers.postfix.running(server_folder, certificates, mechanisms=CYRUS) as server:
        yield server


@pytest.mark.parametrize("mechanism", PASSWORDS)
def test_postfix_lets_the_right_password_in(cyrus: MailServer, mechanism: str) -> None:
    result = logged_in(cyrus, Login(USER, PASSWORD, mechanism=mechanism))
    assert result.logged_in, words(result)
    assert login_ruling(result, HOSTNAME).standing is Standing.PASS


@pytest.mark.parametrize("mechanism", PASSWORDS)
def test_postfix_refuses_the_wrong_one(cyrus: MailServer, mechanism: str) -> None:
    result = logged_in(cyrus, Login(USER, "close sesame", mechanism=mechanism))
    assert (result.cause, result.last and result.last.code) == (Cause.AUTH_REFUSED, 535), words(result)
    ruling = login_ruling(result, HOSTNAME)
    assert (ruling.standing, ruling.result) == (Standing.FAIL, "535 5.7.8")


def test_postfix_is_met_with_the_best(cyrus: MailServer) -> None:
    result = logged_in(cyrus, Login(USER, PASSWORD))
    assert (result.mechanism, result.logged_in) == ("SCRAM-SHA-256", True)
    assert result.others == ("SCRAM-SHA-1", "PLAIN", "LOGIN", "CRAM-MD5")


def test_postfix_hears_nothing_without_trust(cyrus: MailServer) -> None:
    result = logged_in(cyrus, Login(USER, PASSWORD), trust=False)
    assert (result.cause, result.evidence) == (Cause.AUTH_INSECURE, ())


def test_postfix_offers_nothing_before_tls(cyrus: MailServer) -> None:
    result = logged_in(cyrus, Login(USER, PASSWORD, insecure=True), tls=False)
    assert (result.cause, result.evidence) == (Cause.AUTH_MECHANISM, ())
    assert "before STARTTLS" in result.trouble


def test_postfix_without_tls_at_all(postfix_with: Callable[..., MailServer]) -> None:
    server = postfix_with(tls=False)
    assert logged_in(server, Login(USER, PASSWORD), tls=False).cause is Cause.AUTH_INSECURE
    insecure = logged_in(server, Login(USER, PASSWORD, insecure=True), tls=False)
    assert (insecure.mechanism, insecure.logged_in) == ("CRAM-MD5", True)


def test_postfix_has_not_the_mechanism(postfix: MailServer) -> None:
    result = logged_in(postfix, Login(USER, PASSWORD, mechanism="SCRAM-SHA-256"))
    assert result.cause is Cause.AUTH_MECHANISM
    assert "it offers PLAIN, LOGIN, CRAM-MD5" in result.trouble.replace("LOGIN, PLAIN", "PLAIN, LOGIN")
    with_token = logged_in(postfix, Login(USER, token="t0k3n"))
    assert "OAUTHBEARER, XOAUTH2" in with_token.trouble


def test_postfix_reads_the_settings_to_paste(server_folder: Path) -> None:
    """As a client: what follows a successful login is what Postfix's own tools read back."""
    user = 'ann b#"$x{}@example.com'
    pasted = dict(settings("mail.example.net", 465, True, user, "SCRAM-SHA-256"))["Postfix"]
    folder = server_folder / "pasted"
    folder.mkdir()
    main, _, passwords = pasted.replace("/etc/postfix/", f"{folder}/").partition("\n\n")
    (folder / "main.cf").write_text(f"compatibility_level = 3.6\n{main}\n")
    (folder / "master.cf").write_text("")
    (folder / "sasl_passwd").write_text(f"{passwords}\n")
    hop = run(["postconf", "-c", str(folder), "-hx", "relayhost"]).strip()
    assert hop == "[mail.example.net]:465"
    found = run(["postmap", "-c", str(folder), "-q", hop, f"texthash:{folder}/sasl_passwd"])
    assert found == f"{user}:PASSWORD\n"
    assert run(["postconf", "-c", str(folder), "-hx", "smtp_sasl_mechanism_filter"]).strip() == "scram-sha-256"


# -- Dovecot ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def dovecot(server_folder: Path, certificates: Certificates, postfix: MailServer) -> Iterator[MailServer]:
    with servers.dovecot.running(server_folder, certificates, postfix) as server:
        yield server


@pytest.mark.parametrize("mechanism", AT_DOVECOT)
def test_dovecot_lets_the_right_password_in(dovecot: MailServer, mechanism: str) -> None:
    result = logged_in(dovecot, Login(USER, PASSWORD, mechanism=mechanism))
    assert result.logged_in, words(result) + dovecot.log()


@pytest.mark.parametrize("mechanism", AT_DOVECOT)
def test_dovecot_refuses_the_wrong_one(dovecot: MailServer, mechanism: str) -> None:
    result = logged_in(dovecot, Login(USER, "close sesame", mechanism=mechanism))
    assert (result.cause, result.last and result.last.code) == (Cause.AUTH_REFUSED, 535), words(result) + dovecot.log()


@pytest.mark.parametrize("mechanism", ["XOAUTH2", "OAUTHBEARER"])
def test_dovecot_takes_a_token(dovecot: MailServer, mechanism: str) -> None:
    result = logged_in(dovecot, Login(USER, token=servers.dovecot.token(USER), mechanism=mechanism))
    assert result.logged_in, words(result) + dovecot.log()


@pytest.mark.parametrize("mechanism", ["XOAUTH2", "OAUTHBEARER"])
def test_dovecot_says_what_is_wrong_with_a_token(dovecot: MailServer, mechanism: str) -> None:
    expired = servers.dovecot.token(USER, seconds=-60)
    result = logged_in(dovecot, Login(USER, token=expired, mechanism=mechanism))
    assert (result.cause, result.last and result.last.code) == (Cause.AUTH_REFUSED, 535), words(result) + dovecot.log()
    assert result.refusal is not None
    assert result.refusal.status, result.refusal
    assert "status" in login_ruling(result, HOSTNAME).detail


def test_dovecot_with_a_hashed_password_knows_no_scram(
    server_folder: Path, certificates: Certificates, postfix: MailServer
) -> None:
    """The mechanism is offered, the password is right, and it fails all the same: the advice is to try PLAIN."""
    mechanisms = "plain scram-sha-256"
    with servers.dovecot.running(
        server_folder, certificates, postfix, mechanisms=mechanisms, scheme="SHA512-CRYPT"
    ) as server:
        result = logged_in(server, Login(USER, PASSWORD))
        assert (result.cause, result.mechanism) == (Cause.AUTH_REFUSED, "SCRAM-SHA-256")
        assert any("--auth PLAIN" in step for step in login_ruling(result, HOSTNAME).steps)
        assert logged_in(server, Login(USER, PASSWORD, mechanism="PLAIN")).logged_in


def test_dovecot_knows_a_client_by_its_certificate(
    server_folder: Path, certificates: Certificates, postfix: MailServer, tmp_path: Path
) -> None:
    authority = trustme.CA()
    leaf = authority.issue_cert(HOSTNAME, common_name=USER)
    certificate, ca_file = tmp_path / "client.pem", tmp_path / "ca.pem"
    certificate.write_bytes(leaf.private_key_and_cert_chain_pem.bytes())
    ca_file.write_bytes(certificates.ca_file.read_bytes() + authority.cert_pem.bytes())
    both = Certificates(ca_file, certificates.chain_file, certificates.key_file)
    with servers.dovecot.running(server_folder, both, postfix) as server:
        result = logged_in(server, Login(USER), client_certificate=str(certificate), client_key=str(certificate))
        assert (result.mechanism, result.logged_in) == ("EXTERNAL", True), words(result) + server.log()
        without = logged_in(server, Login(USER))
        assert without.cause is not Cause.NONE
