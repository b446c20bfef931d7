"""``annotate``: every reply gets a meaning, nothing makes it fail, and context corrects what the code alone says."""

from __future__ import annotations

import base64

import msgspec
import pytest
from explain_dialogue import (
    EXIM,
    EXIM_EHLO,
    POSTFIX,
    POSTFIX_EHLO,
    SENDMAIL,
    SENDMAIL_EHLO,
    Turn,
    advice,
    dialogue,
    note,
    start,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpprobe.explain import annotate
from smtpprobe.model import Command, Exchange, Failure, Known, Reply, Software, Target
from smtpprobe.outcome import Defect, FailureKind, Retry, Stage, Who
from smtpprobe.wire.replies import ReplyReader

POSTFIX_START = start(POSTFIX, POSTFIX_EHLO)
EXIM_START = start(EXIM, EXIM_EHLO)
SENDMAIL_START = start(SENDMAIL, SENDMAIL_EHLO)
PROBES = [
    "greeting",
    "ehlo",
    "ehlo-repeated",
    "helo",
    "help",
    "help-topic",
    "help-unknown",
    "noop",
    "noop-argument",
    "rset",
    "unknown-verb",
    "vrfy-postmaster",
    "vrfy-random",
    "vrfy-empty",
    "expn-postmaster",
    "expn-random",
    "auth-none",
    "auth-unknown",
    "auth-mechanism",
    "mail",
    "mail-in-clear",
    "mail-parameter",
    "mail-unannounced",
    "mail-unknown-parameter",
    "rcpt-before-mail",
    "rcpt-unknown-parameter",
    "rcpt-postmaster",
    "rcpt-parameter",
    "mail-no-brackets",
    "mail-twice",
    "starttls",
    "starttls-parameter",
    "starttls-again",
    "starttls-unannounced",
    "etrn",
    "xclient",
    "xforward",
    "command",
    "quit",
]
COMMANDS = [
    "EHLO x",
    "EHLO",
    "HELO x",
    "LHLO x",
    "HELP",
    "HELP MAIL",
    "NOOP",
    "NOOP x",
    "RSET",
    "XX",
    "VRFY",
    "VRFY a",
    "EXPN a",
    "AUTH",
    "AUTH FOO",
    "AUTH PLAIN",
    "*",
    "MAIL FROM:<>",
    "MAIL FROM:<> SIZE=9999999",
    "MAIL FROM:<> BODY=FOO",
    "MAIL FROM:<> SMTPPROBE=1",
    "RCPT TO:<postmaster>",
    "RCPT TO:<a@b.c> NOTIFY=FOO",
    "DATA",
    "BDAT 0",
    "STARTTLS",
    "STARTTLS x",
    "ETRN",
    "XCLIENT",
    "XFORWARD",
    "QUIT",
]


def read(raw: bytes) -> Reply | None:
    reader = ReplyReader()
    replies = reader.feed(raw, 0)
    return replies[0] if replies else reader.end(0)


replies = st.one_of(
    st.builds(
        lambda code, text: read(f"{code}".encode() + b" " + text.replace(b"\n", b"") + b"\r\n"),
        st.integers(200, 599),
        st.one_of(st.binary(max_size=60), st.from_regex(rb"[245]\.[0-9]{1,3}\.[0-9]{1,3} [ -~]{0,40}", fullmatch=True)),
    ),
    st.builds(read, st.binary(min_size=1, max_size=80)),
    st.just(read(POSTFIX_EHLO.replace("\n", "\r\n").encode() + b"\r\n")),
)
commands = st.one_of(
    st.none(),
    st.sampled_from(COMMANDS).map(lambda line: Command(line.encode())),
    st.binary(max_size=60).map(Command),
)
exchanges = st.lists(
    st.builds(
        lambda connection, stage, command, reply, probe: Exchange(connection, 0, stage, command, 0, reply, probe=probe),
        st.integers(1, 2),
        st.sampled_from(list(Stage)),
        commands,
        replies,
        st.one_of(st.none(), st.sampled_from(PROBES)),
    ),
    min_size=1,
    max_size=8,
)


def known(software: str | None = None) -> Known:
    found = Software(software, None, "") if software else None
    return Known(Target("x", "x", 25), "full", "x.example", "n", software=found)


@settings(max_examples=400, deadline=None)
@given(exchanges, st.sampled_from([None, "Postfix", "Exim", "Sendmail", "OpenSMTPD"]))
def test_nothing_makes_it_fail_and_every_reply_has_a_meaning(heard: list[Exchange], software: str | None) -> None:
    _, promised = dialogue(*EXIM_START)
    for state in (known(software), promised):
        for index, exchange in enumerate(heard):
            made = annotate(heard, index, state)
            if exchange.reply is None:
                assert made is None
                continue
            assert made is not None
            assert made.meaning
            assert made.name
            assert all(sentence.strip() for sentence in made.advice)
            assert len(set(made.advice)) == len(made.advice)


def test_a_failure_says_all_by_itself() -> None:
    failed = Exchange(1, 0, Stage.CLEAR, Command(b"NOOP"), 0, failure=Failure(Stage.CLEAR, FailureKind.TIMEOUT))
    assert annotate([failed], 0, known()) is None


def test_what_is_no_reply_is_called_so() -> None:
    garbage = read(b"SSH-2.0-OpenSSH_9.2\r\n")
    made = annotate([Exchange(1, 0, Stage.GREETING, None, 0, garbage)], 0, known())

    assert made is not None
    assert made.name == "No SMTP reply"
    assert "does not begin with a reply code" in " ".join(made.advice)


def test_other_connections_are_not_looked_at() -> None:
    ours, state = dialogue(*POSTFIX_START, ("XX", "421 4.7.0 closing"))
    other = Exchange(2, 0, Stage.CLEAR, Command(b"XX"), 0, read(b"500 no\r\n"))
    made = annotate([*ours[:2], other, other, ours[2]], 4, state)

    assert made is not None
    assert "with no refusal before it" in " ".join(made.advice)


WRONGLY_TAKEN: tuple[Turn, ...] = (
    ("MAIL FROM:<> RET=FOO", "250 2.1.0 Ok", "mail-parameter"),
    ("MAIL FROM:<> SIZE=1001", "250 2.1.0 Ok", "mail-parameter"),
    ("MAIL FROM:<> MT-PRIORITY=99", "250 2.1.0 Ok", "mail-unannounced"),
    ("MAIL FROM:<> HOLDFOR=0", "250 2.1.0 Ok", "mail-unannounced"),
    ("MAIL FROM:<> BY=0;R", "250 2.1.0 Ok", "mail-unannounced"),
    ("MAIL FROM:<> SMTPPROBE=1", "250 2.1.0 Ok", "mail-unknown-parameter"),
    ("SMTPPROBE", "250 Ok", "unknown-verb"),
    ("STARTTLS x", "220 Ready", "starttls-parameter"),
    ("RCPT TO:<postmaster>", "250 Ok", "rcpt-before-mail"),
    ("AUTH SMTPPROBE", "334 ", "auth-unknown"),
    ("VRFY x9z", "250 x9z", "vrfy-random"),
    ("XCLIENT", "220 Ready", "xclient"),
)


@pytest.mark.parametrize("turn", WRONGLY_TAKEN, ids=[str(turn[0]) for turn in WRONGLY_TAKEN])
def test_a_success_that_should_have_been_a_refusal_is_the_servers_to_mend(turn: Turn) -> None:
    made = note(*POSTFIX_START, turn)
    assert made.who is Who.SERVER
    assert made.retry is Retry.AFTER_FIX
    assert made.advice


RIGHTLY_REFUSED: tuple[Turn, ...] = (
    ("MAIL FROM:<> RET=FOO", "501 5.5.4 Bad RET", "mail-parameter"),
    ("MAIL FROM:<> SIZE=1001", "552 5.3.4 Too big", "mail-parameter"),
    ("MAIL FROM:<> SMTPPROBE=1", "555 5.5.4 Unsupported option: SMTPPROBE=1", "mail-unknown-parameter"),
    ("SMTPPROBE", "502 5.5.2 Error: command not recognized", "unknown-verb"),
    ("STARTTLS x", "501 5.5.4 Syntax: STARTTLS", "starttls-parameter"),
    ("RCPT TO:<postmaster>", "503 5.5.1 Error: need MAIL command", "rcpt-before-mail"),
    ("AUTH SMTPPROBE", "503 5.5.1 Error: authentication not enabled", "auth-unknown"),
    ("VRFY x9z", "252 2.0.0 x9z", "vrfy-random"),
    ("XFORWARD", "550 5.7.0 Error: insufficient authorization", "xforward"),
)


@pytest.mark.parametrize("turn", RIGHTLY_REFUSED, ids=[str(turn[0]) for turn in RIGHTLY_REFUSED])
def test_a_refusal_that_should_be_needs_nobody(turn: Turn) -> None:
    made = note(*POSTFIX_START, turn)
    assert made.who is Who.NOBODY
    assert made.retry is Retry.NO
    assert made.advice


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (((None, "421 4.7.0 too many connections"),), "too many connections"),
        (((None, EXIM),), "names its software and version (Exim 4.96)"),
        (((None, "521 mx does not accept mail"),), "RFC 7504"),
        (((None, "554 5.7.1 no"),), "before a word was said"),
        (((None, "220-wait\n220 x ESMTP"),), "A greeting of 2 lines"),
        (
            ((None, "554 no"), ("EHLO x", "503 5.7.0 Error: access denied for x")),
            "Follows from the greeting: after 554",
        ),
        (((None, POSTFIX), ("EHLO x.example", "502 unimplemented")), "say HELO"),
        (((None, POSTFIX), ("EHLO x", "550 5.5.0 Invalid EHLO domain")), "It refuses the name x"),
        ((*POSTFIX_START, ("EHLO a", "250-x\n250-XXXXXXXA\n250 SIZE")), "A firewall overwrote"),
        ((*EXIM_START, ("MAIL FROM:<>", "530 5.7.0 Must issue a STARTTLS command first")), "Give STARTTLS first"),
        (
            (*EXIM_START, ("MAIL FROM:<>", "530 5.7.1 Authentication required")),
            "Log in first: this server offers AUTH PLAIN",
        ),
        ((*EXIM_START, ("AUTH PLAIN", "504 5.5.4 nope")), "EHLO announces PLAIN"),
        ((*EXIM_START, ("AUTH PLAIN", "535 5.7.8 bad credentials")), "app password"),
        ((*EXIM_START, ("AUTH", "501 syntax", "auth-none")), "here that is PLAIN"),
        (
            (*EXIM_START, ("AUTH PLAIN", "334 ", "auth-mechanism"), ("*", "501 cancelled", "auth-mechanism")),
            "as we asked with *",
        ),
        ((*EXIM_START, ("AUTH PLAIN", "235 ok"), ("AUTH PLAIN", "503 already")), "logged in already"),
        (
            (*EXIM_START, ("MAIL FROM:<>", "250 ok"), ("MAIL FROM:<>", "503 sender already given", "mail-twice")),
            "open already",
        ),
        ((*EXIM_START, ("STARTTLS", "220 go"), ("EHLO x", "250-x\n250 STARTTLS")), "still offered inside TLS"),
        (
            (*EXIM_START, ("STARTTLS", "220 go"), ("EHLO x", "250-x\n250 SIZE"), ("STARTTLS", "503 no")),
            "TLS is active already",
        ),
        ((*EXIM_START, ("STARTTLS", "454 TLS currently unavailable")), "although it is offered"),
        (
            (*EXIM_START, ("STARTTLS", "220 go"), ("MAIL FROM:<>", "503 EHLO first")),
            "EHLO is missing before MAIL. After the TLS",
        ),
        ((*EXIM_START, ("MAIL FROM:<>", "250 ok"), ("RCPT TO:<a@b.c>", "451 Greylisted, come back")), "Greylisting"),
        (
            (*EXIM_START, ("MAIL FROM:<>", "250 ok"), ("RCPT TO:<a@b.c>", "452 4.5.3 Too many recipients")),
            "no full disk",
        ),
        ((*EXIM_START, ("MAIL FROM:<>", "550 no bounces here")), "RFC 5321 6.1"),
        (
            (*EXIM_START, ("MAIL FROM:<a@b.c>", "553 5.1.8 Domain of sender address does not exist")),
            "no MX and no address",
        ),
        (
            (*EXIM_START, ("MAIL FROM:<>", "250 ok"), ("RCPT TO:<postmaster>", "550 relay not permitted")),
            "RFC 5321 4.5.1",
        ),
        ((*EXIM_START, ("NOOP", "550 4.4.7 odd")), "The reply code rules"),
        ((*EXIM_START, ("NOOP", "221 bye")), "nobody said QUIT"),
        ((*EXIM_START, ("HELP", "211 status")), "allows 211"),
        ((*EXIM_START, ("HELP", "502 no")), "EHLO announces HELP"),
        ((*EXIM_START, ("VRFY", "501 empty", "vrfy-empty")), "wants a name"),
    ],
)
def test_a_situation_brings_its_advice(turns: tuple[Turn, ...], expected: str) -> None:
    assert expected in advice(*turns)


