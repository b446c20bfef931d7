"""The format of transcripts: read as written, written as read, and what is none refused with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from seg_levels import streams
from seg_replay import UNHEARD_OF, Answering, Connected, Rehearsed, Said, owed
from seg_transcript import FOLDER, Transcript, TranscriptError, Turn, decoded, encoded, load, names, read, written

TEXT = """\
# Two connections.

== connection
s <- 220 mx.example.org ESMTP
c -> EHLO probe.example.org
s <- 250-mx.example.org
s <- 250 STARTTLS
c -> STARTTLS
s <- 220 go
s <= 250 in\\0jected\\n
== tls
c -> MAIL FROM:<>
c -> RSET
s <- 250 a
s <- 250\\x20
== reset

== connection
== close
"""
TURNS = (
    Turn((), b"220 mx.example.org ESMTP\r\n"),
    Turn((b"EHLO probe.example.org",), b"250-mx.example.org\r\n250 STARTTLS\r\n"),
    Turn((b"STARTTLS",), b"220 go\r\n250 in\0jected\n", "tls"),
    Turn((b"MAIL FROM:<>", b"RSET"), b"250 a\r\n250 \r\n", "reset"),
)


def test_a_transcript_is_read_and_written() -> None:
    transcript = read(TEXT)
    assert transcript == Transcript(("Two connections.",), (TURNS, (Turn((), b"", "close"),)))
    assert written(transcript) == TEXT
    assert streams(transcript) == [TURNS[0].said + TURNS[1].said + TURNS[2].said, TURNS[3].said]


@pytest.mark.parametrize("name", names())
def test_those_of_the_repository_are_as_they_would_be_written(name: str) -> None:
    transcript = load(name)
    assert read(written(transcript)) == transcript
    assert transcript.about
    assert all(transcript.connections)


def test_the_example_of_the_documentation_is_one() -> None:
    page = (FOLDER.parents[1] / "docs/transcripts.md").read_text()
    example = page.split("```\n")[1]
    assert written(read(example)) == example


@given(st.binary())
def test_any_octets_can_be_told(octets: bytes) -> None:
    text = encoded(octets)
    assert text.isascii()
    assert text.isprintable()
    assert text == text.rstrip()
    assert decoded(text) == octets


@pytest.mark.parametrize("line", ["x", "s -> 220", "c <- NOOP", "== pause", "s <- \\q", "s <- \\xA", "s <- \\"])
def test_what_is_no_line_is_refused(line: str) -> None:
    with pytest.raises(TranscriptError):
        read(f"== connection\n{line}\n")


def test_nothing_is_said_before_a_connection() -> None:
    with pytest.raises(TranscriptError, match="line 1 "):
        read("s <- 220 mx\n")


def test_replies_that_nobody_asked_for_are_told_apart() -> None:
    assert owed(b"250 a\r\n250 b\r\n250 c\r\n", 2) == 14
    assert owed(b"250 a\r\n25", 1) == 9
    assert owed(b"250-a\r\n", 1) == 7


def test_a_rehearsed_server_plays_its_turns_whatever_it_hears() -> None:
    server = Rehearsed(TURNS)
    assert server.greet() == Said(TURNS[0].said)
    assert server.hear([b"HELP"]) == Said(TURNS[1].said)
    assert server.hear([b"HELP"]) == Said(TURNS[2].said, "tls")
    assert server.hear([b"NOOP"]) == Said(b"")
    assert server.hear([b"NOOP"]) == Said(TURNS[3].said, "reset")


def test_an_answering_server_gives_each_command_its_own_answers() -> None:
    login = (Turn((), b"220 a\r\n"), Turn((b"AUTH PLAIN",), b"334 \r\n"), Turn((b"*",), b"501 no\r\n"))
    answering = Answering(Transcript((), (TURNS, login)))
    first, second = Connected(answering), Connected(answering)
    assert first.greet() == Said(TURNS[0].said)
    assert second.greet() == Said(b"220 a\r\n")
    assert first.hear([b"*"]) == Said(UNHEARD_OF)
    assert first.hear([b"RSET"]) == Said(UNHEARD_OF)
    assert first.hear([b"STARTTLS"]) == Said(TURNS[2].said, "tls")
    assert first.hear([b"MAIL FROM:<>"]) == Said(b"250 a\r\n")
    assert first.hear([b"RSET"]) == Said(b"250 \r\n", "reset")
    assert second.hear([b"AUTH PLAIN"]) == Said(b"334 \r\n")
    assert second.hear([b"*"]) == Said(b"501 no\r\n")
    assert second.hear([b"QUIT"]) == Said(b"221 2.0.0 Bye\r\n", "close")
