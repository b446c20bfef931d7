"""The options of a delivery: what they make of a message, what they refuse, and the question before it goes out."""

from __future__ import annotations

import os
import pty
import re
import sys
from email import message_from_bytes
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from smtpprobe.cli.delivery_options import Given, build, delivery_options, taken
from smtpprobe.cli.errors import Refused
from smtpprobe.journey import Delivery, Mailbox

ANN = Mailbox("ann", "example.net", "ann@example.net")
BOB = Mailbox("bob", "example.org", "bob@example.org")
OWN = b"From: bob@example.org\nDate: Sat, 21 Nov 2026 20:22:18 +0000\nMessage-ID: <own@example.org>\n\nHi\n"


class Called:
    """One call of a command with these options: what was built, what was left to the command, what was said."""

    def __init__(self, words: tuple[str, ...], sender: Mailbox | None, recipient: Mailbox | None, given: Any) -> None:
        self.delivery: Delivery | None = None
        self.left: dict[str, Any] = {}

        @click.command()
        @delivery_options
        def command(**params: Any) -> None:
            given = taken(params)
            self.left = params
            self.delivery = build(given, sender, recipient, host="client.example")

        result = CliRunner().invoke(command, words, input=given, standalone_mode=False)
        self.error, self.stderr = result.exception, result.stderr
        if self.error is not None and not isinstance(self.error, Refused):
            raise self.error


def called(
    *words: str, sender: Mailbox | None = BOB, recipient: Mailbox | None = ANN, input: bytes | None = None
) -> Called:
    found = Called(words, sender, recipient, input)
    assert found.error is None, found.error
    return found


def built(*words: str, **given: Any) -> Delivery:
    delivery = called("--deliver", "--yes", *words, **given).delivery
    assert delivery is not None
    return delivery


def refused(*words: str, recipient: Mailbox | None = ANN, input: bytes | None = None) -> str:
    error = Called(words, BOB, recipient, input).error
    assert isinstance(error, Refused)
    assert error.message.endswith((".", "?"))
    return error.message


def test_without_deliver_nothing_is_sent() -> None:
    found = called("--size", "1000", "--xclient", "addr=192.0.2.1")
    assert found.delivery is None
    assert found.left == {"size": 1000, "xclient": ("ADDR=192.0.2.1",)}
    assert found.stderr == ""


@pytest.mark.parametrize(
    "words",
    [
        ("--message", "x.eml"),
        ("--header", "X: 1"),
        ("--subject", "x"),
        ("--body", "x"),
        ("--chunking",),
        ("--dsn", "never"),
        ("--ret", "full"),
        ("--envid", "x"),
        ("--requiretls",),
        ("--smtputf8",),
    ],
)
def test_an_option_about_a_message_wants_one(words: tuple[str, ...]) -> None:
    assert refused(*words).startswith(f"{words[0]} is about a message")


def test_a_message_wants_a_recipient() -> None:
    assert "RECIPIENT" in refused("--deliver", "--yes", recipient=None)


def test_a_message_of_ours() -> None:
    delivery = built("--subject", "Hello", "--body", "One\nline", "--header", "X-Test: 1")
    found = message_from_bytes(delivery.message)
    assert (found["subject"], found["x-test"], found["from"]) == ("Hello", "1", "<bob@example.org>")
    assert found.get_payload() == "One\r\nline\r\n"
    assert found["message-id"] == delivery.message_id
    assert re.fullmatch(r"<\d{14}\.[0-9a-f]{16}@example\.org>", delivery.message_id)
    assert delivery.parameters == delivery.rcpt_parameters == ()
    assert built().message_id != built().message_id


def test_the_null_sender_writes_in_our_own_name() -> None:
    assert built(sender=None).message_id.endswith("@client.example>")


def test_parameters_as_they_go_out() -> None:
    delivery = built(
        *("--dsn", "success,Failure", "--dsn", "delay", "--ret", "hdrs", "--envid", "a b+1"),
        *("--requiretls", "--smtputf8", "--chunking"),
    )
    assert delivery.parameters == ("RET=HDRS", "ENVID=a+20b+2B1", "REQUIRETLS", "SMTPUTF8")
    assert delivery.rcpt_parameters == ("NOTIFY=SUCCESS,FAILURE,DELAY",)
    assert delivery.chunking


