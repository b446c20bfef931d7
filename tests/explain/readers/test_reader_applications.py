"""What applications throw: one event an error (one a recipient), causes and wrappers joined, secrets kept back."""

from __future__ import annotations

import pytest
from application_errors import JAVA, NODE, TRACEBACK, fault, one, read

from smtpprobe.explain.readers.applications import ApplicationReader
from smtpprobe.outcome import State


def test_each_recipient_of_a_dictionary_is_an_event() -> None:
    ann, joe = read("{'ann@example.net': (550, b'5.1.1 No'), 'joe@example.net': (452, b\"4.2.2 joe's is full\")}")
    assert (ann.recipient, ann.code, ann.command, ann.state) == ("ann@example.net", 550, "RCPT", State.FAILED)
    assert (joe.recipient, joe.code, joe.text, joe.state) == (
        "joe@example.net",
        452,
        "4.2.2 joe's is full",
        State.DEFERRED,
    )


def test_aiosmtplib_names_each_recipient_behind_its_reply() -> None:
    refused = "SMTPRecipientRefused(550, 'no', '{}@example.net')"
    line = f"SMTPRecipientsRefused([{refused.format('ann')}, {refused.format('joe')}])"
    assert [(e.recipient, e.command) for e in read(line)] == [("ann@example.net", "RCPT"), ("joe@example.net", "RCPT")]


def test_a_refused_sender_is_the_sender() -> None:
    event = one("smtplib.SMTPSenderRefused: (553, b'5.1.8 No', 'bob@example.org')")
    assert (event.sender, event.recipient, event.command) == ("bob@example.org", "", "MAIL")


def test_of_a_traceback_only_the_last_line_tells() -> None:
    event = one(TRACEBACK)
    assert (event.code, event.text, event.command) == (535, "5.7.8 No", "AUTH")
    assert event.given.startswith("smtplib.SMTPAuthenticationError")
    assert "hunter2" not in repr(event)


def test_a_traceback_in_the_journal_is_one_event_with_its_time() -> None:
    event = one("\n".join(f"2026-03-03T10:11:12+01:00 web gunicorn[12]: {line}" for line in TRACEBACK.split("\n")[1:]))
    assert (event.code, event.time) == (535, "2026-03-03T10:11:12+01:00")


def test_a_chain_of_exceptions_is_one_event() -> None:
    event = one(
        """Traceback (most recent call last):
  File "/usr/lib/python3.11/socket.py", line 851, in create_connection
    sock.connect(sa)
ConnectionRefusedError: [Errno 111] Connection refused

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/app/x.py", line 1, in <module>
aiosmtplib.errors.SMTPConnectError: Error connecting to mail.example.org on port 587: [Errno 111] Connect call failed"""
    )
    assert fault(event) == "connection refused"
    assert event.host == "mail.example.org"


def test_a_traceback_that_is_not_about_mail_tells_nothing() -> None:
    assert (
        read('Traceback (most recent call last):\n  File "x.py", line 1, in y\n    z\nKeyError: 1\n\nafterwards') == []
    )


@pytest.mark.parametrize("text", [NODE, "{\n" + NODE.partition("{\n")[2]])
def test_an_error_object_of_node_is_one_event(text: str) -> None:
    event = one(text)
    assert (event.code, event.enhanced, event.command) == (535, "5.7.8", "AUTH")
    assert (
        event.text
        == "5.7.8 Not accepted. For more information, go to\n5.7.8  https://support.example.com/?p=Bad - gsmtp"
    )


def test_a_cause_without_a_reply_is_told_by_the_error_object() -> None:
    event = one("Error: Greeting never received\n    at x (y.js:1:1) {\n  code: 'ETIMEDOUT',\n  command: 'CONN'\n}")
    assert fault(event) == "silent before the greeting"
    assert event.command is None


def test_an_error_object_on_one_line_is_read() -> None:
    event = one('{"err":{"code":"EAUTH","response":"535 5.7.8 No","command":"AUTH PLAIN"},"auth":{"pass":"hunter2"}}')
    assert (event.code, event.command) == (535, "AUTH")
    assert "hunter2" not in repr(event)


def test_the_cause_behind_a_wrapper_is_what_is_explained() -> None:
    event = one(JAVA)
    assert fault(event) == "465 and 587 mixed up"
    assert event.host == "mail.example.org"


def test_a_reply_over_several_lines_of_a_java_exception_is_one_event() -> None:
    event = one(
        "com.sun.mail.smtp.SMTPSendFailedException: 550-5.7.26 Unauthenticated\n550 5.7.26 See example.com\n;\n"
        "  nested exception is:\n\tcom.sun.mail.smtp.SMTPAddressFailedException: 550 5.7.26 "
        "Unauthenticated\n\tat x.y(Z.java:1)"
    )
    assert event.text == "5.7.26 Unauthenticated\n5.7.26 See example.com"


