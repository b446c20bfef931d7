"""The failures without a reply: samples, near misses, wordings of many programs, the index, hostile texts."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpprobe.catalogue import faults
from smtpprobe.catalogue.entries import FaultEntry
from smtpprobe.catalogue.faults import FAULTS, by_name, match
from smtpprobe.catalogue.needles import Index, parts_of
from smtpprobe.outcome import Reason, Retry

ENTRIES = [pytest.param(entry, id=entry.name) for entry in FAULTS]
FLAGS = re.ASCII | re.IGNORECASE | re.MULTILINE

SAID = [
    ("refused by this machine", "Couldn't connect to host, port: localhost, 25; timeout -1: Connection refused"),
    ("refused by this machine", "[Errno 111] Connect call failed ('127.0.0.1', 25)"),
    ("connection refused", "ConnectionRefusedError: [Errno 61] Connection refused"),
    (
        "connection refused",
        "[WinError 10061] No connection could be made because the target machine actively refused it",
    ),
    ("connection refused", "mx.example.net [192.0.2.25] Connection refused (111)"),
    ("connection refused", "dial tcp 192.0.2.25:587: connect: connection refused"),
    ("connection refused", "connect:errno=111"),
    ("connection refused", "111"),
    ("connection refused", "SMTP code: 111"),
    ("timed out", "110"),
    ("timed out", "TimeoutError: [WinError 10060] A connection attempt failed"),
    ("timed out", "aiosmtplib.errors.SMTPConnectTimeoutError: Timed out connecting to mail.example.org on port 465"),
    ("timed out", "curl: (28) Connection timed out after 30001 milliseconds"),
    ("timed out", "[mx.example.net. 192.0.2.25: timed out]"),
    ("timed out", "System.TimeoutException: The operation has timed out."),
    ("port 25 timed out", "dial tcp 192.0.2.25:25: i/o timeout"),
    ("port 25 timed out", "connect ETIMEDOUT 192.0.2.25:25"),
    (
        "silent before the greeting",
        "aiosmtplib.errors.SMTPConnectTimeoutError: Timed out waiting for server ready message",
    ),
    (
        "silent before the greeting",
        "conversation with mx.example.net[192.0.2.25] timed out while receiving the initial server greeting",
    ),
    ("timed out in mid-dialogue", "java.net.SocketTimeoutException: Read timed out"),
    ("timed out in mid-dialogue", "SMTP timeout after end of data (1234 bytes written)"),
    ("no route to host", "113"),
    ("no route to host", "connect EHOSTUNREACH 192.0.2.25:25"),
    ("network unreachable", "101"),
    ("network unreachable", "OSError: [Errno 101] Network is unreachable"),
    ("no IPv6 route", "connect ENETUNREACH 2001:db8::25:587 - Local (:::0)"),
    ("no IPv6 route", "dial tcp [2001:db8::25]:25: connect: network is unreachable"),
    ("connection reset", "read ECONNRESET"),
    ("connection reset", "104"),
    ("connection reset", "An existing connection was forcibly closed by the remote host"),
    ("broken pipe", "write EPIPE"),
    ("lost before the greeting", "Remote host closed connection in response to initial connection"),
    ("lost at the introduction", "Remote host closed connection in response to EHLO mail.example.org"),
    ("lost in the envelope", "lost connection with mx.example.net[192.0.2.25] while sending MAIL FROM"),
    ("lost in the envelope", "Remote host closed connection in response to RCPT TO:<ann@example.net>"),
    ("lost in the message", "lost connection with mx.example.net[192.0.2.25] while sending message body"),
    ("lost at the end of the message", "SMTP connection lost after final dot"),
    ("the client hung up", "timeout after END-OF-MESSAGE from unknown[198.51.100.7]"),
    ("end of file", "Error: Connection closed unexpectedly"),
    ("end of file", "javax.mail.MessagingException: [EOF]"),
    ("end of file", "Error: socket hang up"),
    ("end of file", "send mail: EOF"),
    ("end of file", "*** Remote host closed connection unexpectedly."),
    ("a local socket is missing", "connect to /var/run/opendkim/opendkim.sock: No such file or directory"),
    (
        "forbidden by this machine",
        "An attempt was made to access a socket in a way forbidden by its access permissions",
    ),
    ("no such host", "socket.gaierror: [Errno -2] Name or service not known"),
    ("no such host", "socket.gaierror: [Errno 8] nodename nor servname provided, or not known"),
    ("no such host", "dial tcp: lookup smtp.example.org on 192.0.2.53:53: no such host"),
    ("no such host", "java.net.UnknownHostException: smtp.example.org"),
    ("no such host", "The remote name could not be resolved: 'smtp.example.org'"),
    ("no such host", "curl: (6) Could not resolve host: smtp.example.org"),
    ("no such host", "msmtp: cannot locate host smtp.example.org: Name or service not known"),
    ("no such host", "Host or domain name not found. Name service error for name=example.net type=A: Host not found"),
    ("no such host", "[Errno 11001] getaddrinfo failed"),
    ("DNS did not answer", "getaddrinfo EAI_AGAIN smtp.example.org"),
    ("DNS did not answer", "socket.gaierror: [Errno -3] Temporary failure in name resolution"),
    (
        "DNS did not answer",
        "lookup smtp.example.org on 192.0.2.53:53: read udp 198.51.100.7:5353->192.0.2.53:53: i/o timeout",
    ),
    ("DNS did not answer", "lookup example.net: server misbehaving"),
    ("DNS did not answer", "host lookup did not complete"),
    ("DNS did not answer", "CNAME lookup failed temporarily. (#4.4.3)"),
    ("DNS did not answer", "Deferred: Name server: mx.example.net.: host name lookup failure"),
    ("record type missing", "queryMx ENODATA example.net"),
    ("null MX", "Name service error for name=example.net type=MX: Malformed or unexpected name server reply"),
    ("mail goes back to this server", "lowest numbered MX record points to local host"),
    ("mail goes back to this server", "553 5.3.5 config error: mail loops back to me (MX problem?)"),
    (
        "mail goes back to this server",
        "Sorry. Although I'm listed as a best-preference MX or A for that host, it isn't in my control/locals file",
    ),
    ("465 and 587 mixed up", "SSL routines:tls_process_server_hello:packet length too long"),
    ("465 and 587 mixed up", "javax.net.ssl.SSLException: Unsupported or unrecognized SSL message"),
    ("465 and 587 mixed up", "tls: first record does not look like a TLS handshake"),
    ("465 and 587 mixed up", "140735:error:1408F10B:SSL routines:ssl3_get_record:wrong version number:record.c:332:"),
    ("465 and 587 mixed up", "GnuTLS error: An unexpected TLS packet was received."),
    ("465 and 587 mixed up", "Cannot determine the frame size or a corrupted frame was received."),
    (
        "certificate expired",
        "x509: certificate has expired or is not yet valid: current time 2026-03-03T10:11:12Z is after",
    ),
    ("certificate expired", "Error: certificate has expired code: 'CERT_HAS_EXPIRED'"),
    ("certificate for other names", "x509: certificate is valid for mail.example.org, not smtp.example.net"),
    (
        "certificate for other names",
        "Hostname/IP does not match certificate's altnames: Host: smtp.example.net. is not in the cert's altnames",
    ),
    (
        "certificate for other names",
        "curl: (60) SSL: no alternative certificate subject name matches target host name 'mx.example.net'",
    ),
    (
        "self-signed authority in the chain",
        "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate in certificate chain",
    ),
    ("self-signed certificate", "Error: self signed certificate, code: 'DEPTH_ZERO_SELF_SIGNED_CERT'"),
    ("intermediate certificate missing", "code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'"),
    ("authority not known here", "sun.security.validator.ValidatorException: PKIX path building failed"),
    ("authority not known here", "x509: certificate signed by unknown authority"),
    ("authority not known here", "RemoteCertificateChainErrors: UntrustedRoot"),
    ("certificate not accepted", "Server certificate not verified"),
    ("certificate not accepted", "tls: failed to verify certificate: x509: negative serial number"),
    ("certificate not accepted", "curl: (60) SSL peer certificate or SSH remote key was not OK"),
    ("no cipher in common", "SSL_accept error from unknown[198.51.100.7]: no shared cipher"),
    ("no cipher in common", "javax.net.ssl.SSLHandshakeException: Received fatal alert: handshake_failure"),
    ("no TLS version in common", "tlsv1 alert protocol version:SSL alert number 70"),
    ("no TLS version in common", "tls: server selected unsupported protocol version 301"),
    ("no TLS version in common", "No appropriate protocol (protocol is disabled or cipher suites are inappropriate)"),
    ("Diffie-Hellman key too small", "[SSL: DH_KEY_TOO_SMALL] dh key too small (_ssl.c:1006)"),
    (
        "connection ended in the handshake",
        "[SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol (_ssl.c:1006)",
    ),
    (
        "connection ended in the handshake",
        "Client network socket disconnected before secure TLS connection was established",
    ),
    ("handshake failed", "System.Net.Mail: MailKit.Security.SslHandshakeException: it failed"),
    ("handshake failed", "msmtp: TLS handshake failed: unknown"),
    ("STARTTLS not offered", "TLS is required, but was not offered by host mx.example.net[192.0.2.25]"),
    ("STARTTLS not offered", "msmtp: the server does not support TLS via the STARTTLS command"),
    ("STARTTLS not offered", "STARTTLS is required but host does not support STARTTLS"),
    ("STARTTLS not offered", "curl: (64) Requested SSL level failed"),
    ("STARTTLS not offered", "Server does not support secure connections."),
    ("TLSA records cannot be looked up", "TLSA lookup error for mx.example.net:25"),
    ("no usable TLSA records", "all TLSA records unusable"),
    ("MTA-STS policy not met", "TLS required by MTA-STS: MX host not listed in the MTA-STS policy, rejected"),
    ("no user name or password given", "AuthenticationFailedException: failed to connect, no password specified?"),
    ("login not offered", "smtp: server doesn't support AUTH"),
    ("login not offered", "The SMTP AUTH extension is not supported by this server."),
    ("no login method in common", "Failed to find an authenticator supported by the SMTP server"),
    (
        "no login method in common",
        "SASL authentication failed: server mx.example.net[192.0.2.25] offered no compatible "
        "authentication mechanisms for this type of connection security",
    ),
    ("login refused", "curl: (67) Login denied"),
    ("login refused", "SMTP Error: Could not authenticate."),
    ("login refused", "code: 'EAUTH'"),
    ("password over an unencrypted line", "unencrypted connection"),
    ("TLS started twice", "RuntimeError: Already using TLS."),
    ("spoken to before connecting", "aiosmtplib.errors.SMTPServerDisconnected: Server not connected"),
    ("no recipient given", "msmtp: no recipients found"),
    ("no recipient given", "You must provide at least one recipient email address."),
    (
        "addresses outside ASCII",
        "One or more source or delivery addresses require internationalized email support, but the "
        "server does not advertise the required SMTPUTF8 capability",
    ),
    ("message bigger than the server takes", "Message size larger than allowed 10485760"),
    ("reply not understood", "curl: (8) Weird server reply"),
    ("settings of the sending program", "msmtp: account default not found: no configuration file available"),
    ("the client could not connect", "SMTP connect() failed"),
    ("the client could not connect", "Could not connect to SMTP host: mail.example.org, port: 587"),
    ("message not accepted", "msmtp: envelope from address bob@example.org not accepted by the server"),
    ("message not accepted", "System.Net.Mail.SmtpException: Failure sending mail."),
    (
        "mailbox over its quota",
        "cannot update mailbox /var/mail/ann for user ann. error writing message: File too large",
    ),
    ("mailbox over its quota", "Mailbox is full"),
    ("mailbox over its quota", "user is over quota"),
    ("no room on the server", "write error: No space left on device"),
    ("no such user on this server", "No such user here"),
    ("no such user on this server", "User unknown in virtual mailbox table"),
    ("address cannot be routed", "Unrouteable address"),
    ("mail goes in a circle", "too many hops"),
    ("given up after many attempts", "Connection timed out: retry timeout exceeded"),
    ("not tried: earlier attempts failed", "delivery temporarily suspended: unknown mail problem"),
    (
        "connection refused",
        "delivery temporarily suspended: connect to mx.example.net[192.0.2.25]:25: Connection refused",
    ),
    ("transport of the mail server missing", "mail transport unavailable"),
    ("exit 75: try again later", 'Command died with status 75: "/usr/local/bin/filter"'),
    ("exit 69: service unavailable", "EX_UNAVAILABLE"),
    ("exit 78: settings wrong", "smtp: exit status 78"),
    ("delivering program failed", "temporary failure. Command output: no room"),
    ("not sent: bounced before (Mailgun 605)", "Bounced Address"),
    ("not sent: unsubscribed (Mailgun 606)", "606 Not delivering to unsubscribed address"),
    ("token refused by an API", "498 AuthUser"),
    ("blocklist query: zone name mistyped", "127.255.255.252"),
    ("blocklist query: public resolver", "zen.spamhaus.org returned 127.255.255.254"),
    ("blocklist query: too many", "127.255.255.255"),
]

NO_FAULTS = [
    "",
    "250 2.0.0 Ok: queued as 4Xq1Kz2w9lz1Rb",
    "status=sent (250 2.0.0 Ok: queued as 4Xq1Kz2w9lz1Rb)",
    "connect from mail.example.org[192.0.2.1]",
    "disconnect from mail.example.org[192.0.2.1] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 quit=1 commands=7",
    "TLSv1.3 (OUT), TLS handshake, Client hello (1):",
    "Verify return code: 0 (ok)",
    "Untrusted TLS connection established to mx.example.net[192.0.2.25]:25: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384",
    "client 127.0.0.2 is listed, answer 127.0.0.11",
    "The certificate of the course was handed over.",
    "1110",
    "room 111",
]


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_explains_its_sample_and_not_its_near_miss(entry: FaultEntry) -> None:
    assert match(entry.sample) is entry
    assert match(entry.near_miss) is not entry


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_is_complete_and_in_plain_sentences(entry: FaultEntry) -> None:
    for text in (entry.meaning, entry.when, entry.fix):
        assert text[0].isupper() or text[0] in "`'"
        assert text.endswith(".")
        assert "  " not in text
        assert "please" not in text.lower()
    assert entry.references
    assert all(entry.references)
    assert entry.category not in {Reason.NONE, Reason.ACCEPTED, Reason.DELIVERED}
    assert "\n" not in entry.sample + entry.near_miss


@pytest.mark.parametrize(("name", "text"), SAID)
def test_the_wordings_of_many_programs_are_known(name: str, text: str) -> None:
    found = match(text)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("text", NO_FAULTS)
def test_what_tells_of_no_failure_matches_nothing(text: str) -> None:
    assert match(text) is None


def test_names_are_unique_and_found() -> None:
    assert len({entry.name for entry in FAULTS}) == len(FAULTS)
    assert len({entry.pattern for entry in FAULTS}) == len(FAULTS)
    assert len({entry.meaning for entry in FAULTS}) == len(FAULTS)
    assert all(by_name(entry.name) is entry for entry in FAULTS)
    assert by_name("no such fault") is None


def test_no_module_of_the_folder_is_missing() -> None:
    modules = [importlib.import_module(f"{faults.__name__}.{m.name}") for m in pkgutil.iter_modules(faults.__path__)]
    entries = [entry for module in modules for entry in getattr(module, "ENTRIES", ())]
    assert {id(entry) for entry in entries} == {id(entry) for entry in FAULTS}
    assert len(entries) == len(FAULTS)


def test_numbers_of_the_system_and_of_an_api_are_said_to_be_no_reply() -> None:
    for text in (
        "101",
        "104",
        "110",
        "111",
        "113",
        "498 Invalid token",
        "605 Not delivering to previously bounced address",
    ):
        found = match(text)
        assert found is not None
        assert "no SMTP reply" in found.meaning


@pytest.mark.parametrize("last", ["252", "254", "255"])
def test_an_error_code_of_a_blocklist_is_no_listing(last: str) -> None:
    found = match(f"blocked using zen.spamhaus.org; 127.255.255.{last}")
    assert found is not None
    assert found.meaning.startswith("This is no listing.")
    assert found.category is Reason.SYSTEMERROR
    assert found.retry is Retry.AFTER_FIX


def test_only_the_first_8_kib_are_read() -> None:
    assert match("x" * 8_300 + " Connection refused") is None


def brute(text: str) -> FaultEntry | None:
    return next((e for e in FAULTS if re.search(rf"(?<![a-z0-9])(?:{e.pattern})", text.strip(), FLAGS)), None)


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_index_finds_whatever_a_pattern_matches(entry: FaultEntry) -> None:
    index = Index([entry.pattern])
    assert index.possible("", frozenset()) == []

    @settings(max_examples=12, deadline=None, database=None)
    @given(st.from_regex(re.compile(entry.pattern, FLAGS), fullmatch=True))
    def holds(text: str) -> None:
        assert index.possible(text.lower(), parts_of(text.lower())) == [0]

    holds()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([w for e in FAULTS for w in f"{e.sample} {e.near_miss}".split()]), max_size=12))
def test_the_look_up_agrees_with_trying_every_pattern(words: list[str]) -> None:
    text = " ".join(words)
    assert match(text) is brute(text)


@pytest.mark.parametrize("text", NO_FAULTS)
def test_few_patterns_are_tried_on_a_text_without_a_fault(text: str) -> None:
    assert len(Index([entry.pattern for entry in FAULTS]).possible(text.lower(), parts_of(text.lower()))) <= 30


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_no_text_makes_the_look_up_fail(text: str) -> None:
    match(text)
