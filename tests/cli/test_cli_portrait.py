"""``probe --save-personality FILE`` and ``--redact``: what is written, when nothing is, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_calls import invoke, refused
from cli_servers import at, blunt, fake, said

from smtpprobe.fake import load

TOLD = "Error: there was no conversation, so there is no personality to save: try again when the server answers.\n"


def test_what_was_saved_answers_the_same(tmp_path: Path) -> None:
    place, again = tmp_path / "mine.toml", tmp_path / "again.toml"
    with fake("postfix") as server:
        ended = invoke("probe", "-q", "--save-personality", str(place), at(server))
    assert (ended.status, ended.stderr) == (0, "")
    with fake(place.read_text()) as copy:
        assert invoke("probe", "-q", "--save-personality", str(again), at(copy)).status == 0
    assert load(str(place)) == load(str(again))
    assert list(tmp_path.iterdir()) == [place, again] or len(list(tmp_path.iterdir())) == 2


def test_redacted_it_names_nobody(tmp_path: Path) -> None:
    place = tmp_path / "mine.toml"
    with fake(
        'summary = "x"\nhostname = "mail7.corp-secret.com"\nreplies.HELP = "214 See www.corp-secret.com"\n'
    ) as server:
        ended = invoke("probe", "-q", "--save-personality", str(place), "--redact", at(server))
        port = str(server.port)
    assert ended.status == 0
    text = place.read_text()
    assert "corp-secret" not in text
    assert "127.0.0.1" not in text
    assert port not in text
    assert 'HELP = "214 See host1.example.org"' in text


def test_the_report_is_the_same_with_it(tmp_path: Path) -> None:
    with fake("exim") as server:
        ended = invoke("probe", "--format", "json", "--save-personality", str(tmp_path / "x.toml"), at(server))
    assert ended.document["outcome"] == "answered"


def test_without_a_conversation_one_sentence_says_so(tmp_path: Path) -> None:
    place = tmp_path / "mine.toml"
    place.write_text("# mine\n")
    with blunt(b"HTTP/1.1 400 Bad Request\r\n\r\n", hang_up=True) as server:
        ended = invoke("probe", "-q", "--save-personality", str(place), server.address)
    assert ended.status == 3
    assert ended.stderr == TOLD
    assert place.read_text() == "# mine\n"
    assert list(tmp_path.iterdir()) == [place]


def test_a_greeting_that_sends_us_away_is_saved_too(tmp_path: Path) -> None:
    place = tmp_path / "mine.toml"
    with fake('summary = "x"\ngreeting = "554 5.7.1 Not you"\n') as server:
        ended = invoke("probe", "-q", "--save-personality", str(place), at(server))
    assert (ended.status, ended.stderr) == (3, "")
    assert load(str(place)).greeting == "554 5.7.1 Not you"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--redact", "localhost"], "--redact is about the file of --save-personality: give both, or neither."),
        (["--save-personality", "x", "a.example", "b.example"], "one server into one file"),
        (["--save-personality", "x", "--all", "a.example"], "one server into one file"),
        (["--save-personality", "no-such-folder/x", "a.example"], "name another file with --save-personality."),
    ],
)
def test_what_does_not_go_together_is_refused_before_anything_is_sent(words: list[str], told: str) -> None:
    assert told in refused("probe", *words)


def test_nothing_is_sent_where_the_file_cannot_be_begun(tmp_path: Path) -> None:
    with fake("postfix") as server:
        refused("probe", "--save-personality", str(tmp_path / "no" / "x.toml"), at(server))
        assert said(server) == []
