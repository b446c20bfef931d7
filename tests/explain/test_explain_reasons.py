"""One reason from words, codes, command and state, in the order of precision."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.explain.reasons import reason_of
from smtpprobe.outcome import Reason, State


@pytest.mark.parametrize(
    ("code", "enhanced", "text", "reason"),
    [
        (250, None, "OK", Reason.ACCEPTED),
        (354, None, "Go ahead", Reason.ACCEPTED),
        (None, "2.0.0", "", Reason.ACCEPTED),
        (550, "5.1.1", "5.1.1 <ann@example.net>: Recipient address rejected: User unknown", Reason.USERUNKNOWN),
        (550, "5.1.1", "5.1.1 Ann is not here", Reason.USERUNKNOWN),
        (552, "5.1.1", "5.1.1 The mailbox is full", Reason.MAILBOXFULL),
        (550, "5.1.6", "5.1.6 recipient no longer here: user unknown", Reason.HASMOVED),
        (552, "5.2.3", "5.2.3 Message size exceeds the limit", Reason.EXCEEDLIMIT),
        (552, "5.3.4", "5.3.4 Message size exceeds the limit", Reason.MESGTOOBIG),
        (552, "5.2.2", "5.2.2 The message is too large or the recipient has no room", Reason.MAILBOXFULL),
        (550, "5.1.2", "5.1.2 Host unknown", Reason.HOSTUNKNOWN),
        (450, "4.1.2", "4.1.2 Host unknown", Reason.NETWORKERROR),
        (550, "5.5.0", "5.5.0 Requested action not taken: mailbox unavailable", Reason.USERUNKNOWN),
        (550, "5.7.1", "5.7.1 Access denied", Reason.SECURITYERROR),
        (550, "5.7.1", "5.7.1 Something new", Reason.SECURITYERROR),
        (550, "5.7.26", "", Reason.AUTHFAILURE),
        (556, None, "Nobody reads this", Reason.NOTACCEPT),
        (552, None, "", Reason.MAILBOXFULL),
        (550, None, "", Reason.NONE),
        (550, None, "Rejected", Reason.ONHOLD),
        (None, None, "Rejected", Reason.NONE),
        (None, None, "", Reason.NONE),
    ],
)
def test_words_before_codes_before_silence(code: int | None, enhanced: str | None, text: str, reason: Reason) -> None:
    assert reason_of(code, enhanced, text) is reason


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ("greeting", Reason.BLOCKED),
        ("EHLO laptop.example.org", Reason.BLOCKED),
        ("MAIL FROM:<bob@example.org>", Reason.REJECTED),
        ("rcpt to:<ann@example.net>", Reason.USERUNKNOWN),
        ("DATA", Reason.FILTERED),
        ("AUTH PLAIN", Reason.SECURITYERROR),
        ("STARTTLS", Reason.FAILEDSTARTTLS),
        ("NOOP", Reason.ONHOLD),
        (None, Reason.ONHOLD),
    ],
)
def test_a_refusal_without_a_cause_is_about_its_command(command: str | None, reason: Reason) -> None:
    assert reason_of(550, None, "No", command) is reason
    assert reason_of(550, None, "", command) is Reason.NONE


def test_what_is_unknown_in_answer_to_mail_is_the_sender() -> None:
    assert reason_of(550, None, "User unknown", "MAIL FROM:<bob@example.org>") is Reason.REJECTED
    assert reason_of(553, None, "example.org does not exist", "MAIL") is Reason.REJECTED
    assert reason_of(450, None, "Rate limit exceeded", "MAIL") is Reason.SPEEDING


def test_a_server_that_is_busy_at_the_door_turns_the_client_away() -> None:
    assert reason_of(421, None, "Service not available", "greeting") is Reason.BLOCKED
    assert reason_of(421, None, "Service not available", "DATA") is Reason.SYSTEMERROR


@pytest.mark.parametrize(
    ("enhanced", "command", "state", "reason"),
    [
        (None, "DATA", State.UNKNOWN, Reason.FILTERED),
        ("5.1.1", "DATA", State.FAILED, Reason.USERUNKNOWN),
        ("5.7.1", "RCPT", State.FAILED, Reason.USERUNKNOWN),
        ("5.2.0", None, State.FAILED, Reason.FILTERED),
        ("5.0.0", None, State.FAILED, Reason.USERUNKNOWN),
        (None, None, State.FAILED, Reason.FILTERED),
        (None, None, State.UNKNOWN, Reason.USERUNKNOWN),
    ],
)
def test_a_user_who_is_unknown_after_rcpt_was_filtered(
    enhanced: str | None, command: str | None, state: State, reason: Reason
) -> None:
    assert reason_of(550, enhanced, "User unknown", command, state) is reason


def test_the_vendor_knows_best_unless_it_has_no_opinion() -> None:
    for vendor in (Reason.NONE, Reason.ONHOLD, Reason.UNDEFINED, None):
        assert reason_of(550, "5.1.1", "User unknown", None, State.UNKNOWN, vendor) is Reason.USERUNKNOWN
    assert reason_of(550, "5.1.1", "User unknown", None, State.UNKNOWN, Reason.BLOCKED) is Reason.BLOCKED
    assert reason_of(250, None, "OK", None, State.UNKNOWN, Reason.BLOCKED) is Reason.ACCEPTED


def test_a_report_of_success_is_a_delivery_and_a_quoted_yes_in_one_of_failure_is_none() -> None:
    assert reason_of(None, "2.1.5", "delivery via mx.example.net: Ok", None, State.ACCEPTED) is Reason.DELIVERED
    assert reason_of(250, "2.0.0", "Ok", None, State.ACCEPTED) is Reason.ACCEPTED
    assert reason_of(250, "2.0.0", "Mailbox full", None, State.FAILED) is Reason.MAILBOXFULL
    assert reason_of(250, "2.0.0", "Ok", None, State.FAILED) is Reason.ONHOLD


def test_a_report_without_words_tells_only_what_became_of_the_mail() -> None:
    assert reason_of(None, None, "", None, State.FAILED) is Reason.UNDEFINED
    assert reason_of(None, None, " ", None, State.DEFERRED) is Reason.EXPIRED
    assert reason_of(None, "4.0.0", "Odd", None, State.FAILED) is Reason.ONHOLD


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Message rejected by the DMARC policy", Reason.AUTHFAILURE),
        ("Refused: bad reputation", Reason.BADREPUTATION),
        ("Your IP is on our blocklist", Reason.BLOCKED),
        ("Malformed MIME structure", Reason.CONTENTERROR),
        ("Your message was successfully delivered", Reason.DELIVERED),
        ("Message length exceeds administrative limit", Reason.EXCEEDLIMIT),
        ("retry timeout exceeded", Reason.EXPIRED),
        ("Must issue a STARTTLS command first", Reason.FAILEDSTARTTLS),
        ("This is an email abuse report", Reason.FEEDBACK),
        ("Refused due to recipient preferences", Reason.FILTERED),
        ("Ann has moved to ann@example.org", Reason.HASMOVED),
        ("Domain does not exist", Reason.HOSTUNKNOWN),
        ("Mailbox full", Reason.MAILBOXFULL),
        ("unknown mailer error 1", Reason.MAILERERROR),
        ("Message too big", Reason.MESGTOOBIG),
        ("Too many hops", Reason.NETWORKERROR),
        ("Relay access denied", Reason.NORELAYING),
        ("The domain has a null MX", Reason.NOTACCEPT),
        ("Not RFC 5322 compliant", Reason.NOTCOMPLIANTRFC),
        ("Local policy violation", Reason.POLICYVIOLATION),
        ("Sender address rejected", Reason.REJECTED),
        ("No PTR record", Reason.REQUIREPTR),
        ("Authentication required", Reason.SECURITYERROR),
        ("Looks like spam", Reason.SPAMDETECTED),
        ("Rate limit exceeded", Reason.SPEEDING),
        ("On the suppression list", Reason.SUPPRESSED),
        ("Account suspended", Reason.SUSPEND),
        ("Syntax error", Reason.SYNTAXERROR),
        ("Internal error", Reason.SYSTEMERROR),
        ("Insufficient system storage", Reason.SYSTEMFULL),
        ("Too many connections", Reason.TOOMANYCONN),
        ("User unknown", Reason.USERUNKNOWN),
        ("I am out of the office", Reason.VACATION),
        ("Virus found", Reason.VIRUSDETECTED),
    ],
)
def test_every_reason_can_be_told_by_words_alone(text: str, reason: Reason) -> None:
    assert reason_of(None, None, text, None, State.UNKNOWN) is reason


@given(
    st.none() | st.integers(-5, 1_200),
    st.none() | st.text(max_size=12),
    st.text(max_size=200),
    st.none() | st.text(max_size=20),
    st.sampled_from(State),
    st.none() | st.sampled_from(Reason),
)
def test_nothing_raises(
    code: int | None, enhanced: str | None, text: str, command: str | None, state: State, vendor: Reason | None
) -> None:
    assert reason_of(code, enhanced, text, command, state, vendor) in Reason
