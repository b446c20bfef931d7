"""Bounces that speak to people only, each in the shape of the program that writes it."""

from __future__ import annotations

import pytest

from smtpprobe.explain.bounces import Kind, read_message
from smtpprobe.outcome import Reason, State

DAEMON = "From: Mail Delivery System <MAILER-DAEMON@mx.example.org>\nTo: ann@example.org\nSubject: Returned mail\n"
RETURNED = "\nReturn-Path: <ann@example.org>\nReceived: from a by b\nTo: bob@example.net\n\n550 5.9.9 not this\n"

# Name, body, and per recipient: code, enhanced code, recipient, what the text must have in it.
SHAPES = [
    (
        "postfix",
        "This is the mail system at host mx.example.org.\n\nI'm sorry to have to inform you that your message "
        "could not\n"
        "be delivered to one or more recipients. It's attached below.\n\nFor further assistance, please send mail to\n"
        "<postmaster>\n\n<bob@example.net>: host mx.example.net[192.0.2.25] said: 550-5.1.1 No\n    such 550 5.1.1 "
        "user (in\n"
        "    reply to RCPT TO command)\n\n<eve@example.net>: Name service error for name=example.net: Host not found\n",
        [(550, "5.1.1", "bob@example.net", "No such\nuser"), (None, None, "eve@example.net", "Host not found")],
    ),
    (
        "exim",
        "This message was created automatically by mail delivery software.\n\nA message that you sent could not be "
        "delivered\n"
        "to one or more of its recipients. This is a permanent error. The following address(es) failed:\n\n"
        "  bob@example.net\n    host mx.example.net [192.0.2.25]\n    SMTP error from remote mail server after "
        "RCPT TO:<bob@example.net>:\n"
        "    550 5.1.1 User unknown\n  eve@example.com\n    retry timeout exceeded\n\n"
        "------ This is a copy of the message, including all the headers. ------\n",
        [(550, "5.1.1", "bob@example.net", "User unknown"), (None, None, "eve@example.com", "retry timeout exceeded")],
    ),
    (
        "qmail",
        "Hi. This is the qmail-send program at mx.example.org.\nI'm afraid I wasn't able to deliver your message "
        "to the\n"
        "following addresses.\n\n<bob@example.net>:\n192.0.2.25 does not like recipient.\nRemote host said: 552 "
        "over quota (#5.2.2)\n"
        "Giving up on 192.0.2.25.\n\n<eve@example.net>:\nSorry, I couldn't find any host by that name. (#4.1.2)\n\n"
        "--- Below this line is a copy of the message.\n",
        [(552, "5.2.2", "bob@example.net", "over quota"), (None, "4.1.2", "eve@example.net", "couldn't find any host")],
    ),
    (
        "sendmail",
        "The original message was received at Tue, 3 Mar 2026 10:11:12 +0100\n\n"
        "   ----- The following addresses had permanent fatal errors -----\n<bob@example.net>\n    (reason: 553 "
        "5.3.0 <bob@example.net>... No)\n\n"
        "   ----- Transcript of session follows -----\n... while talking to mx.example.net.:\n>>> RCPT "
        "To:<bob@example.net>\n"
        "<<< 553 5.3.0 <bob@example.net>... No\n550 5.1.1 <bob@example.net>... User unknown\n",
        [(553, "5.3.0", "bob@example.net", "5.3.0 <bob@example.net>... No")],
    ),
    (
        "old sendmail",
        "   ----- Transcript of session follows -----\nWhile talking to mx.example.net:\n>>> MAIL "
        "From:<ann@example.org>\n"
        "<<< 550 Insecure relay\n554 <bob@example.net>... Remote protocol error\n"
        "554 <eve@example.com>... 550 Host unknown (Authoritative answer from name server)\n\n   ----- Unsent "
        "message follows -----\n",
        [(550, None, "bob@example.net", "Insecure relay"), (550, None, "eve@example.com", "Host unknown")],
    ),
    (
        "courier",
        "UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<bob@example.net>:\n"
        "    mx.example.net [192.0.2.25]:\n>>> RCPT TO:<bob@example.net>\n<<< 550 5.1.1 no such mailbox\n",
        [(550, "5.1.1", "bob@example.net", "no such mailbox")],
    ),
    (
        "exchange",
        "Delivery has failed to these recipients or groups:\n\nBob<mailto:bob@example.net>\nThe address was not "
        "found.\n\n"
        "Diagnostic information for administrators:\n\nGenerating server: ex1.example.net\n\nbob@example.net\n"
        "#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##\n\nOriginal message headers:\n",
        [(550, "5.1.1", "bob@example.net", "5.1.1 RESOLVER.ADR.RecipNotFound; not found")],
    ),
    (
        "exchange, the remote server's words",
        "Diagnostic information for administrators:\n\nbob@example.net\nmx.example.net\n"
        "Remote Server returned '550 5.7.1 Message refused'\n\nOriginal message headers:\n",
        [(550, "5.7.1", "bob@example.net", "5.7.1 Message refused")],
    ),
    (
        "exchange 2003",
        "Your message\n\n  To:      bob@example.net\n  Subject: Hello\n  Sent:    Tue, 3 Mar 2026 10:11:12 +0100\n\n"
        "did not reach the following recipient(s):\n\nbob@example.net on Tue, 3 Mar 2026 10:11:12 +0100\n"
        "    The recipient name is not recognized\n\tThe MTS-ID of the original message is: c=de;a= ;p=example\n",
        [(None, None, "bob@example.net", "The recipient name is not recognized")],
    ),
    (
        "gmail",
        "Delivery to the following recipient failed permanently:\n\n     bob@example.net\n\nTechnical details of "
        "permanent failure:\n"
        "Google tried to deliver your message, but it was rejected by the server for the recipient domain "
        "example.net by\n"
        "mx.example.net. [192.0.2.25].\n\nThe error that the other server returned was:\n550 5.1.1 User unknown\n\n"
        "----- Original message -----\n",
        [(550, "5.1.1", "bob@example.net", "5.1.1 User unknown")],
    ),
    (
        "gmail without a reply",
        "** Address not found **\n\nYour message wasn't delivered to bob@example.net because the domain "
        "example.net couldn't be\n"
        "found.\n\nThe response was:\n\nDNS Error: DNS type 'mx' lookup of example.net responded with code NXDOMAIN\n",
        [(None, None, "bob@example.net", "NXDOMAIN")],
    ),
    (
        "opensmtpd",
        "    Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this email.\n\n    An error has occurred "
        "while attempting\n"
        "    to deliver a message for the following list of recipients:\n\nbob@example.net: 550 5.2.2 Mailbox full\n"
        "eve@example.net: Domain does not exist\n\n    Below is a copy of the original message:\n",
        [(550, "5.2.2", "bob@example.net", "Mailbox full"), (None, None, "eve@example.net", "Domain does not exist")],
    ),
    (
        "domino",
        "Your message\n\n  Subject: Hello\n\nwas not delivered to:\n\n  bob@example.net\n\nbecause:\n\n"
        "  User bob (bob@example.net) not listed in Domino Directory\n",
        [(None, None, "bob@example.net", "not listed in Domino Directory")],
    ),
    (
        "notes",
        "------- Failure Reasons  --------\n\nUser not listed in public Name & Address Book\nbob@example.net\n\n"
        "------- Returned Message --------\n",
        [(None, None, "bob@example.net", "User not listed in public Name & Address Book")],
    ),
    (
        "mailmarshal",
        "Your message:\n   From:    ann@example.org\n   Subject: Hello\n\nCould not be delivered because of\n\n"
        "550 5.1.1 User unknown\n\nThe following recipients were affected:\n   bob@example.net\n",
        [(550, "5.1.1", "bob@example.net", "5.1.1 User unknown")],
    ),
    (
        "imail",
        "undeliverable to bob@example.net\n\nBody of message generated response:\n550-Refused\n550 for a listed link\n",
        [(550, None, "bob@example.net", "Refused\nfor a listed link")],
    ),
    (
        "zoho",
        "This message was created automatically by mail delivery software.\n\n"
        "bob@example.net Invalid Address, ERROR_CODE :550, ERROR_CODE :5.2.1 <bob@example.net>... Disabled\n"
        "eve@example.net Invalid Address, ERROR_CODE :552, ERROR_CODE :5.2.2 <eve@example.net>... Full\n",
        [(550, "5.2.1", "bob@example.net", "Disabled"), (552, "5.2.2", "eve@example.net", "Full")],
    ),
    (
        "yahoo",
        "Sorry, we were unable to deliver your message to the following address.\n\n<bob@example.net>:\nRemote "
        "host said:\n"
        "550 5.2.2 <bob@example.net>... Mailbox Full\n[RCPT_TO]\n\n--- Below this line is a copy of the message.\n",
        [(550, "5.2.2", "bob@example.net", "5.2.2 <bob@example.net>... Mailbox Full")],
    ),
    (
        "a carrier's gateway",
        "Error: Invalid user address\n\nError message below:\n550 - Requested action not taken: no such user here\n\n"
        "Message details:\n  Subject: Hello\n  MAIL FROM: ann@example.org\n  RCPT TO: 5550100@sms.example.net\n",
        [(550, None, "5550100@sms.example.net", "no such user here")],
    ),
    (
        "delivery attempts in sentences",
        "The following recipients returned permanent errors: bob@example.net. Reason: SMTP Server <192.0.2.25> "
        "refused to accept\n"
        "your message (DATA), with the following error message: [554 5.4.6 Hop count exceeded]\n",
        [(554, "5.4.6", "bob@example.net", "5.4.6 Hop count exceeded")],
    ),
    (
        "a filter's transcript, its arrows the other way",
        "Unable to deliver message to <bob@example.net>.\n\nSent <<< RCPT TO:<bob@example.net>\nReceived >>> 550 "
        "5.1.1 unknown\n",
        [(550, "5.1.1", "bob@example.net", "5.1.1 unknown")],
    ),
    (
        "german",
        "Ihre Nachricht konnte nicht zugestellt werden.\n\nbob@example.net\n  Antwort: 550 5.1.1 Empfänger "
        "unbekannt\n\n"
        "----- Ursprüngliche Nachricht -----\n",
        [(550, "5.1.1", "bob@example.net", "5.1.1 Empfänger unbekannt")],
    ),
]


