"""What Exim's logs say of its clients and its queue."""

from __future__ import annotations

import pytest

from smtpprobe.diagnosis import Event
from smtpprobe.explain.readers.exim import EximReader
from smtpprobe.outcome import Reason, State

STAMP = "2026-03-03 10:11:12"
ID = "1tpAbC-00000000abc-1D2e"
CLIENT = "H=client.example.com (laptop) [198.51.100.7]"


def refused(rest: str) -> Event:
    """The event of one line without message id."""
    reader = EximReader()
    (event,) = (*(reader.read(f"{STAMP} {rest}", 1) or ()), *reader.end())
    return event


def one(rest: str) -> Event:
    """The event of one line with a message id."""
    return refused(f"{ID} {rest}")


@pytest.mark.parametrize(
    ("what", "command", "text"),
    [
        ("rejected RCPT <ann@example.net>: relay not permitted", "RCPT TO:<ann@example.net>", "relay not permitted"),
        ("rejected MAIL <bob@example.org>: no thanks", "MAIL FROM:<bob@example.org>", "no thanks"),
        ("rejected EHLO or HELO laptop: not a name", "EHLO laptop", "not a name"),
        ('rejected connection in "connect" ACL: on a list', "greeting", "on a list"),
        ("F=<bob@example.org> rejected after DATA: too much spam", "DATA", "too much spam"),
        ("F=<bob@example.org> rejected during MIME ACL checks: bad type", "DATA", "bad type"),
        ("rejected DATA: no", "DATA", "no"),
        ("rejected VRFY ann: not here", "VRFY ann", "not here"),
        ("rejected AUTH PLAIN: not now", "AUTH PLAIN", "not now"),
        ("rejected STARTTLS: not now", "STARTTLS", "not now"),
        ("rejected RCPT <ann@example.net>", "RCPT TO:<ann@example.net>", "Administrative prohibition"),
        (
            "X=TLS1.3:AES:256 CV=no F=<bob@example.org> rejected RCPT <ann@example.net>: no",
            "RCPT TO:<ann@example.net>",
            "no",
        ),
    ],
)
def test_a_refusal(what: str, command: str, text: str) -> None:
    event = refused(f"{CLIENT} {what}")
    assert (event.command, event.text, event.state) == (command, text, State.FAILED)
    assert event.host == "", "the server that spoke is the one whose log it is"


def test_a_refusal_tells_of_whom_and_for_whom() -> None:
    event = refused(f"{CLIENT}:41022 I=[192.0.2.25]:25 F=<bob@example.org> temporarily rejected RCPT <ann@example.net>")
    assert (event.sender, event.recipient, event.state) == ("bob@example.org", "ann@example.net", State.DEFERRED)
    assert event.text == "Temporary local problem - please try later"


def test_a_refusal_with_a_code_of_its_own() -> None:
    event = refused(f"{CLIENT} F=<bob@example.org> rejected RCPT <ann@example.net>: 554 5.7.1 Not today")
    assert (event.code, event.enhanced, event.text) == (554, "5.7.1", "5.7.1 Not today")


