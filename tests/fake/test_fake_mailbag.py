"""The messages that a fake server keeps: with their envelope, and within limits."""

from __future__ import annotations

from fake_client import Client, hold

from smtpprobe.fake import FakeServer, Message, load
from smtpprobe.fake.mailbag import LARGEST, LONGEST, MOST, Mailbag


def taken(*dialogues: str) -> tuple[Message, ...]:
    """What is kept once these lines were said, each of them answered; ``<more>`` belongs to the line before."""

    async def talk(server: FakeServer, client: Client) -> None:
        await client.hear()
        for line in ("EHLO x.example", *dialogues):
            if line == "<tls>":
                await client.start_tls("mx.example.org")
            else:
                assert (await client.say(line))[:1] in "23", line

    return hold(load("accepting"), talk).messages


ENVELOPE = ("MAIL FROM:<ann@example.org> SIZE=100", "RCPT TO:<bob@example.net>", "RCPT TO:<eve@example.net>")


def test_data_is_kept_with_its_envelope() -> None:
    (message,) = taken(*ENVELOPE, "DATA", "Subject: hi\r\n\r\n..dot\r\n\xfc\r\n.")
    assert message == Message(
        1,
        "ann@example.org",
        ("bob@example.net", "eve@example.net"),
        "Subject: hi\r\n\r\n.dot\r\n\xfc\r\n".encode(),
        25,
    )
    assert message.email["subject"] == "hi"


def test_chunks_are_put_together_and_a_message_inside_tls_says_so() -> None:
    first, second = taken(
        *("STARTTLS", "<tls>", "EHLO x.example", *ENVELOPE[:2]),
        *("BDAT 6\r\nabcd", "NOOP", "BDAT 4 LAST\r\nef", *ENVELOPE[:2], "BDAT 0 LAST"),
    )
    assert (first.content, first.size, first.encrypted) == (b"abcd\r\nef\r\n", 10, True)
    assert (second.content, second.recipients) == (b"", ("bob@example.net",))


def test_what_was_broken_off_is_forgotten() -> None:
    (message,) = taken(*ENVELOPE[:2], "BDAT 6\r\nabcd", "RSET", *ENVELOPE[:2], "BDAT 3 LAST\r\nx")
    assert message.content == b"x\r\n"


def test_a_long_message_is_cut_and_its_size_told() -> None:
    text = b"x" * 998 + b"\r\n"
    (message,) = taken(*ENVELOPE[:2], "DATA", (text * 1100).decode() + ".")
    assert (len(message.content), message.size) == (LONGEST, 1_100_000)


def test_the_bag_never_holds_more_than_it_may() -> None:
    bag = Mailbag()
    for number in range(MOST + 5):
        bag.put(Message(number, "", (), b"", 0))
    assert [message.connection for message in bag.messages] == list(range(5, MOST + 5))
    for number in range(20):
        bag.put(Message(number, "", (), b"x" * LONGEST, LONGEST))
    assert [message.connection for message in bag.messages] == list(range(20 - LARGEST // LONGEST, 20))