@pytest.mark.parametrize(("body", "expected"), [shape[1:] for shape in SHAPES], ids=[shape[0] for shape in SHAPES])
def test_each_shape_gives_its_recipients(body: str, expected: list[tuple[int | None, str | None, str, str]]) -> None:
    message = read_message(f"{DAEMON}Content-Type: text/plain; charset=utf-8\n\n{body}{RETURNED}".encode())
    assert message.kind is Kind.REPORT
    assert [(event.code, event.enhanced, event.recipient) for event in message.events] == [
        each[:3] for each in expected
    ]
    for event, (*_, words) in zip(message.events, expected, strict=True):
        assert words in event.text
        assert "not this" not in event.text
        assert event.sender == "ann@example.org"
        assert event.state is State.FAILED


def test_the_server_and_the_command_are_told_apart_from_the_reply() -> None:
    body = (
        "<bob@example.net>:\nConnected to 192.0.2.25 but sender was rejected.\nRemote host said: 550 5.7.1 "
        "Access denied\n"
    )
    (event,) = read_message(f"{DAEMON}\n{body}".encode()).events
    assert (event.host, event.command, event.text) == ("192.0.2.25", "MAIL", "5.7.1 Access denied")


def test_the_greeting_is_what_refuses_to_talk() -> None:
    body = "<bob@example.net>: host mx.example.net[192.0.2.25] refused to talk\n    to me: 554 listed\n"
    (event,) = read_message(f"{DAEMON}\n{body}".encode()).events
    assert (event.code, event.host, event.command) == (554, "mx.example.net", "greeting")


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (
            "host mx.example.net [192.0.2.25]\n    SMTP error from remote mail server after initial connection:\n"
            "    554 5.3.2 no",
            "greeting",
        ),
        ("lost connection with mx.example.net[192.0.2.25] while sending DATA command", "DATA"),
        ("conversation with mx.example.net[192.0.2.25] timed out while performing the EHLO\n    handshake", "EHLO"),
        (
            "lost connection with mx.example.net[192.0.2.25] while receiving the initial server\n    greeting",
            "greeting",
        ),
        ("TLS is required, but host mx.example.net[192.0.2.25] refused to start TLS: 454 4.7.0 later", "STARTTLS"),
        ("message size 631 exceeds size limit 100 of server mx.example.net[192.0.2.25]", None),
    ],
)
def test_the_server_and_the_command_in_the_words_of_programs(words: str, command: str | None) -> None:
    (event,) = read_message(f"{DAEMON}\n<bob@example.net>: {words}\n".encode()).events
    assert (event.host, event.command) == ("mx.example.net", command)


