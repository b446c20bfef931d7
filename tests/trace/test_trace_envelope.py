"""The lines of the envelope: which parameters go out where, how values are encoded, and what the extras tell."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.explain import parameters
from smtpprobe.journey import Journey, Mailbox
from smtpprobe.model import Capabilities, Keyword, Reply
from smtpprobe.outcome import Standing
from smtpprobe.trace import envelope

ANN = Mailbox("ann", "example.net", "ann@example.net")
BOB = Mailbox("bob", "example.org", "bob@example.org")
JOSE = Mailbox("josé", "xn--exmple-cua.net", "josé@exämple.net")
PLAIN = Capabilities("mx.example", ())
RICH = Capabilities("mx.example", tuple(Keyword(name) for name in ("SIZE", "8BITMIME", "SMTPUTF8", "DSN")))


def reply(code: int | None) -> Reply:
    return Reply(code, None, (b"so it is",), b"", 0)


def test_a_bare_server_gets_bare_lines() -> None:
    mail = envelope.mail_line(BOB, PLAIN, size=100, utf8=True, eight_bit=True)
    assert mail.line == b"MAIL FROM:<bob@example.org>"
    assert envelope.rcpt_line(ANN, PLAIN).line == b"RCPT TO:<ann@example.net>"


def test_what_is_offered_is_used() -> None:
    mail = envelope.mail_line(None, RICH, size=100, utf8=True, eight_bit=True)
    assert mail.line == b"MAIL FROM:<> SIZE=100 BODY=8BITMIME SMTPUTF8"
    assert envelope.mail_line(BOB, RICH).line == b"MAIL FROM:<bob@example.org>"


def test_the_users_parameters_go_out_as_given_and_instead_of_ours() -> None:
    mail = envelope.mail_line(BOB, RICH, size=100, extra=("size=7", "X=1"))
    assert mail.line == b"MAIL FROM:<bob@example.org> size=7 X=1"
    assert envelope.mail_line(BOB, PLAIN, extra=("RET=FULL",)).line.endswith(b" RET=FULL")


def test_a_report_names_the_recipient_as_it_is_written() -> None:
    asked = ("NOTIFY=SUCCESS",)
    assert envelope.rcpt_line(ANN, RICH, asked).line == (
        b"RCPT TO:<ann@example.net> ORCPT=rfc822;ann@example.net NOTIFY=SUCCESS"
    )
    assert b"ORCPT" not in envelope.rcpt_line(ANN, PLAIN, asked).line
    own = envelope.rcpt_line(ANN, RICH, (*asked, "ORCPT=rfc822;x@example.net")).line
    assert own.count(b"ORCPT") == 1


def test_utf8_addresses_are_told_and_written_in_utf8() -> None:
    assert envelope.needs_utf8(None, JOSE)
    assert not envelope.needs_utf8(BOB, None)
    assert envelope.rcpt_line(JOSE, RICH).line == "RCPT TO:<josé@xn--exmple-cua.net>".encode()


def test_the_example_of_rfc_3461() -> None:
    """Section 10.1 writes this sender's ORCPT and ENVID so."""
    assert envelope.xtext("QQ314159") == "QQ314159"
    assert envelope.xtext("a+b=c d") == "a+2Bb+3Dc+20d"


def test_the_form_of_rfc_6533() -> None:
    assert envelope.original(JOSE) == r"utf-8;jos\x{E9}@xn--exmple-cua.net"
    odd = Mailbox('"ü + = \\\\"', "example.net", "")
    assert envelope.original(odd) == r'utf-8;"\x{FC}\x{20}\x{2B}\x{20}\x{3D}\x{20}\x{5C}\x{5C}"@example.net'


@given(st.text())
def test_xtext_is_always_a_value_and_gives_the_text_back(text: str) -> None:
    encoded = envelope.xtext(text.encode("utf-8", "replace").decode())
    assert re.fullmatch(r"(?:[!-*,-<>-~]|\+[0-9A-F]{2})*", encoded)
    octets = re.sub(rb"\+(..)", lambda found: bytes.fromhex(found[1].decode()), encoded.encode())
    assert octets == text.encode("utf-8", "replace")


