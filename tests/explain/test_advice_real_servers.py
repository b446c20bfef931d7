"""Real replies of real servers: the advice that each deserves."""

from __future__ import annotations

import pytest
from explain_dialogue import (
    AIOSMTPD,
    AIOSMTPD_EHLO,
    CHASQUID,
    EXIM,
    EXIM_EHLO,
    OPENSMTPD,
    OPENSMTPD_EHLO,
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

from smtpprobe.explain import annotate
from smtpprobe.outcome import Retry, Who

STARTS = {
    "postfix": start(POSTFIX, POSTFIX_EHLO),
    "exim": start(EXIM, EXIM_EHLO),
    "sendmail": start(SENDMAIL, SENDMAIL_EHLO),
    "opensmtpd": start(OPENSMTPD, OPENSMTPD_EHLO),
    "opensmtpd tls": start(OPENSMTPD, OPENSMTPD_EHLO.replace("250 HELP", "250-STARTTLS\n250 HELP")),
    "aiosmtpd": start(AIOSMTPD, AIOSMTPD_EHLO),
    "aiosmtpd helo": start(AIOSMTPD, "250 HELP"),
    "chasquid": start(CHASQUID, "250-test.example\n250-SIZE 1000\n250 STARTTLS"),
}

# Server, the last turn, and what the advice has to say of it.
CASES: tuple[tuple[str, Turn, str], ...] = (
    # AUTH with a mechanism that does not exist.
    (
        "exim",
        ("AUTH FOO", "504 FOO authentication mechanism not supported"),
        "It offers PLAIN. Set the sender to PLAIN",
    ),
    ("sendmail", ("AUTH FOO", "504 5.3.3 AUTH mechanism FOO not available"), "It offers DIGEST-MD5 and CRAM-MD5"),
    ("postfix", ("AUTH FOO", "503 5.5.1 Error: authentication not enabled"), "offers no AUTH here"),
    ("opensmtpd", ("AUTH FOO", "503 5.5.1 Invalid command: Command not supported"), "offers no AUTH here"),
    ("opensmtpd tls", ("AUTH FOO", "503 5.5.1 Invalid command: Command not supported"), "Give STARTTLS"),
    (
        "aiosmtpd",
        ("AUTH FOO", "538 5.7.11 Encryption required for requested authentication mechanism"),
        "only inside TLS",
    ),
    # Parameters of MAIL and RCPT.
    ("postfix", ("MAIL FROM:<a@b.c> FOO=1", "555 5.5.4 Unsupported option: FOO=1"), "leave it out"),
    (
        "exim",
        ("MAIL FROM:<a@b.c> FOO=1", "501 <a@b.c> FOO=1: malformed address: FOO=1 may not follow <a@b.c> "),
        "leave it out",
    ),
    (
        "opensmtpd",
        ("MAIL FROM:<a@b.c> FOO=1", "503 5.5.4 Invalid command arguments: Unsupported option FOO=1"),
        "Its 503 does not mean a wrong order",
    ),
    (
        "opensmtpd",
        ("RCPT TO:<root@b.c> FOO=1", "503 Unsupported option FOO=1"),
        "The order is right in spite of the 503",
    ),
    ("sendmail", ("MAIL FROM:<a@b.c> FOO=1", "555 5.5.4 FOO parameter unrecognized"), "leave it out"),
    (
        "aiosmtpd",
        ("MAIL FROM:<a@b.c> FOO=1", "555 MAIL FROM parameters not recognized or not implemented"),
        "leave it out",
    ),
    (
        "sendmail",
        ("MAIL FROM:<a@b.c> BODY=BINARYMIME", "501 5.5.4 Unknown BODY type BINARYMIME"),
        "does not offer BINARYMIME",
    ),
    (
        "postfix",
        ("MAIL FROM:<a@b.c> BODY=FOO", "555 5.5.4 Unsupported option: BODY=FOO", "mail-parameter"),
        "BODY takes 7BIT",
    ),
    ("postfix", ("MAIL FROM:<a@b.c> RET=HDRS", "555 5.5.4 Unsupported option: RET=HDRS"), "EHLO promises DSN"),
    # Sizes.
    (
        "postfix",
        ("MAIL FROM:<a@b.c> SIZE=999999", "552 5.3.4 Message size exceeds fixed limit"),
        "over the 1000 octets",
    ),
    ("exim", ("MAIL FROM:<a@b.c> SIZE=999999", "552 Message size exceeds maximum permitted"), "over the 1000 octets"),
    ("opensmtpd", ("MAIL FROM:<a@b.c> SIZE=999999", "250 2.0.0 Ok", "mail-parameter"), "only to the message"),
    # Questions.
    ("postfix", ("HELP", "500 5.5.2 Error: command not recognized"), "Normal for a Postfix older than 3.9"),
    (
        "exim",
        ("HELP", "214-Commands supported:\n214 AUTH STARTTLS HELO EHLO MAIL"),
        "It names AUTH, STARTTLS, HELO, EHLO and MAIL",
    ),
    ("aiosmtpd", ("HELP", "250 Supported commands: AUTH DATA EHLO"), "RFC 5321 4.3.2 lists 211 and 214"),
    ("sendmail", ("HELP FOO", '504 5.3.0 HELP topic "foo" unknown', "help-unknown"), "There is no topic FOO"),
    (
        "opensmtpd",
        ("HELP MAIL", "500 5.5.4 Invalid command arguments: command does not accept arguments."),
        "HELP alone",
    ),
    (
        "opensmtpd",
        ("NOOP hi", "500 5.5.4 Invalid command arguments: command does not accept arguments."),
        "RFC 5321 4.1.1.9",
    ),
    ("exim", ("VRFY a@b.c", "252 Administrative prohibition"), "Says nothing about the mailbox"),
    ("exim", ("EXPN l", "550 Administrative prohibition"), "normal hardening"),
    ("sendmail", ("VRFY root", "250 2.1.5 <root@test.example>"), "harvesters"),
    ("sendmail", ("EXPN root", "250 2.1.5 <root@test.example>"), "leak"),
    ("sendmail", ("EXPN x", "550 5.1.1 x... User unknown"), "EXPN is answered truthfully"),
    ("opensmtpd", ("VRFY", "500 5.5.1 Invalid command: Command unrecognized", "vrfy-empty"), "VRFY is not answered"),
    ("opensmtpd", ("ETRN", "500 5.5.1 Invalid command: Command unrecognized"), "ETRN is not to be had here"),
    ("opensmtpd", ("XCLIENT", "500 5.5.1 Invalid command: Command unrecognized"), "XCLIENT is not known here"),
    ("postfix", ("HELP FOO", "500 5.5.2 Error: command not recognized", "help-unknown"), "HELP is optional"),
    (
        "opensmtpd",
        ("HELP FOO", "500 5.5.4 Invalid command arguments: command does not accept arguments.", "help-unknown"),
        "HELP takes no topic here",
    ),
    ("exim", ("MAIL FROM:<> RET=FOO", "250 OK", "mail-unannounced"), "EHLO does not offer DSN"),
    (
        "opensmtpd",
        ("MAIL FROM:<> BODY=BINARYMIME", "503 5.5.4 Invalid command arguments: Unsupported option BODY=BINARYMIME"),
        "so BODY=BINARYMIME must be left out; refusing it is right. RFC 5321 4.1.1.11 has 555 for that; this 503",
    ),
    (
        "opensmtpd",
        ("MAIL FROM:<> BODY=FOO", "503 5.5.4 Invalid command arguments: Unsupported option BODY=FOO", "mail-parameter"),
        "This 503 is about the parameter, and no wrong order.",
    ),
    ("postfix", ("STARTTLS", "554 5.5.1 Error: TLS already active"), "TLS is on already"),
    ("sendmail", ("MAIL FROM:<> AUTH=+ZZ", "250 OK", "mail-parameter"), "logging in has nothing to do with it"),
    ("opensmtpd", ("VRFY a@b.c", "500 5.5.1 Invalid command: Command unrecognized"), "normal hardening"),
    (
        "postfix",
        ("VRFY a@b.c", "550 5.1.1 <a@b.c>: Recipient address rejected: User unknown in local recipient table"),
        "answered truthfully",
    ),
    ("postfix", ("EXPN l", "500 5.5.2 Error: command not recognized"), "normal hardening"),
    ("exim", ("ETRN", "458 Administrative prohibition"), "right for strangers"),
    ("sendmail", ("ETRN", "500 5.5.2 Parameter required"), "EHLO announces ETRN, and the command wants"),
    ("postfix", ("XCLIENT", "501 5.5.4 Syntax: XCLIENT attribute=value..."), "501 proves nothing"),
    ("exim", ("XCLIENT", "501 Syntax error"), "XCLIENT is known"),
    ("exim", ("XX", "500 unrecognized command", "unknown-verb"), "had to be refused"),
    ("sendmail", ("TURN", '502 5.5.1 Command not implemented: "TURN"'), "no command TURN"),
    # STARTTLS.
    ("postfix", ("STARTTLS x", "501 5.5.4 Syntax: STARTTLS"), "RFC 3207 4"),
    ("opensmtpd", ("STARTTLS x", "503 5.5.1 Invalid command: Command not supported"), "not offered here"),
    ("sendmail", ("STARTTLS", "454 4.3.3 TLS not available after start"), "confSERVER_CERT"),
    ("aiosmtpd", ("STARTTLS", "454 TLS not available"), "tls_context"),
    ("opensmtpd", ("STARTTLS", "503 5.5.1 Invalid command: Command not supported"), "travels in clear"),
    # Order.
    ("sendmail", ("RCPT TO:<a@b.c>", "503 5.0.0 Need MAIL before RCPT"), "MAIL is missing before RCPT"),
    ("exim", ("BDAT 0", "503 valid RCPT command must precede BDAT"), "MAIL is missing before BDAT"),
    ("sendmail", ("DATA", "503 5.0.0 Need MAIL command"), "MAIL is missing before DATA"),
    ("chasquid", ("AUTH PLAIN", "503 5.7.10 You feel vulnerable"), "Give STARTTLS"),
    # Names.
    ("exim", ("EHLO", "501 Syntactically invalid EHLO argument(s)"), "wants a name after it"),
    ("aiosmtpd helo", ("HELO x", "250 localhost"), "no extensions"),
    # The end.
    (
        "aiosmtpd",
        ("XX", "502 5.5.1 Too many unrecognized commands, goodbye."),
        "It counts errors and hangs up here, at the 1st",
    ),
    ("postfix", ("GET / HTTP/1.0", "221 2.7.0 Error: I can break rules, too. Goodbye."), "no answer to QUIT"),
)


@pytest.mark.parametrize(("server", "turn", "expected"), CASES, ids=[f"{c[0]} {c[1][0]}" for c in CASES])
def test_what_is_said_of_a_real_reply(server: str, turn: Turn, expected: str) -> None:
    made = note(*STARTS[server], turn)
    said = [*made.advice, made.dialect.meaning if made.dialect else ""]

    assert made.advice
    assert expected in " ".join(said)


def test_rset_after_a_second_mail_is_not_taken_for_one() -> None:
    begun = (*STARTS["exim"], ("MAIL FROM:<>", "250 OK", "mail-twice"), ("MAIL FROM:<>", "503 sender already given"))

    assert advice(*begun, ("RSET", "250 Reset OK", "mail-twice")) == ""


def test_an_empty_challenge_is_regular() -> None:
    assert "Irregular" not in advice(*STARTS["exim"], ("AUTH PLAIN", "334 "))


def test_mechanisms_that_appear_only_inside_tls_are_named() -> None:
    turns = (
        *start(EXIM, "250-test.example\n250 STARTTLS"),
        ("STARTTLS", "220 TLS go ahead"),
        ("EHLO x.example", "250-test.example\n250 AUTH PLAIN LOGIN"),
    )
    exchanges, known = dialogue(*turns)
    clear, _ = dialogue(*turns[:2], ("AUTH FOO", "503 AUTH command used when not advertised"))
    made = annotate([clear[0], clear[1], clear[2], *exchanges[2:]], 2, known)

    assert made is not None
    assert "AUTH is offered only after STARTTLS, and then with PLAIN and LOGIN" in " ".join(made.advice)


def test_postfix_blames_the_ehlo_name_only_at_rcpt() -> None:
    made = note(
        (None, POSTFIX),
        ("EHLO x", POSTFIX_EHLO),
        ("MAIL FROM:<a@b.c>", "250 2.1.0 Ok"),
        ("RCPT TO:<root@b.c>", "504 5.5.2 <x>: Helo command rejected: need fully-qualified hostname"),
        ehlo_name="x",
    )

    assert "Not about the recipient: it refuses the EHLO name x." in " ".join(made.advice)
    assert made.who is Who.SENDER


def test_postfix_keeps_a_refused_size_until_rset() -> None:
    said = advice(
        *STARTS["postfix"],
        ("MAIL FROM:<a@b.c> SIZE=999999", "552 5.3.4 Message size exceeds fixed limit"),
        ("MAIL FROM:<a@b.c>", "552 5.3.4 Message size exceeds fixed limit"),
    )

    assert "Postfix still holds the refused SIZE" in said
    assert "RSET" in said


def test_rcpt_after_a_refused_mail_is_explained_by_that_mail() -> None:
    said = advice(
        *STARTS["postfix"],
        ("MAIL FROM:<a@b.c> FOO=1", "555 5.5.4 Unsupported option: FOO=1"),
        ("RCPT TO:<foo>", "503 5.5.1 Error: need MAIL command"),
    )

    assert "refused with 555" in said


def test_421_says_after_how_many_refusals_it_came() -> None:
    said = advice(
        *STARTS["postfix"],
        ("VRFY", "501 5.5.4 Syntax: VRFY address [SMTPUTF8]"),
        ("EXPN l", "500 5.5.2 Error: command not recognized"),
        ("XX", "421 4.7.0 test.example Error: too many errors"),
    )

    assert "hung up at XX, after 2 refusals" in said


def test_relaying_and_unknown_users_are_told_apart() -> None:
    begun = (*STARTS["postfix"], ("MAIL FROM:<a@b.c>", "250 2.1.0 Ok"))
    relay = advice(*begun, ("RCPT TO:<x@y.z>", "554 5.7.1 <x@y.z>: Relay access denied"))
    unknown = advice(
        *begun, ("RCPT TO:<n@b.c>", "550 5.1.1 <n@b.c>: Recipient address rejected: User unknown in local table")
    )

    assert "will not pass mail on" in relay
    assert "no such mailbox" in unknown


def test_data_without_a_recipient_points_at_the_rcpt() -> None:
    said = advice(
        *STARTS["postfix"],
        ("MAIL FROM:<>", "250 2.1.0 Ok"),
        ("RCPT TO:<root>", "554 5.7.1 <root>: Relay access denied"),
        ("DATA", "554 5.5.1 Error: no valid recipients"),
    )

    assert "look at the refused RCPT" in said


def test_hardening_needs_nobody_to_act() -> None:
    made = note(*STARTS["postfix"], ("HELP", "500 5.5.2 Error: command not recognized"))

    assert (made.who, made.retry, made.fix) == (Who.NOBODY, Retry.NO, "Nothing to fix.")
