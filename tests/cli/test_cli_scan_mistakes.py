"""What ``smtpprobe scan`` refuses: one sentence each, before anything is sent, and no file is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from cli_calls import CONSOLE, invoke, refused
from cli_crowd import crowd
from cli_servers import at, dns, fake, scripted_dns
from dns import message as dns_message
from dns.rcode import NXDOMAIN

GUARD = 30
GOES_ON = "Error: stopped before the end: the same command goes on where this one stopped.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the command is given: there is a list that leads nowhere."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list").write_text("127.0.0.1:1\n")
    return tmp_path


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("gone",), "The file 'gone' cannot be read (No such file or directory): check its path and its mode."),
        ((".",), ". is a folder: name a file with one target a line."),
        (("list", "-o", "."), "Invalid value for '-o' / '--output': File '.' is a directory"),
        (("list", "-o", "no/found"), "no/found cannot be written (there is no folder "),
        (("list", "--html", "no/page"), "no/page cannot be written (there is no folder "),
        (("list", "-o", "found", "--parquet", "no/table"), "no/table cannot be written (there is no folder "),
        (("list", "-o", "found", "--names", "no/names"), "no/names cannot be written (there is no folder "),
        (("list", "-o", "list", "--again"), "FILE and -o name the same file, list: name different ones."),
        (("list", "-o", "a", "--html", "a"), "-o and --html name the same file, a: name different ones."),
        (("list", "--parquet", "table"), "--parquet is made of whole lines in a file: name one with -o,"),
        (("list", "-o", "found", "--parquet", "table", "--fields", "default"), "--parquet is made of whole lines"),
        (("list", "--fields", "tls.versions"), "No line of a scan has a field 'tls.versions': did you mean tls.vers"),
        (("list", "--fields", ","), "--fields names no field"),
        (("list", "--blocklist", "gone"), "gone: it cannot be read: No such file or directory."),
        (("list", "--expect", "gone"), "gone: it cannot be read: No such file or directory."),
        (("list", "--resolver", "dns.example"), "A nameserver is given by its address, not by name: look up dns.exa"),
        (("list", "--ca-file", "gone"), "The CA file 'gone' cannot be read (No such file or directory)"),
        (("list", "--client-key", "list"), "--client-key needs --client-cert"),
        (("list", "--proxy-source", "192.0.2.1:1"), "--proxy-source needs --proxy"),
        (("list", "--dask", "tcp://127.0.0.1:1", "--workers", "2"), "--dask and --workers exclude each other"),
        (("list", "--profile", "security"), "Invalid value for '--profile': 'security' is not one of"),
        (("list", "--at-once", "0"), "Invalid value for '--at-once'"),
        (("list", "--port", "70000"), "Invalid value for '--port'"),
        (("list", "--timeout", "nan"), "Invalid value for '--timeout'"),
    ],
    ids=lambda value: "-".join(value)[:40] if isinstance(value, tuple) else None,
)
def test_a_mistake_on_the_command_line(folder: Path, words: tuple[str, ...], sentence: str) -> None:
    assert refused("scan", *words).startswith(sentence)
    assert os.listdir(folder) == ["list"]


@pytest.mark.parametrize(
    ("octets", "words", "sentence"),
    [
        (b"127.0.0.1:1\nnot a target\n", (), "list, line 2: It has more than one word: write one target a line"),
        (b"unix:/run/lmtp\n", (), "list, line 1: A UNIX socket is no server for a scan"),
        (b"192.0.2.0/33\n", (), "list, line 1: '192.0.2.0/33' is no range of addresses"),
        (b"mail.example.org:0\n", (), "list, line 1: "),
        (b"m\xe4il.example\n", (), "list, line 1: It is not in UTF-8"),
        (b"a\x1b[31mb\n", (), "list, line 1: "),
        (b"x" * 70_000, (), "list, line 1: It is longer than 4,096 octets: write one target a line."),
        (b"10.0.0.0/8\n", (), "The ranges of the list have more than 1,048,576 addresses with 10.0.0.0/8 in line 1"),
        (b"10.0.0.0/30\n", ("--most-addresses", "3"), "The ranges of the list have more than 3 addresses with"),
        (b"\x1f\x8bno gzip", (), "The list list cannot be read to its end"),
    ],
    ids=["words", "unix", "range", "port", "latin", "control", "long", "many", "most", "gzip"],
)
def test_a_mistake_in_the_list(folder: Path, octets: bytes, words: tuple[str, ...], sentence: str) -> None:
    (folder / "list").write_bytes(octets)
    told = refused("scan", "list", "-o", "found", *words)
    assert told.startswith(sentence)
    assert "\x1b" not in told
    assert os.listdir(folder) == ["list"]


def test_with_a_mistake_mended_the_same_output_can_be_named(folder: Path) -> None:
    (folder / "list").write_text("not a target\n")
    assert refused("scan", "list", "-o", "found").endswith("Or leave such lines out with --skip-mistakes.")
    (folder / "list").write_text("127.0.0.1:1\n")
    assert invoke("scan", "list", "-o", "found").status == 0


def test_an_output_that_is_somebody_elses_is_left_alone(folder: Path) -> None:
    (folder / "found").write_text("mine\n")
    told = refused("scan", "list", "-o", "found")
    assert told == (
        "found exists, and there is no scan that could go on in it: name another file with -o, or replace it with"
        " --again."
    )
    assert (folder / "found").read_text() == "mine\n"
    assert sorted(os.listdir(folder)) == ["found", "list"]
    assert invoke("scan", "list", "-o", "found", "--again", "-q").status == 0
    assert (folder / "found").read_text().count("\n") == 1


@pytest.mark.parametrize("change", ["option", "list"])
def test_a_state_belongs_to_its_command_and_its_list(folder: Path, change: str) -> None:
    assert invoke("scan", "list", "-o", "found", "-q").status == 0
    before = (folder / "found").read_bytes()
    words = ("--profile", "full") if change == "option" else ()
    if change == "list":
        (folder / "list").write_text("127.0.0.1:2\n")
    told = refused("scan", "list", "-o", "found", *words)
    assert told.startswith("found.state is the state of another scan: give that one's command again to go on with it")
    assert (folder / "found").read_bytes() == before


def test_what_only_says_how_fast_or_where_else_may_change(folder: Path) -> None:
    assert invoke("scan", "list", "-o", "found", "-q").status == 0
    words = ("--at-once", "7", "--rate", "3", "--html", "page", "--fail-on", "error", "-v")
    assert invoke("scan", "list", "-o", "found", *words).status == 0
    assert (folder / "page").exists()


def test_a_state_that_is_none(folder: Path) -> None:
    (folder / "found.state").write_text("something else, and more than a few octets of it" * 50)
    assert refused("scan", "list", "-o", "found") == (
        "found.state is no state of a scan: remove it, or name another output."
    )
    assert "something else" in (folder / "found.state").read_text()


def test_an_output_that_was_cut_since(folder: Path) -> None:
    assert invoke("scan", "list", "-o", "found", "-q").status == 0
    (folder / "found").write_bytes(b"")
    told = refused("scan", "list", "-o", "found")
    assert told.startswith("found has 0 octets, and the scan that is to go on had written ")


def test_an_output_that_another_scan_is_writing(folder: Path) -> None:
    with crowd() as many:
        (folder / "list").write_text("127.9.0.0/24\n")
        words = ("scan", "list", "-o", "found", "--port", str(many.port), "--ehlo-name", "a.example", "--rate", "20")
        with subprocess.Popen([*CONSOLE, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            many.until(1)
            told = refused(*words)
            process.kill()
    assert told == ("found.state is in use: another scan is at work on it, so wait for its end or name another output.")


@pytest.mark.parametrize("missing", ["pyarrow", "zstandard"])
def test_what_is_not_installed(folder: Path, monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    output = "found.zst" if missing == "zstandard" else "found"
    told = refused("scan", "list", "-o", output, *(() if missing == "zstandard" else ("--parquet", "table")))
    assert f"without {missing}: install smtpprobe[scan]" in told
    assert os.listdir(folder) == ["list"]


def test_a_terminal_holds_no_list() -> None:
    ours, terminal = os.openpty()
    try:
        ended = subprocess.run([*CONSOLE, "scan"], stdin=terminal, capture_output=True, text=True, timeout=GUARD)
    finally:
        os.close(ours)
        os.close(terminal)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        "Error: There is no list to scan: name a file, or - for standard input with one target a line.\n"
    )


def test_more_conversations_than_files_may_be_open(folder: Path) -> None:
    script = 'ulimit -n 100; exec "$@"'
    words = [*CONSOLE, "scan", "list", "--at-once", "80"]
    ended = subprocess.run(["sh", "-c", script, "sh", *words], capture_output=True, text=True, timeout=GUARD)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        "Error: So many conversations need more open files than this system allows: lower --at-once, or raise"
        " `ulimit -n`.\n"
    )


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
@pytest.mark.parametrize("option", ["-o", "--html", "--names"])
def test_a_full_disk_is_one_sentence(folder: Path, option: str) -> None:
    words = ("-o", "found", option, "/dev/full") if option != "-o" else (option, "/dev/full")
    ended = invoke("scan", "list", "-q", *words)
    assert (ended.status, ended.stdout) == (4, "")
    assert ended.stderr.count("\n") == 1
    assert "/dev/full" in ended.stderr


def test_stopped_while_the_list_comes_nothing_was_sent(folder: Path) -> None:
    words = [*CONSOLE, "scan", "-", "-o", "found"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(words, text=True, **pipes) as process:  # type: ignore[call-overload]
        process.stdin.write("127.0.0.1:1\n" * 20_000)
        process.send_signal(signal.SIGINT)
        out, err = process.stdout.read(), process.stderr.read()
        process.wait(GUARD)
    assert (process.returncode, out) == (4, "")
    assert err == "Error: stopped before the list was read: nothing was sent.\n"
    assert os.listdir(folder) == ["list"]


def test_stopped_while_names_are_looked_up_the_same_command_goes_on(folder: Path) -> None:
    asked: list[str] = []
    under_way = threading.Event()

    def answer(query: dns_message.Message, tcp: bool) -> dns_message.Message:
        asked.append(scripted_dns.question(query)[0])
        if len(asked) == 10:
            under_way.set()
        return scripted_dns.failing(query, NXDOMAIN)

    with fake() as server, dns(answer) as resolver:
        (folder / "list").write_text("".join(f"a{number}.example\n" for number in range(500)) + f"{at(server)}\n")
        words = ["scan", "list", "-o", "found", "--resolver", resolver, "-4", "--dns-rate"]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        with subprocess.Popen([*CONSOLE, *words, "100"], **streams) as process:  # type: ignore[call-overload]
            assert under_way.wait(GUARD)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=GUARD)
        assert (process.returncode, err, server.connections) == (4, GOES_ON, 0)
        known = set(asked)
        assert len(known) < 500
        del asked[:]
        ended = invoke(*words, "100000")
        assert (ended.status, server.connections) == (0, 1)
    assert ended.stdout.startswith("1 server · 1 answered")
    assert len(set(asked)) < 500, "what was answered is not asked again"
    assert len(known | set(asked)) == 500
    assert (folder / "found").read_text().count("\n") == 501
