"""``smtpprobe explain``: where it reads, what it leaves out, how much of it is shown."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from cli_calls import invoke, refused

from smtpprobe.cli import sources

DIALOGUE = "S: 220 mx.example ESMTP\nC: EHLO me\nS: 250 mx.example\nC: AUTH FOO\nS: 504 5.5.4 no\n"
BOUNCE = """\
From: MAILER-DAEMON@mx1.example.org
To: bob@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain

Your mail did not arrive.

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx1.example.org

Final-Recipient: rfc822; ann@example.net
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; 550 5.1.1 <ann@example.net>: user unknown

--x
Content-Type: message/rfc822

From: Bob <bob@example.org>
Return-Path: <bob@example.org>
To: ann@example.net
Subject: hello

hi
--x--
"""


def log(mails: int) -> str:
    """A Postfix log: every third mail is refused, at a host of its own domain."""
    lines = []
    for n in range(mails):
        stamp = f"2026-03-{n // 1000 % 28 + 1:02}T10:{n // 60 % 60:02}:{n % 60:02}+00:00 mx1 postfix/smtp[1]:"
        head = (
            f"{stamp} 4Xq1Kz2w9lz{n:04}: to=<u{n}@d{n % 7}.example>, relay=mx.d{n % 7}.example[192.0.2.25]:25, delay=1,"
        )
        if n % 3:
            lines.append(f"{head} dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as {n})")
        else:
            said = f"host mx.d{n % 7}.example[192.0.2.25] said: 550 5.1.1 <u{n}@d{n % 7}.example>: user unknown"
            lines.append(f"{head} dsn=5.1.1, status=bounced ({said} (in reply to RCPT TO command))")
    return "\n".join(lines) + "\n"


def explained(*words: str, **given: str | bytes) -> dict[str, object]:
    loaded = json.loads(invoke("explain", "--format", "json", *words, **given).stdout)  # type: ignore[arg-type]
    assert isinstance(loaded, dict)
    return loaded


def test_a_code_alone_shows_its_page() -> None:
    ended = invoke("explain", "504")
    assert ended.status == 0
    assert ended.stdout.startswith("504  ")
    assert "what to do" in ended.stdout


def test_a_reply_comes_as_words_as_one_text_from_stdin_and_from_a_file(tmp_path: Path) -> None:
    place, packed = tmp_path / "reply.txt", tmp_path / "reply.gz"
    place.write_text("550 5.7.1 Relay access denied")
    packed.write_bytes(gzip.compress(b"550 5.7.1 Relay access denied"))
    one = invoke("explain", "550 5.7.1 Relay access denied").stdout
    assert "try again?" in one
    assert invoke("explain", "550", "5.7.1", "Relay", "access", "denied").stdout == one
    assert invoke("explain", input=b"550 5.7.1 Relay access denied").stdout == one
    assert invoke("explain", "--file", "-", input=b"550 5.7.1 Relay access denied").stdout == one
    for path in (place, packed):
        assert invoke("explain", "--file", str(path)).stdout == one


def test_the_command_changes_the_advice() -> None:
    assert invoke("explain", "504", "--command", "AUTH FOO").stdout != invoke("explain", "504").stdout


def test_a_secret_that_was_pasted_is_not_shown() -> None:
    for words in (["--format", "json"], []):
        ended = invoke("explain", *words, "--command", "AUTH PLAIN AGFubgBzZWNyZXQ=", "535 5.7.8 no")
        assert "AGFubgBzZWNyZXQ" not in ended.stdout


def test_more_and_less_of_it() -> None:
    usual = invoke("explain", input=DIALOGUE).stdout
    quiet, verbose = invoke("explain", "-q", input=DIALOGUE).stdout, invoke("explain", "-v", input=DIALOGUE).stdout
    assert len(quiet.splitlines()) == 3
    assert len(quiet) < len(usual) < len(verbose)


def test_every_reply_of_a_dialogue_is_an_item() -> None:
    items = explained(input=DIALOGUE)["items"]
    assert isinstance(items, list)
    assert [item["code"] for item in items] == [220, 250, 504]


def test_the_same_goes_into_a_file(tmp_path: Path) -> None:
    place = tmp_path / "out.json"
    invoke("explain", "--format", "json", "-o", str(place), input=DIALOGUE)
    assert json.loads(place.read_text()) == explained(input=DIALOGUE)


def test_many_events_are_counted_first(tmp_path: Path) -> None:
    place = tmp_path / "mail.log"
    place.write_text(log(90))
    screen = invoke("explain", "--file", str(place)).stdout
    assert screen.startswith("90 lines · 90 events · 2026-03-01T10:00:00")
    assert "userunknown" in screen
    assert " 1. 30 × userunknown · 550 5.1.1" in screen
    document = explained("--file", str(place))
    assert document["summary"]["reason"] == {"accepted": 60, "userunknown": 30}  # type: ignore[index]
    assert len(document["items"]) == len(document["groups"]) == 2  # type: ignore[arg-type]


def test_each_of_many_events(tmp_path: Path) -> None:
    place = tmp_path / "mail.log"
    place.write_text(log(40))
    lines = invoke("explain", "--each", "--format", "json", "--file", str(place)).stdout.splitlines()
    items = [json.loads(line) for line in lines]
    assert [item["line"] for item in items] == list(range(1, 41))
    assert {item["reason"] for item in items} == {"accepted", "userunknown"}


def test_only_what_is_asked_for(tmp_path: Path) -> None:
    place = tmp_path / "mail.log"
    place.write_text(log(40))
    each = ["--each", "--format", "json", "--file", str(place)]

    def left(*words: str) -> int:
        return len(invoke("explain", *each, *words).stdout.splitlines())

    assert left("--reason", "userunknown") == 14
    assert left("--reason", "userunknown,accepted") == 40
    assert left("--host", "mx.d3.example") == left("--host", "D3.example.") == 6
    assert left("--since", "2026-03-01T10:00:30+00:00") == 10
    assert "--since" in refused("explain", *each, "--since", "2099-01-01")
    assert "did you mean userunknown" in refused("explain", *each, "--reason", "userunknow").lower()
    assert "2h" in refused("explain", *each, "--since", "whenever")


def test_fewer_groups(tmp_path: Path) -> None:
    place = tmp_path / "mail.log"
    place.write_text(log(90))
    assert "and 3 more hosts" in invoke("explain", "--top", "2", "--file", str(place)).stdout.replace(
        "5 more", "3 more"
    )


def test_a_bounce_prints_the_trace_command(tmp_path: Path) -> None:
    place = tmp_path / "bounce.eml"
    place.write_text(BOUNCE)
    screen = invoke("explain", "--file", str(place)).stdout
    assert "smtpprobe trace ann@example.net --from bob@example.org" in screen
    assert "userunknown" in screen


def test_a_mailbox_and_a_maildir(tmp_path: Path) -> None:
    box, folder = tmp_path / "box", tmp_path / "Maildir"
    box.write_text(f"From x Tue Mar  3 10:11:12 2026\n{BOUNCE}\nFrom x Tue Mar  3 10:11:13 2026\n{BOUNCE}\n")
    for name in ("new", "cur", "tmp"):
        (folder / name).mkdir(parents=True)
        (folder / name / "1.host").write_text(BOUNCE)
    for place in (box, folder):
        items = explained("--file", str(place))["items"]
        assert [item["recipient"] for item in items] == ["ann@example.net"] * 2  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["hello"], "give a code"),
        (["504", "--file", "x"], "one of them"),
        (["x" * 70_000], "a code"),
        (["\x1b"], "code"),
    ],
)
def test_what_cannot_be_explained(words: list[str], hint: str) -> None:
    assert hint in refused("explain", *words)


def test_an_empty_stdin_is_nothing_to_explain() -> None:
    assert "give a code" in refused("explain", input=b"")


def test_an_empty_folder(tmp_path: Path) -> None:
    assert "no files" in refused("explain", "--file", str(tmp_path))


def test_a_truncated_gzip_file_is_explained_as_far_as_it_goes(tmp_path: Path) -> None:
    place = tmp_path / "mail.log.gz"
    packed = gzip.compress(log(3000).encode())
    place.write_bytes(packed[: len(packed) * 2 // 3])
    ended = invoke("explain", "--file", str(place))
    assert ended.status == 0
    assert "userunknown" in ended.stdout
    assert "breaks off" in ended.stderr


@pytest.mark.parametrize(
    "damage", [b"\x1f\x8b\x08\x00garbage", b"\x1f\x8b", b"\0" * 100_000, b"\xff\xfe\0", b"From x\n"]
)
def test_a_file_that_is_none_of_it(tmp_path: Path, damage: bytes) -> None:
    place = tmp_path / "damaged"
    place.write_bytes(damage)
    assert invoke("explain", "--file", str(place)).status == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    place = tmp_path / "mail.log"
    place.write_bytes("550 5.1.1 Empfänger unbekannt\r\n\0\r\n550 5.2.2 mailbox full\r\n".encode(encoding))
    items = explained("--file", str(place))["items"]
    assert [item["enhanced"] for item in items] == ["5.1.1", "5.2.2"]  # type: ignore[attr-defined]
    assert "Empfänger" in items[0]["input"]  # type: ignore[index]


def test_one_endless_line_is_cut(tmp_path: Path) -> None:
    place = tmp_path / "mail.log"
    with place.open("wb") as stream:
        stream.write(b"550 5.1.1 user unknown ")
        for _ in range(40):
            stream.write(b"x" * 1_000_000)
        stream.write(b"\n550 5.2.2 mailbox full\n")
    items = explained("--file", str(place))["items"]
    assert [item["enhanced"] for item in items] == ["5.1.1", "5.2.2"]  # type: ignore[attr-defined]


def test_lines_are_cut_wherever_blocks_end() -> None:
    text = "\n".join(f"{n} " + "é" * (n % 700) for n in range(5000))
    assert "\n".join(sources.of_words(text).lines()) == text
