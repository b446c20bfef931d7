"""``smtpprobe scan``: what lists may hold, where results go and in which form, and what each option changes."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pyarrow.parquet
import pytest
from cli_calls import CONSOLE, Ended, invoke
from cli_crowd import crowd
from cli_servers import at, closed_port, dns, fake, said
from msgspec.json import decode

from smtpprobe.fake import FakeServer
from smtpprobe.render.schema import scan_schema
from smtpprobe.scan.writing import lines_of

GUARD = 60
GOES_ON = "stopped before the end: the same command goes on where this one stopped."
NAMED = ("--ehlo-name", "a.example")
VALIDATOR = jsonschema.Draft202012Validator(scan_schema())
BUSY = 'summary = "busy"\ngreeting = "421 4.3.2 Too busy"\n'


@pytest.fixture(scope="module")
def server() -> Iterator[FakeServer]:
    """A server at every loopback address. It sees whatever comes, and no test may change it."""
    with fake("postfix", host="0.0.0.0") as it:
        yield it


def listed(folder: Path, *lines: str) -> str:
    file = folder / "list.txt"
    file.write_text("".join(f"{line}\n" for line in lines))
    return str(file)


def scan(*words: str, **given: Any) -> Ended:
    return invoke("scan", *NAMED, *words, **given)


def read(lines: str | Path) -> list[Any]:
    """The documents of an output, each of which keeps the schema, sorted by address."""
    found = lines.splitlines() if isinstance(lines, str) else list(lines_of(str(lines)))
    documents = [json.loads(line) for line in found]
    for one in documents:
        VALIDATOR.validate(one)
    return sorted(documents, key=lambda one: (one["unit"] or {}).get("address", ""))


def addresses(documents: list[Any]) -> list[str]:
    return [one["unit"]["address"] for one in documents]


# -- lists ---------------------------------------------------------------------------------------------------


def mixed(port: int) -> str:
    lines = (
        "\ufeff# what we have",
        "",
        f"127.3.0.1:{port}  # an address",
        f"smtp://127.3.0.2:{port}\r",
        "127.3.0.4/30",
        "127.3.0.5",
        f"localhost:{port}",
        f"LOCALHOST:{port}",
    )
    return "\n".join(lines)


EVERY = ["127.0.0.1", "127.3.0.1", "127.3.0.2", "127.3.0.4", "127.3.0.5", "127.3.0.6", "127.3.0.7"]


@pytest.mark.parametrize("way", ["file", "gz", "stdin", "stdin-gz"])
def test_a_list_of_everything_asks_each_server_once(tmp_path: Path, server: FakeServer, way: str) -> None:
    octets = mixed(server.port).encode()
    if way.endswith("gz"):
        octets = gzip.compress(octets)
    words = ["--port", str(server.port), "-4"]
    before = server.connections
    if way.startswith("stdin"):
        ended = scan(*words, "-", input=octets)
    else:
        file = tmp_path / "list"
        file.write_bytes(octets)
        ended = scan(*words, str(file))
    documents = read(ended.stdout)
    assert (ended.status, addresses(documents)) == (0, EVERY)
    assert server.connections - before == len(EVERY)
    names = {one["unit"]["address"]: [name["text"] for name in one["names"]] for one in documents}
    assert names["127.3.0.5"] == ["127.3.0.4/30", "127.3.0.5"]
    assert names["127.0.0.1"] == [f"LOCALHOST:{server.port}", f"localhost:{server.port}"]
    assert "7 servers · 7 answered" in ended.stderr


def test_without_a_file_it_reads_what_is_piped_into_it(server: FakeServer) -> None:
    assert addresses(read(scan(input=f"127.3.0.9:{server.port}").stdout)) == ["127.3.0.9"]


def test_an_empty_list_is_a_scan_of_nothing(tmp_path: Path) -> None:
    ended = scan(listed(tmp_path, "# none yet"), "-o", str(tmp_path / "out"))
    assert (ended.status, (tmp_path / "out").read_bytes()) == (0, b"")
    assert ended.stdout.startswith("0 servers")


def test_lines_that_are_no_targets_are_left_out_where_that_is_asked_for(tmp_path: Path, server: FakeServer) -> None:
    file = listed(tmp_path, "127.3.0.1", "not a target", "unix:/run/lmtp", *["a b"] * 20)
    ended = scan("--skip-mistakes", "--port", str(server.port), "-q", file)
    assert (ended.status, addresses(read(ended.stdout))) == (0, ["127.3.0.1"])
    told = ended.stderr.splitlines()
    assert len(told) == 11
    assert told[0].startswith(f"Error: {file}, line 2: It has more than one word")
    assert told[-1] == "Error: there are more such lines, which are left out too."


def test_a_blocklist_is_kept_to(tmp_path: Path, server: FakeServer) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("# they asked us to\n127.4.0.2\n127.4.0.4/31\nlocalhost\n")
    file = listed(tmp_path, "127.4.0.0/29", "localhost")
    before = server.connections
    ended = scan("--blocklist", str(blocked), "--port", str(server.port), file)
    assert addresses(read(ended.stdout)) == [f"127.4.0.{number}" for number in (0, 1, 3, 6, 7)]
    assert server.connections - before == 5


ZONE = {
    "example.org": {"MX": ["10 mx1.example.net.", "20 mx2.example.net."]},
    "example.com": {"MX": ["10 mx1.example.net."]},
    "null.example": {"MX": ["0 ."]},
    "mx1.example.net": {"A": ["127.5.0.1"]},
    "mx2.example.net": {"A": ["127.5.0.2"]},
    "mail.example.net": {"A": ["127.5.0.1"], "AAAA": ["::1"]},
}


def test_the_mail_servers_of_domains(tmp_path: Path, server: FakeServer) -> None:
    host = f"smtp://mail.example.net:{server.port}"
    file = listed(tmp_path, "example.org", "example.com", "null.example", "gone.example", host)
    output, before = tmp_path / "found.jsonl", server.connections
    with dns(ZONE) as resolver:
        words = ("--mx", "--resolver", resolver, "--allow-private", "-4", "--port", str(server.port))
        ended = scan(*words, "-o", str(output), file)
    assert (ended.status, server.connections - before) == (0, 2)
    *lost, first, second = read(output)
    assert {one["target"]["text"]: one["failure"]["kind"] for one in lost} == {
        "null.example": "null-mx",
        "gone.example": "no-such-name",
    }
    assert [one["unit"]["address"] for one in (first, second)] == ["127.5.0.1", "127.5.0.2"]
    assert [(one["text"], one["host"], one["preference"]) for one in first["names"]] == [
        (host, "mail.example.net", None),
        ("example.com", "mx1.example.net", 10),
        ("example.org", "mx1.example.net", 10),
    ]
    assert [(one["text"], one["host"], one["preference"]) for one in second["names"]] == [
        ("example.org", "mx2.example.net", 20)
    ]
    assert "under 4 names" in ended.stdout


def test_an_address_of_ones_own_is_not_followed_out_of_an_mx_record(tmp_path: Path, server: FakeServer) -> None:
    before = server.connections
    with dns(ZONE) as resolver:
        ended = scan("--mx", "--resolver", resolver, listed(tmp_path, "example.com"), "--port", str(server.port))
    (one,) = read(ended.stdout)
    assert (one["unit"], one["failure"]["kind"], server.connections) == (None, "not-routable", before)


# -- where results go ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["found.jsonl", "found.jsonl.gz", "found.jsonl.zst"])
def test_a_file_has_a_whole_document_a_line_and_the_summary_is_printed(
    tmp_path: Path, server: FakeServer, name: str
) -> None:
    output = tmp_path / name
    ended = scan(listed(tmp_path, "127.3.0.0/29"), "--port", str(server.port), "-o", str(output))
    documents = read(output)
    assert (ended.status, ended.stderr) == (0, "")
    assert addresses(documents) == [f"127.3.0.{number}" for number in range(8)]
    assert {one["software"]["name"] for one in documents} == {"Postfix"}
    assert ended.stdout.startswith("8 servers · 8 answered\n")
    assert "Postfix" in ended.stdout
    assert max(map(len, ended.stdout.splitlines())) <= 80


def test_lines_on_stdout_leave_the_summary_to_stderr(tmp_path: Path, server: FakeServer) -> None:
    file = listed(tmp_path, f"127.3.0.1:{server.port}")
    ended = scan(file, "--no-color", "--format", "json")
    assert len(read(ended.stdout)) == 1
    assert ended.stderr.startswith("1 server · 1 answered\n")
    quiet = scan(file, "-q", "--verbose")
    assert (len(read(quiet.stdout)), quiet.stderr) == (1, "")
    assert list(tmp_path.iterdir()) == [tmp_path / "list.txt"], "no state is left of what cannot go on"


def test_a_pipe_is_written_as_it_comes(tmp_path: Path, server: FakeServer) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True) as reader:
        ended = scan(listed(tmp_path, f"127.3.0.1:{server.port}"), "-o", str(pipe))
        out, _ = reader.communicate(timeout=GUARD)
    assert (ended.status, ended.stderr) == (0, "")
    assert addresses(read(out)) == ["127.3.0.1"]
    assert ended.stdout.startswith("1 server · 1 answered")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.txt", "pipe"]


def test_a_reader_that_leaves_ends_the_scan_without_a_word(tmp_path: Path) -> None:
    with crowd() as many:
        words = (listed(tmp_path, "127.6.0.0/22"), "--port", str(many.port), "--at-once", "5", *NAMED)
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        with subprocess.Popen([*CONSOLE, "scan", *words], **pipes) as process:  # type: ignore[call-overload]
            assert process.stdout.readline().startswith("{")
            process.stdout.close()
            assert process.stderr.read() == ""
            assert process.wait(GUARD) == 4
        assert many.connections < 1024


def test_flat_lines_have_the_fields_that_were_asked_for(tmp_path: Path, server: FakeServer) -> None:
    file = listed(tmp_path, f"127.3.0.1:{server.port}")
    ended = scan(file, "--fields", "tls.version,capabilities.clear.keyword,findings")
    flat = json.loads(ended.stdout)
    assert flat["unit.address"] == "127.3.0.1"
    assert flat["tls.version"].startswith("TLSv1")
    assert flat["capabilities.clear.keyword"].startswith("PIPELINING,SIZE,")
    assert flat["findings"] == 1
    assert "software.name" not in flat
    usual = json.loads(scan(file, "--fields", "default").stdout)
    assert usual["software.name"] == "Postfix"


def test_parquet_and_a_page_are_written_too(tmp_path: Path, server: FakeServer) -> None:
    output, table, page = (tmp_path / name for name in ("found.jsonl.zst", "found.parquet", "found.html"))
    words = ("-o", str(output), "--parquet", str(table), "--html", str(page))
    ended = scan(listed(tmp_path, "127.3.0.0/30"), "--port", str(server.port), "-q", *words)
    assert (ended.status, ended.stdout, ended.stderr) == (0, "", "")
    rows = pyarrow.parquet.read_table(table)
    assert sorted(rows.column("unit_address").to_pylist()) == addresses(read(output))
    assert rows.column("unit_port").to_pylist() == [server.port] * 4
    text = page.read_text()
    assert text.startswith("<!doctype html>")
    assert "4 servers" in text


def test_names_and_where_they_lead_are_written_too(tmp_path: Path, server: FakeServer) -> None:
    names, url = tmp_path / "names.jsonl", f"smtp://localhost:{server.port}"
    file = listed(tmp_path, f"127.0.0.1:{server.port}", url, f"127.3.0.1:{server.port}")
    assert scan(file, "-4", "-q", "--names", str(names)).status == 0
    told = [json.loads(line) for line in names.read_text().splitlines()]
    assert sorted((one["address"], one["text"], one["host"]) for one in told) == [
        ("127.0.0.1", f"127.0.0.1:{server.port}", None),
        ("127.0.0.1", url, "localhost"),
        ("127.3.0.1", f"127.3.0.1:{server.port}", None),
    ]


def test_prose_comes_where_it_is_asked_for(tmp_path: Path, server: FakeServer) -> None:
    file = listed(tmp_path, f"127.3.0.1:{server.port}")
    (bare,), (told,) = read(scan(file, "-q").stdout), read(scan(file, "-q", "--prose").stdout)
    assert "advice" not in bare["findings"][0]
    assert told["findings"][0]["advice"]
    assert [one["note"]["code"] for one in bare["exchanges"]] == [one["note"]["code"] for one in told["exchanges"]]
    assert "meaning" in told["exchanges"][0]["note"]


# -- verdicts ------------------------------------------------------------------------------------------------


def test_a_preset_that_one_server_does_not_meet(tmp_path: Path, server: FakeServer) -> None:
    with fake("insecure") as other:
        file = listed(tmp_path, f"127.3.0.1:{server.port}", at(other))
        ended = scan(file, "--preset", "mx", "-o", str(tmp_path / "found.jsonl"))
        alone = scan(listed(tmp_path, f"127.3.0.1:{server.port}"), "--preset", "mx")
    bad, good = read(tmp_path / "found.jsonl")
    assert ended.status == 1
    assert {one["result"] for one in good["expectations"]} == {"met"}
    assert [one["id"] for one in bad["expectations"] if one["result"] == "failed"] == ["command-vrfy"]
    assert "command-vrfy (failed)" in ended.stdout
    assert alone.status == 0


def test_expectations_out_of_a_file(tmp_path: Path, server: FakeServer) -> None:
    file, expect = listed(tmp_path, f"127.3.0.1:{server.port}"), tmp_path / "expect.toml"
    expect.write_text('[expect.extensions]\npresent = ["DSN", "BURL"]\n')
    ended = scan(file, "--expect", str(expect))
    (one,) = read(ended.stdout)
    assert ended.status == 1
    assert {held["id"]: held["result"] for held in one["expectations"]} == {
        "conversation": "met",
        "present-DSN": "met",
        "present-BURL": "failed",
        "findings": "met",
    }


def test_findings_fail_a_scan_from_the_severity_on_that_was_named(tmp_path: Path, server: FakeServer) -> None:
    file = listed(tmp_path, f"127.3.0.1:{server.port}")
    assert [scan(file, *words).status for words in ((), ("--fail-on", "warning"), ("--fail-on", "error"))] == [0, 1, 0]


def test_servers_that_are_not_there_are_results_as_well(tmp_path: Path) -> None:
    with closed_port() as closed:
        ended = scan(listed(tmp_path, closed))
    (one,) = read(ended.stdout)
    assert (ended.status, one["outcome"], one["failure"]["kind"]) == (0, "unreachable", "refused")
    assert "1 unreachable" in ended.stderr


# -- how servers are asked -----------------------------------------------------------------------------------


def test_what_every_client_says_and_help_are_asked(tmp_path: Path) -> None:
    with fake("postfix") as it:
        scan(listed(tmp_path, at(it)), "-q")
        assert said(it) == ["EHLO a.example", "STARTTLS", "EHLO a.example", "HELP", "QUIT"]


def test_a_profile_asks_more(tmp_path: Path) -> None:
    with fake("postfix") as it:
        scan(listed(tmp_path, at(it)), "-q", "--profile", "capabilities", "--deadline", "60")
        assert any(line.startswith("MAIL FROM:<> SIZE=") for line in said(it))


def test_a_source_address_and_a_name_for_the_certificate(tmp_path: Path) -> None:
    with fake("postfix") as it:
        words = ("--source", "127.0.0.9", "--sni", "mx.example.org", "-q")
        (one,) = read(scan(listed(tmp_path, at(it)), *words).stdout)
    assert (one["source"], one["target"]["sni"]) == ("127.0.0.9", "mx.example.org")


def test_a_family_leaves_out_the_other(tmp_path: Path, server: FakeServer) -> None:
    file = listed(tmp_path, f"127.3.0.1:{server.port}", "::1")
    lost, found = read(scan(file, "-4", "-q").stdout)
    assert (lost["unit"], lost["failure"]["kind"], found["outcome"]) == (None, "no-address", "answered")
    with closed_port() as closed:
        found, lost = sorted(
            read(scan(listed(tmp_path, closed, "::1"), "-6", "-q", "--port", closed.rpartition(":")[2]).stdout),
            key=lambda one: one["unit"] is None,
        )
    assert (found["unit"]["address"], lost["target"]["host"]) == ("::1", "127.0.0.1")


def test_no_more_conversations_at_a_time_than_allowed(tmp_path: Path) -> None:
    with crowd() as many:
        words = ("--at-once", "3", "--port", str(many.port), "-q")
        assert len(read(scan(listed(tmp_path, "127.6.0.0/27"), *words).stdout)) == 32
        assert (many.most, many.connections) == (3, 32)


def test_a_rate_is_kept_to(tmp_path: Path) -> None:
    with crowd() as many:
        began = time.monotonic()
        scan(listed(tmp_path, "127.6.0.0/29"), "--rate", "20", "--port", str(many.port), "-q")
        # Eight connections are seven gaps, of which a burst may take one or two.
        assert time.monotonic() - began > 5 / 20
        assert many.connections == 8


def test_the_dns_is_asked_at_a_rate(tmp_path: Path, server: FakeServer) -> None:
    names = [f"h{number}.example" for number in range(8)]
    with dns({name: {"A": ["127.3.0.1"]} for name in names}) as resolver:
        began = time.monotonic()
        words = ("--dns-rate", "20", "--resolver", resolver, "-4", "--port", str(server.port))
        (one,) = read(scan(listed(tmp_path, *names), *words).stdout)
        assert time.monotonic() - began > 5 / 20
    assert [name["host"] for name in one["names"]] == names


def test_a_seed_shuffles_the_servers(tmp_path: Path) -> None:
    def order(seed: str) -> list[str]:
        with crowd() as many:
            words = ("--seed", seed, "--at-once", "1", "--port", str(many.port), "-q")
            lines = scan(listed(tmp_path, "127.6.0.0/27"), *words).stdout.splitlines()
            return [decode(line)["unit"]["address"] for line in lines]

    first, again, other = order("7"), order("7"), order("8")
    assert first == again
    assert sorted(first) == sorted(other)
    assert first != other


def test_two_workers_find_what_one_finds(tmp_path: Path, server: FakeServer) -> None:
    file = listed(tmp_path, "127.3.0.0/27")
    outputs = [tmp_path / "one.jsonl", tmp_path / "two.jsonl"]
    for output, workers in zip(outputs, ("1", "2"), strict=True):
        words = ["scan", *NAMED, file, "--port", str(server.port), "-o", str(output), "--workers", workers]
        done = subprocess.run([*CONSOLE, *words], capture_output=True, text=True, timeout=GUARD, check=True)
        assert done.stdout.startswith("32 servers · 32 answered\n")
        assert done.stderr == ""
    one, two = ([_steady(document) for document in read(output)] for output in outputs)
    assert one == two
    assert not list(tmp_path.glob("*.shards"))


def _steady(document: Any) -> Any:
    """What two runs have in common: nothing of the time that it took."""
    times = {"started", "timing", "elapsed_ms", "connect_ms", "handshake_ms"}
    if isinstance(document, dict):
        return {key: _steady(value) for key, value in document.items() if key not in times}
    return [_steady(one) for one in document] if isinstance(document, list) else document


# -- the same again ------------------------------------------------------------------------------------------


def test_what_is_done_is_not_done_again_but_where_that_is_asked_for(tmp_path: Path) -> None:
    with fake("postfix") as it:
        words = (listed(tmp_path, at(it)), "-o", str(tmp_path / "found.jsonl"))
        first, same = scan(*words), scan(*words)
        assert (it.connections, same.status) == (1, 0)
        assert same.stdout.splitlines()[0] == first.stdout.splitlines()[0]
        again = scan(*words, "--again")
        assert (it.connections, again.status, len(read(tmp_path / "found.jsonl"))) == (2, 0, 1)
        # Its list may be another one by then.
        other = scan(listed(tmp_path, at(it), "127.0.0.1:1"), "-o", str(tmp_path / "found.jsonl"), "--again")
        assert (it.connections, other.status, len(read(tmp_path / "found.jsonl"))) == (3, 0, 2)


# -- on a terminal -------------------------------------------------------------------------------------------


def on_terminal(number: int | None, *words: str) -> tuple[int, str]:
    """The status of a scan, and what it has written to a terminal; ``number`` is a signal for when rows are shown."""
    ours, terminal = os.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80", "LINES": "24"}
    with subprocess.Popen(
        [*CONSOLE, "scan", *words], stdin=terminal, stdout=terminal, stderr=terminal, env=environment
    ) as process:
        os.close(terminal)
        shown = b""
        # A terminal that nobody has open any more is an error to read on Linux.
        with contextlib.suppress(OSError):
            while octets := os.read(ours, 65536):
                shown += octets
                if number is not None and b"in flight" in shown:
                    process.send_signal(number)
                    number = None
        os.close(ours)
        return process.wait(GUARD), shown.decode()


def test_what_is_told_at_the_end_stays_on_the_terminal(tmp_path: Path) -> None:
    with crowd() as many:
        words = ("--port", str(many.port), "--at-once", "20", "--no-color", "-o", str(tmp_path / "found"), *NAMED)
        status, shown = on_terminal(None, *words, listed(tmp_path, "127.6.0.0/24"))
    rows, _, told = shown.partition("256 servers · 256 answered")
    assert status == 0
    assert "in flight" in rows
    assert "of 256 servers" in rows
    assert "\x1b" not in told, "nothing is erased after it was told"
    assert "Extensions" in told


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_is_told_of_a_scan_that_was_stopped_stays_too(tmp_path: Path, number: int) -> None:
    with crowd() as many:
        words = ("--port", str(many.port), "--at-once", "5", "--no-color", "-o", str(tmp_path / "found"), *NAMED)
        status, shown = on_terminal(number, *words, listed(tmp_path, "127.6.0.0/22"))
    rows, _, told = shown.rpartition("stopped early")
    assert status == 4
    assert rows.count("\x1b[?25l") == rows.count("\x1b[?25h") == 1, "the cursor is shown again"
    assert "\x1b" not in told
    assert told.split("Error: ")[1].split() == GOES_ON.split()
