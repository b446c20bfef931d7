"""Hostile and broken messages: an answer, never an exception, in time that grows with their size."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpprobe.explain.bounces import kind_of, mime, read_message

HEAD = b"From: mailer-daemon@example.org\nContent-Type: multipart/mixed; boundary=b\n\n"
PLAIN = b"From: mailer-daemon@example.org\n\n"
MEBIBYTE = 1024 * 1024
NESTED = b"".join(
    [b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (number - 1, number) for number in range(1, 8000)]
)
REPORT = b"Final-Recipient: rfc822; a@example.net\nAction: failed\nStatus: 5.0.0\n\n"
STRANGE = {
    "boundaries": HEAD + b"--b\n" * 262_000,
    "parts": HEAD + b"--b\nContent-Type: text/plain\n\nx\n" * 25_000,
    "nested": HEAD.replace(b"=b\n", b"=b0\n") + NESTED,
    "NULs": b"\0" * MEBIBYTE,
    "newlines": b"\n" * MEBIBYTE,
    "one line": b"a" * MEBIBYTE,
    "fields": b"X: y\n" * 200_000,
    "encoded words": b"Subject: " + b"=?utf-8?q?a?=" * 80_000,
    "numbers": PLAIN + b"a 551 b 4.4.4 " * 75_000,
    "addresses": PLAIN + b"<a@example.org>: x\n<b@example.org>: a 551 b\n" * 24_000,
    "turns": PLAIN + b">>> RCPT To:<a@example.org>\n<<< 550-no\n" * 25_000,
    "recipients": HEAD + b"--b\nContent-Type: message/delivery-status\n\n" + REPORT * 14_000,
    "folds": HEAD + b"--b\nContent-Type: message/delivery-status\n\nDiagnostic-Code: a\n" + b" x\n" * 300_000,
    "tags": PLAIN.replace(b"\n\n", b"\nContent-Type: text/html\n\n") + b"<br <style" * 100_000,
    "JSON": PLAIN + b'{"notificationType":' + b"[" * 200_000,
    "base64": PLAIN.replace(b"\n\n", b"\nContent-Transfer-Encoding: base64\n\n") + b"QUF*" * 250_000,
    "messages": b"From: mailer-daemon@example.org\nContent-Type: message/rfc822\n\n" * 10_000,
}


@pytest.mark.parametrize("raw", STRANGE.values(), ids=STRANGE)
def test_a_mebibyte_of_anything_is_read_in_seconds(raw: bytes) -> None:
    started = time.process_time()
    message = read_message(raw)
    kind_of(raw[: 64 * 1024])
    assert time.process_time() - started < 10
    assert len(message.events) <= 200


def test_parts_are_bounded_in_number_and_depth() -> None:
    assert len(mime.cut(STRANGE["parts"])[1]) <= mime.MOST_PARTS
    assert len(mime.cut(STRANGE["nested"])[1]) <= mime.MOST_PARTS


WHOLE = (
    b'From: MAILER-DAEMON@example.org\nContent-Type: multipart/report; boundary="b"\n\n--b\nContent-Type: text/plain;\n'
    b" charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<a@example.net>: host "
    b"x.example.net[192.0.2.1] said: 550=\n"
    b" 5.1.1 No (in reply to RCPT TO command)\n\n--b\nContent-Type: message/delivery-status\n\n" + REPORT + b"--b\n"
    b"Content-Type: message/rfc822\n\nFrom: a@example.org\n\nx\n--b--\n"
)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(WHOLE)), st.lists(st.tuples(st.integers(0, 600), st.binary(max_size=6)), max_size=6))
def test_a_message_cut_anywhere_and_damaged_is_read(end: int, damage: list[tuple[int, bytes]]) -> None:
    raw = WHOLE[:end]
    for position, octets in damage:
        raw = raw[:position] + octets + raw[position:]
    for event in read_message(raw).events:
        assert len(event.text) <= 8 * 1024
        assert len(event.given) <= 2_000


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_octets_are_read(raw: bytes) -> None:
    read_message(raw)
    kind_of(raw)