def test_a_file_and_stdin_are_sent_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "own.eml"
    file.write_bytes(OWN)
    for delivery in (built("--message", str(file)), built("--message", "-", input=OWN)):
        assert delivery.message == OWN.replace(b"\n", b"\r\n")
        assert delivery.message_id == "<own@example.org>"
    replaced = built("--message", str(file), "--header", "From: eve@example.org")
    assert replaced.message.startswith(b"From: eve@example.org\r\nDate:")


def test_a_text_out_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "body.txt"
    file.write_text("Grüße\n", "utf-8")
    payload = message_from_bytes(built("--body", f"@{file}").message).get_payload(decode=True)
    assert payload == "Grüße\r\n".encode()


@pytest.mark.parametrize(
    ("words", "about"),
    [
        (("--message", "/nowhere/x.eml"), "cannot be read"),
        (("--message", "/"), "cannot be read"),
        (("--message", "\0"), "cannot be read"),
        (("--body", "@/nowhere/x.txt"), "cannot be read"),
        (("--message", "/dev/zero"), "larger than"),
        (("--message", "x.eml", "--subject", "x"), "its own subject"),
        (("--header", "X: a\r\nBcc: eve@example.com"), "line end"),
        (("--subject", "a\nBcc: eve@example.com"), "line end"),
        (("--header", "nothing"), "no name"),
        (("--dsn", "never,success"), "stands alone"),
        (("--dsn", "sometimes"), "kind of report"),
        (("--envid", "é"), "ASCII"),
        (("--envid", "x" * 101), "longer"),
        (("--envid", ""), "ASCII"),
        (("--xclient", "ADDR"), "no value"),
        (("--xclient", "ADDR=1\n2"), "no value"),
        (("--xclient", "COLOR=red"), "attribute of XCLIENT"),
        (("--xclient", "NAME=" + "x" * 600), "longer than a line"),
    ],
)
def test_what_cannot_be_sent_is_refused_in_one_sentence(words: tuple[str, ...], about: str) -> None:
    assert about in refused("--deliver", "--yes", *words)


def test_an_ipv6_address_is_written_as_postfix_reads_it() -> None:
    assert called("--xclient", "addr=2001:DB8:0:0::1", "--xclient", "NAME=[UNAVAILABLE]").left["xclient"] == (
        "ADDR=IPV6:2001:db8::1",
        "NAME=[UNAVAILABLE]",
    )


# -- the question --------------------------------------------------------------------------------------------


def test_what_will_be_sent_is_said_first() -> None:
    said = called("--deliver", "--yes", "--subject", "Hi", "--dsn", "never", "--chunking").stderr
    assert "<bob@example.org>" in said
    assert "<ann@example.net>" in said
    assert "NOTIFY=NEVER, BDAT" in said
    assert re.search(r"[\d,]+ octets", said)
    assert "Send it?" not in said


def test_what_is_odd_about_a_file_is_said(tmp_path: Path) -> None:
    file = tmp_path / "odd\x1b[31m.eml"
    file.write_bytes(b"Subject: x\n\n\xff\n")
    said = called("--deliver", "--yes", "--message", str(file)).stderr
    assert "lacks Date, From" in said
    assert "8BITMIME" in said
    assert "\x1b" not in said


def test_without_a_terminal_nobody_agrees() -> None:
    assert "--yes" in refused("--deliver")
    assert "--yes" in refused("--deliver", input=b"y\n")


@pytest.mark.parametrize(("answer", "sent"), [(b"y\n", True), (b"n\n", False), (b"\n", False)])
def test_the_answer_at_a_terminal_counts(answer: bytes, sent: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pty.openpty()
    try:
        os.write(ours, answer)
        with open(theirs, closefd=False) as terminal:
            monkeypatch.setattr(sys, "stdin", terminal)
            monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: terminal.readline().rstrip("\n"))
            given = Given(deliver=True)
            if sent:
                assert build(given, BOB, ANN, host="client.example") is not None
            else:
                with pytest.raises(Refused, match=r"Nothing was sent"):
                    build(given, BOB, ANN, host="client.example")
    finally:
        os.close(ours)
        os.close(theirs)
