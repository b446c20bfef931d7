"""The server itself: every manner does what it says, hostile clients leave no trace, nothing stays behind."""

from __future__ import annotations

import asyncio
import gc
import socket
import ssl
import struct
from base64 import b64encode
from pathlib import Path

import pytest
from fake_client import Client, hold

from smtpprobe.fake import FakeServer, Personality, load
from smtpprobe.fake.certificates import client_context
from smtpprobe.fake.library import parse


def made(toml: str) -> Personality:
    return parse(f'summary = "for a test"\n{toml}'.encode(), "test.toml")


def test_the_log_tells_who_said_what() -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        await client.hear()
        await client.say("EHLO one.example")
        other = await Client.connect(server)
        await other.hear()
        await other.say("noop  Mixed Case ")
        await other.close()

    server = hold(load("postfix"), talk)
    assert server.connections == 2
    assert server.log == [(1, b"EHLO one.example"), (2, b"noop  Mixed Case ")]


def test_the_log_is_bounded() -> None:
    server = FakeServer(made(""))
    for number in range(10_001):
        server.heard(1, b"%d" % number)
    assert len(server.log) == 10_000
    assert server.log[-1] == (1, b"9999")


def test_replies_go_out_octet_for_octet() -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        await client.hear()
        for line, reply in (
            (b"HELP", b"250-a\r\n550 b\x07\xff\x00\r\n"),
            (b"XLF", b"250-a\n250 b\r\n"),
            (b"XECHO \xff{hostname}", b"250 \xff{hostname}\r\n"),
        ):
            client.writer.write(line + b"\r\n")
            assert await client.reader.readexactly(len(reply)) == reply

    hold(
        made(r"""
replies.HELP = ["250-a", "550 b\u0007{octet ff}{octet 00}"]
replies.XLF = "250-a\n250 b"
replies.XECHO = "250 {argument}"
"""),
        talk,
    )


def test_an_empty_reply_is_silence() -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        await client.hear()
        assert await client.say("HELP\r\nNOOP") == "250 2.0.0 OK"

    hold(made("replies.HELP = []"), talk)


def test_line_end() -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        assert await client.reader.readuntil(b"\n") == b"220 mx.example.org ESMTP\n"

    hold(made('manners.line_end = "\\n"'), talk)


def test_rules_know_states_and_names() -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        await client.hear()
        assert await client.say("HELP") == "214 early"
        await client.say("EHLO late.example")
        assert await client.say("help") == "214 by late.example"
        await client.say("MAIL FROM:<>")
        assert (await client.say("HELP")).startswith("214 2.0.0")
        assert await client.say("HELP me") == ""

    hold(
        made("""
[[rules]]
command = "HELP"
state = "before-ehlo"
reply = "214 early"
[[rules]]
command = "HELP"
state = ["clear", "before-mail"]
ehlo = "late.*"
reply = "214 by {domain}"
[[rules]]
command = "HELP .+"
reply = []
then = "reset"
"""),
        talk,
    )


def test_reset_is_a_tcp_reset() -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        await client.hear()
        client.writer.write(b"NOOP\r\n")
        with pytest.raises(ConnectionResetError):
            await client.reader.readline()

    hold(made('[[rules]]\ncommand = "NOOP"\nreply = []\nthen = "reset"'), talk)


def test_what_a_rule_says_changes_the_state() -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        await client.hear()
        await client.say("EHLO x")
        assert await client.say("MAIL FROM:<> ODD=1") == "250 odd but fine"
        assert (await client.say("RCPT TO:<a@b.c>"))[:3] == "250"
        assert await client.say("STARTTLS now") == "220 go on"
        await client.start_tls("mx.example.org")
        assert (await client.say("MAIL FROM:<>"))[:3] == "503"

    hold(
        made("""
[[rules]]
command = "MAIL .* ODD=1"
reply = "250 odd but fine"
[[rules]]
command = "STARTTLS .*"
reply = "220 go on"
"""),
        talk,
    )


def test_a_334_from_a_rule_waits_for_a_line() -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        await client.hear()
        assert await client.say("AUTH ODD") == "334 say it"
        assert (await client.say("*"))[:3] == "501"
        assert await client.say("AUTH ODD") == "334 say it"
        assert (await client.say("NOOP"))[:3] == "535"

    hold(made('[[rules]]\ncommand = "AUTH ODD"\nreply = "334 say it"'), talk)


@pytest.mark.parametrize(
    ("login", "code"),
    [
        (["AUTH PLAIN " + b64encode(b"\0ann\0secret").decode()], "235"),
        (["AUTH PLAIN", b64encode(b"\0ann\0secret").decode()], "235"),
        (["AUTH login", b64encode(b"ann").decode(), b64encode(b"secret").decode()], "235"),
        (["AUTH PLAIN", b64encode(b"\0ann\0wrong").decode()], "535"),
        (["AUTH PLAIN", ""], "535"),
        (["AUTH PLAIN ="], "535"),
        (["AUTH PLAIN", "not base64!"], "501"),
        (["AUTH CRAM-MD5"], "504"),
    ],
)
def test_login(login: list[str], code: str) -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        await client.hear()
        await client.say("EHLO x")
        assert (await client.say("MAIL FROM:<>"))[:3] == "530"
        for line in login:
            reply = await client.say(line)
        assert reply[:3] == code
        assert (await client.say("MAIL FROM:<>"))[:3] == ("250" if code == "235" else "530")

    hold(made('ehlo.clear = ["AUTH PLAIN LOGIN"]\nauth = { required = true, users = { ann = "secret" } }'), talk)