def test_a_challenge_is_decoded_only_where_it_is_printable() -> None:
    asked = base64.b64encode(b"Username:").decode()
    hostile = base64.b64encode(b"\x1b[2J").decode()
    inside = (*EXIM_START, ("STARTTLS", "220 go"), ("EHLO x", "250-x\n250 AUTH LOGIN"))

    assert "“Username:”" in advice(*inside, ("AUTH LOGIN", f"334 {asked}"))
    assert "\x1b" not in advice(*inside, ("AUTH LOGIN", f"334 {hostile}"))
    assert "Send no password here" in advice(*EXIM_START, ("AUTH LOGIN", f"334 {asked}"))


def test_size_zero_at_a_server_whose_disk_is_not_full() -> None:
    heard, state = dialogue(
        *SENDMAIL_START, ("MAIL FROM:<> SIZE=0", "452 4.4.5 Insufficient disk space; try again later")
    )
    made = annotate(heard, 2, msgspec.structs.replace(state, mail_clear=250))

    assert made is not None
    assert "the disk is not full" in " ".join(made.advice)


def test_defects_are_named() -> None:
    irregular = read(b"250 ok\n")
    assert irregular is not None
    assert Defect.BARE_LF in irregular.defects
    made = annotate([Exchange(1, 0, Stage.CLEAR, Command(b"NOOP"), 0, irregular)], 0, known())

    assert made is not None
    assert "LF without CR" in " ".join(made.advice)
