"""`check` on fake servers: what it prints, where it writes, and its exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_calls import invoke, refused
from cli_servers import at, closed_port, fake

BUSY = 'summary = "busy"\ngreeting = "421 4.7.0 too many connections"\n'
PLAIN = 'summary = "plain"\n[ehlo]\nclear = ["SIZE 10485760", "8BITMIME"]\n'


@pytest.fixture(autouse=True)
def somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def expecting(target: str, *lines: str) -> None:
    Path("smtpprobe.toml").write_text("\n".join([f'[[server]]\ntarget = "{target}"', *lines]) + "\n")


def test_a_server_that_does_as_expected() -> None:
    with fake(PLAIN) as server:
        expecting(at(server), "[server.expect.extensions]", 'present = ["SIZE >= 10MB"]')
        ended = invoke("check", "--fail-on", "never")
    assert ended.status == 0
    assert "2 of 2 met" in ended.stdout


def test_what_failed_is_told_with_its_line_and_what_came_instead() -> None:
    with fake(PLAIN) as server:
        expecting(at(server), "[server.expect.extensions]", 'present = ["SIZE >= 50MB"]')
        ended = invoke("check", "--no-color")
        brief = invoke("check", "-q")
        whole = invoke("check", "--verbose")
    assert ended.status == brief.status == whole.status == 1
    assert "smtpprobe.toml:4" in ended.stdout
    assert "EHLO offers SIZE >= 50MB: SIZE 10485760" in ended.stdout
    assert len(brief.stdout.splitlines()) == 1
    assert "conversation" in whole.stdout


def test_exit_status_1_goes_before_3_and_3_before_4() -> None:
    with fake(PLAIN) as good, fake(BUSY) as busy, closed_port() as closed:
        gone = closed
        met, undecided = ["--target", at(good)], ["--target", at(busy)]
        assert invoke("check", *met, "--fail-on", "never").status == 0
        assert invoke("check", *met, *undecided).status == 4
        assert invoke("check", *met, *undecided, "--inconclusive", "pass").status == 0
        assert invoke("check", *met, *undecided, "--inconclusive", "fail").status == 1
        assert invoke("check", *undecided, "--target", gone).status == 3
        assert invoke("check", *undecided, "--target", gone, *met, "--preset", "submission").status == 1


def test_a_finding_fails_a_check_unless_it_is_tolerated() -> None:
    with fake("exim") as server:
        target = at(server)
        assert invoke("check", "--target", target).status == 1
        assert invoke("check", "--target", target, "--fail-on", "never").status == 0
        expecting(target, "[server.expect.findings]", 'tolerated = ["auth-in-clear"]')
        assert invoke("check").status == 0


def test_json_is_a_document_a_server() -> None:
    with fake(PLAIN) as one, fake(PLAIN) as two:
        both = invoke("check", "--target", at(one), "--target", at(two), "--format", "json")
        single = invoke("check", "--target", at(one), "--format", "json", "-o", "out.json")
    names = [json.loads(line)["target"]["text"] for line in both.stdout.splitlines()]
    assert names == [at(one), at(two)]
    assert single.stdout == ""
    assert json.loads(Path("out.json").read_text())["expectations"][0]["id"] == "conversation"


def test_one_run_writes_several_forms() -> None:
    with fake(PLAIN) as server:
        ended = invoke("check", "--target", at(server), "--also", "junit=r.xml", "--also", "csv=r.csv")
    assert ended.status == 0
    assert Path("r.xml").read_text().startswith("<?xml")
    assert Path("r.csv").read_text().count("\n") == 3
    assert "met" in ended.stdout


def test_the_summary_of_a_step_is_added_where_github_wants_it() -> None:
    with fake(PLAIN) as server:
        Path("summary.md").write_text("before\n")
        ended = invoke("check", "--target", at(server), "--format", "github", env={"GITHUB_STEP_SUMMARY": "summary.md"})
    assert ended.status == 0
    assert Path("summary.md").read_text().startswith("before\n")
    assert at(server) in Path("summary.md").read_text()


def test_groups_are_checked_alone() -> None:
    with fake(PLAIN) as one, fake(PLAIN) as two:
        Path("f.toml").write_text(
            f'[group.a]\n[group.b]\n[[server]]\ntarget = "{at(one)}"\ngroups = ["a"]\n'
            f'[[server]]\ntarget = "{at(two)}"\ngroups = ["b"]\n'
        )
        ended = invoke("check", "f.toml", "--group", "b", "--at-once", "1")
        assert refused("check", "f.toml", "--group", "c").startswith("No group with servers is called 'c'")
    assert at(two) in ended.stdout
    assert at(one) not in ended.stdout


def test_retries_profile_and_times_of_the_command_line_win_over_the_file() -> None:
    with fake(BUSY) as busy:
        expecting(at(busy), "retries = 0", 'retry_after = "10ms"')
        assert busy.connections == 0
        invoke("check", "--retries", "2")
        assert busy.connections == 3
    with fake("postfix") as server:
        expecting(at(server), 'ehlo_name = "file.example.org"')
        invoke("check", "--ehlo-name", "line.example.org", "--profile", "capabilities")
        heard = [line for _, line in server.log]
    assert b"EHLO line.example.org" in heard
    assert b"HELP" in heard


def test_a_first_file_expects_what_the_server_does() -> None:
    with fake("postfix") as server:
        made = invoke("check", "--init", at(server))
        again = invoke("check")
        there = refused("check", "--init", at(server))
    assert (made.status, again.status) == (0, 0)
    assert "smtpprobe check" in made.stdout
    assert "is there already" in there
    assert refused("check", "--init", "127.0.0.1:25", "--target", "x").startswith("--init and --target")


def test_a_first_file_of_a_server_that_says_nothing_is_none() -> None:
    with closed_port() as closed:
        ended = invoke("check", "--init", closed, "first.toml")
    assert ended.status == 3
    assert "nothing to write down" in ended.stderr
    assert not Path("first.toml").exists()


def test_a_baseline_fails_on_what_changed_and_on_nothing_else() -> None:
    with fake("postfix") as server:
        expecting(at(server))
        port = server.port
        assert invoke("check", "--save-baseline", "b.json").status == 0
        assert invoke("check", "--baseline", "b.json").status == 0
    smaller = 'summary = "smaller"\n[ehlo]\nclear = ["SIZE 5"]\n'
    with fake(smaller, port=port) as server:  # type: ignore[arg-type]
        ended = invoke("check", "--baseline", "b.json")
    assert ended.status == 1
    assert (
        "STARTTLS is no longer offered" in ended.stdout.replace("\n", " ").replace("  ", " ")
        or "STARTTLS" in ended.stdout
    )
    before = Path("b.json").read_bytes()
    ended = invoke("check", "--baseline", "b.json", "--save-baseline", "c.json")
    assert ended.status == 3
    assert "the baseline has nothing of it" in ended.stderr
    assert Path("b.json").read_bytes() == before


def test_mistakes_are_one_sentence_and_nothing_is_sent() -> None:
    assert "smtpprobe check --init TARGET" in refused("check")
    Path("smtpprobe.toml").write_text("[[server]]\n")
    assert "smtpprobe.toml:1: the key target is missing" in refused("check")
    Path("smtpprobe.toml").write_text("")
    assert "names no server" in refused("check")
    assert "--preset needs --target" in refused("check", "--preset", "mx")
    assert "exclude each other" in refused("check", "f.toml", "--target", "mx.example.org")
    assert "leave it out with --target" in refused("check", "--target", "127.0.0.1", "--group", "a")
    assert "names no file" in refused("check", "--target", "127.0.0.1", "--also", "junit")
    assert "did you mean junit?" in refused("check", "--target", "127.0.0.1", "--also", "junot=x")
    assert "there is no such file" in refused("check", "--target", "127.0.0.1", "--baseline", "none.json")


def test_as_a_plugin_it_has_four_states_of_its_own() -> None:
    plugin = ["check", "--format", "nagios", "--target"]
    with fake(PLAIN) as good, fake(BUSY) as busy, closed_port() as closed:
        states = [
            invoke(*plugin, at(good)),
            invoke(*plugin, at(busy)),
            invoke(*plugin, closed),
            invoke(*plugin, at(good), "--preset", "nonsense"),
            invoke(*plugin, "no such target"),
        ]
    assert [one.status for one in states] == [0, 1, 2, 3, 3]
    words = [one.stdout.split(" - ")[0] for one in states]
    assert words == ["SMTP OK", "SMTP WARNING", "SMTP CRITICAL", "SMTP UNKNOWN", "SMTP UNKNOWN"]
    assert "421 4.7.0 too many connections" in states[1].stdout.splitlines()[0]


def test_private_addresses_are_taken_where_that_is_allowed() -> None:
    with fake(PLAIN) as server:
        assert invoke("check", "--target", at(server), "--allow-private", "-4").status == 0


def test_a_password_comes_from_where_the_file_says_and_is_shown_nowhere() -> None:
    login = '[server.login]\nuser = "ann"\npassword = { env = "PW" }\n[server.expect]\nlogin = true'
    personality = (
        'summary = "s"\n[ehlo]\nclear = ["STARTTLS"]\ntls = ["AUTH PLAIN"]\n[auth]\nusers = { ann = "geheim-1" }\n'
    )
    with fake(personality) as server:
        expecting(at(server), login)
        assert "The variable 'PW' is not set" in refused("check")
        ended = invoke("check", "--format", "json", env={"PW": "geheim-1"})
        heard = [line for _, line in server.log]
    assert "geheim-1" not in ended.stdout + ended.stderr
    # Nobody vouches for the fake's certificate, so the password stays here.
    assert not any(line.startswith(b"AUTH") for line in heard)
    (result,) = [one for one in json.loads(ended.stdout)["expectations"] if one["id"] == "login"]
    assert result["result"] == "failed"