@pytest.mark.parametrize(
    ("how", "last"),
    [("instead", "421 bye"), ("after", "500 5.5.2 Command not recognized\n421 bye"), ("joined", "500-5.5.2")],
)
def test_the_ways_to_hang_up(how: str, last: str) -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        await client.hear()
        assert await client.say("XX") == "500 5.5.2 Command not recognized"
        client.writer.write(b"XX\r\n")
        rest = (await client.reader.read()).decode().replace("\r\n", "\n")
        assert rest.startswith(last)
        assert rest.endswith("421 bye\n")

    hold(made(f'[[limits]]\ncounts = "errors"\nat = 2\nreply = "421 bye"\nhow = "{how}"'), talk)


@pytest.mark.parametrize(
    ("counts", "commands"),
    [
        ("lookups", ["VRFY a", "EXPN a"]),
        ("unknown", ["XX", "YY"]),
        ("nonmail", ["EHLO x", "EHLO x", "MAIL FROM:<>", "NOOP"]),
        ("commands", ["EHLO x", "MAIL FROM:<>"]),
        ("syntax", ["EHLO x", "VRFY", "MAIL FROM:<> A=1", "XX"]),
    ],
)
def test_what_is_counted(counts: str, commands: list[str]) -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        await client.hear()
        for command in commands[:-1]:
            assert not (await client.say(command)).startswith("421")
        assert await client.say(commands[-1]) == "421 bye"
        assert await client.hear() == ""

    hold(made(f'[[limits]]\ncounts = "{counts}"\nat = 2\nreply = "421 bye"\nhow = "instead"'), talk)


def test_pipelined_commands_are_answered_in_order() -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        await client.hear()
        await client.say("EHLO x")
        client.writer.write(b"MAIL FROM:<>\r\nRCPT TO:<a@b.c>\r\nRSET\r\nNOOP\r\n")
        assert [(await client.hear())[:9] for _ in range(4)] == ["250 2.1.0", "250 2.1.5", "250 2.0.0", "250 2.0.0"]

    hold(made(""), talk)


def test_unannounced_pipelining_is_a_synchronization_error() -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        await client.hear()
        assert (await client.say("EHLO x"))[:3] == "250"
        client.writer.write(b"MAIL FROM:<>\r\nRSET\r\n")
        assert [(await client.hear())[:3] for _ in range(2)] == ["250", "250"]
        early = await Client.connect(server)
        await early.hear()
        assert await early.say("EHLO x\r\nNOOP") == "554 SMTP synchronization error"
        assert await early.hear() == ""
        await early.close()

    hold(made('ehlo.clear = ["PIPELINING"]\nmanners.synchronization = "unannounced"'), talk)


def test_talking_before_the_greeting_is_a_synchronization_error() -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        assert await client.say("EHLO x") == "554 SMTP synchronization error"

    hold(made('manners = { synchronization = "always", greeting_delay = 0.2 }'), talk)


def test_one_connection_at_a_time() -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        assert (await client.hear())[:3] == "220"
        second = await Client.connect(server)
        assert (await second.hear()).startswith("421 4.7.0 mx.example.org Too many connections from 127.0.0.1")
        assert await second.hear() == ""
        await second.close()
        assert (await client.say("QUIT"))[:3] == "221"
        assert await client.hear() == ""
        third = await Client.connect(server)
        assert (await third.hear())[:3] == "220"
        await third.close()

    hold(load("one-connection"), talk)


def test_broken_handshake() -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        await client.hear()
        assert (await client.say("STARTTLS"))[:3] == "220"
        with pytest.raises(ssl.SSLError):
            await client.start_tls("mx.example.org")

    hold(made('starttls = "broken"'), talk)


@pytest.mark.parametrize(
    ("starttls", "reply"), [("off", "500 5.5.2"), ("refuse 454 4.7.0 TLS not available", "454 4.7.0")]
)
def test_refused_starttls(starttls: str, reply: str) -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        await client.hear()
        assert (await client.say("STARTTLS")).startswith(reply)
        assert (await client.say("NOOP"))[:3] == "250"

    hold(made(f'starttls = "{starttls}"'), talk)


def test_injection_after_starttls_can_be_written_down() -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        await client.hear()
        assert await client.say("STARTTLS") == "220 go"
        assert await client.hear() == "250 injected"

    hold(made('replies.STARTTLS = ["220 go", "250 injected"]'), talk)