def test_every_line_of_ours_is_one_that_a_server_has_to_take() -> None:
    for sender in (None, BOB, JOSE):
        mail = envelope.mail_line(sender, RICH, size=1, utf8=True, eight_bit=True)
        read = parameters.read("MAIL", mail.argument)
        assert [one.name for one in read] == ["SIZE", "BODY", "SMTPUTF8"]
        assert not any(one.invalid() for one in read)
    for recipient in (ANN, JOSE):
        read = parameters.read("RCPT", envelope.rcpt_line(recipient, RICH, ("NOTIFY=NEVER",)).argument)
        assert [(one.name, one.invalid()) for one in read] == [("ORCPT", False), ("NOTIFY", False)]


# -- further questions ---------------------------------------------------------------------------------------


def asked(sender: Mailbox | None = BOB) -> dict[str, tuple[bytes, bytes]]:
    pairs = envelope.extras(tuple(envelope.EXTRAS), Journey(ANN, sender), "q7")
    return {name: (mail.line, rcpt.line) for name, mail, rcpt in pairs}


def test_every_extra_has_its_lines() -> None:
    bob, ann = b"MAIL FROM:<bob@example.org>", b"RCPT TO:<ann@example.net>"
    assert asked() == {
        "null-sender": (b"MAIL FROM:<>", ann),
        "postmaster": (bob, b"RCPT TO:<postmaster@example.net>"),
        "abuse": (bob, b"RCPT TO:<abuse@example.net>"),
        "catch-all": (bob, b"RCPT TO:<q7@example.net>"),
        "quoted": (bob, b'RCPT TO:<"ann"@example.net>'),
        "own-domain": (b"MAIL FROM:<ann@example.net>", ann),
    }


def test_extras_keep_to_what_was_asked_for() -> None:
    assert [name for name, _, _ in envelope.extras(("abuse",), Journey(ANN, None), "q7")] == ["abuse"]
    assert envelope.extras(("abuse",), Journey(None, BOB), "q7") == ()
    (_, mail, rcpt), *_ = envelope.extras(("quoted",), Journey(JOSE, None), "q7")
    assert mail.line == b"MAIL FROM:<> SMTPUTF8"
    assert rcpt.line == 'RCPT TO:<"josé"@xn--exmple-cua.net>'.encode()


@pytest.mark.parametrize("name", envelope.EXTRAS)
def test_every_answer_to_an_extra_is_ruled(name: str) -> None:
    for mail in (None, *map(reply, (None, 250, 354, 451, 550))):
        for rcpt in (None, *map(reply, (None, 250, 334, 450, 550))):
            ruling = envelope.extra_ruling(name, mail, rcpt)
            assert ruling.subject == name
            assert ruling.summary.endswith(".")
            assert (ruling.standing in (Standing.WARN, Standing.FAIL)) == bool(ruling.steps and ruling.who != "nobody")


@pytest.mark.parametrize(
    ("name", "mail", "rcpt", "standing", "result"),
    [
        ("null-sender", 250, 250, Standing.PASS, "accepted"),
        ("null-sender", 550, None, Standing.FAIL, "refused"),
        ("postmaster", 250, 550, Standing.WARN, "refused"),
        ("postmaster", 550, 503, Standing.UNKNOWN, "refused"),
        ("postmaster", 250, 450, Standing.UNKNOWN, "deferred"),
        ("catch-all", 250, 250, Standing.WARN, "accepted"),
        ("catch-all", 250, 550, Standing.PASS, "refused"),
        ("own-domain", 550, 503, Standing.PASS, "refused"),
        ("quoted", 250, None, Standing.UNKNOWN, "unanswered"),
    ],
)
def test_what_an_answer_means(name: str, mail: int, rcpt: int | None, standing: Standing, result: str) -> None:
    ruling = envelope.extra_ruling(name, reply(mail), None if rcpt is None else reply(rcpt), "mx.example")
    assert (ruling.standing, ruling.result, ruling.subject) == (standing, result, "mx.example")
