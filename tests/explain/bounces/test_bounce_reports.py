"""Delivery reports: the fields of RFC 3464 and RFC 6533, in a part of their own, in the text, or without a part."""

from __future__ import annotations

from smtpprobe.explain.bounces import Kind, read_message
from smtpprobe.outcome import Reason, State

HEAD = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
To: ann@example.org
Date: Tue, 3 Mar 2026 10:11:12 +0100
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="=b"

"""


def report(fields: str, human: str = "It failed.", returned: str = "From: ann@example.org\n", type_: str = "") -> bytes:
    """A report with these fields, as a mail server would send it."""
    return (
        f"{HEAD}--=b\nContent-Type: text/plain\n\n{human}\n--=b\n"
        f"Content-Type: {type_ or 'message/delivery-status'}\n\nReporting-MTA: dns; mx.example.org\n"
        f"Arrival-Date: Tue, 3 Mar 2026 10:00:00 +0100\n\n{fields}\n"
        f"--=b\nContent-Type: text/rfc822-headers\n\n{returned}\n--=b--\n"
    ).encode()


def test_every_field_of_a_recipient_is_read() -> None:
    message = read_message(
        report(
            "Final-Recipient: rfc822; bob@example.net\nOriginal-Recipient: rfc822;bob@example.com\nAction: failed\n"
            "Status: 5.1.1\nRemote-MTA: dns; mx.example.net\nDiagnostic-Code: smtp; 550 5.1.1 <bob@example.net>: User\n"
            "    unknown in virtual mailbox table\nLast-Attempt-Date: Tue, 3 Mar 2026 10:11:12 +0100\n",
            human="<bob@example.net>: host mx.example.net[192.0.2.25] said: 550 5.1.1\n"
            "    <bob@example.net>: User unknown (in reply to RCPT TO command)\n",
            returned="Return-Path: <carol@example.org>\nFrom: ann@example.org\n",
        )
    )
    (event,) = message.events
    assert message.kind is Kind.REPORT
    assert (event.code, event.enhanced, event.state, event.reason) == (550, "5.1.1", State.FAILED, None)
    assert event.text == "5.1.1 <bob@example.net>: User unknown in virtual mailbox table"
    assert (event.host, event.command, event.recipient) == ("mx.example.net", "RCPT", "bob@example.net")
    assert event.sender == "carol@example.org"
    assert event.time == "Tue, 3 Mar 2026 10:11:12 +0100"
    assert event.source == "bounce"


def test_one_event_for_each_recipient_in_their_order() -> None:
    message = read_message(
        report(
            "Final-Recipient: rfc822; one@example.net\nAction: failed\nStatus: 5.1.1\n"
            "Diagnostic-Code: smtp; 550 5.1.1 no\n\n"
            "Final-Recipient: rfc822; two@example.net\nAction: delayed\nStatus: 4.2.2\n"
            "Diagnostic-Code: smtp; 452 4.2.2 full\n\n"
            "Final-Recipient: rfc822; three@example.net\nAction: relayed\nStatus: 2.1.5\n"
        )
    )
    assert [(event.recipient, event.code, event.state) for event in message.events] == [
        ("one@example.net", 550, State.FAILED),
        ("two@example.net", 452, State.DEFERRED),
        ("three@example.net", None, State.ACCEPTED),
    ]
    assert message.events[2].reason is Reason.DELIVERED


def test_recipients_without_an_empty_line_between_them() -> None:
    message = read_message(
        report(
            "Final-Recipient: rfc822; one@example.net\nAction: failed\nStatus: 5.1.1\n"
            "Final-Recipient: rfc822; two@example.net\nAction: failed\nStatus: 5.2.2\n"
        )
    )
    assert [(event.recipient, event.enhanced) for event in message.events] == [
        ("one@example.net", "5.1.1"),
        ("two@example.net", "5.2.2"),
    ]


def test_the_code_in_the_diagnosis_comes_before_the_status_field() -> None:
    (event,) = read_message(
        report(
            "Final-Recipient: rfc822; bob@example.net\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 "
            "5.7.1 listed"
        )
    ).events
    assert (event.enhanced, event.text) == ("5.7.1", "5.7.1 listed")


def test_a_status_that_says_nothing_gives_way_to_the_human_part() -> None:
    (event,) = read_message(
        report(
            "Final-Recipient: rfc822; bob@example.net\nAction: failed\nStatus: 5.0.0\n",
            human="bob@example.net: 552 5.2.2 Mailbox full\n",
        )
    ).events
    assert (event.code, event.enhanced, event.text) == (552, "5.2.2", "5.2.2 Mailbox full")


def test_a_precise_status_is_kept_where_the_diagnosis_has_none() -> None:
    (event,) = read_message(
        report(
            "Final-Recipient: rfc822; bob@example.net\nAction: failed\nStatus: 5.4.6\nDiagnostic-Code: smtp; 554 "
            "too many hops"
        )
    ).events
    assert (event.code, event.enhanced) == (554, "5.4.6")


def test_the_words_in_the_status_field_are_the_text_where_there_is_no_diagnosis() -> None:
    (event,) = read_message(
        report("Final-Recipient: rfc822; bob@example.net\nAction: failed\nStatus: 4.2.2 (Over quota)\n", human="")
    ).events
    assert (event.code, event.enhanced, event.text) == (None, "4.2.2", "Over quota")


def test_a_diagnosis_of_the_local_system_is_searched_for_the_reply_that_it_quotes() -> None:
    (event,) = read_message(
        report(
            "Final-Recipient: rfc822; bob@example.net\nAction: failed\nStatus: 5.0.0\n"
            "Diagnostic-Code: X-Postfix; host mx.example.net[192.0.2.25] said: 554\n"
            "    5.6.0 looks like spam (in reply to end of DATA command)\n"
        )
    ).events
    assert (event.code, event.enhanced, event.text) == (554, "5.6.0", "5.6.0 looks like spam")
    assert (event.host, event.command) == ("mx.example.net", "DATA")


def test_the_number_of_a_local_program_is_no_reply_code() -> None:
    (event,) = read_message(
        report(
            "Final-Recipient: rfc822; bob@example.net\nAction: failed\nStatus: 5.3.0\nDiagnostic-Code: X-Unix; 71",
            human="",
        )
    ).events
    assert (event.code, event.enhanced, event.reason) == (None, "5.3.0", Reason.MAILERERROR)


def test_codes_repeated_by_folding_are_cleaned_up_to_lines() -> None:
    (event,) = read_message(
        report(
            "Final-Recipient: rfc822; bob@example.net\nAction: failed\nStatus: 5.7.26\n"
            "Diagnostic-Code: smtp; 550-5.7.26 This mail is not signed, and that 550-5.7.26\n"
            "    is what this 550 5.7.26 server asks for.\n"
        )
    ).events
    assert event.text == "5.7.26 This mail is not signed, and that\nis what this\nserver asks for."


def test_a_reply_within_a_local_one_is_the_reply() -> None:
    (event,) = read_message(
        report(
            "Final-Recipient: rfc822; bob@example.net\nAction: failed\nStatus: 5.0.0\n"
            "Diagnostic-Code: smtp; 5.1.0 - Unknown address error 550-'5.2.2 <bob@example.net> Mailbox Full' "
            "(delivery\n"
            " attempts: 0)\n"
        )
    ).events
    assert (event.code, event.enhanced, event.text) == (550, "5.2.2", "5.2.2 <bob@example.net> Mailbox Full")


def test_a_greeting_before_the_refusal_is_passed_over() -> None:
    (event,) = read_message(
        report(
            "Final-Recipient: rfc822; bob@example.net\nAction: failed\nStatus: 4.0.0\n"
            "Diagnostic-Code: smtp; 220-mx.example.net 421 4.2.1 Too many connections\n"
        )
    ).events
    assert (event.code, event.enhanced) == (421, "4.2.1")


def test_debris_of_quoted_printable_in_a_field() -> None:
    (event,) = read_message(
        report(
            "Final-Recipient: rfc822; bob@example.net\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550= "
            "5.3.5 misconfigured"
        )
    ).events
    assert (event.code, event.enhanced, event.text) == (550, "5.3.5", "5.3.5 misconfigured")


def test_a_first_line_only_is_completed_from_the_dialogue_that_is_quoted() -> None:
    (event,) = read_message(
        report(
            "Final-Recipient: RFC822; bob@example.net\nAction: failed\nStatus: 5.7.1\n"
            "Diagnostic-Code: SMTP; 550-5.7.1 This mail fails to pass\n",
            human="   ----- Transcript of session follows -----\n... while talking to mx.example.net.:\n>>> DATA\n"
            "<<< 550-5.7.1 This mail fails to pass\n<<< 550 5.7.1 our checks.\n554 5.0.0 Service unavailable\n",
        )
    ).events
    assert event.text == "5.7.1 This mail fails to pass\nour checks."
    assert (event.host, event.command) == ("mx.example.net", "DATA")


def test_internationalised_addresses_and_parts() -> None:
    (event,) = read_message(
        report(
            "Final-Recipient: utf-8; j\\x{F6}rg@example.net\nAction: failed\nStatus: 5.1.1\n",
            type_="message/global-delivery-status",
        )
    ).events
    assert event.recipient == "jörg@example.net"


def test_a_verified_address_and_a_message_that_went_through() -> None:
    (event,) = read_message(
        report(
            "Final-Recipient: rfc822; bob@example.net\nAction: deliverable\nStatus: 2.1.5\nDiagnostic-Code: smtp; "
            "250 2.1.5 Ok"
        )
    ).events
    assert (event.code, event.enhanced, event.state, event.reason) == (250, "2.1.5", State.ACCEPTED, Reason.DELIVERED)


def test_a_sender_that_gave_up() -> None:
    (event,) = read_message(
        report(
            "Final-Recipient: rfc822; bob@example.net\nAction: failed\nStatus: 4.4.1\n"
            "Diagnostic-Code: X-Postfix; connect to mx.example.net[192.0.2.25]:25:\n    Connection timed out\n",
            human="",
        )
    ).events
    assert (event.code, event.reason, event.host) == (None, Reason.EXPIRED, "mx.example.net")


def test_fields_in_the_text_of_a_message_without_their_part() -> None:
    message = read_message(
        b"From: MAILER-DAEMON@example.org\nContent-Type: text/plain; charset=utf-8\n"
        b"Content-Transfer-Encoding: quoted-printable\n\nAn error occurred:\n\nTechnical report:\n\nAction: "
        b"failed\nFinal-Reci=\n"
        b"pient: rfc822; bob@example.net\nDiagnostic-Code: smtp; 550 5.1.1=\n No such user\nStatus: 5.1.1\n\nBye\n"
    )
    (event,) = message.events
    assert (event.code, event.enhanced, event.text) == (550, "5.1.1", "5.1.1 No such user")


def test_a_boundary_that_is_not_the_one_that_was_declared() -> None:
    raw = report("Final-Recipient: rfc822; bob@example.net\nAction: failed\nStatus: 5.1.1\n")
    (event,) = read_message(raw.replace(b'boundary="=b"', b'boundary="other"')).events
    assert (event.recipient, event.enhanced) == ("bob@example.net", "5.1.1")


def test_a_bounce_forwarded_as_an_attachment() -> None:
    inner = report("Final-Recipient: rfc822; bob@example.net\nAction: failed\nStatus: 5.1.1\n")
    outer = b"From: ann@example.org\nSubject: FW\nContent-Type: multipart/mixed; boundary=o\n\n"
    outer += (
        b"--o\nContent-Type: text/plain\n\nWhat is this?\n--o\nContent-Type: message/rfc822\n\n" + inner + b"\n--o--\n"
    )
    message = read_message(outer)
    assert [event.recipient for event in message.events] == ["bob@example.net"]
