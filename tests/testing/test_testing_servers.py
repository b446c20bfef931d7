"""Fake servers for the tests of others: both ways to start one, what it tells, whom it lets in, and what it leaves."""

from __future__ import annotations

import asyncio
import gc
import os
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from smtpprobe.fake import Personality, PersonalityError
from smtpprobe.testing import Fake, Fakes, fake_server

TEXT = "Subject: hi\r\n\r\nhello\r\n"


def sockets() -> set[str]:
    """The sockets of this process."""
    links = [f"/proc/self/fd/{number}" for number in os.listdir("/proc/self/fd")]
    return {name for link in links if os.path.lexists(link) and (name := os.readlink(link)).startswith("socket:")}


@pytest.fixture(autouse=True)
def nothing_is_left() -> Iterator[None]:
    """No thread, no socket and no file outlives a server."""
    gc.collect()
    threads, open_sockets = threading.enumerate(), sockets()
    yield
    gc.collect()
    assert threading.enumerate() == threads
    assert sockets() <= open_sockets


def send(
    server: Fake, host: str | None = None, context: ssl.SSLContext | None = None, login: tuple[str, str] | None = None
) -> None:
    """Send one message, over TLS that is verified."""
    with smtplib.SMTP(host or server.host, server.port, local_hostname="client.example") as client:
        client.starttls(context=context or ssl.create_default_context(cafile=server.ca_file))
        if login:
            client.login(*login)
        client.sendmail("ann@example.org", ["bob@example.net"], TEXT)


def test_a_blocking_program_sends_to_it_over_tls_that_it_verifies() -> None:
    with fake_server() as server:
        assert Path(server.ca_file).read_text().startswith("-----BEGIN CERTIFICATE-----")
        for host in ("localhost", "127.0.0.1"):
            send(server, host)
        send(server, context=server.client_context())
        assert server.address == f"127.0.0.1:{server.port}"
        assert server.connections == 3
        assert server.lines[:2] == ("ehlo client.example", "STARTTLS")
        assert server.log[0] == (1, b"ehlo client.example")
    assert [message.connection for message in server.messages] == [1, 2, 3]
    message = server.messages[-1]
    assert (message.sender, message.recipients, message.encrypted) == ("ann@example.org", ("bob@example.net",), True)
    assert message.content == TEXT.encode()
    assert message.email["Subject"] == "hi"
    assert not Path(server.ca_file).exists()


def test_an_asynchronous_program_has_it_in_its_own_loop() -> None:
    async def main() -> str:
        async with fake_server("postfix", GREETING="220 hello") as server:
            threads.append(threading.active_count())
            reader, writer = await asyncio.open_connection(server.host, server.port)
            line = await reader.readline()
            writer.close()
            await writer.wait_closed()
            return line.decode()

    threads: list[int] = []
    before = threading.active_count()
    assert asyncio.run(main()) == "220 hello\r\n"
    assert threads == [before]


def test_inside_a_running_loop_the_thread_of_its_own_works_too() -> None:
    async def main() -> None:
        with fake_server() as server:
            await asyncio.to_thread(send, server)
        assert len(server.messages) == 1

    asyncio.run(main())


def test_the_personality_is_a_name_a_file_or_a_value(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('summary = "mine"\ngreeting = "220 from a file"\n')
    value = Personality(summary="mine", greeting="220 from a value")
    for given, said in (("exim", "Exim"), (str(file), "from a file"), (file, "from a file"), (value, "from a value")):
        with fake_server(given) as server, smtplib.SMTP() as client:
            assert said in client.connect(server.host, server.port)[1].decode()


def test_single_replies_are_set_and_set_anew_for_later_connections() -> None:
    with fake_server(RCPT="451 4.7.1 later", replies={"RCPT TO:<eve@example.net>": "550 5.1.1 no"}) as server:
        for code in (451, 250, 452):
            with smtplib.SMTP(server.host, server.port) as client:
                client.ehlo("client.example")
                client.mail("ann@example.org")
                assert client.rcpt("bob@example.net")[0] == code
                if code == 451:
                    assert client.rcpt("eve@example.net")[0] == 550
            server.answer(RCPT="250 2.1.5 welcome" if code == 451 else "452 4.3.1 full")


def test_users_log_in_with_their_own_passwords() -> None:
    with fake_server(users={"ann": "secret"}) as server:
        send(server, login=("ann", "secret"))
        with pytest.raises(smtplib.SMTPAuthenticationError):
            send(server, login=("user", "password"))
    assert len(server.messages) == 1


def test_tls_from_the_first_byte() -> None:
    with (
        fake_server(implicit_tls=True) as server,
        smtplib.SMTP_SSL("localhost", server.port, context=server.client_context()) as client,
    ):
        assert client.ehlo("client.example")[0] == 250
        client.sendmail("ann@example.org", "bob@example.net", TEXT)
        assert server.messages[0].encrypted


@pytest.mark.parametrize("kind", ["expired", "other-name", "self-signed"])
def test_a_bad_certificate_stays_bad(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(f'summary = "mine"\ncertificate = "{kind}"\n[ehlo]\nclear = ["STARTTLS"]\n')
    with fake_server(file) as server, pytest.raises(ssl.SSLCertVerificationError):
        send(server, "localhost")


def test_an_ipv6_address_is_written_as_a_target() -> None:
    with fake_server(host="::1") as server:
        assert server.address == f"[::1]:{server.port}"
        send(server)


def test_a_client_that_stays_is_cut_off_at_the_end() -> None:
    with fake_server() as server:
        client = socket.create_connection((server.host, server.port), timeout=20)
        assert client.recv(4).startswith(b"220")
    with client:
        client.sendall(b"")
        while received := _received(client):
            assert received


def _received(client: socket.socket) -> bytes:
    try:
        return client.recv(4096)
    except ConnectionResetError:
        return b""


def test_several_servers_end_together() -> None:
    with Fakes() as start:
        first, second = start(), start("exim", QUIT="221 ciao")
        assert first.port != second.port
        send(first)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((first.host, first.port), timeout=20)


def test_an_error_of_the_test_itself_comes_through() -> None:
    def fail() -> None:
        with fake_server():
            raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        fail()


def test_a_port_that_is_taken_is_told_both_ways() -> None:
    async def main(port: int) -> None:
        async with fake_server(port=port):
            pass

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match="in use"), fake_server(port=port):
            pass
        with pytest.raises(OSError, match="in use"):
            asyncio.run(main(port))


def test_mistakes_are_told_before_anything_starts() -> None:
    with pytest.raises(PersonalityError, match="did you mean postfix"):
        fake_server("postfx")
    with pytest.raises(PersonalityError, match="RCPT: 'no' is no reply"):
        fake_server(RCPT="no")
    with pytest.raises(TypeError, match="prot is no argument of a fake server: replies are named in upper case"):
        fake_server(prot="25")
    with fake_server() as server, pytest.raises(PersonalityError, match="RCPT: 'no' is no reply"):
        server.answer(RCPT="no")
