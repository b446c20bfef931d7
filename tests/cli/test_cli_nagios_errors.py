"""A mistake where a monitoring daemon asked: one line on stdout, state UNKNOWN, whatever is wrong with the call."""

from __future__ import annotations

import pytest
from cli_calls import invoke

from smtpprobe.cli import nagios_errors

PLUGIN = ("check", "--format", "nagios")


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (PLUGIN, True),
        (("check", "--format=nagios"), True),
        (("check", "--target", "x", "--format", "NAGIOS", "--bogus"), True),
        (("check", "--format", "nagios", "--format", "json"), False),
        (("check", "--format=json", "--format=nagios"), True),
        (("check", "--format"), False),
        (("check", "nagios"), False),
        (("probe", "--format", "nagios"), False),
        ((), False),
    ],
)
def test_who_asks_is_told_by_the_command_line(words: tuple[str, ...], wanted: bool) -> None:
    assert nagios_errors.wanted(words) is wanted


def test_or_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTPPROBE_CHECK_FORMAT", "nagios")
    assert nagios_errors.wanted(("check",))
    assert not nagios_errors.wanted(("check", "--format", "text"))
    assert not nagios_errors.wanted(("probe",))


@pytest.mark.parametrize(
    "words",
    [
        ("--bogus",),
        ("--preset", "nonsense"),
        ("no-such-file.toml",),
        ("--target", "a|b\n\x1b[2J"),
        ("--retries", "x"),
        ("--target", "127.0.0.1:1", "--also", "nonsense=x"),
    ],
)
def test_a_call_that_cannot_be_used_is_unknown(words: tuple[str, ...]) -> None:
    """Given a mistake of any kind, then it is one line without a bar on stdout, nothing on stderr, status 3."""
    ended = invoke(*PLUGIN, *words)
    assert (ended.status, ended.stderr) == (3, "")
    assert ended.stdout.startswith("SMTP UNKNOWN - ")
    assert ended.stdout.count("\n") == 1
    assert ended.stdout[:-1].isprintable()
    assert "|" not in ended.stdout


def test_a_mistake_of_ours_is_unknown_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("a | b")

    monkeypatch.setattr("smtpprobe.cli.check.book_of", fails)
    ended = invoke(*PLUGIN, "--target", "127.0.0.1:1", env={"SMTPPROBE_DEBUG": ""})
    assert ended.status == 3
    assert ended.stdout.startswith("SMTP UNKNOWN - this is a mistake in smtpprobe (RuntimeError: a \\x7c b)")


def test_other_forms_keep_their_own_way() -> None:
    ended = invoke("check", "--format", "junit", "--bogus")
    assert (ended.status, ended.stdout) == (2, "")
    assert ended.stderr.startswith("Error: ")
