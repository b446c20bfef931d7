"""A message on its way out: what is composed is correct, what the user gives stays, and nothing can be injected."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.journey import Mailbox
from smtpprobe.message import LARGEST, Message, MessageError, authorship, compose, field, prepare

ANN = Mailbox("ann", "example.net", "ann@example.net")
BOB = Mailbox("bob", "example.org", "bob@example.org")
JOSE = Mailbox("josé", "example.net", "josé@example.net")
DATE = datetime(2026, 11, 21, 20, 22, 18, tzinfo=UTC)
ID = "<q7.1@example.org>"


def composed(sender: Mailbox | None = BOB, recipient: Mailbox = ANN, **given: object) -> Message:
    return compose(sender, recipient, date=DATE, message_id=ID, **given)  # type: ignore[arg-type]


def read(message: Message) -> EmailMessage:
    found = message_from_bytes(message.octets, policy=SMTPUTF8 if message.utf8_header else SMTP)
    assert isinstance(found, EmailMessage)
    assert not found.defects
    return found


def assert_fit(octets: bytes) -> None:
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", octets)
    assert octets.endswith(b"\r\n")


# -- composed ------------------------------------------------------------------------------------------------


def test_a_message_that_says_what_it_is() -> None:
    message = composed()
    found = read(message)
    assert found["from"].addresses[0].addr_spec == "bob@example.org"
    assert found["to"].addresses[0].addr_spec == "ann@example.net"
    assert (found["date"].datetime, found["message-id"], message.message_id) == (DATE, ID, ID)
    assert "test message" in found.get_content()
    assert ID in found.get_content()
    assert message.notes == ()
    assert not message.eight_bit
    assert not message.utf8_header
    assert_fit(message.octets)


def test_the_null_sender_has_an_author_all_the_same() -> None:
    assert read(composed(None))["from"].addresses[0].addr_spec == "postmaster@example.org"


@pytest.mark.parametrize("subject", ["Hello", "Grüße aus Köln " * 12, "日本語" * 40, "a " * 200, "", "=?x"])
def test_a_subject_in_any_script_goes_out_in_ascii(subject: str) -> None:
    message = composed(subject=subject)
    assert message.octets.isascii()
    assert max(map(len, message.octets.split(b"\r\n"))) <= 998
    assert read(message)["subject"].split() == (subject or "A test of smtpprobe").split()


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_a_body_of_any_text_arrives_as_it_was(body: str) -> None:
    message = composed(body=body)
    assert_fit(message.octets)
    assert not message.eight_bit
    assert max(map(len, message.octets.split(b"\r\n"))) <= 998
    lines = re.split("\r\n|\r|\n", body)
    content = read(message).get_payload(decode=True)
    assert isinstance(content, bytes)
    assert re.split("\r?\n", content.decode())[:-1] == (lines if lines[-1] else lines[:-1])


def test_a_long_line_is_broken_softly() -> None:
    message = composed(body="x" * 5_000)
    assert read(message).get_content().strip() == "x" * 5_000
    assert b"quoted-printable" in message.octets


def test_an_address_beyond_ascii_makes_the_header_utf8() -> None:
    message = composed(BOB, JOSE, subject="Grüße")
    assert message.utf8_header
    assert read(message)["subject"] == "Grüße"
    assert "To: <josé@example.net>\r\n".encode() in message.octets


@pytest.mark.parametrize("body", ["a\0b", "\udcff"])
def test_a_body_that_is_no_text_is_refused(body: str) -> None:
    with pytest.raises(MessageError):
        composed(body=body)


# -- header fields -------------------------------------------------------------------------------------------


def test_a_field_replaces_ours_or_is_added() -> None:
    message = composed(headers=("subject: Mine", "X-One: 1", "X-One: 2", "Message-ID: <mine@example.org>"))
    found = read(message)
    assert found.get_all("subject") == ["Mine"]
    assert found.get_all("x-one") == ["1", "2"]
    assert found.get_all("message-id") == ["<mine@example.org>"]
    assert message.message_id == "<mine@example.org>"


@pytest.mark.parametrize(
    "text",
    [
        "no colon",
        ": no name",
        "A B: blank in the name",
        "X: a\r\nBcc: eve@example.com",
        "X: a\nBcc: eve@example.com",
        "X: a\rBcc: eve@example.com",
        "X\r\nBcc: eve@example.com",
        "X: a\0b",
        "X: a\x85b",
        "X: a\u2028b",
        "X: \udcff",
        "Ü: a",
        "X: ü",
        "X: " + "x" * 2_000,
    ],
)
def test_what_is_no_field_is_refused(text: str) -> None:
    with pytest.raises(MessageError) as refused:
        field(text)
    assert str(refused.value).endswith((".", "'Name: value'."))


@given(st.text(), st.booleans())
def test_a_field_is_one_field_whatever_it_says(text: str, utf8: bool) -> None:
    try:
        octets = field(text, utf8=utf8).octets
    except MessageError:
        return
    lines = octets.split(b"\r\n")
    assert lines.pop() == b""
    assert all(line[:1] == b" " and line.strip() for line in lines[1:])
    assert b"\r" not in b"".join(lines)
    assert b"\n" not in b"".join(lines)
    assert octets.isascii() or utf8


def test_a_long_field_is_folded_and_means_the_same() -> None:
    octets = field("References: " + "<a@example.org> " * 30).octets
    assert max(map(len, octets.split(b"\r\n"))) <= 78
    assert octets.replace(b"\r\n", b"").decode() == ("References: " + "<a@example.org> " * 30).strip()


# -- the user's own message ----------------------------------------------------------------------------------

OWN = b"From: bob@example.org\nDate: Sat, 21 Nov 2026 20:22:18 +0000\nMessage-ID: <own@example.org>\n\nHi\n.\nthere"


def test_a_file_becomes_fit_for_the_wire() -> None:
    message = prepare(OWN)
    assert message.octets == OWN.replace(b"\n", b"\r\n") + b"\r\n"
    assert (message.message_id, message.notes, message.eight_bit) == ("<own@example.org>", (), False)


def test_fields_are_replaced_in_a_file_too() -> None:
    message = prepare(OWN, headers=("From: x@example.org", "X-New: 1"))
    assert message.octets.startswith(b"From: x@example.org\r\nDate: ")
    assert b"\r\nX-New: 1\r\n\r\nHi\r\n" in message.octets


def test_a_folded_field_is_replaced_whole() -> None:
    message = prepare(b"Subject: a\n b\n\tc\nFrom: x@example.org\n\nHi\n", headers=("Subject: new",))
    assert message.octets == b"Subject: new\r\nFrom: x@example.org\r\n\r\nHi\r\n"


def test_a_text_without_a_header_gets_one() -> None:
    message = prepare(b"just text\n", headers=("Subject: new",))
    assert message.octets == b"Subject: new\r\n\r\njust text\r\n"
    assert "lacks Date, From, Message-ID" in message.notes[0]


@pytest.mark.parametrize(
    ("raw", "note"),
    [
        (b"From bob Sat Nov 21\n" + OWN, "mailbox file"),
        (b"From: eve@example.org\n" + OWN, "more than one From"),
        (b"Bcc: eve@example.org\n" + OWN, "Bcc"),
        (OWN + b"\0", "NUL"),
        (OWN + b"x" * 1_200, "line of 1,205 octets"),
        (b"Subject: none\n\n", "lacks Date"),
    ],
)
def test_what_may_be_disliked_is_noted_and_sent(raw: bytes, note: str) -> None:
    message = prepare(raw)
    assert len(message.notes) == 1
    assert note in message.notes[0]
    assert_fit(message.octets)


def test_octets_above_127_are_told_apart() -> None:
    body = prepare(OWN + "ü".encode())
    assert (body.eight_bit, body.utf8_header) == (True, False)
    header = prepare("Subject: ü\n".encode() + OWN)
    assert (header.eight_bit, header.utf8_header) == (True, True)


@pytest.mark.parametrize("raw", [b"", b" \n\n", OWN + b"\rx", b"a\r\r\n", b"a\r", bytes(LARGEST + 1)])
def test_what_cannot_be_sent_is_refused(raw: bytes) -> None:
    with pytest.raises(MessageError):
        prepare(raw)


PIECES = st.sampled_from([b"A: b", b" c", b"\n", b"\r\n", b"From ", b"x", b"Message-ID: <", b"\xff", b">"])


@given(st.binary(max_size=400) | st.lists(PIECES).map(b"".join))
def test_whatever_the_file_holds_it_is_refused_or_fit(raw: bytes) -> None:
    try:
        message = prepare(raw, headers=("X-New: 1",))
    except MessageError:
        return
    assert_fit(message.octets)
    assert message_from_bytes(message.octets)["x-new"] == "1"


def test_a_large_file_takes_no_longer_than_its_size() -> None:
    """Lines and fields by the hundred thousand; a walk over all that came before at each of them would not end."""
    for raw in (b"A: b\n" * 400_000, b"A: b\n" + b" c\n" * 600_000, b"\n" * 2_000_000 + b"x", b"x" * 2_000_000):
        assert_fit(prepare(raw).octets)


@pytest.mark.parametrize(
    ("header", "author", "signers"),
    [
        ("From: Bob <bob@Example.org>\r\n", "example.org", ()),
        ("From: bob@example.org, ann@example.net\r\n", None, ()),
        ("From: a@example.org, b@example.org\r\n", "example.org", ()),
        ("Subject: no author\r\n", None, ()),
        (
            "DKIM-Signature: v=1; a=rsa-sha256; bh=d=; d = example.net; s=key;\r\n b=AAAA\r\n"
            "DKIM-Signature: v=1;\r\n d=Mail.Example.org; s=x; b=AA\r\nFrom: bob@example.org\r\n",
            "example.org",
            ("example.net", "mail.example.org"),
        ),
    ],
)
def test_who_wrote_and_who_signed(header: str, author: str | None, signers: tuple[str, ...]) -> None:
    assert authorship(f"{header}\r\nDKIM-Signature: d=body.example\r\n".encode()) == (author, signers)


@given(st.binary(max_size=2000))
def test_any_octets_may_be_looked_at_for_an_author(octets: bytes) -> None:
    authorship(b"From: " + octets)