def test_implicit_tls() -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        secure = await Client.connect(server, ssl=client_context(), server_hostname="mx.example.org")
        assert (await secure.hear())[:3] == "220"
        assert (await secure.say("STARTTLS"))[:3] == "503"
        assert (await secure.say("QUIT"))[:3] == "221"
        await secure.close()

    hold(made("implicit_tls = true"), talk)


@pytest.mark.parametrize(
    ("kind", "fault"),
    [("expired", "expired"), ("other-name", "Hostname mismatch"), ("self-signed", "self.signed certificate")],
)
def test_bad_certificates(kind: str, fault: str) -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        await client.hear()
        await client.say("STARTTLS")
        with pytest.raises(ssl.SSLCertVerificationError, match=fault):
            await client.start_tls("mx.example.org")

    hold(made(f'certificate = "{kind}"'), talk)


def test_unix_socket(tmp_path: Path) -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        assert (await client.hear())[:3] == "220"

    path = tmp_path / "lmtp"
    assert hold(made(""), talk, path=str(path)).path == str(path)
    assert not path.exists()


def test_lmtp_answers_once_a_recipient() -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        await client.hear()
        assert (await client.say("EHLO x"))[:3] == "500"
        assert (await client.say("LHLO x"))[:3] == "250"
        await client.say("MAIL FROM:<>")
        await client.say("RCPT TO:<a@b.c>")
        await client.say("RCPT TO:<d@e.f>")
        assert (await client.say("DATA"))[:3] == "354"
        assert (await client.say("hello\r\n."))[:3] == "250"
        assert (await client.hear())[:3] == "250"
        assert (await client.say("DATA"))[:3] == "503"

    hold(made("lmtp = true"), talk)


@pytest.mark.parametrize(
    "octets",
    [
        b"X" * 65536 + b"\r\n",
        b"MAIL FROM:<" + b"A" * 3000 + b">\r\n",
        b"NO\0OP \0\r\n",
        b"\xff\xfe\r\n",
        b"\r\n\r\n",
        b" \r\n",
        b"{hostname} {octet 41} {nonsense}\r\n",
        b"BDAT 99999999999999999999\r\n",
        b"AUTH\r\nAUTH \0\r\n",
    ],
)
@pytest.mark.parametrize("name", ["postfix", "sendmail", "everything"])
def test_hostile_lines_are_refused(name: str, octets: bytes, caplog: pytest.LogCaptureFixture) -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        await client.hear()
        await client.say("EHLO x.example")
        client.writer.write(octets)
        for _ in range(octets.count(b"\n")):
            assert (await client.hear())[:1] == "5"
        assert (await client.say("NOOP"))[:3] == "250"

    hold(load(name), talk)
    assert [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")] == []


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"EHLO in mid-li",
        b"EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<postmaster>\r\nDATA\r\nhalf a mess",
        b"X" * 65536,
        b"STARTTLS\r\n",
        b"STARTTLS\r\nthis is no handshake at all\r\n",
        b"STARTTLS\r\n\x16\x03\x01\x02\x00\x01",
        b"EHLO x\r\nBDAT 1000000\r\nonly a little",
    ],
)
@pytest.mark.parametrize("farewell", ["close", "reset", "stay"])
def test_clients_that_leave_in_mid_line(octets: bytes, farewell: str, caplog: pytest.LogCaptureFixture) -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        await client.hear()
        client.writer.write(octets)
        if octets.startswith((b"STARTTLS", b"EHLO x")):
            await client.hear()
        if farewell == "reset":
            linger = struct.pack("ii", 1, 0)
            client.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        if farewell != "stay":
            await client.close()
        other = await Client.connect(server)
        assert (await other.hear())[:3] == "220"
        await other.close()

    hold(load("everything"), talk)
    gc.collect()
    assert [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")] == []


@pytest.mark.parametrize("octets", [b"", b"EHLO x\r\n", b"\x16\x03\x01\x02\x00\x01"])
def test_clients_that_never_finish_an_implicit_handshake(octets: bytes, caplog: pytest.LogCaptureFixture) -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        client.writer.write(octets)
        await client.writer.drain()
        other = await Client.connect(server, ssl=client_context(), server_hostname="mx.example.org")
        assert (await other.hear())[:3] == "220"

    hold(made("implicit_tls = true"), talk)
    gc.collect()
    assert [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")] == []


def test_a_reading_client_that_half_closes_does_not_disturb_others() -> None:
    async def talk(server: FakeServer, client: Client) -> None:
        await client.hear()
        client.writer.write_eof()
        assert await client.hear() == ""
        other = await Client.connect(server)
        assert (await other.hear())[:3] == "220"

    hold(made(""), talk)


def test_two_servers_at_once() -> None:
    async def main() -> None:
        async with FakeServer(load("postfix")) as one, FakeServer(load("exim")) as two:
            assert one.port != two.port
            for server, word in ((one, "Postfix"), (two, "Exim")):
                client = await Client.connect(server)
                assert word in await client.hear()
                await client.close()

    asyncio.run(main())