def test_a_warning_is_a_deferral() -> None:
    body = "THIS IS A WARNING MESSAGE ONLY.\n\nbob@example.net: 451 4.3.0 try later\n\nIt will be retried for 2 days.\n"
    (event,) = read_message(f"{DAEMON}\n{body}".encode()).events
    assert (event.code, event.state) == (451, State.DEFERRED)


def test_recipients_of_a_field_of_exim_and_gmail() -> None:
    head = f"{DAEMON}X-Failed-Recipients: bob@example.net,\n  eve@example.net\n"
    message = read_message(f"{head}\nA message that you sent could not be delivered. 550 5.7.1 denied\n".encode())
    assert [event.recipient for event in message.events] == ["bob@example.net", "eve@example.net"]


def test_a_pipe_that_failed_is_told_by_its_owner() -> None:
    head = f"{DAEMON}X-Failed-Recipients: bob@example.org\n"
    body = (
        "  pipe to |/usr/bin/tool\n    generated by bob@example.org\n\nThe following text was generated:\n\n"
        "tool: no such file\n"
    )
    (event,) = read_message(f"{head}\n{body}".encode()).events
    assert event.recipient == "bob@example.org"
    assert "no such file" in event.text


def test_numbers_in_prose_are_no_reply_codes() -> None:
    body = (
        "bob@example.net\n\nThe mailbox of room 550 takes 421 messages, 2.5.1 of them large. Ask at 192.0.2.25:587.\n"
    )
    (event,) = read_message(f"{DAEMON}\n{body}".encode()).events
    assert (event.code, event.enhanced) == (None, None)