@pytest.mark.parametrize(
    ("rest", "command", "text", "state"),
    [
        (
            "rejected EHLO from (a_b) [198.51.100.7]: syntactically invalid argument(s): a_b",
            "EHLO",
            "syntactically invalid argument(s): a_b",
            State.FAILED,
        ),
        ("rejected MAIL from (laptop) [198.51.100.7]: no HELO/EHLO given", "MAIL", "no HELO/EHLO given", State.FAILED),
        (
            "rejected MAIL FROM:<bob@example.org> H=(laptop) [198.51.100.7]: message too big: size=9 max=1",
            "MAIL FROM:<bob@example.org>",
            "message too big: size=9 max=1",
            State.FAILED,
        ),
        (
            "rejected from <bob@example.org> H=(laptop) [198.51.100.7]: message too big: read=9 max=1",
            "DATA",
            "message too big: read=9 max=1",
            State.FAILED,
        ),
        (
            "F=<bob@example.org> rejected by non-SMTP ACL: local configuration problem",
            None,
            "local configuration problem",
            State.FAILED,
        ),
        (
            "SMTP protocol synchronization error (input sent without waiting for greeting): rejected connection from "
            'H=[198.51.100.7] input="EHLO x"',
            "greeting",
            "SMTP protocol synchronization error (input sent without waiting for greeting)",
            State.FAILED,
        ),
        (
            "SMTP protocol synchronization error (next input sent too soon: pipelining was not advertised): rejected "
            '"RCPT TO:<ann@example.net>" H=(laptop) [198.51.100.7] next input="DATA"',
            "RCPT TO:<ann@example.net>",
            "SMTP protocol synchronization error (next input sent too soon: pipelining was not advertised)",
            State.FAILED,
        ),
        (
            'SMTP syntax error in "FOO" H=client.example.com (laptop) [198.51.100.7] U=root unrecognized command',
            "FOO",
            "unrecognized command",
            State.FAILED,
        ),
        (
            'SMTP protocol error in "RCPT TO:<ann@example.org>" H=(laptop) [198.51.100.7]:9 I=[192.0.2.25]:25 '
            "sender not yet given",
            "RCPT TO:<ann@example.org>",
            "sender not yet given",
            State.FAILED,
        ),
        (
            "SMTP call from (laptop) [198.51.100.7] dropped: too many syntax or protocol errors (last command was "
            '"BAR", C=EHLO,MAIL)',
            "BAR",
            "too many syntax or protocol errors",
            State.FAILED,
        ),
        (
            'SMTP call from [198.51.100.7] dropped: too many nonmail commands (last was "NOOP")',
            "NOOP",
            "too many nonmail commands",
            State.FAILED,
        ),
        (
            "Connection from [198.51.100.7] refused: too many connections from that IP address",
            "greeting",
            "too many connections from that IP address",
            State.DEFERRED,
        ),
        (
            "plain_server authenticator failed for (laptop) [198.51.100.7]: 535 Incorrect authentication data "
            "(set_id=bob)",
            "AUTH",
            "Incorrect authentication data (set_id=bob)",
            State.FAILED,
        ),
    ],
)
def test_what_a_client_did_wrong(rest: str, command: str | None, text: str, state: State) -> None:
    event = refused(rest)
    assert (event.command, event.text, event.state) == (command, text, state)


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        ("SMTP command timeout on TLS connection from (laptop) [198.51.100.7]", Reason.NETWORKERROR),
        (
            "SMTP data timeout (message abandoned) on connection from [198.51.100.7] F=<bob@example.org>",
            Reason.NETWORKERROR,
        ),
        ("SMTP connection from (laptop) [198.51.100.7] lost while reading message data", Reason.NETWORKERROR),
        ("unexpected disconnection while reading SMTP command from [198.51.100.7] D=1s", Reason.NETWORKERROR),
        ("TLS error on connection from (laptop) [198.51.100.7] (gnutls_handshake): Timed out", Reason.FAILEDSTARTTLS),
        ("[192.0.2.25] SSL verify error: depth=0 error=certificate has expired cert=/CN=mx", Reason.FAILEDSTARTTLS),
        ("no host name found for IP address 198.51.100.7", Reason.REQUIREPTR),
        (
            "no IP address found for host client.example.com (during SMTP connection from [198.51.100.7])",
            Reason.REQUIREPTR,
        ),
        (
            "too many recipients: message rejected: sender=<bob@example.org> H=(laptop) [198.51.100.7]",
            Reason.EXCEEDLIMIT,
        ),
        ("unqualified verify rejected: <ann> H=(laptop) [198.51.100.7]", Reason.SYNTAXERROR),
        ("spool directory space check failed: space=1 inodes=2", Reason.SYSTEMFULL),
        ("malware acl condition: clamd /run/clamd.ctl: unable to connect", Reason.SYSTEMERROR),
        (
            f'{CLIENT} sender verify fail for <bob@example.org>: response to "RCPT TO:<bob@example.org>" was: 550 No',
            Reason.REJECTED,
        ),
    ],
)
def test_what_exim_knows_the_reason_of(rest: str, reason: Reason) -> None:
    assert refused(rest).reason is reason


def test_a_signature_that_did_not_verify() -> None:
    event = one("DKIM: d=example.org s=s c=a/b a=rsa-sha256 b=2048 [verification failed - body hash mismatch]")
    assert event.reason is Reason.AUTHFAILURE


@pytest.mark.parametrize(
    "rest", ["Frozen (delivery error message)", "Message is frozen", "cancelled by timeout_frozen_after"]
)
def test_the_queue(rest: str) -> None:
    assert one(rest).text == rest


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        ('SMTP syntax error in "FOO" H=(laptop) [198.51.100.7] unrecognized command', Reason.SYNTAXERROR),
        ('SMTP protocol error in "DATA" H=[198.51.100.7] valid RCPT command must precede DATA', Reason.SYNTAXERROR),
        ('SMTP protocol error in "AUTH FOO" H=[198.51.100.7] FOO authentication mechanism not supported', None),
        ("rejected MAIL from [198.51.100.7]: no HELO/EHLO given", Reason.SYNTAXERROR),
    ],
)
def test_a_client_that_breaks_the_protocol(rest: str, reason: Reason | None) -> None:
    assert refused(rest).reason is reason


def test_secrets_are_redacted() -> None:
    for rest in (
        'SMTP syntax error in "YWJjZGVm" H=(laptop) [198.51.100.7] unrecognized command',
        'SMTP syntax error in "AUTH PLAIN dGVzdAB0ZXN0" H=(laptop) [198.51.100.7] unrecognized command',
        'SMTP call from [198.51.100.7] dropped: too many nonmail commands (last was "AUTH LOGIN abc")',
    ):
        event = refused(rest)
        assert "dGVz" not in repr(event)
        assert "abc" not in repr(event)
        assert "YWJj" not in repr(event)
        assert "[redacted]" in event.given


def test_a_refusal_without_its_stamp() -> None:
    line = "H=(laptop) [198.51.100.7] F=<bob@example.org> rejected RCPT <ann@example.net>: relay not permitted"
    (event,) = EximReader().read(line, 1) or ()
    assert event.text == "relay not permitted"
