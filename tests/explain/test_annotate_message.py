"""The answer to a message is DATA's answer, and ends its transaction."""

from __future__ import annotations

from smtpprobe.explain import Scene, annotate
from smtpprobe.explain.known import known_of
from smtpprobe.model import Command, Exchange, Reply
from smtpprobe.outcome import Stage

DIALOGUE = (
    (None, 220, "mx.example"),
    ("EHLO client.example", 250, "mx.example"),
    ("MAIL FROM:<>", 250, "Ok"),
    ("RCPT TO:<ann@example.net>", 250, "Ok"),
    ("DATA", 354, "go on"),
    ("(message of 42 octets)", 250, "Ok"),
    ("MAIL FROM:<>", 503, "5.5.1 nested MAIL command"),
)


def exchanges() -> list[Exchange]:
    return [
        Exchange(
            1,
            number,
            Stage.CLEAR if line else Stage.GREETING,
            Command(line.encode()) if line else None,
            0,
            Reply(code, None, (text.encode(),), b"", 0),
        )
        for number, (line, code, text) in enumerate(DIALOGUE)
    ]


def test_what_follows_a_354_is_the_message() -> None:
    told = exchanges()
    verbs = []
    for index, one in enumerate(told):
        assert one.reply is not None
        verbs.append(Scene(told, index, one, one.reply, one.code or 0, known_of(told)).verb)
    assert verbs == ["greeting", "EHLO", "MAIL", "RCPT", "DATA", "DATA", "MAIL"]


def test_a_message_that_was_taken_ends_its_transaction() -> None:
    note = annotate(exchanges(), len(DIALOGUE) - 1, known_of(exchanges()))
    assert note is not None
    assert not any("transaction is open" in advice for advice in note.advice)
