"""Postfix's log: every form of a delivery's end, what its servers refuse and complain of, and what tells nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.diagnosis import Event
from smtpprobe.explain.event import GIVEN_LIMIT, TEXT_LIMIT
from smtpprobe.explain.readers.postfix import PostfixReader, told
from smtpprobe.outcome import Reason, State

MX = "mx.example.net[192.0.2.25]"
CLIENT = "unknown[198.51.100.7]"
ENVELOPE = "from=<bob@example.org> to=<ann@example.net> proto=ESMTP helo=<laptop>"


def line_of(service: str, text: str) -> str:
    return f"Mar  3 10:11:12 mx1 postfix/{service}[4121]: {text}"


def event_of(service: str, text: str) -> Event:
    reader = PostfixReader()
    (event,) = (*(reader.read(line_of(service, text), 7) or ()), *reader.end())
    assert (event.source, event.time, event.line) == ("postfix", "Mar  3 10:11:12", 7)
    return event


def delivery(reason: str, status: str = "deferred", dsn: str = "4.0.0", relay: str = f"{MX}:25") -> Event:
    fields = f"delay=1.9, delays=0.1/0.02/0.9/0.88, dsn={dsn}, status={status}"
    event = event_of("smtp", f"4Xq1Kz2w9lz1Rb: to=<ann@example.net>, relay={relay}, {fields} ({reason})")
    assert event.recipient == "ann@example.net"
    return event


@pytest.mark.parametrize(
    ("reason", "code", "enhanced", "command", "text"),
    [
        (
            f"host {MX} said: 550 5.1.1 no such user (in reply to RCPT TO command)",
            550,
            "5.1.1",
            "RCPT",
            "5.1.1 no such user",
        ),
        (f"host {MX} said: 550 no such user (in reply to RCPT TO command)", 550, "4.9.9", "RCPT", "no such user"),
        (f"host {MX} said: 554 5.7.1 (spam) (in reply to end of DATA command)", 554, "5.7.1", "DATA", "5.7.1 (spam)"),
        (f"host {MX} said: 451 4.3.0 later (in reply to MAIL FROM command)", 451, "4.3.0", "MAIL", "4.3.0 later"),
        (f"host {MX} said: 550 5.1.1 cut off (in reply to RC", 550, "5.1.1", None, "5.1.1 cut off"),
        (
            f"host {MX} said: 550-5.7.26 no SPF 550-5.7.26 see x 550 5.7.26 bye (in reply to end of DATA command)",
            550,
            "5.7.26",
            "DATA",
            "5.7.26 no SPF\n5.7.26 see x\n5.7.26 bye",
        ),
        (f"host {MX} refused to talk to me: 421 4.7.0 too many", 421, "4.7.0", "greeting", "4.7.0 too many"),
        (
            f"delivery temporarily suspended: host {MX} refused to talk to me: 554 no",
            *(554, "4.9.9", "greeting", "no"),
        ),
        (f"SASL authentication failed; server {MX} said: 535 5.7.8 no", 535, "5.7.8", "AUTH", "5.7.8 no"),
        (f"SASL [CACHED] authentication failed; server {MX} said: 535 5.7.8 no", 535, "5.7.8", "AUTH", "5.7.8 no"),
        (
            f"TLS is required, but host {MX} refused to start TLS: 454 4.7.0 not now",
            *(454, "4.7.0", "STARTTLS", "4.7.0 not now"),
        ),
    ],
)
def test_a_servers_reply_is_taken_out_of_the_words_around_it(
    reason: str, code: int, enhanced: str, command: str | None, text: str
) -> None:
    event = delivery(reason, dsn="4.9.9")
    assert (event.code, event.enhanced, event.command, event.text) == (code, enhanced, command, text)
    assert event.host == "mx.example.net"


@pytest.mark.parametrize(
    ("reason", "command", "host"),
    [
        ("connect to mx2.example.net[2001:db8::25]:25: Connection refused", None, "mx2.example.net"),
        ("connect to mx1.example.org[private/dovecot-lmtp]: No such file or directory", None, "mx1.example.org"),
        (f"lost connection with {MX} while receiving the initial server greeting", "greeting", "mx.example.net"),
        (f"conversation with {MX} timed out while sending RCPT TO", "RCPT", "mx.example.net"),
        (
            f"lost connection with {MX} while sending end of data -- message may be sent more than once",
            *("DATA", "mx.example.net"),
        ),
        (f"TLS is required, but was not offered by host {MX}", None, "mx.example.net"),
        (
            "Host or domain name not found. Name service error for name=example.com type=MX: Host not found, try again",
            *(None, "example.com"),
        ),
        ("mail for example.net loops back to myself", None, "mx.example.net"),
        ("Cannot start TLS: handshake failure", None, "mx.example.net"),
        ("Server certificate not verified", None, "mx.example.net"),
        ("mail transport unavailable", None, "mx.example.net"),
        ('unknown user: "ann"', None, "mx.example.net"),
    ],
)
def test_words_of_postfix_itself_stay_and_carry_no_reply_code(reason: str, command: str | None, host: str) -> None:
    event = delivery(reason, dsn="4.4.1")
    assert (event.text, event.code, event.enhanced) == (reason, None, "4.4.1")
    assert (event.command, event.host) == (command, host)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        *(("sent", State.ACCEPTED), ("deliverable", State.ACCEPTED)),
        *(("deferred", State.DEFERRED), ("SOFTBOUNCE", State.DEFERRED)),
        *(("bounced", State.FAILED), ("expired", State.FAILED), ("undeliverable", State.FAILED)),
    ],
)
def test_a_status_is_a_state(status: str, state: State) -> None:
    assert delivery("delivered to maildir", status).state is state


def test_what_was_sent_has_the_reply_that_took_it() -> None:
    event = delivery("250 2.0.0 Ok: queued as 4Xq1L0 (thanks)", "sent", "2.0.0")
    assert (event.code, event.enhanced, event.text) == (250, "2.0.0", "2.0.0 Ok: queued as 4Xq1L0 (thanks)")
    assert (event.host, event.state) == ("mx.example.net", State.ACCEPTED)


@pytest.mark.parametrize("relay", ["local", "virtual", "none", "dovecot"])
def test_a_relay_that_is_no_host_is_none(relay: str) -> None:
    assert delivery("delivered via dovecot service", "sent", "2.0.0", relay).host == ""


def test_a_relay_without_a_name_is_its_address() -> None:
    assert delivery("250 ok", "sent", "2.0.0", "[192.0.2.25]:25").host == "192.0.2.25"


def test_fields_that_are_not_always_there() -> None:
    event = event_of(
        "smtp",
        f"B2F3A1C0D4: to=<ann@example.net>, orig_to=<al@example.org>, relay={MX}:25, conn_use=2, delay=3, "
        "delays=1/0/1/1, tls=!requiretls/(x)?, dsn=5.0.0, status=bounced (Command output: no",
    )
    assert (event.recipient, event.text, event.enhanced) == ("ann@example.net", "Command output: no", "5.0.0")


@pytest.mark.parametrize(
    ("service", "text", "code", "enhanced", "command", "state"),
    [
        ("smtpd", f"NOQUEUE: reject: RCPT from {CLIENT}: 504 5.5.2 no; {ENVELOPE}", 504, "5.5.2", "RCPT", State.FAILED),
        (
            "smtpd",
            f"NOQUEUE: reject: RCPT from {CLIENT}: 450 4.1.8 no; {ENVELOPE}",
            450,
            "4.1.8",
            "RCPT",
            State.DEFERRED,
        ),
        (
            *("smtpd", f"NOQUEUE: reject_warning: RCPT from {CLIENT}: 554 5.7.1 no; {ENVELOPE}"),
            *(554, "5.7.1", "RCPT", State.UNKNOWN),
        ),
        ("smtpd", f"NOQUEUE: discard: RCPT from {CLIENT}: no; {ENVELOPE}", None, None, "RCPT", State.FAILED),
        ("smtpd", f"4Xq1Kz2w9lz1Rb: hold: RCPT from {CLIENT}: no; {ENVELOPE}", None, None, "RCPT", State.DEFERRED),
        ("smtpd", f"proxy-reject: END-OF-MESSAGE: 554 5.7.0 no; {ENVELOPE}", 554, "5.7.0", "DATA", State.FAILED),
        (
            *("cleanup", f"4Xq1Kz2w9lz1Rb: milter-reject: END-OF-MESSAGE from {CLIENT}: 4.7.1 no; {ENVELOPE}"),
            *(None, "4.7.1", "DATA", State.DEFERRED),
        ),
        (
            *(
                "postscreen",
                f"NOQUEUE: reject: RCPT from [198.51.100.7]:41022: 450 4.3.2 no; {ENVELOPE.replace(' ', ', ')}",
            ),
            *(450, "4.3.2", "RCPT", State.DEFERRED),
        ),
        (
            *("cleanup", f"4Xq1Kz2w9lz1Rb: reject: header Subject: a; b from {CLIENT}; {ENVELOPE}: 5.7.1 no"),
            *(None, "5.7.1", "DATA", State.FAILED),
        ),
    ],
)
def test_what_a_server_refuses(
    service: str, text: str, code: int | None, enhanced: str | None, command: str, state: State
) -> None:
    event = event_of(service, text)
    assert (event.code, event.enhanced, event.command, event.state) == (code, enhanced, command, state)
    assert event.text.split()[-1] == "no"
    assert (event.sender, event.recipient, event.host) == ("bob@example.org", "ann@example.net", "")


def test_a_refused_connection_answers_with_the_greeting() -> None:
    event = event_of(
        "smtpd", f"NOQUEUE: reject: CONNECT from {CLIENT}: 554 5.7.1 <x>: Client host rejected; proto=SMTP"
    )
    assert (event.code, event.command, event.text) == (554, "greeting", "5.7.1 <x>: Client host rejected")


def test_semicolons_of_the_reply_stay() -> None:
    event = event_of("smtpd", f"NOQUEUE: reject: RCPT from {CLIENT}: 554 5.7.1 Unavailable; listed; see x; {ENVELOPE}")
    assert event.text == "5.7.1 Unavailable; listed; see x"


def test_a_content_check_without_a_text_of_its_own_tells_the_rule() -> None:
    event = event_of("cleanup", f"4Xq1Kz2w9lz1Rb: reject: body buy now from {CLIENT}; {ENVELOPE}")
    assert (event.text, event.reason) == (f"reject: body buy now from {CLIENT}", Reason.POLICYVIOLATION)
    event = event_of("cleanup", "4Xq1Kz2w9lz1Rb: reject: mime-error bad: x from local; from=<a@b> to=<c@d>")
    assert (event.reason, event.sender, event.recipient) == (Reason.CONTENTERROR, "a@b", "c@d")


@pytest.mark.parametrize(
    ("service", "text", "command", "reason"),
    [
        ("smtpd", f"lost connection after AUTH from {CLIENT}", "AUTH", Reason.NETWORKERROR),
        ("smtpd", f"lost connection after CONNECT from {CLIENT}", "greeting", Reason.NETWORKERROR),
        ("smtpd", f"timeout after DATA (1234 bytes) from {CLIENT}", "DATA", Reason.NETWORKERROR),
        ("smtpd", f"too many errors after RCPT from {CLIENT}", "RCPT", None),
        ("smtpd", f"warning: Illegal address syntax from {CLIENT} in MAIL command: a>>", "MAIL", Reason.SYNTAXERROR),
        ("smtpd", 'warning: unknown DSN NOTIFY command value "FOO" in "FOO"', "RCPT", Reason.SYNTAXERROR),
        ("smtpd", f"warning: reject: ETRN example.net... from {CLIENT}", "ETRN", Reason.POLICYVIOLATION),
        (
            "smtp",
            "warning: /etc/postfix/main.cf, line 27: overriding earlier entry: mynetworks=",
            None,
            Reason.SYSTEMERROR,
        ),
        (
            "cleanup",
            "warning: pcre map /etc/postfix/header_checks, line 3: no closing delimiter: ignoring this rule",
            None,
            Reason.SYSTEMERROR,
        ),
        ("smtpd", f"improper command pipelining after EHLO from {CLIENT}: QUIT\\r\\n", "EHLO", Reason.SYNTAXERROR),
        ("smtpd", f"SSL_accept error from {CLIENT}: lost connection", None, Reason.FAILEDSTARTTLS),
        ("smtpd", f"warning: non-SMTP command from {CLIENT}: GET / HTTP/1.1", None, Reason.SYNTAXERROR),
        ("smtpd", "warning: hostname a.example.org does not resolve to address 198.51.100.7", None, Reason.REQUIREPTR),
        ("smtpd", f"warning: {CLIENT}: SASL LOGIN authentication failed: UGFz", "AUTH", Reason.SECURITYERROR),
        ("smtpd", f"warning: Connection rate limit exceeded: 31 from {CLIENT} for service smtp", None, Reason.SPEEDING),
        (
            "smtpd",
            "warning: connect to Milter service inet:127.0.0.1:8891: Connection refused",
            None,
            Reason.SYSTEMERROR,
        ),
        ("smtpd", "warning: TLS library problem: error:0A00010B:SSL routines::wrong version number:", None, None),
        ("cleanup", "warning: 4Xq1Kz2w9lz1Rb: queue file size limit exceeded", None, Reason.MESGTOOBIG),
        ("trivial-rewrite", "warning: do not list domain example.org in BOTH mydestination and x", None, None),
        ("master", "fatal: bind 0.0.0.0 port 25: Address already in use", None, Reason.SYSTEMERROR),
        ("postscreen", "PREGREET 14 after 0.05 from [198.51.100.7]:41022: EHLO x\\r\\n", "greeting", Reason.BLOCKED),
        ("postscreen", "DNSBL rank 6 for [198.51.100.7]:41022", None, Reason.BADREPUTATION),
        (
            "postscreen",
            "HANGUP after 0.5 from [198.51.100.7]:41022 in tests before SMTP handshake",
            None,
            Reason.NETWORKERROR,
        ),
        ("postscreen", "COMMAND TIME LIMIT from [198.51.100.7]:41022 after RCPT", "RCPT", Reason.NETWORKERROR),
        ("dnsblog", "addr 198.51.100.7 listed by domain zen.example.org as 127.255.255.254", None, Reason.SYSTEMERROR),
        ("smtp", f"certificate verification failed for {MX}:25: self-signed certificate", None, None),
        ("smtp", f"connect to {MX}:25: Connection refused", None, None),
    ],
)
def test_what_tells_of_a_problem_is_told(service: str, text: str, command: str | None, reason: Reason | None) -> None:
    event = event_of(service, text)
    assert event.text == text.removeprefix("warning: ").removeprefix("fatal: ")
    assert (event.command, event.reason, event.code, event.state) == (command, reason, None, State.UNKNOWN)


def test_a_failed_handshake_names_the_server() -> None:
    event = event_of("smtp", f"SSL_connect error to {MX}:25: lost connection")
    assert (event.host, event.reason) == ("mx.example.net", Reason.FAILEDSTARTTLS)


def test_a_try_that_was_the_last_is_told_with_the_mail() -> None:
    reader = PostfixReader()
    refused = f"connect to {MX}:25: Connection refused"
    fields = "relay=none, delay=0.1, delays=0/0/0.1/0, dsn=4.4.1, status=deferred"
    assert reader.read(line_of("smtp", refused), 1) == []
    (event,) = reader.read(line_of("smtp", f"4Xq1Kz2w9lz1Rb: to=<ann@example.net>, {fields} ({refused})"), 2) or ()
    assert (event.recipient, event.host, event.line) == ("ann@example.net", "mx.example.net", 2)
    assert reader.end() == ()


def test_a_try_that_was_not_the_last_says_nothing_of_the_mail() -> None:
    event = event_of("smtp", f"4Xq1Kz2w9lz1Rb: host {MX} said: 450 4.7.1 Greylisted (in reply to RCPT TO command)")
    assert (event.code, event.command, event.host, event.state) == (450, "RCPT", "mx.example.net", State.UNKNOWN)


@pytest.mark.parametrize("how", ["expired", "force-expired"])
def test_a_mail_that_was_given_up(how: str) -> None:
    event = event_of("qmgr", f"4Xq1Kz2w9lz1Rb: from=<bob@example.org>, status={how}, returned to sender")
    assert (event.sender, event.state, event.reason) == ("bob@example.org", State.FAILED, Reason.EXPIRED)


@pytest.mark.parametrize(
    "text",
    [
        f"smtpd[1]: connect from {CLIENT}",
        f"smtpd[1]: disconnect from {CLIENT} ehlo=1 quit=1 commands=2",
        f"smtpd[1]: 4Xq1Kz2w9lz1Rb: client={CLIENT}, sasl_method=PLAIN, sasl_username=bob",
        f"smtpd[1]: Anonymous TLS connection established from {CLIENT}: TLSv1.3",
        f"smtp[1]: Untrusted TLS connection established to {MX}:25: TLSv1.3",
        f"smtp[1]: 4Xq1Kz2w9lz1Rb: enabling PIX workarounds: disable_esmtp for {MX}:25",
        "cleanup[1]: 4Xq1Kz2w9lz1Rb: message-id=<1@example.org>",
        "cleanup[1]: 4Xq1Kz2w9lz1Rb: warning: header Subject: a from local; from=<a@b> to=<c@d>",
        "qmgr[1]: 4Xq1Kz2w9lz1Rb: from=<bob@example.org>, size=1234, nrcpt=1 (queue active)",
        "qmgr[1]: 4Xq1Kz2w9lz1Rb: removed",
        "bounce[1]: 4Xq1Kz2w9lz1Rb: sender non-delivery notification: 4Xq1Kz2w9lz1Rc",
        "smtpd[1]: warning: SASL authentication failure: Password verification failed",
        "postscreen[1]: PASS OLD [198.51.100.7]:41022",
        "postscreen[1]: CONNECT from [198.51.100.7]:41022 to [192.0.2.25]:25",
        "dnsblog[1]: addr 198.51.100.7 listed by domain zen.example.org as 127.0.0.4",
        "anvil[1]: statistics: max cache size 1 at Mar  3 10:00:00",
    ],
)
@pytest.mark.parametrize("before", ["Mar  3 10:11:12 mx1 postfix/", "2026-03-03T10:11:12+01:00 mx1 postfix-out/"])
def test_what_tells_nothing_is_postfixs_all_the_same(before: str, text: str) -> None:
    assert PostfixReader().read(before + text, 1) == ()


@pytest.mark.parametrize(
    "line",
    [
        "",
        "550 5.1.1 no such user",
        "warning: anything",
        "Mar  3 10:11:12 mx1 sendmail[990]: 623AbCde001234: to=<ann@example.net>, delay=00:00:01, stat=Sent",
        "Mar  3 10:11:12 mx1 dovecot: lmtp(ann): msgid=<1@example.org>: saved mail to INBOX",
        "2026-03-03 10:11:12 1tpAbC-00000000abc-1D2e <= bob@example.org H=x [198.51.100.7]",
        '{"MESSAGE":"4Xq: to=<a@b>, relay=x[192.0.2.1]:25, delay=1, dsn=2.0.0, status=sent (250 ok)"}',
    ],
)
def test_what_others_wrote_is_left_to_them(line: str) -> None:
    assert PostfixReader().read(line, 1) is None


@pytest.mark.parametrize(
    "line",
    [
        f"host {MX} said: 550 5.1.1 no (in reply to RCPT TO command)",
        f"(host {MX} said: 550 5.1.1 no (in reply to RCPT TO command))",
        f"NOQUEUE: reject: RCPT from {CLIENT}: 550 5.1.1 no; {ENVELOPE}",
        f"to=<ann@example.net>, relay={MX}:25, delay=1, dsn=5.1.1, status=bounced (host {MX} said: 550 5.1.1 no)",
        f"mx1 out/smtpd[7]: NOQUEUE: reject: RCPT from {CLIENT}: 550 5.1.1 no; {ENVELOPE}",
    ],
)
def test_a_fragment_that_only_postfix_writes_is_known_without_its_prefix(line: str) -> None:
    reader = PostfixReader()
    (event,) = (*(reader.read(line, 1) or ()), *reader.end())
    assert (event.code, event.enhanced, event.text) == (550, "5.1.1", "5.1.1 no")


@pytest.mark.parametrize(
    "text",
    [
        "improper command pipelining after AUTH from x[198.51.100.7]: Ym9i\\r\\nc2VjcmV0\\r\\n",
        "PREGREET 40 after 0 from [198.51.100.7]:41022: EHLO x\\r\\nAUTH PLAIN AGJvYgBzZWNyZXQ=\\r\\nc2VjcmV0",
        "COMMAND PIPELINING from [198.51.100.7]:41022 after AUTH: c2VjcmV0",
        "NOQUEUE: reject: UNKNOWN from x[198.51.100.7]: 502 5.5.2 no AUTH PLAIN c2VjcmV0c2VjcmV0 here; proto=SMTP",
    ],
)
def test_no_secret_gets_into_an_event(text: str) -> None:
    event = event_of("smtpd", text)
    assert "c2VjcmV0" not in event.text + event.given
    assert "[redacted]" in event.text
    assert "[redacted]" in event.given


def test_told_is_what_postqueue_says_too() -> None:
    found = told(f"delivery temporarily suspended: lost connection with {MX} while sending MAIL FROM")
    assert (found.said.text, found.command) == (f"lost connection with {MX} while sending MAIL FROM", "MAIL")


PIECES = st.one_of(
    st.sampled_from(
        ["4Xq1Kz2w9lz1Rb: ", "NOQUEUE: ", "reject: ", "RCPT from ", CLIENT, MX, ENVELOPE, "to=<a@b>, relay="]
    ),
    st.sampled_from(["host ", " said: ", "550-5.1.1 ", "550 ", "(in reply to ", "dsn=5.1.1, status=", "bounced ("]),
    st.sampled_from(
        ["warning: ", "fatal: ", "header ", "PREGREET 1 after 0 from ", "lost connection after ", " while "]
    ),
    st.sampled_from(["AUTH ", ": ", "; ", "<", ">", ")", "[", "\0", "é"]),
)


@given(
    st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=200)),
    st.sampled_from(["smtp", "smtpd", "x"]),
)
def test_no_line_makes_it_raise(text: str, service: str) -> None:
    for line in (text, line_of(service, text)):
        for event in PostfixReader().read(line, 1) or ():
            assert event.state in State
            assert event.given


@pytest.mark.parametrize("filler", ["a", "550-", "550 a ", "<", "; from=<", "\n", "host a[b] said: "])
@pytest.mark.parametrize(
    "start",
    [
        f"4Xq1Kz2w9lz1Rb: to=<a@b>, relay={MX}:25, dsn=5.0.0, status=bounced (host {MX} said: 550-",
        f"NOQUEUE: reject: RCPT from {CLIENT}: 550 ",
        "warning: ",
        "lost connection after RCPT from ",
    ],
)
def test_what_is_kept_is_bounded(start: str, filler: str) -> None:
    event = event_of("smtp", start + filler * (60_000 // len(filler)))
    assert len(event.text) <= TEXT_LIMIT
    assert len(event.given) <= GIVEN_LIMIT
    assert PostfixReader().end() == ()