def test_two_causes_with_replies_of_their_own_are_two_events() -> None:
    events = read(
        "javax.mail.SendFailedException: Invalid Addresses;\n  nested exception is:\n"
        "\tcom.sun.mail.smtp.SMTPAddressFailedException: 550 5.1.1 <ann@example.net> unknown\n;\n  "
        "nested exception is:\n"
        "\tcom.sun.mail.smtp.SMTPAddressFailedException: 452 4.2.2 <joe@example.net> full"
    )
    assert [(e.recipient, e.code) for e in events] == [("ann@example.net", 550), ("joe@example.net", 452)]


def test_an_inner_exception_of_dotnet_is_the_cause() -> None:
    event = one(
        "System.Net.Mail.SmtpException: Failure sending mail.\n ---> "
        "System.Net.Sockets.SocketException (111): Connection refused\n"
        "   at System.Net.Sockets.Socket.Connect\n   --- End of inner exception stack trace ---"
    )
    assert fault(event) == "connection refused"


def test_a_log_of_symfony_keeps_the_whole_reply_and_no_more() -> None:
    event = one(
        '[2026-03-03 10:11:12] production.ERROR: Expected response code "250" but got code "550", '
        'with message "550-5.7.26 Unauthenticated\n'
        '550 5.7.26 mail". {"exception":"[object] (Symfony\n[stacktrace]\n#0 /app/x.php(12): Foo()\n#1 {main}'
    )
    assert (event.text, event.time) == ("5.7.26 Unauthenticated\n5.7.26 mail", "2026-03-03 10:11:12")


def test_the_lines_of_msmtp_are_one_event() -> None:
    event = one(
        "msmtp: recipient address ann@example.net not accepted by the server\nmsmtp: server message: "
        "550-5.1.1 There is no\n"
        "msmtp: server message: 550 5.1.1 such user\nmsmtp: could not send mail (account default from /etc/msmtprc)"
    )
    assert (event.code, event.text) == (550, "5.1.1 There is no\n5.1.1 such user")
    assert (event.recipient, event.command) == ("ann@example.net", "RCPT")


def test_the_log_of_msmtp_tells_each_recipient() -> None:
    events = read(
        "Mar 03 10:11:12 host=smtp.example.net tls=on auth=on user=bob from=bob@example.org "
        "recipients=ann@example.net,joe@example.net "
        "smtpstatus=550 smtpmsg='550 5.1.1 No' errormsg='recipient address ann@example.net not "
        "accepted by the server' exitcode=EX_DATAERR"
    )
    assert [e.recipient for e in events] == ["ann@example.net", "joe@example.net"]
    assert {(e.code, e.host, e.sender, e.time) for e in events} == {
        (550, "smtp.example.net", "bob@example.org", "Mar 03 10:11:12")
    }


def test_what_curl_and_swaks_say_of_one_failure_is_one_event() -> None:
    curl = one(
        "* connect to 192.0.2.1 port 25 failed: Connection refused\n* Closing connection 0\ncurl: "
        "(7) Failed to connect to x port 25"
    )
    swaks = one("*** Error connecting to mail.example.net:25:\n*** \tIO::Socket::INET6: connect: Connection refused")
    assert fault(curl) == fault(swaks) == "connection refused"
    assert swaks.host == "mail.example.net"


SECRETS = [
    "RuntimeError: smtp://bob:hunter2-secret@mail.example.org:587 Connection refused",
    "Error: connection refused {'user': 'bob', 'password': 'hunter2-secret'}",
    "Error: 535 5.7.8 failed: AUTH PLAIN AGJvYgBodW50ZXIyLXNlY3JldA==",
    "smtplib.SMTPServerDisconnected: Connection unexpectedly closed: AUTH PLAIN AGJvYgBodW50ZXIyLXNlY3JldA==",
]


@pytest.mark.parametrize("line", SECRETS)
def test_no_secret_gets_into_an_event(line: str) -> None:
    told = repr(one(line))
    assert "[redacted]" in told
    assert "hunter2" not in told
    assert "AGJvYg" not in told


def test_an_error_is_complete_when_a_line_of_another_kind_comes() -> None:
    reader = ApplicationReader()
    assert reader.read("Error: Greeting never received", 1) == ()
    assert reader.read("    at x (y.js:1:1)", 2) == ()
    assert reader.read("250 Ok", 3) is None
    assert reader.read("250 Ok", 3) is None
    (event,) = reader.read("Net::SMTPFatalError: 550 5.7.1 Denied", 4) or ()
    assert (event.line, fault(event)) == (1, "silent before the greeting")
    assert [event.line for event in reader.end()] == [4]
    assert not reader.end()
