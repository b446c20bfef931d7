"""What a user gets wrong: exit 2, one sentence that says what to do next, nothing sent. And hostile servers."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from cli_calls import invoke, refused
from cli_servers import at, blunt, closed_port, fake

from smtpprobe.render.cells import cell_len


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["mx.example:0"], "between 1 and 65535"),
        (["mx.example:99999"], "HOST:25"),
        (["mx.example:smtp"], "between 1 and 65535"),
        (["999.1.1.1"], "192.0.2.25"),
        (["[::1"], "[2001:db8::25]"),
        (["::1::2"], "[2001:db8::25]"),
        (["mx .example"], "separate arguments"),
        (["mx\x1b[31m.example"], "remove"),
        (["mx\u202e.example"], "remove"),
        (["mx\n.example"], "remove"),
        ([""], "name a host"),
        (["ann@example.org"], "--mx example.org"),
        (["smtp://ann:secret@example.org"], "remove"),
        (["gopher://example.org"], "smtp"),
        (["unix:"], "unix:"),
        (["--mx", "192.0.2.1"], "leave --mx out"),
        (["--mx", "unix:/run/x"], "leave --mx"),
        (["--port", "0", "x"], "1<=x<=65535"),
        (["--port", "70000", "x"], "1<=x<=65535"),
        (["--profile", "ful", "x"], "did you mean full?"),
        (["--profile", "zzz", "x"], "ehlo, capabilities, full"),
        (["--only", "hlp", "x"], "did you mean help?"),
        (["--skip", "zzz", "x"], "vrfy-postmaster"),
        (["--tls", "always", "x"], "starttls"),
        (["--ca-file", "/nonexistent", "x"], "check its path"),
        (["--ca-file", "/", "x"], "check its path"),
        (["--client-cert", "/nonexistent", "x"], "check its path"),
        (["--client-cert", __file__, "--client-key", "/nonexistent", "x"], "check its path"),
        (["--ca-file", __file__, "x"], "check its contents"),
        (["--client-cert", __file__, "x"], "check both"),
        (["--client-key", __file__, "x"], "--client-cert"),
        (["--source", "mx.example", "x"], "give one of its own"),
        (["--source", "192.0.2.1", "x"], "give one of its own"),
        (["--proxy", "v3", "x"], "v1"),
        (["--proxy-source", "192.0.2.1:1", "x"], "--proxy"),
        (["--proxy", "v1", "--proxy-source", "192.0.2.1", "x"], "192.0.2.1:40000"),
        (["--resolver", "dns.example", "x"], "by its address"),
        (["--ehlo-name", "a b", "x"], "letters, digits"),
        (["--ehlo-name", "192.0.2.1", "x"], "[192.0.2.1]"),
        (["--domain", "-x.example", "x"], "hyphen"),
        (["--sni", "a\x00b", "x"], "remove"),
        (["--timeout", "0", "x"], "0.01"),
        (["--timeout", "nan", "x"], "no time in seconds"),
        (["--deadline", "inf", "x"], "no time in seconds"),
        (["--deadline", "soon", "x"], "no time in seconds"),
        (["--connections", "3", "x"], "1<=x<=2"),
        (["--quit-after", "data", "x"], "greeting"),
        (["--quit-after", "ehlo", "--drop-after", "ehlo", "x"], "give one of them"),
        (["--fail-on", "panic", "x"], "warning"),
        (["--inconclusive", "maybe", "x"], "pass"),
        (["--format", "xml", "x"], "json"),
        (["--no-such-option", "x"], "--help"),
        ([], "--help"),
    ],
)
def test_a_mistake_costs_one_sentence_and_no_connection(words: list[str], hint: str) -> None:
    with fake() as server:
        told = refused("probe", *words, at(server)) if words else refused("probe")
        assert server.connections == 0
    assert hint in told
    assert told.isprintable()
    assert "secret" not in told


def test_an_unknown_command_is_met_with_the_nearest() -> None:
    assert refused("prob", "x") == "No command is called 'prob': did you mean probe?"
    assert "extensions" in refused("\x1b[2J")


def test_an_unreadable_file_is_one_sentence(tmp_path: Path) -> None:
    assert "holds no files" in refused("explain", "--file", str(tmp_path))
    assert "No such file" in refused("explain", "--file", str(tmp_path / "x\x1b"))


def test_a_mistake_is_folded_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from smtpprobe.cli import errors

    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "40")
    errors.say("a sentence that\nis \x1b longer than forty columns, and says " + "x" * 50)
    lines = capsys.readouterr().err.splitlines()
    assert max(map(len, lines)) <= 40
    assert "".join(lines).replace(" ", "").startswith("Error:asentencethatis\\x1blonger")
    errors.say("日本語" * 20)
    assert max(map(cell_len, capsys.readouterr().err.splitlines())) <= 40


def test_a_mistake_of_ours_is_one_sentence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*args: object) -> None:
        raise ExceptionGroup("several", [ValueError("a \x1b mistake")])

    monkeypatch.setattr("smtpprobe.cli.codes.find_codes", breaks)
    ended = invoke("codes", env={"SMTPPROBE_DEBUG": ""})
    assert ended.status == 4
    assert ended.stderr.startswith("Error: this is a mistake in smtpprobe (ValueError: a \\x1b mistake)")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("says", "hint"),
    [
        (b"SSH-2.0-OpenSSH_9.2p1\r\n", "speaks SSH"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "speaks HTTP"),
        (b"220 \x1b[31mred \x1b]0;title\x07\xe2\x80\xae mail\r\n", "\\x1b[31mred"),
        (b"220 " + b"x" * 65_536 + b"\r\n", "more than any reply may hold"),
        (b"554 5.7.1 \x1b[2J go away\r\n", "Refused us"),
        (b"421 4.7.0 later\r\n", "try again later"),
        (b"\x16\x03\x01\x02\x00\x01\r\n", "TLS from the first byte"),
        (b"", "silent"),
    ],
)
def test_nothing_that_a_server_says_breaks_the_screen(says: bytes, hint: str) -> None:
    with blunt(says) as server:
        ended = invoke("probe", "--timeout", "0.3", server.address, env={"COLUMNS": "80"})
    assert ended.status in (3, 4)
    assert hint in " ".join(ended.stdout.split())
    assert max(map(len, ended.stdout.splitlines())) <= 80
    assert not {c for c in ended.stdout if unicodedata.category(c) in ("Cc", "Cf")} - {"\n"}


def test_a_closed_port_is_two_lines() -> None:
    with closed_port() as nobody:
        assert invoke("probe", nobody).stdout == (
            f"{nobody}: nothing listens there (connection refused by 127.0.0.1).\n"
            "Mail servers listen on 25 (MX), 587 (submission) or 465 (submission over TLS).\n"
        )


def test_a_socket_file_is_spoken_of_as_a_file(tmp_path: Path) -> None:
    ended = invoke("probe", f"unix:{tmp_path}/x")
    assert ended.status == 3
    assert "no server listens on that socket (no such file or directory)" in " ".join(ended.stdout.split())
    assert "465" not in ended.stdout


ODD = ["\x01", "\r\n", "\n", "\x1b[2J", "\x7f", "\x85", "\x9b", "\u202e", "\u2028", "\u2029", "\udcff", "\u200b"]


@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_control_characters_are_refused_wherever_they_stand(odd: str) -> None:
    with fake() as server:
        place = at(server)
        for words in (
            ["--command", f"NOOP{odd}x"],
            ["--ehlo-name", f"a{odd}.example"],
            ["--domain", f"a{odd}.example"],
            ["--sni", f"a{odd}.example"],
            ["--source", f"127.0.0.1{odd}"],
            ["--source", f"fe80::1%{odd}"],
            ["--proxy", "v1", "--proxy-source", f"192.0.2.1{odd}:1"],
            ["--proxy", "v1", "--proxy-source", f"[fe80::1%{odd}]:1"],
            ["--resolver", f"127.0.0.1{odd}"],
            ["--ca-file", f"/x{odd}"],
            ["--client-cert", f"/x{odd}"],
            ["--only", f"help{odd}x"],
            ["--lang", f"de{odd}x"],
            ["--timeout", f"1{odd}x"],
            ["--drop-after", f"ehlo{odd}x"],
            ["-o", f"/nowhere{odd}/x"],
        ):
            assert refused("probe", *words, place).isprintable()
        for name, value in (("COMMAND", f"NOOP\x1b{odd}"), ("EHLO_NAME", f"a{odd}"), ("SNI", f"a{odd}.example")):
            if "\udcff" not in odd:
                assert refused("probe", place, env={f"SMTPPROBE_PROBE_{name}": value}).isprintable()
        assert server.connections == 0


@pytest.mark.parametrize("option", ["--ca-file", "--client-cert"])
def test_what_is_no_file_is_not_waited_for(option: str, tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with (tmp_path / "huge").open("wb") as huge:
        huge.truncate(10 << 30)
    for name, hint in [
        (str(tmp_path / "pipe"), "no regular file"),
        ("/dev/zero", "no regular file"),
        (str(tmp_path / "huge"), "larger than 10 MiB"),
        (str(tmp_path / "loop"), "symbolic links"),
        (str(tmp_path), "Is a directory"),
    ]:
        assert hint in refused("probe", option, name, "mx.example")
