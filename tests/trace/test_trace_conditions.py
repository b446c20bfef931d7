"""Conditions recognised by what real servers say, and near misses of each; when to try again; port 25 blocked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trace_reports import HELLO, Said, report, until_recipient

from smtpprobe.outcome import Cause, FailureKind, Stage
from smtpprobe.trace import delays
from smtpprobe.trace.conditions import Condition, conditions, next_try, port_blocked

OK = "250 2.1.0 Ok"


def causes(*replies: str | None, **given: str) -> list[Cause]:
    return [condition.cause for condition in conditions(until_recipient(*replies, **given))]


@pytest.mark.parametrize(
    ("reply", "seconds"),
    [
        # Postgrey, old and new
        (
            "450 4.2.0 <ann@example.net>: Recipient address rejected: Greylisted, see "
            "http://postgrey.schweikert.ch/help/example.net.html",
            None,
        ),
        (
            "450 4.7.1 <ann@example.net>: Recipient address rejected: Greylisted for 300 seconds (see "
            "http://isg.ee.ethz.ch/tools/postgrey/help/example.net.html)",
            300,
        ),
        # SQLgrey, policyd
        ("450 4.7.1 <ann@example.net>: Recipient address rejected: Greylisted for 5 minutes", 300),
        (
            "450 4.7.1 <ann@example.net>: Recipient address rejected: Greylisting in effect, please come back later",
            None,
        ),
        # milter-greylist
        ("451 4.7.1 Greylisting in action, please come back in 00:05:00", 300),
        ("451 4.7.1 Greylisting in action, please come back in 01:00:10", 3610),
        ("451 4.7.1 Greylisting in action, please come back later", None),
        # Exim's usual ACL, and greylistd
        ("451 Greylisted, please try again in 180 seconds", 180),
        (
            "451 192.0.2.1 is not yet authorized to deliver mail from <bob@example.org> to "
            "<ann@example.net>. Please try later.",
            None,
        ),
        # rspamd, OpenBSD's spamd
        ("451 4.7.1 Try again later", None),
        ("451 Temporary failure, please try again later.", None),
        # Stalwart, Zoho, Barracuda
        ("452 4.2.2 Greylisted, please try again in a few moments.", None),
        ("451 4.7.1 Greylisted, try again after some time", None),
        ("451 4.7.1 Greylisted for 5 minutes", 300),
        # operators
        ("451 4.7.1 Sorry, the service is currently unavailable. Please come back later. 1700000000-abcdefgh", None),
        ("451 4.7.1 [GL01] Message from (192.0.2.1) temporarily deferred - 4.16.50.", None),
        (
            "451 Internal resources are temporarily unavailable - "
            "https://community.mimecast.com/docs/DOC-1369#451 [x.us1]",
            None,
        ),
        # words without the name
        ("451 Please try again in 5 minutes", 300),
        ("451 4.7.1 You are a first-time sender, retry after at least 15 min.", 900),
        ("450 4.7.1 Graylisted: retry in 1 hour", 3600),
        ("450 Graulistung (greylisting): bitte in 10 Minuten noch einmal", 600),
        ("450-4.7.1 Greylisted.\n450 4.7.1 Please wait 60 seconds.", 60),
    ],
)
def test_greylisting(reply: str, seconds: float | None) -> None:
    for replies in ([OK, reply], [reply], [OK, OK, reply]):
        (condition,) = conditions(until_recipient(*replies))
        assert condition.cause is Cause.GREYLISTED
        assert condition.hint_seconds == seconds
        assert condition.evidence == (1 + len(replies),)
        assert condition.summary.startswith("mx.example.net ")
        assert condition.steps


@pytest.mark.parametrize(
    "reply",
    [
        "550 5.7.1 Greylisted for ever",
        "450 4.1.1 <ann@example.net>: Recipient address rejected: User unknown",
        "451 4.3.0 Temporary failure, please try again later.",
        "451 4.7.1 Service unavailable - try again later",
        "451 4.3.2 Please try again later",
        "450 4.1.8 <bob@example.org>: Sender address rejected: Domain not found",
        "452 4.2.2 Mailbox full, try again later",
        "451 4.7.24 The SPF check failed 3 seconds ago",
        "250 2.1.5 Greylisted for 5 minutes",
        "421 4.4.2 Timeout",
    ],
)
def test_no_greylisting(reply: str) -> None:
    assert causes(OK, reply) == []


def test_the_shortest_time_is_said_in_words() -> None:
    (condition,) = conditions(until_recipient(OK, "450 4.7.1 Greylisted for 300 seconds"))
    assert "come again in 5 minutes" in condition.summary


@pytest.mark.parametrize(
    ("reply", "seconds"),
    [
        ("450 4.7.1 Rate limit exceeded, try again later", None),
        ("450 4.7.1 Rate limit exceeded, try again in 60 seconds", 60),
        ("421 4.7.0 Too many concurrent SMTP connections from 192.0.2.1", None),
        ("452 4.3.1 Too many messages in this session", None),
        (
            "421-4.7.28 [192.0.2.1] Our system has detected an unusual rate of unsolicited mail\n421 "
            "4.7.28 originating from your IP address.",
            None,
        ),
        ("451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (S77714)", None),
        (
            "451 4.7.650 The mail server [192.0.2.1] has been temporarily rate limited due to IP reputation. (S843)",
            None,
        ),
        ("451 4.7.652 The mail server [192.0.2.1] has exceeded the maximum number of connections. (S3115)", None),
        (
            "421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume "
            "or user complaints",
            None,
        ),
        (
            "450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents "
            "additional messages",
            None,
        ),
        ("421 4.7.1 Messages to ann@icloud.example deferred due to excessive volume. Try again later", None),
        ("452 4.1.1 <ann@example.net> too many recent messages; Try again later", None),
        ("450 发信频率超限", None),
        ("550 5.4.5 Daily user sending quota exceeded.", None),
    ],
)
def test_rate_limits(reply: str, seconds: float | None) -> None:
    for found in (conditions(until_recipient(OK, reply)), conditions(until_recipient(greeting=reply))):
        assert [condition.cause for condition in found] == [Cause.RATE_LIMIT]
        assert found[0].hint_seconds == seconds


@pytest.mark.parametrize(
    "reply",
    [
        "421 4.7.0 Too many errors",
        "421 4.7.0 Too many errors on this connection, closing transmission channel",
        "421 4.7.32 This mail has been rate limited because there is no DMARC alignment",
        "421 4.7.26 This email has been rate limited because it is unauthenticated. - gsmtp",
        "421 4.7.29 Your email has been rate limited because you're not using a TLS connection. "
        "Gmail requires all bulk email senders to use TLS/SSL for SMTP connections. - gsmtp",
        "535 5.7.0 (#AUTH005) Too many bad auth attempts.",
        "452 4.2.2 Mailbox quota exceeded",
        "552 5.3.4 Message too big",
        "421 4.3.2 All server ports are busy",
        "450 4.7.1 Client host rejected: cannot find your hostname",
        "454 4.7.0 TLS not available due to local problem",
    ],
)
def test_no_rate_limit(reply: str) -> None:
    assert causes(OK, reply) == []


TEASED = "220-mx.example.net ESMTP Postfix\n220 mx.example.net ESMTP Postfix"


def test_postscreen_at_the_recipient() -> None:
    (condition,) = conditions(
        report(
            Said(None, TEASED, gap=6, stage=Stage.GREETING),
            Said("EHLO out.example.org", HELLO, stage=Stage.EHLO),
            Said("MAIL FROM:<bob@example.org>", OK),
            Said("RCPT TO:<ann@example.net>", "450 4.3.2 Service currently unavailable"),
        )
    )
    assert (condition.cause, condition.evidence) == (Cause.POSTSCREEN, (0, 3))
    assert "come again" in condition.summary


@pytest.mark.parametrize("code", [521, 550])
def test_postscreen_and_who_talks_too_early(code: int) -> None:
    (condition,) = conditions(until_recipient(greeting=TEASED, hello=f"{code} 5.5.1 Protocol error"))
    assert (condition.cause, condition.evidence) == (Cause.POSTSCREEN, (1,))
    assert "talks before" in condition.summary


def test_a_teaser_alone_stops_no_mail() -> None:
    assert conditions(report(Said(None, TEASED, gap=6, stage=Stage.GREETING))) == ()


@pytest.mark.parametrize(
    "reply",
    [
        "450 4.3.2 Mailbox currently unavailable",
        "521 5.3.2 Service currently unavailable",
        "550 5.5.1 Protocol error: MAIL",
    ],
)
def test_no_postscreen(reply: str) -> None:
    assert causes(OK, reply) == []


def slowly(*seconds: float, greeting: float = 0.0) -> tuple[Condition, ...]:
    verbs = ["EHLO out.example.org", "MAIL FROM:<bob@example.org>", "RCPT TO:<ann@example.net>", "RSET"]
    return conditions(
        report(
            Said(None, "220 mx.example.net ESMTP", greeting, stage=Stage.GREETING),
            *[Said(verb, "250 ok", wait) for verb, wait in zip(verbs, seconds, strict=False)],
        )
    )


def test_a_tarpit_is_slow_at_every_reply() -> None:
    (condition,) = slowly(6, 11, 9)
    assert (condition.cause, condition.evidence) == (Cause.TARPIT, (1, 2, 3))
    assert "takes 6 seconds or more" in condition.summary
    assert slowly(6, 0.1, 9) == ()
    assert slowly(4.9, 4.9) == ()
    assert slowly(60) == ()


def test_a_reply_that_drips_is_slow_too() -> None:
    dripping = report(Said("EHLO x", "250 ok", gap=8), Said("MAIL FROM:<>", "250 ok", gap=7))
    assert [condition.cause for condition in conditions(dripping)] == [Cause.TARPIT]


def test_a_tarpit_at_the_greeting() -> None:
    (condition,) = slowly(0, 0, greeting=25)
    assert (condition.cause, condition.evidence) == (Cause.TARPIT, (0,))
    assert slowly(0, 0, greeting=19) == ()


def test_falling_silent_after_a_refusal() -> None:
    (condition,) = conditions(until_recipient("450 4.7.1 no", None))
    assert (condition.cause, condition.evidence) == (Cause.TARPIT, (2, 3))
    assert causes(OK, None) == []
    elsewhere = report(Said("MAIL FROM:<>", "450 no"), Said("MAIL FROM:<>", None, connection=2))
    assert conditions(elsewhere) == ()
    assert conditions(report(Said("MAIL FROM:<>", "450 no"), Said("QUIT", None, stage=Stage.QUIT))) == ()


STARS = "220 ****************************************************0*2******0***********************2***"


@pytest.mark.parametrize(
    ("greeting", "hello", "replies", "evidence"),
    [
        (STARS, HELLO, (), (0,)),
        ("220 " + "*" * 60, HELLO, (), (0,)),
        ("220 mx ESMTP", "250-mx.example.net\n250-SIZE 1000\n250-XXXXXXXA\n250 XXXB", (), (1,)),
        ("220 mx ESMTP", '500 5.5.1 Command unrecognized: "XXXX out.example.org"', (), (1,)),
        (STARS, "502 5.5.2 Error: command not recognized XXXX", (OK,), (0, 1)),
        ("220 mx ESMTP", HELLO, ("500 5.3.3 Unrecognized command XXXXXXXX",), (2,)),
    ],
)
def test_a_middlebox_that_rewrites(
    greeting: str, hello: str, replies: tuple[str, ...], evidence: tuple[int, ...]
) -> None:
    (condition,) = conditions(until_recipient(*replies, greeting=greeting, hello=hello))
    assert (condition.cause, condition.evidence) == (Cause.MIDDLEBOX, evidence)


@pytest.mark.parametrize(
    ("greeting", "hello"),
    [
        ("220 *** mx.example.net *** no spam ***", HELLO),
        ("220 ******** Authorized use only ********", HELLO),
        ("220 mx ESMTP", "250-mx.example.net\n250-XCLIENT NAME\n250 XXX"),
        ("220 mx ESMTP XXXXXXXX", HELLO),
    ],
)
def test_no_middlebox(greeting: str, hello: str) -> None:
    assert causes(OK, greeting=greeting, hello=hello) == []


def test_an_x_of_our_own_is_none_of_a_middlebox() -> None:
    assert conditions(report(Said("XXXX", "500 5.5.1 unknown command XXXX"))) == ()


def test_starttls_that_comes_and_goes() -> None:
    plain = "250-mx.example.net\n250 PIPELINING"
    hellos = [
        Said("EHLO a.example", HELLO, stage=Stage.EHLO),
        Said("EHLO a.example", plain, stage=Stage.EHLO, connection=2),
    ]
    (condition,) = conditions(report(*hellos))
    assert (condition.cause, condition.evidence) == (Cause.MIDDLEBOX, (1,))
    inside = [hellos[0], Said("STARTTLS", "220 go ahead"), Said("EHLO a.example", plain, stage=Stage.EHLO)]
    assert conditions(report(*inside)) == ()


def test_several_conditions_at_once() -> None:
    assert causes("450 4.7.1 Greylisted", None, greeting=STARS) == [Cause.MIDDLEBOX, Cause.GREYLISTED, Cause.TARPIT]


TIMEOUT, REFUSED, UNREACHABLE = FailureKind.TIMEOUT, FailureKind.REFUSED, FailureKind.UNREACHABLE


@pytest.mark.parametrize(
    ("first", "second", "blocked"),
    [
        ([TIMEOUT, TIMEOUT], [TIMEOUT], True),
        ([TIMEOUT, UNREACHABLE], [UNREACHABLE, TIMEOUT], True),
        ([TIMEOUT], [None], False),
        ([TIMEOUT, None], [TIMEOUT], False),
        ([TIMEOUT], [TIMEOUT, REFUSED], False),
        ([TIMEOUT, FailureKind.RESET], [TIMEOUT], False),
        ([TIMEOUT], [], False),
        ([], [TIMEOUT], False),
        ([UNREACHABLE], [TIMEOUT], False),
    ],
)
def test_port_25_blocked(first: list[FailureKind | None], second: list[FailureKind | None], blocked: bool) -> None:
    assert port_blocked(first, second) is blocked


@pytest.mark.parametrize(
    ("hint", "given", "elapsed", "wait"),
    [
        (None, None, 0, 301),
        (60, None, 0, 61),
        (60, 30, 0, 30),
        (7200, None, 0, 3600),
        (7200, 90_000, 0, 3600),
        (60, 600, 570, 30),
        (60, 600, 600, None),
        (60, 0, 0, None),
        (60, None, 3600, None),
    ],
)
def test_when_to_try_again(hint: float | None, given: float | None, elapsed: float, wait: float | None) -> None:
    assert next_try(Condition(Cause.GREYLISTED, "", hint_seconds=hint), given, elapsed) == wait


def test_waiting_helps_only_where_strangers_are_put_off() -> None:
    assert next_try(Condition(Cause.POSTSCREEN, ""), None, 0) == 301
    assert next_try(Condition(Cause.MIDDLEBOX, ""), None, 0) is None
    assert next_try(Condition(Cause.RATE_LIMIT, "", hint_seconds=60), None, 0) is None


@given(
    st.one_of(st.none(), st.floats(0, delays.LONGEST_HINT, exclude_min=True)),
    st.one_of(st.none(), st.floats(0, 1e9)),
    st.floats(0, 1e9),
)
def test_no_wait_is_longer_than_an_hour_in_all(hint: float | None, given: float | None, elapsed: float) -> None:
    wait = next_try(Condition(Cause.GREYLISTED, "", hint_seconds=hint), given, elapsed)
    assert wait is None or (wait > 0 and wait + elapsed <= 3600.001)


@pytest.mark.parametrize(
    "words", ["in 0 seconds", "in 999999 hours", "in 99:59:59", "for 5 apples", "in 1h2", "12:30", ""]
)
def test_no_hint(words: str) -> None:
    assert delays.hinted(words) is None


@given(st.text(max_size=200).filter(lambda text: "\n" not in text and "\r" not in text), st.integers(200, 599))
def test_any_words_are_borne(text: str, code: int) -> None:
    for condition in conditions(until_recipient(OK, f"{code} {text}", greeting=f"220 {text}")):
        assert condition.hint_seconds is None or 0 < condition.hint_seconds <= delays.LONGEST_HINT
        assert condition.summary
