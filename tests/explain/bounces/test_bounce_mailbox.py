"""What kind of input it is, and the messages of a mailbox file."""

from __future__ import annotations

import pytest

from smtpprobe.explain.bounces import kind_of, split_mbox

MAIL = b"Return-Path: <>\nFrom: a@example.org\nSubject: x\nX-Long: a\n  b\n\ntext\n"


@pytest.mark.parametrize(
    "head",
    [
        MAIL,
        MAIL.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + MAIL,
        b"\n\n" + MAIL,
        b"Received: from a by b;\n Tue, 3 Mar 2026\nTo: b@example.net\n" + b"X-A: b\n" * 500,
        b"This is the mail system at host mx.example.org.\n\n<bob@example.net>: unknown\n",
        b"Hi. This is the qmail-send program at mx.example.org.\n",
        b"   ----- The following addresses had permanent fatal errors -----\n<bob@example.net>\n",
    ],
)
def test_a_message(head: bytes) -> None:
    assert kind_of(head) == "message"


@pytest.mark.parametrize(
    "first",
    [
        b"From MAILER-DAEMON Tue Mar  3 10:11:12 2026\n",
        b"From - Tue Mar 03 10:11:12 2026\n",
        b"From a@example.org  Tue Mar  3 10:11:12 +0100 2026\n",
    ],
)
def test_a_mailbox(first: bytes) -> None:
    assert kind_of(first + MAIL) == "mbox"


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"550 5.1.1 User unknown\n",
        b"Mar  3 10:11:12 mx1 postfix/smtp[1]: 4Xq1Kz2w9lz1Rb: to=<a@example.net>, status=bounced (x)\n" * 3,
        b"2026-03-03 10:11:12 1tpAbC-00000000abc-1D2e ** a@example.net R=dnslookup: 550 no\n",
        b"#Software: Microsoft Exchange Server\n#Fields: date-time,event-id\n",
        b'{"type":"Bounce","sender":"a@example.org"}\n',
        b"@400000006422a1b20c3d4e5f starting delivery 12: msg 998 to remote ann@example.net\n",
        b"Final-Recipient: rfc822; a@example.net\nAction: failed\nStatus: 5.1.1\n",
        b"smtplib.SMTPRecipientsRefused: {'a@example.net': (550, b'no')}\n",
        b"Error: Message failed\n    at SMTPConnection (x.js:1)\n  code: 'EENVELOPE'\n",
        b"From: a@example.org\nnot a header\nnor this\n",
        b"From here on it goes wrong at 10:11\nSubject: x\nFrom: y\nnothing\nat all\n",
        b"S: 220 mx.example.org\nC: EHLO a\nS: 250 ok\n",
        b"From: a@example.org\n",
    ],
)
def test_lines(head: bytes) -> None:
    assert kind_of(head) == "lines"


def test_the_messages_of_a_mailbox() -> None:
    box = (
        b"From a@example.org Tue Mar  3 10:11:12 2026\nSubject: one\n\n>From me\n>>From you\nFrom nobody at "
        b"10:11:12\n\n"
        b"From b@example.org Tue Mar  3 10:11:13 2026\nSubject: two\n\ntext\n"
    )
    for lines in (box.splitlines(keepends=True), box.splitlines()):
        assert list(split_mbox(lines)) == [
            b"Subject: one\n\nFrom me\n>From you\nFrom nobody at 10:11:12\n\n",
            b"Subject: two\n\ntext\n",
        ]


def test_a_message_is_cut_to_a_mebibyte_and_the_next_one_found() -> None:
    def box() -> object:
        yield b"From a@example.org Tue Mar  3 10:11:12 2026\n"
        yield from [b"x" * 1023 + b"\n"] * 3000
        yield b"\n"
        yield b"From b@example.org Tue Mar  3 10:11:13 2026\n"
        yield b"Subject: two\n"

    messages = list(split_mbox(box()))  # type: ignore[arg-type]
    assert [len(message) for message in messages] == [1024 * 1024, 13]