@pytest.mark.parametrize(
    ("charset", "encoding"), [("iso-2022-jp", "7bit"), ("euc-jp", "8bit"), ("shift_jis", "8bit"), ("utf-8", "base64")]
)
def test_japanese_in_any_charset(charset: str, encoding: str) -> None:
    import base64

    octets = "bob@example.net\n\n宛先のメールアドレスが見つかりません。\n".encode(charset)
    octets = base64.encodebytes(octets) if encoding == "base64" else octets
    head = f"{DAEMON}Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n"
    (event,) = read_message(head.encode() + octets).events
    assert "見つかりません" in event.text


def test_only_html() -> None:
    body = (
        "<html><style>p{}</style><body><p>It failed for</p><p>bob@example.net</p><p>550 5.1.1 "
        "User&nbsp;unknown</p></body>"
    )
    (event,) = read_message(f"{DAEMON}Content-Type: text/html\n\n{body}".encode()).events
    assert (event.code, event.recipient, event.text) == (550, "bob@example.net", "5.1.1 User unknown")


def test_a_bounce_pasted_without_its_header() -> None:
    body = (
        "This is the mail system at host mx.example.org.\n\n<bob@example.net>: host "
        "mx.example.net[192.0.2.25] said: 550 No\n"
    )
    (event,) = read_message(body.encode()).events
    assert (event.code, event.recipient) == (550, "bob@example.net")


def test_a_secret_that_a_server_echoed_is_redacted() -> None:
    body = "bob@example.net: 535 5.7.8 AUTH PLAIN AGFubgBzZWNyZXRzZWNyZXQ= refused\n"
    (event,) = read_message(f"{DAEMON}\n{body}".encode()).events
    assert "AGFubg" not in event.text + event.given


def test_giving_up_without_an_answer_is_an_expiry() -> None:
    body = (
        "There was an error delivering your mail to <bob@example.net>.\n\nCould not deliver for the last "
        "432000 seconds.\n"
    )
    (event,) = read_message(f"{DAEMON}\n{body}".encode()).events
    assert (event.recipient, event.reason) == ("bob@example.net", Reason.EXPIRED)


@pytest.mark.parametrize(
    "head",
    [
        "From: Ann <ann@example.org>\nSubject: Lunch",
        "From: postmaster@example.org\nSubject: Report domain: example.org",
        "From: no-reply@example.com\nSubject: Our news",
    ],
)
def test_a_mail_with_addresses_in_it_is_no_bounce(head: str) -> None:
    message = read_message(f"{head}\nTo: bob@example.net\n\neve@example.com: will you ask her?\n\nAnn\n".encode())
    assert (message.kind, message.events) == (Kind.OTHER, ())


def test_a_letter_is_no_bounce() -> None:
    message = read_message(
        b"From: Ann <ann@example.org>\nTo: bob@example.net\nSubject: Lunch\n\nAt 550 5.1.1 Main Street?\n"
    )
    assert (message.kind, message.events) == (Kind.OTHER, ())
